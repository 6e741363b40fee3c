"""Report of a period as rows and lengths: what was signed, held and kept, and what is disputed."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from coopledger._rules.conduct import LIVELIEST
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger.answers import Commitment, Obstacle, StageChange
from coopledger.answers.instruments import is_within
from coopledger.dates import EdtfDate, edtf
from coopledger.render.following import asked_about
from coopledger.render.html.board import Axis, KeyFigure
from coopledger.render.html.office import Office, Side
from coopledger.terms import CommitmentStatus, Conduct, Footing, Stage

# From the bottom of a column to its top; what is nothing yet has no piece.
STACK = (
    Stage.ACTIVE,
    Stage.SIGNED,
    Stage.NEGOTIATING,
    Stage.EXPLORING,
    Stage.CONTACT,
    Stage.SUSPENDED,
    Stage.LAPSED,
    Stage.ENDED,
)
THICKNESS = {
    Stage.ACTIVE: 9,
    Stage.SIGNED: 7,
    Stage.NEGOTIATING: 5,
    Stage.EXPLORING: 3,
    Stage.CONTACT: 1,
    Stage.SUSPENDED: 7,
    Stage.LAPSED: 1,
}
PATTERNS = (Stage.SIGNED, Stage.SUSPENDED, Stage.LAPSED)  # Drawn hatched or barred.
MOST_YEARS = 8
PLOT_TOP, PLOT_BOTTOM, PLOT_LEFT, PLOT_WIDTH = 18.0, 228.0, 28.0, 532.0
MOST_ROWS = 12
MOST_NAMES = 6
BAR_WIDTH = 144


class Piece(NamedTuple):
    """Piece of a column: so many partnerships at one stage."""

    stage: Stage
    y: float
    height: float
    number: int
    title: str


class Column(NamedTuple):
    """Column of a year."""

    name: str
    x: float
    width: float
    pieces: list[Piece]
    is_asked: bool


class Tick(NamedTuple):
    """Line of the scale."""

    y: float
    name: str


class SquareRow(NamedTuple):
    """Texts signed with a country, by year."""

    name: str
    numbers: list[int]
    total: int


class FigureRow(NamedTuple):
    """Figure that was reported, and what is recorded of the same."""

    measure: str
    details: str
    claimed: str
    recorded: str
    claimed_width: int
    recorded_width: int
    verdict: str


class LifePiece(NamedTuple):
    """Piece of a lifeline, in percent."""

    stage: Stage
    x: float
    width: float
    height: int


class Lifeline(NamedTuple):
    """Stages of a partnership over its life."""

    id: str
    title: str
    pieces: list[LifePiece]
    sentence: str


class LateRow(NamedTuple):
    """Promise that was kept late."""

    what: str
    who: str
    due: str
    late: str


class ConductRow(NamedTuple):
    """Texts in effect under which as much is done: how many, and with whom."""

    name: str
    number: int
    partners: str


class ObstacleRow(NamedTuple):
    """Obstacle that is not removed: what, of what it is in the way, and with whom it lies."""

    what: str
    details: str
    since: str


class Summary(NamedTuple):
    """Report of a period."""

    made: str
    title: str
    figures: list[KeyFigure]
    columns: list[Column]
    ticks: list[Tick]
    stages: list[tuple[Stage, str]]
    years: list[str]
    asked: list[bool]
    squares: list[SquareRow]
    totals: SquareRow
    reported: list[FigureRow]
    lives: list[Lifeline]
    life_years: list[tuple[float, str]]
    now: float
    lives_title: str
    late_title: str
    late_counts: str
    late: list[LateRow]
    late_more: str
    conducts: list[ConductRow]
    obstacles: list[ObstacleRow]
    conflicts: list[tuple[str, str, str, str]]
    footing: str


def default_period(office: Office) -> EdtfDate:
    """Return the last year that is over on the day; the first of all years is its own."""
    today = date.fromordinal(office.today)
    is_over = (today.month, today.day) == (12, 31)
    return edtf(f"{max(1, today.year if is_over else today.year - 1):04d}")


def summary(office: Office, period: EdtfDate) -> Summary:
    """Return the report of a period."""
    histories = {name: office.view.stage_history(name) for name in office.partnerships}
    years = _years(office, histories)
    columns, ticks = _columns(office, histories, years, period)
    kept, late = _kept(office, period)
    lives, life_years = _lives(office, histories, years)
    name = office.date(period).text
    squares, totals = _squares(office, years)
    return Summary(
        made=office.text("report_made", date=office.day(office.today), n=office.view.position),
        title=office.text("cooperation_in", period=name),
        figures=_key_figures(office, period, histories, (len(kept), len(late))),
        columns=columns,
        ticks=ticks,
        stages=[(stage, office.words.heading(office.term(stage))) for stage in STACK],
        years=[str(year) for year in years],
        asked=[_is_in(year, period) for year in years],
        squares=squares,
        totals=totals,
        reported=_reported(office),
        lives=lives,
        life_years=life_years,
        now=_life_axis(years).x(office.today),
        lives_title=office.text("every_partnership", year=years[0]),
        late_title=office.text("kept_late_in", period=name),
        late_counts=office.text("of_longest", n=len(late), total=len(kept)),
        late=[_late_row(office, each) for each in late[:MOST_ROWS]],
        late_more=office.text("more", n=more) if (more := len(late) - MOST_ROWS) > 0 else "",
        conducts=_conducts(office),
        obstacles=[
            _obstacle(office, each) for group in office.obstacles.values() for each in group
        ],
        conflicts=_conflicts(office),
        footing=_footing(office),
    )


def _years(office: Office, histories: dict[str, tuple[StageChange, ...]]) -> list[int]:
    """Return the years from the first stage to the day, at most the last ones that fit."""
    starts = [each.day.year for changes in histories.values() for each in changes if each.day]
    last = office.view.on.year
    first = max(min(starts, default=last), last - MOST_YEARS + 1)
    return list(range(min(first, last), last + 1))


def _is_in(year: int, period: EdtfDate) -> bool:
    """Return whether a year and a period touch."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return (period.last or last) >= first and (period.first or first) <= last


