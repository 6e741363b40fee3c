"""Hints for a text that is no date: why it is none, and which date may have been meant."""

import re

from coopledger._dates.readings import (
    LONGEST,
    no_such_day,
    puts_day_first,
    readings,
    suggestions,
)

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


def remedy(text: str, reason: str, *, day_first: bool | None = None) -> str:
    """Return why the text cannot be read and what would do, as words to follow the text.

    Args:
        text: The text as given.
        reason: Why the grammar refuses it; empty if it has not the shape of a date.
        day_first: The order of day and month, if one was given.
    """
    options = readings(text, day_first=day_first)
    because = f"{reason}; " if reason else ""
    if day_first is not None and not options:
        options = readings(text)
        if options:
            because = _other_order(text, day_first=day_first)
    options = options or suggestions(text)
    if not options:
        return f"is not a date: {reason or no_such_day(text) or _shape_reason(text)}"
    if not because and len(options) > 1:
        return f"is ambiguous: {' or '.join(options)}"
    return f"is not a date: {because}did you mean {' or '.join(map(_quoted, options))}?"


def _other_order(text: str, *, day_first: bool) -> str:
    """Return why a text that has a reading has none in the order that was given."""
    if day_first:
        return "with the day first there is no such day; "
    if puts_day_first(text):
        return "a word in it puts the day first, day_first=False the month; "
    return "with the month first there is no such day; "


def _quoted(option: str) -> str:
    # A date may end in a question mark of its own.
    return repr(option) if option.endswith("?") else option


def _shape_reason(text: str) -> str:
    if len(text) > LONGEST:
        return f"it is too long; {_FORMS}"
    if text.strip().casefold() in _CLOCK_WORDS:
        return "it depends on the day it is read; write the day out, e.g. 2022-08-16"
    return next((reason for shape, reason in _REASONS if shape.fullmatch(text)), _FORMS)
