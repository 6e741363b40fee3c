"""Lines of an export of the history, as if an office had recorded it over twenty years.

Recording a million events takes many minutes, so the lines are made without rules, and kept in a
file. That a ledger would record the same history is tested.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from coopledger import events
from coopledger._log.chain import digest, genesis, link
from coopledger._log.codec import canonical
from coopledger._log.vocabulary import CORE
from coopledger.dates import instant_text
from tests.benchmarks import history, mending, story
from tests.benchmarks.history import Entry, archive

__all__ = ["LEDGER", "lines_of", "recorded_us", "written_lines"]

LEDGER = "ledger"
SOURCES = (history, mending, story)
EPOCH = date(1970, 1, 1).toordinal()
DAY_US = 86_400 * 10**6
MORNING_US = 8 * 3600 * 10**6
PAUSE_US = 3 * 10**6  # between two events of a day


def written_lines(folder: Path, count: int) -> Path:
    """Return the file of the lines of so many events; one that was made before is there still."""
    sources = b"".join(Path(str(source.__file__)).read_bytes() for source in SOURCES)
    mark = hashlib.sha256(sources + Path(__file__).read_bytes()).hexdigest()[:12]
    path = folder / f"{count}-{mark}.jsonl"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.writelines(lines_of(archive(count)))
        part.rename(path)
    return path


def recorded_us(entries: Iterable[Entry]) -> Iterator[tuple[int, Entry]]:
    """Yield the entries with their record times: one after the other from eight in the morning."""
    last = 0
    for entry in entries:
        last = max(last + PAUSE_US, (entry.day - EPOCH) * DAY_US + MORNING_US)
        yield last, entry


def lines_of(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the lines of an export that holds the entries."""
    chain = genesis(LEDGER)
    for position, (us, entry) in enumerate(recorded_us(entries), 1):
        fields = entry.act.fields
        tag, version = _tag(entry.act.kind)
        content = digest(
            LEDGER,
            event_id=entry.id,
            type=tag,
            v=version,
            effective=str(fields["when"]) if "when" in fields else None,
            payload=canonical(fields),
        )
        chain = link(chain, position=position, recorded_us=us, digest=content)
        record: dict[str, object] = {
            "id": entry.id,
            "type": tag,
            "v": version,
            "ledger": LEDGER,
            "position": position,
            "recorded_at": instant_text(us),
            "digest": content.hex(),
            "chain": chain.hex(),
        }
        yield canonical(fields | record) + b"\n"


@cache
def _tag(kind: str) -> tuple[str, int]:
    """Return the wire tag and the version of the events of a kind."""
    return CORE.tag_of(getattr(events, kind))
