"""One transaction of SQLAlchemy: an invoice and the promise behind it, both stored or neither.

    python examples/with_sqlalchemy.py [FILE]

Needs SQLAlchemy. FILE holds the ledger and the tables of the application; without FILE, both are
gone afterwards.
"""

import sys
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, String, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from coopledger import Ledger, events
from coopledger.errors import RefusedError


class Base(DeclarativeBase):
    """Tables of the application."""


class Invoice(Base):
    """Cost of a visit."""

    __tablename__ = "invoice"
    number: Mapped[str] = mapped_column(String, primary_key=True)
    euros: Mapped[int]


def engine_on(file: str) -> Engine:
    """Return an engine that begins and ends transactions itself.

    With those of Python's sqlite3, the release of a savepoint commits if nothing was written before
    the savepoint.
    """
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def leave_transactions_alone(connection: DBAPIConnection, _: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def promise(name: str, euros: int) -> events.CommitmentMade:
    """Return the promise of the university to pay for the visit."""
    return events.CommitmentMade(
        id=f"invoice-{name}",
        commitment=name,
        partnership="ocean",
        debtors="university",
        creditors="institute",
        what=f"pay {euros} euros for the visit",
        when="2024-06-03",
        due="2024-07",
        source="the invoice",
    )


def bill(session: Session, ledger: Ledger, name: str, euros: int) -> None:
    """Write both; the caller commits both, or rolls both back."""
    session.merge(Invoice(number=name, euros=euros))
    session.flush()
    driver = session.connection().connection.driver_connection
    with ledger.transaction(connection=driver) as transaction:
        transaction.record(promise(name, euros))


with TemporaryDirectory() as folder:
    file = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/office.db"
    engine = engine_on(file)
    with Ledger.open(file) as ledger:
        Base.metadata.create_all(engine)
        if ledger.position == 0:  # a second run finds everything recorded
            ledger.record(
                events.PartyRegistered(party="institute", name="Our Institute", kind="centre"),
                events.PartyRegistered(party="university", name="A University", kind="university"),
                events.PartnershipOpened(partnership="ocean", parties=["institute", "university"]),
            )

        with Session(engine) as session, session.begin():
            bill(session, ledger, "spring-visit", 1200)
        print("committed: both are there")

        try:
            with Session(engine) as session, session.begin():
                with session.begin_nested():
                    bill(session, ledger, "autumn-visit", 900)
                bill(session, ledger, "spring-visit", 4711)  # is recorded with other content
        except RefusedError as error:
            print("rolled back:", error.findings[0].code, error.findings[0].event_id)

        with Session(engine) as session:
            print("invoices:", session.scalar(select(func.count()).select_from(Invoice)))
        for commitment in ledger.view(on="2024-08-15").commitments():
            print(f"{commitment.id}: {commitment.status}, {commitment.days_overdue} days")
    engine.dispose()
