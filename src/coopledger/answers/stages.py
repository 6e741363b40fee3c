"""Stages of a partnership: the present one, and every change of stage up to the day.

The stage is read from the instruments, proposals, closings and contacts of the partnership. They
are gathered once, and the rules are then asked about each day on which one of them changed.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter

import attrs

from coopledger._dates.asked_day import Day
from coopledger._dates.lazy_types import Date
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._rules.history import StatusHistory
from coopledger._rules.proposal import OPEN, ProposalCase
from coopledger._rules.stage import InstrumentOnDay, Rank, Reason, StageInputs, stage
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence, first_day, is_certain_since
from coopledger.answers._fuzzy_ends import ENDED_BY_TIME, rested_on_fuzzy_end
from coopledger.answers._shown import Shown
from coopledger.answers._wording import approx, label, one_line, phrase
from coopledger.events import Contact, PartnershipClosed
from coopledger.terms import InstrumentState, Noun, Stage


@frozen(kw_only=True)
class StageChange(Shown):
    """From a day on, a partnership is at a stage.

    Attributes:
        day: The first day; None for the beginning.
        stage: The stage.
        certain: Whether no date behind it is fuzzy.
        decided_by: The event that brought it there.
    """

    day: Date | None
    stage: Stage
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the day and the stage."""
        day = phrase("", self.day, approx(certain=self.certain)) or "from the beginning"
        return one_line(day, label(self.stage))


@frozen
class PresentStage:
    """Stage of a partnership on the day.

    Attributes:
        stage: The stage.
        since: The day since which it holds without a break, as an ordinal; None if nothing is
            recorded by then.
        set_by: The positions of the events that brought it about, and on which it rests now.
        since_certain: Whether the day comes from no fuzzy date.
        certain: Whether neither the one nor the other rests on the fuzzy end of a text.
    """

    stage: Stage
    since: int | None
    set_by: tuple[int | None, ...]
    since_certain: bool
    certain: bool


def stage_history(snapshot: Snapshot, name: str) -> Answers[StageChange]:
    """Return every change of the stage up to the day, in order of days."""
    course = Course.of(snapshot, name)
    changes: list[StageChange] = []
    for spell in map(course.spell, range(len(course.days))):
        if spell.reason is not None and (not changes or changes[-1].stage is not spell.stage):
            basis = evidence(snapshot, [spell.set_by])
            is_fuzzy = _rests_on_fuzzy_end(snapshot, spell.reason, spell.day)
            changes.append(
                StageChange(
                    day=first_day(spell.day),
                    stage=spell.stage,
                    certain=basis.certain and not is_fuzzy,
                    decided_by=basis.events,
                )
            )
    return Answers(changes, kind=StageChange)


def stages_by_day(snapshot: Snapshot, name: str) -> Callable[[int], Stage]:
    """Return the function that gives the stage on each day up to the day of the snapshot."""
    inputs = Course.of(snapshot, name).inputs
    return lambda day: stage(inputs.on(day))[0]


def present_stage(snapshot: Snapshot, name: str) -> PresentStage:
    """Return the stage of the partnership on the day, without its flags."""
    course = snapshot.for_days(Course.of, name)
    if not course.holds_on(snapshot):
        course = Course.of(snapshot, name)
    place = bisect_right(course.days, snapshot.day) - 1
    if place < 0:
        return PresentStage(Stage.NONE, None, (), since_certain=True, certain=True)
    first, last = course.spell(course.first_of_stage(place)), course.spell(place)
    certain = not (
        _rests_on_fuzzy_end(snapshot, last.reason, snapshot.day)
        or _rests_on_fuzzy_end(snapshot, first.reason, first.day)
    )
    return PresentStage(
        last.stage,
        first.day,
        (first.set_by, last.set_by),
        since_certain=_is_certain_since(snapshot, course, first),
        certain=certain,
    )


def _is_certain_since(snapshot: Snapshot, course: "Course", spell: "_Spell") -> bool:
    """Return whether the first day of the spell comes from no fuzzy date, nor a fuzzy end."""
    return is_certain_since(snapshot, spell.day, [spell.set_by]) and not any(
        rested_on_fuzzy_end(snapshot, name, spell.day)
        for position, name in course.changes[spell.day]
        if position == spell.set_by and name is not None
    )


