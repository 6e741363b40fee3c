"""Kept answers of one ledger: a board for each noun, for today and for another day."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from threading import Lock
from typing import Any, TypeVar

from coopledger._forks import begin_in_child, is_orphaned
from coopledger._kept.board import Board
from coopledger._kept.bundle import members
from coopledger._kept.fingerprint import fingerprint
from coopledger._kept.stored_board import StoredBoard
from coopledger._log.vocabulary import Vocabulary
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Things
from coopledger.answers._nouns import THINGS
from coopledger.stores.kept import KeepsAnswers, Shelf
from coopledger.stores.protocol import Log
from coopledger.terms import Noun

SomeBoard = TypeVar("SomeBoard", Board, StoredBoard)

# Whoever asks for a list of these soon asks for the other, and what they hold is mostly the same.
_TOGETHER = (Noun.PARTNERSHIP, Noun.COMMITMENT)


class Boards:
    """Kept answers about one day at a time, for snapshots of the same log in any thread."""

    def __init__(self, make: Callable[[], Mapping[Noun, Board | StoredBoard]]) -> None:
        """Ask boards that are made now, one for each noun; a child may make others."""
        self._make = make
        self._begin()
        begin_in_child(self)

    def _begin(self) -> None:
        """Begin without answers in memory."""
        self._boards = self._make()
        self._locks = {noun: Lock() for noun in self._boards}
        self._locks.update(dict.fromkeys(_TOGETHER, Lock()))

    def begin_in_child(self) -> None:
        """Begin again where another thread was making answers."""
        if any(map(is_orphaned, self._locks.values())):
            self._begin()

    def one(self, snapshot: Snapshot, noun: Noun, name: str) -> Any:  # noqa: ANN401 - of the noun
        """See `KeptAnswers`."""
        board = self._boards[noun]
        with self._locks[noun]:
            return board.one(snapshot.visible, name, day=snapshot.ordinal)

    def listed(
        self, snapshot: Snapshot, noun: Noun, *, within: str | None, only_open: bool
    ) -> tuple[Any, ...] | None:
        """See `KeptAnswers`."""
        board, day = self._boards[noun], snapshot.ordinal
        with self._locks[noun]:
            if within is None:
                return board.every(snapshot, only_open=only_open, day=day)
            return board.within(snapshot.visible, within, only_open=only_open, day=day)

    def changed(self, snapshot: Snapshot, old: Snapshot, noun: Noun) -> set[str] | None:
        """See `KeptAnswers`."""
        board, position, then = self._boards[noun], old.visible.up_to, old.ordinal
        with self._locks[noun]:
            found = board.differing(
                snapshot.visible, day=snapshot.ordinal, position=position, then=then
            )
        if found is None:
            return None
        homes, names = found
        at_home = (members(each, noun, at) for each in (old, snapshot) for at in homes)
        return names.union(*at_home)


class KeptRoom:
    """Kept answers of one ledger.

    Today's are apart from those of another day, so that a look at the past leaves them alone; they
    are kept in the store, if it keeps answers.

    Attributes:
        today: The answers for views of today.
        other_day: The answers for views of a day that was named, for which no clock is read.
    """

    def __init__(self, log: Log, ledger: str, vocabulary: Vocabulary) -> None:
        """Begin without answers in memory."""
        self.other_day: Boards = Boards(partial(_boards, Board))
        shelf = shelf_in(log, ledger, vocabulary)
        if shelf is None:
            self.today: Boards = Boards(partial(_boards, Board))
        else:
            self.today = Boards(partial(_boards, partial(StoredBoard, shelf=shelf)))


def shelf_in(log: Log, ledger: str, vocabulary: Vocabulary) -> Shelf | None:
    """Return where the log keeps what is derived from the ledger; None where it keeps nothing."""
    if not isinstance(log, KeepsAnswers):
        return None
    return Shelf(
        log=log.kept,
        ledger=ledger,
        chain_at=lambda position: _chain_at(log, ledger, position),
        fingerprint=cache(partial(fingerprint, vocabulary)),
    )


def _boards(make: Callable[[Things[Any]], SomeBoard]) -> dict[Noun, SomeBoard]:
    """Return a board of each noun."""
    boards = {noun: make(things) for noun, things in THINGS.items()}
    partnerships, commitments = (boards[noun] for noun in _TOGETHER)
    partnerships.join(commitments)
    return boards


def _chain_at(log: Log, ledger: str, position: int) -> bytes:
    """Return the chain hash at a position of the log; nothing where it holds no such event."""
    row = log.rows(ledger, [position]).get(position)
    return row.chain if row is not None else b""
