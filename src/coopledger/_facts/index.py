"""Facts at their places in the replay, and the ids in their events."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from hashlib import sha256
from operator import attrgetter
from typing import Any, NamedTuple

import attrs

from coopledger import events
from coopledger._dates.marks import is_fuzzy
from coopledger._fields.reading import condition_parts, in_nfc
from coopledger._folding import caseless
from coopledger.events import Event, PartyRegistered, PartyRenamed, PartySucceeded
from coopledger.events._references import once_per_class, references
from coopledger.events.envelope import PARTIES_IN_WORDS
from coopledger.terms import Noun

SAME = " same as"  # The name of whatever tells that one thing was registered twice.
BEGINNING = 0  # The day before every day: an event without a date counts from here.

# Acts on instruments, line by line in the order in which those of one day replay, whatever the
# order of recording. Their registration comes before; what is no act on a text keeps the order of
# the log, between the two.
_IN_ORDER: tuple[tuple[type[Event], ...], ...] = (
    (events.NegotiationOpened,),
    (events.NegotiationConcluded, events.InstrumentAdopted),
    (events.InstrumentInitialled,),
    (events.InstrumentSigned,),
    (events.InstrumentProvisionallyApplied,),
    (events.InstrumentRatified, events.InstrumentAcceded),
    (events.ReservationMade,),
    (events.ReservationWithdrawn,),
    (events.InstrumentEnteredIntoForce,),
    (events.InstrumentAmended,),
    (events.InstrumentExtended, events.InstrumentRenewed),
    (events.InstrumentSuspended,),
    (events.InstrumentResumed,),
    (events.TerminationNotified,),
    (events.TerminationNoticeWithdrawn,),
    (events.SignatureWithdrawn,),
    (events.NegotiationBrokenOff,),
    (events.InstrumentCompleted,),
    (events.InstrumentTerminated,),
)
_RANK_OF_OTHERS = 1
RANKS: dict[type[Event], int] = {
    events.InstrumentRegistered: 0,
    **{act: rank for rank, acts in enumerate(_IN_ORDER, 2) for act in acts},
}

# Place in the replay: the effect day, the latest day of the act, its rank, the position.
ReplayKey = tuple[int, int, int, int]


# A tuple: nothing frozen is made as fast, and a replay makes one for each event.
class Fact(NamedTuple):
    """One visible event at its place in the replay.

    Attributes:
        position: Its position in the log.
        event: The event, as corrected.
        effect: The day from which it counts, as an ordinal; 0 is the beginning.
        act: The latest day of the act, as an ordinal; 0 if undated.
        replay_key: Its place in the replay: effect, act, rank of the act, position in the log.
        id: The id of the event.
    """

    position: int
    event: Event
    effect: int
    act: int
    replay_key: ReplayKey
    id: str

    @classmethod
    def of(cls, position: int, event: Event) -> "Fact":
        """Return the fact that the event at the position states."""
        when, effective = event.when, event.effective
        act = when.settled if when is not None else BEGINNING
        effect = effective.settled if effective is not None else act
        rank = RANKS.get(type(event), _RANK_OF_OTHERS)
        return cls(position, event, effect, act, (effect, act, rank, position), event.id or "")

    @property
    def certain(self) -> bool:
        """Return whether the day from which it counts is not fuzzy, or is not needed."""
        counted = self.event.effective or self.event.when
        return counted is None or not is_fuzzy(counted)

    @property
    def has_known_day(self) -> bool:
        """Return whether it counts from a date with a known start, unlike ``../2026-11-29``."""
        counted = self.event.effective or self.event.when
        return counted is not None and counted.first is not None


# Sorts facts in the order of their replay.
by_replay_key: Callable[[Fact], ReplayKey] = attrgetter("replay_key")


def by_day(fact: Fact) -> tuple[int, int, int]:
    """Sort facts by effect day and day of the act, those of one day in the order of the log.

    What is listed keeps the order of recording; the ranks of acts are for the replay alone.
    """
    return fact.effect, fact.act, fact.position


# Sorts facts in the order of the log.
by_position: Callable[[Fact], int] = attrgetter("position")


# The ids in an event, and the names under which the event is found.

# Only these are found under the ids of parties, since a state is named almost everywhere.
ABOUT_PARTIES = (PartyRegistered, PartyRenamed, PartySucceeded)


def named_by(event: Event) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Yield every id that the event names: the field, the id, and the nouns allowed for it."""
    said = vars(event)
    for name, nouns in references(type(event)):
        if name not in said:
            continue  # Most fields are not.
        value: str | tuple[str, ...] | None = said[name]
        if isinstance(value, tuple):
            for item in value:
                yield name, item, nouns
        elif value is not None:
            yield name, value, nouns
    if "meets" in said:
        for commitment, _ in map(condition_parts, event.meets):
            yield "meets", commitment, (Noun.COMMITMENT,)


