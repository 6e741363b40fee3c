"""Logs of a soak: a table of stores, real and broken, with how they are opened."""

import os
import random
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import attrs

from coopledger import Ledger, events
from coopledger.errors import RefusedError
from coopledger.stores import Row, Store
from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.sqlite import SqliteStore
from tests import servers
from tests.builders import Clock
from tests.contracts.drafts import drafts
from tests.soak.broken_stores import EarlyStore, Log, SequenceStore, TearingStore
from tests.soak.tally import Follow, LoggedEvent

__all__ = ["KINDS", "Kind", "Recorder"]

LEDGER = "soak"
REFUSED_OF_TEN = 1

# Records the events of those ids, all or none, and returns their positions.
Recorder = Callable[[Sequence[str]], Sequence[int]]

OpenStore = Callable[[str], Store]
OpenLog = Callable[[str], Log]
OpenRecorder = Callable[[str], AbstractContextManager[Recorder]]


class _Refused(Exception):  # noqa: N818 - what a caller raises is the caller's own
    pass


@attrs.frozen
class Kind:
    """One way to record and to read.

    Attributes:
        new_location: Makes room for a log in a folder; says where it is.
        open_recorder: Opens the log there for a writer.
        open_log: Opens it for a reader.
    """

    new_location: Callable[[Path], str]
    open_recorder: OpenRecorder
    open_log: OpenLog

    @contextmanager
    def follow(self, location: str) -> Generator[Follow, None, None]:
        """Open the log for a reader who goes on by position."""
        with closing(self.open_log(location)) as log:

            def follow(after: int, up_to: int | None) -> Iterator[LoggedEvent]:
                for row in log.read(LEDGER, after=after, up_to=up_to):
                    yield LoggedEvent(row.position, row.event_id)

            yield follow


def _through_store(open_store: OpenLog) -> OpenRecorder:
    """Record through the store alone, and refuses some batches once when others came first."""

    @contextmanager
    def open_recorder(location: str) -> Generator[Recorder, None, None]:
        chance = random.Random(os.getpid())  # noqa: S311 - any writer may be refused
        seen = 0

        def revise(rows: Iterator[Row]) -> None:
            nonlocal seen
            seen = max((row.position for row in rows), default=seen)
            if chance.randrange(10) < REFUSED_OF_TEN:
                raise _Refused

        with closing(open_store(location)) as store:

            def record(event_ids: Sequence[str]) -> Sequence[int]:
                nonlocal seen
                batch = drafts(LEDGER, *event_ids)
                try:
                    rows = store.append(LEDGER, batch, seen=seen, clock_us=0, revise=revise).rows
                except _Refused:
                    return record(event_ids)
                seen = rows[-1].position
                return [row.position for row in rows]

            yield record

    return open_recorder


def _through_ledger(open_store: OpenStore) -> OpenRecorder:
    """Record as a user does; some batches are refused first, for their last event."""

    @contextmanager
    def open_recorder(location: str) -> Generator[Recorder, None, None]:
        chance = random.Random(os.getpid())  # noqa: S311 - any writer may be refused
        with Ledger(open_store(location), name=LEDGER, clock=Clock()) as ledger:

            def record(event_ids: Sequence[str]) -> Sequence[int]:
                parties = [_party(event_id) for event_id in event_ids]
                if chance.randrange(10) < REFUSED_OF_TEN:
                    _refused(ledger, *parties, attrs.evolve(parties[0], id="again"))
                return [stored.position for stored in ledger.record(*parties).events]

            yield record

    return open_recorder


def _party(event_id: str) -> events.PartyRegistered:
    """Return a party: parties need nothing else to be known first."""
    return events.PartyRegistered(
        id=event_id, party=event_id, name=f"Party {event_id}", kind="other"
    )


def _refused(ledger: Ledger, *batch: events.Event) -> None:
    """Try to record what breaks a rule."""
    try:
        ledger.record(*batch)
    except RefusedError:
        return
    raise AssertionError(batch)


def _file(folder: Path) -> str:
    return str(folder / "log.db")


def _schema(_: Path) -> str:
    """Return a schema on the server, which all processes know that are started later."""
    os.environ.setdefault(servers.DSN_VARIABLE, servers.address())
    return servers.new_schema().name


def _sqlite(location: str) -> SqliteStore:
    return SqliteStore(location, durability="fast")


def _postgres(location: str) -> PostgresStore:
    return servers.Schema(servers.address(), location).open()


def _sequence(location: str) -> SequenceStore:
    return SequenceStore(servers.address(), location)


def _tearing(location: str) -> TearingStore:
    return TearingStore(_sqlite(location))


# The last three are broken, to see that a soak shows it.
KINDS: dict[str, Kind] = {
    "sqlite": Kind(_file, _through_store(_sqlite), _sqlite),
    "sqlite-ledger": Kind(_file, _through_ledger(_sqlite), _sqlite),
    "postgres": Kind(_schema, _through_store(_postgres), _postgres),
    "postgres-ledger": Kind(_schema, _through_ledger(_postgres), _postgres),
    "sequence": Kind(_schema, _through_store(_sequence), _sequence),
    "early": Kind(_file, _through_store(EarlyStore), EarlyStore),
    "tearing": Kind(_file, _through_store(_tearing), _tearing),
}
