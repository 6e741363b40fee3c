"""`edtf` package as an oracle, and every difference to it that is known and meant."""

import contextlib
import io
import re
import time
import warnings
from collections.abc import Callable
from typing import Protocol, cast

import attrs

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its grammar is not quite what its own parser likes
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

# It refuses texts with its own error, and stumbles over others.
_REFUSALS = (EDTFParseException, AttributeError, KeyError, OverflowError, TypeError, ValueError)


class _Read(Protocol):
    """Result of its parser: structs of time, or an infinite number for an open side."""

    def lower_strict(self) -> time.struct_time | float: ...
    def upper_strict(self) -> time.struct_time | float: ...


_parse = cast("Callable[[str], _Read]", parse_edtf)

Day = tuple[int, int, int]
Bounds = tuple[Day | None, Day | None]


def oracle_bounds(text: str) -> Bounds | None:
    """Earliest and latest day, None for an open side; nothing at all for a text it refuses."""
    # It prints what it tries.
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            reading = _parse(text)
            return _day(reading.lower_strict()), _day(reading.upper_strict())
        except _REFUSALS:
            return None


def _day(bound: time.struct_time | float) -> Day | None:
    if isinstance(bound, time.struct_time):
        return bound.tm_year, bound.tm_mon, bound.tm_mday
    return None


@attrs.frozen
class Difference:
    """Difference to the oracle.

    Attributes:
        meaning: How coopledger differs, as the reference says it.
        example: A text that is read in two ways.
        ours: The bounds that coopledger reads, nothing if it refuses the text.
        theirs: The same of the oracle.
        concerns: Whether a text, given the oracle's bounds, is of this kind.
    """

    meaning: str
    example: str
    ours: Bounds | None
    theirs: Bounds | None
    concerns: Callable[[str, Bounds | None], bool]


def _like(pattern: str) -> Callable[[str, Bounds | None], bool]:
    compiled = re.compile(pattern)
    return lambda text, _: compiled.search(text) is not None


def _is_reversed(_: str, theirs: Bounds | None) -> bool:
    return bool(theirs and theirs[0] and theirs[1] and theirs[0] > theirs[1])


def _is_out_of_range(_: str, theirs: Bounds | None) -> bool:
    return any(bound and not 1 <= bound[0] <= 9999 for bound in theirs or ())


def _year(year: int) -> Bounds:
    return (year, 1, 1), (year, 12, 31)


DIFFERENCES = (
    Difference(
        "a winter ends with February of the next year, not with December",
        "2023-24",
        ((2023, 12, 1), (2024, 2, 29)),
        ((2023, 12, 1), (2023, 12, 31)),
        _like(r"[0-9]-24(?![0-9])"),
    ),
    Difference(
        "a season alone may carry `~`, `?` or `%`, as in an interval",
        "2023-21~",
        ((2023, 3, 1), (2023, 5, 31)),
        None,
        _like(r"^[0-9]{4}-2[1-4][?~%]$"),
    ),
    Difference(
        "an unknown side has no bound, not one ten years away",
        "2022/",
        ((2022, 1, 1), None),
        ((2022, 1, 1), (2032, 1, 1)),
        _like(r"^/|/$"),
    ),
    Difference(
        "an interval or range that ends before it starts is refused",
        "2022/2020",
        None,
        ((2022, 1, 1), (2020, 12, 31)),
        _is_reversed,
    ),
    Difference(
        "the years are 0001 to 9999",
        "0000",
        None,
        _year(0),
        _is_out_of_range,
    ),
    Difference(
        "29 February is there in leap years only",
        "2022-02-29",
        None,
        ((2022, 2, 29), (2022, 2, 29)),
        _like(r"02-29"),
    ),
    Difference(
        "an hour 24 is refused",
        "2022-08-16T24:00:00",
        None,
        ((2022, 8, 16), (2022, 8, 16)),
        _like(r"T24:00:00"),
    ),
    Difference(
        "a time stands on a day, not on a month or a year",
        "2022T09:30:00",
        None,
        _year(2022),
        _like(r"^[0-9]{4}(-[0-9]{2})?T"),
    ),
    Difference(
        "an offset of zero may be written as `+00:00`, and one of whole hours as `+00` or `+14`",
        "2022-08-16T09:30:00+00:00",
        ((2022, 8, 16), (2022, 8, 16)),
        None,
        _like(r"T.*(\+00(:00)?|[+-]14)$"),
    ),
    Difference(
        "the sides of a range may differ in precision, or be seasons",
        "[2020..2022-03]",
        ((2020, 1, 1), (2022, 3, 31)),
        None,
        _like(r"^\[[^,]*\]$"),
    ),
    Difference(
        "blanks are refused, around a date and inside",
        " 2022",
        None,
        _year(2022),
        _like(r"\s"),
    ),
    Difference(
        "level 2 is refused: a mark or an X inside of a date",
        "2022-XX-16",
        None,
        ((2022, 1, 16), (2022, 12, 16)),
        _like(r"X[^X]*[0-9]|XXX|X.*/|/.*X|^X|[?~%][0-9-]"),
    ),
    Difference(
        "level 2 is refused: lists",
        "[2020,2022]",
        None,
        ((2020, 1, 1), (2022, 12, 31)),
        _like(r"^[\[{].*,|^\{"),
    ),
    Difference(
        "level 2 is refused: quarters and other parts of a year",
        "2022-33",
        None,
        ((2022, 1, 1), (2022, 3, 31)),
        _like(r"[0-9]-(2[5-9]|3[0-9]|4[01])|\^"),
    ),
    Difference(
        "level 2 is refused: significant digits and exponents",
        "2022S2",
        None,
        _year(2022),
        _like(r"[SE]"),
    ),
)
