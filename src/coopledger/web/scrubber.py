"""Two-sided scrubber: acts above and recordings below an axis of months, and the two dates."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from coopledger._frozen import frozen
from coopledger.render.html.board import Axis, new_year
from coopledger.render.html.office import Office
from coopledger.web.changes import Recording

WIDTH: Final = 1232  # of the chart
HALF: Final = 44.0  # height of the bars above, and of those below
STEP: Final = 3.4  # height of one event, where the highest bar leaves room for it
GAP: Final = 3.0  # between two bars


class MonthBar(NamedTuple):
    """Acts or recordings of a month as a bar."""

    x: float
    width: float
    height: float
    title: str


class Handle(NamedTuple):
    """One of the two dates: its place on the axis, its day as an ordinal and in words."""

    x: float
    day: int
    said: str


@frozen(kw_only=True)
class Scrubber:
    """Acts and recordings by month, with a line for each of the two dates.

    Attributes:
        years: The place and the name of each year.
        acts: The bars of the acts, upwards.
        recorded: Those of the recordings, downwards.
        on: The day asked about.
        known: The day up to which that is known.
        first: The first day that can be asked for, as an ordinal.
        last: Likewise the last one.
    """

    years: list[tuple[float, str]]
    acts: list[MonthBar]
    recorded: list[MonthBar]
    on: Handle
    known: Handle
    first: int
    last: int


def scrubber(office: Office, known: Iterable[Recording], on: int, known_day: int) -> Scrubber:
    """Return the acts and recordings by month.

    Args:
        office: The office of the reader.
        known: Every event that is recorded.
        on: The day asked about, as an ordinal.
        known_day: The day up to which that is known, as an ordinal.
    """
    events = list(known)
    acts = [each.when for each in events if each.when is not None]
    recorded = [each.recorded for each in events]
    days = [*acts, *recorded, on, known_day]
    axis = Axis(new_year(date.fromordinal(min(days)).year), max(recorded, default=on) + 1)
    last = max(axis.last - 1, on, known_day)
    axis = Axis(axis.first, max(last + 1, axis.first + 1))
    years = range(date.fromordinal(axis.first).year, date.fromordinal(last).year + 1)
    return Scrubber(
        years=[(_x(axis, new_year(year)), str(year)) for year in years],
        acts=_bars(office, axis, acts, "acts_in_month"),
        recorded=_bars(office, axis, recorded, "recorded_in_month"),
        on=_handle(office, axis, on),
        known=_handle(office, axis, known_day),
        first=axis.first,
        last=last,
    )


def _handle(office: Office, axis: Axis, day: int) -> Handle:
    """Return a date as a line behind its day."""
    return Handle(_x(axis, day + 1), day, office.day(day))


def _x(axis: Axis, day: float) -> float:
    """Return the place of a day."""
    return round(axis.x(day) * WIDTH / 100, 1)


def _bars(office: Office, axis: Axis, days: Iterable[int], name: str) -> list[MonthBar]:
    """Return the bars of the months, the highest of which fills its side at most."""
    counted = Counter(date.fromordinal(day).replace(day=1) for day in days if day <= axis.last)
    step = min(STEP, HALF / max(counted.values(), default=1))
    bars: list[MonthBar] = []
    for month, number in sorted(counted.items()):
        start = month.toordinal()
        x = _x(axis, start)
        width = max(1.0, _x(axis, min(start + 30, axis.last)) - x - GAP)
        said = office.days.date(f"{month:%Y-%m}")
        title = office.text(name, n=number, month=said)
        bars.append(MonthBar(x, round(width, 1), round(max(step * number, 1.0), 1), title))
    return bars
