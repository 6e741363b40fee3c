"""Parties: their names on a day, to whom they belong, and who took over from whom.

A party is registered under a name that is known on every day; each renaming by the day follows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from coopledger._dates.lazy_types import Date
from coopledger._facts.index import Fact
from coopledger._folding import caseless
from coopledger._frozen import frozen
from coopledger._gc import collector_paused
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers._filters import passing
from coopledger.answers._shown import Shown
from coopledger.answers._wording import comma_list, label, named, one_line, phrase
from coopledger.events import PartyRegistered, PartyRenamed, PartySucceeded
from coopledger.terms import Noun, PartyKind


@frozen(kw_only=True)
class Party(Shown):
    """Party under the name that it has on the day.

    Attributes:
        id: Its id.
        name: Its full name on the day; None if not known then.
        since: The first day of that name.
        acronyms: Its short names, as recorded together with that name.
        other_names: Further names, with which it was registered.
        former_names: The full names that it had before, oldest first.
        kind: What sort of organisation it is.
        country: Its country, or that of the nearest party above it, ISO 3166-1 alpha-2.
        parent: The party to which it belongs.
        succeeds: The parties from which it has taken over.
        succeeded_by: The parties that have taken over from it.
        partnerships: The partnerships to which it is a party on the day.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided the name, and who took over from whom.
    """

    id: str
    name: str | None
    since: Date | None
    acronyms: tuple[str, ...]
    other_names: tuple[str, ...]
    former_names: tuple[str, ...]
    kind: PartyKind | None
    country: str | None
    parent: str | None
    succeeds: tuple[str, ...]
    succeeded_by: tuple[str, ...]
    partnerships: tuple[str, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return its name, its kind, its country, its parent and its history, on one line."""
        return one_line(
            named(self.name, self.id),
            None if self.name else "not known",
            comma_list(self.acronyms),
            label(self.kind) if self.kind else None,
            self.country,
            phrase("part of ", self.parent),
            phrase("formerly ", self.former_names),
            phrase("took over from ", self.succeeds),
            phrase("succeeded by ", self.succeeded_by),
        )


# The parties of each partnership.
Members: TypeAlias = Mapping[str, Sequence[str]]


def party(snapshot: Snapshot, name: str) -> Party:
    """Return the answer about the party."""
    return _party(snapshot, name, _partnerships_by_party(members_of_all(snapshot)))


def parties(
    snapshot: Snapshot,
    *,
    kind: PartyKind | None = None,
    members: Members | None = None,
) -> Answers[Party]:
    """Return the parties known then, in the order in which they were first recorded.

    ``members`` are those of all partnerships, where they were asked for before.
    """
    with collector_paused():
        joined = _partnerships_by_party(members_of_all(snapshot) if members is None else members)
        known = [_party(snapshot, name, joined) for name in snapshot.visible.names(Noun.PARTY)]
    return passing(Answers(known, kind=Party), (kind, lambda each: each.kind is kind))


def full_name(snapshot: Snapshot, party: str) -> str | None:
    """Return the full name of the party on the day; None if it is not known then."""
    namings = _namings(snapshot, party)
    return namings[-1][1].name if namings else None


def names_of(snapshot: Snapshot, parties: Iterable[str]) -> frozenset[str]:
    """Return all names of the parties by the day, as they are compared: ids, names, acronyms.

    The code of its country is a name of a state too.
    """
    return frozenset(
        caseless(name) for party in parties for name in (party, *_all_names(snapshot, party))
    )


# A fact that names a party, and its event.
_Naming = tuple[Fact, PartyRegistered | PartyRenamed]


def _namings(snapshot: Snapshot, party: str) -> list[_Naming]:
    """Return the facts that name the party by the day: its registration, then each renaming."""
    opening = snapshot.opening(Noun.PARTY, party)
    namings: list[_Naming] = []
    if opening is not None and isinstance(opening.event, PartyRegistered):
        namings.append((opening, opening.event))
    namings.extend(
        (fact, fact.event)
        for fact in snapshot.facts(party)
        if isinstance(fact.event, PartyRenamed) and fact.event.party == party
    )
    return namings


def _all_names(snapshot: Snapshot, party: str) -> Iterator[str]:
    """Yield the names of the party, old and new, long and short."""
    for _, event in _namings(snapshot, party):
        yield from (event.name, *event.acronyms)
        if isinstance(event, PartyRegistered):
            yield from event.other_names
            if event.kind is PartyKind.STATE and event.country is not None:
                yield event.country


def _party(snapshot: Snapshot, name: str, joined: Mapping[str, Sequence[str]]) -> Party:
    """Return the answer about the party, given the partnerships of every party."""
    registered = snapshot.registration(Noun.PARTY, name)
    registration = registered if isinstance(registered, PartyRegistered) else None
    namings, takeovers = _namings(snapshot, name), _takeovers(snapshot, name)
    named_by, naming = namings[-1] if namings else (None, None)
    deciding = [named_by, *(fact for fact, _ in takeovers)]
    basis = evidence(snapshot, [fact.position for fact in deciding if fact is not None])
    return Party(
        id=name,
        name=naming.name if naming else None,
        since=first_day(named_by.effect) if named_by and isinstance(naming, PartyRenamed) else None,
        acronyms=naming.acronyms if naming else (),
        other_names=registration.other_names if registration else (),
        former_names=_once(
            event.name for _, event in namings if naming and event.name != naming.name
        ),
        kind=registration.kind if registration else None,
        country=next(iter(snapshot.parties.countries([name])), None),
        parent=other_than(name, registration.parent if registration else None),
        succeeds=_once(event.party for _, event in takeovers if event.party != name),
        succeeded_by=_once(
            heir
            for _, event in takeovers
            if event.party == name
            for heir in event.by
            if heir != name
        ),
        partnerships=tuple(joined.get(name, ())),
        certain=basis.certain,
        decided_by=basis.events,
    )


def other_than(name: str, other: str | None) -> str | None:
    """Return the other thing; None where it was registered twice, and is the thing itself."""
    return None if other == name else other


def _takeovers(snapshot: Snapshot, name: str) -> list[tuple[Fact, PartySucceeded]]:
    """Return the facts by which the party takes over, or another from it, by the day."""
    return [
        (fact, fact.event)
        for fact in snapshot.facts(name)
        if isinstance(fact.event, PartySucceeded)
    ]


def members_of_all(snapshot: Snapshot) -> Members:
    """Return the parties of every partnership on the day, in the order of their recording.

    Where the answers about all partnerships are kept, these tell them.
    """
    names = snapshot.visible.names(Noun.PARTNERSHIP)
    kept = snapshot.kept
    if kept is not None and kept.changed(snapshot, snapshot, Noun.PARTNERSHIP) is not None:
        answers = kept.listed(snapshot, Noun.PARTNERSHIP, within=None, only_open=False)
        told = {each.id: each.parties for each in answers or ()}
        if told.keys() >= set(names):
            return {name: told[name] for name in names}
    return {name: snapshot.parties_of(name) for name in snapshot.visible.ahead(names, around=False)}


def _partnerships_by_party(members: Members) -> Mapping[str, Sequence[str]]:
    """Return the partnerships of every party."""
    joined: dict[str, list[str]] = {}
    for partnership, parties_there in members.items():
        for member in parties_there:
            joined.setdefault(member, []).append(partnership)
    return joined


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in their order, each once."""
    return tuple(dict.fromkeys(names))
