"""The questions about many things, narrowed by what is given."""

from coopledger.dates import EdtfDate, edtf
from coopledger.fields import asked, asked_if_given, whole
from coopledger.fields import flag as truth
from coopledger.projections import (
    Commitment,
    Instrument,
    Meeting,
    Partnership,
    Party,
    Proposal,
    Signature,
)
from coopledger.projections import commitments as _commitments
from coopledger.projections import instruments as _instruments
from coopledger.projections import lists as _lists
from coopledger.projections import meetings as _meetings
from coopledger.projections import parties as _parties
from coopledger.projections.selection import code, holds, is_, word
from coopledger.rules.commitment import DUE_SOON_DAYS, OPEN
from coopledger.rules.stage import EXPIRING_WITHIN_DAYS
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    Flag,
    InstrumentKind,
    InstrumentState,
    MeetingStatus,
    Noun,
    PartyKind,
    ProposalFirmness,
    ProposalStatus,
    Stage,
)
from coopledger.view.moment import AtMoment

__all__ = ["Lists"]


class Lists(AtMoment):
    """The questions about many things; a filter that is not given keeps everything.

    A filter that names an unknown party or partnership raises `UnknownIdError`; one that names
    an unknown word or country, or is of no use otherwise, raises `ArgumentError`.
    """

    def partnerships(
        self,
        *,
        stage: Stage | str | None = None,
        flag: Flag | str | None = None,
        party: str | None = None,
        country: str | None = None,
    ) -> tuple[Partnership, ...]:
        """The partnerships known then, narrowed by stage, flag, party or country of a party."""
        self._ids.known_if_given(Noun.PARTY, party=party)
        country = code(country)
        stage, flag = word(Stage, "stage", stage), word(Flag, "flag", flag)
        return tuple(
            found
            for found in _lists.partnerships(self._standings)
            if is_(found.stage, stage)
            and holds(found.flags, flag)
            and holds(found.parties, party)
            and holds(self._standings.kinship.countries(found.parties), country)
        )

    def instruments(
        self,
        *,
        state: InstrumentState | str | None = None,
        flag: Flag | str | None = None,
        kind: InstrumentKind | str | None = None,
        partnership: str | None = None,
        incomplete: bool = False,
    ) -> tuple[Instrument, ...]:
        """The instruments known then, narrowed by state, flag, kind or partnership.

        ``incomplete`` gives those that a party has still to sign, or to ratify where that is
        awaited.
        """
        incomplete = asked("incomplete", truth, incomplete)
        self._ids.known_if_given(Noun.PARTNERSHIP, partnership=partnership)
        state, flag = word(InstrumentState, "state", state), word(Flag, "flag", flag)
        kind = word(InstrumentKind, "kind", kind)
        return tuple(
            found
            for found in _lists.instruments(self._standings, within=partnership)
            if is_(found.state, state)
            and holds(found.flags, flag)
            and is_(found.kind, kind)
            and (not incomplete or found.is_incomplete)
        )

    def expiring(self, *, within_days: int = EXPIRING_WITHIN_DAYS) -> tuple[Instrument, ...]:
        """The instruments in effect whose term or notice ends within the days, soonest first.

        Both the day asked about and the last of the days count. A text that will renew itself
        tacitly is among them.
        """
        days = asked("within_days", whole, within_days)
        return _instruments.expiring(self._standings, within_days=days)

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
        self._ids.known_if_given(Noun.PARTNERSHIP, partnership=partnership)
        within = asked_if_given("period", edtf, period)
        kind, country = word(InstrumentKind, "kind", kind), code(country)
        signed = _instruments.signed(self._standings, period=within, partnership=partnership)
        return tuple(
            found for found in signed if is_(found.kind, kind) and holds(found.countries, country)
        )

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
        conditions_met: bool = False,
        open: bool | None = True,  # noqa: A002 - the word of the domain
    ) -> tuple[Commitment, ...]:
        """The commitments made by then, narrowed by what is given, the oldest first.

        What do we owe: ``debtor=us``. What are we waiting for: ``creditor=us``.

        Args:
            partnership: Of this partnership only.
            debtor: Owed by this party.
            creditor: Owed to this party.
            status: In this status, be it open or closed.
            flag: With this flag.
            firmness: Of this firmness.
            late: Fulfilled after the first due date; closed ones are looked at too.
            conditions_met: Still open, and made on conditions all of which are met.
            open: True for the open ones, False for the closed, None for all; not looked at
                where ``status`` or ``late`` is given.
        """
        self._ids.known_if_given(Noun.PARTNERSHIP, partnership=partnership)
        self._ids.known_if_given(Noun.PARTY, debtor=debtor, creditor=creditor)
        status = word(CommitmentStatus, "status", status)
        flag = word(Flag, "flag", flag)
        firmness = word(CommitmentFirmness, "firmness", firmness)
        late, wanted = asked("late", truth, late), asked_if_given("open", truth, open)
        freed = asked("conditions_met", truth, conditions_met)
        wanted_open = None if status is not None or late else wanted
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
            and (not freed or _is_freed(found))
        )

    def agenda(self, *, within_days: int = DUE_SOON_DAYS) -> tuple[Commitment, ...]:
        """The open commitments that are overdue or due within the days, most urgent first."""
        days = asked("within_days", whole, within_days)
        return _commitments.agenda(self._standings, within_days=days)

    def proposals(  # noqa: PLR0913 - every filter is optional and named
        self,
        *,
        partnership: str | None = None,
        status: ProposalStatus | str | None = None,
        firmness: ProposalFirmness | str | None = None,
        by: str | None = None,
        to: str | None = None,
        unanswered_days: int | None = None,
    ) -> tuple[Proposal, ...]:
        """The proposals put by then, narrowed; ``unanswered_days`` gives those waiting so long."""
        self._ids.known_if_given(Noun.PARTNERSHIP, partnership=partnership)
        self._ids.known_if_given(Noun.PARTY, by=by, to=to)
        least = asked_if_given("unanswered_days", whole, unanswered_days)
        status = word(ProposalStatus, "status", status)
        firmness = word(ProposalFirmness, "firmness", firmness)
        return tuple(
            found
            for found in _lists.proposals(self._standings, within=partnership)
            if is_(found.status, status)
            and is_(found.firmness, firmness)
            and holds(found.by, by)
            and holds(found.to, to)
            and (least is None or _waits(found.unanswered_for, least))
        )

    def meetings(
        self,
        *,
        status: MeetingStatus | str | None = None,
        party: str | None = None,
        partnership: str | None = None,
    ) -> tuple[Meeting, ...]:
        """The meetings announced or held by then, narrowed by status, party or partnership.

        By date, held or planned, the earliest first; those without a date come last.
        """
        self._ids.known_if_given(Noun.PARTNERSHIP, partnership=partnership)
        self._ids.known_if_given(Noun.PARTY, party=party)
        status = word(MeetingStatus, "status", status)
        return tuple(
            found
            for found in _lists.meetings(self._standings, within=partnership)
            if is_(found.status, status) and holds(_meetings.parties(self._standings, found), party)
        )

    def parties(
        self, *, country: str | None = None, kind: PartyKind | str | None = None
    ) -> tuple[Party, ...]:
        """The parties known then, narrowed by country and kind."""
        country, kind = code(country), word(PartyKind, "kind", kind)
        return tuple(
            found
            for found in _parties.parties(self._standings)
            if is_(found.country, country) and is_(found.kind, kind)
        )


def _is_freed(found: Commitment) -> bool:
    """Whether it is open, and was made on conditions all of which are met."""
    return found.status in OPEN and bool(found.conditions_met) and not found.conditions_open


def _waits(days: int | None, least: int) -> bool:
    """Whether something has waited for an answer for so many days, be they none."""
    return days is not None and days >= least
