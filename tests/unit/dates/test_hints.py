import pytest

from coopledger.dates import EdtfDate
from coopledger.errors import FieldError
from coopledger.packs.readers import edtf

FORMS = "write it as 2022, 2022-08, 2022-08-16 or 2022-08-01/2022-08-16"
MONTHS = "months run from 01 to 12 and seasons from 21 to 24"
LAST_DIGITS = (
    "X stands for the last digits only, as in 202X, 20XX, 2022-XX, 2022-08-XX or 2022-XX-XX"
)
REVERSED = "it starts on {}, after its end on {}"
YEARS = "years run from 0001 to 9999"


def _remedy(text: str) -> str:
    with pytest.raises(FieldError) as caught:
        edtf(text)
    assert caught.value.code == "E104"
    return caught.value.remedy


def test_a_refusal_names_the_code_the_text_and_the_remedy() -> None:
    with pytest.raises(FieldError) as caught:
        EdtfDate("31/12/2022")

    assert str(caught.value) == "E104 '31/12/2022' is not a date: did you mean 2022-12-31?"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        # another order or other signs
        ("31/12/2022", "2022-12-31"),
        ("31.12.2022", "2022-12-31"),
        ("31-12-2022", "2022-12-31"),
        ("08-16-2022", "2022-08-16"),
        ("16.8.2022.", "2022-08-16"),
        ("08/08/2022", "2022-08-08"),
        ("2022/12/31", "2022-12-31"),
        ("2022.08.16", "2022-08-16"),
        ("2022 8 6", "2022-08-06"),
        ("2022-8-6", "2022-08-06"),
        ("2022-8", "2022-08"),
        ("12/2022", "2022-12"),
        ("8.2022", "2022-08"),
        ("2022/8", "2022-08"),
        ("20220816", "2022-08-16"),
        ("16082022", "2022-08-16"),
        ("08162022", "2022-08-16"),
        ("202208", "2022-08"),
        ("082022", "2022-08"),
        # blanks, quotes and signs of other scripts
        (" 2022-08-16 ", "2022-08-16"),
        ("2022-08-16\n", "2022-08-16"),
        ("2022 - 08 - 16", "2022-08-16"),
        ('"2022"', "2022"),
        ("(2022)", "2022"),
        ("2022.", "2022"),
        ("+2022", "2022"),
        ("Y2022", "2022"),
        ("[2022]", "2022"),
        ("\u0662\u0660\u0662\u0662-\u0660\u0668", "2022-08"),
        ("\uff12\uff10\uff12\uff12", "2022"),
        ("2022\u201308\u201316", "2022-08-16"),
        # words
        ("Dec 2022", "2022-12"),
        ("dec. 2022", "2022-12"),
        ("Sept 2022", "2022-09"),
        ("16 August 2022", "2022-08-16"),
        ("August 16, 2022", "2022-08-16"),
        ("the 16th of August, 2022", "2022-08-16"),
        ("31-Dec-2022", "2022-12-31"),
        ("16-18 September 2022", "2022-09-16/2022-09-18"),
        ("in autumn 2022", "2022-23"),
        ("the 2020s", "202X"),
        ("16 septembre 2021", "2021-09-16"),
        ("le 1er ao\u00fbt 2022", "2022-08-01"),
        ("th\u00e1ng 9 n\u0103m 2022", "2022-09"),
        ("th\u00e1ng n\u0103m n\u0103m 2022", "2022-05"),
        ("ng\u00e0y 16/8/2022", "2022-08-16"),
        ("16/8 n\u0103m 2022", "2022-08-16"),
        ("le 08/09/2022", "2022-09-08"),
        ("16.08.2022", "2022-08-16"),
        ("August 16-18, 2022", "2022-08-16/2022-08-18"),
        ("16 and 18 September 2022", "2022-09-16/2022-09-18"),
        ("winter 2022-2023", "2022-24"),
        # parts of a year
        ("Q3 2024", "2024-07/2024-09"),
        ("Qu\u00fd III/2024", "2024-07/2024-09"),
        ("qu\u00fd \u2162 n\u0103m 2024", "2024-07/2024-09"),
        ("QIII 2024", "2024-07/2024-09"),
        ("Ier trimestre 2024", "2024-01/2024-03"),
        ("\u2162\u1d49 trimestre 2024", "2024-07/2024-09"),
        ("IIe trimestre - IIIe trimestre 2024", "2024-04/2024-09"),
        ("d'ici la fin du IIe semestre 2025", "../2025-12"),
        ("3Q2024", "2024-07/2024-09"),
        ("2024, third quarter", "2024-07/2024-09"),
        ("H1 2025", "2025-01/2025-06"),
        ("2025-H2", "2025-07/2025-12"),
        ("n\u1eeda \u0111\u1ea7u n\u0103m 2025", "2025-01/2025-06"),
        ("n\u1eeda cu\u1ed1i n\u0103m 2025", "2025-07/2025-12"),
        ("9 th\u00e1ng \u0111\u1ea7u n\u0103m 2025", "2025-01/2025-09"),
        ("last 3 months of 2025", "2025-10/2025-12"),
        ("T9/2022", "2022-09"),
        ("by the end of Q3 2024", "../2024-09"),
        ("at the end of Q3 2024", "2024-09"),
        ("h\u1ebft n\u0103m 2022", "../2022"),
        # more or less certain
        ("about Q3 2024", "2024-07~/2024-09~"),
        ("Dec 2022?", "2022-12?"),
        ("c. 2022", "2022~"),
        ("about 2022", "2022~"),
        ("circa August 2022", "2022-08~"),
        ("~2022", "2022~"),
        ("1984?~", "1984%"),
        ("2004-06~-11", "2004-06-11~"),
        ("201x", "201X"),
        ("199u", "199X"),
        ("2022-??", "2022-XX"),
        # with a time of day
        ("2022-08-16 09:30", "2022-08-16"),
        ("2022-08-16T09:30", "2022-08-16"),
        ("2022-08-16t09:30:00z", "2022-08-16T09:30:00Z"),
        ("2022-08-16T09:30:00.5Z", "2022-08-16"),
        ("2022-08-16T24:00:00", "2022-08-16"),
        ("2022-08-16T09:30:00-00:00", "2022-08-16"),
        ("2022-08-16T09:30:00~", "2022-08-16"),
        ("31/12/2022 09:30 am", "2022-12-31"),
        ("09:30, 16 August 2022", "2022-08-16"),
        ("9h30 ng\u00e0y 16/8/2022", "2022-08-16"),
        ("16 ao\u00fbt 2022, 9h30", "2022-08-16"),
        ("avant fin 2022", "../2022"),
        ("d'ici 08/09/2022", "../2022-09-08"),
        # from one day to another
        ("2022-2023", "2022/2023"),
        ("2022--2023", "2022/2023"),
        ("2022\u20132023", "2022/2023"),
        ("2022 to 2023", "2022/2023"),
        ("2018-03-25 - 2018-03-27", "2018-03-25/2018-03-27"),
        ("2018-03-25..2018-03-27", "2018-03-25/2018-03-27"),
        ("25 Mar 2018 until 27 Mar 2018", "2018-03-25/2018-03-27"),
        ("2022-08-16T09:30:00Z/2022-08-17", "2022-08-16/2022-08-17"),
        ("201X/2022", "2010/2022"),
        ("2012/201X", "2012/2019"),
        ("2004-06-XX/2004-07-03", "2004-06/2004-07-03"),
        ("16 Aug - 2 Sept 2022", "2022-08-16/2022-09-02"),
        ("16/8 - 18/8/2022", "2022-08-16/2022-08-18"),
        ("25-27/3/2018", "2018-03-25/2018-03-27"),
        ("10-12/11/2022", "2022-11-10/2022-11-12"),
        ("Q3-Q4 2024", "2024-07/2024-12"),
        ("between 2018 and 2020", "2018/2020"),
        ("since 2018", "2018/.."),
        ("2018..", "2018/.."),
        ("until March 2018", "../2018-03"),
        ("..2018", "../2018"),
        ("2018/open", "2018/.."),
        ("unknown/2018", "/2018"),
        ("{2020..2022}", "[2020..2022]"),
        ("[2020..2022", "[2020..2022]"),
        ("[2020..2022]~", "[2020..2022]"),
        ("[2020..", "[2020..]"),
        ("[2020~..2022]", "2020~/2022"),
    ],
)
def test_what_was_meant_is_suggested(text: str, meant: str) -> None:
    quoted = repr(meant) if meant.endswith("?") else meant

    assert _remedy(text) == f"is not a date: did you mean {quoted}?"
    assert edtf(meant).text == meant


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("08-09-2022", "2022-08-09 or 2022-09-08"),
        ("8.9.2022", "2022-08-09 or 2022-09-08"),
        ("10121999", "1999-10-12 or 1999-12-10"),
        ("122012", "1220-12 or 2012-12"),
        ("winter 2022", "2021-24 or 2022-24"),
        ("end of 2022", "2022-12 or ../2022"),
        ("fin ao\u00fbt 2022", "2022-08-31 or ../2022-08"),
        ("fin du 3e trimestre 2024", "2024-09 or ../2024-09"),
        ("fin du Ier semestre 2025", "2025-06 or ../2025-06"),
        ("T3 2024", "2024-03 or 2024-07/2024-09"),
        ("T3-T4 2024", "2024-03/2024-04 or 2024-07/2024-12"),
        ("1-3/2022", "2022-01-03 or 2022-03-01"),
        ("08/09/2022 - 10/09/2022", "2022-08-09/2022-10-09 or 2022-09-08/2022-09-10"),
        ("1900s", "190X or 19XX"),
        ("08/2022 - 09-08-2021", "2021-08-09/2022-08 or 2021-09-08/2022-08"),
        ("08/09/2022?", "2022-08-09? or 2022-09-08?"),
    ],
)
def test_what_may_mean_two_dates_is_not_decided(text: str, readings: str) -> None:
    assert _remedy(text) == f"is ambiguous: {readings}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", f"it is empty; {FORMS}"),
        (" \t", f"it is empty; {FORMS}"),
        ("now", "it depends on the day it is read; write the day out, e.g. 2022-08-16"),
        ("Today", "it depends on the day it is read; write the day out, e.g. 2022-08-16"),
        ("2022-02-30", "there is no day 30, 2022-02 ends on 2022-02-28"),
        ("2022-02-29~", "there is no day 29, 2022-02 ends on 2022-02-28"),
        ("2022-08-00", "there is no day 00, 2022-08 ends on 2022-08-31"),
        ("2022/2023-04-31", "there is no day 31, 2023-04 ends on 2023-04-30"),
        ("[2022-06-31..]", "there is no day 31, 2022-06 ends on 2022-06-30"),
        ("2022-02-30T09:30:00Z", "there is no day 30, 2022-02 ends on 2022-02-28"),
        ("le 31 f\u00e9vrier 2022", "there is no day 31, 2022-02 ends on 2022-02-28"),
        ("February 30, 2022", "there is no day 30, 2022-02 ends on 2022-02-28"),
        (
            "ng\u00e0y 31 th\u00e1ng 4 n\u0103m 2022",
            "there is no day 31, 2022-04 ends on 2022-04-30",
        ),
        ("T.III/2024", FORMS),
        ("30/02/2022", f"there is no such day; {FORMS}"),
        ("2022-13", f"there is no month 13, {MONTHS}"),
        ("2022-00", f"there is no month 00, {MONTHS}"),
        ("2022-33", f"there is no month 33, {MONTHS}"),
        ("2022-21-01", f"there is no month 21, {MONTHS}; did you mean 2022-01-21?"),
        ("2022-13-XX", f"there is no month 13, {MONTHS}"),
        ("2022-31-12", f"there is no month 31, {MONTHS}; did you mean 2022-12-31?"),
        ("0000", YEARS),
        ("0000-XX", YEARS),
        ("-1985", YEARS),
        ("-1985-08", YEARS),
        ("12022", YEARS),
        ("Y12022", YEARS),
        ("Y-12022", YEARS),
        ("000X", f"000X begins with the year 0, {YEARS}"),
        ("00XX?", f"00XX begins with the year 0, {YEARS}"),
        ("9999-24", f"this winter ends in the year 10000, {YEARS}"),
        ("31/12/22", "write the year in four digits, e.g. 2022-08-16"),
        ("..", FORMS),
        ("../..", "one side at least must be a date"),
        ("/", "one side at least must be a date"),
        ("[..]", "one side at least must be a date"),
        (
            "2022-12-31/2022-01",
            f"{REVERSED.format('2022-12-31', '2022-01-31')}; did you mean 2022-01/2022-12-31?",
        ),
        (
            "2022-08-17~/2022-08-16~",
            f"{REVERSED.format('2022-08-17', '2022-08-16')}; did you mean 2022-08-16~/2022-08-17~?",
        ),
        (
            "[2022..2020]",
            f"{REVERSED.format('2022-01-01', '2020-12-31')}; did you mean [2020..2022]?",
        ),
        (
            "[1667,1668]",
            "a list is not one date; write the range that holds them all, e.g. [2020..2022]",
        ),
        ("1XXX", LAST_DIGITS),
        ("2022-XX-16", LAST_DIGITS),
        ("156X-12-25", LAST_DIGITS),
        ("upcoming", FORMS),
        ("Q5 2024", FORMS),
        ("spring 2022-2023", FORMS),
        ("winter 2022-2024", FORMS),
        ("third half of 2024", FORMS),
        ("13 th\u00e1ng \u0111\u1ea7u n\u0103m 2025", FORMS),
        ("th\u00e1ng 21/2022", FORMS),  # no season
        ("Q1-2/2024", FORMS),  # the 2 is no month
        ("28 Dec - 3 Jan 2023", FORMS),
        ("end of 16 August 2022", FORMS),
        ("2022S2", FORMS),
        ("2022-W33-2", FORMS),
        ("2022-228", FORMS),
        ("P1M", FORMS),
        ("10:20", FORMS),
        ("[..2020..]", FORMS),
        ("2022/2023/2024", FORMS),
        ("May", FORMS),
        ("16 of Foo 2022", FORMS),
        ("spring 16 2022", FORMS),
        ("\ud800", FORMS),
    ],
)
def test_why_a_text_is_no_date_is_said(text: str, reason: str) -> None:
    assert _remedy(text) == f"is not a date: {reason}"


@pytest.mark.parametrize("sign", ["1", "X", "-", "/", " ", ".", "a", "[", "~", "2022-", "\u0660"])
def test_a_very_long_text_is_refused_and_shown_short(sign: str) -> None:
    with pytest.raises(FieldError) as caught:
        edtf(sign * 1_000_000)

    assert caught.value.remedy == f"is not a date: it is too long; {FORMS}"
    assert caught.value.found == f"{(sign * 40)[:40]!r}... ({len(sign) * 1_000_000} characters)"


def test_signs_that_cannot_be_printed_are_shown_escaped() -> None:
    with pytest.raises(FieldError) as caught:
        edtf("2022\u202e\x00")

    assert caught.value.found == r"'2022\u202e\x00'"
