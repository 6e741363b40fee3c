"""The ids that events name, and under which of them an event is found."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import cast

import attrs

from coopledger.events import Event, PartyRegistered, PartyRenamed, PartySucceeded
from coopledger.events.envelope import PARTIES_IN_WORDS
from coopledger.events.references import opened_by, references
from coopledger.terms import Noun

__all__ = ["in_words", "is_key", "keys", "named_by", "opens", "titles"]

# Only these are found under the ids of parties, since a state is named almost everywhere.
ABOUT_PARTIES = (PartyRegistered, PartyRenamed, PartySucceeded)


def named_by(event: Event) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Every id that the event names: the field, the id, and the nouns that it may stand for."""
    for name, nouns in references(type(event)):
        value: str | tuple[str, ...] | None = getattr(event, name)
        if isinstance(value, tuple):
            for item in value:
                yield name, item, nouns
        elif value is not None:
            yield name, value, nouns
    for condition in event.meets:
        yield "meets", condition.rpartition("/")[0], (Noun.COMMITMENT,)


def in_words(event: Event) -> Iterator[tuple[str, str]]:
    """Yield every name in free text that may be that of a party, with its field."""
    for field in _fields_in_words(type(event)):
        for name in getattr(event, field):
            yield field, name


def keys(event: Event) -> set[str]:
    """The ids under which an event is found; a series is one of them."""
    found: set[str] = set()
    for field in _key_fields(type(event)):
        value: str | tuple[str, ...] | None = getattr(event, field)
        if isinstance(value, tuple):
            found.update(value)
        elif value is not None:
            found.add(value)
    for condition in event.meets:
        found.add(condition.rpartition("/")[0])
    return found


def titles(event: Event) -> set[str]:
    """What the event lets a party be called: its id, names and acronyms, in small letters."""
    if not isinstance(event, PartyRegistered | PartyRenamed):
        return set()
    others = event.other_names if isinstance(event, PartyRegistered) else ()
    return {name.casefold() for name in (event.party, event.name, *event.acronyms, *others)}


def _find_key_fields(cls: type[Event]) -> tuple[str, ...]:
    """The fields of the class whose ids find its events."""
    named = [field for field, nouns in references(cls) if is_key(cls, nouns)]
    return (*named, "series") if hasattr(cls, "series") else tuple(named)


def _find_fields_in_words(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields of the class whose free text may name parties."""
    return tuple(field.name for field in attrs.fields(cls) if PARTIES_IN_WORDS in field.metadata)


# The casts are for type checkers, which take the hash of a class for that of its instances.
_fields_in_words = cast(Callable[[type[Event]], tuple[str, ...]], cache(_find_fields_in_words))
_key_fields = cast(Callable[[type[Event]], tuple[str, ...]], cache(_find_key_fields))


def is_key(cls: type[Event], nouns: tuple[Noun, ...]) -> bool:
    """Whether ids of the nouns find the events of the class."""
    return nouns != (Noun.PARTY,) or issubclass(cls, ABOUT_PARTIES)


def opens(event: Event, noun: Noun) -> str | None:
    """The id of the noun that the event may bring into the ledger."""
    opened = opened_by(type(event))
    return getattr(event, opened[0]) if opened is not None and opened[1] is noun else None
