"""Recorder: others who record in the same log, interruptions, ids, record times and receipts."""

from collections.abc import Iterator, Sequence
from typing import Never

import pytest

from coopledger import Ledger, Receipt, events
from coopledger._ids import time_ordered
from coopledger.errors import (
    DamagedLogError,
    NewerLogError,
    PositionMovedError,
    RefusedError,
)
from coopledger.events import Event
from coopledger.stores import Draft, MemoryStore, Row, digest
from coopledger.stores.protocol import Appended, Names, Revise
from tests.builders import NAME, Clock, numbered, office, rows
from tests.contracts.tampered_stores import TamperedMemory

TALKS = events.MeetingHeld(id="t", meeting="m1", kind="talks", partnership="vnfr", when="2022")


def note(text: str, *, id: str | None = None) -> Event:
    return events.NoteAdded(id=id, subject="vnfr", text=text)


def second(store: MemoryStore) -> Ledger:
    """Return another ledger object on the same log, as another process has one."""
    return Ledger(store, name=NAME, clock=Clock(), ids=numbered("other-"))


class Overtaken(MemoryStore):
    """Store where another writer is always faster: it appends before each append."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: list[Event] = []

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        pending, self.meanwhile = self.meanwhile, []
        if pending:
            second(self).record(*pending)
        return super().append(
            ledger, drafts, seen=seen, clock_us=clock_us, revise=revise, rests_on=rests_on
        )


# --- others who record


def test_each_sees_what_the_other_recorded() -> None:
    store = MemoryStore()
    first = office(store=store)
    other = second(store)
    other.record(TALKS)

    assert first.view().meeting("m1").status == "held"
    assert first.record(TALKS).replayed
    first.record(note("a", id="n"))
    assert [item.id for item in other.events(after=first.position - 2)] == ["t", "n"]


def test_events_are_tried_again_on_what_came_in_before_they_were_stored() -> None:
    store = Overtaken()
    ledger = office(store=store)
    store.meanwhile = [TALKS]
    expected = rows(store)

    with pytest.raises(RefusedError, match=r"^E303 MeetingHeld 'mine': meeting: 'm1' was held"):
        ledger.record(
            events.MeetingHeld(
                id="mine", meeting="m1", kind="talks", partnership="vnfr", when="2021"
            )
        )

    assert [row.event_id for row in rows(store)[len(expected) :]] == ["t"]
    assert ledger.record(note("a")).events[0].position == ledger.position


def test_warnings_speak_of_what_came_in_before_the_events_were_stored() -> None:
    store = Overtaken()
    ledger = office(
        events.InstrumentRegistered(instrument="x", partnership="vnfr", kind="project"),
        store=store,
    )
    store.meanwhile = [events.InstrumentSigned(instrument="x", when="2020-01-01")]

    receipt = ledger.record(
        events.InstrumentExtended(instrument="x", until="2025", when="2021-01-01", source="minutes")
    )

    assert receipt.warnings == ()  # Before, it would have been W501: nobody had signed it.


def test_the_same_events_recorded_meanwhile_by_another_are_not_stored_twice() -> None:
    store = Overtaken()
    ledger = office(store=store)
    store.meanwhile = [TALKS]

    receipt = ledger.record(TALKS)

    assert receipt.replayed
    assert [row.event_id for row in rows(store)].count("t") == 1


def test_one_who_is_refused_and_then_overtaken_learns_that_the_event_is_recorded() -> None:
    store = Overtaken()
    ledger = office(store=store)
    about = events.NoteAdded(id="about", subject="m1", text="a")
    second(store).record(TALKS)  # Until the ledger looks, m1 is unknown to it.
    store.meanwhile = [about]

    receipt = ledger.record(about)

    assert receipt.replayed
    assert [row.event_id for row in rows(store)].count("about") == 1


def test_an_expected_position_that_moved_refuses_and_changes_nothing() -> None:
    store = Overtaken()
    ledger = office(store=store)
    start = ledger.position
    with pytest.raises(PositionMovedError) as early:
        ledger.record(TALKS, expect=start - 1)
    store.meanwhile = [note("a")]
    with pytest.raises(PositionMovedError) as late:
        ledger.record(TALKS, expect=start)

    assert early.value == PositionMovedError(NAME, start - 1, start)
    assert late.value == PositionMovedError(NAME, start, start + 1)
    assert ledger.record(TALKS, expect=start + 1).events[0].position == start + 2


def test_one_who_expects_a_position_is_told_at_once_that_others_came_first() -> None:
    store = MemoryStore()
    ledger = office(store=store)
    start = ledger.position
    second(store).record(note("a"))

    with pytest.raises(PositionMovedError):
        ledger.record(TALKS, expect=start)
    assert ledger.record(TALKS, expect=start + 1).replayed is False


# --- interruptions


class Interrupted(MemoryStore):
    """Store in which the next append is interrupted, before or after it is done."""

    def __init__(self) -> None:
        super().__init__()
        self.at: str | None = None

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        at, self.at = self.at, None
        if at == "before":
            raise KeyboardInterrupt
        new_rows = super().append(
            ledger, drafts, seen=seen, clock_us=clock_us, revise=revise, rests_on=rests_on
        )
        if at == "after":
            raise KeyboardInterrupt
        return new_rows


@pytest.mark.parametrize("at", ["before", "after"])
def test_after_an_interruption_the_ledger_knows_what_the_log_holds(at: str) -> None:
    store = Interrupted()
    ledger = office(store=store)
    view = ledger.view()
    store.at = at

    with pytest.raises(KeyboardInterrupt):
        ledger.record(TALKS)

    assert [item.id for item in ledger.events()] == [row.event_id for row in rows(store)]
    assert ledger.record(TALKS).replayed is (at == "after")
    assert ledger.view().meeting("m1").status == "held"
    assert view.meetings() == ()


# --- logs that cannot be read


def append_foreign(store: MemoryStore, *, type: str, v: int, payload: bytes) -> None:
    """Append a row that no ledger would write."""
    content = digest(NAME, event_id="odd", type=type, v=v, effective=None, payload=payload)
    draft = Draft(event_id="odd", type=type, v=v, effective=None, payload=payload, digest=content)
    seen = store.head(NAME).position

    def revise(_: Iterator[Row]) -> Never:
        pytest.fail("nobody else is writing here")

    store.append(NAME, [draft], seen=seen, clock_us=0, revise=revise)


@pytest.mark.parametrize(
    ("type", "payload", "reason"),
    [
        (
            "note-added",
            b"[]",
            (
                "cannot be read: E106 NoteAdded 'odd': the payload is no object of the event's "
                "fields, the id apart"
            ),
        ),
        (
            "note-added",
            b'{"subject":"vnfr"}',
            "cannot be read: E105 NoteAdded 'odd': 'text' is missing: NoteAdded needs it",
        ),
        (
            "note-added",
            b'{"subject":"vnfr","text":5}',
            "cannot be read: E106 NoteAdded 'odd': text: 5 is no text",
        ),
    ],
)
def test_a_payload_that_is_no_event_is_damage(type: str, payload: bytes, reason: str) -> None:
    store = MemoryStore()
    office(store=store)
    append_foreign(store, type=type, v=1, payload=payload)

    with pytest.raises(DamagedLogError) as damaged:
        list(second(store).events())

    assert damaged.value == DamagedLogError(NAME, 9, reason)


@pytest.mark.parametrize(
    ("type", "v", "item"),
    [
        ("note-added", 3, "event type 'note-added' version 3"),
        ("note-sung", 1, "event type 'note-sung' version 1"),
    ],
)
def test_what_a_newer_version_wrote_is_never_guessed_at(type: str, v: int, item: str) -> None:
    store = MemoryStore()
    office(store=store)
    append_foreign(store, type=type, v=v, payload=b"{}")

    with pytest.raises(NewerLogError) as newer:
        list(second(store).events())

    assert newer.value.found == item
    assert str(newer.value).endswith("upgrade coopledger")


# --- ids and record times


def test_ids_are_made_only_for_events_that_bring_none() -> None:
    ledger = Ledger.in_memory(ids=numbered(), clock=Clock())

    receipt = ledger.record(
        events.PartyRegistered(id="mine", party="a", name="A", kind="state"),
        events.PartyRegistered(party="b", name="B", kind="state"),
    )

    assert [item.id for item in receipt.events] == ["mine", "e1"]


@pytest.mark.parametrize("us", [-62_135_596_800_000_000, -1, 0, 1, 253_402_300_799_999_999])
def test_ids_made_by_time_sort_as_the_times_do(us: int) -> None:
    ids = [time_ordered(us + ahead) for ahead in (0, 1, 2)]

    assert ids == sorted(ids)
    assert {len(name) for name in ids} == {26}
    assert time_ordered(us) != time_ordered(us)


def test_ids_made_for_one_batch_keep_its_order() -> None:
    ledger = Ledger.in_memory(clock=Clock())
    receipt = ledger.record(
        *(
            events.PartyRegistered(party=f"p{number}", name="A", kind="state")
            for number in range(20)
        )
    )
    ids = [item.id for item in receipt.events]

    assert ids == sorted(ids)


def test_record_times_strictly_increase_though_the_clock_runs_back() -> None:
    clock = Clock("2030-01-01T12:00:00+00:00")
    ledger = Ledger.in_memory(clock=clock)
    notes = [events.PartyRegistered(party=f"p{n}", name="A", kind="state") for n in range(4)]
    first = ledger.record(notes[0], notes[1])
    clock.set("2029-01-01T12:00:00+00:00")
    second_receipt = ledger.record(notes[2])
    clock.set("2031-01-01T12:00:00+00:00")
    third = ledger.record(notes[3])
    times = [
        item.recorded_us for receipt in (first, second_receipt, third) for item in receipt.events
    ]

    assert [time - times[0] for time in times] == [0, 1, 2, 365 * 86_400_000_000]
    assert str(first.events[0].recorded_at) == "2030-01-01 12:00:00+00:00"


def test_a_day_of_recording_is_that_of_the_ledgers_zone() -> None:
    clock = Clock("2030-01-01T17:30:00+00:00")  # 00:30 on the 2nd in Hanoi
    hanoi = Ledger.in_memory(timezone="Asia/Ho_Chi_Minh", clock=clock)
    utc = Ledger.in_memory(clock=clock)
    registered = events.PartyRegistered(
        party="vn", name="Viet Nam", kind="state", when="2030-01-02"
    )

    hanoi.record(registered)
    with pytest.raises(RefusedError, match=r"^E101"):
        utc.record(registered)


# --- receipts


def test_a_dry_run_gives_the_receipt_and_stores_nothing() -> None:
    store = MemoryStore()
    ledger = office(store=store)
    before = rows(store)

    trial = ledger.record(TALKS, note("a", id="n"), dry_run=True)

    assert rows(store) == before
    receipt = ledger.record(TALKS, note("a", id="n"))
    assert known_to_a_dry_run(trial) == known_to_a_dry_run(receipt)
    assert {item.digest for item in trial.events} == {b""}


def known_to_a_dry_run(receipt: Receipt) -> list[tuple[int, int, Event]]:
    """Return the part of a receipt that a dry run can know."""
    return [(item.position, item.recorded_us, item.event) for item in receipt.events]


def test_a_dry_run_of_what_is_recorded_says_so() -> None:
    ledger = office(TALKS)

    assert ledger.record(TALKS, dry_run=True).replayed


def test_an_event_may_rest_on_another_of_its_batch() -> None:
    ledger = office()

    receipt = ledger.record(
        events.InstrumentRegistered(instrument="x", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(id="s", instrument="x", when="2020-01-01"),
        events.EventCorrected(target="s", changes={"when": "2020-01-02"}, reason="a slip"),
    )

    assert len(receipt.events) == 3
    assert str(ledger.view().instrument("x").since) == "2020-01-02"


def test_one_id_given_twice_in_a_batch_is_refused() -> None:
    with pytest.raises(RefusedError) as error:
        office().record(note("a", id="n"), note("b", id="n"))

    assert str(error.value) == "E107 NoteAdded 'n': id: is given twice: give each event its own"


def test_recording_nothing_gives_an_empty_receipt() -> None:
    ledger = office()
    before = ledger.position

    receipt = ledger.record()

    assert (receipt.events, receipt.warnings, receipt.replayed) == ((), (), False)
    assert ledger.position == before


def test_who_records_is_kept_unless_the_event_says_another() -> None:
    ledger = office()
    mine = events.NoteAdded(id="b", subject="vnfr", text="b", recorded_by="lan")

    receipt = ledger.record(note("a", id="a"), mine, by="hop")

    assert [item.event.recorded_by for item in receipt.events] == ["hop", "lan"]


@pytest.mark.parametrize("missing", range(1, 8))
def test_a_log_in_which_a_row_is_missing_is_not_read_on(missing: int) -> None:
    store = TamperedMemory()
    office(store=store)
    remaining = [row for row in rows(store) if row.position != missing]
    store.lay(NAME, remaining)

    with pytest.raises(DamagedLogError, match=f"position {missing}: missing: position"):
        list(second(store).events())
    with pytest.raises(DamagedLogError, match="missing: "):
        second(store).check()
