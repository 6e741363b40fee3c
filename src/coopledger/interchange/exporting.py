"""Out of a ledger: every row as a line, each checked before it is written."""

from coopledger.interchange.files import ToFile, refuse_log_file, written
from coopledger.interchange.progress import Meter, Progress
from coopledger.interchange.rows import write_line
from coopledger.stores import Store, sound

__all__ = ["export_log"]


def export_log(
    store: Store, ledger: str, file: ToFile, *, plain: bool, progress: Progress | None
) -> int:
    """Write the events that the ledger holds now; return how many there are.

    Raises:
        DamagedLogError: The log is not what was recorded.
        StoreError: The store cannot be read, or the file not be written.
        ArgumentError: The file is neither a path nor a stream, or holds the ledger itself.
    """
    refuse_log_file("file", file, store)
    with written("file", file) as target:
        head = store.head(ledger)
        meter = Meter(progress, head.position)
        rows = sound(ledger, store.read(ledger, up_to=head.position), head=head)
        for row in meter.counted(rows):
            target.write(write_line(ledger, row, plain=plain))
        return head.position
