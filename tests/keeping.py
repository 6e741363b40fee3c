"""Ledgers whose kept answers are dropped after each call, or never: both say the same.

Answers that are kept are those of another day, in memory, or those of today, in the store.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, Literal, TypeAlias, get_args

import pytest

from coopledger import Ledger, View, ledger
from coopledger._kept.room import KeptRoom
from coopledger._log.vocabulary import Vocabulary
from coopledger._snapshot import KeptAnswers, Snapshot
from coopledger.answers._nouns import THINGS
from coopledger.dates import EdtfDate
from coopledger.stores.kept import KeepsAnswers
from coopledger.stores.protocol import Log
from coopledger.terms import Noun
from tests.builders import Clock

__all__ = ["KEPT", "AskedToday", "Kept", "keeping"]

Kept: TypeAlias = Literal["never", "always"]
KEPT: tuple[Kept, ...] = get_args(Kept)


class AskedToday(Ledger):
    """Ledger that is asked about a day as if it were today, so that the store keeps the answers.

    Attributes:
        today: The clock of these ledgers.
    """

    today = Clock("2030-01-01")

    def view(
        self,
        on: str | date | EdtfDate | None = None,
        *,
        known_at: str | date | EdtfDate | None = None,
        hindsight: bool = True,
        at_least: int = 0,
    ) -> View:
        """Set the clock to the day and back, where all that is known counts."""
        if not isinstance(on, str | date) or known_at is not None or not hindsight:
            return super().view(on, known_at=known_at, hindsight=hindsight, at_least=at_least)
        now = self.today.now
        self.today.set(on)
        try:
            return super().view(at_least=at_least)
        finally:
            self.today.set(now.isoformat())


@contextmanager
def keeping(kept: Kept) -> Generator[None, None, None]:
    """Let ledgers that are opened meanwhile keep their answers, or drop them after each call."""
    with pytest.MonkeyPatch.context() as patch:
        if kept == "never":
            patch.setattr(ledger, "KeptRoom", _DroppingRoom)
        yield


class _DroppingRoom:
    """Room of kept answers that is another one for each question."""

    def __init__(self, log: Log, name: str, vocabulary: Vocabulary) -> None:
        """Begin without answers."""
        make, drop = partial(KeptRoom, log, name, vocabulary), partial(_drop, log, name)
        self.today = _Dropping(lambda: make().today, drop)
        self.other_day = _Dropping(lambda: make().other_day, drop)


class _Dropping:
    """Kept answers that are dropped after each question."""

    def __init__(self, begin: Callable[[], KeptAnswers], drop: Callable[[], None]) -> None:
        """Ask what begins without answers, and drop what it wrote."""
        self._begin = begin
        self._drop = drop

    def one(self, snapshot: Snapshot, noun: Noun, name: str) -> Any:  # noqa: ANN401 - of the noun
        """See `KeptAnswers`."""
        answer = self._begin().one(snapshot, noun, name)
        self._drop()
        return answer

    def listed(
        self, snapshot: Snapshot, noun: Noun, *, within: str | None, only_open: bool
    ) -> tuple[Any, ...] | None:
        """See `KeptAnswers`."""
        answers = self._begin().listed(snapshot, noun, within=within, only_open=only_open)
        self._drop()
        return answers

    def changed(self, snapshot: Snapshot, old: Snapshot, noun: Noun) -> set[str] | None:
        """See `KeptAnswers`."""
        names = self._begin().changed(snapshot, old, noun)
        self._drop()
        return names


def _drop(log: Log, name: str) -> None:
    """Remove all answers that the store keeps for the ledger."""
    if not isinstance(log, KeepsAnswers):
        return
    for noun in THINGS:
        now = log.kept.upkeep(name, noun)
        if now is not None:
            assert log.kept.begin_upkeep(name, noun, fingerprint="", since=now.revision)
