"""Events that are recorded already: the same ones again, or others under their ids."""

from collections.abc import Iterator, Mapping, Sequence

from coopledger.errors import Finding
from coopledger.events import Event, EventRetracted
from coopledger.facts import Visible
from coopledger.record import Recorded
from coopledger.recording.batches import Batch
from coopledger.transcript import differences

__all__ = ["differs", "refusals", "retractions"]

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
