"""A backup of all that a store holds, put in its place when it is whole and sound."""

import os
from pathlib import Path

from coopledger.fields import asked
from coopledger.fields import path as path_of
from coopledger.interchange.files import refuse_taken, replaced
from coopledger.interchange.progress import Progress, progress_call
from coopledger.stores import Head, Store

__all__ = ["back_up"]


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
    place, kept = asked("path", path_of, path), store.files()
    refuse_taken("path", place, kept, by="where this ledger is kept")
    _refuse_irreplaceable(place)
    with replaced(place, like=next(iter(kept), None)) as part:
        heads = store.back_up(part, tell=told or _nobody)
        _refuse_irreplaceable(place)
    return heads


def _refuse_irreplaceable(place: Path) -> None:
    """Refuse to replace a file that is no log, or that a program has open."""
    from coopledger.stores.sqlite.replacing import refuse_irreplaceable  # noqa: PLC0415

    if place.is_file():
        refuse_irreplaceable(place)


def _nobody(_: int, __: int) -> None:
    """Take the progress where nobody asked for it."""
