"""Laws of the reader of dates in another hand: what it gives, and what it refuses.

Each row of the tables is a form of one language with what it means, written a second time
apart from the table that the reader goes by.
"""

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopledger._dates.readings import suggestions
from coopledger.dates import EdtfDate, edtf, read
from coopledger.errors import FieldError
from coopledger.testing.strategies.dated import DATED, DAYS, NEAR_DATES, Dated, month_end

ROMAN = ("I", "II", "III", "IV")
ROMAN_ORDINALS = ("Ier", "IIe", "IIIe", "IVe")
NAMES = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}
COUNTED = {
    "en": "first second third fourth",
    "fr": "premier deuxième troisième quatrième",
    "vi": "một hai ba tư",
}
VIETNAMESE_MONTHS = "một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|mười một|mười hai".split("|")

YEAR = "{0.year:04}"
MONTH = "{0.year:04}-{0.month:02}"
DAY = "{0.year:04}-{0.month:02}-{0.day:02}"
QUARTER = "{0.year:04}-{first:02}/{0.year:04}-{last:02}"
HALF = "{0.year:04}-{half_first:02}/{0.year:04}-{half_last:02}"
END = "{0.year:04}-12 or ../{0.year:04}"
QUARTER_END = "{0.year:04}-{last:02} or ../{0.year:04}-{last:02}"
MONTH_END = "{month_end} or ../{0.year:04}-{0.month:02}"

# (language, as it is written, what it means)
FORMS = (
    ("en", "in {y}", YEAR),
    ("en", "{month} {y}", MONTH),
    ("en", "{short} {y}", MONTH),
    ("en", "{short}. {y}", MONTH),
    ("en", "in {month} of {y}", MONTH),
    ("en", "{d} {month} {y}", DAY),
    ("en", "{d}-{short}-{y}", DAY),
    ("en", "{month} {d}, {y}", DAY),
    ("en", "the {d}th of {month}, {y}", DAY),
    ("en", "{d}{short}{y}", DAY),
    ("en", "Q{q} {y}", QUARTER),
    ("en", "Q{q}/{y}", QUARTER),
    ("en", "{y}-Q{q}", QUARTER),
    ("en", "{y}Q{q}", QUARTER),
    ("en", "{q}Q{y}", QUARTER),
    ("en", "Q{roman} {y}", QUARTER),
    ("en", "the {counted} quarter of {y}", QUARTER),
    ("en", "H{h} {y}", HALF),
    ("en", "{h}H{y}", HALF),
    ("en", "the {counted_half} half of {y}", HALF),
    ("en", "since {month} {y}", MONTH + "/.."),
    ("en", "until {month} {y}", "../" + MONTH),
    ("en", "by {d} {month} {y}", "../" + DAY),
    ("en", "about {y}", YEAR + "~"),
    ("en", "end of {y}", END),
    ("en", "end of {month} {y}", MONTH_END),
    ("en", "end of Q{q} {y}", QUARTER_END),
    ("en", "at the end of {y}", "{0.year:04}-12"),
    ("en", "by the end of {y}", "../" + YEAR),
    ("en", "autumn {y}", "{0.year:04}-23"),
    ("fr", "en {y}", YEAR),
    ("fr", "{month} {y}", MONTH),
    ("fr", "{short} {y}", MONTH),
    ("fr", "au mois de {month} {y}", MONTH),
    ("fr", "{d} {month} {y}", DAY),
    ("fr", "le {d} {short} {y}", DAY),
    ("fr", "{counted} trimestre {y}", QUARTER),
    ("fr", "le {counted} trimestre de {y}", QUARTER),
    ("fr", "{q}e trimestre {y}", QUARTER),
    ("fr", "{nth} trimestre {y}", QUARTER),
    ("fr", "{roman}ème trimestre {y}", QUARTER),
    ("fr", "S{h} {y}", HALF),
    ("fr", "{counted_half} semestre {y}", HALF),
    ("fr", "{nth_half} semestre {y}", HALF),
    ("fr", "depuis {month} {y}", MONTH + "/.."),
    ("fr", "à partir du {d} {month} {y}", DAY + "/.."),
    ("fr", "jusqu'en {month} {y}", "../" + MONTH),
    ("fr", "d\u2019ici {month} {y}", "../" + MONTH),
    ("fr", "vers {y}", YEAR + "~"),
    ("fr", "fin {y}", END),
    ("fr", "fin {month} {y}", MONTH_END),
    ("fr", "fin du {q}e trimestre {y}", QUARTER_END),
    ("fr", "fin du {nth} trimestre {y}", QUARTER_END),
    ("fr", "à la fin de l'année {y}", "{0.year:04}-12"),
    ("fr", "d'ici à la fin de {y}", "../" + YEAR),
    ("fr", "été {y}", "{0.year:04}-22"),
    ("vi", "năm {y}", YEAR),
    ("vi", "tháng {m} năm {y}", MONTH),
    ("vi", "tháng {m}/{y}", MONTH),
    ("vi", "T{m} năm {y}", MONTH),
    ("vi", "tháng {month} năm {y}", MONTH),
    ("vi", "vào tháng {month} {y}", MONTH),
    ("vi", "ngày {d} tháng {m} năm {y}", DAY),
    ("vi", "{d} tháng {month}, {y}", DAY),
    ("vi", "quý {roman}/{y}", QUARTER),
    ("vi", "quý {q} năm {y}", QUARTER),
    ("vi", "quý {counted} năm {y}", QUARTER),
    ("vi", "từ tháng {m} năm {y}", MONTH + "/.."),
    ("vi", "đến tháng {m}/{y}", "../" + MONTH),
    ("vi", "khoảng năm {y}", YEAR + "~"),
    ("vi", "cuối năm {y}", END),
    ("vi", "cuối tháng {m}/{y}", MONTH_END),
    ("vi", "hết năm {y}", "../" + YEAR),
    ("vi", "mùa thu năm {y}", "{0.year:04}-23"),
)
# A word of the language, and a day in numbers.
NUMBERS_AFTER_WORDS = (
    ("fr", "le {dd}/{mm}/{y}"),
    ("vi", "ngày {d}/{m}/{y}"),
    ("vi", "ngày {dd}.{mm}.{y}"),
)
ORDERS = st.sampled_from([None, True, False])
EARLY = 1000  # an earlier year is taken for a number without its zeros by nobody


