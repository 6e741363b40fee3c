"""Progress of long work, on one line of a terminal that is wiped at the end."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from coopledger._progress import Progress

_WIPE = "\r\x1b[K"


@contextmanager
def progress(verb: str) -> Generator[Progress | None, None, None]:
    """Give what tells how far the work is; nothing where nobody looks at it."""
    stream = sys.stderr
    if not stream.isatty():
        yield None
        return

    def tell(done: int, total: int | None) -> None:
        of = f" of {total:,}" if total is not None else ""
        stream.write(f"{_WIPE}{verb}: {done:,}{of}")
        stream.flush()

    try:
        yield tell
    finally:
        stream.write(_WIPE)
        stream.flush()
