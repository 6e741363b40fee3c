import datetime
from enum import StrEnum

import attrs
import pendulum
import pytest

from coopledger.dates import EdtfDate, to_day
from coopledger.errors import FieldError
from coopledger.packs.readers import edtf


class Year(StrEnum):
    THIS = "2022"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-08-16", "2022-08-16", "2022-08-16"),
        ("2022-08", "2022-08-01", "2022-08-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022~", "2022-01-01", "2022-12-31"),
        ("2013?", "2013-01-01", "2013-12-31"),
        ("2004-06-11%", "2004-06-11", "2004-06-11"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("20XX?", "2000-01-01", "2099-12-31"),
        ("2022-XX", "2022-01-01", "2022-12-31"),
        ("2022-08-XX", "2022-08-01", "2022-08-31"),
        ("2022-XX-XX", "2022-01-01", "2022-12-31"),
        ("2023-21", "2023-03-01", "2023-05-31"),
        ("2023-22", "2023-06-01", "2023-08-31"),
        ("2023-23", "2023-09-01", "2023-11-30"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2022-24~", "2022-12-01", "2023-02-28"),
        ("2018-03-25/2018-03-27", "2018-03-25", "2018-03-27"),
        ("2018~/2018-21", "2018-01-01", "2018-05-31"),
        ("2022-08/2022-08-16", "2022-08-01", "2022-08-16"),
        ("2022/2022", "2022-01-01", "2022-12-31"),
        ("../2008-02-21", None, "2008-02-21"),
        ("/2008-02", None, "2008-02-29"),
        ("2018/..", "2018-01-01", None),
        ("2018-03?/", "2018-03-01", None),
        ("[2020..2022-03]", "2020-01-01", "2022-03-31"),
        ("[..2022]", None, "2022-12-31"),
        ("[2022-08..]", "2022-08-01", None),
        ("2022-08-16T09:30:00", "2022-08-16", "2022-08-16"),
        ("2022-08-16T23:59:59Z", "2022-08-16", "2022-08-16"),
        ("2022-08-16T00:00:00+14:00", "2022-08-16", "2022-08-16"),
        ("2022-08-16T23:59:59-04", "2022-08-16", "2022-08-16"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("001X", "0010-01-01", "0019-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("9998-24", "9998-12-01", "9999-02-28"),
    ],
)
def test_a_date_has_an_earliest_and_a_latest_day(
    text: str, earliest: str | None, latest: str | None
) -> None:
    read = edtf(text)
    bounds = [None if day is None else day.isoformat() for day in (read.earliest, read.latest)]

    assert bounds == [earliest, latest]
    assert read.text == text


def test_bounds_are_given_as_pendulum_dates() -> None:
    assert type(edtf("2022").earliest) is pendulum.Date
    assert type(edtf("2022").latest) is pendulum.Date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018/..", "2018-12-31"),
        ("2018-03/", "2018-03-31"),
        ("[2018-03-25..]", "2018-03-25"),
        ("../2018", "2018-12-31"),
        ("2018-03-25/2018-03-27", "2018-03-27"),
        ("2018/2018-03", "2018-03-31"),
    ],
)
def test_an_act_counts_at_its_latest_day_or_that_of_its_known_start(text: str, day: str) -> None:
    assert edtf(text).settled == to_day(day)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("2022-08-16", True),
        ("2022-08-16T09:30:00Z", True),
        ("2022-08-16/2022-08-16", True),
        ("2022-08-16~", False),
        ("2022-08-16?", False),
        ("2022-08-16/2022-08-16%", False),
        ("2022-08", False),
        ("2022-08-XX", False),
        ("2022-08-16/..", False),
        ("/2022-08-16", False),
    ],
)
def test_one_certain_day_is_exact(text: str, exact: bool) -> None:  # noqa: FBT001
    assert edtf(text).exact is exact


def test_a_date_prints_as_its_text_and_shows_the_call_that_makes_it() -> None:
    assert str(edtf("2022~")) == "2022~"
    assert repr(edtf("2022~")) == "EdtfDate('2022~')"


def test_dates_are_equal_by_their_text_alone() -> None:
    assert EdtfDate("2022") == EdtfDate("2022")
    assert EdtfDate("2022") != EdtfDate("2022-01-01/2022-12-31")
    assert EdtfDate("2022").__eq__("2022") is NotImplemented
    assert len({EdtfDate("2022"), EdtfDate("2022"), EdtfDate("2022~")}) == 2


def test_dates_sort_by_earliest_day_then_latest_day_then_text() -> None:
    texts = ["../2022", "/2022", "2021", "2022-01", "2022", "2022~", "2022/..", "2022-02"]

    assert [str(each) for each in sorted(map(edtf, reversed(texts)))] == texts


def test_a_date_has_no_order_with_anything_else() -> None:
    for compare in (EdtfDate.__lt__, EdtfDate.__le__, EdtfDate.__gt__, EdtfDate.__ge__):
        assert compare(edtf("2022"), "2022") is NotImplemented


def test_a_date_cannot_be_changed() -> None:
    read = edtf("2022")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        read.first = 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(FieldError):
        attrs.evolve(read, text="31/12/2022")


def test_a_day_of_the_calendar_becomes_its_text() -> None:
    assert edtf(datetime.date(1, 2, 3)).text == "0001-02-03"
    assert edtf(pendulum.date(2022, 8, 16)) is edtf("2022-08-16")
    assert edtf(edtf("2022")) is edtf("2022")


def test_a_text_of_a_subclass_is_kept_as_plain_text() -> None:
    assert edtf(Year.THIS) is edtf("2022")
    assert type(EdtfDate(Year.THIS).text) is str


@pytest.mark.parametrize(
    "instant",
    [datetime.datetime(2022, 8, 16, tzinfo=datetime.UTC), pendulum.datetime(2022, 8, 16)],
)
def test_an_instant_is_not_a_date(instant: datetime.datetime) -> None:
    for read in (edtf, to_day):
        with pytest.raises(FieldError, match="is an instant, not a date: give its day") as caught:
            read(instant)
        assert caught.value.code == "E106"


@pytest.mark.parametrize(
    "value", [None, 2022, 2022.5, True, b"2022", ["2022"], ("2022",)], ids=repr
)
def test_any_other_type_is_refused(value: object) -> None:
    for read in (edtf, to_day):
        with pytest.raises(FieldError, match="is not a date: give text such as") as caught:
            read(value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        assert (caught.value.code, caught.value.found) == ("E106", repr(value))
    with pytest.raises(FieldError, match="is not the text of a date"):
        EdtfDate(value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("text", ["2022-08", "2022-08-16~", "../2022-08-16", "2022"])
def test_a_fuzzy_date_is_refused_where_a_day_is_needed(text: str) -> None:
    with pytest.raises(FieldError) as caught:
        to_day(text)

    assert caught.value == FieldError(
        "E104", repr(text), "is not one certain day: a day is needed, e.g. 2022-08-16"
    )


def test_a_day_is_its_ordinal() -> None:
    assert to_day("1970-01-01") == to_day(datetime.date(1970, 1, 1)) == 719_163
    assert to_day(edtf("2022-08-16T23:00:00-05:00")) == datetime.date(2022, 8, 16).toordinal()
