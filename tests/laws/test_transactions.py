"""Hosts that commit or roll back, among those who record directly, against a plain list."""

from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger import Ledger
from coopledger.errors import RefusedError
from coopledger.events import Event, PartyRegistered
from tests import servers
from tests.builders import Clock
from tests.contracts.hosts import Host, HostConnection, postgres_host, sqlite_host

_names = (f"ledger-{number}" for number in count(1))

# Few parties, so that some are registered twice, which is refused; and few ids, so that some
# events are recorded again, or with other content.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("block"), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)))),
        st.tuples(st.just("direct"), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)))),
        st.tuples(st.sampled_from(["commit", "roll back"]), st.just([])),
    ),
    max_size=12,
)


def party(event: int, name: int) -> Event:
    return PartyRegistered(id=f"e{event}", party=f"p{name}", name="A", kind="other")


@attrs.define
class Model:
    """Ledger as a list of (event, party), and what a host has not committed behind it."""

    stored: list[tuple[int, int]] = attrs.field(factory=list[tuple[int, int]])
    pending: list[tuple[int, int]] = attrs.field(factory=list[tuple[int, int]])

    def add(self, calls: list[tuple[int, int]]) -> bool:
        """Add all the calls, of one event each, or none; return whether they were added."""
        known = [*self.stored, *self.pending]
        new: list[tuple[int, int]] = []
        for event, name in calls:
            if (event, name) in [*known, *new]:
                continue
            if any(event == other or name == taken for other, taken in [*known, *new]):
                return False
            new.append((event, name))
        self.pending += new
        return True

    def commit(self) -> None:
        self.stored, self.pending = self.stored + self.pending, []


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Host:
    folder: Path = tmp_path_factory.mktemp("hosts")
    is_sqlite = request.param == "sqlite"
    return sqlite_host(folder) if is_sqlite else postgres_host(servers.new_schema())


def block(ledger: Ledger, connection: HostConnection, calls: list[tuple[int, int]]) -> bool:
    try:
        with ledger.transaction(connection=connection) as transaction:
            for event, name in calls:
                transaction.record(party(event, name))
    except RefusedError:
        return False
    return True


def direct(ledger: Ledger, calls: list[tuple[int, int]]) -> bool:
    """Record one event a call, as a block does; return whether none was refused."""
    try:
        for event, name in calls:
            ledger.record(party(event, name))
    except RefusedError:
        return False
    return True


@given(steps=STEPS)
def test_what_is_stored_is_what_was_committed_in_its_order(
    host: Host, steps: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    """Log: "join the host application's own transaction"; both commit or neither."""
    name, model = next(_names), Model()
    with ExitStack() as stack:
        store = stack.enter_context(closing(host.open()))
        ledger, other = (Ledger(store, name=name, clock=Clock()) for _ in range(2))
        connection = stack.enter_context(closing(host.connect()))
        for kind, calls in steps:
            if kind == "block":
                assert block(ledger, connection, calls) == model.add(calls)
            elif kind == "direct" and not model.pending:  # Else it would wait for the host.
                connection.rollback()
                for call in calls:
                    assert direct(other, [call]) == model.add([call])
                    model.commit()
            elif kind == "commit":
                connection.commit()
                model.commit()
            elif kind == "roll back":
                connection.rollback()
                model.pending.clear()
            seen = [f"e{event}" for event, _ in model.stored]
            assert [item.id for item in ledger.events()] == seen
        connection.rollback()
        assert ledger.verify().fault is None
        assert [item.id for item in other.events()] == [f"e{event}" for event, _ in model.stored]
