"""Turns of the threads that record in one ledger, if it may be written at all."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import RLock

import attrs

from coopledger._recording.zone import LedgerZone
from coopledger.errors import CallOrderError


@attrs.define(kw_only=True, eq=False)
class Turns:
    """Turns of one ledger: one thread records at a time, in the zone of the log.

    Attributes:
        ledger: The name of the ledger.
        zone: Its zone.
        readonly: Whether nothing may be recorded.
        lock: Held by the thread that records; a forked child may have another one.
    """

    ledger: str
    zone: LedgerZone
    readonly: bool
    lock: RLock = attrs.field(factory=RLock)

    @contextmanager
    def taken(self, *, is_trial: bool = False) -> Generator[None, None, None]:
        """Let one thread record in the block, or only try.

        Raises:
            CallOrderError: The ledger is open read only.
            ArgumentError: Another program has given the log another zone meanwhile.
        """
        if not is_trial:
            self.refuse_readonly()
        with self.lock:
            self.zone.compare()
            yield
            if not is_trial:
                self.zone.settle()

    def refuse_readonly(self) -> None:
        """Refuse a call that writes.

        Raises:
            CallOrderError: The ledger is open read only.
        """
        if self.readonly:
            state = f"ledger {self.ledger!r} is open read only"
            raise CallOrderError(state, "open it without readonly to write")
