"""Contract of reading: streams, bounds, waiting and closing."""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger._log.chain import Draft, Head, Row, Verification, genesis, link
from coopledger.errors import StoreError
from coopledger.stores import Store
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import anybody, append, draft, drafts, ids, numbered
from tests.contracts.store.logs import PATIENT, Logs, Opener

Content = tuple[str, str, int, str | None, bytes]

# No NUL and no lone surrogate: many databases store neither in text, and no codec makes them.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
CONTENTS = st.tuples(
    TEXTS, TEXTS, st.integers(1, 2**31 - 1), st.none() | TEXTS, st.binary(max_size=200)
)


class ReadingContract(Logs):
    """Rows come back as they were stored, in order, from one ledger only."""

    def test_a_ledger_without_events_ends_at_its_genesis(self, store: Store, ledger: str) -> None:
        assert store.head(ledger) == Head(position=0, chain=genesis(ledger), recorded_us=None)
        assert list(store.read(ledger)) == []
        assert store.find(ledger, ["e1"]) == {}
        assert ledger not in store.ledgers()
        assert verify_log(store, ledger) == Verification(0, None)

    def test_what_is_appended_is_read_back(self, store: Store, ledger: str) -> None:
        batch = [
            draft(ledger, "e1", type="meeting-held", v=2, effective="2022-08", payload=b'{"a":1}'),
            draft(ledger, "e2", payload=b"\x00\xff\xe1\xbb\x87"),
        ]

        rows = append(store, ledger, batch, clock_us=1_660_642_200_000_001)

        first = batch[0]
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
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        rows = append(store, ledger, numbered(ledger, 1, 3))
        another = open_again()

        assert tuple(another.read(ledger)) == rows
        assert another.head(ledger) == store.head(ledger)

    def test_reading_is_bounded_below_exclusively_and_above_inclusively(
        self, store: Store, ledger: str
    ) -> None:
        append(store, ledger, numbered(ledger, 1, 5))
        bounds = [(after, up_to) for after in range(-1, 7) for up_to in (None, *range(-1, 7))]

        positions = {
            (after, up_to): [row.position for row in store.read(ledger, after=after, up_to=up_to)]
            for after, up_to in bounds
        }

        assert positions == {
            (after, up_to): [
                position
                for position in range(1, 6)
                if after < position and (up_to is None or position <= up_to)
            ]
            for after, up_to in bounds
        }

    def test_a_reader_may_stop_early_and_others_go_on(self, store: Store, ledger: str) -> None:
        append(store, ledger, numbered(ledger, 1, 3))
        reader = store.read(ledger)
        first = next(reader)

        append(store, ledger, numbered(ledger, 4, 4))

        assert first.position == 1
        positions = [row.position for row in reader]
        assert positions in ([2, 3], [2, 3, 4])

    def test_a_writer_does_not_wait_for_a_reader_between_two_rows(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        append(store, ledger, numbered(ledger, 1, 3))
        reader = store.read(ledger)
        next(reader)
        with ThreadPoolExecutor(1) as threads:
            try:
                for number, writer in enumerate((store, open_again()), 4):
                    new = numbered(ledger, number, number)
                    appended = threads.submit(append, writer, ledger, new)
                    assert len(appended.result(timeout=self.timeout_seconds)) == 1
            finally:
                list(reader)  # lets a store go on that waits for its reader

    def test_a_long_log_is_read_whole(self, store: Store, ledger: str) -> None:
        append(store, ledger, numbered(ledger, 1, 1234))

        assert [row.position for row in store.read(ledger)] == list(range(1, 1235))
        assert [row.position for row in store.read(ledger, after=500, up_to=1000)] == [
            *range(501, 1001)
        ]

    def test_stored_ids_are_found_among_any_number_of_others(
        self, store: Store, ledger: str
    ) -> None:
        append(store, ledger, numbered(ledger, 1, 1200))
        event_ids = [f"e{number}" for number in range(0, 2400, 2)]

        rows = store.find(ledger, event_ids)

        assert set(rows) == {f"e{number}" for number in range(2, 1201, 2)}
        assert all(row.event_id == event_id for event_id, row in rows.items())
        assert rows["e1200"].position == 1200

    def test_finding_no_ids_finds_nothing(self, store: Store, ledger: str) -> None:
        append(store, ledger, numbered(ledger, 1, 1))

        assert store.find(ledger, []) == {}

    def test_ledgers_do_not_see_each_other(
        self, store: Store, ledger: str, new_ledger: Callable[[], str]
    ) -> None:
        other = new_ledger()
        append(store, ledger, numbered(ledger, 1, 3))

        rows = append(store, other, drafts(other, "e1"))

        assert rows[0].position == 1
        assert store.head(ledger).position == 3
        assert store.find(other, ["e1", "e2"]) == {"e1": rows[0]}
        assert ids(list(store.read(other))) == ["e1"]

    def test_ledgers_are_listed_in_code_point_order(self, own_store: Store) -> None:
        for name in ("Zet", "ab", "é", "a", "\U0001f600", "\uffee"):
            append(own_store, name, drafts(name, "e1"))

        assert own_store.ledgers() == ("Zet", "a", "ab", "é", "\uffee", "\U0001f600")

    def test_a_closed_store_refuses_every_call(self, own_store: Store) -> None:
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
            lambda: own_store.wait("l", after=1, seconds=0, stopped=Event()),
        ]

        for call in calls:
            with pytest.raises(StoreError):
                call()

    def test_a_reader_who_is_behind_does_not_wait(self, store: Store, ledger: str) -> None:
        append(store, ledger, numbered(ledger, 1, 2))

        assert store.wait(ledger, after=0, seconds=math.inf, stopped=Event())
        assert store.wait(ledger, after=1, seconds=math.inf, stopped=Event())

    def test_a_reader_waits_no_longer_than_it_likes(self, store: Store, ledger: str) -> None:
        assert not store.wait(ledger, after=0, seconds=0, stopped=Event())
        append(store, ledger, numbered(ledger, 1, 2))

        assert not store.wait(ledger, after=2, seconds=0, stopped=Event())
        assert not store.wait(ledger, after=2, seconds=0.02, stopped=Event())

    def test_a_waiting_reader_is_woken_by_what_another_appends(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        other, stopped = open_again(), Event()
        with ThreadPoolExecutor(1) as threads:
            for position in range(3):
                waiting = threads.submit(
                    store.wait, ledger, after=position, seconds=math.inf, stopped=stopped
                )
                append(other, ledger, numbered(ledger, position + 1, position + 1))
                wait([waiting], timeout=self.timeout_seconds)
                stopped.set()  # lets go of a store that is stuck; of others nobody waits any more
                assert waiting.result()
                stopped.clear()

    def test_a_waiting_reader_can_be_stopped_by_another_thread(
        self, store: Store, ledger: str
    ) -> None:
        stopped = Event()
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(store.wait, ledger, after=0, seconds=math.inf, stopped=stopped)
            stopped.set()

            assert not waiting.result(timeout=self.timeout_seconds)

    def test_any_content_comes_back_byte_for_byte(
        self, store: Store, new_ledger: Callable[[], str]
    ) -> None:
        @PATIENT
        @given(st.lists(CONTENTS, unique_by=lambda content: content[0], max_size=5))
        def comes_back(contents: list[Content]) -> None:
            ledger = new_ledger()
            append(store, ledger, [_draft(ledger, content) for content in contents])

            assert contents == [
                (row.event_id, row.type, row.v, row.effective, row.payload)
                for row in store.read(ledger)
            ]
            assert verify_log(store, ledger) == Verification(len(contents), None)

        comes_back()


def _draft(ledger: str, content: Content) -> Draft:
    event_id, type, v, effective, payload = content
    return draft(ledger, event_id, type=type, v=v, effective=effective, payload=payload)
