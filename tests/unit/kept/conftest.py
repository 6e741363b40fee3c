"""Fixtures of the tests of kept answers."""

from collections.abc import Sequence
from typing import Any

import pytest

from coopledger._facts.visible import Visible
from coopledger._kept import bundle, folding
from coopledger._kept.bundle import Bundle
from coopledger.answers._filters import Things


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the homes that are folded in the test, each for some nouns at once."""
    homes: list[str] = []
    fold_each = bundle.fold_each

    def counted(
        visible: Visible, nouns: Sequence[Things[Any]], home: str, *, day: int
    ) -> list[Bundle]:
        homes.append(home)
        return fold_each(visible, nouns, home, day=day)

    monkeypatch.setattr(bundle, "fold_each", counted)
    monkeypatch.setattr(folding, "fold_each", counted)
    return homes
