"""Work of an office on its file of n events; each function runs in a process of its own.

A process that has been at work has imported its modules and read its first dates: so each first
does the same on a small file. The clock is that of one day, on which the office asks.
"""

import itertools
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from coopledger import Ledger, View, events
from tests.benchmarks.history import history, ordinary
from tests.benchmarks.lines import LEDGER
from tests.benchmarks.measurement import Timing, resident_bytes, timed
from tests.benchmarks.ours import event_of
from tests.benchmarks.story import code_of

NOW = datetime(2024, 12, 31, 12, tzinfo=UTC)
PAST, KNOWN_AT = "2012-06-30", "2013-03-31"
REPEATS = 12
PATIENCE_SECONDS = 4.0  # after which a work is not repeated again
SMALL = 500
FIRST_MONTH, MONTHS = 2011, 120
MONTHS_SECONDS = 30.0


def ask_one(path: Path, size: int) -> list[Timing]:
    """Open the closed file and ask where one partnership is: another one each time."""

    def ask(partnership: str) -> None:
        with _opened(path) as ledger:
            ledger.view().partnership(partnership)

    _warm_up(path)
    return _repeated(ask, ordinary(size))


def ask_as_known(path: Path, size: int) -> list[Timing]:
    """Open the closed file and ask of one partnership on a past day, as known at a past time."""

    def ask(partnership: str) -> None:
        with _opened(path) as ledger:
            ledger.view(on=PAST, known_at=KNOWN_AT).partnership(partnership)

    _warm_up(path)
    return _repeated(ask, ordinary(size))


def list_pending_first(path: Path, _: int) -> list[Timing]:
    """Open the closed file and list what is pending, which nobody has asked before."""
    _warm_up(path)
    return _repeated(lambda _: _list_pending(path), [""])


def list_pending(path: Path, size: int) -> list[Timing]:
    """Open the closed file and list what is pending, as every morning."""
    _warm_up(path)
    _list_pending(path)
    return _repeated(lambda _: _list_pending(path), ordinary(size))


def find_first(path: Path, size: int) -> list[Timing]:
    """Open the closed file and find the texts of one partnership; nobody has looked for words."""
    _warm_up(path)
    return _repeated(partial(_find, path), ordinary(size)[:1])


def find(path: Path, size: int) -> list[Timing]:
    """Open the closed file and find the texts of one partnership: another one each time."""
    _warm_up(path)
    _find(path, ordinary(size)[0])
    return _repeated(partial(_find, path), ordinary(size))


def ask_person(path: Path, size: int) -> list[Timing]:
    """Open the closed file and ask what somebody took part in: somebody else each time."""

    def ask(partnership: str) -> None:
        with _opened(path) as ledger:
            ledger.view().person(f"Claire Martin {code_of(partnership)[1:]}")

    _warm_up(path)
    _find(path, ordinary(size)[0])
    return _repeated(ask, ordinary(size))


def list_people(path: Path, size: int) -> list[Timing]:
    """Open the closed file and list everybody who took part in something."""
    return _asked_each_morning(path, size, lambda view: view.people())


def tell_news(path: Path, size: int) -> list[Timing]:
    """Open the closed file and ask what is new since the last day of the month before."""
    return _asked_each_morning(path, size, lambda view: view.news("2024-11-30"))


def compare_months(path: Path, _: int) -> list[Timing]:
    """Open the closed file and compare the view with that of the month before, both folded."""

    def work(_: str) -> None:
        with _opened(path) as ledger:
            ledger.view(on="2024-11-30", known_at="2024-11-30").compare(ledger.view())

    _warm_up(path)
    return _repeated(work, [""])


def sum_up(path: Path, size: int) -> list[Timing]:
    """Open the closed file and ask what was promised and paid, by debtor."""
    return _asked_each_morning(path, size, lambda view: view.sums(by="debtor"))


def sum_up_one(path: Path, size: int) -> list[Timing]:
    """Open the closed file and ask the sums of one partnership: another one each time."""

    def ask(partnership: str) -> None:
        with _opened(path) as ledger:
            ledger.view().sums(partnership=partnership)

    _warm_up(path)
    _list_pending(path)
    return _repeated(ask, ordinary(size))


def list_obstacles(path: Path, size: int) -> list[Timing]:
    """Open the closed file and list what stands in the way."""
    return _asked_each_morning(path, size, lambda view: view.obstacles())


def record_one(path: Path, size: int) -> list[Timing]:
    """Record one event in an open ledger."""
    _warm_up(path)
    with _opened(path) as ledger:
        ledger.record(_meeting("first", ordinary(size)[0]))
        return _repeated(
            lambda partnership: ledger.record(_meeting(f"with-{partnership}", partnership)),
            ordinary(size),
        )


