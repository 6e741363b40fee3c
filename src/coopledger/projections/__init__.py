"""Questions and their answers: plain functions from standings to frozen values."""

from coopledger.projections.answers import (
    Commitment,
    Dependent,
    Explanation,
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
)

__all__ = [
    "Commitment",
    "Dependent",
    "Explanation",
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
]
