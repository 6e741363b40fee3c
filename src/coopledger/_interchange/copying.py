"""A backup of all that a store holds, put in its place when it is whole and sound."""

import os
from collections.abc import Iterable
from pathlib import Path

import attrs

from coopledger._fields.reading import argument, short_repr
from coopledger._fields.reading import path as path_of
from coopledger._interchange.files import refuse_taken, replaced
from coopledger._interchange.progress import Meter, Progress, progress_call
from coopledger._log.chain import Head, sound
from coopledger._log.checkpoints import Checkpoint, checkpoint_at
from coopledger._recording.recorder import Recorder
from coopledger.errors import ArgumentError
from coopledger.stores import Store
from coopledger.stores.protocol import Cursor
from coopledger.stores.verification import refuse_unsound


def back_up(
    store: Store, path: str | os.PathLike[str], *, progress: Progress | None
) -> dict[str, Head]:
    """Copy the file of a store; return where each ledger with events ends in the copy.

    Raises:
        DamagedLogError: A log is not what was recorded.
        StoreError: The store has no file of its own, or the copy cannot be written, or what lies
            at the path is no log, or some program has it open.
        NewerLogError: A newer version of coopledger made what lies at the path.
        ArgumentError: An argument cannot be used.
            What lay at the path is still there in any of these cases.
    """
    told = progress_call(progress)
    place, kept = argument("path", path_of, path), store.files()
    refuse_taken("path", place, kept, by="where this ledger is kept")
    _refuse_irreplaceable(place)
    with replaced(place, like=next(iter(kept), None)) as part:
        heads = store.back_up(part, tell=told or _nobody)
        _refuse_irreplaceable(place)
    return heads


def _refuse_irreplaceable(place: Path) -> None:
    """Refuse to replace a file that is no log, or that a program has open."""
    from coopledger.stores.sqlite.file import refuse_irreplaceable  # noqa: PLC0415

    if place.is_file():
        refuse_irreplaceable(place)


def _nobody(_: int, __: int) -> None:
    """Take the progress where nobody asked for it."""


# Cursors of the readers of a ledger, copied with its log.


def put_cursors(store: Store, ledger: str, cursors: Iterable[Cursor]) -> None:
    """Put every reader of the ledger at the position where it was in the other store.

    A reader that has subscribed here under one of the names loses its cursor. Epochs start again:
    they tell apart the readers of one store.

    Raises:
        StoreError: The store keeps no cursors, or cannot be written.
    """
    for cursor in cursors:
        before = store.take_cursor(ledger, cursor.name)
        store.move_cursor(ledger, before, attrs.evolve(cursor, epoch=before.epoch))


# The log of one ledger, copied as it is into the store of another.


@attrs.frozen(kw_only=True)
class LogCopy:
    """Log of a ledger on its way into another store; `Ledger.copy_to` hands it over.

    Attributes:
        ledger: The name of the ledger.
        store: Where its log lies.
        progress: Called now and then with the number of events copied, and of how many.
    """

    ledger: str
    store: Store
    progress: Progress | None = None


def restore_copy(copy: LogCopy, store: Store, recorder: Recorder, *, ledger: str) -> Checkpoint:
    """Store every event and every subscription of the copied ledger in an empty ledger.

    Raises:
        ArgumentError: The ledger has another name, or is the one that is copied.
        StoreConflictError: The ledger holds events.
        DamagedLogError: The copied log is not what was recorded.
        StoreError: The one store cannot be read, or the other not be written.
    """
    _refuse_target(copy, store, ledger)
    with recorder.busy():
        cursors = copy.store.cursors(ledger)  # First: none is beyond what is copied.
        head = copy.store.head(ledger)
        meter = Meter(copy.progress, head.position)
        rows = sound(ledger, copy.store.read(ledger, up_to=head.position), head=head)
        store.restore(ledger, meter.counted(rows))
        refuse_unsound(store, ledger, head)
        put_cursors(store, ledger, cursors)
    return checkpoint_at(ledger, head)


def _refuse_target(copy: LogCopy, store: Store, ledger: str) -> None:
    """Refuse a ledger of another name, and a ledger in the same store."""
    if ledger != copy.ledger:
        remedy = f"has another name: the hashes cover it, so open one named {copy.ledger!r}"
        raise ArgumentError("other", short_repr(ledger), remedy)
    if store is copy.store:
        raise ArgumentError("other", short_repr(ledger), "is this ledger: open another store")
