"""Contract of appending, for those who write."""

from collections.abc import Iterator

import pytest

from coopledger._log.chain import Head, Row, Verification
from coopledger.errors import DamagedLogError, FieldError, StoreConflictError
from coopledger.stores import Store
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import anybody, append, drafts, ids, nobody_else, numbered
from tests.contracts.store.logs import Logs

EARLIEST_US, LATEST_US = -(2**63), 2**63 - 1
REFUSAL = LookupError("what a writer raises is the writer's own")


def _refuse(rows: Iterator[Row]) -> None:  # noqa: ARG001 - as a store calls it
    raise REFUSAL


class AppendingContract(Logs):
    """All of a batch is stored or none, after the head, under an id that is new."""

    def test_positions_go_on_where_the_last_append_ended(self, store: Store, ledger: str) -> None:
        append(store, ledger, numbered(ledger, 1, 2))

        rows = append(store, ledger, numbered(ledger, 3, 4))

        assert [row.position for row in rows] == [3, 4]
        last = rows[-1]
        assert store.head(ledger) == Head(
            position=4, chain=last.chain, recorded_us=last.recorded_us
        )

    def test_record_times_are_the_clocks_and_strictly_increase(
        self, store: Store, ledger: str
    ) -> None:
        clocks = [-5, -5, 100, 7]

        for number, clock_us in enumerate(clocks, 1):
            append(store, ledger, numbered(ledger, number, number), clock_us=clock_us)
        append(store, ledger, numbered(ledger, 5, 7), clock_us=200)

        assert [row.recorded_us for row in store.read(ledger)] == [-5, -4, 100, 101, 200, 201, 202]

    @pytest.mark.parametrize("clock_us", [EARLIEST_US, LATEST_US - 1])
    def test_record_times_may_lie_at_the_ends_of_64_bits(
        self, store: Store, ledger: str, clock_us: int
    ) -> None:
        rows = append(store, ledger, drafts(ledger, "e1"), clock_us=clock_us)

        assert tuple(store.read(ledger)) == rows
        assert rows[0].recorded_us == clock_us

    @pytest.mark.parametrize("clock_us", [EARLIEST_US - 1, LATEST_US + 1])
    def test_record_times_beyond_64_bits_are_refused(
        self, store: Store, ledger: str, clock_us: int
    ) -> None:
        with pytest.raises(FieldError, match="E106"):
            append(store, ledger, drafts(ledger, "e1"), clock_us=clock_us)

        assert store.head(ledger).position == 0

    def test_after_the_last_record_time_of_64_bits_nothing_can_follow(
        self, store: Store, ledger: str
    ) -> None:
        append(store, ledger, drafts(ledger, "e1"), clock_us=LATEST_US - 1)

        with pytest.raises(FieldError, match="E106"):
            append(store, ledger, drafts(ledger, "e2"), clock_us=0)

        assert store.head(ledger).position == 1

    def test_an_id_that_is_stored_is_refused_by_name_and_the_whole_batch_with_it(
        self, store: Store, ledger: str
    ) -> None:
        before = append(store, ledger, numbered(ledger, 1, 2))

        with pytest.raises(StoreConflictError, match="e2"):
            append(store, ledger, drafts(ledger, "e3", "e2", "e4"))

        assert tuple(store.read(ledger)) == before
        assert store.head(ledger).position == 2

    def test_an_id_given_twice_is_refused_by_name(self, store: Store, ledger: str) -> None:
        with pytest.raises(StoreConflictError, match="e1"):
            append(store, ledger, drafts(ledger, "e1", "e2", "e1"))

        assert list(store.read(ledger)) == []

    def test_a_refused_append_leaves_the_way_free(self, store: Store, ledger: str) -> None:
        append(store, ledger, numbered(ledger, 1, 1))
        with pytest.raises(StoreConflictError):
            append(store, ledger, drafts(ledger, "e2", "e1"))

        rows = append(store, ledger, drafts(ledger, "e2"))

        assert rows[0].position == 2
        assert verify_log(store, ledger) == Verification(2, None)

    def test_without_drafts_nothing_happens(self, store: Store, ledger: str) -> None:
        append(store, ledger, numbered(ledger, 1, 2))

        rows = store.append(ledger, [], seen=0, clock_us=0, revise=nobody_else).rows

        assert rows == ()
        assert store.head(ledger).position == 2

    def test_a_writer_who_saw_the_head_is_not_asked_to_revise(
        self, store: Store, ledger: str
    ) -> None:
        append(store, ledger, numbered(ledger, 1, 2))

        store.append(ledger, numbered(ledger, 3, 3), seen=2, clock_us=0, revise=_refuse)

        assert store.head(ledger).position == 3

    def test_a_writer_who_is_behind_revises_what_others_appended(
        self, store: Store, ledger: str
    ) -> None:
        append(store, ledger, numbered(ledger, 1, 5))
        revised: list[Row] = []

        rows = store.append(
            ledger, drafts(ledger, "mine"), seen=2, clock_us=0, revise=revised.extend
        ).rows

        assert ids(revised) == ["e3", "e4", "e5"]
        assert rows[0].position == 6

    def test_a_writer_may_refuse_after_revising_and_nothing_is_stored(
        self, store: Store, ledger: str
    ) -> None:
        before = append(store, ledger, numbered(ledger, 1, 5))

        with pytest.raises(LookupError) as refused:
            store.append(ledger, drafts(ledger, "mine"), seen=4, clock_us=0, revise=_refuse)

        assert refused.value is REFUSAL
        assert tuple(store.read(ledger)) == before
        assert append(store, ledger, drafts(ledger, "mine"))[0].position == 6

    def test_a_writer_may_look_at_the_store_while_revising(self, store: Store, ledger: str) -> None:
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
        self, store: Store, ledger: str
    ) -> None:
        append(store, ledger, numbered(ledger, 1, 2))

        with pytest.raises(DamagedLogError) as damaged:
            store.append(ledger, drafts(ledger, "e3"), seen=4, clock_us=0, revise=anybody)

        assert damaged.value.position == 3
        assert store.head(ledger).position == 2
