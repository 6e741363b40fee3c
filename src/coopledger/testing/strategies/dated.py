"""Strategies for dates, each made together with the days that it must be read as.

Those days come from the lengths of the months in the standard library, not from the package.
"""

import calendar
from datetime import date

import attrs
from hypothesis import strategies as st

from coopledger.dates import EdtfDate, edtf

QUALIFIERS = ("", "?", "~", "%")
SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}


@attrs.frozen
class Dated:
    """Date as text, and the days that it must be read as.

    Attributes:
        text: The EDTF text.
        first: Its earliest day; none where it is open or unknown.
        last: Its latest day; none where it is open or unknown.
    """

    text: str
    first: date | None
    last: date | None

    def marked(self, qualifier: str) -> "Dated":
        """Return the date with a qualifier after its text, which moves no bound."""
        return attrs.evolve(self, text=self.text + qualifier)


def dates() -> st.SearchStrategy[EdtfDate]:
    """Draw dates of every form that is accepted, from the year 1 to 9999."""
    return DATE_TEXTS.map(edtf)


def date_texts() -> st.SearchStrategy[str]:
    """Draw the texts of dates of every form that is accepted."""
    return DATE_TEXTS


def dated_texts() -> st.SearchStrategy[Dated]:
    """Draw the texts of such dates, each with the days that it must be read as."""
    return DATED


def near_dates() -> st.SearchStrategy[str]:
    """Draw texts that are nearly dates: some can be read, most are refused."""
    return NEAR_DATES


def month_end(year: int, month: int) -> date:
    """Return the last day of the month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def of_year(year: int, text: str | None = None) -> Dated:
    """Make a year, in four digits or in another text."""
    return Dated(text or f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def of_month(year: int, month: int) -> Dated:
    """Make a month."""
    return Dated(f"{year:04}-{month:02}", date(year, month, 1), month_end(year, month))


def of_day(day: date) -> Dated:
    """Make one day."""
    return Dated(day.isoformat(), day, day)


def of_date_time(day: date, time: str, offset: str) -> Dated:
    """Make one day, with a time that does not count."""
    return Dated(f"{day.isoformat()}T{time}{offset}", day, day)


def of_season(year: int, season: int) -> Dated:
    """Make a season; the winter ends in the next year."""
    text = f"{year:04}-{season}"
    if season == 24:
        return Dated(text, date(year, 12, 1), month_end(year + 1, 2))
    start, end = SEASON_MONTHS[season]
    return Dated(text, date(year, start, 1), month_end(year, end))


def of_decade(decade: int) -> Dated:
    """Make ten years."""
    return Dated(f"{decade:03}X", date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31))


def of_century(century: int) -> Dated:
    """Make a hundred years."""
    return Dated(f"{century:02}XX", date(century * 100, 1, 1), date(century * 100 + 99, 12, 31))


def from_to(start: Dated, end: Dated, form: str) -> Dated:
    """Make an interval or a range in the form; turns the ends round where they run backwards."""
    if start.first and end.last and start.first > end.last:
        start, end = end, start
    return Dated(form.format(start.text, end.text), start.first, end.last)


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """Draw the text of a date with one sign more, less or changed."""
    text = draw(DATED).text
    index: int = draw(st.integers(0, len(text)))
    sign: str = draw(st.sampled_from(["", *SIGNS]))
    return f"{text[:index]}{sign}{text[index + draw(st.integers(0, 1)) :]}"


YEARS: st.SearchStrategy[int] = st.one_of(
    st.integers(1, 9999), st.integers(1890, 2110), st.sampled_from([1, 4, 9999])
)
MONTHS: st.SearchStrategy[int] = st.integers(1, 12)
DAYS: st.SearchStrategy[date] = st.one_of(
    st.dates(), st.dates(date(1890, 1, 1), date(2110, 12, 31))
)
TIMES: st.SearchStrategy[str] = st.times().map(lambda time: f"{time:%H:%M:%S}")
OFFSETS: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(["", "Z", "+00:00", "-04", "+14:00", "+14", "+00", "-00:30"]),
    st.builds(
        "{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(1, 13), st.integers(0, 59)
    ),
)
SEASONS: st.SearchStrategy[Dated] = st.one_of(
    st.builds(of_season, YEARS, st.integers(21, 23)),
    st.builds(of_season, YEARS.filter(lambda year: year < 9999), st.just(24)),
)
PLAIN: st.SearchStrategy[Dated] = st.one_of(
    st.builds(of_year, YEARS), st.builds(of_month, YEARS, MONTHS), st.builds(of_day, DAYS)
)
UNSPECIFIED: st.SearchStrategy[Dated] = st.one_of(
    st.builds(of_decade, st.integers(1, 999)),
    st.builds(of_century, st.integers(1, 99)),
    YEARS.map(lambda year: of_year(year, f"{year:04}-XX")),
    YEARS.map(lambda year: of_year(year, f"{year:04}-XX-XX")),
    st.builds(of_month, YEARS, MONTHS).map(lambda month: month.marked("-XX")),
)
SINGLES: st.SearchStrategy[Dated] = st.builds(
    Dated.marked, st.one_of(PLAIN, SEASONS, UNSPECIFIED), st.sampled_from(QUALIFIERS)
)
DATE_TIMES: st.SearchStrategy[Dated] = st.builds(of_date_time, DAYS, TIMES, OFFSETS)

SIDES: st.SearchStrategy[Dated] = st.builds(
    Dated.marked, st.one_of(PLAIN, SEASONS), st.sampled_from(QUALIFIERS)
)
OPEN_SIDES: st.SearchStrategy[Dated] = st.sampled_from(
    [Dated("..", None, None), Dated("", None, None)]
)
INTERVALS: st.SearchStrategy[Dated] = st.one_of(
    st.builds(from_to, SIDES, SIDES, st.just("{}/{}")),
    st.builds(from_to, SIDES, OPEN_SIDES, st.just("{}/{}")),
    st.builds(from_to, OPEN_SIDES, SIDES, st.just("{}/{}")),
)
ENDS: st.SearchStrategy[Dated] = st.one_of(PLAIN, SEASONS)
BLANK: st.SearchStrategy[Dated] = st.just(Dated("", None, None))
RANGES: st.SearchStrategy[Dated] = st.one_of(
    st.builds(from_to, ENDS, ENDS, st.just("[{}..{}]")),
    st.builds(from_to, ENDS, BLANK, st.just("[{}..{}]")),
    st.builds(from_to, BLANK, ENDS, st.just("[{}..{}]")),
)
DATED: st.SearchStrategy[Dated] = st.one_of(SINGLES, DATE_TIMES, INTERVALS, RANGES)
DATE_TEXTS: st.SearchStrategy[str] = DATED.map(lambda case: case.text)

# Near to dates: the signs of dates in any order, and dates with one sign changed.
SIGNS = "0123456789XTZ-+:.,/[]{}?~% uYES^"
NEAR_DATES: st.SearchStrategy[str] = st.one_of(misspelt(), st.text(SIGNS, max_size=30))
