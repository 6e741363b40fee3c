"""Many ledgers in one store, for programs on asyncio."""

import os
from collections.abc import Callable
from functools import partial
from typing import Final, Self, TypeVar

from coopledger import ledger as plain
from coopledger import ledgers as plain_ledgers
from coopledger._interchange.progress import Progress
from coopledger._log.checkpoints import Checkpoint
from coopledger.aio._threads import Threads, ledger_threads
from coopledger.aio.ledger import Ledger, opening_of

Given = TypeVar("Given")


def _front(ledgers: plain_ledgers.Ledgers) -> "Ledgers":
    """Return the front to the ledgers, once they are open."""
    return Ledgers(ledgers)


class Ledgers:
    """Ledgers of one file or database, whose calls are awaited.

    All of them share the threads: what is recorded in any of them is recorded in the order in
    which it is asked for.
    """

    def __init__(self, ledgers: plain_ledgers.Ledgers) -> None:
        """Wrap ledgers that are open; closing this closes them."""
        self._ledgers = ledgers
        self._threads = ledger_threads()
        self._fronts: dict[str, Ledger] = {}

    open: Final = staticmethod(opening_of(plain_ledgers.Ledgers.open, _front))

    def __repr__(self) -> str:
        """Return how many of them are opened."""
        return f"<aio.{repr(self._ledgers)[1:]}"

    async def __aenter__(self) -> Self:
        """Return the ledgers themselves."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the store."""
        await self.close()

    async def names(self) -> tuple[str, ...]:
        """Return the names of the ledgers that hold events, in code point order."""
        return await self.read(tuple[str, ...])

    async def get(self, name: str) -> Ledger | None:
        """Return the ledger of that name, or None if it holds no events."""
        found = await self.read(lambda ledgers: ledgers.get(name))
        return None if found is None else self._front(found)

    async def named(self, name: str) -> Ledger:
        """Return the ledger of that name, whether or not it holds events; always the same object.

        To close it does nothing: it is closed with the others.

        Raises:
            ArgumentError: It cannot be the name of a ledger.
        """
        return self._front(await self.read(lambda ledgers: ledgers.named(name)))

    async def backup(
        self, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> tuple[Checkpoint, ...]:
        """Copy the file of all the ledgers, as `Ledgers.backup` does."""
        return await self.read(lambda ledgers: ledgers.backup(path, progress=progress))

    async def write(self, call: Callable[[plain_ledgers.Ledgers], Given]) -> Given:
        """Return what the call gives, made in a thread with the ledgers, in turn with writers."""
        return await self._threads.write(partial(call, self._ledgers))

    async def read(self, call: Callable[[plain_ledgers.Ledgers], Given]) -> Given:
        """Return what the call gives, made in a thread, at the same time as others."""
        return await self._threads.read(partial(call, self._ledgers))

    async def close(self) -> None:
        """Let go of the store, after what is under way; views made before go on answering.

        Also when the task is cancelled meanwhile.
        """
        await self._threads.close(self._ledgers.close)

    def _front(self, ledger: plain.Ledger) -> Ledger:
        """Return the one front to a ledger, which uses the threads of all."""
        return self._fronts.setdefault(ledger.name, _OneOfMany(ledger, self._threads))


class _OneOfMany(Ledger):
    """Ledger whose store and threads are those of others too."""

    def __init__(self, ledger: plain.Ledger, threads: Threads) -> None:
        """Use the threads of all the ledgers."""
        super().__init__(ledger)
        self._threads = threads

    async def close(self) -> None:
        """Do nothing: the ledgers are closed together."""
