"""Index of names in tables of PostgreSQL: who may write it, and who is faster."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import attrs
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from coopledger import Ledger, events
from coopledger._log.chain import Draft, Listing, genesis, head_at
from coopledger.stores import MemoryStore, Row
from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.protocol import IndexPage, Listed, Offer
from tests.contracts.drafts import anybody, append, draft, nobody_else, numbered
from tests.counting import Calls
from tests.servers import Connection, Schema

LEDGER = "vistip"
EMPTY = Listed(position=0, chain=genesis(LEDGER), rules={})


@pytest.fixture(name="store")
def _store(schema: Schema) -> Iterator[PostgresStore]:
    with schema.open() as store:
        yield store


def naming(event_id: str, *names: str) -> Draft:
    """Return a draft that is found under the names, and opens the last of them."""
    listing = Listing(names=tuple(sorted(names)), opened=(("party", names[-1]),))
    return attrs.evolve(draft(LEDGER, event_id), listing=listing)


def index(sql: Connection) -> list[tuple[Any, ...]]:
    return [
        *sql.execute("SELECT name, position FROM naming ORDER BY position, name"),
        *sql.execute("SELECT position, noun, name FROM opening ORDER BY position, name"),
        *sql.execute("SELECT tag, rule FROM listed_tag ORDER BY tag"),
    ]


def pages(rows: list[Row], *sizes: int) -> list[IndexPage]:
    """Return pages of the index in which each event is found under its id."""
    made: list[IndexPage] = []
    for size in sizes:
        page, rows = rows[:size], rows[size:]
        made.append((head_at(page[-1]), [(r.position, Listing(names=(r.event_id,))) for r in page]))
    return made


def test_names_are_written_with_the_events(store: PostgresStore, sql: Connection) -> None:
    append(store, LEDGER, [naming("e1", "a", "b"), naming("e2", "b")])
    rows = append(store, LEDGER, [naming("e3", "a")])

    assert index(sql) == [
        *[("a", 1), ("b", 1), ("b", 2), ("a", 3)],
        *[(1, "party", "b"), (2, "party", "b"), (3, "party", "a")],
    ]
    assert store.listed(LEDGER) == Listed(position=3, chain=rows[0].chain, rules={})
    assert store.named(LEDGER, ["b", "a", "c"]) == {"b": (1, 2), "a": (1, 3), "c": ()}
    assert store.opened(LEDGER, "party", after=1) == [(2, "b"), (3, "a")]


def test_how_far_and_how_events_are_listed_is_one_question(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = append(store, LEDGER, [naming("e1", "a")])
    since = store.listed(LEDGER)
    assert store.list_rows(LEDGER, [], rules={"party.registered": "1 a", "x": "1 b"}, since=since)
    execute = cast(Callable[..., object], psycopg.Connection.execute)
    asked = list[object]()

    def counted(*values: object, **named: object) -> object:
        asked.append(values)
        return execute(*values, **named)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)

    assert store.listed(LEDGER) == Listed(
        position=1, chain=rows[0].chain, rules={"party.registered": "1 a", "x": "1 b"}
    )
    assert len(asked) == 1


def test_a_writer_goes_on_after_others_whose_names_it_did_not_ask_for(
    schema: Schema, store: PostgresStore
) -> None:
    append(store, LEDGER, [naming("e1", "a")])
    with schema.open() as other:
        append(other, LEDGER, [naming("e2", "b")])

    rows = store.append(
        LEDGER, [naming("e3", "a")], seen=1, clock_us=0, revise=nobody_else, rests_on=["a", "c"]
    ).rows

    assert [row.position for row in rows] == [3]
    assert store.named(LEDGER, ["a"]) == {"a": (1, 3)}


def test_a_writer_revises_what_others_recorded_under_a_name_that_it_asked_for(
    schema: Schema, store: PostgresStore
) -> None:
    append(store, LEDGER, [naming("e1", "a")])
    with schema.open() as other:
        append(other, LEDGER, [naming("e2", "b")])

    def revise(rows: Iterator[Row]) -> Offer:
        assert [row.event_id for row in rows] == ["e2"]
        return Offer(drafts=[naming("e4", "b")], rests_on=["b"])

    rows = store.append(
        LEDGER, [naming("e3", "a")], seen=1, clock_us=0, revise=revise, rests_on=["b"]
    ).rows

    assert [row.event_id for row in rows] == ["e4"]


def test_an_index_is_written_page_by_page(store: PostgresStore, sql: Connection) -> None:
    memory = MemoryStore()
    rows = list(append(memory, LEDGER, numbered(LEDGER, 1, 7)))
    store.restore(LEDGER, rows)

    assert store.list_rows(LEDGER, pages(rows, 3, 3), rules={"note-added": "1"}, since=EMPTY)
    since = store.listed(LEDGER)
    assert since == Listed(position=6, chain=rows[5].chain, rules={"note-added": "1"})
    assert store.list_rows(LEDGER, pages(rows[6:], 1), rules={"x": "2"}, since=since)
    assert index(sql) == [
        *[(f"e{number}", number) for number in range(1, 8)],
        *[("note-added", "1"), ("x", "2")],
    ]


def test_who_writes_an_index_gives_up_when_somebody_was_faster(store: PostgresStore) -> None:
    rows = list(append(MemoryStore(), LEDGER, numbered(LEDGER, 1, 7)))
    store.restore(LEDGER, rows)

    def overtaken() -> Iterator[IndexPage]:
        first, second = pages(rows, 3, 3)
        yield first
        assert store.list_rows(LEDGER, [second], rules={}, since=store.listed(LEDGER))
        yield second

    assert not store.list_rows(LEDGER, overtaken(), rules={"x": "1"}, since=EMPTY)
    assert not store.list_rows(LEDGER, [], rules={}, since=attrs.evolve(EMPTY, position=3))
    assert store.listed(LEDGER).position == 6
    assert store.named(LEDGER, ["e4"]) == {"e4": (4,)}


def test_an_index_by_other_rules_is_made_anew(store: PostgresStore, sql: Connection) -> None:
    rows = list(append(MemoryStore(), LEDGER, numbered(LEDGER, 1, 3)))
    listing = Listing(names=("old",), opened=(("party", "old"),))
    store.restore(LEDGER, rows, listing=lambda _, __: listing)
    assert store.named(LEDGER, ["old"]) == {"old": (1, 2, 3)}
    assert store.list_rows(LEDGER, [], rules={"x": "1", "y": "1"}, since=store.listed(LEDGER))

    assert store.list_rows(LEDGER, pages(rows, 3), rules={"x": "2"}, since=EMPTY)
    assert index(sql) == [("e1", 1), ("e2", 2), ("e3", 3), ("x", "2"), ("y", "1")]


def test_who_may_only_read_or_finds_the_index_locked_leaves_it_as_it_is(
    schema: Schema, store: PostgresStore, sql: Connection
) -> None:
    append(store, LEDGER, [naming("e1", "a")])
    options = "-c default_transaction_read_only=on"
    with Schema(make_conninfo(schema.address, options=options), schema.name).open() as reader:
        assert not reader.list_rows(LEDGER, [], rules={"x": "1"}, since=reader.listed(LEDGER))
    with schema.open(lock_timeout_seconds=0.1) as hasty, sql.transaction():
        sql.execute("SELECT FROM listed FOR UPDATE")
        assert not hasty.list_rows(LEDGER, [], rules={"x": "1"}, since=hasty.listed(LEDGER))
    assert store.listed(LEDGER).rules == {}


def test_a_ledger_is_given_its_zone_once(store: PostgresStore) -> None:
    assert store.zone(LEDGER) is None
    assert store.settle_zone(LEDGER, "Asia/Ho_Chi_Minh") == "Asia/Ho_Chi_Minh"
    assert store.settle_zone(LEDGER, "UTC") == "Asia/Ho_Chi_Minh"
    append(store, LEDGER, [naming("e1", "a")])

    assert store.zone(LEDGER) == "Asia/Ho_Chi_Minh"
    assert store.ledgers() == (LEDGER,)


def test_the_position_at_a_time_is_found_within_the_server(store: PostgresStore) -> None:
    for number, clock_us in enumerate([-5, 10, 10, 40], 1):
        store.append(
            LEDGER,
            numbered(LEDGER, number, number),
            seen=number - 1,
            clock_us=clock_us,
            revise=anybody,
        )

    times = [-(2**70), -6, -5, 9, 10, 11, 39, 40, 2**70]
    assert [store.position_at(LEDGER, each) for each in times] == [0, 0, 1, 1, 2, 3, 3, 4, 4]
    assert store.position_at("other", 0) == 0


def test_names_and_how_far_they_are_written_are_asked_at_once(
    schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    with schema.open() as store, Ledger(store, name=LEDGER) as ledger:
        ledger.record(
            events.PartyRegistered(party="nato", name="NATO", kind="international_organisation")
        )
        names = ["nato", "nobody", "not\0text", *map(str, range(3))]
        asked = Calls(monkeypatch, store, "_ask")
        answers: list[object] = []

        assert asked.during(lambda: answers.append(store.named_at_once(LEDGER, names))) == 1
        assert answers == [(store.listed(LEDGER), store.named(LEDGER, names))]
        assert store.named_at_once("empty", names) == (
            store.listed("empty"),
            store.named("empty", names),
        )


def test_more_names_than_a_page_holds_are_asked_page_by_page(
    schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coopledger.stores.postgres.statements.PAGE_ROWS", 2)
    with schema.open() as store:
        append(store, LEDGER, numbered(LEDGER, 1, 1))
        names = ["a", "b", "c"]

        assert store.named_at_once(LEDGER, names) == (
            store.listed(LEDGER),
            store.named(LEDGER, names),
        )
