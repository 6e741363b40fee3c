"""Fixtures of the tests of kept answers."""

from typing import Any

import pytest

from coopledger._facts.visible import Visible
from coopledger._kept import board, bundle, folding
from coopledger._kept.bundle import Bundle
from coopledger.answers._filters import Things


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the homes of the bundles that are folded in the test."""
    homes: list[str] = []
    fold = bundle.fold

    def counted(visible: Visible, things: Things[Any], home: str, *, day: int) -> Bundle:
        homes.append(home)
        return fold(visible, things, home, day=day)

    monkeypatch.setattr(board, "fold", counted)
    monkeypatch.setattr(folding, "fold", counted)
    return homes
