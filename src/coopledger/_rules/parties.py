"""Parties, those above them, and those who took over from them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeAlias

from coopledger._dates.asked_day import Day
from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._frozen import frozen
from coopledger.events import PartyRegistered, PartySucceeded
from coopledger.terms import Noun


@frozen
class Affair:
    """Thing of which parties are, that may pass on to others.

    Attributes:
        thing: The id of a partnership, an instrument or a commitment.
        partnership: The partnership to which it belongs.
    """

    thing: str | None = None
    partnership: str | None = None


EVERYTHING = Affair()
# A succession: the fact, the party from which others took over, and these others.
Takeover: TypeAlias = tuple[Fact, str, tuple[str, ...]]


class Relations(Protocol):
    """Relations of the parties of one text to others, above them and after them."""

    def above(self, party: str) -> tuple[str, ...]:
        """Return the party, its parent, and so on upwards."""
        ...

    def successors(self, party: str, day: Day) -> tuple[str, ...]:
        """Return the parties that stand in the place of the party on a day."""
        ...

    def meant(self, party: str, day: Day) -> tuple[str, ...]:
        """Return who is meant by the name of the party on a day."""
        ...

    def later_successors(self, parties: Iterable[str], day: Day, *, after: int) -> tuple[str, ...]:
        """Return those that stand on a day in the place of parties of an earlier one."""
        ...

    def standing_for(self, party: str, day: Day) -> Sequence[str]:
        """Return the names in whose place the party stands on a day, its own among them."""
        ...

    def members(self, day: Day) -> tuple[str, ...]:
        """Return the parties of the partnership of the text on a day."""
        ...

    def days_of_members(self) -> Iterable[int]:
        """Return the days on which members of the partnership came or went."""
        ...

    def days_of_succession(self, parties: Iterable[str]) -> Iterable[int]:
        """Return the days on which others took over from the parties, or from these others."""
        ...


class Strangers(Relations):
    """Relations of parties of which nothing is known but themselves."""

    def above(self, party: str) -> tuple[str, ...]:
        """Return the party itself."""
        return (party,)

    def successors(self, party: str, day: Day) -> tuple[str, ...]:  # noqa: ARG002 - any day
        """Return the party itself."""
        return (party,)

    def meant(self, party: str, day: Day) -> tuple[str, ...]:  # noqa: ARG002 - any day
        """Return the party itself."""
        return (party,)

    def later_successors(
        self,
        parties: Iterable[str],
        day: Day,  # noqa: ARG002 - any day
        *,
        after: int,  # noqa: ARG002 - any day
    ) -> tuple[str, ...]:
        """Return the parties themselves."""
        return tuple(parties)

    def standing_for(self, party: str, day: Day) -> tuple[str, ...]:  # noqa: ARG002 - any day
        """Return the party itself."""
        return (party,)

    def members(self, day: Day) -> tuple[str, ...]:  # noqa: ARG002 - any day
        """Return nobody."""
        return ()

    def days_of_members(self) -> tuple[int, ...]:
        """Return no day."""
        return ()

    def days_of_succession(self, parties: Iterable[str]) -> tuple[int, ...]:  # noqa: ARG002 - any
        """Return no day."""
        return ()


STRANGERS: Relations = Strangers()


class Bounds(Protocol):
    """Bounds of the facts that count for a question."""

    def counts(self, fact: Fact) -> bool:
        """Return whether the fact counts on the day asked about."""
        ...

    def sees(self, fact: Fact) -> bool:
        """Return whether the fact is in sight, on whatever day it counts."""
        ...


class OnAnyDay(Bounds):
    """Bounds within which all counts that is in sight."""

    def __init__(self, bounds: Bounds) -> None:
        """Take the sight of other bounds."""
        self._bounds = bounds

    def counts(self, fact: Fact) -> bool:
        """Return whether the fact is in sight."""
        return self._bounds.sees(fact)

    def sees(self, fact: Fact) -> bool:
        """Return whether the fact is in sight."""
        return self._bounds.sees(fact)


class Parties:
    """Parties known, their parents and their successors by the day of the snapshot.

    Nothing that depends on the day is kept: cases hold their parties from one day to the next, so
    that of each succession it is asked every time whether it counts.

    Attributes:
        consulted: The parties whose registration was looked up.
    """

    def __init__(self, visible: Visible, bounds: Bounds) -> None:
        """Start without answers; the bounds tell which successions count."""
        self.consulted: set[str] = set()
        self._visible = visible
        self._bounds = bounds
        self._above: dict[str, tuple[str, ...]] = {}
        self._naming: dict[str, list[tuple[Fact, PartySucceeded]]] = {}

    def on_any_day(self) -> "Parties":
        """Return the same parties, of whom successions of later days are known too."""
        parties = Parties(self._visible, OnAnyDay(self._bounds))
        parties.consulted = self.consulted
        return parties

    def ancestors(self, party: str) -> frozenset[str]:
        """Return the party, its parent, and so on upwards."""
        return frozenset(self.above(party))

    def countries(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Return the countries of the parties, or of their nearest ancestors with one, sorted."""
        countries = {
            next(filter(None, map(self._country, with_ancestors(party, self._parent))), None)
            for party in parties
        }
        return tuple(sorted(code for code in countries if code is not None))

    def above(self, party: str) -> tuple[str, ...]:
        """Return the party, its parent, and so on upwards."""
        if party not in self._above:
            self._above[party] = tuple(with_ancestors(party, self._parent))
        return self._above[party]

    def successors(
        self,
        parties: Iterable[str],
        *,
        by_day: Day | None = None,
        after: int | None = None,
        of: Affair = EVERYTHING,
    ) -> tuple[str, ...]:
        """Return the parties, each replaced by those who took over the affair, on or by the day.

        Where the parties are those of an earlier day, by those who did so ``after`` it.
        """
        acting = list(parties)
        if not any(self._taken_over(party) for party in acting):
            return tuple(dict.fromkeys(acting))
        passed = (
            each
            for each in self._successions_in_turn(acting)
            if (by_day is None or each[0].effect <= by_day)
            and (after is None or each[0].effect > after)
        )
        return self._followed(acting, passed, of)

    def meant(self, name: str, *, by_day: Day, of: Affair) -> tuple[str, ...]:
        """Return who is meant by a name on a day: its party, or those that took over from it.

        A party that took over from another one since, as Syria did in 1961, is itself.
        """
        passed = [each for each in self._successions_in_turn([name]) if each[0].effect <= by_day]
        gone = [
            at
            for at, (fact, party, _) in enumerate(passed)
            if party == name and self._passes(fact, party, of)
        ]
        if not gone:
            return (name,)
        last = passed[gone[-1]][0]
        is_back = any(
            name in event.by
            and last.replay_key < fact.replay_key
            and fact.effect <= by_day
            and self._bounds.counts(fact)
            and self._passes(fact, event.party, of)
            for fact, event in self._successions_naming(name)
        )
        return (name,) if is_back else self._followed([name], passed[gone[-1] :], of)

    def _followed(
        self, acting: list[str], takeovers: Iterable[Takeover], of: Affair
    ) -> tuple[str, ...]:
        """Return the parties, each replaced in turn by those to whom the affair passed on."""
        for fact, party, by in takeovers:
            if party in acting and self._passes(fact, party, of):
                acting = [heir for name in acting for heir in (by if name == party else (name,))]
        return tuple(dict.fromkeys(acting))

    def _successions_in_turn(self, parties: Iterable[str]) -> list[Takeover]:
        """Return each takeover from the parties and their successors, as they replay."""
        return sorted(self._successions(parties), key=lambda takeover: takeover[0].replay_key)

    def is_taken_over(self, party: str) -> bool:
        """Return whether others took over something from the party by the day."""
        return bool(self._taken_over(party))

    def successions(self, parties: Iterable[str]) -> list[Fact]:
        """Return the facts by which others took over from the parties, and from these others."""
        return [fact for fact, _, _ in self._successions(parties)]

    def passes(self, fact: Fact, of: Affair) -> bool:
        """Return whether the affair passes on by the takeover."""
        event = fact.event
        return isinstance(event, PartySucceeded) and self._passes(fact, event.party, of)

    def standing_for(self, party: str, *, by_day: Day, of: Affair = EVERYTHING) -> list[str]:
        """Return the names in whose place the party stands by the day: its own, and former ones."""
        former = [party, *self._predecessors(party)]
        if len(former) == 1 and not self._taken_over(party):
            return former
        return [name for name in former if party in self.successors([name], by_day=by_day, of=of)]

    def _predecessors(self, heir: str) -> list[str]:
        """Return the parties from which the heir took over, directly or through others."""
        waiting, found = [heir], dict[str, None]()
        while waiting:
            name = waiting.pop()
            for fact, event in self._successions_naming(name):
                if name in event.by and event.party not in found and self._bounds.counts(fact):
                    found[event.party] = None
                    waiting.append(event.party)
        return list(found)

    def _passes(self, fact: Fact, party: str, of: Affair) -> bool:
        """Return whether the affair passes on: it is named, or carried by its partnership.

        Whatever another succession of the party names more closely is not carried, on whatever day
        that one counts.
        """
        event = fact.event
        affairs = event.affairs if isinstance(event, PartySucceeded) else ()
        if of.thing in affairs:
            return True
        if affairs and of.partnership not in affairs:
            return False
        closer = {of.thing} if affairs else {of.thing, of.partnership}
        return not any(
            closer.intersection(event.affairs)
            for other, event in self._successions_naming(party)
            if event.party == party and other.position != fact.position and self._bounds.sees(other)
        )

    def act_for_themselves(self, parties: Iterable[str]) -> bool:
        """Return whether nobody ever took over from one of the parties, on any day."""
        return not any(
            event.party == party
            for party in parties
            for _, event in self._successions_naming(party)
        )

    def _successions(self, parties: Iterable[str]) -> list[Takeover]:
        """Return each takeover from the parties and their successors: fact, old party, new ones."""
        waiting, seen = list(parties), set[str]()
        takeovers: list[Takeover] = []
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
        return [
            (fact, event.by)
            for fact, event in self._successions_naming(party)
            if event.party == party and self._bounds.counts(fact)
        ]

    def _successions_naming(self, party: str) -> list[tuple[Fact, PartySucceeded]]:
        """Return every succession that names the party, whether it counts or not."""
        if party not in self._naming:
            self._naming[party] = [
                (fact, fact.event)
                for fact in self._visible.naming(party)
                if isinstance(fact.event, PartySucceeded)
            ]
        return self._naming[party]


