"""Meetings, and the numbered series that they form."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from coopledger._dates.lazy_types import Date
from coopledger._dates.lengths import recurring
from coopledger._facts.index import Fact
from coopledger._folding import folded
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence, first_day, is_certain_since
from coopledger.answers._filters import Order, Things, passing
from coopledger.answers._following import followed_up, following
from coopledger.answers._scope import EVERYWHERE, Scope, listed_in
from coopledger.answers._shown import Shown
from coopledger.answers._wording import label, named, one_line, phrase, someone, state_since, times
from coopledger.dates import EdtfDate
from coopledger.errors import UnknownIdError
from coopledger.events import MeetingHeld, MeetingPostponed, MeetingScheduled
from coopledger.terms import Flag, MeetingStatus, Noun
from coopledger.values import Participant, Place

# The two events that describe a meeting: its announcement and its record.
Report = MeetingScheduled | MeetingHeld
Word = Report | MeetingPostponed
Said = TypeVar("Said")
Value = TypeVar("Value")
# Nothing is left to be done for one of these.
OVER = frozenset({MeetingStatus.HELD, MeetingStatus.CANCELLED})


@frozen(kw_only=True)
class Meeting(Shown):
    """Status of a meeting on the day, with its date, place and participants.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        kind: What sort of encounter, in free text.
        status: Its status; ``none`` before it was announced or held.
        since: The first day of the status.
        since_certain: Whether the first day comes from no fuzzy date; it prints with ``~`` if not.
        planned: The planned date, while one is set.
        held: The date on which it was held.
        place: Where.
        host: The party that hosts it.
        series: The series of which it is one.
        number: Its number in the series.
        within: The meeting of which it is a part.
        participants: Who was there.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
        first_planned: The first date for which it was planned.
        times_postponed: How often it was put off.
        last_asked: The date of the last reminder.
        times_asked: How many reminders there were.
        ask_again: The day from which to ask again.
        responsible: Who of us sees to it; where nobody was named, who sees to its partnership.
    """

    id: str
    partnership: str | None
    kind: str | None
    status: MeetingStatus
    since: Date | None
    since_certain: bool
    planned: EdtfDate | None
    held: EdtfDate | None
    place: Place | None
    host: str | None
    series: str | None
    number: int | None
    within: str | None
    participants: tuple[Participant, ...]
    certain: bool
    decided_by: tuple[str, ...]
    first_planned: EdtfDate | None
    times_postponed: int
    last_asked: EdtfDate | None
    times_asked: int
    ask_again: EdtfDate | None
    responsible: str | None

    def __str__(self) -> str:
        """Return its status, kind, number, date, place and people, on one line."""
        number = f"number {self.number}" if self.number is not None else "one"
        return one_line(
            named(self.kind, self.id),
            phrase("held ", self.held)
            or state_since(self.status, self.since, certain=self.since_certain),
            phrase(f"{number} of ", self.series),
            phrase("planned for ", None if self.held else self.planned),
            self._slips(),
            self.place.name if self.place else None,
            phrase("with ", tuple(filter(None, map(someone, self.participants)))),
            *followed_up(self),
        )

    def _slips(self) -> str:
        """Return how often it was put off, and since which plan."""
        if not self.times_postponed:
            return ""
        first = phrase(", first planned for ", self.first_planned)
        return f"postponed {times(self.times_postponed)}{first}"


@frozen(kw_only=True)
class Series(Shown):
    """Series of numbered meetings.

    Attributes:
        id: Its id.
        last: The highest number held; None if none was.
        missing: Numbers not held between the lowest and the highest held.
        next: The number expected next.
        next_meeting: The meeting announced under that number, if any.
        next_host: Whose turn it is to host; None if unknown.
        decided_by: The events behind the numbers held and announced, and behind the interval.
        every_months: How many months after one meeting the next is due, as last said.
        next_due: When the next one is due: so many months after the last that was held.
        flags: ``session_overdue`` once that date is over.
    """

    id: str
    last: int | None
    missing: tuple[int, ...]
    next: int | None
    next_meeting: str | None
    next_host: str | None
    decided_by: tuple[str, ...]
    every_months: int | None
    next_due: EdtfDate | None
    flags: tuple[Flag, ...]

    def __str__(self) -> str:
        """Return the last number held, the missing ones, and the next one, on one line."""
        announced = f" ({self.next_meeting})" if self.next_meeting else ""
        return one_line(
            self.id,
            "none held" if self.last is None else f"last held {self.last}",
            phrase("missing ", tuple(map(str, self.missing))),
            None if self.next is None else f"next {self.next}{announced}",
            phrase("hosted by ", self.next_host),
            phrase("due ", self.next_due, f", every {self.every_months} months"),
            *map(label, self.flags),
        )


def meeting(snapshot: Snapshot, name: str) -> Meeting:
    """Return the answer about the meeting."""
    case = snapshot.meeting(name)
    held = case.held
    words = [fact.event for fact in case.words if isinstance(fact.event, Word)]
    reports = [event for event in words if isinstance(event, Report)]
    planner = case.planned_by if case.planned is not None and not held else None
    over = case.since if case.status in OVER else None
    basis = evidence(snapshot, [case.set_by, planner.position if planner else None])
    return Meeting(
        id=name,
        partnership=snapshot.contents.partnership_of(Noun.MEETING, name),
        kind=_first(reports, lambda event: event.kind),
        status=case.status,
        since=first_day(case.since),
        since_certain=is_certain_since(snapshot, case.since, [case.set_by]),
        planned=case.planned,
        held=held.event.when if held else None,
        place=_first(words, lambda event: event.place),
        host=_first(words, lambda event: event.host),
        series=_first(reports, lambda event: event.series),
        number=_first(reports, lambda event: event.number),
        within=_first(reports, lambda event: event.within),
        participants=held.event.participants if held else (),
        certain=basis.certain,
        first_planned=case.first_planned,
        times_postponed=case.times_postponed,
        **following(snapshot, Noun.MEETING, name, basis=basis, closed=over),
    )


def _first(words: Sequence[Said], read: Callable[[Said], Value | None]) -> Value | None:
    """Return the value of the first event that says one."""
    return next((value for event in words if (value := read(event)) is not None), None)


def meetings(
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    status: MeetingStatus | None = None,
    kind: str | None = None,
) -> Answers[Meeting]:
    """Return the meetings of the scope that were announced or held by the day, by date."""
    wanted = folded(kind or "")
    return passing(
        listed_in(snapshot, MEETINGS, scope),
        (status, lambda each: each.status is status),
        (kind, lambda each: folded(each.kind or "") == wanted),
    )


_BEFORE_ALL, _OF_KNOWN_DAY, _WITHOUT_DATE = range(3)


def _date(_: Snapshot, answer: Meeting) -> Order | None:
    """Return the last day of the meeting, held or planned; none before it was announced or held.

    One on a day that is not known comes first, so that it is never the last one held; one
    without a date comes last.
    """
    if answer.status is MeetingStatus.NONE:
        return None
    date = answer.held or answer.planned
    if date is None:
        return _WITHOUT_DATE, 0
    return _OF_KNOWN_DAY if date.first is not None else _BEFORE_ALL, date.settled


def parties_of(snapshot: Snapshot, answer: Meeting) -> set[str]:
    """Return the parties of the partnership and of the participants of a meeting, and its host."""
    present = {person.party for person in answer.participants if person.party is not None}
    if answer.host is not None:
        present.add(answer.host)
    home = snapshot.parties_of(answer.partnership) if answer.partnership is not None else ()
    return present.union(home)


MEETINGS = Things(noun=Noun.MEETING, kind=Meeting, answer=meeting, order=_date, parties=parties_of)


def with_parts(snapshot: Snapshot, name: str) -> list[str]:
    """Return the meeting and all meetings within it, however deep, the outer ones first."""
    names = [name]
    for outer in names:  # It grows on the way.
        reports = (fact.event for fact in snapshot.facts(outer))
        parts = [event.meeting for event in reports if isinstance(event, Report)]
        names += [
            part
            for part in dict.fromkeys(parts)
            if part not in names and meeting(snapshot, part).within == outer
        ]
    return names


def series(snapshot: Snapshot, name: str) -> Series:
    """Return the numbers held in the series, the missing ones, and the next one.

    Raises:
        UnknownIdError: No meeting known then is one of the series.
    """
    if not _members(snapshot.visible.naming(name), name):
        raise UnknownIdError("series", name, None)
    candidates = [meeting(snapshot, member) for member in _members(snapshot.facts(name), name)]
    members = [member for member in candidates if member.series == name]
    numbered = {item.number: item for item in members if item.number is not None}
    took_place = [item for item in members if item.status is MeetingStatus.HELD]
    numbered.update((item.number, item) for item in took_place if item.number is not None)
    held = sorted({item.number for item in took_place if item.number is not None})
    following = held[-1] + 1 if held else min(numbered, default=None)
    upcoming = numbered.get(following) if following is not None else None
    decided_by = {event for item in members for event in item.decided_by}
    every, said_by = _interval(snapshot, members)
    due = _next_due(snapshot, took_place, every)
    positions = (snapshot.visible.position_of(event) for event in decided_by)
    return Series(
        id=name,
        last=held[-1] if held else None,
        missing=tuple(n for below, above in pairwise(held) for n in range(below + 1, above)),
        next=following,
        next_meeting=upcoming.id if upcoming else None,
        next_host=_next_host(snapshot, [numbered[n] for n in held], upcoming),
        decided_by=evidence(snapshot, (*positions, said_by)).events,
        every_months=every,
        next_due=due,
        flags=_overdue(snapshot, due),
    )


def _interval(snapshot: Snapshot, members: Iterable[Meeting]) -> tuple[int | None, int | None]:
    """Return the months between two meetings, and the event that said so last; None for none."""
    said = [
        (fact.replay_key, fact.event.every_months, fact.position)
        for member in members
        for fact in snapshot.meeting(member.id).words
        if isinstance(fact.event, Report) and fact.event.every_months is not None
    ]
    return max(said)[1:] if said else (None, None)


def _next_due(snapshot: Snapshot, held: Iterable[Meeting], every: int | None) -> EdtfDate | None:
    """Return the date so many months after the last meeting that was held.

    One on a day that is not known is never the last one while another has a known day.
    """
    facts = [fact for item in held if (fact := snapshot.meeting(item.id).held) is not None]
    dated = [
        ((when.first is not None, when.settled, fact.replay_key), when)
        for fact in facts
        if (when := fact.event.when) is not None
    ]
    if every is None or not dated:
        return None
    _, last = max(dated, key=lambda pair: pair[0])
    return recurring(last, every)


def _overdue(snapshot: Snapshot, due: EdtfDate | None) -> tuple[Flag, ...]:
    """Return the flag of a series whose next meeting should have been held by the day."""
    is_over = due is not None and due.last is not None and due.last < snapshot.day
    return (Flag.SESSION_OVERDUE,) if is_over else ()


def _members(facts: Iterable[Fact], series: str) -> list[str]:
    """Return the meetings that the facts place in the series, each once, in their order."""
    reports = (fact.event for fact in facts if isinstance(fact.event, Report))
    return list(dict.fromkeys(event.meeting for event in reports if event.series == series))


def _next_host(snapshot: Snapshot, held: Sequence[Meeting], upcoming: Meeting | None) -> str | None:
    """Return the host announced, else the party after the last host in the partnership's order."""
    if upcoming is not None and upcoming.host is not None:
        return upcoming.host
    last = held[-1] if held else None
    if last is None or last.host is None or last.partnership is None:
        return None
    hosts = snapshot.parties_of(last.partnership)
    if last.host not in hosts:
        return None
    return hosts[(hosts.index(last.host) + 1) % len(hosts)]
