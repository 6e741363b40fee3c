"""Kept answers in a file: of a bundle that takes the place of another, only what differs."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopledger.stores.kept import StoredBundle, Upkeep
from coopledger.stores.sqlite import SqliteStore

LEDGER, NOUN, MARK = "vistip", "partnership", "rules"
TABLES = {
    "bundle": "SELECT home, position, since, until, rests_on FROM bundle ORDER BY home",
    "rests": "SELECT home, name FROM rests JOIN bundle ON number = bundle ORDER BY home, name",
    "kept": """
        SELECT home, is_open, kept.number, name, body
        FROM kept JOIN bundle ON bundle.number = bundle ORDER BY home, kept.number
    """,
}
NAMES = st.sampled_from([f"text-{number}" for number in range(6)])
ROWS = st.lists(st.tuples(st.booleans(), NAMES, st.sampled_from(["1", "2"])), max_size=4)
BUNDLES = st.builds(
    StoredBundle,
    home=st.sampled_from(["vnu-zew", "cts-lpi"]),
    position=st.integers(1, 9),
    since=st.integers(1, 9),
    until=st.integers(10, 19),
    rests_on=st.sets(NAMES),
    rows=ROWS,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "log.db") as store:
        yield store


def keep(store: SqliteStore, bundle: StoredBundle) -> None:
    """Keep the bundle in the place of the one at its home."""
    now = store.kept.upkeep(LEDGER, NOUN)
    since = now.revision if now is not None else 0
    then = Upkeep(
        revision=since + 1,
        position=bundle.position,
        chain=b"",
        day=1,
        is_whole=True,
        fingerprint=MARK,
        changes="",
    )
    assert store.kept.keep(LEDGER, NOUN, [bundle], since=since, then=then)


def held(path: Path) -> dict[str, list[Any]]:
    """Return what the tables hold."""
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(query).fetchall() for name, query in TABLES.items()}


def of_texts(count: int, *, position: int) -> StoredBundle:
    """Return a bundle that rests on so many texts."""
    texts = [f"text-{number:03}" for number in range(count)]
    return StoredBundle(
        home="vnu-zew",
        position=position,
        since=1,
        until=9,
        rests_on=texts,
        rows=[(True, text, "{}") for text in texts],
    )


@pytest.mark.parametrize("count", [10, 200])
def test_what_a_bundle_rests_on_is_not_written_again(
    store: SqliteStore, tmp_path: Path, count: int
) -> None:
    keep(store, of_texts(count, position=1))

    with closing(sqlite3.connect(tmp_path / "log.db")) as connection:
        connection.execute("CREATE TABLE written (what TEXT)")
        for table in ("rests", "kept", "bundle"):
            for verb in ("INSERT", "UPDATE", "DELETE"):
                connection.execute(
                    f"CREATE TRIGGER {table}_{verb} AFTER {verb} ON {table} "  # noqa: S608 - names
                    f"BEGIN INSERT INTO written VALUES ('{verb} {table}'); END"
                )
    keep(store, of_texts(count + 1, position=2))

    with closing(sqlite3.connect(tmp_path / "log.db")) as connection:
        written = {what for (what,) in connection.execute("SELECT what FROM written")}
        (number,) = connection.execute("SELECT count(*) FROM written").fetchone()
    assert written == {"UPDATE bundle", "INSERT rests", "INSERT kept"}
    assert number == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bundles=st.lists(BUNDLES, min_size=1, max_size=6))
def test_replaced_bundles_are_as_if_written_once(
    tmp_path_factory: pytest.TempPathFactory, bundles: Sequence[StoredBundle]
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    with SqliteStore(folder / "replaced.db") as store:
        for bundle in bundles:
            keep(store, bundle)
    with SqliteStore(folder / "once.db") as store:
        for bundle in {each.home: each for each in bundles}.values():
            keep(store, bundle)

    assert held(folder / "replaced.db") == held(folder / "once.db")
