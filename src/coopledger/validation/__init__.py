"""May this be recorded? Refusals and warnings, each looking just before the event's own place."""

from coopledger.validation.checks import problems
from coopledger.validation.general import unknown_names
from coopledger.validation.trial import Check, OwnChecks, Problem, Trial
from coopledger.validation.verdict import validate

__all__ = [
    "Check",
    "OwnChecks",
    "Problem",
    "Trial",
    "problems",
    "unknown_names",
    "validate",
]
