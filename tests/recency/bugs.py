"""Bugs that the harness must catch: views that are older than is promised."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from coopledger import Ledger, View
from coopledger._facts.facts import Facts
from coopledger._recording.knowledge import Knowledge

__all__ = ["BUGS", "seed_bug"]

_chance = random.Random(1)  # noqa: S311 - when a bug shows
_up_to_date = Knowledge.up_to_date
_view = Ledger.view


def _cached(knowledge: Knowledge, *, at_least: int = 0) -> tuple[Facts, int]:
    """Ask the store for its head now and then only."""
    if _chance.random() < 0.1:
        return _up_to_date(knowledge, at_least=at_least)
    recorder = knowledge._recorder  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - the seam
    return recorder.facts, recorder.position


def _deaf(knowledge: Knowledge, *, at_least: int = 0) -> tuple[Facts, int]:
    """Do not wait for what another program was told of."""
    del at_least
    return _up_to_date(knowledge)


def _back(ledger: Ledger, *args: Any, **options: Any) -> View:  # noqa: ANN401 - as they come
    """Give an earlier view now and then."""
    earlier: View | None = vars(ledger).get("earlier")
    if earlier is not None and _chance.random() < 0.1:
        return earlier
    view = _view(ledger, *args, **options)
    vars(ledger).setdefault("earlier", view)
    return view


# Each with what it takes the place of.
BUGS: dict[str, tuple[type, str, Callable[..., object]]] = {
    "cached": (Knowledge, "up_to_date", _cached),
    "deaf": (Knowledge, "up_to_date", _deaf),
    "back": (Ledger, "view", _back),
}


def seed_bug(name: str) -> None:
    """Put a bug into this process, and those that it forks."""
    pytest.MonkeyPatch().setattr(*BUGS[name])
