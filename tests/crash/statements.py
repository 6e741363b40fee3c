"""Ends a process before each statement by which it writes kept answers, and asks what it left.

``python -m tests.crash.statements file``, or ``database``, and the name of one of `SCENES` to run
that one alone. With ``careless`` at the end, each statement is committed by itself.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, LiteralString, Protocol

import attrs
import pytest
from psycopg import sql

from coopledger import Ledger, View, events
from coopledger._kept import folding
from coopledger.events import Event
from coopledger.stores import Store
from coopledger.stores.postgres import server
from coopledger.stores.postgres.pool import Connection
from coopledger.stores.sqlite import SqliteStore, file
from tests.builders import NAME, Clock, numbered, office
from tests.servers import new_schema
from tests.unit.kept.growing import TODAY, partnership

ENDED = 17  # the exit status of a process that came to its last statement
BUNDLES_AT_ONCE = 2
SPOIL: LiteralString = "UPDATE kept SET body = 'a'"
TABLES: tuple[LiteralString, ...] = ("upkeep", "bundle", "rests", "kept")

# Called before each statement.
Before = Callable[[], None]


@attrs.frozen(kw_only=True)
class Scene:
    """State of a log when the process begins to ask.

    Attributes:
        is_asked: Whether all answers are kept there.
        later: What was recorded since.
        is_spoiled: Whether the answers cannot be read any more.
        today: The day on which the process asks.
    """

    is_asked: bool = True
    later: tuple[Event, ...] = ()
    is_spoiled: bool = False
    today: str = TODAY


LATER = (
    events.CommitmentMade(
        commitment="new", partnership="ps0", debtors="vn", creditors="fr", what="a", when="2020"
    ),
    events.CommitmentFulfilled(commitment="new", when="2020-06-01"),
    events.CommitmentMade(
        commitment="more", partnership="vnfr", debtors="vn", creditors="fr", what="a", when="2020"
    ),
)
SCENES: dict[str, Scene] = {
    "nothing is kept": Scene(is_asked=False),
    "more was recorded": Scene(later=LATER),
    "the day is a later one": Scene(today="2021-03-02"),
    "what is kept cannot be read": Scene(is_spoiled=True),
}


class Log(Protocol):
    """Log in a file or a database, with the answers that are kept there."""

    def open(self) -> Store:
        """Open it as one more process does."""
        ...

    def spoil(self) -> None:
        """Make the kept answers unreadable."""
        ...

    def save(self) -> None:
        """Remember what is kept."""
        ...

    def put_back(self) -> None:
        """Let again be kept what was remembered."""
        ...

    def watch(self, patch: pytest.MonkeyPatch, before: Before, *, careless: bool) -> None:
        """Call `before` in this process before each statement by which answers are written."""
        ...


class File:
    """Log in a file, put back as a whole."""

    def __init__(self, folder: Path) -> None:
        """Name the file, and another one for what is remembered."""
        self._path, self._saved = folder / "office.db", folder / "saved.db"

    def open(self) -> Store:
        """See `Log`."""
        return SqliteStore(self._path, durability="fast")

    def spoil(self) -> None:
        """See `Log`."""
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute(SPOIL)

    def save(self) -> None:
        """See `Log`."""
        shutil.copyfile(self._path, self._saved)

    def put_back(self) -> None:
        """See `Log`."""
        for end in file.BESIDE:
            self._path.with_name(f"{self._path.name}{end}").unlink(missing_ok=True)
        shutil.copyfile(self._saved, self._path)

    def watch(self, patch: pytest.MonkeyPatch, before: Before, *, careless: bool) -> None:
        """See `Log`."""
        writer = file.Connections.writer

        def watched(connections: file.Connections) -> Any:  # noqa: ANN401 - as it was, or careless
            connection = writer(connections)
            connection.set_trace_callback(lambda _: before())
            return _CarelessFile(connection) if careless else connection

        patch.setattr(file.Connections, "writer", watched)


class _CarelessFile:
    """Connection to a file that leaves transactions out."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        return self._connection.execute(
            "" if statement in {"BEGIN IMMEDIATE", "COMMIT"} else statement, values
        )

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of the connection
        return getattr(self._connection, name)


