"""Standard json module compared with orjson: ``python -m tests.benchmarks.encoders``."""

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

import orjson

from coopledger._log.codec import canonical
from tests.benchmarks.history import history
from tests.benchmarks.measurement import timed

S = TypeVar("S")

EVENTS = 20_000


def main() -> None:
    """Print the microseconds per event for reading and writing, and check that the bytes agree."""
    fields = [act.fields for act in history(EVENTS)]
    payloads = [canonical(value) for value in fields]
    assert [_written(value) for value in fields] == payloads
    print(f"JSON of {sum(map(len, payloads)) / EVENTS:.0f} bytes, microseconds each")
    print(f"  read   json {_cost(json.loads, payloads):.2f}", end=", ")
    print(f"orjson {_cost(orjson.loads, payloads):.2f}")
    print(f"  write  json {_cost(canonical, fields):.2f}", end=", ")
    print(f"orjson {_cost(_written, fields):.2f}")


def _written(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _cost(call: Callable[[S], object], items: Sequence[S]) -> float:
    """Return the microseconds per call."""

    def work() -> None:
        for item in items:
            call(item)

    return timed(work)[0].cpu / len(items) * 1e6


if __name__ == "__main__":
    main()
