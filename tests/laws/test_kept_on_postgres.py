"""Laws of answers that are kept in a database, by one program or several."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coopledger import Ledger
from tests.builders import NAME, Clock, numbered, office
from tests.laws.mended import Step, mended_histories, take
from tests.laws.test_kept import TODAY, assert_warm_is_cold
from tests.servers import Schema, new_schema
from tests.strategies import GIVEN

FEW = settings(max_examples=4)  # each is some thousand round trips


@contextmanager
def opened(schema: Schema, clock: Clock, *, ids: str = "n") -> Generator[Ledger, None, None]:
    """Lend the ledger in the schema, as a program has it open."""
    with Ledger(schema.open(), name=NAME, clock=clock, ids=numbered(ids)) as ledger:
        yield ledger


def begun(clock: Clock) -> Schema:
    """Return a schema with the things on which the histories act."""
    schema = new_schema()
    with schema.open() as store:
        office(*GIVEN, clock=clock, store=store)
    return schema


@FEW
@given(mended_histories, st.integers(0, 120))
def test_what_a_program_left_is_fresh_for_the_next_one(steps: list[Step], pause: int) -> None:
    clock = Clock(TODAY)
    schema = begun(clock)
    for number, step in enumerate(steps):
        with opened(schema, clock, ids=f"n{number}-") as ledger:
            if number % 3 == 0:
                assert_warm_is_cold(ledger.view())
            take(ledger, step, number)
            clock.wait(timedelta(days=pause * (number % 4 == 0)))
    with opened(schema, clock, ids="last") as ledger:
        assert_warm_is_cold(ledger.view())


@FEW
@given(mended_histories, st.lists(st.integers(0, 7), min_size=30, max_size=30))
def test_what_several_programs_keep_at_once_is_fresh(steps: list[Step], choices: list[int]) -> None:
    """Each records and asks in any order, on views that may be older than what another keeps."""
    clock = Clock(TODAY)
    schema = begun(clock)
    with opened(schema, clock, ids="one") as first, opened(schema, clock, ids="two") as second:
        ledgers = (first, second)
        held = [ledger.view() for ledger in ledgers]
        for number, step in enumerate(steps):
            choice = choices[number % len(choices)]
            take(ledgers[choice % 2], step, number)
            if choice & 2:
                assert_warm_is_cold(held[choice % 2])
            held[choice % 2] = ledgers[choice % 2].view()
            if choice & 4:
                assert_warm_is_cold(held[1 - choice % 2])
        for ledger, view in zip(ledgers, held, strict=True):
            assert_warm_is_cold(view)
            assert_warm_is_cold(ledger.view())