def _rests_on_fuzzy_end(snapshot: Snapshot, reason: Reason | None, day: Day) -> bool:
    """Return whether the text by which a stage holds on a day has a fuzzy end."""
    name = reason.instrument if reason is not None else None
    return name is not None and rested_on_fuzzy_end(snapshot, name, day)


@frozen
class _Spell:
    """Stage from a day on which something changed.

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


# Event that changed something on a day; the text that time ended by it, if that is the change.
_Change = tuple[int, str | None]


@attrs.define
class Course:
    """Course of the stage of one partnership, up to the day of the snapshot.

    What is asked about one day is not looked for again when another day is asked about.

    Attributes:
        inputs: The inputs of the stage.
        changes: The changes on each day on which the stage may change, as an ordinal.
        days: Those days in order.
    """

    inputs: "_StageInputsByDay"
    changes: dict[int, list[_Change]]
    days: list[int]
    _as_on_days: dict[str, StatusHistory[InstrumentState]] = attrs.field(
        factory=dict[str, StatusHistory[InstrumentState]]
    )
    _readings: dict[int, tuple[Stage, Reason | None]] = attrs.field(
        factory=dict[int, tuple[Stage, Reason | None]]
    )
    _first: dict[int, int] = attrs.field(factory=dict[int, int])
    _set_by: dict[int, int | None] = attrs.field(factory=dict[int, "int | None"])

    @classmethod
    def of(cls, snapshot: Snapshot, name: str) -> "Course":
        """Return the course of the stage of the partnership."""
        inputs = _inputs_by_day(snapshot, name)
        changes = inputs.changes()
        return cls(inputs, changes, sorted(changes))

    def holds_on(self, snapshot: Snapshot) -> bool:
        """Return whether the texts have this course on the day too.

        Acts to come may change what is said of it: so a second consent of a party takes the place
        of the first, and the text takes the place of another one later.
        """
        return all(
            self._is_part_of(name, history, snapshot) for name, history in self.inputs.instruments
        )

    def _is_part_of(
        self, name: str, history: StatusHistory[InstrumentState], snapshot: Snapshot
    ) -> bool:
        """Return whether the changes of a text by the day are the first of those of its course."""
        now = snapshot.instrument(name).history
        count = len(now.changes)
        if self._as_on_days.get(name) is not now:
            if history.changes[:count] != now.changes:
                return False
            self._as_on_days[name] = now
        return count == len(history.changes) or snapshot.day < history.changes[count].day

    def spell(self, place: int) -> "_Spell":
        """Return the stage from the day at a place, with the event that set it."""
        current, reason = self._reading(place)
        return _Spell(self.days[place], current, reason, self._set_by_at(place))

    def first_of_stage(self, place: int) -> int:
        """Return the place from which the stage is the same up to the place given."""
        first, (current, _) = place, self._reading(place)
        while first and first not in self._first and self._reading(first - 1)[0] is current:
            first -= 1
        self._first[place] = self._first.get(first, first)
        return self._first[place]

    def _reading(self, place: int) -> tuple[Stage, Reason | None]:
        """Return the stage on the day at the place, and the reason that the rules give."""
        reading = self._readings.get(place)
        if reading is None:
            reading = self._readings[place] = stage(self.inputs.on(self.days[place]))
        return reading

    def _set_by_at(self, place: int) -> int | None:
        """Return the position of the event that set the stage, kept for all days of one reason."""
        first, reading = place, self._reading(place)
        while first and first not in self._set_by and self._reading(first - 1) == reading:
            first -= 1
        if first not in self._set_by:
            self._set_by[first] = self._find_set_by(first)
        self._set_by[place] = self._set_by[first]
        return self._set_by[place]

    def _find_set_by(self, place: int) -> int | None:
        """Return the position of the event of the reason, or of what moved the stage there."""
        _, reason = self._reading(place)
        day = self.days[place]
        if reason is None or reason.day >= day:
            return reason.position if reason is not None else None
        changed = [position for position, _ in self.changes[day]]
        return max(changed, key=self.inputs.ranks.__getitem__, default=reason.position)


@frozen
class _StageInputsByDay:
    """Everything from which the stage of one partnership is read, up to the day of the snapshot.

    Attributes:
        instruments: Each instrument with its changes of state.
        days: The days on which a state changed, as ordinals, in order.
        states: The instruments in some state from each of these days, in their order.
        proposals: Each proposal, with its changes of status.
        closings: The events that closed the partnership, in the order of replay.
        contact: The first contact of the parties.
        ranks: For the position of each event that changed something, its rank among the events
            that count from the same day.
    """

    instruments: tuple[tuple[str, StatusHistory[InstrumentState]], ...]
    days: Sequence[int]
    states: Sequence[Sequence[InstrumentOnDay]]
    proposals: tuple[ProposalCase, ...]
    closings: tuple[Fact, ...]
    contact: Fact | None
    ranks: dict[int, Rank]

    def changes(self) -> dict[int, list[_Change]]:
        """Return the changes on each day on which the stage may change, as an ordinal."""
        changes: dict[int, list[_Change]] = {}
        for name, history in self.instruments:
            for each in history.changes:
                ended = name if each.status in ENDED_BY_TIME else None
                changes.setdefault(each.day, []).append((each.position, ended))
        for proposal in self.proposals:
            for change in proposal.history.changes:
                changes.setdefault(change.day, []).append((change.position, None))
            for fact in proposal.firm:
                changes.setdefault(fact.effect, [])
        for fact in self.closings:
            changes.setdefault(fact.effect, []).append((fact.position, None))
        if self.contact is not None:
            changes.setdefault(self.contact.effect, [])
        return changes

    def on(self, day: int) -> StageInputs:
        """Return the inputs of the stage on the day."""
        closings = [fact for fact in self.closings if fact.effect <= day]
        has_contact = self.contact is not None and self.contact.effect <= day
        return StageInputs(
            instruments=self._instruments_on(day),
            open_proposals=partial(self._open_proposals_on, day),
            closed=closings[-1] if closings else None,
            contact=self.contact if has_contact else None,
        )

    def _instruments_on(self, day: int) -> Sequence[InstrumentOnDay]:
        """Return the instruments that are in some state on the day."""
        place = bisect_right(self.days, day)
        return self.states[place - 1] if place else ()

    def _open_proposals_on(self, day: int) -> Iterator[Fact]:
        """Yield for each proposal open on the day the act that put it, or else the first answer."""
        for proposal in self.proposals:
            now, firm = proposal.history.on(day), proposal.firm_on(day)
            if now is not None and now.status in OPEN and firm is not None:
                yield firm


def _inputs_by_day(snapshot: Snapshot, name: str) -> _StageInputsByDay:
    """Gather the inputs of the stage of the partnership."""
    acts = snapshot.contents.facts_of(name)
    instruments = tuple(
        (item, snapshot.instrument(item).history)
        for item in snapshot.contents.members(Noun.INSTRUMENT, name)
    )
    positions = [change.position for _, history in instruments for change in history.changes]
    changes = map(snapshot.visible.fact, positions)
    ranks = {fact.position: fact.replay_key[1:] for fact in (*acts, *changes) if fact}
    states = dict(_states_by_day(instruments, ranks))
    return _StageInputsByDay(
        instruments=instruments,
        days=list(states),
        states=list(states.values()),
        proposals=tuple(map(snapshot.proposal, snapshot.contents.members(Noun.PROPOSAL, name))),
        closings=tuple(
            fact
            for fact in acts
            if isinstance(fact.event, PartnershipClosed) and fact.event.partnership == name
        ),
        contact=next((fact for fact in acts if isinstance(fact.event, Contact)), None),
        ranks=ranks,
    )


def _states_by_day(
    instruments: Iterable[tuple[str, StatusHistory[InstrumentState]]], ranks: Mapping[int, Rank]
) -> Iterator[tuple[int, list[InstrumentOnDay]]]:
    """Yield each day on which a state changed, with the instruments in some state from then on."""
    changes = sorted(
        (
            (change.day, place, name, change)
            for place, (name, history) in enumerate(instruments)
            for change in history.changes
        ),
        key=itemgetter(0, 1),
    )
    now: dict[int, InstrumentOnDay] = {}
    for day, its in groupby(changes, key=itemgetter(0)):
        for _, place, name, change in its:
            position = change.position
            now[place] = InstrumentOnDay(name, change.status, day, position, ranks[position])
        in_order = [now[place] for place in sorted(now)]
        yield day, [each for each in in_order if each.state is not InstrumentState.NONE]
