"""The part of a ledger that copies it, as it is, to another place."""

import os
from functools import partial
from threading import RLock

from coopledger.copies.backups import back_up
from coopledger.copies.places import put_places
from coopledger.errors import ArgumentError
from coopledger.fields import asked, require, shown
from coopledger.interchange.progress import Meter, Progress, progress_call
from coopledger.proof import Checkpoint
from coopledger.proof.checkpoints import checkpoint_at
from coopledger.recording import Recorder
from coopledger.stores import Store, beginning, sound
from coopledger.stores.chain import refuse_unsound

__all__ = ["Copyable"]

_NO_LEDGER = "is no ledger: open one of the same name in the other store"


class Copyable:
    """A ledger that can be copied.

    Attributes:
        name: The name of the ledger.
    """

    name: str
    _store: Store
    _recorder: Recorder
    _lock: RLock

    def backup(
        self, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> Checkpoint:
        """Copy the whole file in which the ledger lies, while others record; how far it reaches.

        With it go all the ledgers that the file holds, each as of the same moment. The copy is
        opened, and every event in it checked, before it comes to lie at the path, where it
        replaces a file as a whole or leaves it as it was. `Ledger.open` opens it like any other.

        Args:
            path: Where to; ``~`` is the home folder.
            progress: Called now and then with the number of bytes copied, and of how many; it may
                record, but not close the ledger.

        Raises:
            DamagedLogError: A log in the file is not what was recorded.
            StoreError: The ledger lies in no file of its own, or the copy cannot be written, or
                what lies at the path is no coopledger log, or some program has it open.
            NewerLogError: A newer version of coopledger made what lies at the path.
            ArgumentError: An argument cannot be used.
                What lay at the path is still there in any of these cases.
        """
        heads = back_up(self._store, path, progress=progress)
        return checkpoint_at(self.name, heads.get(self.name) or beginning(self.name))

    def copy_to(self, other: "Copyable", *, progress: Progress | None = None) -> Checkpoint:
        """Copy every event into an empty ledger of the same name; how far it reaches there.

        It may lie in a store of any kind. Positions, record times, hashes and answers are the
        same there: the clock is not asked, and no rule is applied anew. Every event is checked
        on the way, and once more as it lies there. Events of packs are copied as they are, with
        or without their pack. Then every subscription is put where it is here, so that its reader
        goes on there.

        Args:
            other: The other ledger, which is empty.
            progress: Called now and then with the number of events copied, and of how many.

        Raises:
            StoreConflictError: The other ledger holds events.
            DamagedLogError: The log is not what was recorded.
            StoreError: The one store cannot be read, or the other not be written.
            ArgumentError: An argument cannot be used.
                Nothing is written in any of these cases, unless the error came after the events
                were stored: from reading them there, or from the places of subscriptions.
        """
        progress = progress_call(progress)
        self._refuse_target(other)
        places = self._store.bookmarks(self.name)  # First: none is beyond what is copied.
        head = self._store.head(self.name)
        meter = Meter(progress, head.position)
        rows = sound(self.name, self._store.read(self.name, up_to=head.position), head=head)
        with other._lock, other._recorder.busy():  # noqa: SLF001 - a ledger like this one
            other._store.restore(self.name, meter.counted(rows))  # noqa: SLF001
            refuse_unsound(other._store, self.name, head)  # noqa: SLF001
            put_places(other._store, self.name, places)  # noqa: SLF001
        return checkpoint_at(self.name, head)

    def _refuse_target(self, other: "Copyable") -> None:
        """Refuses what is no ledger of the same name in another store."""
        asked("other", partial(require, kind=Copyable, remedy=_NO_LEDGER), other)
        if other.name != self.name:
            remedy = f"has another name: the hashes cover it, so open one named {self.name!r}"
            raise ArgumentError("other", shown(other.name), remedy)
        if other._store is self._store:  # noqa: SLF001
            raise ArgumentError("other", shown(other.name), "is this ledger: open another store")
