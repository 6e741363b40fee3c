"""Answers about what facts rest on."""

from collections.abc import Iterator

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import is_
from coopledger.answers._wording import comma_list, one_line, phrase
from coopledger.events._wording import about, told
from coopledger.terms import Footing
from coopledger.values import Source


@attrs.frozen(kw_only=True)
class Sourcing:
    """What one fact rests on.

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
        """The act, what it rests on, and what was inferred, on one line."""
        number = "1 source" if self.sources == 1 else f"{self.sources} sources"
        return one_line(
            f"{self.type} {self.about} ({self.event})",
            f"{number}{phrase(', ', comma_list(self.bases))}" if self.sources else "no source",
            phrase("inferred: ", self.inferred),
            self.text,
        )


# What facts rest on: their sources, those added later among them, and what was inferred.


def sourcing(
    snapshot: Snapshot, *, basis: Footing | None = None, number: int | None = None
) -> tuple[Sourcing, ...]:
    """Return on what each act rests that counts by the day, in log order.

    Registrations and notes need no source, and are told where they have one.

    Args:
        snapshot: The moment asked about.
        basis: Keep those that rest on it alone, or of which a field was so inferred.
        number: Keep those that so many different sources say.
    """
    return tuple(
        answer
        for answer in _all(snapshot)
        if _rests_on(answer, basis) and is_(answer.sources, number)
    )


def _all(snapshot: Snapshot) -> Iterator[Sourcing]:
    """Yield on what each act rests, and each other event that has a source."""
    for fact in filter(snapshot.counts, snapshot.visible.all()):
        if isinstance(fact.event, events.Correction):
            continue
        if isinstance(fact.event, events.Act) or sources(snapshot, fact):
            yield _sourcing(snapshot, fact)


def sources(snapshot: Snapshot, fact: Fact) -> tuple[Source, ...]:
    """The sources of the fact, its own and those added by the day, each once."""
    added = (addition.event.source for addition in _additions(snapshot, fact))
    return tuple(dict.fromkeys((*fact.event.source, *(one for some in added for one in some))))


def _rests_on(answer: Sourcing, basis: Footing | None) -> bool:
    """Tell whether the fact rests on nothing else."""
    inferred = basis is Footing.INFERRED and bool(answer.inferred)
    return basis is None or answer.bases == (basis,) or inferred


def _sourcing(snapshot: Snapshot, fact: Fact) -> Sourcing:
    """What one fact rests on."""
    found = sources(snapshot, fact)
    return Sourcing(
        event=fact.id,
        type=type(fact.event).__name__,
        about=about(fact.event),
        text=told(fact.event),
        bases=_bases(found),
        sources=len(found),
        inferred=fact.event.inferred,
        decided_by=(fact.id, *(addition.id for addition in _additions(snapshot, fact))),
    )


def _additions(snapshot: Snapshot, fact: Fact) -> Iterator[Fact]:
    """The events that added sources to the fact by the day."""
    for addition in snapshot.visible.about(fact.id):
        if isinstance(addition.event, events.SourceAdded) and snapshot.counts(addition):
            yield addition


def _bases(found: tuple[Source, ...]) -> tuple[Footing, ...]:
    """On what the sources rest, in the order of the list, each once."""
    stated = {Footing(source.basis) if source.basis else Footing.UNSTATED for source in found}
    return tuple(basis for basis in Footing if basis in stated) or (Footing.NONE,)
