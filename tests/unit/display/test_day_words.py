import sys
from datetime import date

import pytest
from hypothesis import given

from coopledger._display.day_words import day_words
from coopledger._display.languages import babel_days, country_name
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import MissingExtraError
from coopledger.testing.strategies import dates


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-27", "27 Nov 2026"),
        ("2026-03-01", "1 Mar 2026"),
        ("2026-10", "Oct 2026"),
        ("2026", "2026"),
        ("0998", "998"),
        ("2022-07-07/2022-07-14", "7–14 Jul 2022"),
        ("2022-07-28/2022-08-02", "28 Jul – 2 Aug 2022"),
        ("2022-12-28/2023-01-02", "28 Dec 2022 – 2 Jan 2023"),
        ("2022-07-07/2023-07-14", "7 Jul 2022 – 14 Jul 2023"),
        ("2022-07/2022-09", "Jul–Sep 2022"),
        ("2022-07/2023-07", "Jul 2022 – Jul 2023"),
        ("2018/2020", "2018–2020"),
        ("2018/2018", "2018"),
        ("2018/2020-03", "2018 – Mar 2020"),
        ("2018~/2020-03", "about 2018 – Mar 2020"),
        ("2007-12-31~", "about 31 Dec 2007"),
        ("2007?", "perhaps 2007"),
        ("2007-05%", "perhaps about May 2007"),
        ("2018/..", "from 2018, no end set"),
        ("2018-03-05/", "from 5 Mar 2018, end not known"),
        ("../2026-11-29", "until 29 Nov 2026"),
        ("/2026", "until 2026, start not known"),
        ("[2018-03-05..2018-03-09]", "between 5 Mar 2018 and 9 Mar 2018"),
        ("[2018..]", "from 2018, no end set"),
        ("[..2018]", "until 2018"),
        ("199X", "between 1990 and 1999"),
        ("19XX~", "about between 1900 and 1999"),
        ("2018-XX", "2018"),
        ("2018-03-XX", "Mar 2018"),
        ("2018-XX-XX", "2018"),
        ("2018-22", "summer 2018"),
        ("2018-24?", "perhaps winter 2018"),
        ("2018-22/2018-23", "summer 2018 – autumn 2018"),
        ("2018-03-05T10:00:00Z", "5 Mar 2018"),
    ],
)
def test_a_date_reads_as_people_write_it(text: str, shown: str) -> None:
    assert edtf(text).text == text
    assert day_words().date(text) == shown


@given(dates())
def test_every_date_has_words(when: EdtfDate) -> None:
    for language in ("en", "vi", "fr"):
        assert day_words(language).date(when.text)


def test_a_day_and_the_words_of_somebody() -> None:
    assert day_words().day(date(2026, 11, 27)) == "27 Nov 2026"
    assert day_words().said("trong thời gian tới") == "“trong thời gian tới”"


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("vi", "2026-11-27", "27 thg 11, 2026"),
        ("vi", "2026-10", "thg 10 2026"),
        ("vi", "2007~", "khoảng 2007"),
        ("fr", "2026-11-27", "27 nov. 2026"),
        ("fr", "2022-07-07/2022-07-14", "7–14 juil. 2022"),
        ("fr", "2018/..", "à partir de 2018, sans fin fixée"),
    ],
)
def test_another_language_writes_dates_as_babel_knows_them(
    language: str, text: str, shown: str
) -> None:
    assert day_words(language).date(text) == shown


def test_a_country_has_a_name_in_another_language() -> None:
    assert country_name("VN", "fr") == "Viêt Nam"
    assert country_name("QQ", "fr") == "QQ"


def test_another_language_without_babel_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    babel_days.cache_clear()
    monkeypatch.setitem(sys.modules, "babel.dates", None)

    with pytest.raises(MissingExtraError, match="coopledger\\[languages\\]"):
        day_words("vi")
    assert day_words().date("2026") == "2026"
