"""Stopping sets a flag, at any point at which a signal handler interrupts the thread."""

import math
import sys
import threading
from collections.abc import Callable
from itertools import count
from types import FrameType
from typing import TypeAlias

import pytest

from coopledger import events
from coopledger.subscriptions import Batch, Retry, Subscription
from tests.builders import office

FOR_EVER = Retry(first_pause_seconds=math.inf)
LINES = range(40, 160)  # to the waiting, and round its loop, with those of the standard library

Wait = Callable[[Subscription], None]
Trace: TypeAlias = Callable[[FrameType, str, object], "Trace"]


def fail(_: Batch) -> None:
    raise LookupError


def batches(subscription: Subscription) -> None:
    list(subscription.batches(wait_seconds=math.inf))


def pause(subscription: Subscription) -> None:
    subscription.run(fail, retry=FOR_EVER)


def run_interrupted(work: Callable[[], object], *, line: int, handle: Callable[[], None]) -> None:
    """Do the work, with a call before that line, as if a signal handler interrupted it."""
    lines = count(1)

    def trace(_frame: FrameType, event: str, _: object) -> "Trace":
        if event == "line" and next(lines) == line:
            handle()
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)


@pytest.mark.parametrize("wait", [batches, pause])
def test_a_subscription_is_stopped_within_whatever_its_own_thread_does(wait: Wait) -> None:
    ledger = office()
    for line in LINES:
        after = ledger.position if wait is batches else 0
        waiting = ledger.subscribe(wait.__name__, types=events.PartyRegistered, after=after)
        thread = threading.Thread(
            target=run_interrupted,
            args=[lambda waiting=waiting: wait(waiting)],
            kwargs={"line": line, "handle": waiting.stop},
            daemon=True,
        )
        thread.start()
        thread.join(timeout=20)

        assert not thread.is_alive(), line
