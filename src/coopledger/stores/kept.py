"""Kept answers in a store: derived from the log, so that they may be lost or made once more.

A store knows only texts and numbers here. What they mean is the matter of `coopledger._kept`.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import attrs

# Gives the chain hash at a position of the log.
ChainAt: TypeAlias = Callable[[int], bytes]


@attrs.frozen(kw_only=True)
class Upkeep:
    """State of the kept answers of one noun.

    Attributes:
        revision: A number that grows with every change; 0 where nothing was ever kept.
        position: The position in the log at which they hold.
        chain: The chain hash there.
        day: The day on which they hold, as an ordinal.
        is_whole: Whether all are there, rather than on the way.
        fingerprint: How they were made; others are of no use.
        changes: What changed lately, in the words of those who keep the answers.
    """

    revision: int
    position: int
    chain: bytes
    day: int
    is_whole: bool
    fingerprint: str
    changes: str


@attrs.frozen(kw_only=True)
class StoredBundle:
    """Bundle of kept answers.

    Attributes:
        home: Where its things are at home; the only bundle of this home.
        position: The position at which the answers were made.
        since: The first day on which they hold, as an ordinal.
        until: The day after the last of them.
        rests_on: The names on which they rest.
        rows: For each answer, whether it is open, the id and the text; none in a bundle that
            is kept for what came to be of it.
    """

    home: str
    position: int
    since: int
    until: int
    rests_on: Collection[str] = ()
    rows: Sequence[tuple[bool, str, str]] = ()


class KeptLog(Protocol):
    """Part of a store that keeps answers beside its logs."""

    def upkeep(self, ledger: str, noun: str) -> Upkeep | None:
        """Return the state of the kept answers; None where the store keeps none.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def begin_upkeep(self, ledger: str, noun: str, *, fingerprint: str, since: int) -> bool:
        """Remove all answers of the noun, to begin once more; from the revision to the next one.

        Return False, and do nothing, if the revision has moved or the store cannot be written now.
        """
        ...

    def keep(
        self, ledger: str, noun: str, bundles: Iterable[StoredBundle], *, since: int, then: Upkeep
    ) -> bool:
        """Replace the bundles of the homes by these, and the state; from a revision to the next.

        Return False, and do nothing, if the revision has moved or the store cannot be written now.
        """
        ...

    def stale_homes(
        self,
        ledger: str,
        noun: str,
        *,
        names: Collection[str],
        day: int,
        is_earlier: bool = False,
    ) -> set[str]:
        """Return the homes of bundles that rest on one of the names, or do not hold on the day.

        Those that hold on later days alone are asked for where the day is an earlier one.
        """
        ...

    def bundles(
        self, ledger: str, noun: str, *, homes: Collection[str] | None = None, after: int = 0
    ) -> list[StoredBundle]:
        """Return the bundles at the homes, or all, that changed after the revision, with rows.

        The names on which they rest are left out.
        """
        ...

    def kept_rows(self, ledger: str, noun: str, *, only_open: bool) -> list[tuple[str, str, str]]:
        """Return the home, the id and the text of each answer, all or those that are open."""
        ...

    def home_of(self, ledger: str, noun: str, name: str) -> str | None:
        """Return the home of the bundle that holds the answer about the thing, if one does."""
        ...

    def texts_between(self, ledger: str, noun: str, *, first: str, end: str) -> list[str]:
        """Return the texts of the rows whose names are the first or after it, and before the end.

        Names are compared letter by letter, as their code points are.
        """
        ...


@runtime_checkable
class KeepsAnswers(Protocol):
    """Store that keeps answers beside its logs.

    Attributes:
        kept: The part of it that does.
    """

    kept: KeptLog


@attrs.frozen(kw_only=True)
class Shelf:
    """Part of a store that keeps the answers of one ledger.

    Attributes:
        log: The store.
        ledger: The name of the ledger.
        chain_at: Gives the chain hash of the event at a position.
        fingerprint: Gives the fingerprint of the answers that are made here.
    """

    log: KeptLog
    ledger: str
    chain_at: ChainAt
    fingerprint: Callable[[], str]
