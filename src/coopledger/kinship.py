"""Who belongs to whom, and who took over from whom, among the parties of a ledger."""

from collections.abc import Callable, Iterable, Iterator

from coopledger.events import PartyRegistered, PartySucceeded
from coopledger.facts import Fact, Visible
from coopledger.terms import Noun

__all__ = ["Kinship"]


class Kinship:
    """The parties known, and those that had taken over by the day asked about."""

    def __init__(self, visible: Visible, facts: Callable[[str], list[Fact]]) -> None:
        """``facts`` gives the facts about a party that count by the day."""
        self._visible = visible
        self._facts = facts
        self._takeovers: dict[str, list[tuple[Fact, tuple[str, ...]]]] = {}

    def lineage(self, party: str) -> frozenset[str]:
        """The party, its parent, and so on upwards."""
        return frozenset(self._upwards(party))

    def countries(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The countries of the parties, or of the nearest above them that have one, sorted."""
        found = {
            next((code for name in self._upwards(party) if (code := self._country(name))), None)
            for party in parties
        }
        return tuple(sorted(code for code in found if code is not None))

    def heirs(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The parties, each replaced by those that have taken over from it."""
        return tuple(dict.fromkeys(heir for party in parties for heir in self._heirs_of(party, ())))

    def successions(self, parties: Iterable[str]) -> list[Fact]:
        """The facts by which others took over from the parties, and from those in turn."""
        waiting, found = list(parties), dict[int, Fact]()
        while waiting:
            for fact, by in self._taken_over(waiting.pop()):
                if fact.position not in found:
                    found[fact.position] = fact
                    waiting += by
        return list(found.values())

    def stands_for(self, parties: tuple[str, ...], signer: str) -> frozenset[str]:
        """For whom a signer signs: itself, those above it, and parties that these took over."""
        speaks = self.lineage(signer)
        return speaks.union(
            party for party in parties if not speaks.isdisjoint(self.heirs([party]))
        )

    def _upwards(self, party: str) -> Iterator[str]:
        """The party, its parent, and so on, each once."""
        seen: set[str] = set()
        current: str | None = party
        while current is not None and current not in seen:
            yield current
            seen.add(current)
            registered = self._registered(current)
            current = registered.parent if registered is not None else None

    def _country(self, party: str) -> str | None:
        """The country with which the party is registered."""
        registered = self._registered(party)
        return registered.country if registered is not None else None

    def _registered(self, party: str) -> PartyRegistered | None:
        """The registration of the party, if it is known."""
        for fact in self._visible.openings(Noun.PARTY, party):
            if isinstance(fact.event, PartyRegistered):
                return fact.event
        return None

    def _taken_over(self, party: str) -> list[tuple[Fact, tuple[str, ...]]]:
        """The facts by which others took over from the party, with those others."""
        if party not in self._takeovers:
            self._takeovers[party] = [
                (fact, fact.event.by)
                for fact in self._facts(party)
                if isinstance(fact.event, PartySucceeded) and fact.event.party == party
            ]
        return self._takeovers[party]

    def _heirs_of(self, party: str, past: tuple[str, ...]) -> list[str]:
        """Those that act for the party now; itself if nobody took over."""
        for _, by in self._taken_over(party):
            if party not in past:
                return [heir for name in by for heir in self._heirs_of(name, (*past, party))]
        return [party]
