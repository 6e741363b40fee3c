"""Answers about meetings and series of meetings."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import attrs

from coopledger import events
from coopledger._dates.lazy_types import Date
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers._wording import one_line, phrase, someone, standing
from coopledger.dates import EdtfDate
from coopledger.errors import UnknownIdError
from coopledger.terms import MeetingStatus, Noun
from coopledger.values import Participant, Place


@attrs.frozen(kw_only=True)
class Meeting:
    """Where a meeting stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        kind: What sort of encounter, in free text.
        status: Its status; ``none`` before it was announced or held.
        since: The first day of the status.
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
    """

    id: str
    partnership: str | None
    kind: str | None
    status: MeetingStatus
    since: Date | None
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

    def __str__(self) -> str:
        """Its status, what it is, its number, date, place and people, on one line."""
        number = f"number {self.number}" if self.number is not None else "one"
        return one_line(
            self.id,
            phrase("held ", self.held) or standing(self.status, self.since, certain=self.certain),
            self.kind,
            phrase(f"{number} of ", self.series),
            phrase("planned for ", None if self.held else self.planned),
            self.place.name if self.place else None,
            phrase("with ", tuple(filter(None, map(someone, self.participants)))),
        )


@attrs.frozen(kw_only=True)
class Series:
    """A series of numbered meetings.

    Attributes:
        id: Its id.
        last: The highest number held; None if none was.
        missing: Numbers not held between the lowest and the highest held.
        next: The number expected next.
        next_meeting: The meeting announced under that number, if any.
        next_host: Whose turn it is to host; None if it cannot be told.
        decided_by: The events behind the numbers held and announced.
    """

    id: str
    last: int | None
    missing: tuple[int, ...]
    next: int | None
    next_meeting: str | None
    next_host: str | None
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The last number held, those missing, and what comes next, on one line."""
        announced = f" ({self.next_meeting})" if self.next_meeting else ""
        missing = tuple(map(str, self.missing))
        return one_line(
            self.id,
            "none held" if self.last is None else f"last held {self.last}",
            phrase("missing ", missing),
            None if self.next is None else f"next {self.next}{announced}",
            phrase("hosted by ", self.next_host),
        )


# Answers about meetings and series of meetings.

Told = events.MeetingScheduled | events.MeetingHeld
Said = TypeVar("Said")


def meeting(snapshot: Snapshot, name: str) -> Meeting:
    """Where the meeting stands."""
    standing = snapshot.meeting(name)
    held, announced = standing.held, standing.announced
    told = [fact.event for fact in (held, announced) if fact and isinstance(fact.event, Told)]
    planner = standing.planned_by if standing.planned is not None and not held else None
    basis = evidence(snapshot, [standing.set_by, planner.position if planner else None])
    return Meeting(
        id=name,
        partnership=snapshot.contents.partnership_of(Noun.MEETING, name),
        kind=_first_said(told, lambda event: event.kind),
        status=standing.status,
        since=first_day(standing.since),
        planned=standing.planned,
        held=held.event.when if held else None,
        place=_first_said(told, lambda event: event.place),
        host=_first_said(told, lambda event: event.host),
        series=_first_said(told, lambda event: event.series),
        number=_first_said(told, lambda event: event.number),
        within=_first_said(told, lambda event: event.within),
        participants=held.event.participants if held else (),
        certain=basis.certain,
        decided_by=basis.events,
    )


def parties(snapshot: Snapshot, answer: Meeting) -> set[str]:
    """The parties of a meeting: those of its partnership and those of its participants."""
    present = {person.party for person in answer.participants if person.party is not None}
    home = snapshot.parties_of(answer.partnership) if answer.partnership is not None else ()
    return present.union(home)


def with_parts(snapshot: Snapshot, name: str) -> list[str]:
    """The meeting and all that lie within it, however deep, the outer ones first."""
    found = [name]
    for outer in found:
        told = (fact.event for fact in snapshot.facts(outer))
        parts = [event.meeting for event in told if isinstance(event, Told)]
        found += [
            part
            for part in dict.fromkeys(parts)
            if part not in found and meeting(snapshot, part).within == outer
        ]
    return found


def series(snapshot: Snapshot, name: str) -> Series:
    """The numbers held in the series, those missing, and what comes next.

    Raises:
        UnknownIdError: No meeting known then is one of the series.
    """
    members = [meeting(snapshot, found) for found in _in_series(snapshot, name)]
    named = (
        isinstance(fact.event, Told) and fact.event.series == name
        for fact in snapshot.visible.naming(name)
    )
    if not any(named):
        raise UnknownIdError("series", name, None)
    numbered = {item.number: item for item in members if item.number is not None}
    held = sorted(n for n, item in numbered.items() if item.status is MeetingStatus.HELD)
    following = held[-1] + 1 if held else min(numbered, default=None)
    upcoming = numbered.get(following) if following is not None else None
    decided = {event for item in members for event in item.decided_by}
    return Series(
        id=name,
        last=held[-1] if held else None,
        missing=tuple(n for n in range(held[0], held[-1]) if n not in held) if held else (),
        next=following,
        next_meeting=upcoming.id if upcoming else None,
        next_host=_next_host(snapshot, [numbered[n] for n in held], upcoming),
        decided_by=evidence(snapshot, map(snapshot.visible.position_of, decided)).events,
    )


def _in_series(snapshot: Snapshot, name: str) -> list[str]:
    """The meetings of the series, in the order of their replay."""
    told = [fact.event for fact in snapshot.facts(name) if isinstance(fact.event, Told)]
    return list(dict.fromkeys(event.meeting for event in told if event.series == name))


def _next_host(snapshot: Snapshot, held: Sequence[Meeting], upcoming: Meeting | None) -> str | None:
    """The host announced, else the party after the last known host, in the partnership's order."""
    if upcoming is not None and upcoming.host is not None:
        return upcoming.host
    last = held[-1] if held else None
    if last is None or last.host is None or last.partnership is None:
        return None
    hosts = snapshot.parties_of(last.partnership)
    if last.host not in hosts:
        return None
    return hosts[(hosts.index(last.host) + 1) % len(hosts)]


def _first_said(told: Sequence[Told], read: Callable[[Told], Said | None]) -> Said | None:
    """What the record of the meeting says, else its announcement."""
    return next((value for event in told if (value := read(event)) is not None), None)
