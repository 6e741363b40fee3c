"""Calls of a function, counted: how work grows is asserted without a clock."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import pytest

P = ParamSpec("P")
T = TypeVar("T")


class Calls:
    """Calls of functions of a module or a class, which do what they always do."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: object, *names: str) -> None:
        """Count the calls of the functions with these names from now on."""
        self.count = 0
        self._monkeypatch = monkeypatch
        self.of(owner, *names)

    def of(self, owner: object, *names: str) -> "Calls":
        """Count the calls of more functions too."""
        for name in names:
            self._monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))
        return self

    def _counted(self, function: Callable[P, T]) -> Callable[P, T]:
        """Return the function, which counts its calls."""

        def counted(*arguments: P.args, **named: P.kwargs) -> T:
            self.count += 1
            return function(*arguments, **named)

        return counted

    def during(self, work: Callable[[], object]) -> int:
        """Return how many calls the work makes."""
        before = self.count
        work()
        return self.count - before


class Found(Calls):
    """Facts that functions return, counted together."""

    def _counted(self, function: Callable[P, T]) -> Callable[P, T]:
        """Return the function, of whose results the facts are counted."""

        def counted(*arguments: P.args, **named: P.kwargs) -> T:
            result = function(*arguments, **named)
            self.count += len(vars(result)["facts"])
            return result

        return counted


class Seen(Calls):
    """Facts that functions are given in lists, or give in one; one where there is no list."""

    def _counted(self, function: Callable[P, T]) -> Callable[P, T]:
        """Return the function, of which the facts that go in and come out are counted."""

        def counted(*arguments: P.args, **named: P.kwargs) -> T:
            result = function(*arguments, **named)
            both = (*arguments, result)
            lists = [len(cast(list[object], each)) for each in both if isinstance(each, list)]
            self.count += sum(lists) if lists else 1
            return result

        return counted
