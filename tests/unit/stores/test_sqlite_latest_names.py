"""Names of the latest events, which a store reads once and keeps, though others sort them in."""

from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest

from coopledger._log.chain import Draft, Listing
from coopledger.stores.sqlite import SqliteStore, naming
from tests.contracts.drafts import append, numbered

LEDGER = "vistip"
NAMES = ("vnu", "cts", "lpi")


def listed(first: int, last: int) -> list[Draft]:
    """Return drafts, each under one of the names."""
    return [
        attrs.evolve(draft, listing=Listing(names=(NAMES[number % 3],)))
        for number, draft in enumerate(numbered(LEDGER, first, last), first)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_what_others_append_and_sort_in_is_found(tmp_path: Path, seed: int) -> None:
    chance, last = Random(seed), 0  # noqa: S311 - nothing secret
    path = tmp_path / "log.db"
    with SqliteStore(path) as reader, SqliteStore(path) as writer:
        while last < 1500:
            size = chance.choice([1, 3, 40, 300])
            append(chance.choice([reader, writer]), LEDGER, listed(last + 1, last + size))
            last += size
            if chance.random() < 0.5:
                wanted = {
                    name: tuple(each for each in range(1, last + 1) if NAMES[each % 3] == name)
                    for name in NAMES
                }
                assert reader.named(LEDGER, NAMES) == wanted


def test_the_latest_names_are_read_once(tmp_path: Path) -> None:
    read: list[int] = []

    with SqliteStore(tmp_path / "log.db") as store:
        append(store, LEDGER, listed(1, 200))
        asked: Any = vars(SqliteStore)["_ask"].__get__(store)  # What it reads is counted.

        def ask(statement: str, values: tuple[Any, ...]) -> list[Any]:
            rows: list[Any] = asked(statement, values)
            read.append(len(rows))
            return rows

        known = naming.NO_LATEST.read_on(ask, LEDGER)
        append(store, LEDGER, listed(201, 202))
        known.read_on(ask, LEDGER)

    assert read == [200, 2]
