"""Answers about a party or a country: all that belongs to its partnerships, and that names it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from coopledger import events
from coopledger._facts.index import Fact, by_day, by_position, named_by
from coopledger._folding import caseless
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._shown import Shown
from coopledger.answers._wording import one_line
from coopledger.answers.commitments import Commitment, commitment
from coopledger.answers.figures import Figure, figures_named
from coopledger.answers.instruments import Instrument, instrument
from coopledger.answers.meetings import Meeting, meeting
from coopledger.answers.participations import Participation, participations
from coopledger.answers.parties import full_name, names_of
from coopledger.answers.partnerships import Partnership, partnership
from coopledger.answers.proposals import Proposal, proposal
from coopledger.answers.sums import Sum, sums_of
from coopledger.answers.timelines import TimelineEntry, timeline_entries
from coopledger.events import Event
from coopledger.terms import Noun, PartyKind, SumsBy
from coopledger.values import Source

# The lists of a dossier, in the order of its one line.
HELD = (
    *("partnerships", "instruments", "participations", "commitments", "owes", "owed"),
    *("proposals", "meetings", "figures", "timeline", "sources"),
)

# What may lie outside the partnerships of the parties; the field that names it is called so.
CONTENTS = (Noun.INSTRUMENT, Noun.COMMITMENT, Noun.PROPOSAL, Noun.MEETING, Noun.FIGURE)

IdsByNoun = Mapping[Noun, list[str]]
Begun = TypeVar("Begun", Commitment, Proposal, Meeting)


@frozen(kw_only=True)
class Dossier(Shown):
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
        participations: What each of the parties did under a text, and since when it is bound, in
            the order of the texts.
        commitments: What was promised, open and closed.
        owes: What one of the parties promised and owes in money, by currency and creditors.
        owed: What was promised and is owed to one of them, by currency and debtors.
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
    participations: tuple[Participation, ...]
    commitments: tuple[Commitment, ...]
    owes: tuple[Sum, ...]
    owed: tuple[Sum, ...]
    proposals: tuple[Proposal, ...]
    meetings: tuple[Meeting, ...]
    figures: tuple[Figure, ...]
    timeline: tuple[TimelineEntry, ...]
    sources: tuple[Source, ...]
    events: tuple[str, ...]

    def __str__(self) -> str:
        """Return how many things of each sort the dossier holds, on one line."""
        return one_line(
            f"{self.subject} ({self.name})" if self.name else self.subject,
            *(f"{name} {len(items)}" for name in HELD if (items := getattr(self, name))),
        )


@frozen
class _Subject:
    """Party, or parties of a country, that a dossier is about.

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
    """Return everything about the party and those below it."""
    ancestors = snapshot.parties.ancestors
    names = snapshot.visible.names(Noun.PARTY)
    parties = tuple(name for name in names if party in ancestors(name))
    name = full_name(snapshot, party)
    return _dossier(snapshot, _Subject(party, name, parties, names_of(snapshot, parties)))


def dossier_of_country(snapshot: Snapshot, country: str) -> Dossier:
    """Return everything about the parties of the country."""
    countries = snapshot.parties.countries
    names = snapshot.visible.names(Noun.PARTY)
    parties = tuple(name for name in names if country in countries([name]))
    state = next((name for name in parties if _is_state(snapshot, name)), None)
    name = full_name(snapshot, state) if state is not None else None
    words = names_of(snapshot, parties) | {country.casefold()}
    return _dossier(snapshot, _Subject(country, name, parties, words))


def _is_state(snapshot: Snapshot, party: str) -> bool:
    """Return whether the party is a state."""
    event = snapshot.registration(Noun.PARTY, party)
    return isinstance(event, events.PartyRegistered) and event.kind is PartyKind.STATE


