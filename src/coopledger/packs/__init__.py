"""Packs: event types, checks, duties and questions of one's own.

Nothing is registered anywhere: a pack is a value, given to a ledger when it is opened, and
ledgers in one program may have different ones.
"""

from coopledger._rules.duty import Obligation, days_after
from coopledger._validation.candidate import Candidate, Check
from coopledger.events.envelope import event
from coopledger.packs.pack import DutyRule, Pack, Projection

__all__ = [
    "Candidate",
    "Check",
    "DutyRule",
    "Obligation",
    "Pack",
    "Projection",
    "days_after",
    "event",
]
