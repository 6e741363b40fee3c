"""Kept answers in a database: what the next program reads, and who may keep them."""

from collections.abc import Iterator
from typing import LiteralString

import pytest
from psycopg import sql as names
from psycopg.conninfo import make_conninfo

from coopledger import Ledger, events
from coopledger._kept import folding
from coopledger.stores.kept import StoredBundle, Upkeep
from coopledger.stores.postgres.kept import PostgresKept
from tests.builders import NAME, Clock, numbered, office
from tests.servers import Connection, Schema, new_schema
from tests.unit.kept.growing import TODAY, lists, partnership
from tests.unit.kept.test_in_files import FULFILLED, assert_fresh

LENGTHS = [14, 12, 12, 12, 12, 0, 0]


@pytest.fixture
def schema() -> Schema:
    """Return tables with some partnerships, of which every list was asked for."""
    schema = new_schema()
    acts = [event for number in range(12) for event in partnership(number)]
    with office(*acts, clock=Clock(TODAY), store=schema.open()) as ledger:
        lists(ledger.view())
    return schema


@pytest.fixture
def sql(schema: Schema) -> Iterator[Connection]:
    """Yield a foreign connection to the same schema."""
    with schema.connect() as connection:
        yield connection


def opened(schema: Schema, today: str = TODAY, *, readonly: bool = False, ids: str = "n") -> Ledger:
    """Return the ledger in the schema, as the next program opens it."""
    store = schema.open(readonly=readonly)
    return Ledger(store, name=NAME, clock=Clock(today), ids=numbered(ids), readonly=readonly)


def test_the_next_program_folds_nothing(schema: Schema, folds: list[str]) -> None:
    with opened(schema) as ledger:
        folds.clear()

        assert lists(ledger.view()) == LENGTHS
        assert ledger.view().commitment("c3").due is not None
        assert folds == []


def test_the_next_program_folds_what_was_recorded_since(schema: Schema, folds: list[str]) -> None:
    with opened(schema) as ledger:
        ledger.record(FULFILLED)
    folds.clear()

    with opened(schema) as ledger:
        assert len(ledger.view().commitments()) == 11
        assert folds == ["ps1"]
        assert_fresh(ledger.view())
    folds.clear()
    with opened(schema) as ledger:
        assert len(ledger.view().commitments()) == 11
        assert folds == []


def test_on_a_later_day_what_turned_is_folded(schema: Schema, folds: list[str]) -> None:
    with opened(schema, "2021-03-02") as ledger:
        folds.clear()

        assert [each.days_overdue for each in ledger.view().commitments()] == [1] * 12
        assert len(folds) == 12
        assert_fresh(ledger.view())


def test_after_a_clock_that_was_ahead_what_turned_is_folded_once_more(
    schema: Schema, folds: list[str]
) -> None:
    with opened(schema, "2021-06-15") as ledger:
        lists(ledger.view())
    folds.clear()

    with opened(schema) as ledger:
        assert [each.days_overdue for each in ledger.view().commitments()] == [None] * 12
        assert len(folds) == 12
        assert_fresh(ledger.view())


def kept_in(sql: Connection) -> list[tuple[object, ...]]:
    """Return all that is kept."""
    return [
        row
        for table in ("upkeep", "bundle", "rests", "kept")
        for row in sql.execute(
            names.SQL("SELECT * FROM {} ORDER BY 1, 2, 3, 4").format(names.Identifier(table))
        )
    ]


def test_a_read_only_program_takes_what_is_kept(
    schema: Schema, sql: Connection, folds: list[str]
) -> None:
    with opened(schema) as ledger:
        ledger.record(FULFILLED)
    before = kept_in(sql)
    folds.clear()

    with opened(schema, readonly=True) as ledger:
        assert len(ledger.view().commitments()) == 11
        assert folds == ["ps1"]
        assert_fresh(ledger.view())
    assert kept_in(sql) == before


@pytest.fixture(name="role")
def _role(schema: Schema, sql: Connection) -> Iterator[names.Identifier]:
    """Make a user without rights."""
    role = names.Identifier(f"role of {schema.name}")
    sql.execute(names.SQL("CREATE ROLE {}").format(role))
    yield role
    for statement in ("DROP OWNED BY {}", "DROP ROLE {}"):
        sql.execute(names.SQL(statement).format(role))


DENIED: dict[str, tuple[LiteralString, ...]] = {
    "may read what is kept": (),
    "may read nothing that is kept": ("REVOKE SELECT ON upkeep, bundle, rests, kept FROM {role}",),
}


@pytest.mark.parametrize("what", DENIED)
def test_who_may_not_keep_answers_keeps_them_in_memory(
    schema: Schema, sql: Connection, role: names.Identifier, what: str, folds: list[str]
) -> None:
    statements: tuple[LiteralString, ...] = (
        "GRANT USAGE ON SCHEMA {schema} TO {role}",
        "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}",
        *DENIED[what],
    )
    for statement in statements:
        place = names.Identifier(schema.name)
        sql.execute(names.SQL(statement).format(schema=place, role=role))
    with opened(schema) as ledger:
        ledger.record(FULFILLED)
    before = kept_in(sql)
    options = f"-c role=role\\ of\\ {schema.name}"
    there = Schema(make_conninfo(schema.address, options=options), schema.name)

    with opened(there) as ledger:
        assert len(ledger.view().commitments()) == 11
        folds.clear()
        for _ in range(3):
            assert len(ledger.view().commitments()) == 11
        assert folds == []
        assert_fresh(ledger.view())
    assert kept_in(sql) == before


