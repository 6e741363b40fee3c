"""Readers with a name follow a ledger, on every store and through both fronts."""

import math
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from coopledger import Ledger, events
from coopledger.errors import ArgumentError, CallOrderError, SubscriptionTakenError
from coopledger.stores import Store
from coopledger.subscriptions import Batch, Retry, Subscription
from tests.builders import Clock, office
from tests.fronts import front

__all__ = ["front"]

AT_ONCE = Retry(attempts=2, first_pause_seconds=0)
WORLD = 8  # events with which every office begins


@pytest.fixture(name="ledger")
def _ledger(store: Store, new_ledger: Callable[[], str]) -> Ledger:
    return office(store=store, name=new_ledger())


def note(ledger: Ledger, *texts: str) -> None:
    ledger.record(*(events.NoteAdded(subject="vnfr", text=text) for text in texts))


def stretches(batches: Iterator[Batch]) -> list[tuple[int, int]]:
    """Return the stretches of all batches, each saved."""
    pairs = list[tuple[int, int]]()
    for batch in batches:
        pairs.append((batch.after, batch.up_to))
        batch.save()
    return pairs


def caught_up(subscription: Subscription) -> Subscription:
    stretches(subscription.batches())
    return subscription


# --- batches


def test_every_event_is_in_one_batch_in_order(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", batch_size=3)

    batches = list(subscription.batches())

    assert [(each.after, each.up_to) for each in batches] == [(0, 3), (3, 6), (6, 8)]
    assert [found for batch in batches for found in batch.events] == list(ledger.events())


def test_a_batch_that_is_saved_comes_no_more_and_one_that_is_not_comes_again(
    ledger: Ledger,
) -> None:
    subscription = ledger.subscribe("mailer", batch_size=3)
    first, *_ = subscription.batches()
    first.save()

    assert stretches(subscription.batches()) == [(3, 6), (6, 8)]
    assert stretches(subscription.batches()) == []


def test_a_subscription_goes_on_where_it_was_in_another_program(
    ledger: Ledger, open_again: Callable[[], Store]
) -> None:
    caught_up(ledger.subscribe("mailer"))
    other = Ledger(open_again(), name=ledger.name)
    note(other, "later")

    found = list(other.subscribe("mailer").batches())

    assert [each.position for batch in found for each in batch.events] == [WORLD + 1]


def test_events_of_other_types_are_passed_over_and_the_place_moves_past_them(
    ledger: Ledger,
) -> None:
    note(ledger, "a", "b")
    subscription = ledger.subscribe(
        "mailer", types=[events.NoteAdded, events.PartnershipOpened], batch_size=3
    )

    found = list(subscription.batches())
    found[0].save()

    assert [(each.after, each.up_to) for each in found] == [(0, 9), (9, 10)]
    assert [type(each.event).__name__ for each in found[0].events] == [
        "PartnershipOpened",
        "PartnershipOpened",
        "NoteAdded",
    ]
    assert subscription.status.position == 9


def test_a_batch_without_a_wanted_event_moves_the_place_too(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", types=events.NoteAdded)

    [batch] = subscription.batches()
    batch.save()

    assert batch.events == ()
    assert subscription.status.lag == 0


def test_a_new_subscription_can_begin_with_what_is_recorded_from_now_on(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", after=ledger.position)
    note(ledger, "new")

    assert stretches(subscription.batches()) == [(WORLD, WORLD + 1)]
    assert stretches(ledger.subscribe("mailer", after=2).batches()) == []


def test_batches_end_where_asked(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", batch_size=3)

    assert stretches(subscription.batches(until=5)) == [(0, 3), (3, 5)]
    assert stretches(subscription.batches(until=5, wait_seconds=math.inf)) == []


def test_batches_are_saved_once_and_in_turn(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", batch_size=3)
    first, second, _ = subscription.batches()

    with pytest.raises(CallOrderError, match="4 to 6 is not what comes next after position 0"):
        second.save()
    first.save()
    with pytest.raises(CallOrderError, match="1 to 3 is not what comes next after position 3"):
        first.save()
    second.save()


def test_subscriptions_of_a_ledger_do_not_disturb_each_other(ledger: Ledger) -> None:
    mailer, board = ledger.subscribe("mailer"), ledger.subscribe("board", batch_size=5)

    assert stretches(mailer.batches()) == [(0, 8)]
    assert stretches(board.batches(until=5)) == [(0, 5)]
    assert [(each.name, each.lag) for each in ledger.subscriptions()] == [
        ("board", 3),
        ("mailer", 0),
    ]


def test_subscribing_records_nothing(ledger: Ledger) -> None:
    before = ledger.checkpoint()
    caught_up(ledger.subscribe("mailer"))

    assert ledger.checkpoint() == before


# --- one reader for each name


def test_whoever_subscribes_last_is_the_reader(
    ledger: Ledger, open_again: Callable[[], Store]
) -> None:
    first = ledger.subscribe("mailer", batch_size=3)
    batches = first.batches()
    batch = next(batches)

    second = Ledger(open_again(), name=ledger.name).subscribe("mailer")

    with pytest.raises(SubscriptionTakenError) as caught:
        batch.save()
    assert caught.value == SubscriptionTakenError(ledger.name, "mailer")
    for call in (lambda: next(batches), first.replay, lambda: list(first.parked())):
        with pytest.raises(SubscriptionTakenError):
            call()
    with pytest.raises(SubscriptionTakenError):
        first.run(lambda _: None)
    assert stretches(second.batches()) == [(0, 8)]
    assert first.status == second.status


def test_a_handler_that_was_overtaken_is_not_tried_again(ledger: Ledger) -> None:
    tried = list[Batch]()

    def handle(batch: Batch) -> None:
        tried.append(batch)
        ledger.subscribe("mailer")

    with pytest.raises(SubscriptionTakenError):
        ledger.subscribe("mailer").run(handle, retry=AT_ONCE)

    assert len(tried) == 1
    assert ledger.subscriptions()[0].position == 0


# --- replays


def test_a_replay_marks_what_came_before_and_no_batch_straddles_the_mark(ledger: Ledger) -> None:
    subscription = caught_up(ledger.subscribe("mailer", batch_size=3))
    note(ledger, "a", "b")

    subscription.replay(after=4)
    status = subscription.status
    found = list(subscription.batches())

    assert (status.position, status.reached, status.lag) == (4, 8, 6)
    assert [(each.after, each.up_to, each.replayed) for each in found] == [
        (4, 7, True),
        (7, 8, True),
        (8, 10, False),
    ]


def test_a_replay_that_is_given_up_goes_on_where_it_had_been(ledger: Ledger) -> None:
    subscription = caught_up(ledger.subscribe("mailer"))
    subscription.replay()
    subscription.replay(after=8)

    assert stretches(subscription.batches()) == []
    with pytest.raises(ArgumentError, match="after=9 is further than it has been"):
        subscription.replay(after=9)


def test_what_lies_before_the_beginning_of_a_subscription_counts_as_replayed(
    ledger: Ledger,
) -> None:
    subscription = ledger.subscribe("mailer", after=6)
    subscription.replay()

    assert [each.replayed for each in subscription.batches()] == [True, False]


# --- handlers


def failing(*numbers: int) -> Callable[[Batch], None]:
    """Return a handler that fails at the attempts of those numbers, from 1."""
    attempts = count(1)

    def handle(_: Batch) -> None:
        if (attempt := next(attempts)) in numbers:
            message = f"attempt {attempt} \x00\ud800"
            raise LookupError(message)

    return handle


def test_a_handler_is_given_each_batch_with_events_until_it_has_caught_up(ledger: Ledger) -> None:
    seen = list[int]()
    note(ledger, "a")
    subscription = ledger.subscribe("mailer", types=events.NoteAdded, batch_size=1)

    subscription.run(lambda batch: seen.extend(each.position for each in batch.events))
    caught_up(subscription)
    note(ledger, "b")
    ledger.record(events.PartyRenamed(party="vn", name="Việt Nam", when="2020"))
    subscription.run(lambda batch: seen.extend(each.position for each in batch.events))

    assert seen == [9, 10]
    assert subscription.status.position == 11


def test_a_handler_that_fails_is_tried_again(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer")

    subscription.run(failing(1), retry=AT_ONCE)

    status = subscription.status
    assert (status.position, status.failures, status.last_error) == (8, 0, None)


def test_a_handler_that_keeps_failing_stops_the_subscription_where_it_is(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", batch_size=3)

    with pytest.raises(LookupError, match="attempt 3"):
        subscription.run(failing(2, 3), retry=AT_ONCE)

    status = ledger.subscriptions()[0]
    assert (status.position, status.failures, status.last_error) == (
        3,
        2,
        "LookupError: attempt 3  ?",
    )
    assert str(status) == (
        "mailer: at position 3, 5 behind; failed 2 times: LookupError: attempt 3  ?"
    )
    subscription.run(failing())
    assert str(subscription.status) == "mailer: at position 8, 0 behind"


def test_a_batch_can_be_parked_and_dealt_with_later(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", batch_size=3)
    subscription.run(failing(2, 3, 4, 5), failing="park", retry=AT_ONCE)
    assert str(subscription.status) == "mailer: at position 8, 0 behind, 2 parked"

    first, second = subscription.parked()
    second.save()
    with pytest.raises(CallOrderError, match="batch 7 to 8 is parked no more"):
        second.save()

    assert (first.after, first.up_to, first.error, first.replayed) == (
        3,
        6,
        "LookupError: attempt 3  ?",
        False,
    )
    assert first.events == tuple(ledger.events(after=3))[:3]
    assert [each.after for each in subscription.parked()] == [3]
    assert [each.after for each in ledger.subscribe("mailer").parked()] == [3]


def test_a_batch_that_fails_in_a_replay_is_parked_as_what_it_was_at_first(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", batch_size=4)
    always = failing(*range(100))
    subscription.run(always, failing="park", retry=Retry(attempts=1), until=4)
    caught_up(subscription)

    subscription.replay()
    subscription.run(always, failing="park", retry=Retry(attempts=1))

    assert [(each.after, each.replayed) for each in subscription.parked()] == [
        (0, False),
        (4, True),
    ]


def test_a_parked_batch_holds_what_it_held_whatever_is_wanted_now(ledger: Ledger) -> None:
    note(ledger, "a")
    subscription = ledger.subscribe("mailer", types=[events.NoteAdded, events.PartnershipOpened])
    subscription.run(failing(1), failing="park", retry=Retry(attempts=1))
    [before] = subscription.parked()

    for types in (events.PartyRegistered, events.NoteAdded, None):
        [batch] = ledger.subscribe("mailer", types=types).parked()
        assert batch.events == before.events
    assert [type(each.event).__name__ for each in before.events] == [
        "PartnershipOpened",
        "PartnershipOpened",
        "NoteAdded",
    ]


def test_a_replay_passes_over_what_is_parked(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer", batch_size=3)
    subscription.run(failing(2), failing="park", retry=Retry(attempts=1))
    other = ledger.subscribe("mailer", batch_size=100)

    for after, found in ((0, [1, 2, 3, 7, 8]), (1, [2, 3, 7, 8]), (4, [7, 8]), (7, [8])):
        other.replay(after=after)
        batches = list(other.batches())
        assert [each.position for batch in batches for each in batch.events] == found
        assert all(batch.replayed for batch in batches)
    other.replay()
    assert stretches(other.batches(until=5)) == [(0, 3), (3, 5)]
    assert [(each.after, each.up_to) for each in other.parked()] == [(3, 6)]


def test_a_failure_after_the_batch_was_saved_is_raised_and_not_tried_again(
    ledger: Ledger,
) -> None:
    tried = list[Batch]()

    def handle(batch: Batch) -> None:
        batch.save()
        tried.append(batch)
        raise LookupError

    with pytest.raises(LookupError):
        ledger.subscribe("mailer").run(handle, failing="park", retry=AT_ONCE)

    assert len(tried) == 1
    [status] = ledger.subscriptions()
    assert (status.position, status.failures, status.last_error) == (8, 1, "LookupError: ")


# --- waiting


def test_a_subscription_that_waits_gets_what_is_recorded_until_it_is_stopped(
    ledger: Ledger,
) -> None:
    subscription = caught_up(ledger.subscribe("mailer"))
    came = threading.Semaphore(0)
    seen = list[int]()

    def handle(batch: Batch) -> None:
        seen.extend(each.position for each in batch.events)
        for _ in batch.events:
            came.release()

    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(subscription.run, handle, wait_seconds=math.inf)
        for text in ("a", "b", "c"):
            note(ledger, text)
            assert came.acquire(timeout=60)
        subscription.stop()
        running.result(timeout=60)

    assert seen == [9, 10, 11]
    assert list(subscription.batches()) == []


def test_a_pause_between_attempts_can_be_ended(ledger: Ledger) -> None:
    subscription = ledger.subscribe("mailer")

    def handle(_: Batch) -> None:
        subscription.stop()
        raise LookupError

    subscription.run(handle, retry=Retry(first_pause_seconds=math.inf))

    assert (subscription.status.position, subscription.status.failures) == (0, 1)


def test_a_ledger_in_another_program_need_not_have_read_what_a_reader_follows(
    ledger: Ledger, open_again: Callable[[], Store]
) -> None:
    other = Ledger(open_again(), name=ledger.name, clock=Clock())

    [batch] = other.subscribe("mailer").batches()

    assert batch.events == tuple(ledger.events())
