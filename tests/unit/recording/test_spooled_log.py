"""A log whose end lies in a scratch reads as if all of it were stored."""

from collections.abc import Iterator
from contextlib import closing

import attrs
import pytest

from coopledger._log.chain import Listing, Row
from coopledger._recording.spooled_log import SpooledLog
from coopledger.stores import MemoryStore
from coopledger.stores.protocol import Readable
from coopledger.stores.sqlite.scratch import Scratch, Spooled
from tests.contracts.drafts import append, draft

LEDGER = "office"
COUNT = 7
LISTINGS = [
    Listing(names=("all", f"n{number % 3}"), opened=(("meeting", f"m{number}"),))
    for number in range(1, COUNT + 1)
]


@pytest.fixture
def whole() -> MemoryStore:
    """Return a store of all the rows."""
    store = MemoryStore()
    append(
        store,
        LEDGER,
        [
            attrs.evolve(draft(LEDGER, f"e{number}", effective="2022"), listing=listing)
            for number, listing in enumerate(LISTINGS, 1)
        ],
    )
    return store


@pytest.fixture(params=[0, 3, COUNT])
def spooled(request: pytest.FixtureRequest, whole: MemoryStore) -> Iterator[SpooledLog]:
    """Return the same, of which only some rows come from the store."""
    base: int = request.param
    with closing(Scratch()) as scratch:
        rows = list(whole.read(LEDGER, after=base))
        page = [Spooled(row, LISTINGS[row.position - 1]) for row in rows]
        scratch.add(page, asked=["asked"])
        yield SpooledLog(whole, base, scratch)


def test_rows_are_those_of_the_whole_log(whole: MemoryStore, spooled: SpooledLog) -> None:
    def read(log: Readable) -> list[list[Row]]:
        bounds = [(0, None), (0, 2), (2, 5), (4, 6), (6, 99)]
        return [list(log.read(LEDGER, after=after, up_to=up_to)) for after, up_to in bounds]

    ids, positions = ["e1", "e4", "e7", "e9"], [1, 3, 4, 7, 9]
    assert read(spooled) == read(whole)
    assert spooled.find(LEDGER, ids) == whole.find(LEDGER, ids)
    assert spooled.rows(LEDGER, positions) == whole.rows(LEDGER, positions)
    assert spooled.head(LEDGER) == whole.head(LEDGER)
    assert spooled.position_at(LEDGER, 3) == whole.position_at(LEDGER, 3)


def test_names_are_those_of_the_whole_log(whole: MemoryStore, spooled: SpooledLog) -> None:
    names = ["all", "n0", "n2", "nowhere"]

    assert spooled.named(LEDGER, names) == whole.named(LEDGER, names)
    for after in (0, 2, 5):
        assert spooled.opened(LEDGER, "meeting", after=after) == whole.opened(
            LEDGER, "meeting", after=after
        )
    assert spooled.opened(LEDGER, "party") == []
    assert spooled.listed(LEDGER).position >= COUNT


def test_an_index_that_is_removed_is_missed(whole: MemoryStore, spooled: SpooledLog) -> None:
    listed = attrs.evolve(whole.listed(LEDGER), position=0)
    whole.list_rows(LEDGER, (), rules={}, since=listed)

    assert (spooled.listed(LEDGER).position > 0) == (spooled.base == 0)


def test_a_trial_rests_on_what_it_asked_for_and_on_its_own_names(spooled: SpooledLog) -> None:
    scratch, is_spooled = spooled.scratch, spooled.base < COUNT

    assert scratch.rests_on(["other", "asked"], after=COUNT)
    assert scratch.rests_on(["all"], after=spooled.base) == is_spooled
    assert not scratch.rests_on(["all", "other"], after=COUNT)
