"""Calendar: the days of what is pending, each with what makes its entry the same one again."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote

from coopledger._dates.lazy_types import Date
from coopledger._facts.visible import Visible
from coopledger._frozen import frozen
from coopledger._rules.commitment import OPEN
from coopledger._rules.instrument_table import ENDED, IN_EFFECT
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._filters import passing
from coopledger.answers._scope import EVERYWHERE, Scope, listed_in
from coopledger.answers._shown import Shown
from coopledger.answers._wording import label, named, one_line, phrase
from coopledger.answers.commitments import COMMITMENTS, Commitment
from coopledger.answers.instruments import INSTRUMENTS, Instrument
from coopledger.answers.meetings import MEETINGS, Meeting, series
from coopledger.answers.proposals import PROPOSALS, Proposal
from coopledger.answers.titles import title
from coopledger.dates import EdtfDate, edtf, to_date
from coopledger.terms import (
    CommitmentStatus,
    EntryKind,
    EntryState,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalStatus,
)

PAST_DAYS = 92
# Once these days are over, nothing can be done about them.
PASSING = frozenset({EntryKind.MEETING, EntryKind.LAST_DAY_FOR_NOTICE})
KEY_LENGTH = 16  # hexadecimal digits that tell the ledgers of the world apart

C, M, P = CommitmentStatus, MeetingStatus, ProposalStatus
# How an entry stands by the status of its thing; open by any other.
STATES: dict[StrEnum, EntryState] = {
    C.FULFILLED: EntryState.DONE,
    **dict.fromkeys((C.RELEASED, C.CANCELLED, C.EXPIRED), EntryState.CANCELLED),
    M.HELD: EntryState.DONE,
    M.CANCELLED: EntryState.CANCELLED,
    **dict.fromkeys((P.ACCEPTED, P.DECLINED, P.REALISED), EntryState.DONE),
    P.WITHDRAWN: EntryState.CANCELLED,
}
SUSPENDED = InstrumentState.SUSPENDED
# Ends of texts that were in effect: talks that were broken off end no term.
ENDED_TERMS = ENDED - {InstrumentState.ABANDONED}

Thing: TypeAlias = Commitment | Proposal | Meeting | Instrument


@frozen(kw_only=True)
class CalendarEntry(Shown):
    """Day of a calendar on which something is due, takes place, ends or has to be said.

    Attributes:
        uid: Its name among all calendars of the world: the same for as long as the thing is there.
        kind: What there is on the day.
        id: The id of the thing; of a session, the series.
        noun: What the thing is.
        text: The words by which people know it.
        partnership: The partnership; None if not known then.
        when: The date, as it was said.
        day: The day of the entry: the last day of the date.
        state: Whether it is still to come or to do, done, or takes place no more.
        status: The status of the thing, or the state of a text.
        by: Whose turn it is: who owes a promise, or has to answer a proposal.
        to: To whom the promise is owed; who put the proposal.
        responsible: Who of us sees to it.
        position: The position of the last event that tells of the thing, or mends one that does.
        recorded_us: The record time of that event, in microseconds since 1970.
        decided_by: The events that decided the status.
    """

    uid: str
    kind: EntryKind
    id: str
    noun: Noun
    text: str
    partnership: str | None
    when: EdtfDate
    day: Date
    state: EntryState
    status: StrEnum
    by: tuple[str, ...]
    to: tuple[str, ...]
    responsible: str | None
    position: int
    recorded_us: int
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return what there is on the day, of what, and who sees to it, on one line."""
        return one_line(
            named(self.text, self.id),
            f"{label(self.kind)} {self.when}",
            label(self.state),
            phrase("by ", self.by),
            phrase("", self.responsible, " is responsible"),
        )


class Day(NamedTuple):
    """Date of a thing: what there is, the date if any, how it stands, and which of its dates."""

    kind: EntryKind
    when: EdtfDate | None
    state: EntryState
    which: str = ""


def calendar(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    past_days: int = PAST_DAYS,
    kind: EntryKind | None = None,
    noun: Noun | None = None,
    state: EntryState | None = None,
    scope: Scope = EVERYWHERE,
) -> Answers[CalendarEntry]:
    """Return the entries of the scope by day.

    What is over is left out once its day lies further back than so many days.
    """
    first = snapshot.ordinal - past_days
    entry = partial(_entry, snapshot, key=_ledger_key(snapshot))
    found = (entry(thing, day) for thing, days in _things(snapshot, scope) for day in days)
    entries = [
        each
        for each in found
        if each is not None and (_is_to_do(each) or each.day.toordinal() >= first)
    ]
    in_order = sorted(entries, key=lambda each: (each.day, each.uid))
    return passing(
        Answers(in_order, kind=CalendarEntry),
        (kind, lambda each: each.kind is kind),
        (noun, lambda each: each.noun is noun),
        (state, lambda each: each.state is state),
    )


def _is_to_do(entry: CalendarEntry) -> bool:
    """Return whether it waits for somebody, however long ago its day was."""
    return entry.state is EntryState.OPEN and entry.kind not in PASSING