def plain(text: str) -> str:
    """Return the text without diacritics."""
    letters = unicodedata.normalize("NFD", text.translate({0x111: "d", 0x110: "D"}))
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.lower,
    plain,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f" {text.replace(' ', '  ')} ",
)


def written(language: str, form: str, day: date) -> str:
    """Return the day, or the period about it, in the form of the language."""
    quarter, half = (day.month - 1) // 3, (day.month - 1) // 6
    names = VIETNAMESE_MONTHS if language == "vi" else NAMES[language].split()
    short = names if language == "vi" else SHORT[language].split()
    return form.format(
        y=f"{day.year:04}",
        m=day.month,
        mm=f"{day.month:02}",
        d=day.day,
        dd=f"{day.day:02}",
        month=names[day.month - 1],
        short=short[day.month - 1],
        q=quarter + 1,
        roman=ROMAN[quarter],
        nth=ROMAN_ORDINALS[quarter],
        nth_half=ROMAN_ORDINALS[half],
        h=half + 1,
        counted=COUNTED[language].split()[quarter],
        counted_half=COUNTED[language].split()[half],
    )


def meant(meaning: str, day: date) -> list[str]:
    """Return the dates that the form means."""
    quarter, half = (day.month - 1) // 3, (day.month - 1) // 6
    return meaning.format(
        day,
        first=quarter * 3 + 1,
        last=quarter * 3 + 3,
        half_first=half * 6 + 1,
        half_last=half * 6 + 6,
        month_end=month_end(day.year, day.month),
    ).split(" or ")


def readings(text: str, *, day_first: bool | None = None) -> list[str]:
    """Return the one date that the reader gives, or those that it is torn between."""
    try:
        return [read(text, day_first=day_first).text]
    except FieldError as error:
        return [] if "ambiguous" not in error.remedy else _options(error.remedy)


def _options(remedy: str) -> list[str]:
    return remedy.removeprefix("is ambiguous: ").split(" or ")


