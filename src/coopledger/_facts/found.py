"""Facts found under one name."""

from bisect import insort
from collections.abc import Callable, Iterable

from coopledger._facts.index import Fact, ReplayKey, by_replay_key
from coopledger._frozen import frozen


@frozen
class Found:
    """Facts under one name, as first recorded: perhaps too many, never too few.

    Attributes:
        facts: Those that have the name by themselves or, for all that is known here, after a
            correction; in the order of their replay, those under words for something else than
            an id in log order.
        mended: The positions of those that were corrected or retracted: perhaps too many.
    """

    facts: tuple[Fact, ...] = ()
    mended: frozenset[int] = frozenset()

    def joined(self, later: "Found", name: str) -> "Found":
        """Return what is found here and among later events; a fact may be in both."""
        if later is NOTHING or not (later.facts or later.mended):
            return self
        if not self.facts and not self.mended:
            return later
        facts, mended = (*self.facts, *later.facts), self.mended | later.mended
        key = _order(name)
        if self.facts and later.facts and key(self.facts[-1]) < key(later.facts[0]):
            return Found(facts, mended)  # Mostly so; then no fact is in both.
        once = {fact.position: fact for fact in facts}.values()
        return Found(ordered(name, once), mended)


NOTHING = Found()


def _in_log_order(fact: Fact) -> ReplayKey:
    return 0, 0, 0, fact.position


def is_in_log_order(name: str) -> bool:
    """Return whether facts under the name are found in log order, and not as they replay."""
    return name.startswith(" ")  # So begin the common names of what is gathered; no id does.


def _order(name: str) -> Callable[[Fact], ReplayKey]:
    """Return the key of the order in which facts under the name are found."""
    return _in_log_order if is_in_log_order(name) else by_replay_key


def ordered(name: str, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts under a name in the order in which they are found."""
    every = tuple(facts)
    return every if len(every) <= 1 else tuple(sorted(every, key=_order(name)))


class Slot:
    """Facts under one name, while events are added and taken back.

    A reader in another thread may come at any time: it takes the facts first, then the mended.
    """

    __slots__ = ("_brought", "_facts", "_key", "_mended")

    def __init__(self, name: str) -> None:
        """Begin without facts."""
        self._key = _order(name)
        self._facts: list[Fact] = []
        self._mended: set[int] = set()
        self._brought: set[int] = set()

    def found(self) -> Found:
        """Return what is found now."""
        facts = tuple(self._facts)
        return Found(facts, frozenset(self._mended)) if self._mended else Found(facts)

    def add(self, fact: Fact) -> None:
        """List a fact at its place, which is mostly the last."""
        facts, key = self._facts, self._key
        if not facts or key(facts[-1]) < key(fact):
            facts.append(fact)
        else:
            insort(facts, fact, key=key)

    def mend(self, position: int) -> None:
        """Note that the fact at the position was corrected or retracted."""
        self._mended.add(position)

    def bring(self, fact: Fact) -> bool:
        """List a fact that a correction brings in, once; return whether it was not here."""
        if fact.position in self._brought:
            return False
        self._brought.add(fact.position)
        self.add(fact)
        return True

    def remove(self, fact: Fact) -> None:
        """Take back a fact, which is mostly near the end."""
        facts = self._facts
        place = next(place for place in reversed(range(len(facts))) if facts[place] is fact)
        del facts[place]
        self._brought.discard(fact.position)
