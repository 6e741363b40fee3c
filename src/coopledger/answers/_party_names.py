"""How parties are called: their names on a day, and those that free text may mean them by."""

from collections.abc import Iterable, Iterator

from coopledger._snapshot import Snapshot
from coopledger.events import PartyRegistered, PartyRenamed
from coopledger.terms import Noun, PartyKind


def full_name(snapshot: Snapshot, party: str) -> str | None:
    """The full name of the party on the day; None if it is not known then."""
    names = [registered.name for registered in _registrations(snapshot, party)][:1]
    renamed = [event.name for event in _renamings(snapshot, party)]
    return next(iter([*reversed(renamed), *names]), None)


def called(snapshot: Snapshot, parties: Iterable[str]) -> frozenset[str]:
    """All that the parties were called by the day, in small letters: id, names, acronyms.

    A state is also called by the code of its country.
    """
    return frozenset(
        name.casefold() for party in parties for name in (party, *_names(snapshot, party))
    )


def _names(snapshot: Snapshot, party: str) -> Iterator[str]:
    """The names of the party, old and new, long and short."""
    for event in _registrations(snapshot, party):
        yield from (event.name, *event.acronyms, *event.other_names)
        if event.kind is PartyKind.STATE and event.country is not None:
            yield event.country
    for renamed in _renamings(snapshot, party):
        yield from (renamed.name, *renamed.acronyms)


def _registrations(snapshot: Snapshot, party: str) -> Iterator[PartyRegistered]:
    """The registration of the party, which is known on any day."""
    event = snapshot.registration(Noun.PARTY, party)
    if isinstance(event, PartyRegistered):
        yield event


def _renamings(snapshot: Snapshot, party: str) -> Iterator[PartyRenamed]:
    """The renamings of the party by the day, as they replay."""
    for fact in snapshot.facts(party):
        if isinstance(fact.event, PartyRenamed) and fact.event.party == party:
            yield fact.event
