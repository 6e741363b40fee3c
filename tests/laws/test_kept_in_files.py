"""Laws of answers that are kept in a file, by one program or several."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger import Ledger
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock, numbered, office
from tests.laws.mended import Step, mended_histories, take
from tests.laws.test_kept import FEW, TODAY, assert_warm_is_cold
from tests.strategies import GIVEN

pytestmark = pytest.mark.usefixtures("unmeasured")


@contextmanager
def a_file(clock: Clock) -> Generator[Path, None, None]:
    """Lend the path of a log with the things on which the histories act."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        with SqliteStore(path, durability="fast") as store:
            office(*GIVEN, clock=clock, store=store)
        yield path


@contextmanager
def opened(path: Path, clock: Clock, *, ids: str = "n") -> Generator[Ledger, None, None]:
    """Lend the ledger in the file, as a program has it open."""
    store = SqliteStore(path, durability="fast")
    with Ledger(store, name=NAME, clock=clock, ids=numbered(ids)) as ledger:
        yield ledger


@FEW
@given(mended_histories, st.integers(0, 120))
def test_what_one_program_keeps_is_fresh_after_each_event(steps: list[Step], pause: int) -> None:
    clock = Clock(TODAY)
    with a_file(clock) as path, opened(path, clock) as ledger:
        for number, step in enumerate(steps):
            take(ledger, step, number)
            if number % 2 == 0:
                assert_warm_is_cold(ledger.view())
            if number % 5 == 0:
                clock.wait(timedelta(days=pause))


@FEW
@given(mended_histories, st.integers(0, 120))
def test_what_a_program_left_is_fresh_for_the_next_one(steps: list[Step], pause: int) -> None:
    clock = Clock(TODAY)
    with a_file(clock) as path:
        for number, step in enumerate(steps):
            with opened(path, clock, ids=f"n{number}-") as ledger:
                if number % 3 == 0:
                    assert_warm_is_cold(ledger.view())
                take(ledger, step, number)
                clock.wait(timedelta(days=pause * (number % 4 == 0)))
        with opened(path, clock, ids="last") as ledger:
            assert_warm_is_cold(ledger.view())


@given(mended_histories, st.lists(st.integers(0, 400), min_size=30, max_size=30))
def test_what_programs_keep_whose_clocks_are_ahead_is_fresh(
    steps: list[Step], days: list[int]
) -> None:
    clock, ahead = Clock(TODAY), Clock(TODAY)
    with a_file(clock) as path, opened(path, clock) as ledger:
        for number, step in enumerate(steps):
            take(ledger, step, number)
            if number % 3 == 0:
                ahead.set(TODAY)
                ahead.wait(timedelta(days=days[number % len(days)]))
                with opened(path, ahead, ids=f"n{number}-") as other:
                    assert_warm_is_cold(other.view())
            if number % 6 == 0:
                assert_warm_is_cold(ledger.view())


@given(mended_histories, st.lists(st.integers(0, 7), min_size=30, max_size=30))
def test_what_several_programs_keep_at_once_is_fresh(steps: list[Step], choices: list[int]) -> None:
    """Each records and asks in any order, on views that may be older than what another keeps."""
    clock, turns = Clock(TODAY), count()
    with (
        a_file(clock) as path,
        opened(path, clock, ids="one") as first,
        opened(path, clock, ids="two") as second,
    ):
        ledgers = (first, second)
        held = [ledger.view() for ledger in ledgers]
        for number, step in enumerate(steps):
            choice = choices[next(turns) % len(choices)]
            take(ledgers[choice % 2], step, number)
            if choice & 2:
                assert_warm_is_cold(held[choice % 2])
            held[choice % 2] = ledgers[choice % 2].view()
            if choice & 4:
                assert_warm_is_cold(held[1 - choice % 2])
        for ledger, view in zip(ledgers, held, strict=True):
            assert_warm_is_cold(view)
            assert_warm_is_cold(ledger.view())
