"""Receipts of recording, and the findings on events whose ids are recorded already."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from coopledger._facts.visible import Visible
from coopledger._frozen import frozen
from coopledger._log.chain import Recorded
from coopledger._log.codec import differences
from coopledger._recording.recorded_events import RecordedEvents
from coopledger.errors import Finding
from coopledger.events import Event, EventRetracted

_NAMED_AT_MOST = 3  # So many recorded events are named in a refusal; of the others, the number.


@frozen(kw_only=True, repr=False)
class Receipt:
    """Result of recording.

    Attributes:
        events: The events as recorded, in the order given. In a dry run, as they would be
            recorded, without digest and chain.
        warnings: Findings on events that are odd but were recorded all the same.
        replayed: Whether all of them had been recorded before, with the same content; then
            nothing was stored now.
        passed_on: The ids of what passes on from one person to another, where one takes over all
            that the other has in hand; None where nobody does.
    """

    events: Sequence[Recorded]
    warnings: tuple[Finding, ...]
    replayed: bool
    passed_on: tuple[str, ...] | None = None

    def __repr__(self) -> str:
        """Return the number of events, their positions and the number of warnings."""
        return f"{type(self).__name__}({', '.join(filter(None, self._parts()))})"

    def __str__(self) -> str:
        """Return the events and the warnings, one line each."""
        return "\n".join([*map(str, (*self.events, *self.warnings)), *self._handed_over()])

    def _handed_over(self) -> list[str]:
        """Return one line for each thing that passes on; one that nothing does."""
        if self.passed_on is None:
            return []
        return [f"passes on: {name}" for name in self.passed_on or ("nothing",)]

    def _parts(self) -> list[str]:
        """Return the parts of the representation, to which receipts of other kinds add theirs."""
        return [
            _counted(len(self.events), "event"),
            self._positions(),
            _counted(len(self.warnings), "warning"),
            "replayed" if self.replayed else "",
        ]

    def _positions(self) -> str:
        """Return the positions; those of a dry run, which have no digests, are only expected."""
        events = self.events
        if isinstance(events, RecordedEvents):
            positions, is_dry_run = list(events.positions), events.is_expected
        else:
            positions = [item.position for item in events]
            is_dry_run = any(not item.digest for item in events)
        words = _positions(positions)
        return f"expected {words}" if is_dry_run else words


def _counted(number: int, noun: str) -> str:
    """Return the number and the noun, in the plural unless the number is one."""
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _positions(positions: list[int]) -> str:
    """Return the positions, as a range where they have no gap; empty for none."""
    if not positions:
        return ""
    first, last = positions[0], positions[-1]
    if first == last:
        return f"position {first}"
    if positions == list(range(first, last + 1)):
        return f"positions {first}-{last}"
    return f"positions {', '.join(map(str, positions))}"


def refusals(
    events: Sequence[Event],
    recorded: Mapping[str | None, Recorded],
    *,
    generated_ids: Container[str | None],
) -> Iterator[Finding]:
    """Yield E107 for each event recorded with other content, and for the first new one.

    ``recorded`` holds those of the events that are recorded, by their ids; there is at least one.
    """
    has_new = False
    for index, event in enumerate(events, 1):
        stored = recorded.get(event.id)
        if stored is None and not has_new:
            has_new = True
            reason = _why_apart(list(recorded.values()), without_id=event.id in generated_ids)
            yield _id_finding("E107", event, reason, index=index)
        elif stored is not None and (names := differences(event, stored.event)):
            yield _id_finding("E107", event, differs(stored, names), index=index)


def _why_apart(stored: Sequence[Recorded], *, without_id: bool) -> str:
    """Return why a new event cannot be recorded together with events that are stored."""
    parts = [
        f"{item.id!r} is recorded at position {item.position}" for item in stored[:_NAMED_AT_MOST]
    ]
    if len(stored) > _NAMED_AT_MOST:
        parts.append(f"{len(stored) - _NAMED_AT_MOST} more are recorded")
    which = " and ".join(parts)
    if without_id:
        return (
            f"has none of its own, and {which} already: leave out what is recorded, "
            "or give every event an id, so that a batch can be sent again"
        )
    return f"is new, and {which} already: record what is new apart"


def differs(stored: Recorded, names: Sequence[str]) -> str:
    """Return why an event is not the stored one, with the names of the fields that differ."""
    return (
        f"is recorded at position {stored.position} with other content ({', '.join(names)}): "
        "give a new event a new id, or correct the old one with EventCorrected"
    )


def given_twice(event: Event, *, index: int | None) -> Finding:
    """Return E107 on an event whose id is that of another one in the same call or file."""
    message = "id: is given twice: give each event its own"
    kind = type(event).__name__
    return Finding("E107", message, "id", event_type=kind, event_id=event.id, index=index)


def retractions(events: Iterable[Recorded], visible: Visible) -> Iterator[Finding]:
    """Yield W107 for each of the events that was retracted since."""
    for index, item in enumerate(events, 1):
        if visible.find(item.id) is not None:
            continue
        for fact in visible.about(item.id):
            if isinstance(fact.event, EventRetracted):
                reason = (
                    f"was retracted by {fact.id!r} and does not count: "
                    "to record it once more, give it a new id"
                )
                yield _id_finding("W107", item.event, reason, index=index)


def _id_finding(code: str, event: Event, reason: str, *, index: int) -> Finding:
    """Return a finding on the id of one event of a call."""
    kind = type(event).__name__
    return Finding(code, f"id: {reason}", "id", event_type=kind, event_id=event.id, index=index)
