"""An interrupt, such as Ctrl-C, leaves a file in use as it was: whatever comes next works."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coopledger.stores.sqlite import Durability, SqliteStore, file, store
from tests.contracts.drafts import append, numbered
from tests.unit.stores.interrupts import is_interrupted

NAME = "vistip"


def is_done(work: Callable[[], object]) -> bool:
    """Return whether another thread comes to the end of the work."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(30)
    return not thread.is_alive()


def test_a_reader_who_is_interrupted_at_any_step_keeps_no_connection(tmp_path: Path) -> None:
    log = SqliteStore(tmp_path / "log.db")
    append(log, NAME, numbered(NAME, 1, 3))
    step = 1
    while is_interrupted(lambda: log.head(NAME), step, within=[file, threading]):
        step += 1
        assert is_done(lambda: log.head(NAME))

    assert step > 10
    assert is_done(log.close)


@pytest.mark.parametrize("durability", ["durable", "fast"])
def test_a_commit_waits_for_the_disk_after_one_that_did_not_was_interrupted_at_any_step(
    tmp_path: Path, durability: Durability
) -> None:
    with SqliteStore(tmp_path / "log.db", durability=durability) as log:
        append(log, NAME, numbered(NAME, 1, 1))
        connections = log._connections  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - to ask what is set
        step, settings = 0, list[object]()

        def keep() -> None:
            with connections.writing() as writer:
                log._change_quickly(writer, lambda _: True)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - only its own steps

        while is_interrupted(keep, step + 1, within=[file, store]):
            step += 1
            with connections.writing() as writer:
                assert not writer.in_transaction
                settings += writer.execute("PRAGMA synchronous").fetchall()
            append(log, NAME, numbered(NAME, step + 1, step + 1))

        assert step > 10
        assert settings == [(2 if durability == "durable" else 1,)] * step