@pytest.mark.parametrize("row", FORMS, ids=" ".join)
@given(day=DAYS, spelling=st.sampled_from(SPELLINGS), day_first=ORDERS)
def test_every_form_of_three_languages_is_read(
    row: tuple[str, str, str],
    day: date,
    spelling: Callable[[str], str],
    day_first: bool | None,  # noqa: FBT001 - drawn by name
) -> None:
    """Page on dates: "in English, French or Vietnamese, regardless of case and diacritics"."""
    language, form, meaning = row
    assume(day.year >= EARLY)

    text = spelling(written(language, form, day))

    assert readings(text, day_first=day_first) == meant(meaning, day)


@pytest.mark.parametrize("row", NUMBERS_AFTER_WORDS, ids=" ".join)
@given(day=DAYS, spelling=st.sampled_from(SPELLINGS))
def test_a_word_puts_the_day_first(
    row: tuple[str, str], day: date, spelling: Callable[[str], str]
) -> None:
    """Page on dates: "With `day_first=False` such a text is refused where the order matters"."""
    text = spelling(written(*row, day))

    assert read(text) == read(text, day_first=True) == edtf(day)
    if day.day == day.month:
        assert read(text, day_first=False) == edtf(day)
    else:
        with pytest.raises(FieldError, match=f"=False the month; did you mean {day}"):
            read(text, day_first=False)


@given(DATED, ORDERS)
def test_a_date_in_edtf_is_itself(case: Dated, day_first: bool | None) -> None:  # noqa: FBT001
    """Page on dates: "A date in EDTF is itself", whatever was said of the order."""
    assert read(case.text, day_first=day_first) == edtf(case.text)


_PIECES = st.sampled_from(
    "Dec août tháng 9 năm 2022 16 8 31 2024 Q3 III T3 quý H1 end of by fin cuối ngày le du au - / "
    ". , to since đến c. ? ~ X 09:30 .. [ ] 16th 1er winter été".split(" ")
)
_HUMAN = st.builds(
    str.join, st.sampled_from(["", " ", "-", "/"]), st.lists(_PIECES, min_size=1, max_size=7)
)
ANYTHING = st.one_of(_HUMAN, NEAR_DATES, st.text(max_size=80))


@given(ANYTHING, ORDERS)
def test_what_is_read_round_trips(text: str, day_first: bool | None) -> None:  # noqa: FBT001
    """Page on dates: the reader "returns a date in EDTF", and reads that to the same."""
    try:
        date = read(text, day_first=day_first)
    except FieldError:
        return
    assert read(str(date), day_first=day_first) == date == EdtfDate(str(date))


@given(ANYTHING)
def test_what_is_ambiguous_is_refused(text: str) -> None:
    """Page on dates: "A text with several readings is refused with all of them"."""
    try:
        date = read(text)
    except FieldError:
        return
    assume(date.text != text)

    assert suggestions(text) == (date.text,)


@given(DAYS, st.sampled_from("/-. "))
def test_the_order_that_was_said_decides(day: date, separator: str) -> None:
    """Page on dates: "`day_first=True` or `False` says the order of a file once for all"."""
    numbers = [f"{day.day:02}", f"{day.month:02}", f"{day.year:04}"]
    day_first = separator.join(numbers)
    month_first = separator.join([numbers[1], numbers[0], numbers[2]])

    assert read(day_first, day_first=True) == read(month_first, day_first=False) == edtf(day)
    if day.day > 12:
        assert read(day_first) == read(month_first) == edtf(day)
        with pytest.raises(FieldError, match=f"no such day; did you mean {day}"):
            read(day_first, day_first=False)
        with pytest.raises(FieldError, match=f"no such day; did you mean {day}"):
            read(month_first, day_first=True)
    elif day.day != day.month:
        with pytest.raises(FieldError, match="ambiguous"):
            read(day_first)


@given(DAYS, DAYS)
def test_both_sides_of_an_interval_have_one_order(one: date, other: date) -> None:
    """Page on dates: "Both sides of an interval have one order"."""
    start, end = sorted((one, other))
    text = f"{start:%d/%m}/{start.year:04} - {end:%d/%m}/{end.year:04}"

    assert read(text, day_first=True).text == f"{start}/{end}"
    assert f"{start}/{end}" in readings(text)
    assert len(readings(text)) <= 2