def _things(snapshot: Snapshot, scope: Scope) -> Iterator[tuple[Any, Iterable[Day]]]:
    """Yield each thing with its days."""
    for promise in listed_in(snapshot, COMMITMENTS, scope):
        yield promise, (*_of_promise(promise), *_asked(promise))
    meetings: Sequence[Meeting] = listed_in(snapshot, MEETINGS, scope)
    for meeting in meetings:
        yield meeting, (*_of_meeting(meeting), *_asked(meeting))
    for name in dict.fromkeys(each.series for each in meetings if each.series is not None):
        held = series(snapshot, name)
        is_announced = held.next_meeting is not None
        state = EntryState.DONE if is_announced else EntryState.OPEN
        yield held, [Day(EntryKind.SESSION, held.next_due, state)]
    for proposal in listed_in(snapshot, PROPOSALS, scope):
        yield proposal, (*_of_proposal(proposal), *_asked(proposal))
    for text in listed_in(snapshot, INSTRUMENTS, scope):
        yield text, (*_of_text(text), *_asked(text))


def _of_promise(item: Commitment) -> Iterator[Day]:
    """Yield the due dates of a promise: of one that recurs those so far and the next one.

    Of one that has no date any more, its first date is cancelled.
    """
    state = STATES.get(item.status, EntryState.OPEN)
    if item.recurs is None:
        is_undated = item.due is None and state is EntryState.OPEN
        when = item.first_due if is_undated else item.due
        yield Day(EntryKind.DUE, when, EntryState.CANCELLED if is_undated else state)
        return
    for each in item.occurrences:
        state = STATES.get(each.status, EntryState.OPEN)
        yield Day(EntryKind.DUE, each.due, state, which=each.date.text)


def _of_meeting(item: Meeting) -> Iterator[Day]:
    """Yield the date of a meeting: of one without a plan any more, the first plan is cancelled."""
    state = STATES.get(item.status, EntryState.OPEN)
    if item.status is M.POSTPONED and item.planned is None:
        state = EntryState.CANCELLED
    yield Day(EntryKind.MEETING, item.held or item.planned or item.first_planned, state)


def _of_proposal(item: Proposal) -> Iterator[Day]:
    """Yield the day by which an answer to a proposal is asked for."""
    yield Day(EntryKind.ANSWER, item.due, STATES.get(item.status, EntryState.OPEN))


def _of_text(item: Instrument) -> Iterator[Day]:
    """Yield the end of a text's term, and the last day for notice: done once it is decided."""
    if item.state in IN_EFFECT or item.state is SUSPENDED:
        yield Day(EntryKind.TERM_ENDS, item.ends or item.term_end, EntryState.OPEN)
        state = EntryState.OPEN if item.decision is None else EntryState.DONE
        yield Day(EntryKind.LAST_DAY_FOR_NOTICE, item.notice_deadline, state)
    elif item.state in ENDED_TERMS:
        ended = edtf(item.since) if item.since is not None else None
        yield Day(EntryKind.TERM_ENDS, item.term_end or ended, EntryState.DONE)


def _asked(item: Thing) -> Iterator[Day]:
    """Yield the day from which to ask about a thing again, or on which it was asked last."""
    if item.ask_again is not None:
        yield Day(EntryKind.ASK_AGAIN, item.ask_again, EntryState.OPEN)
    else:
        yield Day(EntryKind.ASK_AGAIN, item.last_asked, EntryState.DONE)


def _entry(snapshot: Snapshot, item: Any, day: Day, *, key: str) -> CalendarEntry | None:  # noqa: ANN401 - a thing or a series
    """Return the entry of a day; None where its date has no last day."""
    kind, when, state, which = day
    if when is None or when.last is None:
        return None
    noun = snapshot.visible.noun_of(item.id) or Noun.MEETING  # A series is one of meetings.
    deciding = map(snapshot.visible.position_of, item.decided_by)
    position = max(_last_about(snapshot.visible, item.id), *filter(None, deciding), 0)
    name = ".".join(quote(each, safe="") for each in (item.id, kind, which) if each)
    by, to = _sides(item)
    return CalendarEntry(
        uid=f"{name}@{key}",
        kind=kind,
        id=item.id,
        noun=noun,
        text=title(snapshot, item.id),
        partnership=getattr(item, "partnership", None),
        when=when,
        day=to_date(when.last),
        state=state,
        status=getattr(item, "state", getattr(item, "status", state)),
        by=by,
        to=to,
        responsible=getattr(item, "responsible", None),
        position=position,
        recorded_us=snapshot.visible.recorded_us(position),
        decided_by=item.decided_by,
    )


def _last_about(visible: Visible, name: str) -> int:
    """Return the last position that tells of the id or mends what does; 0 if there is none.

    It never goes back, also where an event about it is retracted.
    """
    positions = [fact.position for fact in visible.naming(name)]
    for found in map(visible.found_under, visible.merged.ids(name)):
        mended = (fact for fact in found.facts if fact.position in found.mended)
        known = (fact for fact in mended if fact.position <= visible.up_to)
        positions += [about.position for fact in known for about in visible.about(fact.id)]
    return max(positions, default=0)


def _sides(item: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whose turn it is, and who waits."""
    if isinstance(item, Commitment):
        return (item.owed_by if item.status in OPEN else item.debtors), item.creditors
    return (item.to, item.by) if isinstance(item, Proposal) else ((), ())


def _ledger_key(snapshot: Snapshot) -> str:
    """Return what tells this ledger from all others: made from its first event and its time."""
    visible = snapshot.visible
    if not visible.up_to:
        return ""
    first = f"{visible.id_at(1)} {visible.recorded_us(1)}"
    return sha256(first.encode()).hexdigest()[:KEY_LENGTH]
