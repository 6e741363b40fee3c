"""Every store tells the same history as a plain list does."""

from collections.abc import Callable, Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger.errors import StoreConflictError
from coopledger.stores import Head, Row, Store, Verification, genesis, verify_log
from tests.contracts.drafts import drafts, ids


class Refused(Exception):  # noqa: N818 - what a caller raises is the caller's own
    pass


@attrs.frozen
class Attempt:
    """One append: by a writer who is `lag` positions behind and may refuse what it finds."""

    ledger: int
    event_ids: list[str]
    clock_us: int
    lag: int
    refuses: bool


# Few ids, so that some come twice; few clock times, so that some stand still or run back.
ATTEMPTS = st.builds(
    Attempt,
    ledger=st.integers(0, 1),
    event_ids=st.lists(st.sampled_from([f"e{number}" for number in range(12)]), max_size=4),
    clock_us=st.integers(-3, 30),
    lag=st.integers(0, 3),
    refuses=st.booleans(),
)


@attrs.define
class Model:
    """A ledger as a plain list of (event id, record time)."""

    events: list[tuple[str, int]] = attrs.field(factory=list[tuple[str, int]])

    def refusal(self, attempt: Attempt) -> type[Exception] | None:
        """What the attempt raises, if anything; writers are asked before ids are compared."""
        known = {event_id for event_id, _ in self.events}
        if not attempt.event_ids:
            return None
        if attempt.refuses and self.seen(attempt) < len(self.events):
            return Refused
        unique = set(attempt.event_ids)
        if len(unique) < len(attempt.event_ids) or unique & known:
            return StoreConflictError
        return None

    def seen(self, attempt: Attempt) -> int:
        return max(0, len(self.events) - attempt.lag)

    def append(self, attempt: Attempt) -> None:
        for event_id in attempt.event_ids:
            earliest = self.events[-1][1] + 1 if self.events else attempt.clock_us
            self.events.append((event_id, max(earliest, attempt.clock_us)))


def attempt_append(store: Store, ledger: str, attempt: Attempt, *, model: Model) -> None:
    """Appends, and checks what the writer is told about others."""
    seen = model.seen(attempt)

    def revise(rows: Iterator[Row]) -> None:
        assert ids(list(rows)) == [event_id for event_id, _ in model.events[seen:]]
        if attempt.refuses:
            raise Refused

    store.append(
        ledger,
        drafts(ledger, *attempt.event_ids),
        seen=seen,
        clock_us=attempt.clock_us,
        revise=revise,
    )


@given(st.lists(ATTEMPTS, max_size=12))
def test_a_random_history_is_the_one_that_a_plain_list_tells(
    store: Store, new_ledger: Callable[[], str], attempts: list[Attempt]
) -> None:
    models = {new_ledger(): Model(), new_ledger(): Model()}
    names = list(models)
    for attempt in attempts:
        ledger = names[attempt.ledger]
        model = models[ledger]
        refusal = model.refusal(attempt)
        if refusal is None:
            attempt_append(store, ledger, attempt, model=model)
            model.append(attempt)
        else:
            with pytest.raises(refusal):
                attempt_append(store, ledger, attempt, model=model)

        for name, each in models.items():
            check(store, name, each.events)


def check(store: Store, ledger: str, events: list[tuple[str, int]]) -> None:
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
