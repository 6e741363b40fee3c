"""Ledgers in one store know nothing of each other, in every store.

"Many ledgers in one database, isolated: no call of one can see or disturb another."
"""

from collections.abc import Callable, Sequence
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopledger import Ledger, Ledgers, Verification
from coopledger.errors import NewerLogError, StoreBusyError
from coopledger.events import Event
from coopledger.stores import Draft, MemoryStore, Store
from tests.builders import WORLD, Clock, rows
from tests.contracts.drafts import append, draft, drafts
from tests.laws.answers import answers
from tests.laws.histories import histories, record_valid
from tests.servers import Schema, new_schema
from tests.strategies import GIVEN

DAY = "2031-01-01"
History = Sequence[Event]


def opened(store: Store) -> Ledgers:
    return Ledgers(store, clock=Clock())


def alone(name: str, history: History) -> Ledger:
    """Record the history in a ledger that shares its store with no other."""
    ledger = opened(MemoryStore()).named(name)
    record_valid(ledger, *WORLD, *GIVEN, *history)
    return ledger


def interleaved(ledgers: Sequence[Ledger], both: Sequence[History], turns: Sequence[int]) -> None:
    """Offer the acts of the histories to their ledgers in turns; then the rest in order."""
    queues = [iter((*WORLD, *GIVEN, *history)) for history in both]
    for turn in turns:
        record_valid(ledgers[turn], *filter(None, [next(queues[turn], None)]))
        ledgers[1 - turn].view(on=DAY).partnerships()
    for acts in zip_longest(*queues):
        for ledger, act in zip(ledgers, acts, strict=True):
            if act is not None:
                record_valid(ledger, act)


@settings(max_examples=25)  # each folds four histories, in every kind of store
@given(both=st.tuples(histories, histories), turns=st.lists(st.integers(0, 1), max_size=30))
def test_interleaved_histories_give_each_ledger_the_answers_of_its_own_alone(
    store: Store,
    new_ledger: Callable[[], str],
    both: tuple[History, History],
    turns: list[int],
) -> None:
    names = new_ledger(), new_ledger()
    ledgers = opened(store)

    interleaved([ledgers.named(name) for name in names], both, turns)

    for name, history in zip(names, both, strict=True):
        ledger, expected = ledgers[name], alone(name, history)
        assert list(ledger.events()) == list(expected.events())
        assert answers(ledger.view(on=DAY)) == answers(expected.view(on=DAY))
        assert ledger.checkpoint() == expected.checkpoint()
        assert ledger.verify() == Verification(expected.position, None)


def test_two_ledgers_may_hold_the_same_ids(store: Store, new_ledger: Callable[[], str]) -> None:
    ledgers = opened(store)
    first, second = ledgers.named(new_ledger()), ledgers.named(new_ledger())

    for ledger in (first, second):
        ledger.record(*WORLD)

    assert [each.event for each in first.events()] == [each.event for each in second.events()]
    assert [row.event_id for row in rows(store, first.name)] == [event.id for event in WORLD]
    assert first.record(*WORLD).replayed
    assert first.checkpoint().chain != second.checkpoint().chain


def unreadable(ledger: str) -> Draft:
    """Return an event of a later version, which cannot be decoded."""
    return draft(ledger, "e1", v=99)


def test_to_list_a_thousand_ledgers_and_to_use_one_reads_none_of_the_others(
    own_store: Store,
) -> None:
    """Every other ledger holds an event that cannot be decoded."""
    others = [f"other-{number:03}" for number in range(999)]
    for name in others:
        append(own_store, name, [unreadable(name)])
    ledgers = opened(own_store)
    ledgers.named("mine").record(*WORLD)

    assert len(ledgers) == 1000
    assert list(ledgers) == ["mine", *others]
    assert "other-500" in ledgers
    assert len(ledgers["mine"].view(on=DAY).partnerships()) == 2
    with pytest.raises(NewerLogError):
        ledgers["other-500"].view(on=DAY)


@pytest.fixture
def schema() -> Schema:
    return new_schema()


def test_on_postgresql_nobody_waits_for_another_ledger(schema: Schema) -> None:
    """Another transaction holds one ledger; the other ledger goes on through the same pool."""
    with Ledgers(schema.open(lock_timeout_seconds=0.3), clock=Clock()) as ledgers:
        for name in ("held", "free"):
            ledgers.named(name).record(*WORLD)
        with schema.connect() as other, other.transaction():
            locked = other.execute("SELECT FROM head WHERE ledger = 'held' FOR UPDATE")
            assert locked.rowcount == 1

            with pytest.raises(
                StoreBusyError, match="another transaction held the lock for too long"
            ):
                ledgers["held"].record(*GIVEN)
            assert ledgers["held"].position == len(WORLD)
            assert ledgers["free"].record(*GIVEN).events[-1].position == len(WORLD) + len(GIVEN)
        assert ledgers["held"].record(*GIVEN).events[-1].position == len(WORLD) + len(GIVEN)


def test_on_postgresql_a_new_ledger_begins_while_another_begins(schema: Schema) -> None:
    with (
        schema.open(lock_timeout_seconds=0.3) as store,
        schema.connect() as other,
        other.transaction(),
    ):
        other.execute("INSERT INTO head (ledger, position, chain) VALUES ('held', 0, sha256('x'))")

        assert append(store, "free", drafts("free", "e1"))[0].position == 1
