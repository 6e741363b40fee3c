"""Many ledgers in one store, by their names."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Lock
from typing import Self, TypeGuard, cast

from coopledger.copies import back_up
from coopledger.dates import system_clock
from coopledger.errors import FieldError, UnknownLedgerError
from coopledger.event_ids import NewId
from coopledger.fields import asked, identifier
from coopledger.fields.reading import ID_LENGTH
from coopledger.interchange.progress import Progress
from coopledger.ledger import Clock, Ledger
from coopledger.nearness import nearest
from coopledger.packs.pack import Pack
from coopledger.proof import Checkpoint
from coopledger.proof.checkpoints import checkpoint_at
from coopledger.recording import Strict
from coopledger.stores import Store
from coopledger.stores.durability import Durability
from coopledger.stores.opening import open_store

__all__ = ["Ledgers"]

_TOLD_LENGTH = 60


class Ledgers(Mapping[str, Ledger]):
    """The ledgers of one file or database: a mapping from the names of those that hold events.

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

    def __init__(  # noqa: PLR0913 - all but the store are optional and named, as for a ledger
        self,
        store: Store,
        *,
        timezone: str = "UTC",
        clock: Clock = system_clock,
        ids: NewId | None = None,
        strict: Strict = False,
        packs: Iterable[Pack] = (),
    ) -> None:
        """The ledgers of a store of your own; `open` chooses one for you.

        Args:
            store: Where the logs lie.
            timezone: The zone of every ledger; for this and what follows see `Ledger`.
            clock: Gives the instant of recording.
            ids: Gives an id to each event that brings none.
            strict: The warnings that are refused like errors.
            packs: Event types, checks, duties and projections beyond those of the library.

        Raises:
            ArgumentError: An argument cannot be used.
        """
        packs = tuple(packs)

        def new(name: str) -> Ledger:
            return _OneOfMany(
                store,
                name=name,
                timezone=timezone,
                clock=clock,
                ids=ids,
                strict=strict,
                packs=packs,
            )

        new("ledger")  # Refuses now what it would refuse at the first name.
        self._store = store
        self._new: Callable[[str], Ledger] = new
        self._opened: dict[str, Ledger] = {}
        self._opening = Lock()

    @classmethod
    def open(  # noqa: PLR0913 - as above, and how durable
        cls,
        address: str | os.PathLike[str],
        *,
        timezone: str = "UTC",
        clock: Clock = system_clock,
        ids: NewId | None = None,
        strict: Strict = False,
        packs: Iterable[Pack] = (),
        durability: Durability = "durable",
    ) -> Self:
        """The ledgers in an SQLite file or a PostgreSQL database, made if it is missing.

        Args:
            address: The path of the file, or the address of the database, as for `Ledger.open`.
            timezone: The zone of every ledger; for this and what follows see `Ledger.open`.
            clock: Gives the instant of recording.
            ids: Gives an id to each event that brings none.
            strict: The warnings that are refused like errors.
            packs: Event types, checks, duties and projections beyond those of the library.
            durability: Whether what `record` returned survives a power cut.

        Raises:
            StoreError: The file or database cannot be opened, or is none of ours.
            ArgumentError: An argument cannot be used.
        """
        packs = tuple(packs)
        # Read first: a refusal leaves no file behind.
        Ledger.in_memory(timezone=timezone, clock=clock, ids=ids, strict=strict, packs=packs)
        store = open_store(address, durability)
        return cls(store, timezone=timezone, clock=clock, ids=ids, strict=strict, packs=packs)

    def __getitem__(self, name: str) -> Ledger:
        """The ledger of that name, always the same object.

        Raises:
            UnknownLedgerError: It holds no events; `named` begins one.
            StoreError: The store cannot be read.
        """
        if name not in self:
            raise UnknownLedgerError("ledger", _told(name), nearest(str(name), self))
        return self.named(name)

    def __contains__(self, name: object) -> bool:
        """Whether the ledger of that name holds events."""
        return _can_name(name) and self._store.head(name).position > 0

    def __iter__(self) -> Iterator[str]:
        """The names of the ledgers that hold events, in code point order."""
        return iter(self._store.ledgers())

    def __len__(self) -> int:
        """How many ledgers hold events."""
        return len(self._store.ledgers())

    # As mappings they would be compared ledger by ledger, and all be opened for it.
    def __eq__(self, other: object) -> bool:
        """Whether the other is this very object."""
        return self is other

    def __hash__(self) -> int:
        """A hash of this very object."""
        return id(self)

    def __repr__(self) -> str:
        """How many of them are opened."""
        return f"<Ledgers: {len(self._opened)} opened>"

    def __enter__(self) -> Self:
        """The ledgers themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the store."""
        self.close()

    def named(self, name: str) -> Ledger:
        """The ledger of that name, whether or not it holds events; it begins with its first one.

        Always the same object for a name. To close it does nothing: it is closed with the others.

        Raises:
            ArgumentError: It cannot be the name of a ledger.
        """
        name = asked("name", identifier, name)
        with self._opening:
            if name not in self._opened:
                self._opened[name] = self._new(name)
            return self._opened[name]

    def backup(
        self, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> tuple[Checkpoint, ...]:
        """Copy the file of all the ledgers, while others record; how far it reaches in each.

        See `Ledger.backup`. A checkpoint for each ledger that holds events, in the order of their
        names.

        Args:
            path: Where to; ``~`` is the home folder.
            progress: Called now and then with the number of bytes copied, and of how many; it may
                record, but not close the ledgers.

        Raises:
            DamagedLogError: A log in the file is not what was recorded.
            StoreError: The ledgers lie in no file of their own, or the copy cannot be written, or
                what lies at the path is no coopledger log, or some program has it open.
            NewerLogError: A newer version of coopledger made what lies at the path.
            ArgumentError: An argument cannot be used.
                What lay at the path is still there in any of these cases.
        """
        heads = back_up(self._store, path, progress=progress)
        return tuple(checkpoint_at(name, heads[name]) for name in sorted(heads))

    def close(self) -> None:
        """Let go of the store, and so of every ledger; views made before go on answering."""
        self._store.close()


def _can_name(name: object) -> TypeGuard[str]:
    """Whether it can be the name of a ledger."""
    try:
        identifier(cast(str, name))
    except FieldError:
        return False
    return True


def _told(name: object) -> str:
    """The name, or the beginning of one that is longer than any can be."""
    told = str(name)
    return told if len(told) <= ID_LENGTH else f"{told[:_TOLD_LENGTH]}..."


class _OneOfMany(Ledger):
    """A ledger whose store is that of others too."""

    def close(self) -> None:
        """Does nothing: whoever opened the store closes it."""
