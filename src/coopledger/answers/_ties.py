"""Ties of a text to those that came after it: what changes it, prolongs it, or carries it out."""

from collections.abc import Iterator

from coopledger import events
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.terms import Noun, TextRelation

# The field of a registration that names an earlier text, by the relation.
FIELDS: dict[TextRelation, str] = {
    TextRelation.EXTENDS: "extends",
    TextRelation.IMPLEMENTS: "implements",
    TextRelation.SUPERSEDES: "supersedes",
    TextRelation.ENDS_WITH: "ends_with",
}


@frozen(kw_only=True)
class LaterTexts:
    """Texts that name another one, or that it changed.

    Attributes:
        amends: Those that it changed by the day.
        extended_by: Those that prolong or widen it.
        implemented_by: Those that carry it out.
    """

    amends: tuple[str, ...]
    extended_by: tuple[str, ...]
    implemented_by: tuple[str, ...]


def later_texts(snapshot: Snapshot, name: str) -> LaterTexts:
    """Return the texts that came after another one, each list in the order of the record."""
    ties = list(ties_to(snapshot, name))
    return LaterTexts(
        amends=amended(snapshot, name),
        extended_by=_tied(ties, TextRelation.EXTENDS),
        implemented_by=_tied(ties, TextRelation.IMPLEMENTS),
    )


def amended(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the texts that the text changed by the day, in the order in which it did."""
    changed = (fact.event for fact in snapshot.facts(name))
    return tuple(
        dict.fromkeys(
            event.instrument
            for event in changed
            if isinstance(event, events.InstrumentAmended)
            and event.by_instrument == name != event.instrument
        )
    )


def ties_to(snapshot: Snapshot, name: str) -> Iterator[tuple[TextRelation, str]]:
    """Yield each later text whose registration names the text, with the relation of the two."""
    openings = dict.fromkeys(
        fact.event.instrument
        for fact in snapshot.visible.naming(name)
        if isinstance(fact.event, events.InstrumentRegistered) and fact.event.instrument != name
    )
    for other in openings:
        registered = snapshot.registration(Noun.INSTRUMENT, other)
        for relation, field in FIELDS.items():
            named: tuple[str, ...] | str | None = getattr(registered, field, None)
            if named == name or (isinstance(named, tuple) and name in named):
                yield relation, other


def _tied(ties: list[tuple[TextRelation, str]], relation: TextRelation) -> tuple[str, ...]:
    """Return the texts that stand in the relation."""
    return tuple(other for each, other in ties if each is relation)
