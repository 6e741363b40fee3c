"""How one ledger records: what its owner decided when it was opened."""

from collections.abc import Container
from functools import partial

import attrs

from coopledger.event_ids import NewId
from coopledger.facts import Facts
from coopledger.tags import CORE, Vocabulary
from coopledger.transcript import lifted
from coopledger.validation import OwnChecks

__all__ = ["Settings"]


@attrs.frozen(kw_only=True)
class Settings:
    """How one ledger records.

    Attributes:
        zone: The zone that says which day an instant belongs to.
        new_id: Gives an id to each event that brings none; by default ordered by time.
        strict: The codes of the warnings that are refusals here.
        vocabulary: The event types that it can hold.
        checks: What events must satisfy beyond the rules of the library.
    """

    zone: str
    new_id: NewId | None = None
    strict: Container[object] = frozenset[str]()
    vocabulary: Vocabulary = CORE
    checks: OwnChecks = ()

    def nothing_known(self) -> Facts:
        """The memory of a ledger without events, which reads what any version recorded."""
        return Facts(lift=partial(lifted, vocabulary=self.vocabulary))
