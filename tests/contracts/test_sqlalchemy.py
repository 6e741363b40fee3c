"""Recording in a transaction of SQLAlchemy, on either database."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from coopledger import Ledger
from coopledger.errors import StoreBusyError
from coopledger.events import PartyRegistered
from tests import servers
from tests.builders import NAME, Clock, numbered
from tests.contracts.hosts import Host, postgres_host, sqlite_host

HOSTS: dict[str, Callable[[Path], tuple[str, Host]]] = {
    "sqlite": lambda folder: ("sqlite://", sqlite_host(folder)),
    "postgres": lambda _: ("postgresql+psycopg://", postgres_host(servers.new_schema())),
}


@pytest.fixture(params=HOSTS)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Ledger, Engine]]:
    dialect, host = HOSTS[request.param](tmp_path)
    engine = create_engine(dialect, creator=host.connect)
    with closing(host.open()) as store:
        yield Ledger(store, name=NAME, clock=Clock(), ids=numbered()), engine
    engine.dispose()


def bill(session: Session, ledger: Ledger, name: str) -> None:
    """Write an invoice and record a party."""
    session.execute(text("INSERT INTO invoice VALUES (1)"))
    connection = session.connection().connection.driver_connection
    with ledger.transaction(connection=connection) as transaction:
        transaction.record(PartyRegistered(party=name, name=name, kind="other"))


def row_counts(ledger: Ledger, engine: Engine) -> tuple[int, int | None]:
    """Return the number of events and of invoices."""
    with Session(engine) as session:
        return ledger.position, session.scalar(text("SELECT count(*) FROM invoice"))


def test_a_session_commits_or_rolls_back_both(office: tuple[Ledger, Engine]) -> None:
    ledger, engine = office
    with Session(engine) as session:
        bill(session, ledger, "a")
        session.rollback()
        bill(session, ledger, "b")
        session.commit()

    assert row_counts(ledger, engine) == (1, 1)


def test_a_session_may_record_before_it_writes(office: tuple[Ledger, Engine]) -> None:
    ledger, engine = office
    with Session(engine) as session:
        connection = session.connection().connection.driver_connection
        with ledger.transaction(connection=connection) as transaction:
            transaction.record(PartyRegistered(party="a", name="A", kind="other"))
        session.execute(text("INSERT INTO invoice VALUES (1)"))
        session.commit()

    assert row_counts(ledger, engine) == (1, 1)


def test_a_nested_transaction_of_a_session_undoes_its_part(office: tuple[Ledger, Engine]) -> None:
    ledger, engine = office
    with Session(engine) as session, session.begin():
        bill(session, ledger, "a")
        nested = session.begin_nested()
        bill(session, ledger, "b")
        nested.rollback()

    assert row_counts(ledger, engine) == (1, 1)


@pytest.mark.parametrize("office", ["postgres"], indirect=True)  # SQLite has one level only
def test_a_stricter_session_is_told_to_begin_again(office: tuple[Ledger, Engine]) -> None:
    ledger, engine = office
    ledger.record(PartyRegistered(party="a", name="A", kind="other"))
    strict = engine.execution_options(isolation_level="SERIALIZABLE")
    with Session(strict) as session:
        session.execute(text("SELECT count(*) FROM invoice"))
        ledger.record(PartyRegistered(party="b", name="B", kind="other"))
        with pytest.raises(StoreBusyError, match="do the whole transaction again"):
            bill(session, ledger, "c")
        session.rollback()
        bill(session, ledger, "c")
        session.commit()

    assert row_counts(ledger, engine) == (3, 1)


def test_a_nested_transaction_that_comes_first_commits_nothing(
    office: tuple[Ledger, Engine],
) -> None:
    ledger, engine = office
    if engine.dialect.name == "sqlite":
        begin_by_itself(engine)
    with Session(engine) as session:
        with session.begin_nested():
            bill(session, ledger, "a")
        session.rollback()

    assert row_counts(ledger, engine) == (0, 0)


def begin_by_itself(engine: Engine) -> None:
    """Begin as the page says: sqlite3 alone would commit with the release of the savepoint."""

    def leave_transactions_alone(connection: DBAPIConnection, _: object) -> None:
        connection.isolation_level = None

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "connect", leave_transactions_alone)
    event.listen(engine, "begin", begin)
