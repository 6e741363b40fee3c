"""Ledgers of one store, by their names."""

import os
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Self, TypeGuard, Unpack, cast

from coopledger._fields.reading import ID_LENGTH, argument, name_as_given
from coopledger._forks import begin_in_child, is_orphaned
from coopledger._interchange.copying import back_up
from coopledger._log.checkpoints import Checkpoint, checkpoint_at
from coopledger._options import LedgerOptions, checked_options
from coopledger._progress import Progress
from coopledger._suggest import nearest
from coopledger.errors import FieldError, UnknownLedgerError
from coopledger.ledger import Ledger
from coopledger.stores import Store
from coopledger.stores.opening import open_store, refuse_address
from coopledger.stores.protocol import Durability
from coopledger.stores.waiting import PATIENCE_SECONDS

__all__ = ["Ledgers"]

_SHOWN_LENGTH = 60


class Ledgers(Mapping[str, Ledger]):
    """Ledgers of one file or database: a mapping from the names of those that hold events.

    A ledger is read when it is first asked something, and kept; until then it costs nothing, and
    the others know nothing of it. All share one store, with its one writer or its pool of
    connections. Close it, or use it in a ``with`` block.

    >>> from coopledger import events
    >>> from coopledger.stores import MemoryStore
    >>> ledgers = Ledgers(MemoryStore(), timezone="Asia/Ho_Chi_Minh")
    >>> party = events.PartyRegistered(party="VN", name="Viet Nam", kind="state")
    >>> ledgers.named("vistip").record(party)
    Receipt(1 event, position 1, 0 warnings)
    >>> list(ledgers), ledgers["vistip"].position
    (['vistip'], 1)
    """

    def __init__(self, store: Store, **options: Unpack[LedgerOptions]) -> None:
        """Open the ledgers of a store; `open` chooses one for you.

        Args:
            store: Where the logs are kept.
            **options: See `LedgerOptions`; every ledger has them.

        Raises:
            ArgumentError: An argument cannot be used.
        """
        options = checked_options("Ledgers", **options)
        self._store = store
        self._new: Callable[[str], Ledger] = lambda name: _OneOfMany(store, name=name, **options)
        refuse_address(store)
        self._opened: dict[str, Ledger] = {}
        self._opening = Lock()
        begin_in_child(self)

    @classmethod
    def open(
        cls,
        address: str | os.PathLike[str],
        *,
        durability: Durability = "durable",
        lock_timeout_seconds: float = PATIENCE_SECONDS,
        pool_size: int | None = None,
        **options: Unpack[LedgerOptions],
    ) -> Self:
        """Open the ledgers in an SQLite file or a PostgreSQL database, made if it is missing.

        With ``readonly`` nothing is made.

        Args:
            address: The path of the file, or the address of the database, as for `Ledger.open`.
            durability: As for `Ledger.open`.
            lock_timeout_seconds: As for `Ledger.open`.
            pool_size: As for `Ledger.open`; all ledgers share the connections.
            **options: See `LedgerOptions`; every ledger has them.

        Raises:
            StoreError: The file or database cannot be opened, or is none of ours.
            ArgumentError: An argument cannot be used.
        """
        options = checked_options(
            "Ledgers", **options
        )  # Read first: a refusal leaves no file behind.
        store = open_store(
            address,
            durability,
            lock_timeout_seconds=lock_timeout_seconds,
            pool_size=pool_size,
            readonly=options.get("readonly", False),
        )
        return cls(store, **options)

    def __getitem__(self, name: str) -> Ledger:
        """Return the ledger of that name, always the same object.

        Raises:
            UnknownLedgerError: It holds no events; `named` begins one.
            StoreError: The store cannot be read.
        """
        if name not in self:
            raise UnknownLedgerError("ledger", _shown(name), nearest(str(name), self))
        return self.named(name)

    def __contains__(self, name: object) -> bool:
        """Return whether the ledger of that name holds events."""
        return _can_name(name) and self._store.head(name).position > 0

    def __iter__(self) -> Iterator[str]:
        """Return the names of the ledgers that hold events, in code point order."""
        return iter(self._store.ledgers())

    def __len__(self) -> int:
        """Return the number of ledgers that hold events."""
        return len(self._store.ledgers())

    # As mappings they would be compared ledger by ledger, and all be opened for it.
    def __eq__(self, other: object) -> bool:
        """Return whether the other is this very object."""
        return self is other

    def __hash__(self) -> int:
        """Return a hash of this very object."""
        return id(self)

    def __repr__(self) -> str:
        """Return the number of ledgers that are opened."""
        return f"<Ledgers: {len(self._opened)} opened>"

    def __enter__(self) -> Self:
        """Return the ledgers themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def named(self, name: str) -> Ledger:
        """Return the ledger of that name, always the same object, even if it holds no events yet.

        To close it does nothing: it is closed with the others.

        Raises:
            ArgumentError: It cannot be the name of a ledger.
        """
        name = argument("name", name_as_given, name)
        with self._opening:
            if name not in self._opened:
                self._opened[name] = self._new(name)
            return self._opened[name]

    def backup(
        self, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> tuple[Checkpoint, ...]:
        """Copy the file of all the ledgers, while others record; return checkpoints of the copy.

        See `Ledger.backup`. There is one checkpoint for each ledger that holds events, in the
        order of their names.

        Args:
            path: Where to; ``~`` is the home folder.
            progress: Called now and then with the number of bytes copied, and of how many; it may
                record, but not close the ledgers.

        Raises:
            DamagedLogError: A log in the file is not what was recorded.
            StoreError: The ledgers have no file of their own, or the copy cannot be written, or
                the file at the path is no coopledger log, or some program has it open.
            NewerLogError: A newer version of coopledger made the file at the path.
            ArgumentError: An argument cannot be used.
                The file at the path is left as it was in any of these cases.
        """
        heads = back_up(self._store, path, progress=progress)
        return tuple(checkpoint_at(name, heads[name]) for name in sorted(heads))

    def begin_in_child(self) -> None:
        """Replace the lock that another thread had; called in a forked child."""
        if is_orphaned(self._opening):
            self._opening = Lock()

    def close(self) -> None:
        """Let go of the store and all its ledgers; views then answer only what they have read."""
        self._store.close()


def _can_name(name: object) -> TypeGuard[str]:
    """Return whether the value can be the name of a ledger."""
    try:
        name_as_given(cast(str, name))
    except FieldError:
        return False
    return True


def _shown(name: object) -> str:
    """Return the name, or the beginning of one that is longer than any can be."""
    text = str(name)
    return text if len(text) <= ID_LENGTH else f"{text[:_SHOWN_LENGTH]}..."


class _OneOfMany(Ledger):
    """Ledger whose store is that of others too."""

    def close(self) -> None:
        """Do nothing: the ledgers are closed together."""
