"""Rungs of acts: of each kind, the word of which the sign tells how far it goes."""

from enum import StrEnum

from coopledger.events import (
    CommitmentCancelled,
    CommitmentMade,
    CommitmentProgressed,
    CommitmentReleased,
    ConditionFailed,
    Deed,
    Event,
    ImplementationReported,
    InstrumentSuspended,
    InstrumentTerminated,
    InterestExpressed,
    MeetingCancelled,
    MeetingPostponed,
    MeetingScheduled,
    NegotiationBrokenOff,
    NegotiationOpened,
    PartnershipClosed,
    ProposalAccepted,
    ProposalAgreedInPrinciple,
    ProposalAnswer,
    ProposalCountered,
    ProposalDeclined,
    ProposalMade,
    ProposalWithdrawn,
    RenewalDecided,
    ReservationMade,
    SignatureWithdrawn,
    StatementMade,
    TerminationNotified,
)
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    InstrumentState,
    MeetingStatus,
    ProposalFirmness,
    ProposalStatus,
    Stage,
)

# A kind that is not here is as the nearest kind above it. None: it is on record, and no more.
_RUNGS: dict[type[Event], StrEnum | None] = {
    Event: None,
    Deed: CommitmentStatus.FULFILLED,
    # Said, and not done.
    StatementMade: None,
    ImplementationReported: None,
    CommitmentProgressed: None,
    ReservationMade: None,
    RenewalDecided: None,
    InterestExpressed: ProposalFirmness.WISH,
    ProposalMade: ProposalFirmness.PROPOSAL,
    ProposalAnswer: ProposalStatus.UNDER_CONSIDERATION,
    ProposalCountered: ProposalStatus.COUNTERED,
    ProposalAgreedInPrinciple: ProposalStatus.AGREED_IN_PRINCIPLE,
    ProposalAccepted: ProposalStatus.ACCEPTED,
    NegotiationOpened: ProposalStatus.AGREED_IN_PRINCIPLE,
    CommitmentMade: CommitmentFirmness.COMMITMENT,
    # Planned, put off or called off.
    MeetingScheduled: MeetingStatus.SCHEDULED,
    MeetingPostponed: MeetingStatus.POSTPONED,
    MeetingCancelled: MeetingStatus.CANCELLED,
    # What ends or stops something has the sign of what that becomes, for a check says "kept".
    ProposalDeclined: ProposalStatus.DECLINED,
    ProposalWithdrawn: ProposalStatus.WITHDRAWN,
    NegotiationBrokenOff: InstrumentState.ABANDONED,
    InstrumentSuspended: InstrumentState.SUSPENDED,
    TerminationNotified: InstrumentState.TERMINATING,
    InstrumentTerminated: InstrumentState.TERMINATED,
    ConditionFailed: CommitmentStatus.EXPIRED,
    SignatureWithdrawn: ProposalStatus.WITHDRAWN,
    CommitmentReleased: CommitmentStatus.RELEASED,
    CommitmentCancelled: CommitmentStatus.CANCELLED,
    PartnershipClosed: Stage.ENDED,
}


def rung(kind: type[Event], firmness: StrEnum | None = None) -> StrEnum | None:
    """Return the word for acts of a kind, fulfilled for what is done; None for mere records.

    Where the act itself says how firm it is, that word stands.
    """
    return firmness or next(_RUNGS[base] for base in kind.__mro__ if base in _RUNGS)
