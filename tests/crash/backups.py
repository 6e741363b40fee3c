"""Recorders that make a backup after every batch, and the check of the backup."""

import shutil
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from coopledger import Ledger
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from tests.crash.recorders import LEDGER, Recorder, noon, parties

__all__ = ["backup_recorder", "careless_recorder", "check_backup"]


@contextmanager
def backup_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Record through a ledger, which makes the backups."""
    with _recorder(path, lambda ledger: ledger.backup(_backup(path))) as record:
        yield record


@contextmanager
def careless_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Record, and copy the file as any program would, under its final name."""
    with _recorder(path, lambda _: shutil.copyfile(path, _backup(path))) as record:
        yield record


def check_backup(path: Path) -> int:
    """Check that the backup is missing, or is the whole log of an earlier moment."""
    if not _backup(path).exists():
        return 0
    with closing(SqliteStore(_backup(path))) as backup, closing(SqliteStore(path)) as store:
        verification = verify_log(backup, LEDGER)
        rows = list(backup.read(LEDGER))
        assert verification.fault is None, verification
        assert rows, "an empty backup"
        assert rows == list(store.read(LEDGER, up_to=verification.position))
    return 1


@contextmanager
def _recorder(path: Path, back_up: Callable[[Ledger], object]) -> Generator[Recorder, None, None]:
    with Ledger.open(path, name=LEDGER, clock=noon) as ledger:

        def record(event_ids: Sequence[str]) -> Sequence[int]:
            receipt = ledger.record(*parties(event_ids))
            back_up(ledger)
            return [stored.position for stored in receipt.events]

        yield record


def _backup(path: Path) -> Path:
    return path.with_suffix(".backup")
