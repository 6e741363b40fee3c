"""What every store promises about rows that are put back as they once lay in a log."""

from collections.abc import Callable, Iterator

import attrs
import pytest

from coopledger.errors import DamagedLogError, StoreConflictError
from coopledger.stores import (
    MemoryStore,
    Row,
    Store,
    Verification,
    beginning,
    head_at,
    link,
    verify_log,
)
from tests.contracts.drafts import append, draft, drafts, numbered

CLOCKS = (-7, -7, 1_660_642_200_000_001, 5)


class Interrupted(Exception):  # noqa: N818 - what a caller raises is the caller's own
    pass


def written(ledger: str) -> list[Row]:
    """Rows of a log elsewhere, in which the clock stood still and ran back."""
    elsewhere = MemoryStore()
    for number, clock_us in enumerate(CLOCKS, 1):
        content = draft(ledger, f"e{number}", effective="2022", payload=b'{"a":"\xe2\x80\xa8"}')
        append(elsewhere, ledger, [content], clock_us=clock_us)
    return list(elsewhere.read(ledger))


def cut_off(rows: list[Row]) -> Iterator[Row]:
    yield from rows
    raise Interrupted


def is_empty(store: Store, ledger: str) -> bool:
    return store.head(ledger) == beginning(ledger) and ledger not in store.ledgers()


def test_rows_are_restored_as_they_were(store: Store, ledger: str) -> None:
    rows = written(ledger)

    assert store.restore(ledger, iter(rows)) == head_at(rows[-1])
    assert list(store.read(ledger)) == rows
    assert set(store.find(ledger, ["e2", "e4"])) == {"e2", "e4"}
    assert ledger in store.ledgers()
    assert verify_log(store, ledger) == Verification(len(rows), None)


def test_a_restored_log_goes_on(store: Store, ledger: str) -> None:
    rows = written(ledger)
    store.restore(ledger, rows)

    (added,) = append(store, ledger, drafts(ledger, "e5"), clock_us=0)

    assert (added.position, added.recorded_us) == (5, rows[-1].recorded_us + 1)
    assert verify_log(store, ledger) == Verification(5, None)


def test_another_who_opens_the_same_logs_reads_what_was_restored(
    store: Store, ledger: str, open_again: Callable[[], Store]
) -> None:
    rows = written(ledger)
    store.restore(ledger, rows)

    assert list(open_again().read(ledger)) == rows


def test_without_rows_nothing_happens(store: Store, ledger: str) -> None:
    assert store.restore(ledger, []) == beginning(ledger)
    assert is_empty(store, ledger)


def test_a_ledger_with_events_is_not_restored_into(store: Store, ledger: str) -> None:
    kept = append(store, ledger, numbered(ledger, 1, 1))

    with pytest.raises(StoreConflictError, match="at position 1: only an empty one is restored"):
        store.restore(ledger, written(ledger))

    assert tuple(store.read(ledger)) == kept


def test_rows_are_not_drawn_where_they_cannot_be_stored(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 1))

    with pytest.raises(StoreConflictError):
        store.restore(ledger, cut_off([]))


DAMAGES: dict[str, Callable[[list[Row]], list[Row]]] = {
    "1: missing": lambda rows: rows[1:],
    "2: missing": lambda rows: [rows[0], *rows[2:]],
    "2: the content": lambda rows: [rows[0], attrs.evolve(rows[1], payload=b"{}")],
    "3: the record time": lambda rows: [*rows[:2], attrs.evolve(rows[2], recorded_us=-9)],
    "4: the chain": lambda rows: [*rows[:3], attrs.evolve(rows[3], chain=rows[2].chain)],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_rows_that_do_not_follow_each_other_are_refused_all(
    store: Store, ledger: str, damage: str
) -> None:
    with pytest.raises(DamagedLogError, match=f"at position {damage}"):
        store.restore(ledger, DAMAGES[damage](written(ledger)))

    assert is_empty(store, ledger)


def test_rows_of_another_ledger_are_refused(store: Store, ledger: str) -> None:
    with pytest.raises(DamagedLogError, match="position 1: the content"):
        store.restore(ledger, written("of another name"))

    assert is_empty(store, ledger)


def test_an_event_id_that_comes_twice_is_refused_whatever_the_chain_says(
    store: Store, ledger: str
) -> None:
    rows = written(ledger)
    again = draft(ledger, "e1")
    chain = link(rows[-1].chain, position=5, recorded_us=2**60, digest=again.digest)
    forged = Row(5, "e1", again.type, 1, 2**60, None, again.payload, again.digest, chain)

    with pytest.raises(StoreConflictError, match="'e1' is given twice"):
        store.restore(ledger, [*rows, forged])

    assert is_empty(store, ledger)


def test_what_drawing_the_rows_raises_goes_through_and_nothing_is_stored(
    store: Store, ledger: str
) -> None:
    with pytest.raises(Interrupted):
        store.restore(ledger, cut_off(written(ledger)))

    assert is_empty(store, ledger)


def test_other_ledgers_stay_as_they_were(
    store: Store, ledger: str, new_ledger: Callable[[], str]
) -> None:
    neighbour = new_ledger()
    kept = append(store, neighbour, numbered(neighbour, 1, 2))

    store.restore(ledger, written(ledger))

    assert tuple(store.read(neighbour)) == kept
    assert verify_log(store, neighbour) == Verification(2, None)
