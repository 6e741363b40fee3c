"""Questions and their answers: plain functions from standings to frozen values."""

from coopledger.projections.answers import (
    Commitment,
    Dependent,
    Durations,
    Explanation,
    Figure,
    Instrument,
    Meeting,
    Moment,
    Outcome,
    Partnership,
    Party,
    Proposal,
    Series,
    Signature,
    StageChange,
    StageSpell,
)

__all__ = [
    "Commitment",
    "Dependent",
    "Durations",
    "Explanation",
    "Figure",
    "Instrument",
    "Meeting",
    "Moment",
    "Outcome",
    "Partnership",
    "Party",
    "Proposal",
    "Series",
    "Signature",
    "StageChange",
    "StageSpell",
]
