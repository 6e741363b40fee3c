"""Digests and chain are the bytes that docs/reference/log-format.md fixes; `verify` reads them."""

from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger import Fault, Verification
from coopledger._log.chain import verify
from coopledger.stores import Head, MemoryStore, Row, digest, genesis, link
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, numbered

LEDGER = "vistip"
TAMPERED = bytes(32)


def log(length: int) -> list[Row]:
    """Return a sound log of that many rows."""
    with MemoryStore() as store:
        return list(append(store, LEDGER, numbered(LEDGER, 1, length), clock_us=1_000))


def head_of(rows: list[Row]) -> Head:
    if not rows:
        return Head(position=0, chain=genesis(LEDGER), recorded_us=None)
    last = rows[-1]
    return Head(position=last.position, chain=last.chain, recorded_us=last.recorded_us)


ROWS = log(5)
HEAD = head_of(ROWS)


def test_the_genesis_of_a_ledger_is_frozen() -> None:
    assert (
        genesis("vistip").hex()
        == "a1bfe613cdf7c2e9d39af11c2a2e6f1e21faa907f6349eb05a9dfa067a3d6cff"
    )


def test_the_digest_of_an_event_is_frozen() -> None:
    frozen = digest(
        "vistip",
        event_id="e1",
        type="note-added",
        v=1,
        effective="2022-08",
        payload='{"text":"Hà Nội"}'.encode(),
    )

    assert frozen.hex() == ("e942562a4816f2bd1dbdf8954f6282b559414de84a011cf297a068f9bb2afd61")


def test_the_chain_of_a_row_is_frozen() -> None:
    frozen = link(genesis("vistip"), position=1, recorded_us=-1, digest=bytes(range(32)))

    assert frozen.hex() == "2ab14a402b16c8d2073950dc90dc9cce3a242bf719276be296de3811230fd892"


def test_a_missing_effect_differs_from_an_empty_one() -> None:
    digests = [
        digest("l", event_id="e", type="t", v=1, effective=effective, payload=b"")
        for effective in (None, "")
    ]

    assert digests[0] != digests[1]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
CONTENTS = st.tuples(
    TEXTS, TEXTS, TEXTS, st.integers(1, 3), st.none() | TEXTS, st.binary(max_size=3)
)


def digest_of(content: tuple[str, str, str, int, str | None, bytes]) -> bytes:
    ledger, event_id, type, v, effective, payload = content
    return digest(ledger, event_id=event_id, type=type, v=v, effective=effective, payload=payload)


@given(CONTENTS, CONTENTS)
def test_two_contents_share_a_digest_only_if_they_are_equal(
    one: tuple[str, str, str, int, str | None, bytes],
    other: tuple[str, str, str, int, str | None, bytes],
) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)


@given(st.integers(0, 12))
def test_a_log_as_it_was_recorded_is_sound(length: int) -> None:
    rows = log(length)

    assert verify(LEDGER, rows, head=head_of(rows)) == Verification(length, None)


CHANGES: dict[str, Callable[[Row], Row]] = {
    "event_id": lambda row: attrs.evolve(row, event_id="other"),
    "type": lambda row: attrs.evolve(row, type="other"),
    "v": lambda row: attrs.evolve(row, v=2),
    "effective": lambda row: attrs.evolve(row, effective="2022"),
    "payload": lambda row: attrs.evolve(row, payload=b"{ }"),
    "digest": lambda row: attrs.evolve(row, digest=TAMPERED),
    "recorded_us": lambda row: attrs.evolve(row, recorded_us=row.recorded_us + 1_000),
    "chain": lambda row: attrs.evolve(row, chain=TAMPERED),
}


@pytest.mark.parametrize("position", range(1, 6))
@pytest.mark.parametrize("field", CHANGES)
def test_a_changed_field_is_found_at_its_position(field: str, position: int) -> None:
    rows = ROWS.copy()
    rows[position - 1] = CHANGES[field](rows[position - 1])

    verification = verify(LEDGER, rows, head=HEAD)

    assert verification.position == position - 1
    assert verification.fault is not None
    assert verification.fault.position == position


def test_content_digest_time_and_chain_are_told_apart() -> None:
    changes = ("payload", "recorded_us", "chain")
    faults = [
        verify(LEDGER, [CHANGES[field](ROWS[0]), *ROWS[1:]], head=HEAD).fault for field in changes
    ]

    assert faults == [
        Fault(1, "the content does not match its digest"),
        Fault(1, "the chain does not continue the row before"),
        Fault(1, "the chain does not continue the row before"),
    ]


