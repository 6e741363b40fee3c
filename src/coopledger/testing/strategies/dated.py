"""Dates, made together with the bounds that they must have.

The bounds come from the months' lengths in the standard library, not from the package.
"""

import calendar
from datetime import date

import attrs
from hypothesis import strategies as st

QUALIFIERS = ("", "?", "~", "%")
SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}

years: st.SearchStrategy[int] = st.one_of(
    st.integers(1, 9999), st.integers(1890, 2110), st.sampled_from([1, 4, 9999])
)
months: st.SearchStrategy[int] = st.integers(1, 12)
days: st.SearchStrategy[date] = st.one_of(
    st.dates(), st.dates(date(1890, 1, 1), date(2110, 12, 31))
)
times: st.SearchStrategy[str] = st.times().map(lambda time: f"{time:%H:%M:%S}")
offsets: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(["", "Z", "+00:00", "-04", "+14:00", "+14", "+00", "-00:30"]),
    st.builds(
        "{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(1, 13), st.integers(0, 59)
    ),
)


@attrs.frozen
class Dated:
    """A date as text, and the days that it must be read as.

    Attributes:
        text: The EDTF text.
        first: Its earliest day; none where it is open or unknown.
        last: Its latest day; none where it is open or unknown.
    """

    text: str
    first: date | None
    last: date | None

    def marked(self, qualifier: str) -> "Dated":
        """The same with a sign after it, which moves no bound."""
        return attrs.evolve(self, text=self.text + qualifier)


def month_end(year: int, month: int) -> date:
    """The last day of the month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def of_year(year: int, written: str | None = None) -> Dated:
    """A year, however it is written."""
    return Dated(written or f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def of_month(year: int, month: int) -> Dated:
    """A month."""
    return Dated(f"{year:04}-{month:02}", date(year, month, 1), month_end(year, month))


def of_day(day: date) -> Dated:
    """One day."""
    return Dated(day.isoformat(), day, day)


def of_date_time(day: date, time: str, offset: str) -> Dated:
    """One day, with a time that does not count."""
    return Dated(f"{day.isoformat()}T{time}{offset}", day, day)


def of_season(year: int, season: int) -> Dated:
    """A season; the winter ends in the next year."""
    text = f"{year:04}-{season}"
    if season == 24:
        return Dated(text, date(year, 12, 1), month_end(year + 1, 2))
    start, end = SEASON_MONTHS[season]
    return Dated(text, date(year, start, 1), month_end(year, end))


def of_decade(decade: int) -> Dated:
    """Ten years."""
    return Dated(f"{decade:03}X", date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31))


def of_century(century: int) -> Dated:
    """A hundred years."""
    return Dated(f"{century:02}XX", date(century * 100, 1, 1), date(century * 100 + 99, 12, 31))


seasons: st.SearchStrategy[Dated] = st.one_of(
    st.builds(of_season, years, st.integers(21, 23)),
    st.builds(of_season, years.filter(lambda year: year < 9999), st.just(24)),
)
plain: st.SearchStrategy[Dated] = st.one_of(
    st.builds(of_year, years), st.builds(of_month, years, months), st.builds(of_day, days)
)
unspecified: st.SearchStrategy[Dated] = st.one_of(
    st.builds(of_decade, st.integers(1, 999)),
    st.builds(of_century, st.integers(1, 99)),
    years.map(lambda year: of_year(year, f"{year:04}-XX")),
    years.map(lambda year: of_year(year, f"{year:04}-XX-XX")),
    st.builds(of_month, years, months).map(lambda month: month.marked("-XX")),
)
singles: st.SearchStrategy[Dated] = st.builds(
    Dated.marked, st.one_of(plain, seasons, unspecified), st.sampled_from(QUALIFIERS)
)
date_times: st.SearchStrategy[Dated] = st.builds(of_date_time, days, times, offsets)
sides: st.SearchStrategy[Dated] = st.builds(
    Dated.marked, st.one_of(plain, seasons), st.sampled_from(QUALIFIERS)
)


def _from_to(start: Dated, end: Dated, form: str) -> Dated:
    if start.first and end.last and start.first > end.last:
        start, end = end, start
    return Dated(form.format(start.text, end.text), start.first, end.last)


open_sides: st.SearchStrategy[Dated] = st.sampled_from(
    [Dated("..", None, None), Dated("", None, None)]
)
intervals: st.SearchStrategy[Dated] = st.one_of(
    st.builds(_from_to, sides, sides, st.just("{}/{}")),
    st.builds(_from_to, sides, open_sides, st.just("{}/{}")),
    st.builds(_from_to, open_sides, sides, st.just("{}/{}")),
)
blank: st.SearchStrategy[Dated] = st.just(Dated("", None, None))
ends: st.SearchStrategy[Dated] = st.one_of(plain, seasons)
ranges: st.SearchStrategy[Dated] = st.one_of(
    st.builds(_from_to, ends, ends, st.just("[{}..{}]")),
    st.builds(_from_to, ends, blank, st.just("[{}..{}]")),
    st.builds(_from_to, blank, ends, st.just("[{}..{}]")),
)
dated: st.SearchStrategy[Dated] = st.one_of(singles, date_times, intervals, ranges)

# Texts near to dates: their signs in any order, and dates with one sign changed.
_SIGNS = "0123456789XTZ-+:.,/[]{}?~% uYES^"


@st.composite
def _misspelt(draw: st.DrawFn) -> str:
    text = draw(dated).text
    place: int = draw(st.integers(0, len(text)))
    sign: str = draw(st.sampled_from(["", *_SIGNS]))
    return f"{text[:place]}{sign}{text[place + draw(st.integers(0, 1)) :]}"


misspelt: st.SearchStrategy[str] = _misspelt()
near_dates: st.SearchStrategy[str] = st.one_of(misspelt, st.text(_SIGNS, max_size=30))
