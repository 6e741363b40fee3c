"""Errors that coopledger raises, and the finding, of which refusals and warnings are made.

The branch says who must act::

    CoopledgerError
    ├── CallerError            a call breaks a rule; nothing was written
    │   ├── FieldError         one value cannot be read (no place named yet)
    │   ├── RefusedError       events were refused, with every finding
    │   ├── UnknownIdError     a question names an id that the ledger does not hold
    │   │   └── UnknownLedgerError there is no ledger with events of that name; a KeyError too
    │   ├── ArgumentError      a question or a call has an argument that cannot be used
    │   ├── CallOrderError     a call comes too early, too late, or once too often
    │   ├── PositionMovedError others recorded since the position that was expected
    │   └── SubscriptionTakenError others have subscribed under the same name since
    └── OperatorError          the log, its store or its program version is at fault
        ├── StoreError         the store cannot be opened, read or written
        │   ├── StoreBusyError     others held the lock for too long
        │   └── StoreConflictError an event id is already stored, or a ledger to be restored
        ├── DamagedLogError    the stored log is not the recorded one
        ├── NewerLogError      a newer version of coopledger wrote this
        ├── MissingPackError   a pack defines this event type, and it was not given
        └── MissingExtraError  a call needs a package that is not installed
"""

from typing import Any

import attrs

from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger.terms import Weight

__all__ = [
    "ArgumentError",
    "CallOrderError",
    "CallerError",
    "CoopledgerError",
    "DamagedLogError",
    "FieldError",
    "Finding",
    "MissingExtraError",
    "MissingPackError",
    "NewerLogError",
    "OperatorError",
    "PositionMovedError",
    "RefusedError",
    "StoreBusyError",
    "StoreConflictError",
    "StoreError",
    "SubscriptionTakenError",
    "UnknownIdError",
    "UnknownLedgerError",
]


# Every code of a warning; the meaning of a code never changes.
WARNINGS = (
    *("W102", "W105", "W106", "W107", "W108", "W109", "W110", "W111", "W201", "W202", "W207"),
    *("W301", "W302", "W401", "W402", "W501", "W502", "W503", "W504", "W505", "W506", "W507"),
    *("W508", "W509", "W601", "W602", "W603", "W701"),
)
# The weights of findings: every refusal is impossible, and a warning doubtful, but for these.
INCOMPLETE = frozenset({"C301", "C601", "W105", "W301", "W401", "W501", "W502", "W506"})
IMPOSSIBLE = frozenset({"W701"})
MOST_EVENTS = 3  # So many events are named on one line; of the others, the number.


@frozen(str=False)
class Finding:
    """Finding about one event, or several events of a log: wrong, or merely odd.

    Attributes:
        code: Of a refusal (``E505``), of a warning (``W105``), or of a finding that only a check
            of the whole log makes (``C101``); the reference of events lists the codes.
        message: The field, the value and the remedy.
        field: The field at fault, if there is one.
        event_type: The event's type, such as ``MeetingHeld``; empty where a line does not name
            one, and for a finding about several events.
        event_id: The event's id, if it has one already.
        where: Which of several events it is, such as ``event 3 of 4``, where it has no id.
        index: The place of the event in the call, from 1; None where one event is made.
        unknown: The id that the event names and the ledger does not hold, if that is the fault.
        file: The file from which the event was read.
        line: The line in the file, from 1.
        events: The ids of the recorded events behind it, in log order, where a log is checked.
        positions: The positions of these events, in the same order.
    """

    code: str
    message: str
    field: str | None = None
    event_type: str = attrs.field(default="", kw_only=True)
    event_id: str | None = attrs.field(default=None, kw_only=True)
    where: str | None = attrs.field(default=None, kw_only=True)
    index: int | None = attrs.field(default=None, kw_only=True)
    unknown: str | None = attrs.field(default=None, kw_only=True)
    file: str | None = attrs.field(default=None, kw_only=True)
    line: int | None = attrs.field(default=None, kw_only=True)
    events: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    positions: tuple[int, ...] = attrs.field(default=(), kw_only=True)

    def __str__(self) -> str:
        """Return code, file and line, event or events, place and message on one line."""
        if self.events:
            kind = f"{self.event_type}: " if self.event_type else ""
            return printable(f"{self.code} {self._recorded()}: {kind}{self.message}")
        name = repr(self.event_id) if self.event_id else ""
        place = f", {self.where}" if self.where else ""
        line = f":{self.line}" if self.line else ""
        at = f"{self.file}{line}" if self.file else ""
        words = " ".join(filter(None, (self.code, at, self.event_type, name)))
        return printable(f"{words}{place}: {self.message}")

    @property
    def is_refusal(self) -> bool:
        """Return whether the event cannot be recorded, rather than being merely odd."""
        return self.code.startswith("E")

    @property
    def weight(self) -> Weight:
        """Return the weight in a log: impossible, doubtful or incomplete."""
        if self.code in INCOMPLETE:
            return Weight.INCOMPLETE
        impossible = self.is_refusal or self.code in IMPOSSIBLE
        return Weight.IMPOSSIBLE if impossible else Weight.DOUBTFUL

    def _recorded(self) -> str:
        """Return the recorded events with their positions, the first ones by name."""
        pairs = zip(self.events, self.positions, strict=True)
        names = [f"{event!r} at {position}" for event, position in pairs]
        if len(names) > MOST_EVENTS:
            names[MOST_EVENTS:] = [f"{len(names) - MOST_EVENTS} more"]
        return ", ".join(names)


