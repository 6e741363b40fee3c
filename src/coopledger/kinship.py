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

    def heirs(self, parties: Iterable[str], *, by_day: int | None = None) -> tuple[str, ...]:
        """The parties, each replaced by those that have taken over from it, be it by a day."""
        acting = list(parties)
        takeovers = sorted(self._successions(acting), key=lambda takeover: takeover[0].place)
        for fact, party, by in takeovers:
            if by_day is not None and fact.effect > by_day:
                break
            acting = [heir for name in acting for heir in (by if name == party else (name,))]
        return tuple(dict.fromkeys(acting))

    def successions(self, parties: Iterable[str]) -> list[Fact]:
        """The facts by which others took over from the parties, and from those in turn."""
        return [fact for fact, _, _ in self._successions(parties)]

    def stands_for(self, parties: tuple[str, ...], signer: str, day: int) -> frozenset[str]:
        """For whom a signer signs on a day: itself, those above it, and whom these took over."""
        speaks = self.lineage(signer)
        return speaks.union(
            party for party in parties if not speaks.isdisjoint(self.heirs([party], by_day=day))
        )

    def _successions(self, parties: Iterable[str]) -> list[tuple[Fact, str, tuple[str, ...]]]:
        """Each takeover from the parties, and from those in turn: the fact, from whom, by whom."""
        waiting, seen = list(parties), set[str]()
        found: list[tuple[Fact, str, tuple[str, ...]]] = []
        while waiting:
            party = waiting.pop()
            if party not in seen:
                seen.add(party)
                for fact, by in self._taken_over(party):
                    found.append((fact, party, by))
                    waiting += by
        return found

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
