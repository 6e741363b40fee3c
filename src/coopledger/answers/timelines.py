"""Timelines: the facts of a partnership as lines that a person reads."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from coopledger._dates.lazy_types import DateTime
from coopledger._facts.index import Fact, by_day
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._clauses import Clause, Thing, clause
from coopledger.answers._scope import EVERYWHERE, Scope
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._titles import name_of
from coopledger.answers._wording import act, called, money, one_line, phrase
from coopledger.answers.sourcing import sources
from coopledger.answers.titles import title
from coopledger.dates import EdtfDate, instant
from coopledger.events import (
    CommitmentProgressed,
    Event,
    InstrumentAct,
    PartyJoined,
    PartyLeft,
)
from coopledger.events.envelope import about, doers, wording, words
from coopledger.terms import ConsentMeans
from coopledger.values import Source

E = TypeVar("E", bound=Event)

# Acts of parties for themselves, whose names are told beside the words.
OF_PARTIES = (InstrumentAct, PartyJoined, PartyLeft)
# Means of consent that the name of the act says already.
USUAL = {ConsentMeans.RATIFICATION, ConsentMeans.ACCESSION}
# The field of an event that names another text, by the clause that tells it.
TIES = {
    "replaces": "supersedes",
    "extends": "extends",
    "implements": "implements",
    "amended_by": "by_instrument",
    "ends_with": "ends_with",
}


@frozen(kw_only=True)
class TimelineEntry(Shown):
    """One line of a timeline.

    Attributes:
        when: The date of the act, as recorded.
        effective: The date from which it counts, where that differs.
        event: The id of the event.
        type: The type of the event.
        about: The id of what it is about.
        text: What happened, in words.
        by: Who did it, where the act names them: parties by id, or in a statement any name.
        said: The words of the record alone, without who did it.
        more: What else was said, as clauses: what a text is made for, an amount, a note, tags.
        sources: Where it comes from, sources added later among them.
        recorded_us: When it was recorded, in microseconds since 1970 UTC.
        recorded_by: Who recorded it.
    """

    when: EdtfDate | None
    effective: EdtfDate | None
    event: str
    type: str
    about: str
    text: str
    by: tuple[str, ...]
    said: str
    more: tuple[Clause, ...]
    sources: tuple[Source, ...]
    recorded_us: int
    recorded_by: str | None

    @property
    def recorded_at(self) -> DateTime:
        """Return the time of recording as an instant in UTC."""
        return instant(self.recorded_us)

    def __str__(self) -> str:
        """Return the date, the act, the id that it is about, and its words, on one line."""
        return one_line(
            str(self.when or "undated"),
            act(self),
            phrase("counts from ", self.effective),
            self.text,
        )


def timeline(snapshot: Snapshot, partnership: str) -> Answers[TimelineEntry]:
    """Return everything about the partnership that counts by the day, in the order of effect."""
    facts = sorted(snapshot.contents.facts_of(partnership), key=by_day)
    return timeline_entries(snapshot, facts)


def timeline_entries(snapshot: Snapshot, facts: Iterable[Fact]) -> Answers[TimelineEntry]:
    """Return the facts as lines of a timeline, in their order."""
    entries = (
        TimelineEntry(
            when=fact.event.when,
            effective=fact.event.effective,
            event=fact.id,
            type=type(fact.event).__name__,
            about=about(fact.event),
            text=wording(fact.event),
            by=doers(fact.event),
            said=words(fact.event),
            more=tuple(filter(None, _more(snapshot, fact.event))),
            sources=sources(snapshot, fact),
            recorded_us=snapshot.visible.recorded_us(fact.position),
            recorded_by=fact.event.recorded_by,
        )
        for fact in facts
    )
    return Answers(entries, kind=TimelineEntry)


def _more(snapshot: Snapshot, event: Event) -> Iterator[Clause]:
    """Yield what an event says beside its words."""
    for name, field in TIES.items():
        names: tuple[str, ...] | str | None = getattr(event, field, None)
        for each in (names,) if isinstance(names, str) else names or ():
            yield clause(name, what=Thing(each, title(snapshot, each)))
    yield clause("is_decided", decision=getattr(event, "decision", None))
    yield from _acting(snapshot, event) if isinstance(event, OF_PARTIES) else ()
    yield clause("lies_with", names=_called(snapshot, event, "lies_with"))
    yield clause("done_via", names=_called(snapshot, event, "via"))
    is_part = isinstance(event, CommitmentProgressed)
    yield clause("delivered" if is_part else "worth", amount=money(getattr(event, "amount", None)))
    yield clause("percent_done", percent=getattr(event, "percent", None))
    yield clause("each_months", n=getattr(event, "every_months", None))
    yield clause("counted", what=_counts(event))
    yield clause("noted", said=event.note if event.note != words(event) else None)
    yield clause("tagged", tags=event.tags)
    yield clause("documented", documents=tuple(map(called, event.documents)))


def _called(snapshot: Snapshot, event: Event, field: str) -> tuple[str, ...]:
    """Return the names of those in a field that holds parties or words."""
    return tuple(name_of(snapshot, name) for name in getattr(event, field, ()))


def _counts(event: Event) -> tuple[str, ...]:
    """Return what a report counts, each name with its number."""
    counts: Mapping[str, object] = getattr(event, "counts", {})
    return tuple(f"{name} {number}" for name, number in counts.items())


def _acting(snapshot: Snapshot, event: Event) -> Iterator[Clause]:
    """Yield which parties act, by what means, and for whom a text enters into force."""
    party: str | None = getattr(event, "party", None)
    actors: tuple[str, ...] = (party,) if party is not None else getattr(event, "signers", ())
    named = partial(name_of, snapshot)
    yield clause("done_by", names=tuple(map(named, actors or doers(event))))
    how: ConsentMeans | None = getattr(event, "how", None)
    yield clause("done_how", how=None if how in USUAL else how)
    yield clause("in_force_for", names=tuple(map(named, getattr(event, "parties", ()))))


def events_of(snapshot: Snapshot, kind: type[E], *, scope: Scope = EVERYWHERE) -> Answers[E]:
    """Return the events of the class about things in the scope, in the order of effect."""
    counting = filter(snapshot.counts, snapshot.visible.all())
    facts = sorted(About(snapshot, scope).facts(counting), key=by_day)
    return Answers((fact.event for fact in facts if isinstance(fact.event, kind)), kind=kind)
