"""The cursor of a subscription, held by one reader until another takes it."""

import attrs

from coopledger.errors import CallOrderError, SubscriptionTakenError
from coopledger.stores import Store
from coopledger.stores.protocol import Cursor, Parked


@attrs.frozen(kw_only=True)
class CursorLease:
    """The right to move one cursor.

    Attributes:
        store: Where the log and the cursor lie.
        ledger: The name of the ledger.
        name: The name of the cursor.
        epoch: That of the cursor when it was taken.
    """

    store: Store
    ledger: str
    name: str
    epoch: int

    def cursor(self) -> Cursor:
        """The cursor as it is now with what is parked, whoever has it.

        Raises:
            SubscriptionTakenError: It is gone, and so is not ours.
        """
        every = self.store.cursors(self.ledger)
        return self._found(next((each for each in every if each.name == self.name), None))

    def current(self) -> Cursor:
        """The cursor as it is now, without what is parked.

        Raises:
            SubscriptionTakenError: It is no longer ours.
        """
        return self._ours(self.store.cursor(self.ledger, self.name))

    def parked(self) -> tuple[Parked, ...]:
        """What is parked now.

        Raises:
            SubscriptionTakenError: The cursor is no longer ours.
        """
        return self._ours(self.cursor()).parked

    def _ours(self, found: Cursor | None) -> Cursor:
        found = self._found(found)
        if found.epoch != self.epoch:
            raise SubscriptionTakenError(self.ledger, self.name)
        return found

    def _found(self, found: Cursor | None) -> Cursor:
        if found is None:
            raise SubscriptionTakenError(self.ledger, self.name)
        return found

    def put(self, before: Cursor, after: Cursor, connection: object | None = None) -> None:
        """Move the cursor.

        Raises:
            SubscriptionTakenError: It is no longer ours.
            CallOrderError: It is not as it was.
            ArgumentError: The connection cannot be used.
        """
        if self.store.move_cursor(self.ledger, before, after, connection=connection):
            return
        now = self.current()
        state = (
            f"batch {before.position + 1} to {after.position} is not what comes next after "
            f"position {now.position}, where the subscription is"
        )
        remedy = "save each batch once, in turn, and ask for them again after a rollback"
        raise CallOrderError(state, remedy)


def advanced_to(cursor: Cursor, position: int) -> Cursor:
    """The cursor once everything up to the position is dealt with."""
    reached = max(cursor.reached, position)
    return attrs.evolve(cursor, position=position, reached=reached, failures=0, last_error=None)
