"""The stage of a partnership: the present one, and the history of those before."""

from collections.abc import Iterable

import attrs

from coopledger._dates.lazy_types import Date
from coopledger._rules.stage import Reason, stage
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers._stage_inputs import (
    StageInputsByDay,
    changed_on,
    days_of_change,
    stage_inputs,
    stage_inputs_by_day,
)
from coopledger.answers._wording import label, one_line
from coopledger.terms import Stage


@attrs.frozen(kw_only=True)
class StageChange:
    """From a day on, a partnership is at a stage.

    Attributes:
        day: The first day; None for the beginning.
        stage: The stage.
        decided_by: The event that brought it there.
    """

    day: Date | None
    stage: Stage
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The day and the stage."""
        return one_line(str(self.day or "from the beginning"), label(self.stage))


def stage_history(snapshot: Snapshot, name: str) -> tuple[StageChange, ...]:
    """Every change of the stage up to the day, in order of days."""
    found: list[StageChange] = []
    for spell in _spells(snapshot, name):
        if spell.reason is not None and (not found or found[-1].stage is not spell.stage):
            decided = evidence(snapshot, [spell.set_by]).events
            change = StageChange(day=first_day(spell.day), stage=spell.stage, decided_by=decided)
            found.append(change)
    return tuple(found)


@attrs.frozen
class Spell:
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


def _spells(snapshot: Snapshot, name: str) -> list[Spell]:
    """The stage on each day on which it may have changed, in order of days."""
    told = stage_inputs_by_day(snapshot, name)
    return _with_setters(
        told, [(day, *stage(stage_inputs(told, day=day))) for day in days_of_change(told)]
    )


@attrs.frozen
class PresentStage:
    """The stage on the day.

    Attributes:
        stage: The stage.
        since: The day since which it holds without a break, as an ordinal; None if nothing is
            recorded by then.
        set_by: The positions of the events that brought it about, and on which it rests now.
    """

    stage: Stage
    since: int | None
    set_by: tuple[int | None, ...]


def present_stage(snapshot: Snapshot, name: str) -> PresentStage:
    """The stage of the partnership, without its flags."""
    spells = _present_spells(snapshot, name)
    if not spells:
        return PresentStage(Stage.NONE, None, ())
    first, last = spells[0], spells[-1]
    return PresentStage(last.stage, first.day, (first.set_by, last.set_by))


def _present_spells(snapshot: Snapshot, name: str) -> list[Spell]:
    """The same, but only since the present stage holds without a break."""
    told = stage_inputs_by_day(snapshot, name)
    found: list[_Judged] = []
    for day in reversed(days_of_change(told)):
        current, reason = stage(stage_inputs(told, day=day))
        if found and found[-1][1] is not current:
            break
        found.append((day, current, reason))
    return _with_setters(told, found[::-1])


def _with_setters(told: StageInputsByDay, judged: Iterable[_Judged]) -> list[Spell]:
    """The spells, each with the event that set it."""
    spells: list[Spell] = []
    for day, current, reason in judged:
        set_by = reason.position if reason is not None else None
        if spells and spells[-1].stage is current and spells[-1].reason == reason:
            set_by = spells[-1].set_by
        elif reason is not None and reason.day < day:
            set_by = next(reversed(changed_on(told, day=day)), set_by)
        spells.append(Spell(day, current, reason, set_by))
    return spells
