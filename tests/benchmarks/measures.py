"""Table of what is measured, at which sizes, and how.

Each measure runs once in every round, so that they take turns; files that several of them use are
made by those above them.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import attrs

from tests.benchmarks import floor, importing, offices, ours, peer, sides
from tests.benchmarks.history import PARTIES, ordinary
from tests.benchmarks.lines import written_lines
from tests.benchmarks.measurement import Timing, alone
from tests.benchmarks.results import Sample
from tests.benchmarks.sharing import shared
from tests.benchmarks.story import code_of

__all__ = ["MEASURES", "Measure", "Plan", "Work"]

BATCH = 100
WRITERS = 8
IMPORTS = 5


@attrs.frozen
class Plan:
    """How much is measured.

    Attributes:
        largest: The events of the largest ledger.
    """

    largest: int

    @property
    def sizes(self) -> list[int]:
        """Return the events of the ledgers: 1,000, and ten times as many up to the largest."""
        sizes = [1000]
        while sizes[-1] * 10 <= self.largest:
            sizes.append(sizes[-1] * 10)
        return sizes if sizes[-1] == self.largest else [*sizes, self.largest]

    @property
    def middle(self) -> int:
        """Return the events of a ledger that does not take long to replay, 100,000 at most."""
        return min(self.largest, 100_000)

    @property
    def recorded(self) -> int:
        """Return how many events are recorded in batches."""
        return min(self.largest, 20_000)

    @property
    def recorded_alone(self) -> int:
        """Return how many events are recorded one by one; the first are parties."""
        return max(self.recorded // 10, 3 * PARTIES)

    @property
    def shared(self) -> int:
        """Return how many events several writers record, one by one."""
        return min(self.largest // 5, 2_000)


@attrs.frozen
class Work:
    """What a measure needs to know.

    Attributes:
        folder: Where files are made, on the disk that is to be measured.
        lines: Where the lines of ledgers are kept from run to run.
        size: How many events.
    """

    folder: Path
    lines: Path
    size: int

    @property
    def ledger(self) -> Path:
        """Return the file of the ledger of this size, which is never asked itself."""
        return self.folder / f"ledger-{self.size}.db"

    def recorded(self, side: str) -> Path:
        """Return the file that a side has recorded in batches, in this round."""
        return self.folder / f"{side}-{self.size}.db"

    def copied(self) -> Path:
        """Return a copy of the ledger that nobody has asked yet."""
        copy = self.folder / "copy.db"
        remove(copy)
        shutil.copyfile(self.ledger, copy)
        return copy


def remove(path: Path) -> None:
    """Remove an SQLite file, if it is there, and the two that may be next to it."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@attrs.frozen
class Measure:
    """One thing that is measured.

    Attributes:
        name: What is done.
        unit: Of what the figures are.
        sizes: Of the plan, the sizes at which it is measured.
        sample: Returns the figures of one round.
        grows_with: With what it is to grow, where it is measured at every size: n are the events
            of the ledger, m those of the partnership.
    """

    name: str
    unit: str
    sizes: Callable[[Plan], Sequence[int]]
    sample: Callable[[Work], Iterable[Sample]]
    grows_with: str = ""


def _all(plan: Plan) -> Sequence[int]:
    return plan.sizes


def _middle(plan: Plan) -> Sequence[int]:
    return [plan.middle]


def _small(plan: Plan) -> Sequence[int]:
    return [plan.sizes[1]]


def _recorded(plan: Plan) -> Sequence[int]:
    return [plan.recorded]


def _recorded_alone(plan: Plan) -> Sequence[int]:
    return [plan.recorded_alone]


def _shared(plan: Plan) -> Sequence[int]:
    return [plan.shared]


def _samples(timings: Iterable[Timing], *, count: int = 1) -> list[Sample]:
    """Return what one of so many took in each, in seconds."""
    return [attrs.asdict(timing.per(count)) for timing in timings]


def _asked(work: Work, ask: Callable[[Path, int], list[Timing]]) -> list[Sample]:
    return _samples(alone(ask, work.copied(), work.size))


def _replay(work: Work) -> list[Sample]:
    timing, _ = alone(ours.replay, work.copied())
    return _samples([timing])


def _restore(work: Work) -> list[Sample]:
    remove(work.ledger)
    lines = written_lines(work.lines, work.size)
    return _samples([alone(offices.restore, lines, work.ledger)])


def _insert(work: Work) -> list[Sample]:
    target = work.folder / "inserted.db"
    remove(target)
    return _samples([alone(floor.insert, work.ledger, target)])


def _memory(work: Work) -> list[Sample]:
    return [{"bytes": alone(offices.hold_pending, work.copied(), work.size) / work.size}]


def _hash(work: Work) -> list[Sample]:
    return _samples([alone(floor.select_and_hash, work.ledger)])


def _scan(work: Work) -> list[Sample]:
    return _samples([alone(floor.scan, work.ledger, code_of(ordinary(work.size)[0]))])


def _read(work: Work) -> list[Sample]:
    timing, _ = alone(floor.select_and_read, work.recorded("coopledger"))
    return _samples([timing], count=work.size)


def _record(
    work: Work, record: Callable[[Path, int, int], Timing], side: str, *, batch: int
) -> list[Sample]:
    path = work.recorded(side)
    remove(path)
    return _samples([alone(record, path, work.size, batch)], count=work.size)


def _replay_ours(work: Work) -> list[Sample]:
    timing, tally = alone(ours.replay, work.recorded("coopledger"))
    _, theirs = alone(peer.replay, work.recorded("eventsourcing"))
    assert tally == theirs, f"the two sides disagree: {tally} and {theirs}"
    return _samples([timing], count=work.size)