class CoopledgerError(Exception):
    """Root of all errors of coopledger, which compare by type and content."""

    def __eq__(self, other: object) -> bool:
        """Return whether the other is the same type of error with the same fields."""
        return type(other) is type(self) and other.args == self.args

    def __hash__(self) -> int:
        """Return a hash over the type and the fields."""
        return hash((type(self), self.args))

    def __setstate__(self, fields: dict[str, Any] | None) -> None:
        """Take the fields from a pickle, all at once: a frozen error refuses single ones."""
        vars(self).update(fields or {})


class CallerError(CoopledgerError):
    """Call that breaks a rule; nothing was written."""


class OperatorError(CoopledgerError):
    """Fault of the log, its store or the program's version."""


@frozen(str=False)
class FieldError(CallerError):
    """Value that cannot be read; a caller that knows its place adds it.

    Attributes:
        code: The refusal code, such as ``E104``.
        found: The offending value as text.
        remedy: What is wrong with it and what would do.
        field: The field that holds the value, with dots into small values and the place, from
            0, among several, such as ``participants[1].role``; once known.
    """

    code: str
    found: str
    remedy: str
    field: str | None = None

    def __str__(self) -> str:
        """Return the code and the message."""
        return f"{self.code} {self.message}"

    @property
    def message(self) -> str:
        """Return the field, the value and the remedy."""
        field = f"{self.field}: " if self.field else ""
        return f"{field}{self.found} {self.remedy}"

    def finding(self, event_type: str = "", event_id: str | None = None) -> Finding:
        """Return the finding on the field of an event of that type and id."""
        return Finding(
            self.code, self.message, self.field, event_type=event_type, event_id=event_id
        )

    def within(self, field: str) -> "FieldError":
        """Return the same error with the name of the field put before its own."""
        dot = "" if self.field is None or self.field.startswith("[") else "."
        path = f"{field}{dot}{self.field or ''}"
        return FieldError(self.code, self.found, self.remedy, path)


@frozen(str=False)
class RefusedError(CallerError):
    """Refusal of events; the store is as it was.

    Attributes:
        findings: Every refusal, in the order of the events.
    """

    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """Return one line per refusal."""
        return "\n".join(map(str, self.findings))


@frozen(str=False)
class UnknownIdError(CallerError):
    """Id in a question that the ledger does not hold (E102).

    Attributes:
        noun: The noun of the question, such as ``partnership``; ``id`` for any with a state.
        id: The id as given.
        nearest: The nearest known id, if any is near.
        instead: The noun that the id has, such as ``a party``, if it is another one.
        lost: How the id was lost that was once known, such as ``meeting 'm' was retracted by
            event 'r'``, if it was.
    """

    noun: str
    id: str
    nearest: str | None
    instead: str | None = None
    lost: str | None = None

    def __str__(self) -> str:
        """Return the id with the noun that it has, how it was lost, or the nearest known id."""
        if self.instead:
            what = "which has no state" if self.noun == "id" else f"and no {self.noun}"
            return f"E102 {self.id!r} is {self.instead}, {what}"
        if self.lost:
            return f"E102 {self.lost}"
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return f"E102 unknown {self.noun} {self.id!r}{hint}"


