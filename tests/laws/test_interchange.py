"""A ledger that moves is the same ledger; events that are handed on are the same events."""

from io import BytesIO

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopledger import Ledger, Verification
from coopledger._interchange import importing
from coopledger._log.codec import to_draft
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from tests.builders import NAME, Clock
from tests.laws.answers import answers
from tests.laws.histories import histories, instant_of, new_office, record_valid
from tests.strategies import any_event

DAYS = ("2015-06-30", "2018-12-31", "2024-01-01")


def recorded(acts: list[Event]) -> Ledger:
    """Return a ledger with the acts that it accepts, each recorded a minute after the last."""
    clock = Clock()
    ledger = new_office(clock)
    for number, act in enumerate(acts, 1):
        clock.set(instant_of(number))
        record_valid(ledger, act)
    return ledger


def exported(ledger: Ledger, *, plain: bool = False) -> bytes:
    stream = BytesIO()
    assert ledger.export_jsonl(stream, plain=plain) == ledger.position
    return stream.getvalue()


def restored(data: bytes) -> Ledger:
    """Return the ledger restored years later, by another clock."""
    ledger = Ledger.in_memory(name=NAME, clock=Clock("2099-01-01T00:00:00+00:00"))
    ledger.restore_jsonl(BytesIO(data))
    return ledger


@given(histories)
def test_what_is_exported_and_restored_is_exported_again_byte_for_byte(acts: list[Event]) -> None:
    """'Lossless import into an empty ledger gives the same ids, positions, times, digests.'"""
    before = recorded(acts)
    data = exported(before)
    after = restored(data)

    assert exported(after) == data
    assert list(after.events()) == list(before.events())
    assert after.verify() == Verification(before.position, None)


