"""Arguments of subscribing, and of the calls of a subscription, are read strictly."""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from coopledger import Recorded, events
from coopledger.errors import ArgumentError
from coopledger.subscriptions import Batch, Retry, Subscription
from tests.builders import office

Call = Callable[[Any], object]


async def later(_: Batch) -> None:
    """Do nothing: a handler whose body would never run."""


def one_by_one(batch: Batch) -> Iterator[Recorded]:
    yield from batch.events


class Later:
    async def __call__(self, _: Batch) -> None:
        """Do nothing: the body of this one would never run either."""


# The arguments are wrong, and no type checker is to say so.
SUBSCRIBE: list[tuple[Call, str]] = [
    (lambda ledger: ledger.subscribe(5), "name=5 is no id: give it as text"),
    (lambda ledger: ledger.subscribe(" "), "name=' ' is no text: say something"),
    (lambda ledger: ledger.subscribe("m", types="note-added"), "types='note-added' is no event"),
    (lambda ledger: ledger.subscribe("m", types=events.Event), "is no event type of this ledger"),
    (lambda ledger: ledger.subscribe("m", types=[[]]), "types=[] is no event type"),
    (lambda ledger: ledger.subscribe("m", types=[]), "types=[] names no event type"),
    (lambda ledger: ledger.subscribe("m", types={events.NoteAdded}), "has no order"),
    (lambda ledger: ledger.subscribe("m", after=-1), "after=-1 is less than 0"),
    (
        lambda ledger: ledger.subscribe("m", after=9),
        "after=9 is beyond the last event, which is at position 8",
    ),
    (lambda ledger: ledger.subscribe("m", batch_size=0), "batch_size=0 is less than 1"),
]
READ: list[tuple[Call, str]] = [
    (lambda subscription: subscription.batches(wait_seconds=-1), "wait_seconds=-1 is no length"),
    (
        lambda subscription: subscription.batches(wait_seconds=math.nan),
        "wait_seconds=nan is no length",
    ),
    (
        lambda subscription: subscription.batches(wait_seconds=True),
        "wait_seconds=True is no number of seconds",
    ),
    (lambda subscription: subscription.batches(until="3"), "until='3' is no whole number"),
    (lambda subscription: subscription.run(None), "handle=None is nothing that can be called"),
    (lambda subscription: subscription.run(later), "would never run"),
    (lambda subscription: subscription.run(partial(one_by_one)), "run: give a plain function"),
    (lambda subscription: subscription.run(Later()), "on asyncio, subscribe by coopledger.aio"),
    (
        lambda subscription: subscription.run(print, failing="skip"),
        "failing='skip' is neither 'stop' nor 'park'",
    ),
    (lambda subscription: subscription.run(print, retry=3), "retry=3 is no Retry"),
    (
        lambda subscription: subscription.run(print, wait_seconds="1"),
        "wait_seconds='1' is no number of seconds",
    ),
    (lambda subscription: subscription.replay(after=None), "after=None is no whole number"),
]
RETRY: list[tuple[Callable[[], object], str]] = [
    (lambda: Retry(attempts=0), "attempts=0 is less than 1"),
    (lambda: Retry(first_pause_seconds=-1), "first_pause_seconds=-1 is no length"),
    (lambda: Retry(longest_pause_seconds=math.nan), "longest_pause_seconds=nan is no length"),
]


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(ArgumentError) as error:
        call()
    return str(error.value)


@pytest.mark.parametrize(("call", "words"), SUBSCRIBE, ids=[words for _, words in SUBSCRIBE])
def test_a_subscription_that_cannot_be_is_refused_and_leaves_no_trace(
    call: Call, words: str
) -> None:
    ledger = office()

    assert words in refusal(lambda: call(ledger))
    assert ledger.subscriptions() == ()


@pytest.mark.parametrize(("call", "words"), READ, ids=[words for _, words in READ])
def test_an_argument_of_a_subscription_is_named(call: Call, words: str) -> None:
    subscription = office().subscribe("mailer")

    assert words in refusal(lambda: call(subscription))


@pytest.mark.parametrize(("call", "words"), RETRY, ids=[words for _, words in RETRY])
def test_a_retry_that_cannot_be_is_refused(call: Callable[[], object], words: str) -> None:
    assert words in refusal(call)


def test_pauses_double_up_to_the_longest() -> None:
    retry = Retry(attempts=5, first_pause_seconds=1, longest_pause_seconds=3)

    assert list(retry.pauses()) == [1, 2, 3, 3]


def test_a_subscription_is_shown_with_its_name() -> None:
    subscription = office().subscribe("mailer")

    assert isinstance(subscription, Subscription)
    assert repr(subscription) == "Subscription('mailer')"


def pass_on_later(batch: Batch) -> object:
    return later(batch)


def pass_on_one_by_one(batch: Batch) -> object:
    return one_by_one(batch)


@pytest.mark.parametrize("handle", [pass_on_later, pass_on_one_by_one])
def test_a_handler_that_gives_back_what_is_still_to_run_has_failed(
    handle: Callable[[Batch], object],
) -> None:
    subscription = office().subscribe("mailer")

    assert "would never run" in refusal(
        lambda: subscription.run(handle, retry=Retry(attempts=2, first_pause_seconds=0))
    )
    assert (subscription.status.position, subscription.status.failures) == (0, 2)
