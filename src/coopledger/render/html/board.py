"""Board as rows: partnerships by stage, with their texts on one axis and what is owed."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from coopledger._folding import folded
from coopledger._rules.commitment import DUE_SOON_DAYS
from coopledger._rules.conduct import LIVELIEST
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger._rules.stage import DORMANT_AFTER_DAYS, EXPIRING_WITHIN_DAYS
from coopledger.answers import Commitment, Instrument, Partnership
from coopledger.answers._apart import names_apart
from coopledger.render.board_flags import board_flags
from coopledger.render.html.flags import FlagBox, flag_box
from coopledger.render.html.office import Office, Side
from coopledger.render.urgency import last_day
from coopledger.terms import CommitmentStatus, Flag, InstrumentState, Stage

S = InstrumentState
MOST_SIGNS = 12
MANY_PARTNERSHIPS = 300
SPREADS = 40  # Classes of width in the sheet.
SILENCE_WIDTH = 44
YEARS_BACK, YEARS_AHEAD = 3, 4


class Bar(NamedTuple):
    """Piece of a bar on the axis, in percent of its length."""

    x: float
    width: float
    manner: str


class Term(NamedTuple):
    """Term of a text on an axis."""

    bars: list[Bar]
    today: float
    notice: float | None
    is_open: bool
    label: str


class TextLine(NamedTuple):
    """Text of a partnership on a line."""

    state: InstrumentState
    kind: str
    title: str
    term: Term | None


class Owed(NamedTuple):
    """Promises that one side owes."""

    label: str
    number: int
    statuses: list[CommitmentStatus]
    more: int
    sentence: str


class Silence(NamedTuple):
    """Days since the last activity, and the length of their bar."""

    days: str
    width: int
    is_dormant: bool
    last: str


class BoardRow(NamedTuple):
    """Partnership as a row of the board."""

    id: str
    title: str
    countries: str
    scope: str
    conduct: str
    flags: list[FlagBox]
    since: str
    texts: list[TextLine]
    owed: list[Owed]
    next_day: str
    next_what: str
    silence: Silence | None


class BoardGroup(NamedTuple):
    """Partnerships at one stage."""

    stage: Stage
    name: str
    number: int
    counts: str
    spread: int
    rows: list[BoardRow]


class KeyFigure(NamedTuple):
    """Number with its name."""

    name: str
    number: int
    is_late: bool = False
    beside: str = ""


class Board(NamedTuple):
    """Board of a day."""

    title: str
    subtitle: str
    figures: list[KeyFigure]
    groups: list[BoardGroup]
    sides: list[str]
    years: list[tuple[float, str]]
    today: float
    is_closed: bool
    empty: str
    stage: Stage | None
    order: str


class Axis(NamedTuple):
    """Axis of days, from one ordinal to another."""

    first: int
    last: int

    def x(self, day: float) -> float:
        """Return the place of a day in percent, within the axis."""
        share = 100 * (day - self.first) / (self.last - self.first)
        return round(min(max(share, 0), 100), 1)


def board(office: Office, *, stage: Stage | None = None, order: str = "") -> Board:
    """Return the board of the day.

    Args:
        office: The office.
        stage: The only stage of which the rows are there; all are counted.
        order: The order of the rows of a group, one of `ORDERS`; by default the longest overdue
            come first.
    """
    year = office.view.on.year
    years = range(year - YEARS_BACK, year + YEARS_AHEAD)
    axis = Axis(new_year(years[0]), new_year(years[-1] + 1))
    by_stage: dict[Stage, list[Partnership]] = {stage: [] for stage in Stage}
    for each in sorted(office.partnerships.values(), key=partial(ORDERS[order], office)):
        by_stage[each.stage].append(each)
    total = len(office.partnerships)
    return Board(
        title=office.text("board"),
        subtitle=office.text("count_grouped", n=total),
        figures=_figures(office),
        groups=[
            _group(office, each, members, axis if stage in {None, each} else None)
            for each, members in by_stage.items()
        ],
        sides=[office.words.heading(office.text(name)) for name in _side_names(office)],
        years=[(axis.x(new_year(each)), f"{each % 100:02d}") for each in years],
        today=axis.x(office.today),
        is_closed=total > MANY_PARTNERSHIPS,
        empty="" if total else office.text("no_partnership_known", date=office.day(office.today)),
        stage=stage,
        order=order,
    )


def new_year(year: int) -> int:
    """Return the first day of a year, as an ordinal, within the days that there are."""
    if year > date.max.year:
        return date.max.toordinal()
    return date(max(year, date.min.year), 1, 1).toordinal()


def _side_names(office: Office) -> tuple[str, ...]:
    """Return the names of the columns of promises."""
    return ("promises",) if office.us is None else ("we_owe", "they_owe")


def _group(
    office: Office, stage: Stage, members: list[Partnership], axis: Axis | None
) -> BoardGroup:
    """Return the partnerships at a stage; without an axis they are only counted."""
    promises = [item for each in members for item in office.promises.get(each.id, ())]
    late = sum(item.status is CommitmentStatus.OVERDUE for item in promises)
    counts = [str(len(members)), office.text("count_open", n=len(promises))]
    counts += [office.text("count_overdue", n=late)] if late else []
    conducts = Counter(each.conduct for each in members)
    counts += [f"{conducts[word]} {office.term(word)}" for word in LIVELIEST if conducts[word]]
    total = max(len(office.partnerships), 1)
    return BoardGroup(
        stage=stage,
        name=office.words.heading(office.term(stage)),
        number=len(members),
        counts=" · ".join(counts),
        spread=max(1, round(SPREADS * len(members) / total)),
        rows=[] if axis is None else [_row(office, each, axis) for each in members],
    )


def _longest_overdue(office: Office, item: Partnership) -> tuple[object, ...]:
    """Order by the most days by which a promise is overdue, then by name."""
    promises = office.promises.get(item.id, ())
    most = max((promise.days_overdue or 0 for promise in promises), default=0)
    return -most, office.title(item.id)


def _by_name(office: Office, item: Partnership) -> tuple[object, ...]:
    """Order by name, whatever its case and diacritics."""
    return folded(office.title(item.id)), item.id


def _by_since(office: Office, item: Partnership) -> tuple[object, ...]:
    """Order by the day since which the stage is what it is, the latest first."""
    return item.since is None, -(item.since or office.view.on).toordinal(), item.id


def _by_silence(office: Office, item: Partnership) -> tuple[object, ...]:
    """Order by the days of silence, the longest first; what was never heard of comes before."""
    last = item.last_activity
    return 0 if last is None else last.settled, office.title(item.id)


# The orders of the rows of a group, by the name of the column.
ORDERS: dict[str, Callable[[Office, Partnership], tuple[Any, ...]]] = {
    "": _longest_overdue,
    "partner": _by_name,
    "since": _by_since,
    "silence": _by_silence,
}


def _row(office: Office, item: Partnership, axis: Axis) -> BoardRow:
    """Return a partnership as a row."""
    promises = office.promises.get(item.id, [])
    day, what = _next(office, item)
    named = zip(item.instruments, names_apart(item.instruments, office.words), strict=True)
    return BoardRow(
        id=item.id,
        title=office.title(item.id),
        countries=_countries(office, item),
        scope=item.scope or "",
        conduct=office.term(item.conduct),
        flags=[flag_box(office, flag, item) for flag in _flags(office, item)],
        since=office.day(item.since, certain=item.since_certain),
        texts=[_text_line(office, text, axis, name) for text, name in named],
        owed=list(_owed(office, promises)),
        next_day=day,
        next_what=what,
        silence=_silence(office, item),
    )


def _flags(office: Office, item: Partnership) -> tuple[Flag, ...]:
    """Return the flags of a partnership, those of its texts and series among them."""
    series = (each.series for each in office.series.values() if each.partnership == item.id)
    return board_flags(item, series)


def _countries(office: Office, item: Partnership) -> str:
    """Return the countries of the other side, or the mark of an international body."""
    parties = [office.parties[each] for each in office.others(item) if each in office.parties]
    codes = sorted({party.country for party in parties if party.country})
    return ", ".join(codes) if codes or not parties else office.text("international")


def text_line(office: Office, text: Instrument, axis: Axis) -> TextLine:
    """Return a text on a line, with its term on the axis."""
    return _text_line(office, text, axis, office.term(text.kind) or text.id)


def _text_line(office: Office, text: Instrument, axis: Axis, name: str) -> TextLine:
    """Return a text of the name on a line."""
    shown = office.words.heading(name)
    return TextLine(text.state, shown, office.title(text.id), term(office, text, axis))


def term(office: Office, text: Instrument, axis: Axis) -> Term | None:
    """Return the term of a text on the axis; None where none has begun."""
    begun = text.term_start or text.signed_on
    if begun is None:
        return None
    start = begun.settled
    ends = [each.last for each in (text.ends, text.term_end) if each is not None and each.last]
    end = min(ends, default=None)
    if end is None and text.state not in IN_EFFECT and text.since is not None:
        end = text.since.toordinal()
    is_seen = start <= axis.last and (end or axis.last) >= axis.first
    bars = [_bar(axis, start, end or axis.last, _manner(text.state))] if is_seen else []
    is_over = Flag.OVERRUN in text.flags and end is not None
    if is_over and end is not None:
        bars.append(_bar(axis, end, office.today, "over"))
    deadline = text.notice_deadline
    label = office.text("until", date=office.day(end)) if end else office.text("no_end")
    return Term(
        bars=bars,
        today=axis.x(office.today),
        notice=None if deadline is None or deadline.last is None else axis.x(deadline.last),
        is_open=end is None and text.state in IN_EFFECT,
        label=label,
    )


def _bar(axis: Axis, start: float, end: float, manner: str) -> Bar:
    """Return a piece from a day to another."""
    x = axis.x(start)
    return Bar(x, round(max(axis.x(end) - x, 0.6), 1), manner)


def _manner(state: InstrumentState) -> str:
    """Return the manner in which the term of a text in the state is drawn."""
    if state in IN_EFFECT:
        return "on"
    return "soft" if state in {S.SIGNED, S.SUSPENDED} else "dead"


def _owed(office: Office, promises: list[Commitment]) -> Iterator[Owed]:
    """Yield what each side owes."""
    for name in _side_names(office):
        side = None if name == "promises" else Side(name)
        mine = [item for item in promises if side is None or office.side(item) in {side, Side.BOTH}]
        statuses = [item.status for item in mine]
        late = statuses.count(CommitmentStatus.OVERDUE)
        parts = [office.text("count_open", n=len(mine))]
        parts += [office.text("count_overdue", n=late)] if late else []
        label = office.words.heading(office.text(name))
        more = max(0, len(mine) - MOST_SIGNS)
        yield Owed(label, len(mine), statuses[:MOST_SIGNS], more, ", ".join(parts))


def _next(office: Office, item: Partnership) -> tuple[str, str]:
    """Return the day of what comes next, and what it is; empty where nothing is known."""
    coming: list[tuple[float, str, str]] = []
    for promise in office.promises.get(item.id, ()):
        if promise.due is not None:
            what = office.text("next_due", what=promise.what or promise.id)
            coming.append((last_day(promise.due), office.date(promise.due).text, what))
    for meeting in office.meetings.get(item.id, ()):
        if meeting.planned is not None:
            shown = office.date(meeting.planned).text
            coming.append((last_day(meeting.planned), shown, meeting.kind or meeting.id))
    for series in office.series.values():
        if series.partnership == item.id and series.is_due:
            due = series.series.next_due
            coming.append((last_day(due), office.date(due).text, series.title))
    for text in item.instruments if item.stage is Stage.ACTIVE else ():
        for when, name in ((text.notice_deadline, "notice_by"), (text.term_end, "term_ends")):
            if when is not None:
                coming.append((last_day(when), office.date(when).text, office.text(name)))
    ahead = [each for each in coming if each[0] >= office.today]
    _, day, what = min(ahead, default=(0, "", ""))
    return day, what


def _silence(office: Office, item: Partnership) -> Silence | None:
    """Return how long the parties have been silent; None where nothing is known."""
    last = item.last_activity
    if last is None:
        return None
    days = max(0, office.today - last.settled)
    return Silence(
        days=office.text("days_short", n=days),
        width=max(1, min(SILENCE_WIDTH, round(SILENCE_WIDTH * days / DORMANT_AFTER_DAYS))),
        is_dormant=Flag.DORMANT in item.flags,
        last=office.text("last_activity_on", date=office.date(last).text),
    )


def _figures(office: Office) -> list[KeyFigure]:
    """Return the key figures, ours before theirs."""
    promises = [item for items in office.promises.values() for item in items]
    late = [item for item in promises if item.status is CommitmentStatus.OVERDUE]
    soon = sum(item.status is CommitmentStatus.DUE_SOON for item in promises)
    figures = [KeyFigure(office.text("open_promises"), len(promises))]
    sides: tuple[tuple[str, StrEnum | None, bool], ...] = (
        ("we_are_late", Side.WE, True),
        ("they_are_late", Side.THEY, False),
    )
    for name, side, alarms in sides if office.us else (("overdue", None, True),):
        number = sum(side is None or office.side(item) in {side, Side.BOTH} for item in late)
        figures.append(KeyFigure(office.text(name), number, is_late=alarms and number > 0))
    figures.append(KeyFigure(office.text("due_within", n=DUE_SOON_DAYS), soon))
    ending = sum(
        0 <= last_day(text.term_end) - office.today <= EXPIRING_WITHIN_DAYS
        for each in office.partnerships.values()
        for text in each.instruments
        if text.state in IN_EFFECT
    )
    figures.append(KeyFigure(office.text("terms_ending", n=EXPIRING_WITHIN_DAYS), ending))
    return figures
