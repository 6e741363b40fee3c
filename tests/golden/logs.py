"""Golden logs as rows, and as stores that hold them again."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coopledger import Ledger
from coopledger.stores import Draft, MemoryStore, Row, Store

NAME = "golden"
ZONE = "Asia/Ho_Chi_Minh"
HERE = Path(__file__).parent
VERSIONS = sorted(
    (log.parent.name for log in HERE.glob("v*/log.jsonl")), key=lambda name: int(name[1:])
)


@cache
def golden_rows(version: str) -> tuple[Row, ...]:
    """Return the rows of a golden log."""
    *lines, end = (HERE / version / "log.jsonl").read_bytes().decode().split("\n")
    assert end == ""
    return tuple(map(_row, lines))


def restore_log(version: str, store: Store | None = None) -> tuple[Store, Ledger]:
    """Return a store with the log, appended row by row at the times of then, and a ledger."""
    store = store or MemoryStore()
    for row in golden_rows(version):
        store.append(
            NAME,
            [_draft(row)],
            seen=row.position - 1,
            clock_us=row.recorded_us,
            revise=_nobody_else_appends,
        )
    return store, Ledger(store, name=NAME, timezone=ZONE)


def _row(line: str) -> Row:
    columns: dict[str, Any] = json.loads(line)
    columns["payload"] = columns["payload"].encode()
    for name in ("digest", "chain"):
        columns[name] = bytes.fromhex(columns[name])
    return Row(**columns)


def _draft(row: Row) -> Draft:
    return Draft(
        event_id=row.event_id,
        type=row.type,
        v=row.v,
        effective=row.effective,
        payload=row.payload,
        digest=row.digest,
    )


def _nobody_else_appends(rows: Iterator[Row]) -> None:
    pytest.fail(f"somebody appended {list(rows)}")


def name_lines(store: Store) -> Iterator[str]:
    """Yield the rules of the index, then each entry in it: its noun or none, name and position."""
    yield json.dumps(dict(store.listed(NAME).rules), sort_keys=True) + "\n"
    for entry in sorted(store.entries(NAME)):
        yield json.dumps(entry, ensure_ascii=False) + "\n"
