"""Answers about everything that concerns a party or a country."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import attrs

from coopledger import events
from coopledger._facts.index import Fact, by_position, by_replay_key, named_by
from coopledger._snapshot import Snapshot
from coopledger.answers._party_names import called, full_name
from coopledger.answers._wording import one_line
from coopledger.answers.commitments import Commitment, commitment
from coopledger.answers.figures import Figure, figures_named
from coopledger.answers.instruments import Instrument, instrument
from coopledger.answers.meetings import Meeting, meeting
from coopledger.answers.partnerships import Partnership, partnership
from coopledger.answers.proposals import Proposal, proposal
from coopledger.answers.timelines import TimelineEntry, moments
from coopledger.events import Event
from coopledger.terms import Noun, PartyKind
from coopledger.values import Source

HELD = (
    *("partnerships", "instruments", "commitments", "proposals", "meetings", "figures"),
    *("timeline", "sources"),
)


@attrs.frozen(kw_only=True)
class Dossier:
    """Everything about a party, or about the parties of a country, with sources.

    Each list holds what belongs to its partnerships, and what names one of its parties
    elsewhere, in the order in which the things were first recorded.

    Attributes:
        subject: The id of the party, or the code of the country.
        name: The full name on the day: of the party, or of the state whose country it is; None
            if it is not known then.
        parties: The party and those below it, or the parties of the country.
        partnerships: Those in which one of the parties works, or once did.
        instruments: The texts.
        commitments: What was promised, open and closed.
        proposals: What was proposed, open and closed.
        meetings: What was announced or held.
        figures: What was reported, where it names one of the parties or their country.
        timeline: Everything that counts by the day, in the order in which it counts.
        sources: Every source behind the timeline, each once, in the order of their first use.
        events: The ids of the events of the timeline, in log order.
    """

    subject: str
    name: str | None
    parties: tuple[str, ...]
    partnerships: tuple[Partnership, ...]
    instruments: tuple[Instrument, ...]
    commitments: tuple[Commitment, ...]
    proposals: tuple[Proposal, ...]
    meetings: tuple[Meeting, ...]
    figures: tuple[Figure, ...]
    timeline: tuple[TimelineEntry, ...]
    sources: tuple[Source, ...]
    events: tuple[str, ...]

    def __str__(self) -> str:
        """How much it holds of each, on one line."""
        return one_line(
            f"{self.subject} ({self.name})" if self.name else self.subject,
            *(f"{name} {len(held)}" for name in HELD if (held := getattr(self, name))),
        )


# Everything about a party or a country: what belongs to its partnerships, and what names it.

# What may be told of outside the partnerships of the parties; the field that names it is called so.
CONTENTS = (Noun.INSTRUMENT, Noun.COMMITMENT, Noun.PROPOSAL, Noun.MEETING, Noun.FIGURE)

Things = Mapping[Noun, list[str]]
Told = TypeVar("Told", Commitment, Proposal, Meeting)


@attrs.frozen
class Subject:
    """Whom a dossier is about.

    Attributes:
        title: The id of the party, or the code of the country.
        name: The full name on the day; None if it is not known then.
        parties: The ids of the parties.
        names: What free text may call them, in small letters.
    """

    title: str
    name: str | None
    parties: tuple[str, ...]
    names: frozenset[str]


def dossier_of_party(snapshot: Snapshot, party: str) -> Dossier:
    """Everything about the party and those below it."""
    lineage = snapshot.parties.ancestors
    parties = tuple(name for name in _parties(snapshot) if party in lineage(name))
    name = full_name(snapshot, party)
    return _dossier(snapshot, Subject(party, name, parties, called(snapshot, parties)))


def dossier_of_country(snapshot: Snapshot, country: str) -> Dossier:
    """Everything about the parties of the country."""
    countries = snapshot.parties.countries
    parties = tuple(name for name in _parties(snapshot) if country in countries([name]))
    state = next((name for name in parties if _is_state(snapshot, name)), None)
    name = full_name(snapshot, state) if state is not None else None
    names = called(snapshot, parties) | {country.casefold()}
    return _dossier(snapshot, Subject(country, name, parties, names))


def _dossier(snapshot: Snapshot, subject: Subject) -> Dossier:
    """Everything about the subject."""
    partnerships = list(_partnerships(snapshot, subject))
    naming = [fact for fact in snapshot.visible.all() if snapshot.counts(fact)]
    naming = [fact for fact in naming if _names(fact.event, subject)]
    things = _things(snapshot, partnerships, naming)
    facts = _facts(snapshot, partnerships, naming, things)
    timeline = moments(snapshot, facts)
    return Dossier(
        subject=subject.title,
        name=subject.name,
        parties=subject.parties,
        partnerships=tuple(partnership(snapshot, name) for name in partnerships),
        instruments=tuple(instrument(snapshot, name) for name in things[Noun.INSTRUMENT]),
        commitments=_told(snapshot, things[Noun.COMMITMENT], commitment),
        proposals=_told(snapshot, things[Noun.PROPOSAL], proposal),
        meetings=_told(snapshot, things[Noun.MEETING], meeting),
        figures=tuple(figures_named(snapshot, things[Noun.FIGURE])),
        timeline=timeline,
        sources=tuple(dict.fromkeys(one for moment in timeline for one in moment.sources)),
        events=tuple(fact.id for fact in sorted(facts, key=by_position)),
    )


def _parties(snapshot: Snapshot) -> list[str]:
    """The parties known then."""
    return snapshot.visible.names(Noun.PARTY)


def _is_state(snapshot: Snapshot, party: str) -> bool:
    """Whether the party is a state."""
    registered = snapshot.registration(Noun.PARTY, party)
    return isinstance(registered, events.PartyRegistered) and registered.kind is PartyKind.STATE


def _partnerships(snapshot: Snapshot, subject: Subject) -> Iterator[str]:
    """The partnerships in which the subject works on the day, or with which they were opened."""
    for name in snapshot.visible.names(Noun.PARTNERSHIP):
        opened = snapshot.registration(Noun.PARTNERSHIP, name)
        first = opened.parties if isinstance(opened, events.PartnershipOpened) else ()
        if not {*first, *snapshot.parties_of(name)}.isdisjoint(subject.parties):
            yield name


def _names(event: Event, subject: Subject) -> bool:
    """Whether the event names the subject: by id, as a participant, or as a partner in words."""
    ids = {name for _, name, nouns in named_by(event) if Noun.PARTY in nouns}
    ids.update(one.party for one in event.participants if one.party is not None)
    partners: tuple[str, ...] = getattr(event, "partners", ())
    words = {partner.casefold() for partner in partners}
    return not (ids.isdisjoint(subject.parties) and words.isdisjoint(subject.names))


def _things(
    snapshot: Snapshot, partnerships: Iterable[str], naming: Iterable[Fact]
) -> dict[Noun, list[str]]:
    """What belongs to the partnerships, or is told of by the facts, in the order of recording."""
    found: dict[Noun, set[str]] = {noun: set() for noun in CONTENTS}
    for noun in CONTENTS:
        for name in partnerships:
            found[noun].update(snapshot.contents.members(noun, name))
        found[noun].update(filter(None, (getattr(fact.event, noun, None) for fact in naming)))
    return {
        noun: [name for name in snapshot.visible.names(noun) if name in names]
        for noun, names in found.items()
    }


def _facts(
    snapshot: Snapshot, partnerships: Iterable[str], naming: Iterable[Fact], things: Things
) -> list[Fact]:
    """The facts of the partnerships, of the things, and those that name the subject."""
    acts = (fact for name in partnerships for fact in snapshot.contents.facts_of(name))
    told = (
        fact
        for noun, names in things.items()
        for name in names
        for fact in snapshot.facts(name)
        if getattr(fact.event, noun, None) == name
    )
    found = {fact.position: fact for fact in (*naming, *acts, *told)}
    return sorted(found.values(), key=by_replay_key)


def _told(
    snapshot: Snapshot, names: Iterable[str], answer: Callable[[Snapshot, str], Told]
) -> tuple[Told, ...]:
    """The answers about things that something is told of by the day."""
    answers = (answer(snapshot, name) for name in names)
    return tuple(found for found in answers if found.status != "none")
