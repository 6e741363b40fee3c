"""Things that were registered twice, read as one: whatever names the duplicate names the other."""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._fields.classes import filled, not_at_default
from coopledger._fields.reading import condition_parts
from coopledger.events import Event
from coopledger.events._references import once_per_class, references
from coopledger.terms import Noun

# Of two of these the other's stands; of other things every act is read as if on one id.
REGISTRATIONS = frozenset({Noun.PARTY, Noun.PARTNERSHIP, Noun.INSTRUMENT, Noun.COMMITMENT})
# What a registration says of itself, which another one never fills in: ids, dates, and the
# background state, which counts from the registration that says it.
_OF_ITS_OWN = frozenset(
    {"id", "when", "effective", "recorded_by", "source", "note", "other_names"}
) | {"state", "until", "open_ended"}
_BACKGROUND = frozenset({"state", "until", "open_ended"})


class Merged:
    """Ids of which several are one thing.

    Attributes:
        same: Each duplicate, with the id under which it answers.
    """

    def __init__(self, mergers: Iterable[events.SameAs]) -> None:
        """Read the mergers in the order of the log."""
        self.same: dict[str, str] = {}
        for each in mergers:
            old, new = self.id_of(each.duplicate), self.id_of(each.same_as)
            if old != new:
                self.same |= {name: new for name, other in self.same.items() if other == old}
                self.same[old] = new

    def id_of(self, name: str) -> str:
        """Return the id under which the thing answers."""
        return self.same.get(name, name)

    def is_duplicate(self, name: str) -> bool:
        """Return whether the id answers as another, and is in no list."""
        return name in self.same

    def ids(self, name: str) -> Iterator[str]:
        """Yield all ids of the thing, the one under which it answers first."""
        one = self.id_of(name)
        yield one
        yield from (other for other, same in self.same.items() if same == one)

    def fact(self, fact: Fact) -> Fact:
        """Return the fact, in which every id is the one under which the thing answers."""
        event = self.event(fact.event)
        return fact if event is fact.event else Fact.of(fact.position, event)

    def event(self, event: Event) -> Event:
        """Return the event, in which every id is the one under which the thing answers."""
        said, changes = vars(event), dict[str, object]()
        for field in _fields_of_ids(type(event)):
            value: str | tuple[str, ...] | None = said.get(field)
            if isinstance(value, tuple):
                changes[field] = tuple(dict.fromkeys(map(self.id_of, value)))
            elif value is not None:
                changes[field] = self.id_of(value)
        if "meets" in said:
            changes["meets"] = tuple(map(self._condition, event.meets))
        if "participants" in said:
            changes["participants"] = tuple(
                attrs.evolve(each, party=self.id_of(each.party)) if each.party else each
                for each in event.participants
            )
        if all(said[field] == value for field, value in changes.items()):
            return event
        return filled(type(event), _without_ties_to_itself(event, said | changes))

    def _condition(self, met: str) -> str:
        """Return the condition, of the commitment by the id under which it answers."""
        commitment, condition = condition_parts(met)
        return f"{self.id_of(commitment)}/{condition}"


def _without_ties_to_itself(event: Event, said: dict[str, object]) -> dict[str, object]:
    """Return what a registration says, less what ties the thing to itself once two are one."""
    opened = event.__opens__
    if opened is None or opened not in REGISTRATIONS:
        return said
    own, kept = said[opened.value], dict[str, object]()
    for field, value in said.items():
        if field == opened.value or field not in _fields_of_ids(type(event)):
            kept[field] = value
        elif isinstance(value, tuple):
            ids = cast(tuple[str, ...], value)
            rest = tuple(each for each in ids if each != own)
            kept |= {field: rest} if rest else {}
        elif value != own:
            kept[field] = value
    return kept


def completed(registration: Fact, others: Iterable[Fact]) -> Fact:
    """Return the registration that stands, which others of the same thing fill where it is silent.

    Names of a party that are told elsewhere become other names of it.
    """
    event = registration.event
    said = dict(vars(event))
    for other in (fact.event for fact in others):
        more = {
            name: value
            for name, value in vars(other).items()
            if name not in said and name not in _OF_ITS_OWN
        }
        said |= more if type(other) is type(event) else {}
    if isinstance(event, events.PartyRegistered):
        names = dict.fromkeys([*event.other_names, *_names_in(fact.event for fact in others)])
        said["other_names"] = tuple(name for name in names if name != event.name)
        said = not_at_default(type(event))(said)
    if said == vars(event):
        return registration
    return Fact.of(registration.position, filled(type(event), said))


def telling_background(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the other registrations of a text that tell of its background, where none did before.

    The first stands; of each other one the state and the end count that are not told already.
    """
    told = _BACKGROUND.intersection(vars(facts[0].event))
    for fact in facts[1:]:
        said = vars(fact.event)
        new = _BACKGROUND.intersection(said) - told
        if new:
            told |= new
            kept = {name: value for name, value in said.items() if name not in _BACKGROUND - new}
            yield Fact.of(fact.position, filled(type(fact.event), kept))


def _names_in(registrations: Iterable[Event]) -> Iterator[str]:
    """Yield the names that other registrations give to a party."""
    for event in registrations:
        if isinstance(event, events.PartyRegistered):
            yield event.name
            yield from event.other_names


@once_per_class
def _fields_of_ids(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields of the class that hold ids of things."""
    merging = issubclass(cls, events.SameAs)
    named = () if merging else tuple(field for field, _ in references(cls))
    opened = (cls.__opens__.value,) if cls.__opens__ is not None else ()
    creates = ("creates",) if "creates" in attrs.fields_dict(cls) else ()
    return tuple(dict.fromkeys((*named, *opened, *creates)))