class Database:
    """Log in a schema, of which the kept answers are put back."""

    def __init__(self) -> None:
        """Make a schema."""
        self._schema = new_schema()

    def open(self) -> Store:
        """See `Log`."""
        return self._schema.open(pool_size=2)

    def spoil(self) -> None:
        """See `Log`."""
        with self._schema.connect() as connection:
            connection.execute(SPOIL)

    def save(self) -> None:
        """See `Log`."""
        with self._schema.connect() as connection:
            for table in TABLES:
                names = sql.Identifier(f"saved_{table}"), sql.Identifier(table)
                connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(*names))

    def put_back(self) -> None:
        """See `Log`; the server is waited for, which ends what a dead process had begun."""
        with self._schema.connect() as connection, connection.transaction():
            tables = sql.SQL(", ").join(map(sql.Identifier, TABLES))
            connection.execute(sql.SQL("TRUNCATE {}").format(tables))
            for table in TABLES:
                names = sql.Identifier(table), sql.Identifier(f"saved_{table}")
                connection.execute(sql.SQL("INSERT INTO {} TABLE {}").format(*names))

    def watch(self, patch: pytest.MonkeyPatch, before: Before, *, careless: bool) -> None:
        """See `Log`."""
        aside = server.Connections.aside

        @contextmanager
        def watched(connections: server.Connections) -> Generator[Any, None, None]:
            with aside(connections) as connection:
                yield _WatchedConnection(connection, before, careless=careless)

        patch.setattr(server.Connections, "aside", watched)


class _WatchedConnection:
    """Connection to a database that tells before it does something."""

    def __init__(self, connection: Connection, before: Before, *, careless: bool) -> None:
        self._connection, self._before, self._careless = connection, before, careless

    def execute(self, statement: bytes, values: tuple[object, ...] = ()) -> Any:  # noqa: ANN401
        self._before()
        done = self._connection.execute(statement, values)
        if self._careless:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")
        return done


def lay(log: Log, scene: Scene) -> None:
    """Record what the process finds."""
    with office(*partnership(0), clock=Clock(TODAY), store=log.open()) as ledger:
        if scene.is_asked:
            answers(ledger.view())
        ledger.record(*scene.later)
    if scene.is_spoiled:
        log.spoil()
    log.save()


def run(log: Log, scene: Scene, *, careless: bool) -> int:
    """End a process before each of its statements; return before how many.

    Raises:
        AssertionError: An answer is wrong in a process that comes later.
    """
    lay(log, scene)
    for number in count(1):
        log.put_back()
        was_ended = _was_ended(log, scene, number, careless=careless)
        check(log, scene, number)
        if not was_ended:
            return number - 1
    raise AssertionError


def _was_ended(log: Log, scene: Scene, number: int, *, careless: bool) -> bool:
    """Ask in another process; return whether it came to the statement."""
    process = os.fork()
    if process == 0:
        statements = count(1)

        def before() -> None:
            if next(statements) == number:
                os._exit(ENDED)

        try:
            with opened(log, scene) as ledger, pytest.MonkeyPatch.context() as patch:
                log.watch(patch, before, careless=careless)
                answers(ledger.view())
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert status in {0, ENDED}, f"statement {number}: the process ended by itself"
    return status == ENDED


def check(log: Log, scene: Scene, number: int) -> None:
    """Ask for all answers in one more process, and once more after another event."""
    due = (date(2021, 4, 1) + timedelta(number)).isoformat()
    with opened(log, scene, ids=f"check{number}-") as ledger:
        assert_fresh(ledger.view(), number)
        ledger.record(events.CommitmentRescheduled(commitment="c0", due=due, when="2020-06-02"))
    with opened(log, scene) as ledger:
        assert_fresh(ledger.view(), number)


def assert_fresh(view: View, number: int) -> None:
    """Compare the answers with those of a view that takes no kept ones."""
    assert answers(view) == answers(view.without()), f"statement {number}: a wrong answer"


def answers(view: View) -> list[object]:
    """Return all that is kept about two nouns, which are written as the others are."""
    return [
        view.partnerships(),
        view.commitments(),
        view.commitments(open=None),
        view.partnership("ps0"),
        view.commitments(partnership="ps0"),
        view.commitment("c0"),
    ]


def opened(log: Log, scene: Scene, *, ids: str = "n") -> Ledger:
    """Return the ledger in the log, as one more process opens it."""
    return Ledger(log.open(), name=NAME, clock=Clock(scene.today), ids=numbered(ids))


def main(where: str, only: str = "", how: str = "") -> None:
    """Run each of the scenes on a log of its own, and say how many processes were ended."""
    for name in [only] if only else SCENES:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.setattr(folding, "_PAGE", BUNDLES_AT_ONCE)
            log = File(Path(folder)) if where == "file" else Database()
            ended = run(log, SCENES[name], careless=how == "careless")
        print(f"{where}, {name}: {ended} processes ended", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
