"""Answers: frozen values that a view gives, each with the events that decided it.

Common to all: ``since`` is the first day of the state or status (None: since the beginning, or
nothing is known); ``certain`` is False when an event behind the answer has a fuzzy date;
``decided_by`` holds event ids in log order. Each prints as one line that says
where the thing stands.
"""

from coopledger.projections.answers.commitments import Commitment
from coopledger.projections.answers.conflicts import Alternative, Conflict
from coopledger.projections.answers.dependents import Dependent
from coopledger.projections.answers.differences import Difference
from coopledger.projections.answers.dossiers import Dossier
from coopledger.projections.answers.durations import Durations, StageSpell
from coopledger.projections.answers.duties import Duty
from coopledger.projections.answers.explanations import Explanation
from coopledger.projections.answers.figures import Figure
from coopledger.projections.answers.instruments import Instrument, Signature
from coopledger.projections.answers.meetings import Meeting, Series
from coopledger.projections.answers.outcomes import Outcome
from coopledger.projections.answers.parties import Party
from coopledger.projections.answers.partnerships import Moment, Partnership, StageChange
from coopledger.projections.answers.proposals import Proposal
from coopledger.projections.answers.sourcing import Sourcing

__all__ = [
    "Alternative",
    "Commitment",
    "Conflict",
    "Dependent",
    "Difference",
    "Dossier",
    "Durations",
    "Duty",
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
    "Sourcing",
    "StageChange",
    "StageSpell",
]
