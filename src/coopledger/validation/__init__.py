"""May this be recorded? Refusals and warnings, each looking just before the event's own place."""

from coopledger.validation.verdict import validate

__all__ = ["validate"]
