"""Answers about meetings and series of meetings."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from coopledger import events
from coopledger.errors import UnknownIdError
from coopledger.projections.answers import Meeting, Series
from coopledger.projections.evidence import evidence, first_day
from coopledger.standings import Standings
from coopledger.terms import MeetingStatus, Noun

__all__ = ["meeting", "parties", "series", "with_parts"]

Told = events.MeetingScheduled | events.MeetingHeld
Said = TypeVar("Said")


def meeting(standings: Standings, name: str) -> Meeting:
    """Where the meeting stands."""
    standing = standings.meeting(name)
    held, announced = standing.held, standing.announced
    told = [fact.event for fact in (held, announced) if fact and isinstance(fact.event, Told)]
    planner = standing.planned_by if standing.planned is not None and not held else None
    basis = evidence(standings, [standing.set_by, planner.position if planner else None])
    return Meeting(
        id=name,
        partnership=standings.membership.home(Noun.MEETING, name),
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


def parties(standings: Standings, answer: Meeting) -> set[str]:
    """The parties of a meeting: those of its partnership and those of its participants."""
    present = {person.party for person in answer.participants if person.party is not None}
    home = standings.parties(answer.partnership) if answer.partnership is not None else ()
    return present.union(home)


def with_parts(standings: Standings, name: str) -> list[str]:
    """The meeting and all that lie within it, however deep, the outer ones first."""
    found = [name]
    for outer in found:
        told = (fact.event for fact in standings.facts(outer))
        parts = [event.meeting for event in told if isinstance(event, Told)]
        found += [
            part
            for part in dict.fromkeys(parts)
            if part not in found and meeting(standings, part).within == outer
        ]
    return found


def series(standings: Standings, name: str) -> Series:
    """The numbers held in the series, those missing, and what comes next.

    Raises:
        UnknownIdError: No meeting known then is one of the series.
    """
    members = [meeting(standings, found) for found in _in_series(standings, name)]
    named = (
        isinstance(fact.event, Told) and fact.event.series == name
        for fact in standings.visible.naming(name)
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
        next_host=_next_host(standings, [numbered[n] for n in held], upcoming),
        decided_by=evidence(standings, map(standings.visible.position_of, decided)).events,
    )


def _in_series(standings: Standings, name: str) -> list[str]:
    """The meetings of the series, in the order of their replay."""
    told = [fact.event for fact in standings.facts(name) if isinstance(fact.event, Told)]
    return list(dict.fromkeys(event.meeting for event in told if event.series == name))


def _next_host(
    standings: Standings, held: Sequence[Meeting], upcoming: Meeting | None
) -> str | None:
    """The host announced, else the party after the last known host, in the partnership's order."""
    if upcoming is not None and upcoming.host is not None:
        return upcoming.host
    last = held[-1] if held else None
    if last is None or last.host is None or last.partnership is None:
        return None
    hosts = standings.parties(last.partnership)
    if last.host not in hosts:
        return None
    return hosts[(hosts.index(last.host) + 1) % len(hosts)]


def _first_said(told: Sequence[Told], read: Callable[[Told], Said | None]) -> Said | None:
    """What the record of the meeting says, else its announcement."""
    return next((value for event in told if (value := read(event)) is not None), None)