class Related:
    """Relations of the parties of one text, as the parties of a snapshot know them."""

    def __init__(
        self,
        parties: Parties,
        of: Affair,
        *,
        members: Callable[[Day], tuple[str, ...]],
        days_of_members: Callable[[], list[int]],
    ) -> None:
        """Ask the parties about the affair; ``members`` gives those of the partnership by day."""
        self._parties = parties
        self._of = of
        self._members = members
        self._days_of_members = days_of_members

    def above(self, party: str) -> tuple[str, ...]:
        """Return the party, its parent, and so on upwards."""
        return self._parties.above(party)

    def successors(self, party: str, day: Day) -> tuple[str, ...]:
        """Return the parties that stand in the place of the party on a day."""
        if not self._parties.is_taken_over(party):
            return (party,)
        return self._parties.successors([party], by_day=day, of=self._of)

    def meant(self, party: str, day: Day) -> tuple[str, ...]:
        """Return who is meant by the name of the party on a day."""
        if not self._parties.is_taken_over(party):
            return (party,)
        return self._parties.meant(party, by_day=day, of=self._of)

    def later_successors(self, parties: Iterable[str], day: Day, *, after: int) -> tuple[str, ...]:
        """Return those that stand on a day in the place of parties of an earlier one."""
        return self._parties.successors(parties, by_day=day, after=after, of=self._of)

    def standing_for(self, party: str, day: Day) -> Sequence[str]:
        """Return the names in whose place the party stands on a day, its own among them."""
        return self._parties.standing_for(party, by_day=day, of=self._of)

    def members(self, day: Day) -> tuple[str, ...]:
        """Return the parties of the partnership of the text on a day."""
        return self._members(day)

    def days_of_members(self) -> list[int]:
        """Return the days on which members of the partnership came or went."""
        return self._days_of_members()

    def days_of_succession(self, parties: Iterable[str]) -> Iterator[int]:
        """Return the days on which others took over from the parties, or from these others."""
        return (fact.effect for fact in self._parties.successions(parties))


def with_ancestors(name: str | None, parent_of: Callable[[str], str | None]) -> Iterator[str]:
    """Yield the name, its parent, and so on upwards, each once."""
    seen: set[str] = set()
    while name is not None and name not in seen:
        yield name
        seen.add(name)
        name = parent_of(name)


def meant_by(
    relations: Relations, actor: str, day: Day
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield each name for which the actor may act on a day, who holds it, and what comes sooner.

    It acts for those in whose place it stands, else for the party above it, and so on upwards.
    """
    for now in relations.meant(actor, day):
        nearer = frozenset[str]()
        for above in relations.above(now):
            names = {
                name: heir
                for heir in relations.meant(above, day)
                for name in (heir, *relations.standing_for(heir, day))
            }
            yield from ((name, heir, nearer) for name, heir in names.items() if name not in nearer)
            nearer = nearer.union(names)
