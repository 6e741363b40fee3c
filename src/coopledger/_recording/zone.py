"""Zone of a ledger, which belongs to its log: two programs must not disagree about a day."""

from contextlib import suppress

from coopledger._fields.reading import short_repr
from coopledger.errors import ArgumentError, OperatorError
from coopledger.stores.protocol import Joined, Store

NEW = "UTC"  # The zone of a new log, unless another one is asked for.


class LedgerZone:
    """Zone in which a ledger is open, and whether its log holds the same.

    A log gets its zone with its first events, so that nothing is written by a ledger that is only
    opened, or whose events are refused.

    Attributes:
        name: The zone.
    """

    def __init__(self, store: Store, ledger: str, *, asked: str | None) -> None:
        """Read the zone of the log.

        Raises:
            ArgumentError: The log has another zone than the one asked for.
            StoreError: The store cannot be read.
        """
        stored = store.zone(ledger)
        self.name: str = asked or stored or NEW
        self._store, self._ledger, self._asked = store, ledger, asked
        self._is_settled = stored is not None
        self._compare(stored)

    def compare(self) -> str:
        """Return the zone, unless another program has given the log another one meanwhile.

        Raises:
            ArgumentError: Names both zones.
            StoreError: The store cannot be read.
        """
        if not self._is_settled:
            stored = self._store.zone(self._ledger)
            self._compare(stored)
            self._is_settled = stored is not None
        return self.name

    def settle(self) -> None:
        """Give the log its zone, if it holds events and has none.

        Not if that fails: what was recorded stays so, and the next call tries again. Nor is another
        zone told here, which another program gave the log while this one recorded: `compare` does
        so at the next call.
        """
        if self._is_settled:
            return
        with suppress(OperatorError):
            if self._store.head(self._ledger).position:
                settled = self._store.settle_zone(self._ledger, self.name)
                self._is_settled = settled == self.name

    def settle_in(self, log: Joined) -> None:
        """Give the log its zone within the transaction of a host, who may not commit it.

        Raises:
            ArgumentError: The log has another zone.
            StoreError: The store cannot be written.
        """
        if not self._is_settled:
            self._compare(log.settle_zone(self._ledger, self.name))

    def refuse_other(self, zone: str) -> None:
        """Refuse to take in a log of another zone, unless this one is free to change.

        Raises:
            ArgumentError: This ledger was opened with another zone, or its log has one.
        """
        if self._asked is not None or self._is_settled:
            self._compare(zone)

    def _compare(self, stored: str | None) -> None:
        if stored is None or stored == self.name:
            return
        remedy = f"is not the zone of the log, which is {stored!r}: {self._remedy()}"
        raise ArgumentError("timezone", short_repr(self.name), remedy)

    def _remedy(self) -> str:
        if self._asked is None:
            return "another program has just begun the log, so open it again"
        return "leave timezone out, or restore an export into a new log with the other zone"
