"""Lengths: their last day, an end made later by them, and the last day for a notice."""

import pytest

from coopledger._dates.lengths import last_day, last_day_for_notice, later, repeated
from coopledger.dates import day_text, edtf, to_day
from coopledger.errors import FieldError


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2021-01-01", 12, "2021-12-31"),
        ("2023-03-01", 12, "2024-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-28"),
        ("2021-01-31", 1, "2021-02-28"),
        ("2021-01-31", 2, "2021-03-30"),
        ("2021-01-15", 1, "2021-02-14"),
        ("9999-01-01", 12, "9999-12-31"),
    ],
)
def test_a_length_ends_on_the_day_before_the_anniversary(
    first: str, months: int, last: str
) -> None:
    assert day_text(last_day(to_day(first), months)) == last


def test_a_length_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(FieldError):
        last_day(to_day("9999-01-02"), 12)


@pytest.mark.parametrize(
    ("end", "months", "later_end"),
    [
        ("2022~", 36, "2025~"),
        ("2022?", 12, "2023?"),
        ("2022", 6, "2023-06-30~"),
        ("2024-12", 60, "2029-12"),
        ("2022-21", 3, "2022-22"),
        ("2022-24", 3, "2023-21"),
        ("2022-24", 1, "2023-03-31~"),
        ("2022-XX", 12, "2023-XX"),
        ("2022-XX-XX", 24, "2024-XX-XX"),
        ("2022-12-XX", 1, "2023-01-XX"),
        ("20XX", 1200, "21XX"),
        ("202X", 12, "2030-12-31~"),
        ("2022-03/2022-05", 12, "2023-05-31~"),
        ("../2022-05-03", 12, "2023-05-03~"),
        ("2022-05-03T10:00:00Z", 12, "2023-05-03"),
        ("9999", 12, None),
        ("9999-12-31", 1, None),
    ],
)
def test_a_later_end_is_as_precise_as_the_one_before(
    end: str, months: int, later_end: str | None
) -> None:
    assert later(edtf(end), months) == (edtf(later_end) if later_end else None)


@pytest.mark.parametrize(
    ("end", "months", "last"),
    [
        ("2022-06-30", 3, "2022-03-31"),
        ("2024-12-31", 6, "2024-06-30"),
        ("2021-03-30", 1, "2021-02-27"),
        ("2021-03-30", 0, "2021-03-30"),
        ("9999-12-31", 1, "9999-11-30"),
        ("0001-01-31", 1, None),
        ("0001-01-15", 1, None),
    ],
)
def test_the_last_day_for_notice_lies_so_many_months_before_the_end(
    end: str, months: int, last: str | None
) -> None:
    day = last_day_for_notice(to_day(end), months)

    assert (day_text(day) if day is not None else None) == last


@pytest.mark.parametrize(
    ("first", "length", "date"),
    [
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2024-02-29", {"months": 48}, "2028-02-29"),
        ("2024-06-30~", {"days": 10}, "2024-07-10~"),
        ("2024-06", {"months": 7}, "2025-01"),
        ("2024-06-XX?", {"months": 1}, "2024-07-XX?"),
        ("2024-24", {"months": 3}, "2025-21"),
        ("2024", {"months": 24}, "2026"),
        ("202X", {"months": 120}, "203X"),
        ("2024-05-03T10:00:00Z", {"months": 1}, "2024-06-03"),
        ("2024-12-30/2025-01-02", {"months": 2}, "2025-02-28/2025-03-02"),
        ("../2024-06-30", {"months": 6}, "../2024-12-30"),
        ("[2024-06..2024-07]", {"months": 12}, "[2025-06..2025-07]"),
        ("2024", {"months": 6}, None),
        ("2024-06", {"days": 30}, None),
        ("2024-06-30/2025", {"months": 6}, None),
        ("9999", {"months": 12}, None),
        ("9999-12-01", {"days": 31}, None),
    ],
)
def test_a_date_that_recurs_is_as_precise_as_the_first(
    first: str, length: dict[str, int], date: str | None
) -> None:
    assert repeated(edtf(first), **length) == (edtf(date) if date else None)
