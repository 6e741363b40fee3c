"""Lengths, deadlines and marks, sentence by sentence, on the oracle's own arithmetic."""

from datetime import date

import pytest

from tests.oracle.days import day_lent, deadline, end_of, iso, lengthened


@pytest.mark.parametrize(
    ("said", "months", "end"),
    [
        ("2023-02-28", 12, "2024-02-29"),
        ("2020-12-31", 12 * 7, "2027-12-31"),
        ("2021-01-30", 1, "2021-02-28"),
        ("2021-01-30", 2, "2021-03-30"),
        ("2022~", 36, "2025~"),
        ("2024-12", 60, "2029-12"),
        ("2022", 6, "2023-06-30~"),
        ("2022-21", 12, "2023-21"),
        ("2022-24", 3, "2023-21"),
        ("2016-23", 25, "2018-12-31~"),
        ("2022-XX", 12, "2023-XX"),
        ("2022-12-XX", 1, "2023-01-XX"),
        ("202X", 120, "203X"),
        ("202X", 12, "2030-12-31~"),
        ("2022-03-01/2022-03-04", 12, "2023-03-04"),
        ("2022-03/2022-05", 12, "2023-05-31~"),
        ("../2022-05-03", 12, "2023-05-03~"),
        ("2022-05-03~", 12, "2023-05-03~"),
    ],
)
def test_a_length_after_an_end(said: str, months: int, end: str) -> None:
    assert lengthened(said, months) == end


@pytest.mark.parametrize(
    ("first", "months", "end"),
    [
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-28"),
        ("2021-01-31", 1, "2021-02-28"),
        ("2021-01-01", 12, "2021-12-31"),
    ],
)
def test_a_length_from_a_first_day(first: str, months: int, end: str) -> None:
    assert iso(end_of(date.fromisoformat(first).toordinal(), months)) == end


@pytest.mark.parametrize(
    ("end", "months", "days", "last"),
    [
        ("2022-06-30", 3, 0, "2022-03-31"),
        ("2024-12-31", 6, 0, "2024-06-30"),
        ("2022-12-31", 0, 30, "2022-12-01"),
        ("2021-03-30", 1, 0, "2021-02-27"),
    ],
)
def test_the_last_day_for_a_notice(end: str, months: int, days: int, last: str) -> None:
    day = date.fromisoformat(end).toordinal()
    assert iso(deadline(day, months=months, days=days)) == last


@pytest.mark.parametrize(
    ("text", "lent"),
    [
        ("2025", "2025-12-31~"),
        ("2025-03-25/2025-03-27", "2025-03-27"),
        ("2025-03-25", "2025-03-25"),
        ("2025-03-25?", "2025-03-25~"),
        ("2025-03/..", "2025-03-31~"),
    ],
)
def test_the_day_that_a_date_lends(text: str, lent: str) -> None:
    assert day_lent(text) == lent
