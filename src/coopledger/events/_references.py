"""Which field of an event names which noun: the one table behind lookups and E102."""

from collections.abc import Callable
from functools import cache
from typing import cast

import attrs

from coopledger.events.envelope import NAMES, Event
from coopledger.terms import Noun

References = tuple[tuple[str, tuple[Noun, ...]], ...]

# A field of this name means this noun in every event class, unless its metadata say otherwise.
NAMED: dict[str, tuple[Noun, ...]] = {
    "party": (Noun.PARTY,),
    "parties": (Noun.PARTY,),
    "by": (Noun.PARTY,),
    "to": (Noun.PARTY,),
    "host": (Noun.PARTY,),
    "signers": (Noun.PARTY,),
    "missing_signers": (Noun.PARTY,),
    "debtors": (Noun.PARTY,),
    "creditors": (Noun.PARTY,),
    "parent": (Noun.PARTY,),
    "partnership": (Noun.PARTNERSHIP,),
    "meeting": (Noun.MEETING,),
    "within": (Noun.MEETING,),
    "at_meeting": (Noun.MEETING,),
    "due_meeting": (Noun.MEETING,),
    "proposal": (Noun.PROPOSAL,),
    "counter_to": (Noun.PROPOSAL,),
    "realises": (Noun.PROPOSAL,),
    "instrument": (Noun.INSTRUMENT,),
    "supersedes": (Noun.INSTRUMENT,),
    "extends": (Noun.INSTRUMENT,),
    "implements": (Noun.INSTRUMENT,),
    "under": (Noun.INSTRUMENT,),
    "by_instrument": (Noun.INSTRUMENT,),
    "commitment": (Noun.COMMITMENT,),
    "fulfils": (Noun.COMMITMENT,),
    "depends_on": (Noun.PROPOSAL, Noun.COMMITMENT),
    "figure": (Noun.FIGURE,),
    "subject": tuple(Noun),
}

# Several events may bring these in: a meeting is announced and then held, a proposal answered.
OPENED_AGAIN = frozenset({Noun.MEETING, Noun.PROPOSAL})


def _references(cls: type[Event]) -> References:
    """The fields of the class that name nouns, in order, each with the nouns allowed."""
    fields = attrs.fields(cls)
    nouns = ((field.name, field.metadata.get(NAMES, NAMED.get(field.name))) for field in fields)
    return tuple((field, allowed) for field, allowed in nouns if allowed)


def _opened_by(cls: type[Event]) -> tuple[str, Noun] | None:
    """The field whose id the class may bring into the ledger, and its noun."""
    noun = cls.__opens__
    return (noun.value, noun) if noun is not None else None


# Both are asked for every event of a log, and answer the same for every event of a class. The
# casts are for type checkers, which take the hash of a class for that of its instances.
references: Callable[[type[Event]], References] = cast(
    Callable[[type[Event]], References], cache(_references)
)
opened_by: Callable[[type[Event]], tuple[str, Noun] | None] = cast(
    Callable[[type[Event]], tuple[str, Noun] | None], cache(_opened_by)
)
