"""Out of a ledger: every row as a line, each checked before it is written."""

from coopledger.interchange.files import Target
from coopledger.interchange.progress import Meter, Progress
from coopledger.interchange.rows import write_line
from coopledger.stores import Store, sound

__all__ = ["export"]


def export(
    store: Store, ledger: str, target: Target, *, plain: bool, progress: Progress | None
) -> int:
    """Write the events that the ledger holds now; returns how many.

    Raises:
        DamagedLogError: The log is not what was recorded.
        StoreError: The store cannot be read, or the file not be written.
    """
    head = store.head(ledger)
    meter = Meter(progress, head.position)
    rows = sound(ledger, store.read(ledger, up_to=head.position), head=head)
    for row in meter.counted(rows):
        target.write(write_line(ledger, row, plain=plain))
    return head.position
