"""Hints for a text that is no date: why it is none, and which date may have been meant.

Guesses are made freely and then read by the grammar, so that every suggestion is
accepted. A guess invents nothing: no century, no order of day and month (both readings
are given), no other day for one that the month does not have.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from coopledger._dates.grammar import Span, read

LONGEST_GUESSED = 64

_Guess = Callable[[str], Iterator[str]]

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_MONTH_NAMES = (
    "january february march april may june july august september october november december"
).split()
_MONTHS = {
    name[:length]: f"{number:02}"
    for number, name in enumerate(_MONTH_NAMES, start=1)
    for length in (3, 4, len(name))
}
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_FILLERS = frozenset("a and day in of on st nd rd th the to".split())
_OPEN_WORDS = {"open": "..", "..": "..", "unknown": "", "": ""}
_BRACKETS = "[]{}"
_QUALIFIERS = "?~%"

_ABOUT = re.compile(r"(?:c\.|ca\.?|circa|about|around) ?(.+)")
_TIME_OF_DAY = re.compile(
    r"(.*?[0-9])[t ,]{1,3}[0-9]{1,2}:[0-9]{2}[0-9:.]{0,16} ?(?:[ap]m|z|[+-][0-9:]{1,6})?[?~%]?"
)
_SEPARATED = re.compile(r"([0-9]{1,4})[-/._ ]+([0-9]{1,4})(?:[-/._ ]+([0-9]{1,4}))?")
_COMPACT = re.compile(r"[0-9]{6}|[0-9]{8}")
_PLAUSIBLE_YEAR = re.compile(r"[12][0-9]{3}")
_NAMED = re.compile(r"[a-z0-9 ,.\-]+")
_DECADE = re.compile(r"(?:the )?([0-9]{2})([0-9])0'?s")
_BOUNDARIES = (" - ", " to ", " until ", "--", "/", "..")
_YEARS = re.compile(r"([0-9]{4})-([0-9]{4})")
_SINCE = re.compile(r"(?:since |from )(.+)|(.+)\.\.")
_UNTIL = re.compile(r"(?:until |till )(.+)|\.\.(.+)")

_CLOCK_WORDS = frozenset({"now", "today", "tomorrow", "yesterday"})
_FORMS = "write it as 2022, 2022-08, 2022-08-16 or 2022-08-01/2022-08-16"

# The first pattern that fits the whole text says why it is no date.
_REASONS = (
    (re.compile(r"\s*"), f"it is empty; {_FORMS}"),
    (re.compile(r"Y.*|-?[0-9]{5,}|-[0-9]{4}(?:-.*)?"), "years run from 0001 to 9999"),
    (
        re.compile(r"[0-9]{1,2}([-/. ])[0-9]{1,2}\1'?[0-9]{2}"),
        "write the year in four digits, e.g. 2022-08-16",
    ),
    (
        re.compile(r"[\[{].*,.*[\]}]"),
        "a list is not one date; write the range that holds them all, e.g. [2020..2022]",
    ),
    (
        re.compile(r"[0-9X]{4}(?:-[0-9X]{2}){0,2}[?~%]?"),
        "X stands for the last digits only, as in 202X, 20XX, 2022-XX, 2022-08-XX or 2022-XX-XX",
    ),
    (
        re.compile(r"[0-9]{1,4}([-/. ])[0-9]{1,2}\1[0-9]{1,4}"),
        f"there is no such day; {_FORMS}",
    ),
)


def remedy(text: str, reason: str) -> str:
    """Return why the text cannot be read and what would do, as words to follow the text.

    Args:
        text: The text as given.
        reason: Why the grammar refuses it; empty if it has not the shape of a date.
    """
    options = suggestions(text)
    if not options:
        return f"is not a date: {reason or _shape_reason(text)}"
    if not reason and len(options) > 1:
        return f"is ambiguous: {' or '.join(options)}"
    because = f"{reason}; " if reason else ""
    return f"is not a date: {because}did you mean {' or '.join(map(_quoted, options))}?"


def _quoted(option: str) -> str:
    # A date may end in a question mark of its own.
    return repr(option) if option.endswith("?") else option


def _shape_reason(text: str) -> str:
    if len(text) > LONGEST_GUESSED:
        return f"it is too long; {_FORMS}"
    if text.strip().casefold() in _CLOCK_WORDS:
        return "it depends on the day it is read; write the day out, e.g. 2022-08-16"
    return next((reason for shape, reason in _REASONS if shape.fullmatch(text)), _FORMS)


def suggestions(text: str) -> tuple[str, ...]:
    """Return the dates that may have been meant, each of them accepted, in alphabetical order.

    Empty if the text is longer than 64 characters, or nothing comes to mind.
    """
    if len(text) > LONGEST_GUESSED:
        return ()
    return _first_accepted(_plain(text), (*_SINGLE_GUESSES, _range, _one_sided, _interval))


def _plain(text: str) -> str:
    """Write digits of any script as 0 to 9, one kind of dash and space, lower case, no quotes."""
    compatible = unicodedata.normalize("NFKC", text.translate(_DASHES))
    digits = "".join(str(unicodedata.decimal(letter, letter)) for letter in compatible)
    return " ".join(digits.casefold().split()).strip("'\"`()<>,; ")


def _first_accepted(text: str, guesses: tuple[_Guess, ...]) -> tuple[str, ...]:
    for guess in guesses:
        accepted = {candidate for candidate in guess(text) if _is_accepted(candidate)}
        if accepted:
            return tuple(sorted(accepted))
    return ()


def _is_accepted(candidate: str) -> bool:
    return isinstance(read(candidate), Span)


def _single(text: str) -> tuple[str, ...]:
    return _first_accepted(text, _SINGLE_GUESSES)


def _respelt(text: str) -> Iterator[str]:
    upper = text.replace(" ", "").upper()
    yield upper
    yield upper.replace("U", "X")  # as in the drafts of EDTF
    yield upper.replace("??", "XX")
    yield upper.removesuffix(".").lstrip("Y+")
    yield upper.strip(_BRACKETS)


def _before_time(text: str) -> Iterator[str]:
    match = _TIME_OF_DAY.fullmatch(text)
    if match:
        yield from _single(match[1])


def _separated(text: str) -> Iterator[str]:
    match = _SEPARATED.fullmatch(text.rstrip("."))
    if match is None:
        return
    first, second, third = match.groups()
    if third is None:
        yield from _year_month(first, second)
        yield from _year_month(second, first)
    elif len(first) == 4:
        usual = _date(first, second, third)
        yield usual if _is_accepted(usual) else _date(first, third, second)
    else:
        yield _date(third, second, first)
        yield _date(third, first, second)


def _compact(text: str) -> Iterator[str]:
    if not _COMPACT.fullmatch(text):
        return
    for year, rest in ((text[:4], text[4:]), (text[-4:], text[:-4])):
        if not _PLAUSIBLE_YEAR.fullmatch(year):
            continue
        yield from _year_month(year, rest)
        yield _date(year, rest[:2], rest[2:])
        yield _date(year, rest[2:], rest[:2]) if year == text[-4:] else ""


def _year_month(year: str, month: str) -> Iterator[str]:
    if len(year) == 4 and int(month) <= 12:
        yield f"{year}-{month:0>2}"


def _date(year: str, month: str, day: str) -> str:
    return f"{year}-{month:0>2}-{day:0>2}"


def _marked(text: str) -> Iterator[str]:
    about = _ABOUT.fullmatch(text)
    if about:
        yield from (f"{date}~" for date in _single(about[1]))
    marks = {letter for letter in text if letter in _QUALIFIERS}
    if marks:
        mark = marks.pop() if len(marks) == 1 else "%"
        bare = "".join(letter for letter in text if letter not in _QUALIFIERS)
        yield from (f"{date}{mark}" for date in _single(bare))


def _named(text: str) -> Iterator[str]:
    decade = _DECADE.fullmatch(text)
    if decade:
        yield f"{decade[1]}{decade[2]}X"
        yield f"{decade[1]}XX" if decade[2] == "0" else ""
    if not _NAMED.fullmatch(text):
        return
    words = set(re.findall(r"[a-z]+", text)) - _FILLERS
    numbers = re.findall(r"[0-9]+", text)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(words) == len(years) == 1 and len(numbers) <= 3:
        yield from _in_words(words.pop(), years[0], days)


def _in_words(word: str, year: str, days: list[str]) -> Iterator[str]:
    if word in _MONTHS:
        dates = [_date(year, _MONTHS[word], day) for day in days]
        yield "/".join(dates) or f"{year}-{_MONTHS[word]}"
    elif word in _SEASONS and not days:
        yield f"{year}-{_SEASONS[word]}"
        # People name a winter after either of its years.
        yield f"{int(year) - 1:04}-24" if word == "winter" else ""


def _one_sided(text: str) -> Iterator[str]:
    for pattern, start, end in ((_SINCE, "", "/.."), (_UNTIL, "../", "")):
        match = pattern.fullmatch(text)
        if match:
            yield from (f"{start}{date}{end}" for date in _single(match[1] or match[2]))


def _range(text: str) -> Iterator[str]:
    if text.startswith(("[", "{")):
        start, _, end = text.strip(_BRACKETS + _QUALIFIERS).partition("..")
        yield from _joined("[{}..{}]", start, end)


def _interval(text: str) -> Iterator[str]:
    years = _YEARS.fullmatch(text)
    if years:
        yield from _joined("{}/{}", years[1], years[2])
    for boundary in _BOUNDARIES:
        start, separator, end = text.strip(_BRACKETS).partition(boundary)
        if separator:
            yield from _joined("{}/{}", start, end)


def _joined(form: str, start: str, end: str) -> Iterator[str]:
    for first in _side(start.strip(), "0"):
        for last in _side(end.strip(), "9"):
            forward = form.format(first, last)
            yield forward if _is_accepted(forward) else form.format(last, first)


def _side(text: str, digit: str) -> tuple[str, ...]:
    if text in _OPEN_WORDS:
        return (_OPEN_WORDS[text],)
    # A side has no time of day and no unspecified digits: the outermost day remains.
    return tuple(re.sub(r"(-XX)+|T.*", "", date).replace("X", digit) for date in _single(text))


_SINGLE_GUESSES: tuple[_Guess, ...] = (
    _respelt,
    _before_time,
    _separated,
    _compact,
    _marked,
    _named,
)
