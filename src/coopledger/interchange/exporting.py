"""Out of a ledger: every row as a line, each checked before it is written."""

from collections.abc import Iterator

from coopledger.errors import DamagedLogError
from coopledger.interchange.files import Target
from coopledger.interchange.progress import Meter, Progress
from coopledger.interchange.rows import write_line
from coopledger.stores import Row, Store, verify

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

    def checked() -> Iterator[Row]:
        for row in store.read(ledger, up_to=head.position):
            yield row  # What comes after this runs once the row was found sound.
            target.write(write_line(ledger, row, plain=plain))
            meter.step()

    fault = verify(ledger, checked(), head=head).fault
    if fault is not None:
        raise DamagedLogError(ledger, fault.position, fault.reason)
    meter.end()
    return head.position
