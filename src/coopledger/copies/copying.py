"""The log of one ledger, copied as it is into the store of another."""

import attrs

from coopledger.copies.places import put_places
from coopledger.errors import ArgumentError
from coopledger.fields import shown
from coopledger.interchange.progress import Meter, Progress
from coopledger.proof import Checkpoint
from coopledger.proof.checkpoints import checkpoint_at
from coopledger.recording import Recorder
from coopledger.stores import Store, sound
from coopledger.stores.chain import refuse_unsound

__all__ = ["LogCopy", "restore_copy"]


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
        places = copy.store.bookmarks(ledger)  # First: none is beyond what is copied.
        head = copy.store.head(ledger)
        meter = Meter(copy.progress, head.position)
        rows = sound(ledger, copy.store.read(ledger, up_to=head.position), head=head)
        store.restore(ledger, meter.counted(rows))
        refuse_unsound(store, ledger, head)
        put_places(store, ledger, places)
    return checkpoint_at(ledger, head)


def _refuse_target(copy: LogCopy, store: Store, ledger: str) -> None:
    """Refuse a ledger of another name, and a ledger in the same store."""
    if ledger != copy.ledger:
        remedy = f"has another name: the hashes cover it, so open one named {copy.ledger!r}"
        raise ArgumentError("other", shown(ledger), remedy)
    if store is copy.store:
        raise ArgumentError("other", shown(ledger), "is this ledger: open another store")
