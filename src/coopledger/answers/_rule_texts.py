"""Texts of the rules behind answers and of the flags, in the words of the reference."""

from coopledger.terms import (
    CommitmentStatus,
    Flag,
    InstrumentState,
    MeetingStatus,
    ProposalStatus,
    Stage,
)

STAGE_RULES = {
    Stage.ACTIVE: "some instrument is in effect (provisional, in force or terminating)",
    Stage.SUSPENDED: "no instrument is in effect and some are suspended",
    Stage.SIGNED: "some instrument is signed and none has taken effect yet",
    Stage.NEGOTIATING: "some instrument is being negotiated, agreed or initialled, none is signed",
    Stage.LAPSED: "some instrument has expired and no other is under way",
    Stage.EXPLORING: "an instrument is contemplated, or a proposal is open since the last ending",
    Stage.ENDED: "every instrument has ended, or the partnership was closed",
    Stage.CONTACT: "the parties did something, and no instrument or open proposal has come of it",
    Stage.NONE: "nothing that the parties did is recorded by that day",
}
STATE_RULES = {
    InstrumentState.NONE: "no act on it, and no open proposal about it, counts by that day",
    InstrumentState.CONTEMPLATED: "a wish or a proposal names it, and no talks are recorded",
    InstrumentState.NEGOTIATING: "talks on it were opened, or the idea was agreed in principle",
    InstrumentState.AGREED: "its wording is agreed, or some have signed and others have still to",
    InstrumentState.INITIALLED: "its wording was initialled and it is not signed by all",
    InstrumentState.SIGNED: "it is signed, and a text of this kind waits for entry into force",
    InstrumentState.PROVISIONAL: "it is applied provisionally",
    InstrumentState.IN_FORCE: "it took effect and has not ended",
    InstrumentState.TERMINATING: "notice was given and runs until its end",
    InstrumentState.SUSPENDED: "it was suspended and has not been resumed",
    InstrumentState.EXPIRED: "the last day of its term has passed and nothing prolongs it",
    InstrumentState.TERMINATED: "it was terminated, or its notice has run out",
    InstrumentState.SUPERSEDED: "the instrument that replaces it has taken effect",
    InstrumentState.COMPLETED: "what it set out to do is done",
    InstrumentState.ABANDONED: "the talks were broken off before it was signed",
}
STATUS_RULES = {
    CommitmentStatus.NONE: "it was not made by that day",
    CommitmentStatus.FULFILLED: "an act that fulfils it is recorded",
    CommitmentStatus.RELEASED: "every creditor has released the debtor",
    CommitmentStatus.CANCELLED: "a debtor has cancelled it",
    CommitmentStatus.EXPIRED: "a condition failed, or its instrument ended and it does not survive",
    CommitmentStatus.CONDITIONAL: "a condition is not met yet",
    CommitmentStatus.BLOCKED: "the meeting or the thing that it waits for has not come about",
    CommitmentStatus.OVERDUE: "the last day of its due date has passed",
    CommitmentStatus.DUE_SOON: "the last day of its due date is near",
    CommitmentStatus.STANDING: "it holds for good rather than being done once",
    CommitmentStatus.PENDING: "it is open and nothing presses yet",
}
PROPOSAL_RULES = {
    ProposalStatus.NONE: "it was not put by that day",
    ProposalStatus.OPEN: "no answer to it is recorded",
    ProposalStatus.UNDER_CONSIDERATION: "it was acknowledged and not answered further",
    ProposalStatus.COUNTERED: "the other side proposed something else",
    ProposalStatus.AGREED_IN_PRINCIPLE: "the parties agreed on the idea",
    ProposalStatus.ACCEPTED: "it was accepted",
    ProposalStatus.DECLINED: "it was declined",
    ProposalStatus.WITHDRAWN: "the proposer took it back",
    ProposalStatus.REALISED: "an act that realises it is recorded",
}
MEETING_RULES = {
    MeetingStatus.NONE: "it was neither announced nor held by that day",
    MeetingStatus.SCHEDULED: "it was announced and its planned time is not over",
    MeetingStatus.HELD: "it is recorded as held",
    MeetingStatus.POSTPONED: "it was put off",
    MeetingStatus.CANCELLED: "it was cancelled",
    MeetingStatus.UNRECORDED: "its planned time is over and no record says that it was held",
}

FLAG_WORDS = {
    Flag.RENEGOTIATING: "talks on it are open again",
    Flag.PARTIALLY_SIGNED: "some have signed and others have still to",
    Flag.TACITLY_RENEWED: "its term rolled on because nobody gave notice",
    Flag.OVERRUN: "it goes on past its planned end",
    Flag.GAP: "it was out of effect before it was prolonged",
    Flag.END_UNKNOWN: "nobody recorded when it ends",
    Flag.DORMANT: "the parties have done nothing for long",
    Flag.TERMINATING: "notice was given",
    Flag.PROVISIONAL_ONLY: "it is applied provisionally only",
    Flag.EXPIRING: "an end is near",
    Flag.CONFLICTS: "sources disagree",
    Flag.UNRECORDED_MEETINGS: "a planned meeting has no record",
    Flag.UNDATED: "no due date is known",
    Flag.ANCHOR_OVERDUE: "its meeting has no record",
    Flag.ANCHOR_CANCELLED: "its meeting was cancelled",
    Flag.DEPENDENCY_OPEN: "what it depends on is still open",
    Flag.PERHAPS_LATE: "its fuzzy date leaves open whether it was done in time",
}
