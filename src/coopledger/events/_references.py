"""References of events: which field of which class names which noun.

Every lookup by id rests on this table, and so does E102.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeVar, cast

import attrs

from coopledger.events.envelope import NAMES, Event
from coopledger.terms import Noun

T = TypeVar("T")
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
    "ends_with": (Noun.INSTRUMENT,),
    "under": (Noun.INSTRUMENT,),
    "by_instrument": (Noun.INSTRUMENT,),
    "commitment": (Noun.COMMITMENT,),
    "fulfils": (Noun.COMMITMENT,),
    "depends_on": (Noun.PROPOSAL, Noun.COMMITMENT),
    "figure": (Noun.FIGURE,),
    "obstacle": (Noun.OBSTACLE,),
    "affairs": (Noun.PARTNERSHIP, Noun.INSTRUMENT, Noun.COMMITMENT),
    "depositary": (Noun.PARTY,),
    "duplicate": tuple(Noun),
    "same_as": tuple(Noun),
    "subject": tuple(Noun),
}

# Several events may bring these in: a meeting is announced and then held, a proposal answered.
OPENED_AGAIN = frozenset({Noun.MEETING, Noun.PROPOSAL})


def once_per_class(function: Callable[[type[Event]], T]) -> Callable[[type[Event]], T]:
    """Let a function of an event class compute its result once for each class.

    Such functions are called for every event of a log.
    """
    # The cast is for type checkers, which take the hash of a class for that of its instances.
    return cast(Callable[[type[Event]], T], cache(function))


@once_per_class
def references(cls: type[Event]) -> References:
    """Return the fields of the class that name nouns, in order, each with the nouns allowed."""
    fields = attrs.fields(cls)
    nouns = ((field.name, field.metadata.get(NAMES, NAMED.get(field.name))) for field in fields)
    return tuple((field, allowed) for field, allowed in nouns if allowed)
