"""What recording gives back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from coopledger._facts.visible import Visible
from coopledger._fields.reading import short_repr
from coopledger._log.chain import Recorded
from coopledger._log.codec import differences
from coopledger._log.vocabulary import Vocabulary
from coopledger.errors import ArgumentError, Finding, RefusedError
from coopledger.events import Event, EventRetracted
from coopledger.events.envelope import stamped


@attrs.frozen(kw_only=True, repr=False)
class Receipt:
    """What recording gave.

    Attributes:
        events: The events as they lie in the log, in the order given. In a dry run, as they
            would lie there, without digest and chain.
        warnings: What is odd but was recorded all the same.
        replayed: Whether all of them had been recorded before, with the same content; then
            nothing was stored now.
    """

    events: tuple[Recorded, ...]
    warnings: tuple[Finding, ...]
    replayed: bool

    def __repr__(self) -> str:
        """How many events lie at which positions, and how many warnings there are."""
        return f"{type(self).__name__}({', '.join(filter(None, self._parts()))})"

    def __str__(self) -> str:
        """The events and the warnings, one line each."""
        return "\n".join(map(str, (*self.events, *self.warnings)))

    def _parts(self) -> list[str]:
        """What the receipt is about, in a few words each."""
        return [
            _counted(len(self.events), "event"),
            _positions([item.position for item in self.events]),
            _counted(len(self.warnings), "warning"),
            "replayed" if self.replayed else "",
        ]


def _counted(number: int, noun: str) -> str:
    """So many of them."""
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _positions(found: list[int]) -> str:
    """The positions, as few as say it."""
    if not found:
        return ""
    first, last = found[0], found[-1]
    if first == last:
        return f"position {first}"
    if found == list(range(first, last + 1)):
        return f"positions {first}-{last}"
    return f"positions {', '.join(map(str, found))}"


# The events of one call: what was given, under which ids, and how findings speak of them.


@attrs.frozen
class Batch:
    """The events of one call.

    Attributes:
        events: The events, each with an id.
        made_up: The ids that the caller did not give.
    """

    events: tuple[Event, ...]
    made_up: frozenset[str | None]

    @classmethod
    def of(cls, events: Sequence[Event], new_id: Callable[[int], str]) -> "Batch":
        """The events; those without an id get one, made from their place in the call."""
        named = tuple(
            event if event.id else stamped(event, id=new_id(index))
            for index, event in enumerate(events)
        )
        given = {event.id for event in events}
        return cls(named, frozenset(event.id for event in named if event.id not in given))

    def as_asked(self, error: RefusedError) -> RefusedError:
        """The error without ids that the caller never gave, which are not kept."""
        return RefusedError(tuple(map(self._as_asked, error.findings)))

    def _as_asked(self, finding: Finding) -> Finding:
        """The finding; where no id tells which event it is about, its place does."""
        if finding.event_id not in self.made_up:
            return finding
        several = len(self.events) > 1
        where = f"event {finding.index} of {len(self.events)}" if several else None
        return attrs.evolve(finding, event_id=None, where=where)


def to_record(events: Iterable[object], *, by: str | None, vocabulary: Vocabulary) -> list[Event]:
    """The events, if each can be recorded; recorded by whom, where they do not say it.

    Raises:
        ArgumentError: One of them is no event, with what it is instead.
    """
    found: list[Event] = []
    for event in events:
        if not isinstance(event, Event) or type(event) not in vocabulary:
            raise ArgumentError("events", short_repr(event), _instead(event))
        named = by is None or event.recorded_by
        found.append(event if named else stamped(event, recorded_by=by or ""))
    return found


def _instead(value: object) -> str:
    """What somebody gave in the place of an event, and what would do."""
    if isinstance(value, list | tuple):
        return "is a list: give the events one by one, as in record(*events)"
    if isinstance(value, type) and issubclass(value, Event):
        return f"is the class: call it with its fields, as in {value.__name__}(when=...)"
    if isinstance(value, Event) and not type(value).__subclasses__():
        return "is of a pack that this ledger does not have: open it with packs=[it]"
    if isinstance(value, Event):
        return "is only what several types of events share: use one of those"
    return "is no event of coopledger.events"


# Events that are recorded already: the same ones again, or others under their ids.

NAMED = 3  # So many events are named; of the others, the number.


def refusals(batch: Batch, known: Mapping[str | None, Recorded]) -> Iterator[Finding]:
    """E107 for each event recorded with other content, and for the first that is new.

    ``known`` holds the events of the batch that are recorded; there is at least one.
    """
    are_new = False
    for index, event in enumerate(batch.events, 1):
        stored = known.get(event.id)
        if stored is None and not are_new:
            are_new = True
            yield _finding(index, event, _is_new(event.id in batch.made_up, list(known.values())))
        elif stored is not None and (names := differences(event, stored.event)):
            yield _finding(index, event, differs(stored, names))


def retractions(events: Sequence[Recorded], visible: Visible) -> Iterator[Finding]:
    """W107 for each of the events that was retracted since."""
    for index, item in enumerate(events, 1):
        if visible.find(item.id) is not None:
            continue
        for fact in visible.about(item.id):
            if isinstance(fact.event, EventRetracted):
                kind = type(item.event).__name__
                message = (
                    f"id: was retracted by {fact.id!r} and does not count: "
                    "to record it once more, give it a new id"
                )
                yield Finding("W107", message, "id", event_type=kind, event_id=item.id, index=index)


def _finding(index: int, event: Event, message: str) -> Finding:
    """The refusal of one event of the batch."""
    return Finding(
        "E107",
        f"id: {message}",
        "id",
        event_type=type(event).__name__,
        event_id=event.id,
        index=index,
    )


def _is_new(nameless: bool, stored: Sequence[Recorded]) -> str:  # noqa: FBT001
    """Why a new event cannot be recorded together with those that are stored."""
    told = [f"{item.id!r} is recorded at position {item.position}" for item in stored[:NAMED]]
    if len(stored) > NAMED:
        told.append(f"{len(stored) - NAMED} more are recorded")
    which = " and ".join(told)
    if nameless:
        return (
            f"has none of its own, and {which} already: leave out what is recorded, "
            "or give every event an id, so that a batch can be sent again"
        )
    return f"is new, and {which} already: record what is new apart"


def differs(stored: Recorded, names: Sequence[str]) -> str:
    """Why an event is not the stored one."""
    return (
        f"is recorded at position {stored.position} with other content ({', '.join(names)}): "
        "give a new event a new id, or correct the old one with EventCorrected"
    )
