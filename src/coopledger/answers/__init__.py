"""Answers: frozen values that a view gives, each with the events that decided it."""

from coopledger.answers._answers import Answers
from coopledger.answers._clauses import Clause
from coopledger.answers.calendars import CalendarEntry
from coopledger.answers.chains import TextTree
from coopledger.answers.commitments import Commitment
from coopledger.answers.conflicts import Alternative, Conflict
from coopledger.answers.dependents import Dependent
from coopledger.answers.differences import Difference
from coopledger.answers.dossiers import Dossier
from coopledger.answers.durations import Durations, StageSpell
from coopledger.answers.duties import Duty
from coopledger.answers.explanations import Explanation
from coopledger.answers.figures import Figure
from coopledger.answers.finding import Found, Passage
from coopledger.answers.instruments import Instrument, Signature
from coopledger.answers.matters import Matter
from coopledger.answers.meetings import Meeting, Series
from coopledger.answers.news import News
from coopledger.answers.obstacles import Obstacle
from coopledger.answers.occurrences import Occurrence
from coopledger.answers.outcomes import Outcome
from coopledger.answers.participations import Participation
from coopledger.answers.parties import Party
from coopledger.answers.partnerships import Partnership
from coopledger.answers.people import Person, Post
from coopledger.answers.proposals import Proposal
from coopledger.answers.sourcing import Sourcing
from coopledger.answers.stages import StageChange
from coopledger.answers.sums import Sum
from coopledger.answers.timelines import TimelineEntry
from coopledger.answers.yields import Yield

__all__ = [
    "Alternative",
    "Answers",
    "CalendarEntry",
    "Clause",
    "Commitment",
    "Conflict",
    "Dependent",
    "Difference",
    "Dossier",
    "Durations",
    "Duty",
    "Explanation",
    "Figure",
    "Found",
    "Instrument",
    "Matter",
    "Meeting",
    "News",
    "Obstacle",
    "Occurrence",
    "Outcome",
    "Participation",
    "Partnership",
    "Party",
    "Passage",
    "Person",
    "Post",
    "Proposal",
    "Series",
    "Signature",
    "Sourcing",
    "StageChange",
    "StageSpell",
    "Sum",
    "TextTree",
    "TimelineEntry",
    "Yield",
]
