"""Standard json module compared with orjson, on the payloads of a log of ours."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import attrs
import orjson

from coopledger.stores.sqlite import SqliteStore
from tests.benchmarks.measurement import timed

S = TypeVar("S")

CANONICAL = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


@attrs.frozen(kw_only=True)
class Encoders:
    """Microseconds per event for reading and writing JSON."""

    payload_bytes: float
    json_reads: float
    orjson_reads: float
    json_writes: float
    orjson_writes: float


def compare(path: Path) -> Encoders:
    """Return the costs of both, and whether they write the same bytes."""
    with SqliteStore(path) as store:
        payloads = [row.payload for row in store.read("ledger")]
    fields: list[object] = [json.loads(payload) for payload in payloads]
    for value, payload in zip(fields, payloads, strict=True):
        assert CANONICAL.encode(value).encode() == payload
        assert orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == payload

    def read(payload: bytes) -> object:
        value: object = json.loads(payload.decode())
        return value

    def write(value: object) -> bytes:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)

    return Encoders(
        payload_bytes=sum(map(len, payloads)) / len(payloads),
        json_reads=_cost(read, payloads),
        orjson_reads=_cost(orjson.loads, payloads),
        json_writes=_cost(lambda value: CANONICAL.encode(value).encode(), fields),
        orjson_writes=_cost(write, fields),
    )


def _cost(call: Callable[[S], object], items: Sequence[S]) -> float:
    """Return the microseconds per call."""

    def work() -> None:
        for item in items:
            call(item)

    return timed(work)[0] / len(items) * 1e6