def _dossier(snapshot: Snapshot, subject: _Subject) -> Dossier:
    """Return everything about the subject."""
    partnerships = list(_partnerships(snapshot, subject))
    naming = [
        fact
        for fact in snapshot.visible.all()
        if snapshot.counts(fact) and _is_named(subject, fact.event)
    ]
    ids = _contents(snapshot, partnerships, naming)
    facts = _facts(snapshot, partnerships, naming, ids)
    timeline = timeline_entries(snapshot, facts)
    promises = _begun(snapshot, ids[Noun.COMMITMENT], commitment)
    return Dossier(
        subject=subject.title,
        name=subject.name,
        parties=subject.parties,
        partnerships=tuple(partnership(snapshot, name) for name in partnerships),
        instruments=tuple(instrument(snapshot, name) for name in ids[Noun.INSTRUMENT]),
        participations=tuple(
            each
            for name in ids[Noun.INSTRUMENT]
            for each in participations(snapshot, name)
            if each.party in subject.parties
        ),
        commitments=promises,
        owes=_sums(promises, SumsBy.CREDITOR, lambda each: each.debtors, subject),
        owed=_sums(promises, SumsBy.DEBTOR, lambda each: each.creditors, subject),
        proposals=_begun(snapshot, ids[Noun.PROPOSAL], proposal),
        meetings=_begun(snapshot, ids[Noun.MEETING], meeting),
        figures=tuple(figures_named(snapshot, ids[Noun.FIGURE])),
        timeline=timeline,
        sources=tuple(dict.fromkeys(source for entry in timeline for source in entry.sources)),
        events=tuple(fact.id for fact in sorted(facts, key=by_position)),
    )


def _sums(
    promises: Iterable[Commitment],
    by: SumsBy,
    side: Callable[[Commitment], Collection[str]],
    subject: _Subject,
) -> tuple[Sum, ...]:
    """Return the sums of the promises that have one of the subject's parties on the side."""
    own = (each for each in promises if not set(side(each)).isdisjoint(subject.parties))
    return sums_of(own, by=by)


def _partnerships(snapshot: Snapshot, subject: _Subject) -> Iterator[str]:
    """Yield the partnerships whose parties, then or on the day, are among the subject's."""
    for name in snapshot.visible.names(Noun.PARTNERSHIP):
        event = snapshot.registration(Noun.PARTNERSHIP, name)
        first = event.parties if isinstance(event, events.PartnershipOpened) else ()
        if not {*first, *snapshot.parties_of(name)}.isdisjoint(subject.parties):
            yield name


def _is_named(subject: _Subject, event: Event) -> bool:
    """Return whether the event names the subject: by id, as a participant, or as a partner."""
    ids = {name for _, name, nouns in named_by(event) if Noun.PARTY in nouns}
    ids.update(someone.party for someone in event.participants if someone.party is not None)
    partners: tuple[str, ...] = getattr(event, "partners", ())
    words = {caseless(partner) for partner in partners}
    return not (ids.isdisjoint(subject.parties) and words.isdisjoint(subject.names))


def _contents(
    snapshot: Snapshot, partnerships: Iterable[str], naming: Iterable[Fact]
) -> dict[Noun, list[str]]:
    """Return the ids that belong to the partnerships or are named by the facts, by noun.

    They come in the order of their first recording.
    """
    ids: dict[Noun, set[str]] = {noun: set() for noun in CONTENTS}
    for noun in CONTENTS:
        for name in partnerships:
            ids[noun].update(snapshot.contents.members(noun, name))
        ids[noun].update(filter(None, (getattr(fact.event, noun, None) for fact in naming)))
    return {
        noun: [name for name in snapshot.visible.names(noun) if name in names]
        for noun, names in ids.items()
    }


def _facts(
    snapshot: Snapshot, partnerships: Iterable[str], naming: Iterable[Fact], ids: IdsByNoun
) -> list[Fact]:
    """Return the facts of the partnerships, of the ids, and those that name the subject."""
    of_partnerships = (fact for name in partnerships for fact in snapshot.contents.facts_of(name))
    of_ids = (
        fact
        for noun, names in ids.items()
        for name in names
        for fact in snapshot.facts(name)
        if getattr(fact.event, noun, None) == name
    )
    facts = {fact.position: fact for fact in (*naming, *of_partnerships, *of_ids)}
    return sorted(facts.values(), key=by_day)


def _begun(
    snapshot: Snapshot, names: Iterable[str], answer: Callable[[Snapshot, str], Begun]
) -> tuple[Begun, ...]:
    """Return the answers about the things that have begun by the day."""
    answers = (answer(snapshot, name) for name in names)
    return tuple(item for item in answers if item.status != "none")
