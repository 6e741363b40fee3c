"""Ties by which a thing depends on others of its noun, and the things that it depends on.

Codes: E202, E206, E304, E406, E512, E613.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.events import Event
from coopledger.terms import Noun


@frozen
class Tie:
    """Field by which a thing depends on others of its noun, and never on itself.

    Attributes:
        kinds: The events that name the thing and have the field.
        noun: The noun of the thing.
        field: The field.
        code: The code of the refusal.
        relation: The words between the other thing and the thing, where a circle is closed;
            empty where only the thing itself is refused.
        remedy: The words after it where the thing names itself; empty for the same words.
    """

    kinds: tuple[type[Event], ...]
    noun: Noun
    field: str
    code: str
    relation: str
    remedy: str = ""


TIES: tuple[Tie, ...] = (
    Tie(
        (events.PartyRegistered,),
        Noun.PARTY,
        "parent",
        "E202",
        "lies below",
        "cannot be its own parent",
    ),
    Tie((events.PartnershipOpened,), Noun.PARTNERSHIP, "parent", "E206", "lies below"),
    Tie(
        (events.MeetingScheduled, events.MeetingHeld),
        Noun.MEETING,
        "within",
        "E304",
        "lies within",
        "cannot lie within itself",
    ),
    Tie(
        (events.ProposalMade,),
        Noun.PROPOSAL,
        "counter_to",
        "E406",
        "counters",
        "cannot counter itself",
    ),
    *(
        Tie((events.InstrumentRegistered,), Noun.INSTRUMENT, field, "E512", relation, remedy)
        for field, relation, remedy in (
            ("supersedes", "takes the place of", "cannot take the place of itself"),
            ("extends", "prolongs", "cannot prolong itself"),
            ("implements", "carries out", "cannot carry out itself"),
            ("ends_with", "ends with", "cannot end with itself"),
        )
    ),
    # Two texts may amend each other in turn: each is changed by what the other said later.
    Tie(
        (events.InstrumentAmended,),
        Noun.INSTRUMENT,
        "by_instrument",
        "E512",
        "",
        "cannot amend itself",
    ),
    Tie(
        (events.CommitmentMade,),
        Noun.COMMITMENT,
        "depends_on",
        "E613",
        "waits for",
        "cannot wait for itself",
    ),
)
Numbered: TypeAlias = events.MeetingScheduled | events.MeetingHeld
TIED = tuple(dict.fromkeys(kind for tie in TIES for kind in tie.kinds))
FIELDS = frozenset(tie.field for tie in TIES)


def values(event: Event, field: str) -> tuple[str, ...]:
    """Return the ids in the field, which holds one, several or none."""
    value: str | tuple[str, ...] | None = getattr(event, field)
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


def above(ever: Snapshot, tie: Tie, name: str) -> tuple[str, ...]:
    """Return the things on which the thing depends by what is known of it, on any day."""
    if tie.noun is Noun.MEETING:
        records = [fact.event for fact in ever.meeting(name).words]
    else:
        records = [fact.event for fact in ever.visible.openings(tie.noun, name)]
    found = (values(event, tie.field) for event in records if isinstance(event, tie.kinds))
    return next(filter(None, found), ())


def numbered_in(series: str, facts: Iterable[Fact]) -> Iterator[tuple[Fact, Numbered]]:
    """Yield the facts that give a meeting a number of the series, and their events."""
    for fact in facts:
        event = fact.event
        if isinstance(event, Numbered) and event.series == series and event.number is not None:
            yield fact, event


class Graphs:
    """All things and what they depend on or share, gone through once for the check of a whole log.

    Attributes:
        ever: The snapshot after all that is visible has happened.
    """

    def __init__(self, ever: Snapshot) -> None:
        """Go through the things of a tie when it is first asked about."""
        self.ever = ever
        self._graphs: dict[tuple[Noun, str], dict[str, tuple[str, ...]]] = {}
        self._numbers: dict[str, dict[int | None, list[tuple[Fact, Numbered]]]] = {}

    def is_free(self, tie: Tie, own: str, name: str) -> bool:
        """Return whether the thing depends on the other one, and nothing of the kind on itself.

        Otherwise nothing is said about the two.
        """
        key = tie.noun, tie.field
        if key not in self._graphs:
            names = self.ever.visible.names(tie.noun)
            graph = {each: above(self.ever, tie, each) for each in names}
            self._graphs[key] = graph if _is_free_of_circles(graph) else {}
        return name in self._graphs[key].get(own, ())

    def numbered(self, series: str, number: int) -> Sequence[tuple[Fact, Numbered]]:
        """Return the facts with the number of the series, and their events."""
        if series not in self._numbers:
            numbers = self._numbers[series] = {}
            for fact, event in numbered_in(series, self.ever.visible.naming(series)):
                numbers.setdefault(event.number, []).append((fact, event))
        return self._numbers[series].get(number, ())


def _is_free_of_circles(graph: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether nothing depends on itself, through however many others."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return False
    return True
