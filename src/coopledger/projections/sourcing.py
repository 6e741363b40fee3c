"""What facts rest on: their sources, those added later among them, and what was inferred."""

from collections.abc import Iterator

from coopledger import events
from coopledger.events.wording import about, told
from coopledger.facts import Fact
from coopledger.projections.answers import Sourcing
from coopledger.projections.selection import is_
from coopledger.standings import Standings
from coopledger.terms import Footing
from coopledger.values import Source

__all__ = ["sources", "sourcing"]


def sourcing(
    standings: Standings, *, basis: Footing | None = None, number: int | None = None
) -> tuple[Sourcing, ...]:
    """Return on what each act rests that counts by the day, in log order.

    Registrations and notes need no source, and are told where they have one.

    Args:
        standings: The moment asked about.
        basis: Keep those that rest on it alone, or of which a field was so inferred.
        number: Keep those that so many different sources say.
    """
    return tuple(
        answer
        for answer in _all(standings)
        if _rests_on(answer, basis) and is_(answer.sources, number)
    )


def _all(standings: Standings) -> Iterator[Sourcing]:
    """Yield on what each act rests, and each other event that has a source."""
    for fact in filter(standings.counts, standings.visible.all()):
        if isinstance(fact.event, events.Correction):
            continue
        if isinstance(fact.event, events.Act) or sources(standings, fact):
            yield _sourcing(standings, fact)


def sources(standings: Standings, fact: Fact) -> tuple[Source, ...]:
    """The sources of the fact, its own and those added by the day, each once."""
    added = (addition.event.source for addition in _additions(standings, fact))
    return tuple(dict.fromkeys((*fact.event.source, *(one for some in added for one in some))))


def _rests_on(answer: Sourcing, basis: Footing | None) -> bool:
    """Tell whether the fact rests on nothing else."""
    inferred = basis is Footing.INFERRED and bool(answer.inferred)
    return basis is None or answer.bases == (basis,) or inferred


def _sourcing(standings: Standings, fact: Fact) -> Sourcing:
    """What one fact rests on."""
    found = sources(standings, fact)
    return Sourcing(
        event=fact.id,
        type=type(fact.event).__name__,
        about=about(fact.event),
        text=told(fact.event),
        bases=_bases(found),
        sources=len(found),
        inferred=fact.event.inferred,
        decided_by=(fact.id, *(addition.id for addition in _additions(standings, fact))),
    )


def _additions(standings: Standings, fact: Fact) -> Iterator[Fact]:
    """The events that added sources to the fact by the day."""
    for addition in standings.visible.about(fact.id):
        if isinstance(addition.event, events.SourceAdded) and standings.counts(addition):
            yield addition


def _bases(found: tuple[Source, ...]) -> tuple[Footing, ...]:
    """On what the sources rest, in the order of the list, each once."""
    stated = {Footing(source.basis) if source.basis else Footing.UNSTATED for source in found}
    return tuple(basis for basis in Footing if basis in stated) or (Footing.NONE,)
