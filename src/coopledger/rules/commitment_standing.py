"""What is kept of a commitment while its facts are folded."""

from typing import Literal

import attrs

from coopledger.dates import EdtfDate
from coopledger.events import CommitmentMade
from coopledger.facts import Fact

__all__ = ["Shift", "Standing", "is_closed"]


@attrs.frozen
class Shift:
    """Some parties take over from others.

    Attributes:
        side: Whether they now owe it or are owed it.
        old: From whom; None means all.
        new: The parties that take over.
    """

    side: Literal["debtors", "creditors"]
    old: tuple[str, ...] | None
    new: tuple[str, ...]


@attrs.define
class Standing:
    """What is recorded of a commitment, while its facts are folded and afterwards.

    Attributes:
        made: The event that made it; None while only later acts are known.
        debtors: Who owes it now.
        creditors: To whom it is owed now.
        first_due: The first due date that was set.
        due: The due date now.
        due_by: The event that set the due date now.
        met: For each condition met, the event.
        failed: The event that failed a condition.
        fulfilled: The event that fulfilled it.
        cancelled: The event by which a debtor cancelled it.
        releases: The creditors that let it go, each time with the event.
        percent: How much is reported done, from 0 to 100.
    """

    made: Fact | None = None
    debtors: tuple[str, ...] = ()
    creditors: tuple[str, ...] = ()
    first_due: EdtfDate | None = None
    due: EdtfDate | None = None
    due_by: Fact | None = None
    met: dict[str, Fact] = attrs.field(factory=dict[str, Fact])
    failed: Fact | None = None
    fulfilled: Fact | None = None
    cancelled: Fact | None = None
    releases: list[tuple[tuple[str, ...], Fact]] = attrs.field(
        factory=list[tuple[tuple[str, ...], Fact]]
    )
    percent: int | None = None

    @property
    def terms(self) -> CommitmentMade | None:
        """The commitment as made."""
        event = self.made.event if self.made is not None else None
        return event if isinstance(event, CommitmentMade) else None

    @property
    def released_by_all(self) -> Fact | None:
        """The event by which the last creditor released it."""
        gone = self.made is not None and not self.creditors and bool(self.releases)
        return self.releases[-1][1] if gone else None

    @property
    def owed_to(self) -> tuple[str, ...]:
        """To whom it is owed now; once all have released it, to whom it was owed."""
        released = (party for by, _ in self.releases for party in by)
        return self.creditors or tuple(dict.fromkeys(released))


def is_closed(standing: Standing) -> Fact | None:
    """The event that closed it for good, if any did; conditions and instruments aside."""
    return standing.fulfilled or standing.released_by_all or standing.cancelled or standing.failed
