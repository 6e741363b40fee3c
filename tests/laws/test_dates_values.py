"""Laws of the date value."""

import copy
import pickle
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopledger._dates.readings import suggestions
from coopledger.dates import EdtfDate, to_day
from coopledger.errors import FieldError
from coopledger.packs.readers import edtf
from coopledger.testing.strategies import Dated
from coopledger.testing.strategies.dated import (
    DATE_TIMES,
    DATED,
    DAYS,
    NEAR_DATES,
    PLAIN,
    QUALIFIERS,
    SEASONS,
    UNSPECIFIED,
)

# What people write who do not know EDTF.
_PIECES = st.sampled_from(
    "Dec december 16 8 08 31 2022 22 1999 / - . , ( ' 16th c. about ~ ? % X u T 09:30 Z to .. "
    "until since spring winter [ ] 2022-08-16 2022-08 \u0662\u0660\u0662\u0662 \u2013 \uff12".split(
        " "
    )
)
human = st.builds(str.join, st.sampled_from(["", " ", "-", "/"]), st.lists(_PIECES, max_size=7))
anything = st.one_of(NEAR_DATES, human, st.text(max_size=80))


def _is_accepted(text: str) -> bool:
    try:
        EdtfDate(text)
    except FieldError:
        return False
    return True


@given(DATED)
def test_a_date_knows_its_earliest_and_latest_day(case: Dated) -> None:
    """Domain, 3: "A date value keeps its text and knows its earliest and latest day"."""
    read = edtf(case.text)

    assert (str(read), read.earliest, read.latest) == (case.text, case.first, case.last)


@given(st.one_of(PLAIN, SEASONS, UNSPECIFIED), st.sampled_from(QUALIFIERS))
def test_a_qualifier_moves_no_bound(case: Dated, qualifier: str) -> None:
    """Domain, 3: "`~ ? %` never move a bound"."""
    bare, marked = edtf(case.text), edtf(case.text + qualifier)

    assert (marked.first, marked.last, marked.settled) == (bare.first, bare.last, bare.settled)


@given(DATED)
def test_a_date_counts_at_its_latest_day(case: Dated) -> None:
    """Cases: "A fuzzy date counts at its latest day"; with an open end, that of its start."""
    read = edtf(case.text)
    if case.last is None:
        start = case.text.strip("[]").removesuffix("/").removesuffix("/..").removesuffix("..")
        assert read.settled == edtf(start).last
    else:
        assert read.settled == case.last.toordinal()


@given(DATED)
def test_only_one_certain_day_is_exact(case: Dated) -> None:
    """Domain, 3: "Answers that rest on a fuzzy event say so (`certain=False`)"."""
    is_one_day = case.first is not None and case.first == case.last

    assert edtf(case.text).exact == (is_one_day and not set(case.text) & set("~?%"))


@given(DATE_TIMES)
def test_a_date_time_counts_as_its_day_as_written(case: Dated) -> None:
    """Domain, 3: "Dates are EDTF (ISO 8601-2) level 0": a date-time is of its local day."""
    assert case.first is not None
    assert to_day(case.text) == case.first.toordinal()


@given(st.one_of(DATED.map(lambda case: case.text), NEAR_DATES, st.text(max_size=30)))
def test_a_text_is_kept_as_written_or_refused(text: str) -> None:
    """Domain, 3: "A date value keeps its text"; anything else is E104, never another error."""
    if not _is_accepted(text):
        with pytest.raises(FieldError, match="E104"):
            edtf(text)
        return
    read = edtf(text)
    assert read.text == text
    assert read.first is None or read.last is None or read.first <= read.last


@given(anything)
def test_whatever_is_suggested_is_accepted(text: str) -> None:
    """Domain, 3: "`31/12/2022` is refused with "did you mean 2022-12-31?""."""
    assume(not _is_accepted(text))

    assert [each for each in suggestions(text) if not _is_accepted(each)] == []


@given(DAYS, st.sampled_from("/-. "), st.sampled_from(["day", "month"]))
def test_a_day_written_in_another_order_is_understood(
    day: date, separator: str, first: str
) -> None:
    """Domain, 3: "`08-09-2022` with "ambiguous: 2022-08-09 or 2022-09-08""."""
    assume(day.year > 31)
    order = (day.day, day.month) if first == "day" else (day.month, day.day)
    text = separator.join([*(f"{number:02}" for number in order), f"{day.year:04}"])
    other = f"{day.year:04}-{day.day:02}-{day.month:02}"
    readings = {day.isoformat(), *([other] if day.day <= 12 else [])}

    assert suggestions(text) == tuple(sorted(readings))


@given(st.lists(DATED, max_size=8))
def test_dates_have_one_order(cases: list[Dated]) -> None:
    """Dates sort "by (first or -inf, last or +inf, text)", and are equal by their text."""
    ordered = sorted(edtf(case.text) for case in cases)
    expected = sorted(
        cases, key=lambda case: (case.first or date.min, case.first is not None, *_last(case))
    )

    assert [each.text for each in ordered] == [case.text for case in expected]
    for one, other in pairwise(ordered):
        assert (one <= other, one > other, other >= one) == (True, False, True)
        assert (one < other) == (one != other) == (one.text != other.text)


def _last(case: Dated) -> tuple[bool, date, str]:
    return case.last is None, case.last or date.max, case.text


@given(DATED)
def test_a_date_survives_pickling_and_copying(case: Dated) -> None:
    """Issue: the EDTF value has "ordering, hashing, pickling"."""
    read = edtf(case.text)
    for twin in (pickle.loads(pickle.dumps(read)), copy.copy(read), copy.deepcopy(read)):  # noqa: S301
        assert (twin, hash(twin), twin.first, twin.last) == (
            read,
            hash(read),
            read.first,
            read.last,
        )


@given(DATED)
def test_equal_texts_share_one_object(case: Dated) -> None:
    """Quote: the text "goes through a cache so that equal texts share one object"."""
    assert edtf("".join(list(case.text))) is edtf(case.text)


@given(DAYS)
def test_a_calendar_day_becomes_its_text(day: date) -> None:
    """Architecture: "text is accepted wherever a date ... is asked for", and a day as well."""
    assert edtf(day) is edtf(day.isoformat())


@given(DATED)
def test_a_date_needs_to_be_one_day_where_a_day_is_needed(case: Dated) -> None:
    """Domain, 3: "A query is asked **on** a day"."""
    if edtf(case.text).exact:
        assert to_day(case.text) == edtf(case.text).settled
        return
    with pytest.raises(FieldError, match="a day is needed"):
        to_day(case.text)
