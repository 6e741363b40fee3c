"""One moment of a ledger: where everything stands on a day, as known at a time."""

from functools import cached_property

from coopledger.dates import EdtfDate, edtf, to_date
from coopledger.dates.lazy_types import Date
from coopledger.facts import Facts, Visible
from coopledger.projections import (
    Commitment,
    Explanation,
    Instrument,
    Meeting,
    Moment,
    Partnership,
    Proposal,
    Series,
    Signature,
    StageChange,
)
from coopledger.projections import commitments as _commitments
from coopledger.projections import explanations as _explanations
from coopledger.projections import instruments as _instruments
from coopledger.projections import lists as _lists
from coopledger.projections import meetings as _meetings
from coopledger.projections import partnerships as _partnerships
from coopledger.projections import proposals as _proposals
from coopledger.projections import timelines as _timelines
from coopledger.projections.ids import Ids
from coopledger.projections.selection import holds, is_, word
from coopledger.rules.commitment import DUE_SOON_DAYS, OPEN
from coopledger.rules.stage import EXPIRING_WITHIN_DAYS
from coopledger.standings import Standings
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    Flag,
    InstrumentKind,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalFirmness,
    ProposalStatus,
    Stage,
)

__all__ = ["View"]


class View:
    """Answers about one day, as known at one time; made by `Ledger.view`.

    A view never changes when the ledger grows. Lists come in the order in which things were
    first recorded, unless said otherwise. A question about an id that the ledger does not
    hold raises `UnknownIdError` with the nearest; one that was not known at the time asked
    about, or not yet there on the day, has the status ``none``.

    Attributes:
        on: The day asked about.
        hindsight: Whether acts after the day count when their effect reaches back to it.
        position: The last position that was known.
    """

    def __init__(
        self, facts: Facts, *, day: int, position: int, hindsight: bool, head: int
    ) -> None:
        """Use `Ledger.view` instead."""
        self._day = day
        self.hindsight = hindsight
        self.position = position
        self._standings = Standings(Visible(facts, position), day=day, hindsight=hindsight)
        self._ids = Ids(then=self._standings.visible, made=Visible(facts, head))

    def __repr__(self) -> str:
        """The day, the position and the hindsight."""
        return f"View(on={self.on}, position={self.position}, hindsight={self.hindsight})"

    @cached_property
    def on(self) -> Date:
        """The day asked about."""
        return to_date(self._day)

    def partnership(self, id: str) -> Partnership:
        """Where the partnership stands.

        Raises:
            UnknownIdError: The ledger holds no such partnership.
        """
        return _partnerships.partnership(self._standings, self._ids.known(Noun.PARTNERSHIP, id))

    def partnerships(
        self,
        *,
        stage: Stage | str | None = None,
        flag: Flag | str | None = None,
        party: str | None = None,
        country: str | None = None,
    ) -> tuple[Partnership, ...]:
        """The partnerships known then, narrowed by stage, flag, party or country of a party."""
        stage, flag = word(Stage, "stage", stage), word(Flag, "flag", flag)
        return tuple(
            found
            for found in _lists.partnerships(self._standings)
            if is_(found.stage, stage)
            and holds(found.flags, flag)
            and holds(found.parties, party)
            and holds(self._standings.kinship.countries(found.parties), country)
        )

    def stage_history(self, partnership: str) -> tuple[StageChange, ...]:
        """Every change of the partnership's stage up to the day, in order of days."""
        name = self._ids.known(Noun.PARTNERSHIP, partnership)
        return _partnerships.stage_history(self._standings, name)

    def last_activity(self, partnership: str) -> Date | None:
        """The last day by then on which the parties did something; None if they never did."""
        return self.partnership(partnership).last_activity

    def timeline(self, partnership: str) -> tuple[Moment, ...]:
        """Everything that counts by then, in the order in which it counts."""
        name = self._ids.known(Noun.PARTNERSHIP, partnership)
        return _timelines.timeline(self._standings, name)

    def instrument(self, id: str) -> Instrument:
        """Where the instrument stands.

        Raises:
            UnknownIdError: The ledger holds no such instrument.
        """
        return _instruments.instrument(self._standings, self._ids.known(Noun.INSTRUMENT, id))

    def instruments(
        self,
        *,
        state: InstrumentState | str | None = None,
        flag: Flag | str | None = None,
        kind: InstrumentKind | str | None = None,
        partnership: str | None = None,
    ) -> tuple[Instrument, ...]:
        """The instruments known then, narrowed by state, flag, kind or partnership."""
        state, flag = word(InstrumentState, "state", state), word(Flag, "flag", flag)
        kind = word(InstrumentKind, "kind", kind)
        return tuple(
            found
            for found in _lists.instruments(self._standings, within=partnership)
            if is_(found.state, state) and holds(found.flags, flag) and is_(found.kind, kind)
        )

    def expiring(self, *, within_days: int = EXPIRING_WITHIN_DAYS) -> tuple[Instrument, ...]:
        """The instruments in effect whose term or notice ends within the days, soonest first.

        Both the day asked about and the last of the days count. A text that will renew itself
        tacitly is among them.
        """
        return _instruments.expiring(self._standings, within_days=within_days)

    def signed(
        self,
        *,
        period: str | EdtfDate | None = None,
        partnership: str | None = None,
        kind: InstrumentKind | str | None = None,
        country: str | None = None,
    ) -> tuple[Signature, ...]:
        """The texts that came to be signed by all, by date.

        With a period, only those whose whole date lies within it: a text signed in ``2007`` is
        counted for 2007, and not for its first half.
        """
        within = edtf(period) if period is not None else None
        kind = word(InstrumentKind, "kind", kind)
        signed = _instruments.signed(self._standings, period=within, partnership=partnership)
        return tuple(
            found for found in signed if is_(found.kind, kind) and holds(found.countries, country)
        )

    def commitment(self, id: str) -> Commitment:
        """Where the commitment stands.

        Raises:
            UnknownIdError: The ledger holds no such commitment.
        """
        return _commitments.commitment(self._standings, self._ids.known(Noun.COMMITMENT, id))

    def commitments(  # noqa: PLR0913 - every filter is optional and named
        self,
        *,
        partnership: str | None = None,
        debtor: str | None = None,
        creditor: str | None = None,
        status: CommitmentStatus | str | None = None,
        flag: Flag | str | None = None,
        firmness: CommitmentFirmness | str | None = None,
        late: bool = False,
        open: bool | None = True,  # noqa: A002 - the word of the domain
    ) -> tuple[Commitment, ...]:
        """The commitments made by then, narrowed by what is given.

        What do we owe: ``debtor=us``. What are we waiting for: ``creditor=us``.

        Args:
            partnership: Of this partnership only.
            debtor: Owed by this party.
            creditor: Owed to this party.
            status: In this status, be it open or closed.
            flag: With this flag.
            firmness: Of this firmness.
            late: Fulfilled after the first due date; closed ones are looked at too.
            open: True for the open ones, False for the closed, None for all; not looked at
                where ``status`` or ``late`` is given.
        """
        status = word(CommitmentStatus, "status", status)
        flag = word(Flag, "flag", flag)
        firmness = word(CommitmentFirmness, "firmness", firmness)
        wanted_open = None if status is not None or late else open
        return tuple(
            found
            for found in _lists.commitments(self._standings, within=partnership)
            if is_(found.status, status)
            and is_(found.firmness, firmness)
            and is_(found.status in OPEN, wanted_open)
            and holds(found.debtors, debtor)
            and holds(found.creditors, creditor)
            and holds(found.flags, flag)
            and (not late or bool(found.late_by))
        )

    def agenda(self, *, within_days: int = DUE_SOON_DAYS) -> tuple[Commitment, ...]:
        """The open commitments that are overdue or due within the days, most urgent first."""
        return _commitments.agenda(self._standings, within_days=within_days)

    def proposal(self, id: str) -> Proposal:
        """Where the proposal stands.

        Raises:
            UnknownIdError: The ledger holds no such proposal.
        """
        return _proposals.proposal(self._standings, self._ids.known(Noun.PROPOSAL, id))

    def proposals(
        self,
        *,
        status: ProposalStatus | str | None = None,
        firmness: ProposalFirmness | str | None = None,
        by: str | None = None,
        to: str | None = None,
        unanswered_days: int | None = None,
    ) -> tuple[Proposal, ...]:
        """The proposals put by then, narrowed; ``unanswered_days`` gives those waiting so long."""
        status = word(ProposalStatus, "status", status)
        firmness = word(ProposalFirmness, "firmness", firmness)
        return tuple(
            found
            for found in _lists.proposals(self._standings)
            if is_(found.status, status)
            and is_(found.firmness, firmness)
            and holds(found.by, by)
            and holds(found.to, to)
            and (unanswered_days is None or (found.unanswered_for or -1) >= unanswered_days)
        )

    def meeting(self, id: str) -> Meeting:
        """Where the meeting stands.

        Raises:
            UnknownIdError: The ledger holds no such meeting.
        """
        return _meetings.meeting(self._standings, self._ids.known(Noun.MEETING, id))

    def meetings(
        self,
        *,
        status: MeetingStatus | str | None = None,
        party: str | None = None,
        partnership: str | None = None,
    ) -> tuple[Meeting, ...]:
        """The meetings announced or held by then, narrowed by status, party or partnership."""
        status = word(MeetingStatus, "status", status)
        return tuple(
            found
            for found in _lists.meetings(self._standings, within=partnership)
            if is_(found.status, status) and holds(_meetings.parties(self._standings, found), party)
        )

    def series(self, id: str) -> Series:
        """The numbers held in a series of meetings, those missing, and what comes next.

        Raises:
            UnknownIdError: No meeting of the ledger is one of the series.
        """
        return _meetings.series(self._standings, id)

    def explain(self, id: str) -> Explanation:
        """Why the partnership, instrument, commitment, proposal or meeting stands where it does.

        Raises:
            UnknownIdError: The ledger holds no such id.
        """
        return _explanations.explain(self._standings, self._ids.noun(id, _explanations.NOUNS), id)
