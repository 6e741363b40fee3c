"""Dumps that are made while writers record come back as the same log, up to some append."""

import subprocess
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from coopledger import Ledger, Ledgers, Verification, events
from tests.builders import NAME, WORLD, Clock, rows
from tests.contracts.drafts import append, drafts
from tests.laws.answers import answers
from tests.servers import Schema, client, new_database, new_schema

DAY = "2031-01-01"
OTHER = "another office"
PAIR = 2


def run(program: str, *arguments: str | Path) -> None:
    subprocess.run([client(program), *arguments], check=True)  # noqa: S603


def meetings(number: int) -> list[events.MeetingHeld]:
    """Record two events at once: a dump holds both or neither."""
    return [
        events.MeetingHeld(
            id=f"m{number}.{part}",
            meeting=f"m{number}.{part}",
            partnership="vnfr",
            kind="visit",
            when="2022-08-16",
        )
        for part in range(PAIR)
    ]


@contextmanager
def recording(schema: Schema) -> Generator[None, None, None]:
    """Let others record in both ledgers, from some pairs before the block until its end."""
    done, begun = threading.Event(), threading.Barrier(3)

    def record(name: str) -> None:
        with Ledger(schema.open(), name=name, clock=Clock()) as ledger:
            for number in range(1_000_000):
                ledger.record(*meetings(number))
                if number == PAIR:
                    begun.wait()
                if done.is_set():
                    return

    with ThreadPoolExecutor(2) as threads:
        writers = [threads.submit(record, name) for name in (NAME, OTHER)]
        begun.wait()
        try:
            yield
        finally:
            done.set()
        for writer in writers:
            writer.result()


@pytest.fixture(scope="module")
def source() -> Schema:
    """Return a schema with two ledgers, in which others recorded while it was dumped."""
    schema = new_schema()
    with Ledgers(schema.open(), clock=Clock()) as ledgers:
        for name in (NAME, OTHER):
            ledgers.named(name).record(*WORLD)
    return schema


@pytest.fixture(scope="module")
def restored(source: Schema, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schema]:
    """Restore the dump into another database, as docs/how-to says."""
    dump = tmp_path_factory.mktemp("dump") / "ledger.dump"
    with recording(source):
        run(
            *("pg_dump", f"--schema={source.name}", "--format=custom", "--file", dump),
            source.address,
        )
    with new_database() as address:
        run("pg_restore", "--exit-on-error", "--dbname", address, dump)
        yield Schema(address, source.name)


@pytest.mark.parametrize("name", [NAME, OTHER])
def test_it_holds_the_same_rows_up_to_a_whole_append(
    source: Schema, restored: Schema, name: str
) -> None:
    with source.open() as old, restored.open() as new:
        copies = rows(new, name)

        assert copies == rows(old, name)[: len(copies)]
        assert len(WORLD) + PAIR < len(copies)
        assert (len(copies) - len(WORLD)) % PAIR == 0
        assert new.head(name).position == len(copies)


def test_it_gives_the_answers_of_that_moment(source: Schema, restored: Schema) -> None:
    with (
        Ledger(source.open(), name=NAME, clock=Clock()) as old,
        Ledger(restored.open(), name=NAME, clock=Clock()) as new,
    ):
        *_, last = new.events()

        there, here = new.view(on=DAY), old.view(on=DAY, known_at=last.recorded_at)
        assert answers(there) == answers(here)
        kept = new.checkpoint()
        assert new.verify() == Verification(last.position, None)
        assert old.verify(since=str(kept)).fault is None


FORBIDDEN: list[LiteralString] = [
    "UPDATE event SET payload = '' WHERE position = 2",
    "DELETE FROM event WHERE position = 3",
    "TRUNCATE event",
    "DELETE FROM head",
    "UPDATE head SET position = position - 1",
    "INSERT INTO head VALUES ('new', 1, sha256('x'), 5)",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_it_is_append_only_as_before(restored: Schema, statement: LiteralString) -> None:
    with restored.connect() as sql, pytest.raises(psycopg.errors.RaiseException):
        sql.execute(statement)


def test_recording_goes_on_in_it(restored: Schema) -> None:
    with Ledgers(restored.open(), clock=Clock()) as ledgers:
        assert list(ledgers) == [OTHER, NAME]
        for ledger in ledgers.values():
            position = ledger.position
            receipt = ledger.record(*meetings(10**9))

            assert [each.position for each in receipt.events] == [position + 1, position + 2]
            assert ledger.verify() == Verification(position + 2, None)


def test_a_new_ledger_begins_in_it(restored: Schema) -> None:
    with restored.open() as store:
        assert append(store, "new", drafts("new", "e1"))[0].position == 1
