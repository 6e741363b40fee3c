"""What the writers of golden logs have in common: a diary becomes the files of a folder."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger
from coopledger.events import Event
from coopledger.stores.sqlite import SqliteStore
from coopledger.terms import Basis, Role
from tests.builders import Clock
from tests.golden.logs import name_lines
from tests.golden.write_v1 import NAME, ZONE, line, whole

# Pages, each with the instant at which it is recorded in one call.
Diary = Sequence[tuple[str, Callable[[], Iterable[Event]]]]


def files_of(
    diary: Diary, *, new: Collection[type[Event]] = (), published: str = "2010"
) -> dict[str, str]:
    """Return the texts of the files by their names, from a ledger in a file of SQLite.

    Of each of the new types, the first event has every field of the envelope; its source was
    published on the date.
    """
    clock, numbers, missing = Clock(), count(1), set(new)

    def with_whole_envelopes(page: Iterable[Event]) -> Iterator[Event]:
        for event in page:
            if type(event) in missing:
                missing.discard(type(event))
                yield whole(event, published=published, basis=Basis.MINUTES, role=Role.CHAIR)
            else:
                yield event

    with TemporaryDirectory() as folder, SqliteStore(Path(folder) / "log.db") as store:
        ledger = Ledger(
            store, name=NAME, timezone=ZONE, clock=clock, ids=lambda: f"e{next(numbers)}"
        )
        for now, page in diary:
            clock.set(now)
            ledger.record(*with_whole_envelopes(page()), by="Lê")
        export = BytesIO()
        ledger.export_jsonl(export)
        return {
            "log.jsonl": "".join(map(line, store.read(NAME))),
            "export.jsonl": export.getvalue().decode(),
            "names.jsonl": "".join(name_lines(store)),
        }


def put(folder: Path, files: dict[str, str]) -> None:
    """Write the files into a new folder, never over an older one."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
