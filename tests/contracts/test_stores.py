"""What every store promises, asked of each of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger.errors import DamagedLogError, FieldError, StoreConflictError, StoreError
from coopledger.stores import Head, Row, Store, Verification, genesis, link, verify_log
from tests.contracts.drafts import anybody, append, draft, drafts, ids, nobody_else, numbered

EARLIEST_US, LATEST_US = -(2**63), 2**63 - 1


class Refused(Exception):  # noqa: N818 - what a caller raises is the caller's own
    pass


def refuse(_: Iterator[Row]) -> None:
    raise Refused


def test_a_ledger_without_events_ends_at_its_genesis(store: Store, ledger: str) -> None:
    assert store.head(ledger) == Head(position=0, chain=genesis(ledger), recorded_us=None)
    assert list(store.read(ledger)) == []
    assert store.find(ledger, ["e1"]) == {}
    assert ledger not in store.ledgers()
    assert verify_log(store, ledger) == Verification(0, None)


def test_what_is_appended_is_read_back(store: Store, ledger: str) -> None:
    given_drafts = [
        draft(ledger, "e1", type="meeting-held", v=2, effective="2022-08", payload=b'{"a":1}'),
        draft(ledger, "e2", payload=b"\x00\xff\xe1\xbb\x87"),
    ]

    rows = append(store, ledger, given_drafts, clock_us=1_660_642_200_000_001)

    first = given_drafts[0]
    chain = link(
        genesis(ledger), position=1, recorded_us=1_660_642_200_000_001, digest=first.digest
    )
    assert rows[0] == Row(
        1,
        "e1",
        "meeting-held",
        2,
        1_660_642_200_000_001,
        "2022-08",
        b'{"a":1}',
        first.digest,
        chain,
    )
    assert rows[1].payload == b"\x00\xff\xe1\xbb\x87"
    assert tuple(store.read(ledger)) == rows


def test_another_who_opens_the_same_logs_reads_the_same(
    store: Store, ledger: str, open_again: Callable[[], Store]
) -> None:
    rows = append(store, ledger, numbered(ledger, 1, 3))
    another = open_again()

    assert tuple(another.read(ledger)) == rows
    assert another.head(ledger) == store.head(ledger)


def test_positions_go_on_where_the_last_append_ended(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 2))

    rows = append(store, ledger, numbered(ledger, 3, 4))

    assert [row.position for row in rows] == [3, 4]
    last = rows[-1]
    assert store.head(ledger) == Head(position=4, chain=last.chain, recorded_us=last.recorded_us)


def test_record_times_are_the_clocks_and_strictly_increase(store: Store, ledger: str) -> None:
    clocks = [-5, -5, 100, 7]

    for number, clock_us in enumerate(clocks, 1):
        append(store, ledger, numbered(ledger, number, number), clock_us=clock_us)
    append(store, ledger, numbered(ledger, 5, 7), clock_us=200)

    assert [row.recorded_us for row in store.read(ledger)] == [-5, -4, 100, 101, 200, 201, 202]


@pytest.mark.parametrize("clock_us", [EARLIEST_US, LATEST_US - 1])
def test_record_times_may_lie_at_the_ends_of_64_bits(
    store: Store, ledger: str, clock_us: int
) -> None:
    rows = append(store, ledger, drafts(ledger, "e1"), clock_us=clock_us)

    assert tuple(store.read(ledger)) == rows
    assert rows[0].recorded_us == clock_us


@pytest.mark.parametrize("clock_us", [EARLIEST_US - 1, LATEST_US + 1])
def test_record_times_beyond_64_bits_are_refused(store: Store, ledger: str, clock_us: int) -> None:
    with pytest.raises(FieldError, match=f"E106 recorded_at: {clock_us} us"):
        append(store, ledger, drafts(ledger, "e1"), clock_us=clock_us)

    assert store.head(ledger).position == 0


def test_after_the_last_record_time_of_64_bits_nothing_can_follow(
    store: Store, ledger: str
) -> None:
    append(store, ledger, drafts(ledger, "e1"), clock_us=LATEST_US - 1)

    with pytest.raises(FieldError, match="64 bits"):
        append(store, ledger, drafts(ledger, "e2"), clock_us=0)

    assert store.head(ledger).position == 1


def test_reading_is_bounded_below_exclusively_and_above_inclusively(
    store: Store, ledger: str
) -> None:
    append(store, ledger, numbered(ledger, 1, 5))
    bounds = [(after, up_to) for after in range(-1, 7) for up_to in (None, *range(-1, 7))]

    found = {
        (after, up_to): [row.position for row in store.read(ledger, after=after, up_to=up_to)]
        for after, up_to in bounds
    }

    assert found == {
        (after, up_to): [
            position
            for position in range(1, 6)
            if after < position and (up_to is None or position <= up_to)
        ]
        for after, up_to in bounds
    }


def test_a_reader_may_stop_early_and_others_go_on(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 3))
    reader = store.read(ledger)
    first = next(reader)

    append(store, ledger, numbered(ledger, 4, 4))

    assert first.position == 1
    positions = [row.position for row in reader]
    assert positions in ([2, 3], [2, 3, 4])


def test_a_long_log_is_read_whole(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 1234))

    assert [row.position for row in store.read(ledger)] == list(range(1, 1235))
    assert [row.position for row in store.read(ledger, after=500, up_to=1000)] == [
        *range(501, 1001)
    ]


def test_stored_ids_are_found_among_any_number_of_others(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 1200))
    asked = [f"e{number}" for number in range(0, 2400, 2)]

    found = store.find(ledger, asked)

    assert set(found) == {f"e{number}" for number in range(2, 1201, 2)}
    assert all(row.event_id == event_id for event_id, row in found.items())
    assert found["e1200"].position == 1200


def test_finding_no_ids_finds_nothing(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 1))

    assert store.find(ledger, []) == {}


def test_an_id_that_is_stored_is_refused_by_name_and_the_whole_batch_with_it(
    store: Store, ledger: str
) -> None:
    before = append(store, ledger, numbered(ledger, 1, 2))

    with pytest.raises(StoreConflictError, match="'e2' is already stored"):
        append(store, ledger, drafts(ledger, "e3", "e2", "e4"))

    assert tuple(store.read(ledger)) == before
    assert store.head(ledger).position == 2


def test_an_id_given_twice_is_refused_by_name(store: Store, ledger: str) -> None:
    with pytest.raises(StoreConflictError, match="'e1' is given twice"):
        append(store, ledger, drafts(ledger, "e1", "e2", "e1"))

    assert list(store.read(ledger)) == []


def test_a_refused_append_leaves_the_way_free(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 1))
    with pytest.raises(StoreConflictError):
        append(store, ledger, drafts(ledger, "e2", "e1"))

    rows = append(store, ledger, drafts(ledger, "e2"))

    assert rows[0].position == 2
    assert verify_log(store, ledger) == Verification(2, None)


def test_without_drafts_nothing_happens(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 2))

    rows = store.append(ledger, [], seen=0, clock_us=0, revise=nobody_else)

    assert rows == ()
    assert store.head(ledger).position == 2


def test_a_writer_who_saw_the_head_is_not_asked_to_revise(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 2))

    store.append(ledger, numbered(ledger, 3, 3), seen=2, clock_us=0, revise=refuse)

    assert store.head(ledger).position == 3


def test_a_writer_who_is_behind_revises_what_others_appended(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 5))
    revised: list[Row] = []

    rows = store.append(ledger, drafts(ledger, "mine"), seen=2, clock_us=0, revise=revised.extend)

    assert ids(revised) == ["e3", "e4", "e5"]
    assert rows[0].position == 6


def test_a_writer_may_refuse_after_revising_and_nothing_is_stored(
    store: Store, ledger: str
) -> None:
    before = append(store, ledger, numbered(ledger, 1, 5))

    with pytest.raises(Refused):
        store.append(ledger, drafts(ledger, "mine"), seen=4, clock_us=0, revise=refuse)

    assert tuple(store.read(ledger)) == before
    assert append(store, ledger, drafts(ledger, "mine"))[0].position == 6


def test_a_writer_may_look_at_the_store_while_revising(store: Store, ledger: str) -> None:
    append(store, ledger, numbered(ledger, 1, 3))
    looked: list[object] = []

    def revise(rows: Iterator[Row]) -> None:
        looked.append(next(rows).event_id)
        looked.append(store.head(ledger).position)
        looked.append(ids(list(store.read(ledger))))
        looked.append(sorted(store.find(ledger, ["e1", "mine"])))

    store.append(ledger, drafts(ledger, "mine"), seen=1, clock_us=0, revise=revise)

    assert looked == ["e2", 3, ["e1", "e2", "e3"], ["e1"]]


def test_a_writer_who_saw_more_than_there_is_finds_the_log_damaged(
    store: Store, ledger: str
) -> None:
    append(store, ledger, numbered(ledger, 1, 2))

    with pytest.raises(DamagedLogError, match=r"position 3: missing: .* seen position 4"):
        store.append(ledger, drafts(ledger, "e3"), seen=4, clock_us=0, revise=anybody)

    assert store.head(ledger).position == 2


def test_ledgers_do_not_see_each_other(
    store: Store, ledger: str, new_ledger: Callable[[], str]
) -> None:
    other = new_ledger()
    append(store, ledger, numbered(ledger, 1, 3))

    rows = append(store, other, drafts(other, "e1"))

    assert rows[0].position == 1
    assert store.head(ledger).position == 3
    assert store.find(other, ["e1", "e2"]) == {"e1": rows[0]}
    assert ids(list(store.read(other))) == ["e1"]


def test_ledgers_are_listed_in_code_point_order(own_store: Store) -> None:
    for name in ("Zet", "ab", "é", "a", "\U0001f600", "\uffee"):
        append(own_store, name, drafts(name, "e1"))

    assert own_store.ledgers() == ("Zet", "a", "ab", "é", "\uffee", "\U0001f600")


def test_a_closed_store_refuses_every_call(own_store: Store) -> None:
    append(own_store, "l", drafts("l", "e1"))
    own_store.close()
    own_store.close()
    calls: list[Callable[[], object]] = [
        lambda: own_store.head("l"),
        lambda: list(own_store.read("l")),
        lambda: own_store.find("l", ["e1"]),
        lambda: append(own_store, "l", drafts("l", "e2")),
        lambda: own_store.append("l", drafts("l", "e2"), seen=1, clock_us=0, revise=anybody),
        lambda: own_store.append("l", [], seen=1, clock_us=0, revise=anybody),
        lambda: own_store.restore("l", []),
        own_store.ledgers,
        own_store.files,
        lambda: own_store.back_up(Path("backup.db"), tell=lambda _, __: None),
    ]

    for call in calls:
        with pytest.raises(StoreError, match="the store is closed"):
            call()


# No NUL and no lone surrogate: PostgreSQL stores neither in text, and no codec makes them.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


CONTENTS = st.tuples(
    TEXTS, TEXTS, st.integers(1, 2**31 - 1), st.none() | TEXTS, st.binary(max_size=200)
)


@given(st.lists(CONTENTS, unique_by=lambda content: content[0], max_size=5))
def test_any_content_comes_back_byte_for_byte(
    store: Store,
    new_ledger: Callable[[], str],
    contents: list[tuple[str, str, int, str | None, bytes]],
) -> None:
    ledger = new_ledger()

    append(
        store,
        ledger,
        [
            draft(ledger, event_id, type=type, v=v, effective=effective, payload=payload)
            for event_id, type, v, effective, payload in contents
        ],
    )

    assert contents == [
        (row.event_id, row.type, row.v, row.effective, row.payload) for row in store.read(ledger)
    ]
    assert verify_log(store, ledger) == Verification(len(contents), None)
