"""Replacement of a text by another one: the day on which none of its parties stays outside.

In words: "Several parties" in docs/reference/rules.md.
"""

from collections.abc import Callable, Iterator

from coopledger._dates.asked_day import Day
from coopledger._frozen import frozen
from coopledger._rules.history import StatusChange
from coopledger._rules.instrument_case import BINDING, InstrumentCase
from coopledger._rules.instrument_context import Replacement
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger._rules.participants import Participants
from coopledger._rules.party_case import ENOUGH, PartyCase
from coopledger.terms import InstrumentState

Change = StatusChange[InstrumentState]
# Whether a party has something of its own under a text on a day, in one of its spells.
Standing = Callable[[str, PartyCase, Day], bool]


@frozen
class Succession:
    """Succession of one text to another, each taken by itself.

    Attributes:
        old: The text that is replaced.
        new: The other one.
        name: The id of the other one.
    """

    old: InstrumentCase
    new: InstrumentCase
    name: str

    def replacement(self) -> Replacement | None:
        """Return when the new text takes the place of the whole old one; None if it does not."""
        effect = taking_effect(self.new)
        if effect is None:
            return None
        for day, position in [(effect.day, effect.position), *self._later(effect.day)]:
            if not self._outside(day, effect.day):
                return Replacement(day, self.name, position)
        return None

    def inside(self, day: Day) -> list[str]:
        """Return the parties of the old text that the new one binds on the day."""
        effect = taking_effect(self.new)
        if effect is None or effect.day > day or self._is_between_two(effect.day):
            return []
        counted, bound = self._asked(day)
        return [party for party in counted if party in bound]

    def _is_between_two(self, effect: int) -> bool:
        """Return whether the old text is between two when the new one takes effect."""
        old = self.old.participants
        return len(old.acting(_standing(old, effect, _belongs), effect)) <= ENOUGH

    def _outside(self, day: Day, effect: int) -> list[str]:
        """Return the parties of the old text that stay outside the new one on the day."""
        old, new = self.old.participants, self.new.participants
        pair = old.acting(_standing(old, effect, _belongs), effect)
        if len(pair) <= ENOUGH:
            members = _covered(new, _standing(new, effect, _belongs), effect)
            if not members.issuperset(pair):
                return []
            return [party for party in pair if party not in self._bound(day, takes_effect=True)]
        counted, bound = self._asked(day)
        return [party for party in counted if party not in bound]

    def _asked(self, day: Day) -> tuple[tuple[str, ...], set[str]]:
        """Return the parties of the old text that count on the day, and those bound by the new."""
        old, took_effect = self.old.participants, has_taken_effect(self.old, day)
        all_count = took_effect or was_registered_as_signed(self.old, day)
        counted = _standing(old, day, _belongs if all_count else _has_signed)
        return old.acting(counted, day), self._bound(day, takes_effect=took_effect)

    def _bound(self, day: Day, *, takes_effect: bool) -> set[str]:
        """Return the parties, and those above them, that the new text binds on the day.

        Under an old text that never took effect, so is whoever signed or consented.
        """
        new = self.new.participants
        standing = _standing(new, day, _in_force(self.new))
        if not takes_effect:
            standing += _standing(new, day, _has_signed)
        return _covered(new, standing, day)

    def _later(self, effect: int) -> list[tuple[int, int]]:
        """Return the later days on which somebody comes in or leaves, each with the event."""
        both = self.new.participants, self.old.participants
        changes = sorted(change for each in both for change in _changes(each))
        days = {day for each in both for day in each.relations.days_of_succession(each.cases)}
        days.update(
            day for each in both if each.settled_on != 0 for day in each.relations.days_of_members()
        )
        for day in days.difference(day for day, _ in changes):  # A successor may be inside.
            changes += [(day, self._brought_in_by(day))] if day > effect else []
        return sorted(change for change in changes if change[0] > effect)

    def _brought_in_by(self, day: int) -> int:
        """Return the event that last brought a party in by the day, or the last outsider out."""
        effect = taking_effect(self.new)
        changes = [*_changes(self.new.participants), *_leavings(self.old.participants)]
        changes += [(effect.day, effect.position)] if effect is not None else []
        return max(change for change in changes if change[0] <= day)[1]


def taking_effect(case: InstrumentCase) -> Change | None:
    """Return the change by which a text took effect; None if it never did."""
    return next((change for change in case.history.changes if change.status in IN_EFFECT), None)


def has_taken_effect(case: InstrumentCase, day: Day) -> bool:
    """Return whether a text took effect by the day, or was suspended from it."""
    states = IN_EFFECT | {InstrumentState.SUSPENDED}
    return any(change.status in states and change.day <= day for change in case.history.changes)


def was_registered_as_signed(case: InstrumentCase, day: Day) -> bool:
    """Return whether the text was signed by the day as its registration says, by all then."""
    return any(
        change.status is InstrumentState.SIGNED
        and change.position == case.context.registered
        and change.day <= day
        for change in case.history.changes
    )


def _standing(participants: Participants, day: Day, stands: Standing) -> list[str]:
    """Return the parties that stand under the text on the day."""
    return [
        name
        for name, case in participants.lives_on(day)
        if any(spell.belongs_on(day) and stands(name, spell, day) for spell in case.spells)
    ]


def _covered(participants: Participants, names: list[str], day: Day) -> set[str]:
    """Return the parties on the day, and those for which they count.

    A unit counts for the party above it, a successor for its predecessor.
    """
    relations = participants.relations
    return {
        party
        for name in participants.acting(names, day)
        for above in relations.above(name)
        for party in (above, *relations.standing_for(above, day))
    }


def _belongs(_: str, __: PartyCase, ___: Day) -> bool:
    """Return that the text is the party's own."""
    return True


def _has_signed(_: str, spell: PartyCase, day: Day) -> bool:
    """Return whether the party has signed the text or consented to it by the day."""
    return any(fact is not None and fact.effect <= day for fact in (spell.signed, spell.consented))


def _in_force(case: InstrumentCase) -> Standing:
    """Return the question whether the text is in force for a party on a day."""
    participants = case.participants

    def is_in_force(name: str, spell: PartyCase, day: Day) -> bool:
        if not _is_binding(case, day):
            return False
        since = participants.in_force_since(name, spell)
        if since is not None and since[0] <= day:
            return True
        return any(
            party == name and first <= day < until for party, first, _, until in participants.past
        )

    return is_in_force


def _is_binding(case: InstrumentCase, day: Day) -> bool:
    """Return whether the text was in force for anybody on the day, as far as its state tells."""
    on_day = (change for change in reversed(case.history.changes) if change.day <= day)
    change = next(on_day, None)
    return change is not None and change.status in BINDING


def _leavings(participants: Participants) -> Iterator[tuple[int, int]]:
    """Yield the days on which a party has left, each with the event's position."""
    for case in participants.cases.values():
        yield from (spell.left for spell in case.spells if spell.left is not None)


def _changes(participants: Participants) -> Iterator[tuple[int, int]]:
    """Yield the days on which something changes for a party, each with the event's position."""
    yield from ((first, position) for _, first, position, _ in participants.past)
    for name, case in participants.cases.items():
        for spell in case.spells:
            yield from (
                (fact.effect, fact.position)
                for fact in (spell.signed, spell.consented)
                if fact is not None
            )
            yield from filter(None, (spell.left, participants.in_force_since(name, spell)))
