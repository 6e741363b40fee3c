"""Part of a ledger that a list is about: a partnership, a party, a country, a tag."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from operator import attrgetter
from typing import Any, TypedDict

from coopledger._facts.index import Fact
from coopledger._folding import folded, words
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._filters import Filter, Things, listed, passing
from coopledger.answers._following import is_responsible
from coopledger.events.envelope import subjects
from coopledger.terms import Noun


class Filters(TypedDict, total=False):
    """Filters of every list that has such a thing; one that is not given keeps everything.

    Attributes:
        partnership: What belongs to this partnership.
        with_children: And to the partnerships below it, and what those below the party are.
        party: What this party is a party to.
        country: What a party of this country is a party to, by ISO 3166-1 alpha-2.
        tag: That about which an event says this tag, in whatever case.
        responsible: What is in the hands of this person, post or party, in whatever case.
    """

    partnership: str | None
    with_children: bool
    party: str | None
    country: str | None
    tag: str | None
    responsible: str | None


@frozen(kw_only=True)
class Scope:
    """Part of a ledger; what is not given keeps everything.

    Attributes:
        partnership: What belongs to the partnership.
        with_children: And to the partnerships below it, and what those below the party are.
        party: What the party is a party to.
        country: What a party of the country is a party to.
        tag: That about which an event says the tag.
        responsible: What is in the hands of the person, post or party.
    """

    partnership: str | None = None
    with_children: bool = False
    party: str | None = None
    country: str | None = None
    tag: str | None = None
    responsible: str | None = None


EVERYWHERE = Scope()


# Known on every day, whatever the date of their registration.
LASTING = frozenset({Noun.PARTY, Noun.PARTNERSHIP, Noun.INSTRUMENT})


def is_told(snapshot: Snapshot, fact: Fact) -> bool:
    """Return whether the words of the fact are told on the day."""
    return snapshot.counts(fact) or fact.event.__opens__ in LASTING


class Within:
    """Test of whether things are in a scope, which looks up no more than is asked of it."""

    def __init__(self, snapshot: Snapshot, scope: Scope) -> None:
        """Keep the moment asked about."""
        self._snapshot = snapshot
        self.scope = scope

    def partnership(self, home: str | None) -> bool:
        """Return whether what belongs to the partnership is in it."""
        return home is not None and home in self._family

    def party(self, parties: Collection[str]) -> bool:
        """Return whether that of these parties is in it."""
        party = self.scope.party
        if not self.scope.with_children:
            return party in parties
        ancestors = self._snapshot.parties.ancestors
        return any(party in ancestors(each) for each in parties)

    def country(self, parties: Iterable[str]) -> bool:
        """Return whether a party is of the country."""
        return self.scope.country in self._snapshot.parties.countries(parties)

    def tag(self, name: str) -> bool:
        """Return whether an event about the thing says the tag."""
        return name in self._tagged

    def responsible(self, who: str | None) -> bool:
        """Return whether the one who sees to it is the person, post or party."""
        return is_responsible(who, self.scope.responsible)

    @cached_property
    def _family(self) -> frozenset[str]:
        """Return the partnership, and those below it if they count."""
        name, snapshot = self.scope.partnership or "", self._snapshot
        if not self.scope.with_children:
            return frozenset({name})
        return frozenset(snapshot.with_children().contents.family(name))

    @cached_property
    def _tagged(self) -> frozenset[str]:
        """Return the ids of what has the tag, by the day, in whatever case."""
        snapshot, wanted = self._snapshot, folded(self.scope.tag or "")
        said = words(wanted)
        facts = snapshot.visible.holding(said) if said else snapshot.visible.all()
        return frozenset(
            name
            for fact in facts
            if wanted in map(folded, fact.event.tags) and is_told(snapshot, fact)
            for name in subjects(fact.event)
        )


def filters_of(
    within: Within,
    *,
    name: Callable[[Any], str],
    home: Callable[[Any], str | None],
    parties: Callable[[Any], Collection[str]],
    who: Callable[[Any], str | None] = attrgetter("responsible"),
) -> tuple[Filter[Any], ...]:
    """Return the filters of a scope for answers, of which the readers tell what they are about."""
    scope = within.scope
    return (
        (scope.partnership, lambda each: within.partnership(home(each))),
        (scope.party, lambda each: within.party(parties(each))),
        (scope.country, lambda each: within.country(parties(each))),
        (scope.tag, lambda each: within.tag(name(each))),
        (scope.responsible, lambda each: within.responsible(who(each))),
    )


def listed_in(
    snapshot: Snapshot, things: Things[Any], scope: Scope, *, only_open: bool = False
) -> Answers[Any]:
    """Return the answers about the things in the scope, in their order."""
    whole = None if scope.with_children else scope.partnership
    every = listed(snapshot, things, within=whole, only_open=only_open)
    return in_scope(snapshot, things, every, scope)


def in_scope(
    snapshot: Snapshot, things: Things[Any], every: Answers[Any], scope: Scope
) -> Answers[Any]:
    """Return those of the answers about things that are in the scope."""
    filters = filters_of(
        Within(snapshot, scope),
        name=lambda each: each.id,
        home=lambda each: each.id if things.noun is Noun.PARTNERSHIP else each.partnership,
        parties=lambda each: things.parties(snapshot, each),
    )
    return passing(every, *filters)
