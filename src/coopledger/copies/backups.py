"""A backup of all that a store holds, put in its place when it is whole and sound."""

import os
from pathlib import Path

from coopledger.errors import StoreError
from coopledger.fields import asked, text
from coopledger.interchange.files import refuse_taken, replaced
from coopledger.interchange.progress import Progress, progress_call
from coopledger.stores import Head, Store

__all__ = ["back_up"]

# What SQLite keeps beside a file that a program has open, or has left in the middle of its work:
# a new file under the old name must not come to lie beside it.
_OPEN = ("-wal", "-journal")


def back_up(
    store: Store, path: str | os.PathLike[str], *, progress: Progress | None
) -> dict[str, Head]:
    """Where each ledger that holds events ends in the backup.

    Raises:
        DamagedLogError: A log is not what was recorded.
        StoreError: The store has no file of its own, or the copy cannot be written, or some
            program has the file open that lies at the path.
        QuestionError: An argument cannot be used.
            What lay at the path is still there in any of these cases.
    """
    told = progress_call(progress)
    plain = os.fspath(path) if isinstance(path, os.PathLike) else path
    place, kept = Path(asked("path", text, plain)).expanduser(), store.files()
    refuse_taken("path", place, kept, by="where this ledger is kept")
    _refuse_open(place)
    with replaced(place, like=next(iter(kept), None)) as part:
        heads = store.back_up(part, tell=told or _nobody)
        _refuse_open(place)
    return heads


def _refuse_open(place: Path) -> None:
    """Refuses to replace a file that a program has open, or has not closed."""
    beside = [f"{place.resolve()}{ending}" for ending in _OPEN]
    left = next(filter(os.path.exists, beside), None)
    if left is not None:
        reason = f"a program has it open, as {left} shows: close it, or name another file"
        raise StoreError(str(place), reason)


def _nobody(_: int, __: int) -> None:
    """Told of progress where nobody asked."""
