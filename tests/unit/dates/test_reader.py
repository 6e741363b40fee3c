import datetime

import pytest

from coopledger.dates import edtf, read
from coopledger.errors import ArgumentError, FieldError

MONTHS = "months run from 01 to 12 and seasons from 21 to 24"


def test_a_date_and_a_calendar_day_are_themselves() -> None:
    day = datetime.date(2022, 8, 16)

    assert read(edtf("2022~")) is edtf("2022~")
    assert read(day) is edtf(day)


@pytest.mark.parametrize(
    ("text", "day_first", "meant"),
    [
        ("08-09-2022", True, "2022-09-08"),
        ("08-09-2022", False, "2022-08-09"),
        ("08092022", True, "2022-09-08"),
        ("08092022", False, "2022-08-09"),
        ("31/12/2022", None, "2022-12-31"),
        ("31/12/2022", True, "2022-12-31"),
        ("12/31/2022", False, "2022-12-31"),
        ("ng\u00e0y 08/09/2022", True, "2022-09-08"),
        ("ng\u00e0y 08/08/2022", False, "2022-08-08"),
        ("le 16 ao\u00fbt 2022", False, "2022-08-16"),
        ("12/2022", False, "2022-12"),
        ("2022/08/09", True, "2022-08-09"),
    ],
)
def test_the_order_is_of_days_and_months_in_numbers(
    text: str,
    day_first: bool | None,  # noqa: FBT001 - of the table
    meant: str,
) -> None:
    assert read(text, day_first=day_first) is edtf(meant)


@pytest.mark.parametrize(
    ("text", "day_first", "remedy"),
    [
        ("08-09-2022", None, "is ambiguous: 2022-08-09 or 2022-09-08"),
        ("winter 2022", True, "is ambiguous: 2021-24 or 2022-24"),
        (
            "31/12/2022",
            False,
            "is not a date: with the month first there is no such day; did you mean 2022-12-31?",
        ),
        (
            "12/31/2022",
            True,
            "is not a date: with the day first there is no such day; did you mean 2022-12-31?",
        ),
        (
            "le 08/09/2022",
            False,
            (
                "is not a date: a word in it puts the day first, day_first=False the month; "
                "did you mean 2022-09-08?"
            ),
        ),
        (
            "2022-31-12",
            True,
            f"is not a date: there is no month 31, {MONTHS}; did you mean 2022-12-31?",
        ),
        ("16/8-2022", None, "is not a date: did you mean 2022-08-16?"),
        ("20 22", None, "is not a date: did you mean 2022?"),
        (
            "upcoming",
            False,
            "is not a date: write it as 2022, 2022-08, 2022-08-16 or 2022-08-01/2022-08-16",
        ),
    ],
)
def test_what_is_not_one_date_is_refused_with_its_readings(
    text: str,
    day_first: bool | None,  # noqa: FBT001 - of the table
    remedy: str,
) -> None:
    with pytest.raises(FieldError) as caught:
        read(text, day_first=day_first)

    assert (caught.value.code, caught.value.remedy) == ("E104", remedy)


def test_an_instant_and_what_is_no_text_are_refused() -> None:
    with pytest.raises(FieldError, match="E106 3 is not a date"):
        read(3)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="is an instant, not a date"):
        read(datetime.datetime(2022, 8, 16, tzinfo=datetime.UTC))


@pytest.mark.parametrize("day_first", ["yes", 1, 0, []])
def test_the_order_is_true_false_or_none(day_first: object) -> None:
    with pytest.raises(ArgumentError, match="is no order: give True, False or None"):
        read("2022", day_first=day_first)  # type: ignore[arg-type]
