"""May this be recorded? Refusals and warnings, each looking just before the event's own place."""

from coopledger.validation.candidate import Candidate, Check, OwnChecks
from coopledger.validation.checks import findings
from coopledger.validation.general import unknown_names
from coopledger.validation.verdict import validate

__all__ = [
    "Candidate",
    "Check",
    "OwnChecks",
    "findings",
    "unknown_names",
    "validate",
]
