"""The same tests through the front for asyncio: every call is awaited, by a ledger that waits."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from functools import cached_property
from typing import Any, TypeVar, cast

import pytest

from coopledger import Ledger, Receipt, View, aio
from coopledger.checking import Concern
from coopledger.record import Recorded
from coopledger.stores import Verification
from tests import builders

Given = TypeVar("Given")


class Awaiting(Ledger):
    """A ledger whose calls take the way through `coopledger.aio`, each with a loop of its own."""

    # Whatever is given is given on, right or wrong.
    # ruff: noqa: ANN401

    def record(self, *args: Any, **named: Any) -> Receipt:
        return self._wait(lambda: self._front.record(*args, **named))

    def view(self, *args: Any, **named: Any) -> View:
        return self._wait(lambda: self._front.view(*args, **named))

    def check(self, *args: Any, **named: Any) -> tuple[Concern, ...]:
        return self._wait(lambda: self._front.check(*args, **named))

    def verify(self, *args: Any, **named: Any) -> Verification:
        return self._wait(lambda: self._front.verify(*args, **named))

    def events(self, *, after: int = 0) -> Iterator[Recorded]:
        async def listed() -> list[Recorded]:
            return [item async for item in self._front.events(after=after)]

        return iter(self._wait(listed))

    @cached_property
    def _front(self) -> aio.Ledger:
        return aio.Ledger(self)

    def _wait(self, call: Callable[[], Coroutine[Any, Any, Given]]) -> Given:
        return asyncio.run(call())


@pytest.fixture(params=["plain", "asyncio"], autouse=True)
def front(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs every test of a folder once more, through the front for asyncio."""
    if request.param == "asyncio":
        tests = cast(object, getattr(request, "module"))  # noqa: B009 - which pytest leaves untyped
        monkeypatch.setattr(tests, "Ledger", Awaiting, raising=False)
        monkeypatch.setattr(builders, "Ledger", Awaiting)