def test_a_record_time_that_does_not_increase_is_named() -> None:
    rows = [ROWS[0], attrs.evolve(ROWS[1], recorded_us=1_000), *ROWS[2:]]

    assert verify(LEDGER, rows, head=HEAD).fault == Fault(
        2, "the record time 1000 is not after 1000"
    )


@pytest.mark.parametrize("position", range(1, 5))
def test_a_dropped_row_is_found_where_it_is_missing(position: int) -> None:
    rows = [row for row in ROWS if row.position != position]

    assert verify(LEDGER, rows, head=HEAD) == Verification(
        position - 1, Fault(position, f"missing: position {position + 1} comes next")
    )


def test_a_cut_tail_is_found_against_the_head() -> None:
    assert verify(LEDGER, ROWS[:3], head=HEAD) == Verification(
        3, Fault(4, "missing: the head is at position 5")
    )


@pytest.mark.parametrize("position", range(1, 5))
def test_two_swapped_rows_are_found_at_the_first_of_them(position: int) -> None:
    rows = ROWS.copy()
    first, second = rows[position - 1], rows[position]
    rows[position - 1] = attrs.evolve(second, position=position)
    rows[position] = attrs.evolve(first, position=position + 1)

    verification = verify(LEDGER, rows, head=HEAD)

    assert verification.position == position - 1


@pytest.mark.parametrize("position", range(1, 6))
def test_an_inserted_row_is_found_at_its_position(position: int) -> None:
    stranger = log(9)[8]
    rows = [
        *ROWS[: position - 1],
        attrs.evolve(stranger, position=position),
        *(attrs.evolve(row, position=row.position + 1) for row in ROWS[position - 1 :]),
    ]

    verification = verify(LEDGER, rows, head=attrs.evolve(HEAD, position=6))

    assert verification.position == position - 1


def test_a_row_given_twice_is_found() -> None:
    rows = [*ROWS[:3], *ROWS[2:]]

    assert verify(LEDGER, rows, head=HEAD).position == 3


def test_a_log_of_another_ledger_is_no_log_of_this_one() -> None:
    assert verify("other", ROWS, head=HEAD).fault == Fault(
        1, "the content does not match its digest"
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (attrs.evolve(HEAD, position=6), Fault(6, "missing: the head is at position 6")),
        (attrs.evolve(HEAD, chain=TAMPERED), Fault(5, "the head does not match the last row")),
        (attrs.evolve(HEAD, recorded_us=7), Fault(5, "the head does not match the last row")),
        (
            head_of(ROWS[:3]),
            Fault(4, "position 4 lies beyond the head, which is at position 3"),
        ),
    ],
)
def test_a_moved_head_is_found(head: Head, expected: Fault) -> None:
    assert verify(LEDGER, ROWS, head=head) == Verification(expected.position - 1, expected)


def test_the_head_of_a_ledger_without_rows_is_checked_too() -> None:
    head = Head(position=0, chain=TAMPERED, recorded_us=None)

    assert verify(LEDGER, [], head=head) == Verification(
        0, Fault(1, "the head does not match the last row")
    )


def test_a_check_may_begin_at_a_trusted_head() -> None:
    since = head_of(ROWS[:2])

    assert verify(LEDGER, ROWS[2:], head=HEAD, since=since) == Verification(5, None)


def test_a_rewritten_log_is_found_against_a_trusted_head() -> None:
    with MemoryStore() as store:
        append(store, LEDGER, numbered(LEDGER, 1, 5), clock_us=2_000)
        alone = verify_log(store, LEDGER)
        against = verify_log(store, LEDGER, since=head_of(ROWS[:2]))

    assert alone == Verification(5, None)
    assert against == Verification(
        1, Fault(2, "the chain is not the one that was kept: written anew from here or from before")
    )


def test_a_log_that_was_cut_together_with_its_head_is_found_against_a_trusted_head() -> None:
    rows = ROWS[:2]

    assert verify(LEDGER, rows, head=head_of(rows)).fault is None
    assert verify(LEDGER, [], head=head_of(rows), since=HEAD) == Verification(
        2, Fault(3, "missing: the log once reached position 5")
    )


def test_verification_stops_at_the_first_fault() -> None:
    rows = iter([attrs.evolve(ROWS[0], payload=b"{ }"), *ROWS[1:]])

    verify(LEDGER, rows, head=HEAD)

    assert next(rows).position == 2
