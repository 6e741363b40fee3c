"""Forms in which people write one date: a table of patterns, and the dates that each may mean.

A pattern is of small letters without diacritics, fillers left out. In it a word in braces
stands for a field, a blank for one to three separators, an underscore for none to three.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from coopledger._dates.grammar import Span, read
from coopledger._dates.words import ABOUT, MONTH_NUMBERS, MONTHS, NUMBERS, SEASONS, WINTER
from coopledger._frozen import frozen

QUALIFIERS = "?~%"
BRACKETS = "[]{}"
_LAST_MONTH = 12
_REMEMBERED = 256  # the sides of a span are looked at several times
_DIGIT = re.compile("[0-9]")
_FOUR_DIGITS = re.compile("[0-9]{4}")
_PLAUSIBLE_YEAR = re.compile(r"[12][0-9]{3}")


@frozen
class Hand:
    """Manner in which a text is read.

    Attributes:
        day_first: Whether the day comes before the month where both are numbers.
        mends: Whether faults are mended too: such a date is suggested, and never read.
    """

    day_first: bool
    mends: bool = False


Give = Callable[[re.Match[str], Hand], Iterable[str]]


@frozen
class Form:
    """Form of a text, and the dates that it may mean.

    Attributes:
        pattern: Fits the whole text.
        give: Gives the dates of a match; some may not exist.
        mends: Whether the form mends a fault.
    """

    pattern: re.Pattern[str]
    give: Give
    mends: bool = False


def is_accepted(candidate: str) -> bool:
    """Return whether the candidate is a date in an accepted spelling."""
    return isinstance(read(candidate), Span)


def fitting(text: str, forms: Iterable[Form], hand: Hand) -> set[str]:
    """Return the dates of all forms that fit the whole text."""
    return {
        candidate
        for form in forms
        if (hand.mends or not form.mends) and (match := form.pattern.fullmatch(text))
        for candidate in form.give(match, hand)
        if is_accepted(candidate)
    }


@lru_cache(_REMEMBERED)
def one_date(text: str, hand: Hand) -> frozenset[str]:
    """Return the readings of a text as one date, without an open side."""
    if not _DIGIT.search(text):
        return frozenset()
    return frozenset(_bare_date(text, hand) or fitting(text, _AROUND, hand))


def _bare_date(text: str, hand: Hand) -> set[str]:
    """Return the readings of a text without words around, a time of day or a mark."""
    respelt = set(filter(is_accepted, _respelt(text)))
    if respelt or not _FOUR_DIGITS.search(text):  # every form has a year
        return respelt
    return fitting(text, _BARE, hand)


def day_fault(text: str, hand: Hand) -> str:
    """Return why the day of a text with the month in words does not exist; empty for others."""
    reasons = (
        read(day)
        for form in _BARE
        if form.give is _day and (match := form.pattern.fullmatch(text))
        for day in _day(match, hand)
    )
    return next((reason for reason in reasons if isinstance(reason, str)), "")


def _respelt(text: str) -> Iterator[str]:
    """Yield what may be a spelling of EDTF in other letters, or with a needless sign."""
    if "/" in text or ".." in text:
        return
    upper = text.upper()
    yield upper
    yield upper.replace("U", "X")  # as in the drafts of EDTF
    yield upper.removesuffix(".").lstrip("Y+")
    if text.startswith("[") and text.endswith("]"):
        yield upper[1:-1]


# --- years, seasons and parts of a year


def _year(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield match["y"]


def _winter(match: re.Match[str], _: Hand) -> Iterator[str]:
    if int(match["next"]) == int(match["y"]) + 1:
        yield f"{match['y']}-{WINTER}"


def _decade(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield f"{match['century']}{match['decade']}X"
    if match["decade"] == "0":
        yield f"{match['century']}XX"


def _season(match: re.Match[str], _: Hand) -> Iterator[str]:
    year, season = match["y"], SEASONS[match["season"]]
    yield f"{year}-{season}"
    if season == WINTER:  # people name a winter after either of its years
        yield f"{int(year) - 1:04}-{season}"


def _part(months: int) -> Give:
    """Return what gives the n-th part of a year, of so many months."""

    def give(match: re.Match[str], _: Hand) -> Iterator[str]:
        end = NUMBERS[match["n"]] * months
        if end <= _LAST_MONTH:
            yield _months(match["y"], end - months + 1, end)

    return give


def _first_months(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield _months(match["y"], 1, _number(match["months"]))


def _last_months(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield _months(match["y"], _LAST_MONTH + 1 - _number(match["months"]), _LAST_MONTH)


def _first_half(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield _months(match["y"], 1, 6)


def _last_half(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield _months(match["y"], 7, _LAST_MONTH)


def _months(year: str, first: int, last: int) -> str:
    """Return the months as an interval; empty where the year has no such months."""
    return f"{year}-{first:02}/{year}-{last:02}" if 1 <= first < last <= _LAST_MONTH else ""


# --- months and days


def _month(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield _year_month(match["y"], _month_number(match))


def _day(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield _year_month_day(match["y"], _month_number(match), match["d"])


def _days(match: re.Match[str], _: Hand) -> Iterator[str]:
    month = _month_number(match)
    yield "/".join(_year_month_day(match["y"], month, match[side]) for side in ("d", "last_d"))


def _day_of_numbers(match: re.Match[str], hand: Hand) -> Iterator[str]:
    day, month = (match["a"], match["b"]) if hand.day_first else (match["b"], match["a"])
    yield _year_month_day(match["y"], int(month), day)


def _year_first(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield _year_month_day(match["y"], int(match["a"]), match["b"])


def _year_first_mended(match: re.Match[str], _: Hand) -> Iterator[str]:
    """Yield the day as usual, or with its month last where there is no such day."""
    usual = _year_month_day(match["y"], int(match["a"]), match["b"])
    month_last = _year_month_day(match["y"], int(match["b"]), match["a"])
    yield usual if is_accepted(usual) else month_last


def _compact(match: re.Match[str], hand: Hand) -> Iterator[str]:
    """Yield the dates of six or eight digits, with the year before or after the others."""
    text = match[0]
    if _PLAUSIBLE_YEAR.fullmatch(text[:4]):
        yield _without_gaps(text[:4], text[4:6], text[6:])
    if _PLAUSIBLE_YEAR.fullmatch(text[-4:]):
        first, second = text[:2], text[2:-4]
        month, day = (second, first) if hand.day_first and second else (first, second)
        yield _without_gaps(text[-4:], month, day)


def _without_gaps(year: str, month: str, day: str) -> str:
    return _year_month_day(year, int(month), day) if day else _year_month(year, int(month))


def _year_month(year: str, month: int) -> str:
    """Return the month; empty for a number above 12, which might be read as a season."""
    return f"{year}-{month:02}" if month <= _LAST_MONTH else ""


def _year_month_day(year: str, month: int, day: str) -> str:
    return f"{year}-{month:02}-{day:0>2}"


def _month_number(match: re.Match[str]) -> int:
    fields = match.groupdict()
    if fields.get("name"):
        return MONTHS[match["name"]]
    return _number(match["month"])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else MONTH_NUMBERS[text]


# --- marks, words and times around a date


def _about(match: re.Match[str], hand: Hand) -> Iterator[str]:
    return (_with_mark(date, "~") for date in _bare_date(match["date"], hand))


def _marked(match: re.Match[str], hand: Hand) -> Iterator[str]:
    marks = {letter for letter in match[0] if letter in QUALIFIERS}
    mark = marks.pop() if len(marks) == 1 else "%"
    bare = "".join(letter for letter in match[0] if letter not in QUALIFIERS).strip()
    return (_with_mark(date, mark) for date in _bare_date(bare, hand))


def _with_mark(date: str, mark: str) -> str:
    return "/".join(f"{side}{mark}" for side in date.split("/"))


def _beside_time(match: re.Match[str], hand: Hand) -> Iterable[str]:
    return _bare_date(match["date"], hand)


def _without_blanks(match: re.Match[str], _: Hand) -> Iterator[str]:
    yield match[0].replace(" ", "").upper()
    yield match[0].replace(" ", "").upper().replace("??", "XX")


# --- the table


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_FIELDS = {
    " ": "[ ,./-]{1,3}",
    "_": "[ ,./-]{0,3}",
    "{y}": "(?:nam )?(?P<y>[0-9]{4})",
    "{year}": "(?P<y>[0-9]{4})",
    "{next}": "(?P<next>[0-9]{4})",
    "{century}": "(?P<century>[0-9]{2})",
    "{decade}": "(?P<decade>[0-9])",
    "{season}": f"(?P<season>{_any_of(SEASONS)})",
    "{n}": f"(?P<n>{_any_of(NUMBERS)})",
    "{digit}": "(?P<n>[1-4])",
    "{months}": f"(?P<months>[0-9]{{1,2}}|{_any_of(MONTH_NUMBERS)})",
    "{name}": f"(?P<name>{_any_of(MONTHS)})",
    "{thang}": rf"(?:thang|thg|t)[ .]{{0,2}}(?P<month>[0-9]{{1,2}}|{_any_of(MONTH_NUMBERS)})",
    "{month}": "(?P<month>[0-9]{1,2})",
    "{d}": "(?P<d>[0-9]{1,2})",
    "{last_d}": "(?P<last_d>[0-9]{1,2})",
    "{a}": "(?P<a>[0-9]{1,2})",
    "{b}": "(?P<b>[0-9]{1,2})",
    "{sep}": "(?P<sep> ?[-/._] ?| )",  # the first one, and the same again
    "{same}": "(?P=sep)",
    "{any}": "[-/._ ]{1,6}",
}
_FIELD = re.compile("|".join(map(re.escape, _FIELDS)))
_QUARTER = "(?:q|quarter|quy|trimestre)"
_BEFORE_TIME = "(?P<date>.*[0-9])[t ,]{1,3}"
_TIME = r"(?:[01]?[0-9]|2[0-3])[:h][0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
_NO_TIME = "[0-9]{1,2}[:h][0-9]{2}[0-9:.]{0,16}"
_ZONE = " ?(?:[ap]m|z|[+-][0-9:]{1,6})?[?~%]?"


def form(written: str, give: Give, *, mends: bool = False) -> Form:
    """Return the form of a pattern in which fields are words in braces."""
    pattern = _FIELD.sub(lambda field: _FIELDS[field[0]], written)
    return Form(re.compile(pattern), give, mends)


def around(written: str, give: Give, *, mends: bool = False) -> Form:
    """Return the form of a plain pattern, for what goes around dates."""
    return Form(re.compile(written), give, mends)


_BARE = (
    # 2022, năm 2022; the 2020s, les années 2020, thập niên 2020
    form("{y}", _year),
    form("{century}{decade}0'?s", _decade),
    form("(?:annees|thap nien|nhung nam) {century}{decade}0", _decade),
    # autumn 2022, automne 2022, mùa thu năm 2022
    form("{season} {y}", _season),
    form("{y} {season}", _season),
    # winter 2021-2022
    form("(?:winter|hiver|mua dong) {y}_[-/]_{next}", _winter),
    # Q3 2024, QIII/2024, quý III năm 2024; 2024-Q3; 3Q2024; third quarter of 2024
    form(f"{_QUARTER}_{{n}} {{y}}", _part(3)),
    form(f"{{y}}_{_QUARTER}_{{n}}", _part(3)),
    form("{digit}_q_{y}", _part(3)),
    form("{n} (?:quarter|trimestre) {y}", _part(3)),
    form("{y} {n} (?:quarter|trimestre)", _part(3)),
    # T3 2024 is a quarter in French; in Vietnamese it is a month, see below
    form("t{digit} {year}", _part(3)),
    form("{year}_t{digit}", _part(3)),
    # H1 2025, S1 2025, 2025-H1, 1H2025, first half of 2025, premier semestre 2025
    form("(?:h|half|semestre)_{digit} {y}", _part(6)),
    form("s{digit} {year}", _part(6)),
    form("{y}_h_{digit}", _part(6)),
    form("{digit}_h_{y}", _part(6)),
    form("{n} (?:half|semestre) {y}", _part(6)),
    # nửa đầu năm 2025, 9 tháng đầu năm 2025, first 9 months of 2025, 9 premiers mois de 2025
    form("nua dau {y}", _first_half),
    form("nua (?:cuoi|sau) {y}", _last_half),
    form("{months} (?:thang dau|premiers) {y}", _first_months),
    form("{months} (?:thang cuoi|derniers) {y}", _last_months),
    form("first {months} months {y}", _first_months),
    form("last {months} months {y}", _last_months),
    # August 2022, août 2022, 2022 Aug; tháng 8 năm 2022, T8/2022, tháng tám 2022; 8/2022, 2022/8
    form("{name}_{y}", _month),
    form("{y}_{name}", _month),
    form("{thang} {y}", _month),
    form(r"{month}{sep}{year}\.?", _month),
    form(r"{year}{sep}{month}\.?", _month),
    # 16 August 2022, le 16 août 2022, ngày 16 tháng 8 năm 2022; August 16, 2022; 2022 Aug 16
    form("{d}_{name}_{y}", _day),
    form("{d}_{thang} {y}", _day),
    form("{name}_{d} {y}", _day),
    form("{y}_{name}_{d}", _day),
    form("{name} {d}_(?:-|to)_{last_d} {y}", _days),
    # 16/8/2022, 16.08.2022, 16/8 năm 2022; 2022/8/16; 20220816, 16082022, 202208
    form(r"{a}{sep}{b}{same}{year}\.?", _day_of_numbers),
    form("{a}{sep}{b} nam {year}", _day_of_numbers),
    form(r"{year}{sep}{a}{same}{b}\.?", _year_first),
    around("[0-9]{6}|[0-9]{8}", _compact),
    form(r"{year}{any}{a}{any}{b}\.?", _year_first_mended, mends=True),
    form(r"{a}{any}{b}{any}{year}\.?", _day_of_numbers, mends=True),
)
_AROUND = (
    around(f"(?:{ABOUT}) ?(?P<date>.+)", _about),
    around("[?~%]{0,2}[^?~%]+[?~%]{0,2}", _marked),
    # 2022-08-16 09:30, 16/8/2022 9:30 am, 9h30 ngày 16/8/2022
    around(f"{_BEFORE_TIME}{_TIME}{_ZONE}", _beside_time),
    around(f"{_TIME}[ ,]{{1,2}}(?P<date>.+)", _beside_time),
    around(f"{_BEFORE_TIME}{_NO_TIME}{_ZONE}", _beside_time, mends=True),
    around(".*[?~%].*", _marked, mends=True),
    around("[^/]*", _without_blanks, mends=True),
)
