"""Laws: coopledger reads a date as the `edtf` package does, with the stated exceptions."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import event, example, given

from coopledger.dates import EdtfDate
from coopledger.errors import FieldError
from coopledger.packs.readers import edtf
from coopledger.testing.strategies import Dated
from coopledger.testing.strategies.dated import DATED, NEAR_DATES
from tests.laws.edtf_oracle import DIFFERENCES, Bounds, Day, Difference, oracle_bounds

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "dates.md"


def _day(bound: date | None) -> Day | None:
    return None if bound is None else (bound.year, bound.month, bound.day)


def _bounds(text: str) -> Bounds | None:
    try:
        read = edtf(text)
    except FieldError:
        return None
    return _day(read.earliest), _day(read.latest)


def _known(text: str, *, ours: Bounds | None, theirs: Bounds | None) -> list[str]:
    """Return the known differences of the text that excuse which of the two refuses it."""
    refused = (ours is None, theirs is None)
    return [
        each.meaning
        for each in DIFFERENCES
        if each.concerns(text, theirs) and (each.ours is None, each.theirs is None) == refused
    ]


@given(DATED)
def test_what_both_accept_has_the_same_bounds(case: Dated) -> None:
    """Domain, 3: "Dates are EDTF (ISO 8601-2) level 0 and 1 plus `[a..b]`"."""
    ours, theirs = _bounds(case.text), oracle_bounds(case.text)
    event("both accept it" if theirs else "the oracle refuses it")

    assert ours == theirs or _known(case.text, ours=ours, theirs=theirs)


@given(NEAR_DATES)
@example("2022-08-16")
def test_what_only_one_accepts_is_a_known_difference(text: str) -> None:
    """Domain, 3: "Dates are EDTF (ISO 8601-2) level 0 and 1 plus `[a..b]`"."""
    ours, theirs = _bounds(text), oracle_bounds(text)
    event("the oracle accepts it" if theirs else "the oracle refuses it")

    assert ours == theirs or _known(text, ours=ours, theirs=theirs)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda each: each.example)
def test_a_known_difference_is_as_stated(difference: Difference) -> None:
    found = _bounds(difference.example), oracle_bounds(difference.example)

    assert found == (difference.ours, difference.theirs)
    assert difference.concerns(difference.example, difference.theirs)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda each: each.example)
def test_a_known_difference_is_in_the_reference(difference: Difference) -> None:
    assert f"| `{difference.example}` | {difference.meaning} |" in PAGE.read_text(encoding="utf-8")


def test_a_date_can_be_hashed_where_the_package_cannot() -> None:
    assert len({EdtfDate("2022~"), EdtfDate("2022~"), EdtfDate("2022")}) == 2
