"""The transaction of a host, which a store may join: the steps that are the same in every store."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from coopledger._log.chain import Draft, Head, Row, head_at
from coopledger.stores.appending import extend, refuse_repeated, refuse_shorter
from coopledger.stores.protocol import Revise

AGAIN = "roll back and do the whole transaction again"


class HostTransaction(ABC):
    """Keeps `Joined` for one store; what has to be said to its database is said by the others."""

    _address: str

    @contextmanager
    def writing(self, ledger: str) -> Generator[None, None, None]:
        """See `Joined.writing`; a savepoint, so that the host can go on after a refusal."""
        with self._savepoint():
            self._lock_head(ledger)
            yield

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
    ) -> tuple[Row, ...]:
        """See `Log.append`; inside `writing`, and committed by the host."""
        if not drafts:
            return ()
        head = self.head(ledger)
        refuse_shorter(ledger, head, seen=seen)
        if head.position != seen:
            revise(self.read(ledger, after=seen))
        stored = self.find(ledger, [draft.event_id for draft in drafts])
        refuse_repeated(self._address, drafts, stored=stored)
        rows = extend(head, drafts, clock_us=clock_us)
        self._insert(ledger, rows, head_at(rows[-1]))
        return rows

    @abstractmethod
    def head(self, ledger: str) -> Head:
        """See `Log.head`."""

    @abstractmethod
    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Log.read`."""

    @abstractmethod
    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """See `Log.find`."""

    @abstractmethod
    def _savepoint(self) -> AbstractContextManager[None]:
        """Undoes what is done in the block, and nothing else, if it ends with an exception."""

    @abstractmethod
    def _lock_head(self, ledger: str) -> None:
        """Locks the head, which is begun if it is missing."""

    @abstractmethod
    def _insert(self, ledger: str, rows: Sequence[Row], head: Head) -> None:
        """Adds the rows, and moves the head to where they end."""
