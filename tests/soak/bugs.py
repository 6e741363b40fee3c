"""Logs in memory with one bug each, to see that the random interleavings find it."""

import threading
from collections.abc import Callable, Iterator, Sequence

import attrs

from coopledger._log.chain import Listing
from coopledger.stores import Draft, MemoryStore, Row, Store
from coopledger.stores.protocol import Appended, Names, Revise
from coopledger.stores.write_steps import refuse_repeated
from tests.soak.gates import ThreadGate

__all__ = ["BUGS", "BuggyGate"]


class _Seeded(MemoryStore):
    """Log in memory whose writers pass a gate."""

    def __init__(self, gate: ThreadGate) -> None:
        super().__init__()
        self._gate = gate


class _Tearing(_Seeded):
    """Makes the events of a batch visible one by one."""

    def _extend(self, ledger: str, rows: Sequence[Row], listings: Sequence[Listing]) -> None:
        del listings
        for row in rows:
            super()._extend(ledger, [row], ())
            self._gate.pass_by(row.event_id)


class _Unlocked(_Seeded):
    """Revises first, and then takes the lock."""

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        head = self.head(ledger)
        if head.position != seen:
            revise(self.read(ledger, after=seen))
        self._gate.pass_by(drafts[0].event_id)
        return super().append(
            ledger,
            drafts,
            seen=self.head(ledger).position,
            clock_us=clock_us,
            revise=revise,
            rests_on=rests_on,
        )


class _Numbered(_Seeded):
    """Hands out numbers before the commit, as a sequence does, and lets nobody revise."""

    def __init__(self, gate: ThreadGate) -> None:
        super().__init__(gate)
        self._last: dict[str, int] = {}
        self._visible: list[Row] = []
        self._numbering = threading.Lock()

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        del seen, clock_us, revise, rests_on
        refuse_repeated("seeded", drafts, stored={row.event_id for row in self.read(ledger)})
        with self._numbering:
            first = self._last.get(ledger, 0) + 1
            self._last[ledger] = first + len(drafts) - 1
        rows = tuple(
            Row(place, draft.event_id, ledger, 1, place, None, b"", b"", b"")
            for place, draft in enumerate(drafts, first)
        )
        self._gate.pass_by(rows[0].event_id)
        self._visible = sorted([*self._visible, *rows], key=lambda row: row.position)
        return Appended(rows=rows)

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        last = 2**63 if up_to is None else up_to
        rows = [row for row in self._visible if row.type == ledger]
        return iter([row for row in rows if after < row.position <= last])


class _Stuck(_Seeded):
    """Does not let go of the lock when a writer refuses."""

    def __init__(self, gate: ThreadGate) -> None:
        super().__init__(gate)
        self._stuck = threading.Semaphore(1)

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        self._stuck.acquire()  # never released if the append raises
        appended = super().append(
            ledger, drafts, seen=seen, clock_us=clock_us, revise=revise, rests_on=rests_on
        )
        self._stuck.release()
        return appended


class BuggyGate(ThreadGate):
    """Gate before a log in memory that has one of the bugs."""

    def __init__(self, make: Callable[[ThreadGate], Store]) -> None:
        super().__init__()
        self._make = make
        self._store = make(self)

    def open_store(self) -> Store:
        return self._store

    def close_store(self, store: Store) -> None:
        """Leave it open."""


@attrs.frozen(kw_only=True)
class Bug:
    """One bug.

    Attributes:
        make: Makes a log that has it.
        said: What is said of it.
        has_lock: Whether writers still wait for each other.
        revises: Whether they are still shown what others stored.
        lock_timeout_seconds: How long until it is said that nobody goes on.
    """

    make: Callable[[ThreadGate], Store]
    message: str
    has_lock: bool = True
    revises: bool = True
    lock_timeout_seconds: float = 30.0


BUGS: dict[str, Bug] = {
    "tearing": Bug(make=_Tearing, message="the reader (saw part of a batch|.* came early)"),
    "unlocked": Bug(
        make=_Unlocked, message="not validated against what it follows", has_lock=False
    ),
    "numbered": Bug(
        make=_Numbered, message="the reader missed an event", has_lock=False, revises=False
    ),
    "stuck": Bug(make=_Stuck, message="nobody goes on", lock_timeout_seconds=0.5),
}
