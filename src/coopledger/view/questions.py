"""The questions about one thing."""

from coopledger.dates.lazy_types import Date
from coopledger.errors import UnknownIdError
from coopledger.fields import asked, flag, identifier
from coopledger.projections import (
    Commitment,
    Dependent,
    Durations,
    Explanation,
    Instrument,
    Meeting,
    Moment,
    Outcome,
    Partnership,
    Party,
    Proposal,
    Series,
    StageChange,
)
from coopledger.projections import commitments as _commitments
from coopledger.projections import dependents as _dependents
from coopledger.projections import durations as _durations
from coopledger.projections import explanations as _explanations
from coopledger.projections import instruments as _instruments
from coopledger.projections import meetings as _meetings
from coopledger.projections import outcomes as _outcomes
from coopledger.projections import parties as _parties
from coopledger.projections import partnerships as _partnerships
from coopledger.projections import proposals as _proposals
from coopledger.projections import stages as _stages
from coopledger.projections import timelines as _timelines
from coopledger.terms import Noun
from coopledger.view.moment import AtMoment

__all__ = ["Questions"]


class Questions(AtMoment):
    """The questions about one thing, each named by its id.

    An id that the ledger does not hold raises `UnknownIdError`, with what it stands for instead or
    the nearest that is meant; what is no id at all raises `ArgumentError`.
    """

    def partnership(self, id: str, *, with_children: bool = False) -> Partnership:
        """Where the partnership stands.

        Args:
            id: Its id.
            with_children: Whether what belongs to the partnerships below it counts as its own.

        Raises:
            UnknownIdError: The ledger holds no such partnership.
        """
        standings = self._families if asked("with_children", flag, with_children) else None
        name = self._ids.known(Noun.PARTNERSHIP, id)
        return _partnerships.partnership(standings or self._standings, name)

    def stage_history(
        self, partnership: str, *, with_children: bool = False
    ) -> tuple[StageChange, ...]:
        """Every change of the partnership's stage up to the day, in order of days.

        With children, what belongs to the partnerships below it counts as its own.
        """
        standings = self._families if asked("with_children", flag, with_children) else None
        name = self._ids.known(Noun.PARTNERSHIP, partnership, argument="partnership")
        return _stages.stage_history(standings or self._standings, name)

    def durations(self, partnership: str) -> Durations:
        """How long it took from the first contact to the first signature, and at each stage.

        Contact and signature are told by the date of the act, stages by the day from which an
        act counts, as in `stage_history`.
        """
        name = self._ids.known(Noun.PARTNERSHIP, partnership, argument="partnership")
        return _durations.durations(self._standings, name)

    def last_activity(self, partnership: str) -> Date | None:
        """The last day by then on which the parties did something; None if they never did."""
        name = self._ids.known(Noun.PARTNERSHIP, partnership, argument="partnership")
        return _partnerships.partnership(self._standings, name).last_activity

    def timeline(self, partnership: str) -> tuple[Moment, ...]:
        """Everything that counts by then, in the order in which it counts."""
        name = self._ids.known(Noun.PARTNERSHIP, partnership, argument="partnership")
        return _timelines.timeline(self._standings, name)

    def instrument(self, id: str) -> Instrument:
        """Where the instrument stands.

        Raises:
            UnknownIdError: The ledger holds no such instrument.
        """
        return _instruments.instrument(self._standings, self._ids.known(Noun.INSTRUMENT, id))

    def commitment(self, id: str) -> Commitment:
        """Where the commitment stands.

        Raises:
            UnknownIdError: The ledger holds no such commitment.
        """
        return _commitments.commitment(self._standings, self._ids.known(Noun.COMMITMENT, id))

    def proposal(self, id: str) -> Proposal:
        """Where the proposal stands.

        Raises:
            UnknownIdError: The ledger holds no such proposal.
        """
        return _proposals.proposal(self._standings, self._ids.known(Noun.PROPOSAL, id))

    def meeting(self, id: str) -> Meeting:
        """Where the meeting stands.

        Raises:
            UnknownIdError: The ledger holds no such meeting.
        """
        return _meetings.meeting(self._standings, self._ids.known(Noun.MEETING, id))

    def depending_on(self, id: str) -> tuple[Dependent, ...]:
        """What hangs on a thing, directly or through others, and what if it is cancelled.

        On a meeting, commitment, proposal, instrument or partnership; nearest first, then in the
        order in which it counts. Each is told once, by its shortest way, be it closed or open.
        What would be is what the rules give, had the cancellation (of a proposal the withdrawal,
        of a text the termination or the end of its talks) been recorded on the day.

        Raises:
            UnknownIdError: The ledger holds no such id.
        """
        noun = self._ids.noun(id, _dependents.ENDINGS)
        return _dependents.depending_on(self._standings, noun, id)

    def outcomes(self, meeting: str) -> tuple[Outcome, ...]:
        """What came out of the meeting and those within it, in the order in which it counts.

        Every act that took place there by the day: what was signed, promised, proposed, answered
        and said, each with where it stands on the day.
        """
        name = self._ids.known(Noun.MEETING, meeting, argument="meeting")
        return _outcomes.outcomes(self._standings, name)

    def party(self, id: str) -> Party:
        """Who the party is, under the name that it bears on the day.

        Raises:
            UnknownIdError: The ledger holds no such party.
        """
        return _parties.party(self._standings, self._ids.known(Noun.PARTY, id))

    def series(self, id: str) -> Series:
        """The numbers held in a series of meetings, those missing, and what comes next.

        Raises:
            UnknownIdError: No meeting of the ledger is one of the series.
        """
        try:
            return _meetings.series(self._standings, asked("id", identifier, id))
        except UnknownIdError:
            raise self._ids.unknown_series(id) from None

    def explain(self, id: str) -> Explanation:
        """Why the partnership, instrument, commitment, proposal or meeting stands where it does.

        Raises:
            UnknownIdError: The ledger holds no such id.
        """
        return _explanations.explain(self._standings, self._ids.noun(id, _explanations.NOUNS), id)
