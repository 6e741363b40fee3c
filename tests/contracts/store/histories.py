"""Every store tells the same history as a plain list does."""

from collections.abc import Callable, Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger._log.chain import Head, Row, Verification, genesis
from coopledger.errors import StoreConflictError
from coopledger.stores import Store
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import drafts, ids
from tests.contracts.store.logs import PATIENT, Logs

REFUSAL = LookupError("what a writer raises is the writer's own")


@attrs.frozen
class _Attempt:
    """One append, by a writer who is `lag` positions behind and may refuse the rows of others."""

    ledger: int
    event_ids: list[str]
    clock_us: int
    lag: int
    refuses: bool


# Few ids, so that some come twice; few clock times, so that some stand still or run back.
ATTEMPTS = st.builds(
    _Attempt,
    ledger=st.integers(0, 1),
    event_ids=st.lists(st.sampled_from([f"e{number}" for number in range(12)]), max_size=4),
    clock_us=st.integers(-3, 30),
    lag=st.integers(0, 3),
    refuses=st.booleans(),
)


@attrs.define
class _Model:
    """Ledger as a plain list of (event id, record time)."""

    events: list[tuple[str, int]] = attrs.field(factory=list[tuple[str, int]])

    def refusal(self, attempt: _Attempt) -> type[Exception] | None:
        """Return the error of the attempt, if any; writers revise before ids are compared."""
        known = {event_id for event_id, _ in self.events}
        if not attempt.event_ids:
            return None
        if attempt.refuses and self.seen(attempt) < len(self.events):
            return LookupError
        unique = set(attempt.event_ids)
        if len(unique) < len(attempt.event_ids) or unique & known:
            return StoreConflictError
        return None

    def seen(self, attempt: _Attempt) -> int:
        """Return the position that the writer has seen."""
        return max(0, len(self.events) - attempt.lag)

    def append(self, attempt: _Attempt) -> None:
        """Keep the events of the attempt."""
        for event_id in attempt.event_ids:
            earliest = self.events[-1][1] + 1 if self.events else attempt.clock_us
            self.events.append((event_id, max(earliest, attempt.clock_us)))


def _append(store: Store, ledger: str, attempt: _Attempt, *, model: _Model) -> None:
    """Append, and check which rows of others the writer revises."""
    seen = model.seen(attempt)

    def revise(rows: Iterator[Row]) -> None:
        assert ids(list(rows)) == [event_id for event_id, _ in model.events[seen:]]
        if attempt.refuses:
            raise REFUSAL

    store.append(
        ledger,
        drafts(ledger, *attempt.event_ids),
        seen=seen,
        clock_us=attempt.clock_us,
        revise=revise,
    )


def _check(store: Store, ledger: str, events: list[tuple[str, int]]) -> None:
    rows = list(store.read(ledger))

    assert [(row.event_id, row.recorded_us) for row in rows] == events
    assert [row.position for row in rows] == list(range(1, len(events) + 1))
    assert store.find(ledger, [f"e{number}" for number in range(12)]) == {
        row.event_id: row for row in rows
    }
    assert (ledger in store.ledgers()) == bool(events)
    assert store.head(ledger) == (
        Head(position=len(rows), chain=rows[-1].chain, recorded_us=rows[-1].recorded_us)
        if rows
        else Head(position=0, chain=genesis(ledger), recorded_us=None)
    )
    assert verify_log(store, ledger) == Verification(len(events), None)


class HistoriesContract(Logs):
    """After any attempts, the store holds the same events as a plain list."""

    def test_a_random_history_is_the_one_that_a_plain_list_tells(
        self, store: Store, new_ledger: Callable[[], str]
    ) -> None:
        @PATIENT
        @given(st.lists(ATTEMPTS, max_size=12))
        def is_the_one(attempts: list[_Attempt]) -> None:
            models = {new_ledger(): _Model(), new_ledger(): _Model()}
            names = list(models)
            for attempt in attempts:
                ledger = names[attempt.ledger]
                _attempt(store, ledger, attempt, model=models[ledger])
                for name, each in models.items():
                    _check(store, name, each.events)

        is_the_one()


def _attempt(store: Store, ledger: str, attempt: _Attempt, *, model: _Model) -> None:
    """Append, or expect the refusal of the model."""
    refusal = model.refusal(attempt)
    if refusal is None:
        _append(store, ledger, attempt, model=model)
        model.append(attempt)
    else:
        with pytest.raises(refusal):
            _append(store, ledger, attempt, model=model)