def test_answers_that_others_lock_are_kept_in_memory(
    schema: Schema, sql: Connection, folds: list[str]
) -> None:
    with opened(schema) as ledger:
        with sql.transaction():
            ledger.record(FULFILLED)
            sql.execute("SELECT FROM upkeep FOR UPDATE")
            folds.clear()

            for _ in range(3):
                assert len(ledger.view().commitments()) == 11
            assert folds == ["ps1"]
        ledger.record(events.CommitmentFulfilled(commitment="c2", when="2020-06-01"))
        assert len(ledger.view().commitments()) == 10
    folds.clear()

    with opened(schema) as ledger:
        assert len(ledger.view().commitments()) == 10
    assert folds == []


DAMAGE: dict[str, LiteralString] = {
    "no JSON": "UPDATE kept SET body = 'a'",
    "other rules": "UPDATE upkeep SET fingerprint = 'b'",
    "another log": "UPDATE upkeep SET chain = decode('00', 'hex')",
    "on the way": "UPDATE upkeep SET is_whole = false",
    "nothing": "DELETE FROM upkeep",
    "beyond the log": "UPDATE upkeep SET position = 10000",
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_cannot_be_used_is_made_once_more(
    schema: Schema, sql: Connection, what: str, folds: list[str]
) -> None:
    sql.execute(DAMAGE[what])
    with opened(schema) as ledger:
        ledger.record(FULFILLED)
        assert_fresh(ledger.view())
        lists(ledger.view())
    folds.clear()

    with opened(schema) as ledger:
        assert lists(ledger.view())[:3] == [14, 12, 11]
    assert folds == []


def test_two_programs_that_begin_at_once_both_answer(
    schema: Schema, sql: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for table in ("upkeep", "bundle", "rests", "kept"):
        sql.execute(names.SQL("DELETE FROM {}").format(names.Identifier(table)))
    monkeypatch.setattr(folding, "_PAGE", 3)
    keep, began = PostgresKept.keep, list[int]()
    with opened(schema) as first, opened(schema, ids="two") as second:

        def with_another(
            self: PostgresKept,
            name: str,
            noun: str,
            bundles: list[StoredBundle],
            *,
            since: int,
            then: Upkeep,
        ) -> bool:
            began.append(1)
            if len(began) == 3:
                assert_fresh(second.view())
            return keep(self, name, noun, bundles, since=since, then=then)

        monkeypatch.setattr(PostgresKept, "keep", with_another)
        assert_fresh(first.view())
        assert_fresh(second.view())
        first.record(FULFILLED)
        assert_fresh(second.view())
        assert_fresh(first.view())


def bundle(home: str, *rows: tuple[bool, str, str], rests_on: tuple[str, ...] = ()) -> StoredBundle:
    """Return a bundle of the year 2020."""
    return StoredBundle(
        home=home, position=7, since=737_425, until=737_791, rests_on=rests_on, rows=rows
    )


def test_a_store_keeps_bundles_as_they_are_given() -> None:
    """Names and ids that no database can hold are found nowhere."""
    then = Upkeep(
        revision=2, position=7, chain=b"a", day=5, is_whole=True, fingerprint="b", changes="c"
    )
    one = bundle("one", (True, "x", "a"), (False, "y", "b"), rests_on=("x", "z"))
    empty = bundle("empty")
    with new_schema().open() as store:
        kept = store.kept
        assert kept.upkeep("l", "n") is None
        assert kept.begin_upkeep("l", "n", fingerprint="b", since=0)
        assert not kept.begin_upkeep("l", "n", fingerprint="b", since=0)
        assert kept.keep("l", "n", [one, empty], since=1, then=then)
        assert not kept.keep("l", "n", [], since=1, then=then)

        assert kept.upkeep("l", "n") == then
        plain = bundle("one", (True, "x", "a"), (False, "y", "b"))
        found = {each.home: each for each in kept.bundles("l", "n")}
        assert {at: list(each.rows) for at, each in found.items()} == {
            "one": list(plain.rows),
            "empty": [],
        }
        assert [each.until for each in kept.bundles("l", "n", homes=["one", "\0"])] == [737_791]
        assert kept.bundles("l", "n", after=2) == []
        assert kept.kept_rows("l", "n", only_open=True) == [("one", "x", "a")]
        assert len(kept.kept_rows("l", "n", only_open=False)) == 2
        assert kept.stale_homes("l", "n", names=["z", "\ud800"], day=0) == {"one"}
        assert kept.stale_homes("l", "n", names=["y"], day=737_791) == {"one", "empty"}
        assert (kept.home_of("l", "n", "y"), kept.home_of("l", "n", "\0")) == ("one", None)
        assert kept.upkeep("other", "n") is None
        assert kept.begin_upkeep("l", "n", fingerprint="b", since=2)
        assert kept.kept_rows("l", "n", only_open=False) == []
