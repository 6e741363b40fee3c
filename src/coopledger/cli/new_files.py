"""Files of new ledgers, which are there only once they are whole."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from coopledger._interchange.files import remove_part, sync_folder
from coopledger.errors import StoreError


@contextmanager
def new_file(path: Path) -> Generator[Path, None, None]:
    """Give a path in the same folder; what is made there takes its place at the end of the block.

    If anything fails nothing is left, and what others have made meanwhile stays as it is.

    Raises:
        StoreError: Others have made a file at the path meanwhile, or none can be made.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    remove_part(part)
    try:
        yield part
        _put(part, path)
    finally:
        remove_part(part)


def _put(part: Path, path: Path) -> None:
    """Give the file its name, which no other file may have."""
    try:
        try:
            path.hardlink_to(part)
        except FileExistsError:
            raise
        except OSError:  # A disk without links.
            part.rename(path)
    except OSError as error:
        raise StoreError(str(path), f"{error.strerror}: name another file") from error
    sync_folder(path.parent)
