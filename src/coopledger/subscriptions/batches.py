"""What a subscription hands out: a stretch of the log, to be dealt with as one."""

from collections.abc import Callable

import attrs

from coopledger.record import Recorded

__all__ = ["Batch"]


@attrs.frozen(kw_only=True, eq=False)
class Batch:
    """A stretch of the log, with the events in it that the subscription is about.

    Attributes:
        events: Those events, in the order of their positions; there may be none.
        after: The position before the stretch.
        up_to: The last position of the stretch, whether that event is among these or not.
        replayed: Whether the subscription had been beyond it before: what was sent out then is
            not to be sent again.
        error: What dealing with it failed with, if it was parked.
    """

    events: tuple[Recorded, ...]
    after: int
    up_to: int
    replayed: bool
    error: str | None = None
    _save: Callable[[object | None], None] = attrs.field(alias="save", repr=False)

    def save(self, *, connection: object | None = None) -> None:
        """Say that all of it is dealt with: the subscription goes on after it.

        A batch that was parked is parked no more. Batches are saved once each, in the order in
        which they come; one that is not saved comes again, when batches are next asked for.

        Args:
            connection: Your own connection to the file or database in which the ledger lies, of
                sqlite3 or psycopg: saving becomes part of its transaction, and what you wrote
                there and the place in the log are committed together, or neither. Commit, or
                let an error roll it back, before the next batch is asked for.

        Raises:
            SubscriptionTakenError: Others have subscribed under this name since. Roll back what
                was written on the connection.
            CallOrderError: It is saved already, or a batch before it is not.
            ArgumentError: The connection cannot be used.
            StoreError: The store cannot be written.
                Nothing is saved in any of these cases.
        """
        self._save(connection)