class UnknownLedgerError(UnknownIdError, KeyError):
    """Name of no ledger with events; a `KeyError` too, as of any mapping."""


@frozen(str=False)
class ArgumentError(CallerError):
    """Argument of a question or a call that cannot be used; nothing was done.

    Attributes:
        argument: The name of the argument.
        found: The value as text.
        remedy: What is wrong with it and what would do.
    """

    argument: str
    found: str
    remedy: str

    def __str__(self) -> str:
        """Return the argument, its value and the remedy."""
        return f"{self.argument}={self.found} {self.remedy}"


@frozen(str=False)
class CallOrderError(CallerError):
    """Call that comes too early, too late, or once too often; nothing was done.

    Attributes:
        state: The obstacle, such as ``the block of the transaction has ended``.
        remedy: What would do.
    """

    state: str
    remedy: str

    def __str__(self) -> str:
        """Return the state and the remedy."""
        return f"{self.state}: {self.remedy}"


@frozen(str=False)
class PositionMovedError(CallerError):
    """Position that is not the expected one, as others recorded since; nothing was written.

    Attributes:
        ledger: The ledger's name.
        expected: The position given as ``expect``.
        found: The position of the head.
    """

    ledger: str
    expected: int
    found: int

    def __str__(self) -> str:
        """Return both positions and the remedy."""
        return (
            f"ledger {self.ledger!r} is at position {self.found}, not {self.expected}: "
            "read what was recorded since, then record again"
        )


@frozen(str=False)
class SubscriptionTakenError(CallerError):
    """Subscription that others have taken over under the same name; nothing was written.

    Attributes:
        ledger: The ledger's name.
        name: The name of the subscription.
    """

    ledger: str
    name: str

    def __str__(self) -> str:
        """Return the subscription and the remedy."""
        return (
            f"subscription {self.name!r} of ledger {self.ledger!r} was taken by another reader "
            "since: let that one go on, or subscribe again to take it back"
        )


@frozen(str=False)
class StoreError(OperatorError):
    """Store that cannot be opened, read or written; nothing was half written.

    Attributes:
        store: The path or address of the store.
        reason: What failed and what would do.
    """

    store: str
    reason: str

    def __str__(self) -> str:
        """Return the store and the reason."""
        return f"{self.store}: {self.reason}"


class StoreBusyError(StoreError):
    """Store whose lock others held for too long; nothing was written."""


class StoreConflictError(StoreError):
    """Store that already holds an event id, or a ledger to be restored; nothing was written."""


@frozen(str=False)
class DamagedLogError(OperatorError):
    """Stored log that is not the recorded one.

    Attributes:
        ledger: The ledger's name.
        position: The first bad position.
        reason: What does not match.
    """

    ledger: str
    position: int
    reason: str

    def __str__(self) -> str:
        """Return the position and the reason."""
        return f"ledger {self.ledger!r} is damaged at position {self.position}: {self.reason}"


@frozen(str=False)
class NewerLogError(OperatorError):
    """Log that a newer version of coopledger wrote; its meaning is never guessed.

    Attributes:
        found: The type and version found, or the format of the store.
        known: The newest that this version reads.
    """

    found: str
    known: str

    def __str__(self) -> str:
        """Return the version found, the newest known one and the remedy."""
        return f"{self.found} is newer than this program ({self.known}): upgrade coopledger"


@frozen(str=False)
class MissingPackError(OperatorError):
    """Event type in the log that a pack defines, where the ledger was opened without the pack.

    Attributes:
        tag: The wire tag of the type.
    """

    tag: str

    def __str__(self) -> str:
        """Return the type and the remedy."""
        return f"event type {self.tag!r} is defined by a pack: open the ledger with packs=[it]"


@frozen(str=False)
class MissingExtraError(OperatorError):
    """Package that a call needs and that is not installed; nothing was done.

    Attributes:
        extra: The extra of coopledger that brings the package.
        package: The package.
    """

    extra: str
    package: str

    def __str__(self) -> str:
        """Return the package and the remedy."""
        return f"{self.package} is not installed: pip install 'coopledger[{self.extra}]'"