def record_and_ask(path: Path, size: int) -> list[Timing]:
    """Record one event and ask the board again, in a ledger that was asked before."""
    _warm_up(path)
    with _opened(path) as ledger:

        def record(partnership: str) -> None:
            ledger.record(_meeting(f"with-{partnership}", partnership))
            ledger.view().partnerships()

        ledger.view().partnerships()
        return _repeated(record, ordinary(size))


def ask_month_ends(path: Path, _: int) -> list[Timing]:
    """Ask the board on 120 month ends; what is too slow is broken off, and its cost scaled up."""
    _warm_up(path)
    spent: list[Timing] = []
    with _opened(path) as ledger:
        end = time.monotonic() + MONTHS_SECONDS
        for day in _month_ends():
            spent.append(timed(partial(_ask_board, ledger, day))[0])
            if time.monotonic() > end:
                break
    scale = MONTHS / len(spent)
    wall, cpu = (sum(getattr(each, name) for each in spent) for name in ("wall", "cpu"))
    return [Timing(wall * scale, cpu * scale)]


def verify(path: Path, _: int) -> list[Timing]:
    """Open the closed file and check every digest and link."""

    def work(_: str) -> None:
        with _opened(path) as ledger:
            assert ledger.verify().fault is None

    _warm_up(path)
    return _repeated(work, [""])


def hold_pending(path: Path, _: int) -> int:
    """Return the bytes of memory with which the ledger is open and its pending list held."""
    _warm_up(path)
    before = resident_bytes()
    with _opened(path) as ledger:
        pending = ledger.view().commitments()
        after = resident_bytes()
        assert len(pending) > 0
    return after - before


def restore(lines: Path, path: Path) -> Timing:
    """Return what it takes to restore the lines of an export into a new file."""

    def work() -> None:
        with _opened(path) as ledger:
            ledger.restore_jsonl(lines)

    _warm_up(path)
    return timed(work)[0]


def _asked_each_morning(path: Path, size: int, ask: Callable[[View], object]) -> list[Timing]:
    """Open the closed file and ask, several times; it was asked the same before."""

    def work(_: str) -> None:
        with _opened(path) as ledger:
            ask(ledger.view())

    _warm_up(path)
    work("")
    return _repeated(work, ordinary(size))


def _find(path: Path, partnership: str) -> None:
    with _opened(path) as ledger:
        assert len(ledger.view().find(code_of(partnership))) > 0


def _opened(path: Path) -> Ledger:
    return Ledger.open(path, name=LEDGER, clock=lambda: NOW)


def _ask_board(ledger: Ledger, day: str) -> None:
    ledger.view(on=day).partnerships()


def _list_pending(path: Path) -> None:
    with _opened(path) as ledger:
        ledger.view().commitments()


def _meeting(meeting: str, partnership: str) -> events.Event:
    return events.MeetingHeld(
        meeting=meeting,
        partnership=partnership,
        kind="talks",
        when="2024-12-20",
        source="Hanoi Times",
    )


def _month_ends() -> Iterable[str]:
    """Return the last days of the months of ten years."""
    firsts = (
        date(FIRST_MONTH + number // 12, number % 12 + 1, 1) for number in range(1, MONTHS + 1)
    )
    return ((first - timedelta(days=1)).isoformat() for first in firsts)


def _repeated(work: Callable[[str], object], partnerships: Iterable[str]) -> list[Timing]:
    """Do the work with one partnership after the other, until it takes too long."""
    end = time.monotonic() + PATIENCE_SECONDS
    found: list[Timing] = []
    for partnership in itertools.islice(partnerships, REPEATS):
        found.append(timed(partial(work, partnership))[0])
        if time.monotonic() > end:
            break
    return found


def _warm_up(path: Path) -> None:
    """Record and ask a little in a small file, which is removed."""
    small = path.with_name(f"{path.stem}-small.db")
    with Ledger.open(small, clock=lambda: NOW) as ledger:
        ledger.record(*map(event_of, history(SMALL)))
        view = ledger.view()
        first = view.partnerships()[0].id
    with Ledger.open(small, clock=lambda: NOW) as ledger:
        ledger.view(on=PAST, known_at=KNOWN_AT).partnership(first)
        ledger.view().commitments()
        ledger.view().find(code_of(first))
        ledger.view().sums()
        ledger.view().news("2024-11-30")
        ledger.record(_meeting("first", first))
        ledger.view().partnerships()
    for ending in ("", "-wal", "-shm"):
        small.with_name(small.name + ending).unlink(missing_ok=True)
