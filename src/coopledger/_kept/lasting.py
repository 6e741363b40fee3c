"""Partnerships that are folded for many days: what holds on the next day is not folded again.

All that is found out about one home stays there, each part with the days on which it holds: a
commitment that was fulfilled long ago is not looked at again, when an instrument expires.

What counts by a day counts by every later one, so that a history of changes on a day is nearly
always the beginning of that on a later day. Such histories are found out for years ahead, and each
day looks at its part; where later acts tell otherwise of the day, it is found out by itself.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable
from functools import partial
from typing import Any, TypeVar

from coopledger._contents import Contents
from coopledger._dates.asked_day import BEFORE_ALL_DAYS, AskedDay, Day, Spell
from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._kept.bundle import Bundle, KeptAnswer, members, row_of
from coopledger._kept.tracing import TracingVisible
from coopledger._rules.commitment import CommitmentCase
from coopledger._rules.hands import assigned
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.instrument_context import InstrumentContext
from coopledger._rules.lives import KeptLives
from coopledger._rules.meeting import MeetingCase
from coopledger._rules.proposal import ProposalCase
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Things

_Found = TypeVar("_Found")
_Key = TypeVar("_Key", bound=Hashable)
_DAYS_AHEAD = 3653  # for which that is found out which is found out for days to come
MOST_NAMES = 1_000_000  # on which all homes rest that are kept


class LastingSnapshot(Snapshot):
    """Snapshot whose day moves; each thing that is found out notes by itself how long it holds.

    A part of it that is asked again is a part of whoever asks: it holds no longer than that part.
    """

    def __init__(self, visible: Visible, spell: Spell) -> None:
        """Bound the facts, and note in the spell."""
        super().__init__(visible, day=AskedDay(spell))
        self._spell = spell
        self._parts: dict[Hashable, tuple[tuple[int, int], Any]] = {}
        self._later: Snapshot | None = None
        self.contents = _LastingContents(self)

    def part(self, key: Hashable, find: Callable[[], _Found]) -> _Found:
        """Return what was found out on a day of the same spell, or find it out."""
        spell, part = self._spell, self._parts.get(key)
        if part is not None and part[0][0] <= spell.day < part[0][1]:
            spell.rest_on(part[0])
            found: _Found = part[1]
            return found
        whole = spell.begin_part()
        new = find()
        self._parts[key] = spell.end_part(whole), new
        return new

    def once(self, find: Callable[[Snapshot, str], _Found], name: str) -> _Found:
        """Return what is found out about the thing, once in each spell."""
        return self.part((find, name), partial(find, self, name))

    def for_days(self, find: Callable[[Snapshot, _Key], _Found], key: _Key) -> _Found:
        """Return what is found out about the thing for this day, all before it and many after it.

        Whatever counts by a day does so on every later one: nothing is found out again until a day
        is asked about that is after them all.
        """
        return self.part((find, key, "for days"), partial(self._find_for_days, find, key))

    def _find_for_days(self, find: Callable[[Snapshot, _Key], _Found], key: _Key) -> _Found:
        """Return what is found out about the thing on a later day."""
        later = self._later
        if later is None or later.ordinal < self._spell.day:
            later = Snapshot(self.visible, day=self._spell.day + _DAYS_AHEAD)
            self._later = later
        self._spell.rest_on((BEFORE_ALL_DAYS, later.ordinal + 1))
        return find(later, key)

    def row(self, things: Things[Any], name: str, *, day: int) -> KeptAnswer:
        """Return the answer about the thing on the day, and how it is listed."""
        row = self.part((things.noun, name), partial(row_of, self, things, name, day=day))
        row.move_to(day)
        return row

    def on(self, day: Day, *, lives: KeptLives | None = None) -> Snapshot:
        """Return the snapshot of an earlier day, which is itself on its own day."""
        return self if day is self.day else super().on(day, lives=lives)

    # The same questions as of any snapshot.

    def facts(self, name: str) -> list[Fact]:
        """Return the facts that name the id and count."""
        return self.part(name, partial(self.find_facts, name))

    def proposal(self, name: str) -> ProposalCase:
        """Return the case of the proposal."""
        return self.once(Snapshot.find_proposal, name)

    def meeting(self, name: str) -> MeetingCase:
        """Return the case of the meeting."""
        return self.once(Snapshot.find_meeting, name)

    def commitment(self, name: str) -> CommitmentCase:
        """Return the case of the commitment."""
        return self.once(Snapshot.find_commitment, name)

    def instrument(self, name: str) -> InstrumentCase:
        """Return the case of the instrument."""
        return self.once(Snapshot.find_instrument, name)

    def instrument_context(self, name: str) -> InstrumentContext:
        """Return the context of the instrument."""
        return self.once(Snapshot.find_context, name)


class _LastingContents(Contents):
    """Contents of partnerships, of which only the acts that count depend on the day."""

    def __init__(self, snapshot: LastingSnapshot) -> None:
        """Start without answers."""
        super().__init__(snapshot.visible, snapshot.facts, with_children=False)
        self._snapshot = snapshot
        naming = snapshot.visible.naming
        self._on_any_day = Contents(snapshot.visible, naming, with_children=False)

    def facts_of(self, partnership: str) -> list[Fact]:
        """Return the facts of the partnership and of its contents."""
        return self._snapshot.once(self._up_to_the_day, partnership)

    def assignments(self, partnership: str) -> list[Fact]:
        """Return the facts that say who is responsible for the partnership."""
        return self._snapshot.once(self._assigned_by_then, partnership)

    def _assigned_by_then(self, snapshot: Snapshot, partnership: str) -> list[Fact]:
        """Return those of the facts that count by the day."""
        return assigned(snapshot.facts(partnership), partnership)

    def _up_to_the_day(self, snapshot: Snapshot, partnership: str) -> list[Fact]:
        """Return the facts that count by the day: these replay in the order of their days."""
        facts = self._on_any_day.facts_of(partnership)
        return facts[: bisect_right(facts, snapshot.day, key=_effect)]


def _effect(fact: Fact) -> int:
    """Return the day from which the fact counts."""
    return fact.effect


class _Home:
    """One home at one position, on a day that moves."""

    def __init__(self, visible: Visible) -> None:
        """Find out nothing yet."""
        self._visible, self._spell = visible.fresh(TracingVisible), Spell(0)
        self._snapshot = LastingSnapshot(self._visible, self._spell)
        self.rests_on = frozenset[str]()

    def bundle(self, things: Things[Any], home: str, *, day: int) -> Bundle:
        """Return the bundle of the things there on the day."""
        spell, visible = self._spell, self._visible
        spell.move_to(day)
        names = members(self._snapshot, things.noun, home)
        rows = tuple([self._snapshot.row(things, name, day=day) for name in names])
        if len(visible.asked) > len(self.rests_on):
            self.rests_on = frozenset(visible.asked)
        then = Spell(day, since=spell.since, until=spell.until)
        return Bundle(home, visible.up_to, then, self.rests_on, rows)


class LastingHomes:
    """Homes that turned before, all at one position; when the log grows, they are forgotten."""

    def __init__(self) -> None:
        """Begin without homes."""
        self._position = 0
        self._homes: dict[str, _Home] = {}
        self._names = 0

    def folded(
        self, visible: Visible, things: Things[Any], homes: Collection[str], *, day: int
    ) -> dict[str, Bundle]:
        """Return the bundles at the homes on the day; those of too large homes are not kept."""
        if self._position != visible.up_to:
            self._position, self._names, self._homes = visible.up_to, 0, {}
        now, bundles = visible.fresh(Visible), dict[str, Bundle]()
        # While one is folded it is not kept: an interruption would leave it half folded.
        kept = {at: self._homes.pop(at) for at in homes if at in self._homes}
        for at, home in kept.items():
            bundles[at] = home.bundle(things, at, day=day)
            self._homes[at] = home
        for at in now.ahead([at for at in homes if at not in kept]):
            home = _Home(now)
            bundles[at] = home.bundle(things, at, day=day)
            if self._names < MOST_NAMES:
                self._homes[at] = home
                self._names += len(home.rests_on)
        return bundles
