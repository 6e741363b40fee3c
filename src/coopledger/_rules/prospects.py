"""Acts of the future on which the present of the parties of a text rests."""

from collections.abc import Container, Iterable, Iterator
from typing import TypeAlias

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.parties import STRANGERS, Relations, meant_by

# Day of a later act by which a party may be meant, the parties that would be meant sooner, and the
# one that stands in its place.
Ahead: TypeAlias = tuple[int, frozenset[str], str]


@attrs.define
class Prospects:
    """Acts of the future on which the present of a party rests, as known then.

    Attributes:
        consents: The consents of each party, or of those who act for it.
        entries: The entries into force that name it.
        relations: The relations of the parties on any day.
    """

    consents: dict[str, list[Ahead]] = attrs.field(factory=dict[str, list[Ahead]])
    entries: dict[str, list[Ahead]] = attrs.field(factory=dict[str, list[Ahead]])
    relations: Relations = attrs.field(default=STRANGERS, eq=False)

    @classmethod
    def of(cls, facts: Iterable[Fact], relations: Relations) -> "Prospects":
        """Return those of the facts that are told ahead; the relations are those on any day."""
        prospects = cls(relations=relations)
        for fact in facts:
            event, named = fact.event, prospects.consents
            if isinstance(event, events.InstrumentEnteredIntoForce):
                actors, named = event.parties, prospects.entries
            elif isinstance(event, events.InstrumentRatified | events.InstrumentAcceded):
                actors = (event.party,)
            else:
                continue
            for actor in actors:
                for name, heir, nearer in _meant(relations, actor, fact):
                    named.setdefault(name, []).append((fact.effect, nearer, heir))
        return prospects

    def concern(self, looked: Container[tuple[str, str]]) -> bool:
        """Return whether one of them was looked for: consents or entries, and of whom."""
        return any(("consents", name) in looked for name in self.consents) or any(
            ("entries", name) in looked for name in self.entries
        )


def _meant(
    relations: Relations, actor: str, fact: Fact
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield each name for which the actor acts; an accession is for nobody above the one named."""
    meant = meant_by(relations, actor, fact.effect)
    is_accession = isinstance(fact.event, events.InstrumentAcceded)
    return (each for each in meant if not (is_accession and each[2]))
