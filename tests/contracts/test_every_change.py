"""Every single change of a log of six events is found where it was made, in every store.

"Every row flip, drop and swap of a small log found at the right position."
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import combinations
from typing import Any

import attrs
import pytest

from coopledger import Ledger, events
from coopledger._log.chain import head_at
from coopledger.stores import Row
from coopledger.stores.verification import verify_log
from tests.builders import Clock
from tests.contracts.tampered_stores import TAMPERED_STORES, TamperedStore

NAME = "vistip"
LENGTH = 6
Rows = Sequence[Row]
COLUMNS = [field.name for field in attrs.fields(Row)]
CONTENT = COLUMNS[1:]  # all but the position, which says where a row is


@pytest.fixture(params=TAMPERED_STORES, scope="module")
def attacked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TamperedStore]:
    target = TAMPERED_STORES[request.param](tmp_path_factory.mktemp("attacked"))
    with closing(target.store):
        yield target


@pytest.fixture(scope="module")
def log(attacked: TamperedStore) -> Rows:
    """Return the recorded rows, no two alike in any column that could be swapped."""
    ledger = Ledger(attacked.store, name=NAME, clock=Clock())
    parties = [
        events.PartyRegistered(
            id=f"e{number}",
            party=f"centre-{number}",
            name=f"Centre {number}",
            kind="centre",
            when=f"202{number}",
            effective=f"203{number}",
        )
        for number in range(1, LENGTH)
    ]
    ledger.record(*parties)
    ledger.record(
        events.NoteAdded(id="e6", subject="centre-1", text="seen", when="2026", effective="2027")
    )
    return tuple(attacked.store.read(NAME))


def numbered(rows: Rows) -> Rows:
    return [attrs.evolve(row, position=place) for place, row in enumerate(rows, start=1)]


def changed(row: Row, **columns: Any) -> Row:  # noqa: ANN401 - what a column holds
    return attrs.evolve(row, **columns)


def flipped(value: object) -> Iterator[object]:
    """Yield other values for a column: a bit at either end of bytes, a letter of a text, a step."""
    match value:
        case bytes():
            yield bytes([value[0] ^ 1, *value[1:]])
            yield bytes([*value[:-1], value[-1] ^ 1])
            yield value[:-1] if len(value) != 32 else bytes(32)  # the tables hold 32 of a hash
        case str():
            yield f"{value}0"
            yield value[:-1]
        case int():
            yield from (step for step in (value - 1, value + 1, value + 1000) if step > 0)
        case _:
            raise AssertionError(value)


def flips(log: Rows) -> Iterator[tuple[str, Rows]]:
    for row in log:
        for column in COLUMNS:
            for value in flipped(getattr(row, column)):
                new = changed(row, **{column: value})
                rows = [new if each is row else each for each in log]
                # One position twice: which of the two comes first is up to the store.
                if len({each.position for each in rows}) == LENGTH:
                    name = f"{column} of {row.position} is {value!r}"
                    yield name, sorted(rows, key=lambda each: each.position)
        yield (
            f"effective of {row.position} removed",
            [attrs.evolve(row, effective=None) if each is row else each for each in log],
        )


def drops(log: Rows) -> Iterator[tuple[str, Rows]]:
    for size in range(1, LENGTH):
        for dropped in combinations(log, size):
            rows = [row for row in log if row not in dropped]
            places = [row.position for row in dropped]
            yield f"{places} dropped", rows
            yield f"{places} dropped, the others moved up", numbered(rows)


def swaps(log: Rows) -> Iterator[tuple[str, Rows]]:
    """Yield swaps of whole rows, and of single columns that differ."""
    for one, other in combinations(log, 2):
        for columns in (CONTENT, *([column] for column in CONTENT)):
            new = {
                one: changed(one, **{name: getattr(other, name) for name in columns}),
                other: changed(other, **{name: getattr(one, name) for name in columns}),
            }
            if one not in new.values():
                name = f"{', '.join(columns)} of {one.position} and {other.position} swapped"
                yield name, [new.get(row, row) for row in log]


def insertions(log: Rows) -> Iterator[tuple[str, Rows]]:
    for row in log:
        for place in range(LENGTH + 1):
            rows = [*log[:place], row, *log[place:]]
            yield f"{row.position} again at {place + 1}", numbered(rows)
            rows[place] = attrs.evolve(row, event_id="new")
            yield f"{row.position} under a new id at {place + 1}", numbered(rows)
        twice = [each for each in log for _ in range(1 + (each is row))]
        yield f"{row.position} twice at its place", twice


CHANGES: dict[str, Callable[[Rows], Iterator[tuple[str, Rows]]]] = {
    "flips": flips,
    "drops": drops,
    "swaps": swaps,
    "insertions": insertions,
}


def first_difference(rows: Rows, log: Rows) -> int:
    """Return the first position at which the log differs from the recorded one."""
    for place, (row, recorded) in enumerate(zip(rows, log, strict=False), start=1):
        if row != recorded:
            return place
    return min(len(rows), len(log)) + 1


@pytest.mark.parametrize("kind", CHANGES)
def test_every_change_is_found_at_the_first_position_that_it_touches(
    attacked: TamperedStore, log: Rows, kind: str
) -> None:
    positions: dict[str, int | None] = {}
    expected: dict[str, int | None] = {}
    for name, rows in CHANGES[kind](log):
        attacked.lay(NAME, rows, head=head_at(log[-1]))
        fault = verify_log(attacked.store, NAME).fault
        positions[name] = fault.position if fault else None
        expected[name] = first_difference(rows, log)

    assert len(positions) > LENGTH
    assert positions == expected


def test_the_log_as_it_was_recorded_is_sound(attacked: TamperedStore, log: Rows) -> None:
    attacked.lay(NAME, log)

    assert verify_log(attacked.store, NAME).fault is None
