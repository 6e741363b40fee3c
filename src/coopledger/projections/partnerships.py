"""Answers about partnerships: the stage, the flags beside it, and the history of both."""

from collections.abc import Iterable, Iterator

import attrs

from coopledger import events
from coopledger.dates import to_date
from coopledger.facts import Fact
from coopledger.projections.answers import Partnership, StageChange
from coopledger.projections.chronicles import (
    Chronicle,
    chronicle,
    days_of_change,
    movers,
    picture,
)
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
    spells = _present_spells(standings, name)
    last_spell = spells[-1] if spells else None
    last = last_activity(standings, name)
    flags = list(_flags(standings, name, last))
    behind = [spell.set_by for spell in (*spells[:1], *spells[-1:])]
    basis = evidence(standings, [*behind, *(position for _, position in flags)])
    return Partnership(
        id=name,
        parties=standings.parties(name),
        scope=known.scope if known else None,
        parent=known.parent if known else None,
        owner=known.owner if known else None,
        stage=last_spell.stage if last_spell else Stage.NONE,
        since=first_day(spells[0].day) if spells else None,
        flags=tuple(sorted({flag for flag, _ in flags})),
        instruments=tuple(
            instrument(standings, item)
            for item in standings.membership.members(Noun.INSTRUMENT, name)
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
    for spell in _spells(standings, name):
        if spell.reason is not None and (not found or found[-1].stage is not spell.stage):
            decided = evidence(standings, [spell.set_by]).events
            change = StageChange(day=first_day(spell.day), stage=spell.stage, decided_by=decided)
            found.append(change)
    return tuple(found)


@attrs.frozen
class _Spell:
    """The stage from a day on which something changed.

    Attributes:
        day: The day, as an ordinal.
        stage: The stage.
        reason: On what it rests.
        set_by: The position of the event that set it: that of the reason, or of what moved it
            there where the reason is older.
    """

    day: int
    stage: Stage
    reason: Reason | None
    set_by: int | None


_Judged = tuple[int, Stage, Reason | None]


def _spells(standings: Standings, name: str) -> list[_Spell]:
    """The stage on each day on which it may have changed, in order of days."""
    told = chronicle(standings, name)
    return _with_setters(
        told, [(day, *stage(picture(told, day=day))) for day in days_of_change(told)]
    )


def _present_spells(standings: Standings, name: str) -> list[_Spell]:
    """The same, but only since the present stage holds without a break."""
    told = chronicle(standings, name)
    found: list[_Judged] = []
    for day in reversed(days_of_change(told)):
        current, reason = stage(picture(told, day=day))
        if found and found[-1][1] is not current:
            break
        found.append((day, current, reason))
    return _with_setters(told, found[::-1])


def _with_setters(told: Chronicle, judged: Iterable[_Judged]) -> list[_Spell]:
    """The spells, each with the event that set it."""
    spells: list[_Spell] = []
    for day, current, reason in judged:
        set_by = reason.position if reason is not None else None
        if spells and spells[-1].stage is current and spells[-1].reason == reason:
            set_by = spells[-1].set_by
        elif reason is not None and reason.day < day:
            set_by = next(reversed(movers(told, day=day)), set_by)
        spells.append(_Spell(day, current, reason, set_by))
    return spells


def last_activity(standings: Standings, name: str) -> Fact | None:
    """The last thing that the parties did by the day; nothing after it counts."""
    acts = (fact for fact in standings.membership.acts(name) if isinstance(fact.event, ACTIVITY))
    return max(
        (fact for fact in acts if fact.act <= standings.day),
        key=lambda fact: (fact.act, fact.place),
        default=None,
    )


def _flags(standings: Standings, name: str, last: Fact | None) -> Iterator[tuple[Flag, int | None]]:
    """The flags, each with an event that sets it."""
    instruments = standings.membership.members(Noun.INSTRUMENT, name)
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
    for item in standings.membership.members(Noun.MEETING, name):
        if standings.meeting(item).status is MeetingStatus.UNRECORDED:
            yield Flag.UNRECORDED_MEETINGS, standings.meeting(item).set_by
    for fact in standings.membership.acts(name):
        for dispute in filter(standings.counts, standings.visible.disputes(fact.id)):
            yield Flag.CONFLICTS, dispute.position


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
