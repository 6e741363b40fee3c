"""Fronts of a ledger: the plain one, and the one for asyncio, each call of which is awaited."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from functools import cached_property
from typing import Any, TypeVar, cast

import pytest

from coopledger import Ledger, Receipt, Recorded, Verification, View, aio
from coopledger.errors import Finding
from coopledger.subscriptions import Batch, Subscription, SubscriptionStatus
from tests import builders

Result = TypeVar("Result")


class AwaitedSubscription(Subscription):
    """Subscription whose calls take the same way."""

    # Each argument is passed on, right or wrong.
    # ruff: noqa: ANN401

    def __init__(self, front: aio.Subscription) -> None:
        self.name = front.name
        self._front = front

    @property
    def status(self) -> SubscriptionStatus:
        return asyncio.run(self._front.status())

    def batches(self, **options: Any) -> Iterator[Batch]:
        return _each(self._front.batches(**options))

    def parked(self) -> Iterator[Batch]:
        return _each(self._front.parked())

    def run(self, *args: Any, **options: Any) -> None:
        asyncio.run(self._front.run(*args, **options))

    def replay(self, **options: Any) -> None:
        asyncio.run(self._front.replay(**options))

    def stop(self) -> None:
        self._front.stop()


def _each(batches: AsyncIterator[Batch]) -> Iterator[Batch]:
    """Yield the batches, awaited one by one in one loop."""

    async def following_batch() -> Batch | None:
        return await anext(batches, None)

    with asyncio.Runner() as runner:
        while (batch := runner.run(following_batch())) is not None:
            yield batch


class AwaitedLedger(Ledger):
    """Ledger whose calls take the way through `coopledger.aio`, each with a loop of its own."""

    def record(self, *args: Any, **options: Any) -> Receipt:
        return self._wait(lambda: self._front.record(*args, **options))

    def view(self, *args: Any, **options: Any) -> View:
        return self._wait(lambda: self._front.view(*args, **options))

    def check(self, *args: Any, **options: Any) -> tuple[Finding, ...]:
        return self._wait(lambda: self._front.check(*args, **options))

    def verify(self, *args: Any, **options: Any) -> Verification:
        return self._wait(lambda: self._front.verify(*args, **options))

    def events(self, *, after: int = 0) -> Iterator[Recorded]:
        async def collect() -> list[Recorded]:
            return [item async for item in self._front.events(after=after)]

        return iter(self._wait(collect))

    def subscribe(self, *args: Any, **options: Any) -> Subscription:
        async def subscribe() -> aio.Subscription:
            return await self._front.subscribe(*args, **options)

        return AwaitedSubscription(self._wait(subscribe))

    def subscriptions(self) -> tuple[SubscriptionStatus, ...]:
        return self._wait(self._front.subscriptions)

    @cached_property
    def _front(self) -> aio.Ledger:
        return aio.Ledger(self)

    def _wait(self, call: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        return asyncio.run(call())


@pytest.fixture(params=["plain", "asyncio"], autouse=True)
def front(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test of a folder once more, through the front for asyncio."""
    if request.param == "asyncio":
        tests = cast(object, getattr(request, "module"))  # noqa: B009 - which pytest leaves untyped
        monkeypatch.setattr(tests, "Ledger", AwaitedLedger, raising=False)
        monkeypatch.setattr(builders, "Ledger", AwaitedLedger)
