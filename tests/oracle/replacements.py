"""Texts that take the place of others: 'supersedes' with two parties and with more."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.facts import VisibleFacts, effect_of, replay_key
from tests.oracle.instrument_life import IN_EFFECT, RUNNING, Instrument
from tests.oracle.merging import said_by
from tests.oracle.participations import Participation
from tests.oracle.parties import above, followed

__all__ = ["inside", "replacement"]

# How a text is folded that is taken by itself.
Alone = Callable[[VisibleFacts, str, int], Instrument | None]


def replacement(
    visible: VisibleFacts, name: str, day: int, alone: Alone
) -> tuple[int, str, str] | None:
    """Return the day of the first replacement by the day, the event, and the new text."""
    found: list[tuple[int, str, str]] = []
    for new in _successors(visible, name):
        case = _Replacement.of(visible, name, new, day, alone)
        if case is not None:
            found += case.first(day)
    return min(found, key=lambda effect: (effect[0], visible.places[effect[1]]), default=None)


def inside(visible: VisibleFacts, name: str, day: int, alone: Alone) -> dict[str, str]:
    """Return the new text of each party that is inside one.

    'Until then those inside are told in its participations.'
    """
    found: dict[str, str] = {}
    for new in _successors(visible, name):
        case = _Replacement.of(visible, name, new, day, alone)
        if case is not None and not case.is_between_two:
            for each in case.insiders(day):
                found.setdefault(each, new)
    return found


def _successors(visible: VisibleFacts, name: str) -> list[str]:
    """Return the texts that supersede it; none supersedes itself."""
    names = dict.fromkeys(
        fact["instrument"] for fact in visible.known if fact["type"] == "InstrumentRegistered"
    )
    registered = [visible.registered("InstrumentRegistered", "instrument", each) for each in names]
    return [
        each["instrument"]
        for each in registered
        if each and name in (each.get("supersedes") or []) and each["instrument"] != name
    ]


@dataclass(frozen=True)
class _Replacement:
    """One text that takes the place of another, each taken by itself.

    Attributes:
        effect: The first evening on which the new text was in effect, and the event.
        parties: The old parties of that day.
    """

    visible: VisibleFacts
    old: str
    new: str
    effect: tuple[int, str]
    parties: list[str]
    alone: Alone

    @classmethod
    def of(
        cls, visible: VisibleFacts, old: str, new: str, day: int, alone: Alone
    ) -> "_Replacement | None":
        """'A replacement ends the old text only when it takes effect itself.'"""
        text = alone(visible, new, day)
        effect = text.history.first(IN_EFFECT) if text else None
        before = alone(visible, old, effect[0]) if effect else None
        if effect is None or before is None:
            return None
        return cls(visible, old, new, effect, list(before.parties.members), alone)

    @property
    def is_between_two(self) -> bool:
        """'Whether the old text is between two is counted when the new one takes effect.'"""
        return len(self.parties) <= 2

    def first(self, day: int) -> list[tuple[int, str, str]]:
        """Return the first day on which it replaces the other, with the reason; or nothing."""
        turns = {effect_of(fact) for fact in self.visible.until(day)} | {self.effect[0]}
        for name in (self.old, self.new):
            text = self._text(name, day)
            turns |= text.parties.entry_days
            turns |= {life.left[0] for life in text.parties.gone.values() if life.left}
            turns |= set(text.history.days)
        for turn in sorted(each for each in turns if self.effect[0] <= each <= day):
            if self._replaces(turn):
                return [(turn, self._reason(turn), self.new)]
        return []

    def _text(self, name: str, day: int) -> Instrument:
        text = self.alone(self.visible, name, day)
        assert text is not None
        return text

    def _replaces(self, day: int) -> bool:
        """'When none of them stays outside the new one'.

        'Between two: when the new one is in force for both, if both are its parties; else when it
        takes effect.'
        """
        if not self.is_between_two:
            return set(self._asked(day)) <= set(self.insiders(day))
        members = list(self._text(self.new, self.effect[0]).parties.members)
        if not all(self._cover(members, name, self.effect[0]) for name in self.parties):
            return True
        bound = self._text(self.new, day).in_force_for
        return all(self._cover(bound, name, day) for name in self.parties)

    def _never_took_effect(self, day: int) -> bool:
        return self._text(self.old, day).history.first(RUNNING) is None

    def _asked(self, day: int) -> list[str]:
        """'Who never signed such an old text, or took its signature back, does not count.'"""
        old = self._text(self.old, day)
        lives = old.parties.members.items()
        said, event = old.registration, said_by(old.registration, "state")
        told = next((fact for fact in self.visible.until(day) if fact["id"] == event), None)
        was_signed = said.get("state") == "signed" and told is not None
        if not self._never_took_effect(day) or was_signed:
            return [name for name, _ in lives]
        return [name for name, life in lives if _signed_or_consented(life)]

    def insiders(self, day: int) -> list[str]:
        """'Inside = the new text is in force for it.'

        'Under an old text that never took effect: it signed or consented to the new one.'
        """
        new = self._text(self.new, day)
        names = new.in_force_for
        if self._never_took_effect(day):
            lives = new.parties.members.items()
            names = [*names, *(name for name, life in lives if _signed_or_consented(life))]
        asked = self._asked(day)
        return [name for name in asked if self._cover(names, name, day)]

    def _cover(self, names: list[str], name: str, day: int) -> bool:
        """'A unit counts for the party above it, a successor for its predecessor.'"""
        return bool(self._covering(names, name, day))

    def _covering(self, names: list[str], name: str, day: int) -> list[str]:
        passed = [*self._text(self.old, day).parties.passed(day)]
        passed += [f for f in self._text(self.new, day).parties.passed(day) if f not in passed]
        passed.sort(key=replay_key)
        meant = {name, *followed([name], passed)}
        return [each for each in names if above(self.visible, each, []) & meant]

    def _reason(self, day: int) -> str:
        """Return the last of what brought it about: its effect, an entry, or a leaving."""
        old, new = self._text(self.old, day), self._text(self.new, day)
        reasons = [self.effect]
        for life in new.parties.members.values():
            reasons += [life.entry] if life.entry else []
            if self._never_took_effect(day):
                facts = [life.signed or life.signed_before, life.consented]
                reasons += [(effect_of(fact), fact["id"]) for fact in facts if fact]
        reasons += [life.left for life in old.parties.gone.values() if life.left]
        by_then = [reason for reason in reasons if reason[0] <= day]
        return max(by_then, key=lambda reason: (reason[0], self.visible.places[reason[1]]))[1]


def _signed_or_consented(life: Participation) -> bool:
    return bool(life.signed or life.signed_before or life.consented)