def _replay_theirs(work: Work) -> list[Sample]:
    timing, _ = alone(peer.replay, work.recorded("eventsourcing"))
    return _samples([timing], count=work.size)


def _share(work: Work, side: str) -> list[Sample]:
    return [shared(side, work.size, writers=WRITERS)]


def _import(work: Work, statement: str) -> list[Sample]:
    return _samples(importing.imported(statement, work.folder / "bytecode", times=IMPORTS))


def _office(name: str, ask: Callable[[Path, int], list[Timing]], *, grows_with: str) -> Measure:
    """Return the measure of work on a file of every size."""
    return Measure(name, "a call", _all, partial(_asked, ask=ask), grows_with)


def _recording(
    name: str, record: Callable[[Path, int, int], Timing], side: str, *, batch: int = 1
) -> Measure:
    sizes = _recorded_alone if batch == 1 else _recorded
    return Measure(name, "an event", sizes, partial(_record, record=record, side=side, batch=batch))


def _sharing(side: str) -> Measure:
    return Measure(f"8 writers: {side}", "an event", _shared, partial(_share, side=side))


RESTORE = Measure("restore an export", "a log", _all, _restore, "n")
INSERT = Measure("raw insert of the same rows", "a log", _middle, _insert)
REPLAY = Measure("replay to standings", "a log", _all, _replay, "n")
ASK_ONE = _office("open, ask one partnership", offices.ask_one, grows_with="m")
PENDING_FIRST = _office(
    "open, list pending, never asked", offices.list_pending_first, grows_with="n"
)
PENDING = _office("open, list pending", offices.list_pending, grows_with="what is pending")
RECORD_ONE = _office("record one", offices.record_one, grows_with="m")
RECORD_AND_ASK = _office(
    "record one, ask the board again",
    offices.record_and_ask,
    grows_with="m, and the length of the board",
)
AS_KNOWN = _office(
    "open, ask one on a past day as known then", offices.ask_as_known, grows_with="m"
)
FIND_FIRST = _office("open, find a word, never asked", offices.find_first, grows_with="n")
FIND = _office("open, find a word", offices.find, grows_with="what is found")
SCAN = Measure("scan of the payloads for a word", "a log", _all, _scan, "n")
PERSON = _office(
    "open, ask about one person", offices.ask_person, grows_with="who shares a word of the name"
)
PEOPLE = _office("open, list people", offices.list_people, grows_with="what names people")
NEWS = _office("open, news of a month", offices.tell_news, grows_with="what is new, and parties")
COMPARE = Measure(
    "open, compare with a month before",
    "a call",
    _small,
    partial(_asked, ask=offices.compare_months),
)
SUMS = _office("open, sums by debtor", offices.sum_up, grows_with="commitments")
SUMS_OF_ONE = _office("open, sums of one partnership", offices.sum_up_one, grows_with="m")
OBSTACLES = _office("open, list obstacles", offices.list_obstacles, grows_with="obstacles")
MONTH_ENDS = Measure(
    "board on 120 month ends",
    "all of them",
    _middle,
    partial(_asked, ask=offices.ask_month_ends),
)
MEMORY = Measure("memory with the pending list", "an event", _all, _memory, "what is pending")
VERIFY = _office("open, verify", offices.verify, grows_with="n")
HASH = Measure("select and SHA-256", "a log", _middle, _hash)

ALONE = _recording("one by one: coopledger", ours.record, "coopledger")
ALONE_PEER = _recording("one by one: eventsourcing", peer.record, "eventsourcing")
ALONE_LOADING = _recording(
    "one by one: eventsourcing, loading the aggregate", peer.record_loading, "loading"
)
BATCHES = _recording("batches of 100: coopledger", ours.record, "coopledger", batch=BATCH)
BATCHES_PEER = _recording(
    "batches of 100: eventsourcing", peer.record, "eventsourcing", batch=BATCH
)
REPLAY_OURS = Measure("replay: coopledger to standings", "an event", _recorded, _replay_ours)
REPLAY_PEER = Measure("replay: eventsourcing to aggregates", "an event", _recorded, _replay_theirs)
READ = Measure("replay: select and json", "an event", _recorded, _read)

SHARED = _sharing(sides.OURS)
SHARED_PEER = _sharing(sides.PEER)
SHARED_FAST_PEER = _sharing(sides.FAST_PEER)
SHARED_HEAD = _sharing(sides.HEAD_ROW)
APART = _sharing(sides.OURS_APART)
RAW = _sharing(sides.RAW)

IMPORT = Measure(
    "import coopledger", "an import", _shared, partial(_import, statement=importing.PACKAGE)
)
IMPORT_ALONE = Measure(
    "import attrs, cattrs and pendulum",
    "an import",
    _shared,
    partial(_import, statement=importing.ALONE),
)

MEASURES: tuple[Measure, ...] = (
    RESTORE,
    INSERT,
    REPLAY,
    ASK_ONE,
    PENDING_FIRST,
    PENDING,
    RECORD_ONE,
    RECORD_AND_ASK,
    AS_KNOWN,
    FIND_FIRST,
    FIND,
    SCAN,
    PERSON,
    PEOPLE,
    NEWS,
    COMPARE,
    SUMS,
    SUMS_OF_ONE,
    OBSTACLES,
    MONTH_ENDS,
    MEMORY,
    VERIFY,
    HASH,
    ALONE,
    ALONE_PEER,
    ALONE_LOADING,
    BATCHES,
    BATCHES_PEER,
    REPLAY_OURS,
    REPLAY_PEER,
    READ,
    SHARED,
    SHARED_PEER,
    SHARED_FAST_PEER,
    SHARED_HEAD,
    APART,
    RAW,
    IMPORT,
    IMPORT_ALONE,
)
