"""Recording in the transaction of a host: both are stored, or neither."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

import attrs
import pytest

from coopledger import Ledger, Receipt, Transaction, events
from coopledger._recording import recorder
from coopledger._recording.recorder import Strict
from coopledger.errors import (
    ArgumentError,
    CallOrderError,
    PositionMovedError,
    RefusedError,
)
from coopledger.events import Event
from coopledger.stores import MemoryStore
from tests import servers
from tests.builders import NAME, WORLD, Clock, numbered
from tests.contracts.hosts import Host, HostConnection, invoices, postgres_host, sqlite_host

HOSTS: dict[str, Callable[[Path], Host]] = {
    "sqlite": sqlite_host,
    "postgres": lambda _: postgres_host(servers.new_schema()),
}
WORLD_ENDS = len(WORLD)
NOW = Clock()


@attrs.frozen
class Office:
    """Ledger that holds the world, and the connections of its application."""

    ledger: Ledger
    open: Callable[..., Ledger]
    connect: Callable[[], HostConnection]


@pytest.fixture(params=HOSTS)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    host = HOSTS[request.param](tmp_path)
    with ExitStack() as stack:

        def open_ledger(prefix: str, *, strict: Strict = False, clock: Clock = NOW) -> Ledger:
            ids = numbered(prefix)
            ledger = Ledger(host.open(), name=NAME, clock=clock, ids=ids, strict=strict)
            return stack.enter_context(ledger)

        ledger = open_ledger("e")
        ledger.record(*WORLD)
        yield Office(ledger, open_ledger, lambda: stack.enter_context(closing(host.connect())))


def talks(id: str, *, meeting: str | None = None) -> Event:
    return events.MeetingHeld(
        id=id,
        meeting=meeting or id,
        kind="talks",
        partnership="vnfr",
        when="2022",
        source="minutes",
    )


def names(ledger: Ledger) -> list[str]:
    """Return the names of the events after the world."""
    return [item.id for item in ledger.events(after=WORLD_ENDS)]


def bill(connection: HostConnection, number: int = 1) -> None:
    connection.execute(f"INSERT INTO invoice VALUES ({number})")  # noqa: S608 - a number


def record(
    office: Office,
    connection: HostConnection,
    *given: Event,
    expect: int | None = None,
    meanwhile: Callable[[], object] = int,
) -> Receipt:
    """Record each event by a call of its own; something may happen before the block ends."""
    with office.ledger.transaction(connection=connection, expect=expect) as transaction:
        for event in given:
            transaction.record(event)
        meanwhile()
    return transaction.receipt


# --- both or neither


def test_a_commit_of_the_host_stores_both(office: Office) -> None:
    connection = office.connect()
    with office.ledger.transaction(connection=connection) as transaction:
        bill(connection)
        transaction.record(talks("t1"), by="hop")
        transaction.record(talks("t2"), talks("t3"))
    connection.commit()

    stored = transaction.receipt.events
    assert [item.position for item in stored] == [WORLD_ENDS + number for number in (1, 2, 3)]
    assert [item.event.recorded_by for item in stored] == ["hop", None, None]
    assert tuple(office.ledger.events(after=WORLD_ENDS)) == stored
    assert tuple(office.open("o").events(after=WORLD_ENDS)) == stored
    assert invoices(connection) == [1]
    assert office.ledger.verify().fault is None


def test_a_rollback_of_the_host_stores_neither(office: Office) -> None:
    connection = office.connect()
    with office.ledger.transaction(connection=connection) as transaction:
        bill(connection)
        transaction.record(talks("t1"))
    connection.rollback()

    assert names(office.ledger) == []
    assert invoices(connection) == []


def test_after_a_rollback_the_same_events_are_new(office: Office) -> None:
    connection = office.connect()
    record(office, connection, talks("t1"))
    connection.rollback()

    assert office.ledger.record(talks("t2")).events[0].position == WORLD_ENDS + 1
    receipt = record(office, connection, talks("t1"))
    connection.commit()

    assert not receipt.replayed
    assert names(office.ledger) == ["t2", "t1"]
    assert office.ledger.verify().fault is None


def test_what_the_host_has_not_committed_nobody_sees(office: Office) -> None:
    connection, other = office.connect(), office.open("o")
    before = office.ledger.view(on="2030-01-01")
    record(office, connection, talks("t1"))
    meanwhile = office.ledger.view(on="2030-01-01")

    assert [office.ledger.position, other.position] == [WORLD_ENDS, WORLD_ENDS]
    assert names(office.ledger) == names(other) == []
    assert meanwhile.meetings() == before.meetings() == ()
    connection.commit()
    assert [meeting.id for meeting in office.ledger.view().meetings()] == ["t1"]
    assert meanwhile.meetings() == ()


def test_an_exception_in_the_block_stores_nothing_of_ours(office: Office) -> None:
    connection = office.connect()
    bill(connection)
    transactions: list[Transaction] = []

    def fail() -> None:
        with office.ledger.transaction(connection=connection) as transaction:
            transactions.append(transaction)
            transaction.record(talks("t1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    connection.commit()

    assert names(office.ledger) == []
    assert invoices(connection) == [1]
    with pytest.raises(CallOrderError, match="ended with an exception: only a block that ends"):
        _ = transactions[0].receipt


def test_two_transactions_may_lie_in_one_of_the_host(office: Office) -> None:
    connection = office.connect()
    with office.ledger.transaction(connection=connection) as first:
        first.record(events.PartyRegistered(id="p", party="who", name="WHO", kind="other"))
    with office.ledger.transaction(connection=connection) as second:
        second.record(events.PartnershipOpened(id="q", partnership="vnwho", parties=["vn", "who"]))
        second.record(events.PartnershipClosed(id="r", partnership="vnwho", when="2022"))
    assert names(office.ledger) == []
    connection.commit()

    assert names(office.ledger) == ["p", "q", "r"]
    assert second.receipt.events[0].position == WORLD_ENDS + 2


def test_a_transaction_without_events_does_nothing(office: Office) -> None:
    connection = office.connect()
    with office.ledger.transaction(connection=connection) as transaction:
        pass

    assert (transaction.receipt.events, transaction.receipt.replayed) == ((), False)
    office.ledger.record(talks("t1"))  # The head is not locked.
    assert names(office.ledger) == ["t1"]


# --- what is refused, and when


def test_a_mistake_raises_where_it_is_made(office: Office) -> None:
    connection = office.connect()
    with office.ledger.transaction(connection=connection) as transaction:
        transaction.record(talks("t1"))
        with pytest.raises(RefusedError, match=r"^E303 MeetingHeld 't2': meeting: 't1' was held"):
            transaction.record(talks("t2", meeting="t1"))
        with pytest.raises(RefusedError, match=r"^E102 PartnershipClosed: .* 'vnfrr'; did you"):
            transaction.record(events.PartnershipClosed(partnership="vnfrr", when="2022"))
        transaction.record(talks("t3"))
    connection.commit()

    assert names(office.ledger) == ["t1", "t3"]


def test_others_may_record_before_the_end_and_are_heeded(office: Office) -> None:
    connection, other = office.connect(), office.open("o")

    def meanwhile() -> None:
        other.record(talks("t2"))
        office.ledger.record(talks("t3"))

    receipt = record(office, connection, talks("t1"), meanwhile=meanwhile)
    connection.commit()

    assert names(office.ledger) == ["t2", "t3", "t1"]
    assert receipt.events[0].position == WORLD_ENDS + 3


def test_others_may_record_so_much_that_a_ledger_would_read_the_rest_by_its_index(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "_LONGEST_TAIL", WORLD_ENDS + 3)
    connection, other = office.connect(), office.open("o")

    def meanwhile() -> None:
        for number in range(9):
            other.record(talks(f"o{number}"))

    for number in (1, 2):
        receipt = record(office, connection, talks(f"t{number}"), meanwhile=meanwhile)
        connection.commit()
        assert receipt.events[0].position == WORLD_ENDS + 9 + number

    assert names(office.ledger)[-2:] == ["t1", "t2"]
    assert office.ledger.verify().fault is None


def test_what_others_recorded_may_refuse_the_whole_at_the_end(office: Office) -> None:
    connection, other = office.connect(), office.open("o")

    def meanwhile() -> None:
        other.record(talks("t2", meeting="m"))

    with pytest.raises(RefusedError, match=r"^E303 MeetingHeld 't1': meeting: 'm' was held"):
        record(office, connection, talks("t0"), talks("t1", meeting="m"), meanwhile=meanwhile)
    bill(connection)
    connection.commit()

    assert names(office.ledger) == ["t2"]
    assert invoices(connection) == [1]
    assert office.ledger.verify().fault is None


def test_expect_refuses_what_others_recorded(office: Office) -> None:
    connection, other = office.connect(), office.open("o")
    record(office, connection, talks("t1"), talks("t2"), expect=WORLD_ENDS)
    connection.commit()

    def meanwhile() -> None:
        other.record(talks("t3"))

    again = (talks("t1"), talks("t4"))  # What was recorded before may lie anywhere.
    with pytest.raises(PositionMovedError) as refused:
        record(office, connection, *again, expect=WORLD_ENDS + 2, meanwhile=meanwhile)

    assert refused.value == PositionMovedError(NAME, WORLD_ENDS + 2, WORLD_ENDS + 3)
    connection.rollback()
    assert names(office.ledger) == ["t1", "t2", "t3"]


def test_the_same_events_again_are_replayed_call_by_call(office: Office) -> None:
    connection = office.connect()
    record(office, connection, talks("t1"), talks("t2"), talks("t3"))
    connection.commit()

    assert record(office, connection, talks("t1"), talks("t2"), talks("t3")).replayed
    with office.ledger.transaction(connection=connection) as transaction:
        assert transaction.record(talks("t1")).replayed
        transaction.record(talks("t4"))
        assert transaction.record(talks("t4")).replayed
    connection.commit()

    assert not transaction.receipt.replayed
    assert [item.id for item in transaction.receipt.events] == ["t1", "t4", "t4"]
    assert names(office.ledger) == ["t1", "t2", "t3", "t4"]


def test_ids_are_made_once_and_findings_count_all_events(office: Office) -> None:
    connection = office.connect()
    statement = events.StatementMade(partnership="vnfr", text="both are pleased", when="2022")
    with office.ledger.transaction(connection=connection) as transaction:
        first = transaction.record(talks("t1"), statement)
        second = transaction.record(statement)
    connection.commit()

    event_ids = [item.id for item in (*first.events, *second.events)]
    assert [item.id for item in transaction.receipt.events] == event_ids
    assert [each.index for each in second.warnings] == [1]
    assert [each.index for each in transaction.receipt.warnings] == [2, 3]


def test_a_strict_ledger_is_strict_in_a_transaction(office: Office) -> None:
    connection = office.connect()
    strict = office.open("s", strict={"W105"})
    with strict.transaction(connection=connection) as transaction:
        with pytest.raises(RefusedError, match="W105"):
            transaction.record(
                events.StatementMade(partnership="vnfr", text="pleased", when="2022")
            )
        transaction.record(talks("t1"))
    connection.commit()

    assert names(strict) == ["t1"]


# --- arguments, and the wrong moment


def test_a_transaction_is_used_in_one_block(office: Office) -> None:
    transaction = office.ledger.transaction(connection=office.connect())
    with pytest.raises(CallOrderError, match="transaction has not begun: record inside of it"):
        transaction.record(talks("t1"))
    with transaction:
        pass
    with pytest.raises(CallOrderError, match="transaction has ended: make another one"):
        transaction.__enter__()


def test_nothing_is_recorded_after_the_block(office: Office) -> None:
    connection = office.connect()
    with office.ledger.transaction(connection=connection) as transaction:
        with pytest.raises(CallOrderError, match="has not ended: only a block that ends well"):
            _ = transaction.receipt
        with pytest.raises(ArgumentError, match="is a list: give the events one by one"):
            transaction.record([talks("t1")])  # type: ignore[arg-type]
    with pytest.raises(CallOrderError, match="transaction has ended: record inside of it"):
        transaction.record(talks("t1"))


@pytest.mark.parametrize("wrong", [None, 5, "office.db", object()])
def test_what_is_no_connection_of_the_driver_is_refused(office: Office, wrong: object) -> None:
    with (
        pytest.raises(ArgumentError, match=r"connection=.* SQLAlchemy or .* of Django"),
        office.ledger.transaction(connection=wrong),
    ):
        pytest.fail("not reached")


def test_a_closed_connection_is_refused(office: Office) -> None:
    connection = office.connect()
    connection.close()
    with (
        pytest.raises(ArgumentError, match="closed"),
        office.ledger.transaction(connection=connection),
    ):
        pytest.fail("not reached")


def test_a_ledger_in_memory_joins_nothing(office: Office) -> None:
    ledger = Ledger(MemoryStore(), name=NAME)
    with (
        pytest.raises(ArgumentError, match="cannot be joined: this ledger lies in no database"),
        ledger.transaction(connection=office.connect()),
    ):
        pytest.fail("not reached")


# --- at the same time


class ObservedClock(Clock):
    """Clock that sets an event when it is called."""

    def __init__(self) -> None:
        super().__init__()
        self.called = threading.Event()

    def __call__(self) -> datetime:
        self.called.set()
        return super().__call__()


def test_a_host_never_waits_for_a_thread_that_waits_for_the_host(office: Office) -> None:
    connection, clock = office.connect(), ObservedClock()
    ledger = office.open("o", clock=clock)
    with ledger.transaction(connection=connection) as first:
        bill(connection)
        first.record(talks("t1"))
    clock.called.clear()
    with ThreadPoolExecutor(1) as threads:
        direct = threads.submit(ledger.record, talks("t2"))
        clock.called.wait()  # The thread holds the ledger from here on, and waits for the head.
        with ledger.transaction(connection=connection) as second:
            second.record(talks("t3"))
        connection.commit()
        direct.result()

    assert names(ledger) == ["t1", "t3", "t2"]


def test_hosts_and_threads_record_side_by_side(office: Office) -> None:
    rounds, hosts = 15, 3

    def host(number: int) -> None:
        connection = office.connect()
        for turn in range(rounds):
            bill(connection, number * rounds + turn)
            with office.ledger.transaction(connection=connection) as transaction:
                transaction.record(talks(f"h{number}-{turn}"))
            if turn % 3 == 2:
                connection.rollback()
            else:
                connection.commit()

    def direct(number: int) -> None:
        for turn in range(rounds):
            office.ledger.record(talks(f"d{number}-{turn}"))
            office.ledger.view().meetings()

    with ThreadPoolExecutor(2 * hosts) as threads:
        for done in [threads.submit(each, n) for n in range(hosts) for each in (host, direct)]:
            done.result()

    kept = [
        f"{kind}{number}-{turn}"
        for number in range(hosts)
        for turn in range(rounds)
        for kind in ("d", "h")
        if kind == "d" or turn % 3 != 2
    ]
    assert sorted(names(office.ledger)) == sorted(kept)
    assert names(office.open("o")) == names(office.ledger)
    assert len(invoices(office.connect())) == len([each for each in kept if each[0] == "h"])
    assert office.ledger.verify().fault is None


# --- interrupted


def record_and_wait(host: Host, writer: int) -> None:
    """Record within a transaction, write one byte to the pipe, and never commit."""
    with Ledger(host.open(), name=NAME, clock=Clock()) as ledger:
        connection = host.connect()
        bill(connection)
        with ledger.transaction(connection=connection) as transaction:
            transaction.record(talks("t1"))
        os.write(writer, b"1")
        signal.pause()


@pytest.mark.parametrize("kind", HOSTS)
def test_a_host_killed_before_its_commit_leaves_nothing(kind: str, tmp_path: Path) -> None:
    host = HOSTS[kind](tmp_path)
    with closing(host.open()) as store:
        Ledger(store, name=NAME, clock=Clock()).record(*WORLD)
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            record_and_wait(host, writer)
        finally:
            os._exit(1)
    assert os.read(reader, 1) == b"1"
    os.kill(process, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(process, 0)[1])

    with Ledger(host.open(), name=NAME, clock=Clock()) as ledger, closing(host.connect()) as other:
        assert names(ledger) == []
        assert invoices(other) == []
        assert not ledger.record(talks("t1")).replayed  # The head is locked no more.
        assert ledger.verify().fault is None
