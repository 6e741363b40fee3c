"""Parties, those above them, and those who took over from them."""

from collections.abc import Callable, Iterable, Iterator

from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger.events import PartyRegistered, PartySucceeded
from coopledger.terms import Noun


class Parties:
    """Parties known, their parents and their successors by the day of the snapshot.

    Attributes:
        consulted: The parties whose registration was looked up.
    """

    def __init__(self, visible: Visible, facts: Callable[[str], list[Fact]]) -> None:
        """Start without answers; ``facts`` gives the facts about a party that count by the day."""
        self.consulted: set[str] = set()
        self._visible = visible
        self._facts = facts
        self._takeovers: dict[str, list[tuple[Fact, tuple[str, ...]]]] = {}
        self._heirs: dict[tuple[str, ...], dict[str, list[str]]] = {}

    def ancestors(self, party: str) -> frozenset[str]:
        """Return the party, its parent, and so on upwards."""
        return frozenset(with_ancestors(party, self._parent))

    def countries(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Return the countries of the parties, or of their nearest ancestors with one, sorted."""
        countries = {
            next(filter(None, map(self._country, with_ancestors(party, self._parent))), None)
            for party in parties
        }
        return tuple(sorted(code for code in countries if code is not None))

    def successors(self, parties: Iterable[str], *, by_day: int | None = None) -> tuple[str, ...]:
        """Return the parties, each replaced by its successors, on the day or by an earlier one."""
        acting = list(parties)
        self._visible.prefetch(acting)
        takeovers = sorted(self._successions(acting), key=lambda takeover: takeover[0].replay_key)
        for fact, party, by in takeovers:
            if by_day is not None and fact.effect > by_day:
                break
            acting = [heir for name in acting for heir in (by if name == party else (name,))]
        return tuple(dict.fromkeys(acting))

    def successions(self, parties: Iterable[str]) -> list[Fact]:
        """Return the facts by which others took over from the parties, and from these others."""
        return [fact for fact, _, _ in self._successions(parties)]

    def represented_by(self, parties: tuple[str, ...], signer: str, day: int) -> frozenset[str]:
        """Return the signer, its ancestors, and the parties that these have taken over from."""
        ancestors = self.ancestors(signer)
        former = self._with_heirs(parties)
        return ancestors.union(
            party
            for ancestor in ancestors
            for party in former.get(ancestor, ())
            if not ancestors.isdisjoint(self.successors([party], by_day=day))
        )

    def _with_heirs(self, parties: tuple[str, ...]) -> dict[str, list[str]]:
        """Return those of the parties from which others took over, by each who ever acts for them.

        Most parties are never taken over, so that a text of a hundred parties is soon looked
        through for each of a hundred signatures.
        """
        if parties not in self._heirs:
            heirs: dict[str, list[str]] = {}
            for party in parties:
                takeovers = self._successions([party])
                for heir in dict.fromkeys(name for _, old, by in takeovers for name in (old, *by)):
                    heirs.setdefault(heir, []).append(party)
            self._heirs[parties] = heirs
        return self._heirs[parties]

    def act_for_themselves(self, parties: Iterable[str]) -> bool:
        """Return whether nobody ever took over from one of the parties, on any day."""
        return not any(
            isinstance(fact.event, PartySucceeded) and fact.event.party == party
            for party in parties
            for fact in self._visible.naming(party)
        )

    def take_as_themselves(self, parties: tuple[str, ...]) -> None:
        """Look no more for those who took over from the parties, of which there are none."""
        self._heirs[parties] = {}

    def _successions(self, parties: Iterable[str]) -> list[tuple[Fact, str, tuple[str, ...]]]:
        """Return each takeover from the parties and their successors: fact, old party, new ones."""
        waiting, seen = list(parties), set[str]()
        takeovers: list[tuple[Fact, str, tuple[str, ...]]] = []
        while waiting:
            party = waiting.pop()
            if party not in seen:
                seen.add(party)
                for fact, by in self._taken_over(party):
                    takeovers.append((fact, party, by))
                    waiting += by
        return takeovers

    def _parent(self, party: str) -> str | None:
        """Return the party to which the party belongs."""
        registered = self._registered(party)
        return registered.parent if registered is not None else None

    def _country(self, party: str) -> str | None:
        """Return the country with which the party is registered."""
        registered = self._registered(party)
        return registered.country if registered is not None else None

    def _registered(self, party: str) -> PartyRegistered | None:
        """Return the registration of the party, if it is known."""
        self.consulted.add(party)
        for fact in self._visible.openings(Noun.PARTY, party):
            if isinstance(fact.event, PartyRegistered):
                return fact.event
        return None

    def _taken_over(self, party: str) -> list[tuple[Fact, tuple[str, ...]]]:
        """Return the facts by which others took over from the party, each with the others."""
        if party not in self._takeovers:
            self._takeovers[party] = [
                (fact, fact.event.by)
                for fact in self._facts(party)
                if isinstance(fact.event, PartySucceeded) and fact.event.party == party
            ]
        return self._takeovers[party]


def with_ancestors(name: str | None, parent_of: Callable[[str], str | None]) -> Iterator[str]:
    """Yield the name, its parent, and so on upwards, each once."""
    seen: set[str] = set()
    while name is not None and name not in seen:
        yield name
        seen.add(name)
        name = parent_of(name)
