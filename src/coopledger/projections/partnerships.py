"""Answers about partnerships: the stage, the flags beside it, and the history of both."""

from collections.abc import Iterator

from coopledger import events
from coopledger.dates import to_date
from coopledger.facts import Fact
from coopledger.projections.answers import Partnership, StageChange
from coopledger.projections.evidence import evidence, first_day
from coopledger.projections.instruments import instrument, next_end
from coopledger.rules.instrument import IN_EFFECT
from coopledger.rules.proposal import OPEN
from coopledger.rules.stage import (
    ACTIVITY,
    CONTACT,
    DORMANT_AFTER_DAYS,
    EXPIRING_WITHIN_DAYS,
    Holding,
    Picture,
    stage,
)
from coopledger.standings import Standings
from coopledger.terms import Flag, InstrumentState, MeetingStatus, Noun

__all__ = ["last_activity", "partnership", "picture", "stage_history"]

S = InstrumentState


def partnership(standings: Standings, name: str) -> Partnership:
    """Where the partnership stands."""
    registered = standings.registration(Noun.PARTNERSHIP, name)
    known = registered if isinstance(registered, events.PartnershipOpened) else None
    current, reason = stage(picture(standings, name, day=standings.day))
    flags = list(_flags(standings, name))
    basis = evidence(
        standings, [reason.position if reason else None, *(position for _, position in flags)]
    )
    last = last_activity(standings, name)
    history = stage_history(standings, name)
    return Partnership(
        id=name,
        parties=standings.parties(name),
        scope=known.scope if known else None,
        parent=known.parent if known else None,
        owner=known.owner if known else None,
        stage=current,
        since=history[-1].day if history else None,
        flags=tuple(sorted({flag for flag, _ in flags})),
        instruments=tuple(
            instrument(standings, item) for item in standings.members(Noun.INSTRUMENT, name)
        ),
        last_activity=to_date(last.act) if last else None,
        certain=basis.certain,
        decided_by=basis.events,
    )


def picture(standings: Standings, name: str, *, day: int) -> Picture:
    """What the stage of the partnership is read from, on the day or an earlier one."""
    acts = [fact for fact in standings.acts(name) if fact.effect <= day]
    closed = [fact for fact in acts if isinstance(fact.event, events.PartnershipClosed)]
    return Picture(
        holdings=list(_holdings(standings, name, day)),
        open_proposals=list(_open_proposals(standings, name, day)),
        closed=closed[-1] if closed else None,
        contact=next((fact for fact in acts if isinstance(fact.event, CONTACT)), None),
    )


def stage_history(standings: Standings, name: str) -> tuple[StageChange, ...]:
    """Every change of the stage up to the day, in order of days."""
    found: list[StageChange] = []
    for day in sorted(_days_of_change(standings, name)):
        current, reason = stage(picture(standings, name, day=day))
        if reason is not None and (not found or found[-1].stage is not current):
            decided = evidence(standings, [reason.position]).events
            found.append(StageChange(day=first_day(day), stage=current, decided_by=decided))
    return tuple(found)


def last_activity(standings: Standings, name: str) -> Fact | None:
    """The last thing that the parties did by the day; nothing after it counts."""
    acts = (fact for fact in standings.acts(name) if isinstance(fact.event, ACTIVITY))
    return max(
        (fact for fact in acts if fact.act <= standings.day),
        key=lambda fact: (fact.act, fact.position),
        default=None,
    )


def _holdings(standings: Standings, name: str, day: int) -> Iterator[Holding]:
    """The instruments that are in some state on the day."""
    for item in standings.members(Noun.INSTRUMENT, name):
        changes = [change for change in standings.instrument(item).history if change.day <= day]
        if changes and changes[-1].state is not S.NONE:
            yield Holding(item, changes[-1].state, changes[-1].day, changes[-1].position)


def _open_proposals(standings: Standings, name: str, day: int) -> Iterator[Fact]:
    """The events that put the proposals open on the day; a bare interest is no proposal."""
    for item in standings.members(Noun.PROPOSAL, name):
        standing = standings.proposal(item)
        changes = [change for change in standing.history if change[0] <= day]
        if not changes or changes[-1][1] not in OPEN:
            continue
        answered = changes[-1] if standing.put is None else None
        position = answered[2] if answered else standing.made.position if standing.made else None
        fact = standings.visible.fact(position) if position is not None else None
        if fact is not None and fact.effect <= day:
            yield fact


def _days_of_change(standings: Standings, name: str) -> set[int]:
    """The days on which the stage may change."""
    days = {
        change.day
        for item in standings.members(Noun.INSTRUMENT, name)
        for change in standings.instrument(item).history
    }
    for item in standings.members(Noun.PROPOSAL, name):
        days |= {day for day, _, _ in standings.proposal(item).history}
    days |= {
        fact.effect
        for fact in standings.acts(name)
        if isinstance(fact.event, (*CONTACT, events.PartnershipClosed))
    }
    return days


def _flags(standings: Standings, name: str) -> Iterator[tuple[Flag, int | None]]:
    """The flags, each with an event that sets it."""
    instruments = standings.members(Noun.INSTRUMENT, name)
    for item in instruments:
        yield from _instrument_flags(standings, item)
    in_effect = [
        standings.instrument(item).history[-1]
        for item in instruments
        if standings.instrument(item).state in IN_EFFECT
    ]
    if in_effect and all(change.state is S.PROVISIONAL for change in in_effect):
        yield Flag.PROVISIONAL_ONLY, in_effect[-1].position
    yield from _dormant(standings, name)
    for item in standings.members(Noun.MEETING, name):
        if standings.meeting(item).status is MeetingStatus.UNRECORDED:
            yield Flag.UNRECORDED_MEETINGS, standings.meeting(item).set_by
    for fact in standings.acts(name):
        for about in standings.visible.about(fact.id):
            if isinstance(about.event, events.FactDisputed):
                yield Flag.CONFLICTS, about.position


def _instrument_flags(standings: Standings, name: str) -> Iterator[tuple[Flag, int | None]]:
    """What an instrument shows beside the stage of its partnership."""
    standing = standings.instrument(name)
    for flag in (Flag.RENEGOTIATING, Flag.OVERRUN):
        if flag in standing.flags:
            yield flag, standing.set_by.get(flag)
    if standing.state is S.TERMINATING:
        yield Flag.TERMINATING, standing.set_by.get("notice")
    end = next_end(standings, name)
    if end is not None and 0 <= end[0] - standings.day <= EXPIRING_WITHIN_DAYS:
        yield Flag.EXPIRING, end[1]


def _dormant(standings: Standings, name: str) -> Iterator[tuple[Flag, int | None]]:
    """Dormant, if the last activity is longer ago than the partnership says."""
    last = last_activity(standings, name)
    registered = standings.registration(Noun.PARTNERSHIP, name)
    said = getattr(registered, "dormant_after", None)
    limit = DORMANT_AFTER_DAYS if said is None else said
    if last is not None and standings.day - last.act > limit:
        yield Flag.DORMANT, last.position