def in_words(event: Event) -> Iterator[tuple[str, str]]:
    """Yield every name in free text that may be that of a party, with its field."""
    for field in fields_in_words(type(event)):
        for name in getattr(event, field):
            yield field, name


def keys(event: Event) -> set[str]:
    """Return the ids under which the event is found; its series is one of them."""
    return _ids_in(event, key_fields(type(event)))


def all_keys(event: Event) -> set[str]:
    """Return the ids under which the event is found, and those of all parties in it."""
    return _ids_in(event, _fields_of_ids(type(event)))


def members_name(partnership: str) -> str:
    """Return the name of whatever tells who joined or left the partnership."""
    return f" members {partnership}"


def stances_name(partnership: str) -> str:
    """Return the name of whatever gives up or resumes the cooperation in the partnership."""
    return f" stances {partnership}"


def _stances_in(event: events.CooperationGivenUp | events.CooperationResumed) -> tuple[str, ...]:
    """Return the name of what is said of a whole partnership; none of what names a text."""
    return () if event.partnership is None else (stances_name(event.partnership),)


def handover_name(person: str) -> str:
    """Return the name of whatever hands over from the person or post, in whichever case."""
    return _of_person("hands", person)


def holding_name(person: str) -> str:
    """Return the name of whatever puts something into the hands of the person or post."""
    return _of_person("holds", person)


def _of_person(word: str, person: str) -> str:
    """Return the name of what is about a person; a long one by its digest."""
    folded = " ".join(in_nfc(person).casefold().split())
    if len(folded) > _LONGEST_PERSON:
        folded = f"sha256 {sha256(folded.encode()).hexdigest()}"
    return f" {word} {folded}"


_LONGEST_PERSON = 180

# Events that are looked for all together, each with their common names. Ids never begin with a
# blank, so that no other name is taken for one.
_GATHERED: dict[type[Event], Callable[[Any], tuple[str, ...]]] = {
    events.PartyJoined: lambda event: (members_name(event.partnership),),
    events.PartyLeft: lambda event: (members_name(event.partnership),),
    events.SameAs: lambda _: (SAME,),
    events.CommitmentMade: lambda event: _held_by(event.responsible),
    events.ProposalMade: lambda event: _held_by(event.responsible),
    events.InstrumentRegistered: lambda event: _held_by(event.responsible),
    events.ResponsibilityAssigned: lambda event: (
        holding_name(event.to),
        *((handover_name(event.in_place_of),) if event.in_place_of else ()),
    ),
    events.CooperationGivenUp: _stances_in,
    events.CooperationResumed: _stances_in,
}


def _held_by(person: str | None) -> tuple[str, ...]:
    """Return the name of what a person holds; none for nobody."""
    return () if person is None else (holding_name(person),)


def _ids_in(event: Event, fields: AbstractSet[str]) -> set[str]:
    """Return the ids in the fields of the event, and those in the conditions that it meets."""
    names: set[str] = set()
    said, gathered = vars(event), _GATHERED.get(type(event))
    if gathered is not None:
        names.update(gathered(event))
    for field in fields & said.keys():
        value: str | tuple[str, ...] | None = said[field]
        if isinstance(value, tuple):
            names.update(value)
        elif value is not None:
            names.add(value)
    if "meets" in said:
        names.update(commitment for commitment, _ in map(condition_parts, event.meets))
    return names


def titles(event: Event) -> set[str]:
    """Return the id, names and acronyms that the event gives to a party, as they are compared."""
    if not isinstance(event, PartyRegistered | PartyRenamed):
        return set()
    others = event.other_names if isinstance(event, PartyRegistered) else ()
    return {caseless(name) for name in (event.party, event.name, *event.acronyms, *others)}


@once_per_class
def key_fields(cls: type[Event]) -> frozenset[str]:
    """Return the fields of the class whose ids find its events."""
    fields = [
        field
        for field, nouns in references(cls)
        if nouns != (Noun.PARTY,) or issubclass(cls, ABOUT_PARTIES)
    ]
    return frozenset(fields) | ({"series"} & attrs.fields_dict(cls).keys())


@once_per_class
def _fields_of_ids(cls: type[Event]) -> frozenset[str]:
    """Return the fields of the class that hold ids, of parties too."""
    return key_fields(cls).union(field for field, _ in references(cls))


@once_per_class
def fields_in_words(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields of the class whose free text may name parties."""
    return tuple(field.name for field in attrs.fields(cls) if PARTIES_IN_WORDS in field.metadata)


def opened_id(event: Event, noun: Noun) -> str | None:
    """Return the id of the noun that the event may bring into the ledger."""
    return getattr(event, noun) if event.__opens__ is noun else None