def _stage_on(changes: tuple[StageChange, ...], day: int) -> Stage:
    """Return the stage of a partnership on a day."""
    stage = Stage.NONE
    for change in changes:
        if change.day is not None and change.day.toordinal() > day:
            break
        stage = change.stage
    return stage


def _columns(
    office: Office,
    histories: dict[str, tuple[StageChange, ...]],
    years: list[int],
    period: EdtfDate,
) -> tuple[list[Column], list[Tick]]:
    """Return a column for each year, and the scale."""
    ends = [min(date(year, 12, 31).toordinal(), office.today) for year in years]
    counts = [Counter(_stage_on(each, end) for each in histories.values()) for end in ends]
    most = max((sum(count[stage] for stage in STACK) for count in counts), default=0)
    step = max(1, -(-most // 4))
    step = next(
        nice for nice in (1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000, step) if nice >= step
    )
    top = max(step * -(-most // step), step)
    scale = (PLOT_BOTTOM - PLOT_TOP) / top
    pitch = PLOT_WIDTH / len(years)
    columns: list[Column] = []
    for at, (year, end, count) in enumerate(zip(years, ends, counts, strict=True)):
        name = office.text("today") if end == office.today else str(year)
        pieces, y = list[Piece](), PLOT_BOTTOM
        for stage in STACK:
            height = count[stage] * scale
            if count[stage]:
                y -= height
                title = f"{name}: {count[stage]} {office.term(stage)}"
                shown = round(max(height - 1, 0.8), 1)
                pieces.append(Piece(stage, round(y, 1), shown, count[stage], title))
        x = round(PLOT_LEFT + at * pitch + 0.14 * pitch, 1)
        columns.append(Column(name, x, round(0.72 * pitch, 1), pieces, _is_in(year, period)))
    values = range(0, top + 1, step)
    return columns, [Tick(round(PLOT_BOTTOM - value * scale, 1), str(value)) for value in values]


def _squares(office: Office, years: list[int]) -> tuple[list[SquareRow], SquareRow]:
    """Return the texts signed by country of the other side and year, and all of them."""
    counts: dict[str, Counter[int]] = {}
    whole: Counter[int] = Counter()
    for each in office.view.signatures():
        year = date.fromordinal(each.when.settled).year
        others = [party for party in each.parties if party != office.us]
        codes = {office.parties[party].country for party in others if party in office.parties}
        names = {
            office.country(code) if code else office.text("international_bodies") for code in codes
        }
        whole[year] += 1
        for name in names:
            counts.setdefault(name, Counter())[year] += 1
    rows = [
        SquareRow(name, [count[year] for year in years], count.total())
        for name, count in sorted(counts.items(), key=lambda row: (-row[1].total(), row[0]))
    ]
    totals = SquareRow(office.text("all_with_rest"), [whole[year] for year in years], whole.total())
    return rows[:MOST_ROWS], totals


def _reported(office: Office) -> list[FigureRow]:
    """Return the reported figures beside what is recorded."""
    figures = office.view.figures()
    numbers = [each.recorded or 0 for each in figures]
    numbers += [each.claimed for each in figures if isinstance(each.claimed, int)]
    most = max([*numbers, 1])
    rows: list[FigureRow] = []
    for each in figures:
        gap = each.unaccounted
        verdict = office.text("figure_agrees") if gap == 0 else ""
        if gap:
            verdict = office.text("not_recorded" if gap > 0 else "more_recorded", n=abs(gap))
        details = [office.date(each.period).text]
        if each.partners:
            details.append(office.text("names_partners", name=", ".join(each.partners)))
        details += map(office.term, each.inconsistencies)
        claimed = each.claimed if isinstance(each.claimed, int) else 0
        rows.append(
            FigureRow(
                measure=each.measure,
                details="; ".join(details),
                claimed=str(each.claimed),
                recorded="" if each.recorded is None else str(each.recorded),
                claimed_width=round(BAR_WIDTH * claimed / most),
                recorded_width=round(BAR_WIDTH * (each.recorded or 0) / most),
                verdict=verdict,
            )
        )
    return rows


def _life_axis(years: list[int]) -> Axis:
    """Return the axis of the lifelines."""
    return Axis(date(years[0], 1, 1).toordinal(), date(years[-1], 12, 31).toordinal() + 1)


def _lives(
    office: Office, histories: dict[str, tuple[StageChange, ...]], years: list[int]
) -> tuple[list[Lifeline], list[tuple[float, str]]]:
    """Return the lifeline of every partnership, the firmest first, and the years."""
    axis = _life_axis(years)
    lives: list[Lifeline] = []
    order = list(Stage)
    known = office.partnerships.values()
    since = {each.id: each.since.toordinal() if each.since else office.today for each in known}
    for item in sorted(known, key=lambda each: (order.index(each.stage), since[each.id])):
        changes = [each for each in histories[item.id] if each.day is not None]
        starts = [each.day.toordinal() for each in changes if each.day is not None]
        pieces: list[LifePiece] = []
        for change, start, end in zip(
            changes, starts, [*starts[1:], office.today], strict=bool(starts)
        ):
            x, width = axis.x(start), axis.x(end) - axis.x(start)
            if change.stage in THICKNESS and width > 0:
                height = THICKNESS[change.stage]
                pieces.append(LifePiece(change.stage, x, round(width, 1), height))
        parts = (
            office.text("stage_since_day", stage=office.term(each.stage), date=office.day(each.day))
            for each in changes
        )
        lives.append(Lifeline(item.id, office.title(item.id), pieces, "; ".join(parts)))
    return lives, [(axis.x(date(year, 1, 1).toordinal()), str(year)) for year in years]


def _kept(office: Office, period: EdtfDate) -> tuple[list[Commitment], list[Commitment]]:
    """Return the promises kept in the period, and those of them that were late."""
    closed = [item for items in office.closed.values() for item in items]
    kept = [
        item
        for item in closed
        if item.status is CommitmentStatus.FULFILLED
        and item.since is not None
        and (period.first or 0) <= item.since.toordinal() <= (period.last or office.today)
    ]
    late = sorted((item for item in kept if item.late_by), key=lambda item: -(item.late_by or 0))
    return kept, late


def _late_row(office: Office, item: Commitment) -> LateRow:
    """Return a promise that was kept late, as a row."""
    side = office.side(item)
    who = office.text("we") if side is Side.WE else office.names(item.owed_by)
    return LateRow(
        what=office.words.heading(item.what or item.id),
        who=who,
        due=office.date(item.due).text,
        late=office.text("days_late", n=item.late_by or 0),
    )


def _key_figures(
    office: Office,
    period: EdtfDate,
    histories: dict[str, tuple[StageChange, ...]],
    kept: tuple[int, int],
) -> list[KeyFigure]:
    """Return the key figures of the period."""
    signed = sum(is_within(each.when, period) for each in office.view.signatures())
    meetings = [each for items in office.meetings.values() for each in items]
    held = sum(each.held is not None and is_within(each.held, period) for each in meetings)
    before = (period.first or 1) - 1
    end = min(period.last or office.today, office.today)
    actives = [
        sum(_stage_on(each, day) is Stage.ACTIVE for each in histories.values())
        for day in (before, end)
    ]
    change = actives[1] - actives[0]
    signs = {True: "+", False: "−"}
    shown = f"{signs[change > 0]}{abs(change)}" if change else "±0"
    return [
        KeyFigure(office.text("texts_signed"), signed),
        KeyFigure(office.text("meetings_held"), held),
        KeyFigure(office.text("promises_kept"), kept[0], beside=office.text("late_of", n=kept[1])),
        KeyFigure(
            office.text("active_at_end"),
            actives[1],
            beside=office.text("change_in_period", change=shown),
        ),
    ]


def _conducts(office: Office) -> list[ConductRow]:
    """Return how many texts in effect are under way, at rest and so on, and with whom."""
    partners: dict[Conduct, list[str]] = {}
    for item in office.partnerships.values():
        for text in item.instruments:
            if text.conduct is not None and text.state in IN_EFFECT:
                partners.setdefault(text.conduct, []).append(office.title(item.id))
    return [
        ConductRow(office.words.heading(office.term(word)), len(names), _some(office, names))
        for word in LIVELIEST
        if (names := partners.get(word))
    ]


def _some(office: Office, names: list[str]) -> str:
    """Return the first of the names, each once, and how many others there are."""
    different = sorted(dict.fromkeys(names))
    more = len(different) - MOST_NAMES
    rest = [office.text("more", n=more)] if more > 0 else []
    return ", ".join([*different[:MOST_NAMES], *rest])


def _obstacle(office: Office, item: Obstacle) -> ObstacleRow:
    """Return an obstacle as a row."""
    lies_with = ", ".join(map(office.name, item.lies_with))
    details = (
        office.title(item.partnership),
        office.title(item.subject) if item.subject != item.partnership else "",
        office.text("lies_with", names=lies_with) if lies_with else "",
        asked_about(office.writing, item, office.name),
    )
    return ObstacleRow(
        what=office.words.heading(item.text or item.id),
        details=" · ".join(filter(None, details)),
        since=office.since(item.since, certain=item.since_certain),
    )


def _conflicts(office: Office) -> list[tuple[str, str, str, str]]:
    """Return where sources disagree: about what, how, what is held, and what is said instead."""
    rows: list[tuple[str, str, str, str]] = []
    for each in office.view.conflicts():
        holds = office.said(each.holds) if each.holds else office.text("nothing")
        holds = f"{office.field(each.field)} {holds}"
        others = ", ".join(office.said(alternative.says) for alternative in each.alternatives)
        about = office.titles.get(each.about) or office.promise_words.get(each.about) or each.about
        rows.append((about, office.term(each.kind), holds, others))
    return rows


def _footing(office: Office) -> str:
    """Return on what the facts rest, in numbers."""
    counts = Counter(row.bases[0] for row in office.view.sourcing())
    ordered = sorted(Footing, key=lambda word: -counts[word])
    return ", ".join(f"{counts[word]} {office.term(word)}" for word in ordered if counts[word])
