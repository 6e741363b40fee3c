"""Names under which the log finds an event again, and the rules by which they are given.

An event is found under the ids that it names, a party under its titles too, a new id under what it
looks like, and an older event under its own id where that is stored in another form than NFC.
Whatever is about another event is found under ``about`` and the id of that event, and under every
name of it: as first recorded, as corrected before, and as corrected by this very event. So an index
only grows, and a reader of one name sees the first sign of whatever is about the facts that it
finds there.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Protocol

from coopledger._facts.index import key_fields, keys, titles
from coopledger._folding import caseless, skeleton
from coopledger._log.chain import Listing
from coopledger.events import Correction, Event, EventCorrected, EventRetracted
from coopledger.events._references import once_per_class
from coopledger.terms import Noun
from coopledger.values import FrozenMapping

MENDING = (EventCorrected, EventRetracted)

_FORM = 1  # To be raised whenever events are listed in another way: then all indexes are renewed.
_LONGEST_TITLE = 200
_RULE_LETTERS = 16


class Targets(Protocol):
    """Events of a ledger, as far as events about them need to know."""

    def versions(self, event_id: str) -> Sequence[Event]:
        """Return the event as first recorded and as last corrected; none if there is no such."""
        ...

    def corrected(self, event: Event, changes: FrozenMapping, /) -> Event:
        """Return the event with the changes of a correction."""
        ...


# Ids never begin with a blank, so that no other name is taken for one.


def about_name(event_id: str) -> str:
    """Return the name of whatever is about the event."""
    return f" about {event_id}"


def id_name(event_id: str) -> str:
    """Return the name of an older event whose id is stored in another form than NFC."""
    return f" id {event_id}"


def with_stored_id(listing: Listing, *, stored: str, event_id: str) -> Listing:
    """Return the listing, with the id of the event too where it is stored in another form."""
    if stored == event_id:
        return listing
    names = sorted({*listing.names, id_name(event_id)})
    return Listing(names=tuple(names), opened=listing.opened)


def title_name(title: str) -> str:
    """Return the name of whatever gives a party the title, in whichever case."""
    return _bounded("title", caseless(title))


def like_name(plain: str) -> str:
    """Return the name of whatever brings in an id that looks like another, plain one."""
    return _bounded("like", plain)


def _bounded(what: str, words: str) -> str:
    """Return the name of whatever has the words, of which the index holds no long ones."""
    if len(words) > _LONGEST_TITLE:
        return f" {what} sha256 {sha256(words.encode()).hexdigest()}"
    return f" {what} {words}"


def mended(noun: Noun) -> str:
    """Return the word under which ids of the noun are listed whose openings were mended."""
    return f"{noun} mended"


def own_names(event: Event) -> set[str]:
    """Return the names of the event by itself, without those of what it is about."""
    names = keys(event)
    names.update(map(title_name, titles(event)))
    if event.__opens__ is not None:
        names.update(_of_new_id(getattr(event, event.__opens__)))
    if isinstance(event, Correction):
        names.add(about_name(event.target))
    return names


def _of_new_id(name: str) -> Iterator[str]:
    """Yield the id, and under what it is found by one that looks like it.

    One that is plain is found by itself.
    """
    yield name
    plain = skeleton(name)
    if plain != name:
        yield like_name(plain)


def listing_of(event: Event, targets: Targets) -> Listing:
    """Return under which names the event is found, and the ids that it may bring in."""
    if not isinstance(event, Correction):
        return Listing(names=tuple(sorted(own_names(event))), opened=tuple(_opened(event)))
    versions = list(targets.versions(event.target))
    opened = set[tuple[str, str]]()
    if isinstance(event, EventCorrected) and versions:
        after = targets.corrected(versions[-1], event.changes)
        versions.append(after)
        opened.update(_opened(after))
    if isinstance(event, MENDING):
        opened.update(
            (mended(Noun(noun)), name) for each in versions for noun, name in _opened(each)
        )
    names = _names_of_all([event, *versions], targets)
    return Listing(names=tuple(sorted(names)), opened=tuple(sorted(opened)))


def _names_of_all(events: Sequence[Event], targets: Targets) -> set[str]:
    """Return the names of the events, and of whatever they are about, however indirectly."""
    names, waiting, seen = set[str](), list(events), set[str]()
    while waiting:
        event = waiting.pop()
        names |= own_names(event)
        if isinstance(event, Correction) and event.target not in seen:
            seen.add(event.target)
            waiting += targets.versions(event.target)
    return names


def _opened(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the noun and the id that the event may bring in, if there is one."""
    if event.__opens__ is not None:
        yield event.__opens__.value, getattr(event, event.__opens__)


@once_per_class
def rule(cls: type[Event]) -> str:
    """Return a fingerprint of the way in which events of the class are listed."""
    looks = ("by its looks",) if cls.__opens__ is not None else ()
    words = (_FORM, *sorted(key_fields(cls)), f"opens {cls.__opens__}", *looks, *_bases(cls))
    return sha256(repr(words).encode()).hexdigest()[:_RULE_LETTERS]


def _bases(cls: type[Event]) -> Iterator[str]:
    """Yield the names of the classes whose events are listed in a way of their own."""
    for base in (Correction, *MENDING):
        if issubclass(cls, base):
            yield base.__name__
