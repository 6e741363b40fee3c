"""Copies of whole logs: a backup of a store's file, and the log of one ledger in another store."""

import os
from pathlib import Path

import attrs

from coopledger._fields.reading import argument, short_repr
from coopledger._fields.reading import path as path_of
from coopledger._frozen import frozen
from coopledger._interchange.files import os_errors, refuse_taken, replaced
from coopledger._log.chain import NO_NAMES, Followed, Head, Listing, Row, sound
from coopledger._log.checkpoints import Checkpoint, checkpoint_at
from coopledger._progress import Meter, Progress, progress_call
from coopledger._recording.indexing import Lister, LogIndex
from coopledger._recording.recorder import Recorder
from coopledger.errors import (
    ArgumentError,
    DamagedLogError,
    MissingPackError,
    NewerLogError,
)
from coopledger.stores import Store
from coopledger.stores.protocol import Find
from coopledger.stores.verification import refuse_unsound


def back_up(
    store: Store, path: str | os.PathLike[str], *, progress: Progress | None
) -> dict[str, Head]:
    """Copy the file of a store; return where each ledger with events ends in the copy.

    The copy takes its place once it is whole and sound.

    Raises:
        DamagedLogError: A log is not as it was recorded.
        StoreError: The store has no file of its own, or the copy cannot be written, or the file
            at the path is no log, or some program has it open.
        NewerLogError: A newer version of coopledger made the file at the path.
        ArgumentError: An argument cannot be used.
            The file that was at the path is still there in any of these cases.
    """
    tell = progress_call(progress) or _ignore
    target, files = argument("path", path_of, path), store.files()
    refuse_taken("path", target, files, by="where this ledger is kept")
    _refuse_irreplaceable(target)
    with replaced(target, like=next(iter(files), None)) as part:
        heads = store.back_up(part, tell=tell)
        _refuse_irreplaceable(target)
    return heads


def _refuse_irreplaceable(target: Path) -> None:
    """Refuse to replace a file that is no log, or that a program has open."""
    from coopledger.stores.sqlite.file import refuse_irreplaceable  # noqa: PLC0415

    with os_errors(str(target)):
        is_file = target.is_file()
    if is_file:
        refuse_irreplaceable(target)


def _ignore(_: int, __: int) -> None:
    """Take the progress where it is not reported."""


@frozen(kw_only=True)
class LogCopy:
    """Log of a ledger on its way into another store; `Ledger.copy_to` hands it over.

    Attributes:
        ledger: The name of the ledger.
        store: The store that holds its log.
        zone: Its zone.
        progress: Called now and then with the number of events copied, and of how many.
    """

    ledger: str
    store: Store
    zone: str
    progress: Progress | None = None


@attrs.define
class _Names:
    """Names of copied events, as far as this program can read them.

    Attributes:
        lister: Gives the names of an event that can be read.
        is_whole: Whether all could; else who can makes the index once more.
    """

    lister: Lister
    is_whole: bool = True

    def __call__(self, row: Row, find: Find) -> Listing:
        """Return the names of the next row; none after one that cannot be read."""
        if self.is_whole:
            try:
                return self.lister(row, find)
            except (DamagedLogError, MissingPackError, NewerLogError):
                self.is_whole = False
        return NO_NAMES


def restore_copy(copy: LogCopy, store: Store, recorder: Recorder, *, ledger: str) -> Checkpoint:
    """Store every event and every subscription of the copied ledger in an empty ledger.

    A reader that has subscribed here under the name of a copied one loses its cursor.

    Raises:
        ArgumentError: The ledger has another name, or is the one that is copied.
        StoreConflictError: The ledger holds events.
        DamagedLogError: The copied log is not as it was recorded.
        StoreError: The one store cannot be read, or the other not be written.
    """
    _refuse_target(copy, store, ledger)
    with recorder.busy(incoming="a copy"):
        cursors = copy.store.cursors(ledger)  # First: none is beyond what is copied.
        head = copy.store.head(ledger)
        meter = Meter(copy.progress, head.position)
        rows = sound(ledger, copy.store.read(ledger, up_to=head.position), head=head)
        index = LogIndex(ledger, recorder.settings.vocabulary)
        names = _Names(index.lister(store))
        store.restore(ledger, Followed(ledger, meter.count(rows)), listing=names)
        if names.is_whole:
            index.end_restoration(store, names.lister.newest)
        refuse_unsound(store, ledger, head)
        for cursor in cursors:
            # Epochs are those of this store: they tell apart the readers of one store.
            before = store.take_cursor(ledger, cursor.name)
            store.move_cursor(ledger, before, attrs.evolve(cursor, epoch=before.epoch))
    return checkpoint_at(ledger, head)


def _refuse_target(copy: LogCopy, store: Store, ledger: str) -> None:
    """Refuse, as the argument ``other``, a ledger of another name or in the same store."""
    if ledger != copy.ledger:
        remedy = f"has another name: the hashes cover it, so open one named {copy.ledger!r}"
        raise ArgumentError("other", short_repr(ledger), remedy)
    if store is copy.store:
        raise ArgumentError("other", short_repr(ledger), "is this ledger: open another store")
