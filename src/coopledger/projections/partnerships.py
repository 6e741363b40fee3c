"""Answers about partnerships: the stage, the flags beside it, and the history of both."""

from collections.abc import Iterator

from coopledger import events
from coopledger.dates import to_date
from coopledger.facts import Fact
from coopledger.projections.answers import Partnership, StageChange
from coopledger.projections.chronicles import chronicle, days_of_change, picture
from coopledger.projections.evidence import evidence, first_day
from coopledger.projections.instruments import instrument, next_end
from coopledger.rules.instrument import IN_EFFECT
from coopledger.rules.stage import (
    ACTIVITY,
    DORMANT_AFTER_DAYS,
    EXPIRING_WITHIN_DAYS,
    Reason,
    stage,
)
from coopledger.standings import Standings
from coopledger.terms import Flag, InstrumentState, MeetingStatus, Noun, Stage

__all__ = ["last_activity", "partnership", "stage_history"]

S = InstrumentState


def partnership(standings: Standings, name: str) -> Partnership:
    """Where the partnership stands."""
    known = _registered(standings, name)
    stages = _stages(standings, name)
    current, reason = stages[-1][1:] if stages else (Stage.NONE, None)
    last = last_activity(standings, name)
    flags = list(_flags(standings, name, last))
    basis = evidence(
        standings, [reason.position if reason else None, *(position for _, position in flags)]
    )
    return Partnership(
        id=name,
        parties=standings.parties(name),
        scope=known.scope if known else None,
        parent=known.parent if known else None,
        owner=known.owner if known else None,
        stage=current,
        since=first_day(_first_of_last(stages)),
        flags=tuple(sorted({flag for flag, _ in flags})),
        instruments=tuple(
            instrument(standings, item) for item in standings.members(Noun.INSTRUMENT, name)
        ),
        last_activity=to_date(last.act) if last else None,
        certain=basis.certain,
        decided_by=basis.events,
    )


def _registered(standings: Standings, name: str) -> events.PartnershipOpened | None:
    """The event that brought the partnership into the ledger, if it is known then."""
    registered = standings.registration(Noun.PARTNERSHIP, name)
    return registered if isinstance(registered, events.PartnershipOpened) else None


def stage_history(standings: Standings, name: str) -> tuple[StageChange, ...]:
    """Every change of the stage up to the day, in order of days."""
    found: list[StageChange] = []
    for day, current, reason in _stages(standings, name):
        if reason is not None and (not found or found[-1].stage is not current):
            decided = evidence(standings, [reason.position]).events
            found.append(StageChange(day=first_day(day), stage=current, decided_by=decided))
    return tuple(found)


def _stages(standings: Standings, name: str) -> list[tuple[int, Stage, Reason | None]]:
    """The stage on each day on which it may have changed, and why, in order of days."""
    told = chronicle(standings, name)
    return [(day, *stage(picture(told, day=day))) for day in days_of_change(told)]


def _first_of_last(stages: list[tuple[int, Stage, Reason | None]]) -> int | None:
    """The day since which the last stage has held without a break."""
    first = None
    for day, current, _ in reversed(stages):
        if current is not stages[-1][1]:
            break
        first = day
    return first


def last_activity(standings: Standings, name: str) -> Fact | None:
    """The last thing that the parties did by the day; nothing after it counts."""
    acts = (fact for fact in standings.acts(name) if isinstance(fact.event, ACTIVITY))
    return max(
        (fact for fact in acts if fact.act <= standings.day),
        key=lambda fact: (fact.act, fact.position),
        default=None,
    )


def _flags(standings: Standings, name: str, last: Fact | None) -> Iterator[tuple[Flag, int | None]]:
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
    yield from _dormant(standings, name, last)
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


def _dormant(
    standings: Standings, name: str, last: Fact | None
) -> Iterator[tuple[Flag, int | None]]:
    """Dormant, if the last activity is longer ago than the partnership says."""
    known = _registered(standings, name)
    said = known.dormant_after if known is not None else None
    limit = DORMANT_AFTER_DAYS if said is None else said
    if last is not None and standings.day - last.act > limit:
        yield Flag.DORMANT, last.position