@given(histories)
def test_a_restored_ledger_gives_the_same_answers_on_both_axes_of_time(acts: list[Event]) -> None:
    """'... and answers.'"""
    before = recorded(acts)
    after = restored(exported(before))

    for day in DAYS:
        assert answers(after.view(day)) == answers(before.view(day))
        known = instant_of(len(acts) // 2)
        assert answers(after.view(day, known_at=known)) == answers(before.view(day, known_at=known))


@given(histories)
def test_plain_lines_are_the_same_events_in_another_ledger(acts: list[Event]) -> None:
    """'Import of somebody's file': what one ledger accepted, an empty one accepts."""
    before = recorded(acts)
    data = exported(before, plain=True)
    after = Ledger.in_memory(name="another", clock=Clock("2099-01-01T00:00:00+00:00"))
    receipt = after.import_jsonl(BytesIO(data))

    assert [item.event for item in receipt.events] == [item.event for item in before.events()]
    assert exported(after, plain=True) == data
    assert after.import_jsonl(BytesIO(data)).replayed
    for day in DAYS:
        assert answers(after.view(day)) == answers(before.view(day))


def put(events: list[Event]) -> Ledger:
    """Return a ledger with these events, recorded without any check."""
    store = MemoryStore()
    named = [attrs.evolve(event, id=f"e{number}") for number, event in enumerate(events)]
    drafts = [to_draft(NAME, event) for event in named]
    store.append(NAME, drafts, seen=0, clock_us=-1, revise=lambda _: None)
    return Ledger(store, name=NAME)


@given(st.lists(any_event, max_size=5))
def test_every_event_survives_with_every_letter_of_its_texts(events: list[Event]) -> None:
    """'Lines are split only at line feeds: U+2028 and U+0085 are legal inside strings.'"""
    before = put(events)
    data = exported(before)

    assert data.count(b"\n") == len(events)
    assert list(restored(data).events()) == list(before.events())


# A ledger to be damaged, and one byte of it that becomes another.
LOG = exported(recorded([]))
PLAIN = exported(recorded([]), plain=True)
damaged = st.tuples(st.integers(0, len(LOG) - 1), st.integers(0, 255))


@given(damaged)
def test_whatever_byte_is_changed_the_restored_ledger_is_the_same_or_empty(
    damage: tuple[int, int],
) -> None:
    """'Every line is checked against its hashes before anything is stored.'"""
    place, byte = damage
    ledger = Ledger.in_memory(name=NAME)
    try:
        ledger.restore_jsonl(BytesIO(LOG[:place] + bytes([byte]) + LOG[place + 1 :]))
    except RefusedError:
        assert ledger.position == 0
    else:
        assert exported(ledger) == LOG


@given(st.lists(st.tuples(st.integers(0, len(PLAIN)), st.binary(max_size=4)), max_size=5))
def test_whatever_stands_in_a_file_it_is_recorded_whole_or_refused(
    changes: list[tuple[int, bytes]],
) -> None:
    """'Records nothing if any is bad.'"""
    data = PLAIN
    for place, piece in changes:
        data = data[:place] + piece + data[place + len(piece) :]
    ledger = Ledger.in_memory(name=NAME, clock=Clock())
    try:
        receipt = ledger.import_jsonl(BytesIO(data))
    except RefusedError:
        assert ledger.position == 0
    else:
        assert ledger.position == len(receipt.events)


@given(st.lists(st.tuples(st.integers(0, len(PLAIN)), st.binary(max_size=4)), max_size=5))
def test_good_lines_and_rejected_ones_are_all_lines_each_once(
    changes: list[tuple[int, bytes]],
) -> None:
    """'Or, asked for, records the good ones and writes the bad ones to a reject file.'"""
    data = PLAIN
    for place, piece in changes:
        data = data[:place] + piece + data[place + len(piece) :]
    assume(not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")))
    ledger, rejects = Ledger.in_memory(name=NAME, clock=Clock()), BytesIO()
    receipt = ledger.import_jsonl(BytesIO(data), rejects=rejects)
    lines = [line for line in data.split(b"\n") if line.strip()]
    rejected = [line for line in rejects.getvalue().split(b"\n") if line]

    assert ledger.position == len(receipt.events)
    assert len(rejected) == receipt.rejected_lines
    assert len(receipt.events) + len(rejected) == len(lines)
    assert set(rejected) <= set(lines)


@given(
    st.lists(st.tuples(st.integers(0, len(PLAIN)), st.binary(max_size=4)), max_size=3),
    st.integers(1, 4),
    st.sampled_from([None, BytesIO]),
)
def test_a_file_of_many_lines_is_recorded_as_one_of_few(
    changes: list[tuple[int, bytes]], page: int, rejects: type[BytesIO] | None
) -> None:
    """'Small and spooled imports give the same receipt, refusals and log.'"""
    data = PLAIN
    for place, piece in changes:
        data = data[:place] + piece + data[place + len(piece) :]

    assert imported(data, page, rejects) == imported(data, 10_000, rejects)


@given(histories, st.integers(1, 5))
def test_acts_that_rest_on_lines_before_them_are_recorded_as_in_a_file_of_few(
    acts: list[Event], page: int
) -> None:
    data = exported(recorded(acts), plain=True)

    assert imported(data, page) == imported(data, 10_000)


def imported(
    data: bytes, page: int, new_rejects: type[BytesIO] | None = None
) -> tuple[object, ...]:
    """Return what becomes of an import that holds so many lines in memory, also once more."""
    ledger, told = Ledger.in_memory(name=NAME, clock=Clock()), list[object]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "_PAGE_LINES", page)
        for dry_run in (True, False, False):
            rejects = None if new_rejects is None else new_rejects()
            try:
                receipt = ledger.import_jsonl(BytesIO(data), rejects=rejects, dry_run=dry_run)
            except RefusedError as error:
                told.append(error.findings)
            else:
                whole = attrs.evolve(receipt, events=tuple(receipt.events))
                told += (str(receipt), repr(receipt), whole)
            told.append(None if rejects is None else rejects.getvalue())
    return (*told, tuple(ledger.events()), ledger.verify())
