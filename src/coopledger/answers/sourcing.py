"""Answers about what facts rest on: their sources, also those added later, and inference."""

from collections.abc import Iterator

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._filters import is_
from coopledger.answers._scope import EVERYWHERE, Scope
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._wording import act, comma_list, one_line, phrase
from coopledger.events.envelope import about, wording
from coopledger.terms import Footing
from coopledger.values import Source


@frozen(kw_only=True)
class Sourcing(Shown):
    """Sources of one fact.

    Attributes:
        event: The id of the event.
        type: The type of the event.
        about: The id of what it is about.
        text: What happened, in words.
        bases: On what its sources rest, in the order of the list, each once; ``unstated`` for
            a source that does not say, ``none`` where there is no source.
        sources: How many different sources say it, those added later among them.
        inferred: The names of the fields that the recorder inferred.
        decided_by: The event, and those that added sources.
    """

    event: str
    type: str
    about: str
    text: str
    bases: tuple[Footing, ...]
    sources: int
    inferred: tuple[str, ...]
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the act, the number of its sources, and what was inferred, on one line."""
        number = "1 source" if self.sources == 1 else f"{self.sources} sources"
        return one_line(
            act(self),
            f"{number}{phrase(', ', comma_list(self.bases))}" if self.sources else "no source",
            phrase("inferred: ", self.inferred),
            self.text,
        )


def sourcing(
    snapshot: Snapshot,
    *,
    basis: Footing | None = None,
    number: int | None = None,
    scope: Scope = EVERYWHERE,
) -> Answers[Sourcing]:
    """Return the sources of each act that counts by the day, in log order.

    Registrations and notes need no source, and are listed where they have one.

    Args:
        snapshot: The moment asked about.
        basis: Keep the facts that rest on it alone, or of which a field was so inferred.
        number: Keep the facts with so many different sources.
        scope: Keep the facts about something within it.
    """
    facts = About(snapshot, scope).facts(filter(snapshot.counts, snapshot.visible.all()))
    answers = (_sourcing(snapshot, fact) for fact in facts if _is_listed(snapshot, fact))
    passed = (each for each in answers if _rests_on(each, basis) and is_(each.sources, number))
    return Answers(passed, kind=Sourcing)


def sources(snapshot: Snapshot, fact: Fact) -> tuple[Source, ...]:
    """Return the sources of the fact, its own and those added by the day, each once."""
    later = (source for _, event in _additions(snapshot, fact) for source in event.source)
    return tuple(dict.fromkeys((*fact.event.source, *later)))


def _is_listed(snapshot: Snapshot, fact: Fact) -> bool:
    """Return whether the fact needs a source, or has one; corrections are never listed."""
    if isinstance(fact.event, events.Correction):
        return False
    return isinstance(fact.event, events.Act) or bool(sources(snapshot, fact))


def _rests_on(answer: Sourcing, basis: Footing | None) -> bool:
    """Return whether the fact rests on this basis and on nothing else."""
    inferred = basis is Footing.INFERRED and bool(answer.inferred)
    return basis is None or answer.bases == (basis,) or inferred


def _sourcing(snapshot: Snapshot, fact: Fact) -> Sourcing:
    """Return the sources of one fact."""
    own = sources(snapshot, fact)
    bases = {Footing(source.basis) if source.basis else Footing.UNSTATED for source in own}
    return Sourcing(
        event=fact.id,
        type=type(fact.event).__name__,
        about=about(fact.event),
        text=wording(fact.event),
        bases=tuple(basis for basis in Footing if basis in bases) or (Footing.NONE,),
        sources=len(own),
        inferred=fact.event.inferred,
        decided_by=(fact.id, *(addition.id for addition, _ in _additions(snapshot, fact))),
    )


def _additions(snapshot: Snapshot, fact: Fact) -> Iterator[tuple[Fact, events.SourceAdded]]:
    """Yield the facts that added sources to the fact by the day, with their events."""
    for addition in snapshot.visible.about(fact.id):
        if isinstance(addition.event, events.SourceAdded) and snapshot.counts(addition):
            yield addition, addition.event
