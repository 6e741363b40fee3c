"""Page of one partnership as rows: its stages, texts, promises, wishes, timeline and reasons."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from coopledger._dates.instants import day_of
from coopledger._rules.instrument_table import BELOW_SIGNED
from coopledger._rules.proposal import OPEN as OPEN_PROPOSALS
from coopledger.answers import (
    Commitment,
    Explanation,
    Instrument,
    Obstacle,
    Partnership,
    Proposal,
    TimelineEntry,
    Yield,
)
from coopledger.answers._clauses import Rule, Thing, listing, told
from coopledger.render.dossiers import citation
from coopledger.render.following import asked, asked_about, conduct, counted, responsible
from coopledger.render.html.acts import act_sign, act_words, subject
from coopledger.render.html.board import SPREADS, Axis, Term, new_year, term
from coopledger.render.html.flags import FlagBox, flag_boxes, series_flags
from coopledger.render.html.office import Office, Said
from coopledger.render.html.participations import PartiesOf, parties_of
from coopledger.render.html.promises import PromiseRow, promise_row, who_owes
from coopledger.render.html.sums import sum_line
from coopledger.terms import (
    CommitmentStatus,
    Flag,
    InstrumentState,
    ProposalFirmness,
    Stage,
)
from coopledger.values import Source

LATE_DAYS = 60
SHORT_DAYS = 365  # A shorter life needs no chart.


class Spell(NamedTuple):
    """Stage on the ribbon."""

    stage: Stage
    name: str
    spread: int
    title: str


class TextRow(NamedTuple):
    """Text of the partnership."""

    id: str
    anchor: str
    title: str
    kind: str
    state: InstrumentState
    state_name: str
    since: str
    conduct: str
    until: str
    notice: str
    term: Term | None
    is_unsigned: bool
    flags: list[FlagBox]
    chain: list[str]
    parties: PartiesOf | None


class Debts(NamedTuple):
    """Promises that one side owes."""

    title: str
    rows: list[PromiseRow]
    sums: str


class Wish(NamedTuple):
    """Wish or proposal."""

    firmness: StrEnum
    what: str
    flags: list[FlagBox]
    notes: list[str]
    waits: str


class InTheWay(NamedTuple):
    """Obstacle that is not removed."""

    text: str
    notes: list[str]
    since: str


class Done(NamedTuple):
    """Sum of what was done, as reports say."""

    what: str
    reports: str
    doubt: str


class Act(NamedTuple):
    """Act as a line of the timeline."""

    anchor: str
    when: Said
    sign: StrEnum | None
    act: str
    meeting: str
    what: str
    sources: list[int]
    basis: str
    later: str
    decides: bool


class Year(NamedTuple):
    """Acts of a year, the newest first."""

    name: str
    acts: list[Act]


class Reason(NamedTuple):
    """Event that decided the stage."""

    when: Said
    anchor: str
    act: str
    what: str
    recorded: str


class Dot(NamedTuple):
    """Act by its day and the day of its recording, in percent."""

    x: float
    y: float
    is_late: bool


class Knowing(NamedTuple):
    """When it was, and when it became known: a chart, or else a sentence."""

    sentence: str
    dots: list[Dot]
    years: list[tuple[float, str]]
    farthest: Dot | None
    label: str


class Piece(NamedTuple):
    """Piece of a sentence, and the place in the page of what it names, if any."""

    text: str
    anchor: str = ""


class PartnershipPage(NamedTuple):
    """Page of one partnership."""

    id: str
    anchor: str
    title: str
    stage: Stage
    stage_name: str
    since: str
    conduct: str
    flags: list[FlagBox]
    ribbon: list[Spell]
    ribbon_ends: tuple[str, str]
    texts: list[TextRow]
    debts: list[Debts]
    kept: str
    obstacles: list[InTheWay]
    done: list[Done]
    wishes: list[Wish]
    timeline: list[Year]
    acts: str
    sources: list[str]
    why: str
    sentence: list[Piece]
    rule: str
    reasons: list[Reason]
    responsible: str
    glance: list[tuple[str, str]]
    knowing: Knowing | None


def partnership_page(office: Office, item: Partnership, anchor: str) -> PartnershipPage:
    """Return the page of a partnership; the anchors in it begin with the one given."""
    entries = office.view.timeline(item.id)
    numbers = _numbers(entries)
    anchors = {entry.event: f"{anchor}-e{number}" for number, entry in enumerate(entries, 1)}
    explained = office.view.explain(item.id)
    ribbon, ends = _ribbon(office, item)
    stage = office.term(item.stage)
    closed = office.closed.get(item.id, ())
    kept = sum(each.status is CommitmentStatus.FULFILLED for each in closed)
    return PartnershipPage(
        id=item.id,
        anchor=anchor,
        title=office.title(item.id),
        stage=item.stage,
        stage_name=office.words.heading(stage),
        since=office.since(item.since, certain=item.since_certain),
        conduct=office.term(item.conduct),
        flags=flag_boxes(office, item) + series_flags(office, item.id),
        ribbon=ribbon,
        ribbon_ends=ends,
        texts=[
            _text(office, text, text_anchor(anchor, number))
            for number, text in enumerate(item.instruments, 1)
        ],
        debts=_debts(office, item),
        kept=office.text("count_kept", n=kept) if kept else "",
        obstacles=[_in_the_way(office, each) for each in office.obstacles.get(item.id, ())],
        done=[_done(office, each) for each in office.view.yields(partnership=item.id)],
        wishes=[_wish(office, each) for each in office.proposals.get(item.id, ()) if _waits(each)],
        timeline=_timeline(office, entries, anchors, numbers, set(explained.decided_by)),
        acts=office.text("newest_first", n=len(entries), date=office.day(office.today)),
        sources=[citation(source, office.writing) for source in numbers],
        why=office.text("why_stage", stage=stage),
        sentence=why_sentence(office, item, explained, anchor),
        rule=office.text("rule", rule=office.words.rule(explained.state)),
        reasons=[_reason(office, entry, anchors) for entry in explained.acts],
        responsible=item.responsible or "",
        glance=_glance(office, item),
        knowing=_knowing(office, entries),
    )


def why_sentence(
    office: Office, item: Partnership, explained: Explanation, anchor: str = ""
) -> list[Piece]:
    """Return why the stage is what it is, in pieces: each text that it names leads to its row.

    The rule is left out, as it stands below.
    """
    places = {
        text.id: text_anchor(anchor, number) for number, text in enumerate(item.instruments, 1)
    }
    said = [each for each in explained.clauses if each != listing(Rule(explained.state))]
    pieces = office.writing.sentence_pieces(said, subject=office.title(item.id))
    return [
        Piece(office.titles.get(piece.id, piece.title), places.get(piece.id, ""))
        if isinstance(piece, Thing)
        else Piece(piece)
        for piece in pieces
    ]


def text_anchor(anchor: str, number: int) -> str:
    """Return the place in the page of the text with that number."""
    return f"{anchor}-t{number}"


def _ribbon(office: Office, item: Partnership) -> tuple[list[Spell], tuple[str, str]]:
    """Return the stages over the whole life, and its first and last day in words."""
    changes = [each for each in office.view.stage_history(item.id) if each.day is not None]
    if not changes:
        return [], ("", "")
    starts = [each.day.toordinal() for each in changes if each.day is not None]
    whole = max(office.today - starts[0], 1)
    spells: list[Spell] = []
    for change, start, end in zip(changes, starts, [*starts[1:], office.today], strict=True):
        name = office.term(change.stage)
        title = office.text("stage_from", stage=name, date=office.day(start), n=end - start)
        spread = max(1, round(SPREADS * (end - start) / whole))
        spells.append(Spell(change.stage, office.words.heading(name), spread, title))
    return spells, (office.day(starts[0]), office.day(office.today))


def _text(office: Office, text: Instrument, anchor: str) -> TextRow:
    """Return a text as a row, with its term on an axis of its own."""
    year = office.view.on.year
    axis = Axis(new_year(year - 3), new_year(year + 4))
    end = office.date(text.ends or text.term_end).text
    notice = office.date(text.notice_deadline).text
    return TextRow(
        id=text.id,
        anchor=anchor,
        title=office.titles[text.id],
        kind=office.words.heading(office.term(text.kind)),
        state=text.state,
        state_name=office.words.heading(office.term(text.state)),
        since=office.since(text.since, certain=text.since_certain),
        conduct=conduct(office.writing, text),
        until=office.text("until", date=end) if end else "",
        notice=office.text("notice_until", date=notice) if notice else "",
        term=term(office, text, axis),
        is_unsigned=text.state in BELOW_SIGNED,
        flags=flag_boxes(office, text),
        chain=[*filter(None, [" · ".join(_chain(office, text)), _followed(office, text)])],
        parties=parties_of(office, text),
    )


def _chain(office: Office, text: Instrument) -> Iterator[str]:
    """Yield which texts it prolongs and carries out, which changed it, and who keeps it."""
    chain = (
        ("extends", text.extends),
        ("implements", text.implements),
        ("is_amended_by", text.amended_by),
        ("is_extended_by", text.extended_by),
        ("is_implemented_by", text.implemented_by),
        ("amends", text.amends),
        ("ends_with", (text.ends_with,) if text.ends_with else ()),
    )
    for said, names in chain:
        if names:
            titles = (office.titles.get(each) or office.title(each) for each in names)
            yield office.text(said, what=", ".join(titles))
    if text.decision is not None:
        yield office.text("is_decided", decision=office.term(text.decision))
    if text.depositary is not None:
        yield office.text("depositary_is", names=office.name(text.depositary))
    yield from text.identifiers


def _followed(office: Office, text: Instrument) -> str:
    """Return who of us sees to a text, where another sees to its partnership, and who was asked."""
    known = office.partnerships.get(text.partnership or "")
    is_same = known is not None and known.responsible == text.responsible
    who = "" if is_same else responsible(office.writing, text.responsible)
    return " · ".join(filter(None, (who, asked(office.writing, text))))


def _debts(office: Office, item: Partnership) -> list[Debts]:
    """Return the open promises: what we owe, what they owe, what both do, and others."""
    debts: dict[str, list[Commitment]] = {}
    if office.us in item.parties:
        debts = {office.text("we_owe"): [], office.text("they_owe"): []}
    for promise in office.promises.get(item.id, ()):
        debts.setdefault(who_owes(office, promise), []).append(promise)
    return [
        Debts(
            title=office.words.heading(title),
            rows=[promise_row(office, each) for each in promises],
            sums=sum_line(office, promises),
        )
        for title, promises in debts.items()
    ]


def _in_the_way(office: Office, item: Obstacle) -> InTheWay:
    """Return an obstacle: of what it stands in the way, since when, and with whom it lies."""
    lies_with, via = (", ".join(map(office.name, names)) for names in (item.lies_with, item.via))
    notes = (
        subject(office, item.subject or ""),
        office.text("lies_with", names=lies_with) if lies_with else "",
        office.text("done_via", names=via) if via else "",
        asked_about(office.writing, item, office.name),
    )
    return InTheWay(
        text=office.words.heading(item.text or item.id),
        notes=[*filter(None, notes)],
        since=office.since(item.since, certain=item.since_certain),
    )


def _done(office: Office, item: Yield) -> Done:
    """Return what was done: how much of what, in how many reports, and whether they disagree."""
    return Done(
        what=office.words.heading(counted(office.writing, item)),
        reports=office.text("count_reports", n=item.reports),
        doubt=office.term(Flag.CONFLICTS) if item.conflicts else "",
    )


def _waits(item: Proposal) -> bool:
    """Return whether a proposal is open."""
    return item.status in OPEN_PROPOSALS


def _wish(office: Office, item: Proposal) -> Wish:
    """Return a wish, which waits for nothing, or a proposal and how long it waits."""
    firmness = item.firmness or ProposalFirmness.PROPOSAL
    whose = office.term(firmness)
    if item.by:  # Of what only an answer is known, nobody knows who put it.
        whose = office.text("firmness_of", firmness=whose, name=office.names(item.by))
    on = office.titles.get(item.instrument or "")
    since = 0 if item.since is None else office.today - item.since.toordinal()
    waits = office.text("wished_ago", n=since)
    if item.unanswered_for is not None:
        waits = office.text("waits_days", n=item.unanswered_for)
    what = office.words.heading(item.text or on or item.id)
    is_same = item.responsible == office.partnerships[item.partnership or ""].responsible
    who = "" if is_same else responsible(office.writing, item.responsible)
    notes = [*filter(None, (whose, on, who, asked(office.writing, item)))]
    return Wish(firmness, what, flag_boxes(office, item), notes, waits)


def _numbers(entries: tuple[TimelineEntry, ...]) -> dict[Source, int]:
    """Return the number of each source, in the order of the newest act first."""
    sources = (source for entry in reversed(entries) for source in entry.sources)
    return {source: number for number, source in enumerate(dict.fromkeys(sources), 1)}


def _timeline(
    office: Office,
    entries: tuple[TimelineEntry, ...],
    anchors: dict[str, str],
    numbers: dict[Source, int],
    deciding: set[str],
) -> list[Year]:
    """Return the acts by year, the newest first."""
    years: dict[str, list[Act]] = {}
    for entry in reversed(entries):
        when = entry.when
        last = None if when is None else when.last
        year = office.text("undated") if last is None else str(date.fromordinal(last).year)
        act, what = act_words(office, entry)
        later = _learnt_after(office, entry)
        years.setdefault(office.words.heading(year), []).append(
            Act(
                anchor=anchors[entry.event],
                when=office.date(when) if when else Said(office.text("undated")),
                sign=act_sign(office, entry.event),
                act=act,
                meeting=_meeting(office, entry),
                what=told("", what, entry.more, office.writing),
                sources=[numbers[source] for source in entry.sources],
                basis=_basis(office, entry),
                later=office.text("known_later", n=later) if later > LATE_DAYS else "",
                decides=entry.event in deciding,
            )
        )
    return [Year(name, acts) for name, acts in years.items()]


def _basis(office: Office, entry: TimelineEntry) -> str:
    """Return on what the act rests; registrations need no source."""
    bases = dict.fromkeys(source.basis for source in entry.sources if source.basis)
    if entry.sources:
        return ", ".join(map(office.term, bases))
    return office.text("no_source") if entry.when is not None else ""


def _meeting(office: Office, entry: TimelineEntry) -> str:
    """Return the id of the meeting that an act announces, moves or holds; empty for other acts."""
    is_known = entry.type.startswith("Meeting") and entry.about in office.meeting_anchors
    return entry.about if is_known else ""


def _recorded_day(office: Office, entry: TimelineEntry) -> int:
    """Return the day of recording in the zone of the ledger, as an ordinal."""
    return day_of(entry.recorded_us, office.timezone)


def _learnt_after(office: Office, entry: TimelineEntry) -> int:
    """Return the days from the act to its recording; 0 where its day is not known."""
    if entry.when is None or entry.when.last is None:
        return 0
    return max(0, _recorded_day(office, entry) - entry.when.last)


def _reason(office: Office, entry: TimelineEntry, anchors: dict[str, str]) -> Reason:
    """Return an event that decided the stage, with who recorded it and when.

    It leads to its line in the timeline, where it has one: disputes have none.
    """
    act, what = act_words(office, entry)
    recorded = office.day(_recorded_day(office, entry))
    name = "recorded_by" if entry.recorded_by else "recorded_on"
    said = office.text(name, date=recorded, name=entry.recorded_by or "")
    when = office.date(entry.when) if entry.when else Said(office.text("undated"))
    return Reason(when, anchors.get(entry.event, ""), act, what, said)


def _glance(office: Office, item: Partnership) -> list[tuple[str, str]]:
    """Return what is known of the partnership, each with its name."""
    durations = office.view.durations(item.id)
    signing = durations.days_to_signature
    rows = (
        ("parties", office.names(item.parties)),
        ("scope", item.scope or ""),
        ("responsible", item.responsible or ""),
        ("conduct", conduct(office.writing, item)),
        ("last_activity", office.date(item.last_activity).text),
        ("last_heard", office.date(item.last_heard).text),
        ("first_contact", office.date(durations.first_contact).text),
        ("to_signature", "" if signing is None else office.text("days", n=signing)),
    )
    return [(office.words.heading(office.text(name)), value) for name, value in rows if value]


def _knowing(office: Office, entries: tuple[TimelineEntry, ...]) -> Knowing | None:
    """Return the chart of days of acts and of recording, or a sentence where all was prompt."""
    pairs = [
        (entry.when.last, _recorded_day(office, entry))
        for entry in entries
        if entry.when is not None and entry.when.last is not None
    ]
    if not pairs:
        return None
    late = sum(recorded - act > LATE_DAYS for act, recorded in pairs)
    first = min(min(pair) for pair in pairs)
    if not late and office.today - first < SHORT_DAYS:
        return Knowing(office.text("known_at_once", n=len(pairs)), [], [], None, "")
    axis = Axis(first, max(office.today, first + 1))
    dots = [
        Dot(axis.x(act), axis.x(recorded), recorded - act > LATE_DAYS) for act, recorded in pairs
    ]
    farthest = max(range(len(pairs)), key=lambda at: pairs[at][1] - pairs[at][0])
    gap = pairs[farthest][1] - pairs[farthest][0]
    years = range(date.fromordinal(first).year + 1, office.view.on.year + 1)
    step = 1 + len(years) // 9
    return Knowing(
        sentence=office.text("known_late", n=len(pairs), late=late, days=LATE_DAYS),
        dots=dots,
        years=[(axis.x(date(each, 1, 1).toordinal()), str(each)) for each in years[::step]],
        farthest=dots[farthest] if gap > LATE_DAYS else None,
        label=office.text("days_late", n=gap),
    )
