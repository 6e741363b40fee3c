"""Everything that coopledger raises.

The branch says who must act::

    CoopledgerError
    ├── CallerError            what was asked breaks a rule; nothing was written
    │   ├── FieldError         one value cannot be read (no place named yet)
    │   ├── RefusedError       events were refused, with every finding
    │   ├── UnknownIdError     a question names an id that the ledger does not hold
    │   │   └── UnknownLedgerError there is no ledger with events of that name; a KeyError too
    │   ├── ArgumentError      a question or a call has an argument that cannot be used
    │   ├── PositionMovedError others recorded since the position that was expected
    │   └── SubscriptionTakenError others have subscribed under the same name since
    └── OperatorError          the log, its store or its program version is at fault
        ├── StoreError         the store cannot be opened, read or written
        │   ├── StoreBusyError     others held the lock for too long
        │   └── StoreConflictError an event id is already stored, or a ledger to be restored
        ├── DamagedLogError    what is stored is not what was recorded
        ├── NewerLogError      a newer version of coopledger wrote this
        ├── MissingPackError   a pack defines this event type, and it was not given
        └── MissingExtraError  what was asked for needs a package that is not installed
"""

import attrs

from coopledger.findings import Finding

__all__ = [
    "ArgumentError",
    "CallerError",
    "CoopledgerError",
    "DamagedLogError",
    "FieldError",
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


class CoopledgerError(Exception):
    """The root of everything that coopledger raises; errors compare by type and content."""

    def __eq__(self, other: object) -> bool:
        """Whether the other is the same type of error with the same fields."""
        return type(other) is type(self) and other.args == self.args

    def __hash__(self) -> int:
        """A hash over the type and the fields."""
        return hash((type(self), self.args))


class CallerError(CoopledgerError):
    """What was asked breaks a rule; nothing was written."""


class OperatorError(CoopledgerError):
    """The log, its store or the program's version is at fault."""


@attrs.frozen(str=False)
class FieldError(CallerError):
    """One value cannot be read; whoever knows the place adds it.

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
        """The code and the message."""
        return f"{self.code} {self.message}"

    @property
    def message(self) -> str:
        """The field, the value and the remedy."""
        told = f"{self.found} {self.remedy}"
        return f"{self.field}: {told}" if self.field else told

    def within(self, field: str) -> "FieldError":
        """The same error with the name of the field put before its own."""
        dot = "" if self.field is None or self.field.startswith("[") else "."
        path = f"{field}{dot}{self.field or ''}"
        return FieldError(self.code, self.found, self.remedy, path)


@attrs.frozen(str=False)
class RefusedError(CallerError):
    """Events were refused; the store is as it was.

    Attributes:
        findings: Every refusal found, in the order of the events.
    """

    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        """One line per refusal."""
        return "\n".join(map(str, self.findings))


@attrs.frozen(str=False)
class UnknownIdError(CallerError):
    """A question names an id that the ledger does not hold (E102).

    Attributes:
        noun: What was asked for, such as ``partnership``; ``id`` for whatever has a state.
        id: The id as given.
        nearest: The nearest known id, if any is near.
        instead: What the id stands for, such as ``a party``, if it stands for something else.
    """

    noun: str
    id: str
    nearest: str | None
    instead: str | None = None

    def __str__(self) -> str:
        """The id, and what it stands for, or else the nearest known one."""
        if self.instead:
            what = "which has no state" if self.noun == "id" else f"and no {self.noun}"
            return f"E102 {self.id!r} is {self.instead}, {what}"
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return f"E102 unknown {self.noun} {self.id!r}{hint}"


class UnknownLedgerError(UnknownIdError, KeyError):
    """There is no ledger with events of that name; a `KeyError` too, as of any mapping."""


@attrs.frozen(str=False)
class ArgumentError(CallerError):
    """A question, or another call, has an argument that cannot be used; nothing was done.

    Attributes:
        argument: The name of the argument.
        found: The value as text.
        remedy: What is wrong with it and what would do.
    """

    argument: str
    found: str
    remedy: str

    def __str__(self) -> str:
        """The argument, its value and the remedy."""
        return f"{self.argument}={self.found} {self.remedy}"


@attrs.frozen(str=False)
class PositionMovedError(CallerError):
    """Others recorded since the position that was expected; nothing was written.

    Attributes:
        ledger: The ledger's name.
        expected: The position given as ``expect``.
        found: The position of the head.
    """

    ledger: str
    expected: int
    found: int

    def __str__(self) -> str:
        """Both positions and the remedy."""
        return (
            f"ledger {self.ledger!r} is at position {self.found}, not {self.expected}: "
            "read what was recorded since, then record again"
        )


@attrs.frozen(str=False)
class SubscriptionTakenError(CallerError):
    """Others have subscribed under the same name since; nothing was written.

    Attributes:
        ledger: The ledger's name.
        name: The name of the subscription.
    """

    ledger: str
    name: str

    def __str__(self) -> str:
        """The subscription and the remedy."""
        return (
            f"subscription {self.name!r} of ledger {self.ledger!r} was taken by another reader "
            "since: let that one go on, or subscribe again to take it back"
        )


@attrs.frozen(str=False)
class StoreError(OperatorError):
    """The store cannot be opened, read or written; nothing was half written.

    Attributes:
        store: The path or address of the store.
        reason: What failed and what would do.
    """

    store: str
    reason: str

    def __str__(self) -> str:
        """The store and the reason."""
        return f"{self.store}: {self.reason}"


class StoreBusyError(StoreError):
    """Others held the store's lock for too long; nothing was written."""


class StoreConflictError(StoreError):
    """An event id is already stored, or a ledger that is to be restored; nothing was written."""


@attrs.frozen(str=False)
class DamagedLogError(OperatorError):
    """What is stored is not what was recorded.

    Attributes:
        ledger: The ledger's name.
        position: The first bad position.
        reason: What does not match.
    """

    ledger: str
    position: int
    reason: str

    def __str__(self) -> str:
        """The place and the reason."""
        return f"ledger {self.ledger!r} is damaged at position {self.position}: {self.reason}"


@attrs.frozen(str=False)
class NewerLogError(OperatorError):
    """A newer version of coopledger wrote this; it is never guessed at.

    Attributes:
        found: The type and version found, or the format of the store.
        known: The newest that this version reads.
    """

    found: str
    known: str

    def __str__(self) -> str:
        """What was found, what is known and the remedy."""
        return f"{self.found} is newer than this program ({self.known}): upgrade coopledger"


@attrs.frozen(str=False)
class MissingPackError(OperatorError):
    """The log holds an event type that a pack defines, and the ledger was opened without it.

    Attributes:
        tag: The wire tag of the type.
    """

    tag: str

    def __str__(self) -> str:
        """The type and the remedy."""
        return f"event type {self.tag!r} is defined by a pack: open the ledger with packs=[it]"


@attrs.frozen(str=False)
class MissingExtraError(OperatorError):
    """What was asked for needs a package that is not installed; nothing was done.

    Attributes:
        extra: The extra of coopledger that brings it.
        package: The package.
    """

    extra: str
    package: str

    def __str__(self) -> str:
        """The package and the remedy."""
        return f"{self.package} is not installed: pip install 'coopledger[{self.extra}]'"
