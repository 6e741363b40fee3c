"""Forms in which people write spans of time: from one date to another, since, until, the end of."""

import re
from collections.abc import Iterable, Iterator

from coopledger._dates.days import day_text, month_end
from coopledger._dates.forms import BRACKETS, QUALIFIERS, Hand, around, is_accepted, one_date
from coopledger._dates.words import AND, AT, BEFORE, BETWEEN, END, FROM, SINCE, TO, UNTIL

_OPEN_WORDS = {"open": "..", "..": "..", "unknown": ""}
_CONNECTOR = re.compile(rf" (?:{TO}) |--| ?[-/] ?|\.\.")
_START = re.compile(f"(?:{FROM}) ")
_BARE_YEAR = re.compile("[0-9]{4}")
_DIGITS = 2  # of a day
_YEAR = len("2022")
_MONTH = len("2022-08")
_DAY = len("2022-08-16")


# --- one side open


def _since(match: re.Match[str], hand: Hand) -> Iterator[str]:
    return (f"{_first(date)}/.." for date in one_date(match["date"], hand))


def _until(match: re.Match[str], hand: Hand) -> Iterator[str]:
    return (f"../{_last(date)}" for date in one_date(match["date"], hand))


# --- the end of a year, of a part of it, or of a month


def _end(match: re.Match[str], hand: Hand) -> Iterator[str]:
    """Yield the last unit of a period, or the time until its end."""
    yield from _last_unit(match, hand)
    yield from _until_end(match, hand)


def _last_unit(match: re.Match[str], hand: Hand) -> Iterator[str]:
    for date in _periods(match, hand):
        if "/" in date:
            yield _last(date)
        elif len(date) == _YEAR:
            yield f"{date}-12"
        else:
            yield day_text(month_end(int(date[:_YEAR]), int(date[_YEAR + 1 :])))


def _until_end(match: re.Match[str], hand: Hand) -> Iterator[str]:
    return (f"../{_last(date)}" for date in _periods(match, hand))


def _periods(match: re.Match[str], hand: Hand) -> Iterator[str]:
    """Yield the years and months that the text may mean: a day or a season has no end to name."""
    for date in one_date(match["date"], hand):
        if re.fullmatch(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?(?:/[0-9]{4}-[0-9]{2})?", date):
            yield date


# --- from one date to another


def _interval(match: re.Match[str], hand: Hand) -> Iterator[str]:
    text = _START.sub("", match[0], count=1)
    for connector in _CONNECTOR.finditer(text):
        start, end = text[: connector.start()], text[connector.end() :]
        if connector[0] == "-" and _BARE_YEAR.fullmatch(end) and not start.isdigit():
            continue  # spring 2022-2023 is no time from that spring on
        if "/" in connector[0] or (start and end):
            yield from _from_to(start, end, hand)


def _between(match: re.Match[str], hand: Hand) -> Iterator[str]:
    return _from_to(match["start"], match["end"], hand)


def _bracketed(match: re.Match[str], hand: Hand) -> Iterable[str]:
    start, _, end = match[0].strip(BRACKETS + QUALIFIERS).partition("..")
    ranges = set(filter(is_accepted, _joined("[{}..{}]", start, end, hand)))
    if ranges or not hand.mends:
        return ranges
    bare = match[0].strip(BRACKETS)
    return (
        date
        for connector in _CONNECTOR.finditer(bare)
        for date in _from_to(bare[: connector.start()], bare[connector.end() :], hand)
    )


def _from_to(start: str, end: str, hand: Hand) -> Iterator[str]:
    yield from _joined("{}/{}", start, end, hand)
    yield from _completed(start.strip(), end.strip(), hand)


def _joined(written: str, start: str, end: str, hand: Hand) -> Iterator[str]:
    for last in map(_last, _side(end.strip(), "9", hand)):
        for first in map(_first, _side(start.strip(), "0", hand)):
            forward = written.format(first, last)
            yield forward
            if hand.mends and not is_accepted(forward):
                yield written.format(last, first)


def _side(text: str, digit: str, hand: Hand) -> Iterable[str]:
    if not text:
        return ("",)
    if text in _OPEN_WORDS:
        return (_OPEN_WORDS[text],)
    # A side has no time of day and no unspecified digits: the outermost day remains.
    return [re.sub(r"(-XX)+|T.*", "", date).replace("X", digit) for date in one_date(text, hand)]


def _completed(start: str, end: str, hand: Hand) -> Iterator[str]:
    """Yield the intervals whose start takes its month or year from the end: 16-18 August 2022."""
    for date in one_date(end, hand) if start else ():
        if not start.isdigit():
            yield from _of_same_year(start, date, hand)
        elif len(start) <= _DIGITS and len(date) == _DAY and _begins_with(end, date[-_DIGITS:]):
            yield f"{date[:_MONTH]}-{start:0>2}/{date}"


def _of_same_year(start: str, date: str, hand: Hand) -> Iterator[str]:
    last = _last(date)
    for first in one_date(_with_year(start, last[:_YEAR]), hand):
        # Both are days, or months, or parts of a year: of Q1-2/2024 the 2 is no month.
        if len(first) == len(date):
            yield f"{_first(first)}/{last}"


def _with_year(text: str, year: str) -> str:
    """Return the text with the year behind it, also behind a day and a month in numbers."""
    return f"{text} nam {year}" if text[0].isdigit() and text[-1].isdigit() else f"{text} {year}"


def _begins_with(text: str, day: str) -> bool:
    number = re.match("[0-9]{1,2}", text)
    return number is not None and int(number[0]) == int(day)


def _first(date: str) -> str:
    return date.partition("/")[0]


def _last(date: str) -> str:
    return date.rpartition("/")[2]


SPANS = (
    # since 2018, depuis mars 2018, từ năm 2018; until 2018, d'ici mars 2018, đến năm 2018
    around(f"(?:{SINCE}) (?P<date>.+)", _since),
    around(r"(?P<date>.+)\.\.", _since),
    around(f"(?:{UNTIL}) (?P<date>.+)", _until),
    around(r"\.\. ?(?P<date>.+)", _until),
    # end of 2022, fin 2022, cuối năm 2022; at the end of 2022; by the end of 2022, hết năm 2022
    around(f"(?:{END})[ -](?P<date>.+)", _end),
    around(f"(?:{AT}) (?:{END}) (?P<date>.+)", _last_unit),
    around(f"(?:{BEFORE}) (?:{END}|het) (?P<date>.+)", _until_end),
    around("het (?P<date>.+)", _until_end),
    # 2018-2020, from 16 to 18 August 2022, du 16 au 18 août 2022, 25-27/3/2018
    around(r"[^\[\]{}]+", _interval),
    around(f"(?:{BETWEEN}) (?P<start>.+) (?:{AND}) (?P<end>.+)", _between),
    around(r"\[[^\[\]{}]*\.\.[^\[\]{}]*\]", _bracketed),
    around(r"[\[{].*\.\..*", _bracketed, mends=True),
    around(f"(?P<start>.+?)(?:,| (?:{AND}|&)) ?(?P<end>.+)", _between, mends=True),
)
