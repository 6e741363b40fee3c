import datetime

import pytest

from coopledger.dates import add_months, add_years, day_text, to_date, to_day
from coopledger.errors import FieldError

OUT_OF_RANGE = r"E106 .* is out of range"
LAST_DAY = datetime.date.max.toordinal()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2022-01-31", 1, "2022-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2022-03-31", -1, "2022-02-28"),
        ("2022-12-31", 1, "2023-01-31"),
        ("2022-12-15", 12, "2023-12-15"),
        ("2022-01-15", -1, "2021-12-15"),
        ("2022-08-16", 0, "2022-08-16"),
        ("9999-11-30", 1, "9999-12-30"),
        ("0001-02-28", -1, "0001-01-28"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(
    day: str, months: int, expected: str
) -> None:
    assert day_text(add_months(to_day(day), months)) == expected


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2024-02-29", -124, "1900-02-28"),
        ("2022-08-16", -1, "2021-08-16"),
    ],
)
def test_a_year_later_is_the_same_day_but_for_29_february(
    day: str, years: int, expected: str
) -> None:
    assert day_text(add_years(to_day(day), years)) == expected


@pytest.mark.parametrize(("day", "months"), [("9999-12-01", 1), ("0001-01-31", -1)])
def test_a_day_outside_of_the_calendar_is_refused(day: str, months: int) -> None:
    with pytest.raises(FieldError) as caught:
        add_months(to_day(day), months)

    assert str(caught.value) == (
        f"E106 {day} and {months} months is out of range: days run from 0001-01-01 to 9999-12-31"
    )


def _next_month(day: int) -> int:
    return add_months(day, 1)


@pytest.mark.parametrize("day", [0, -1, LAST_DAY + 1, 10**30])
def test_an_ordinal_outside_of_the_calendar_is_refused(day: int) -> None:
    for use in (day_text, to_date, _next_month):
        with pytest.raises(FieldError, match=OUT_OF_RANGE):
            use(day)


def test_the_first_and_the_last_day_have_texts() -> None:
    assert (day_text(1), day_text(LAST_DAY)) == ("0001-01-01", "9999-12-31")
