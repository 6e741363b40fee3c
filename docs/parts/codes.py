"""Every code of a refusal (E), a warning (W) and a check (C): which events bring it, and why.

The reference of events is made from this. A code without events is general: the
page says once where it comes from. The check that gives a code is in the module of `_validation`
whose docstring lists it.
"""

# ruff: noqa: INP001 - scripts next to the pages, no package

import attrs

from coopledger._log.vocabulary import TAGS
from coopledger._rules import instrument_table
from coopledger.events import (
    CommitmentAssigned,
    CommitmentCancelled,
    CommitmentDelegated,
    CommitmentFulfilled,
    CommitmentMade,
    CommitmentProgressed,
    CommitmentReleased,
    CommitmentReopened,
    CommitmentRescheduled,
    CommitmentVaried,
    ConditionFailed,
    ConditionMet,
    CooperationGivenUp,
    Correction,
    Event,
    EventCorrected,
    EventRetracted,
    FactDisputed,
    FigureReported,
    ImplementationReported,
    InstrumentAcceded,
    InstrumentAct,
    InstrumentAmended,
    InstrumentCompleted,
    InstrumentEnteredIntoForce,
    InstrumentInitialled,
    InstrumentProlonged,
    InstrumentProvisionallyApplied,
    InstrumentRatified,
    InstrumentRegistered,
    InstrumentResumed,
    InstrumentSigned,
    InstrumentTerminated,
    InterestExpressed,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    NothingDone,
    PartnershipClosed,
    PartnershipOpened,
    PartyJoined,
    PartyLeft,
    PartyRegistered,
    PartySucceeded,
    ProposalAnswer,
    ProposalMade,
    ProposalWithdrawn,
    ReminderSent,
    ReservationMade,
    ReservationWithdrawn,
    SameAs,
    SignatureWithdrawn,
    StatusReported,
    TerminationNoticeWithdrawn,
    TerminationNotified,
)
from coopledger.terms import Noun

# E603 is the code of commitments.
OPENING = tuple(cls for _, cls in TAGS.values() if cls.__opens__ not in {None, Noun.COMMITMENT})
ON_OPEN_COMMITMENTS = (
    *(CommitmentProgressed, CommitmentFulfilled, CommitmentReleased, CommitmentCancelled),
    *(CommitmentDelegated, CommitmentAssigned, CommitmentRescheduled, CommitmentVaried),
)
# Acts that say until when a text is in effect; a registration tells of the background.
WITH_TERM = tuple(
    cls
    for _, cls in TAGS.values()
    if issubclass(cls, InstrumentAct) and "until" in attrs.fields_dict(cls)
)


def in_column(sign: str) -> tuple[type[Event], ...]:
    """Return the events of the columns that have the sign in the table of instruments."""
    return tuple(
        event
        for event, column in instrument_table.ACTS.items()
        if any(sign in row[column] for row in instrument_table.TABLE.values())
    )


CODES: dict[str, tuple[tuple[type[Event], ...], str]] = {
    "C101": ((), "likely recorded twice: one type and subject, one date within the other, two ids"),
    "C102": ((), "the index of names does not find the event as it is; the log itself is sound"),
    "C201": (
        (PartyRegistered, PartnershipOpened, InstrumentRegistered),
        "likely registered twice: one name, the same parties and scope, or one title and date",
    ),
    "C301": (
        (MeetingScheduled, MeetingPostponed),
        "the planned date is over, and nothing is recorded of the meeting since",
    ),
    "C501": (
        (InstrumentRegistered,),
        "it is in effect under a text that has ended, and no `ends_with` ends it with that",
    ),
    "C601": (
        (CommitmentProgressed,),
        "all that was promised has been delivered, and the commitment is still open",
    ),
    "C701": (
        (StatusReported,),
        "the state or conduct declared is not the one that the events amount to",
    ),
    "E101": (
        (),
        "the act is dated surely after the day of recording, by the ledger's clock and zone",
    ),
    "E102": ((), "an id that nothing recorded has; the nearest known id is named"),
    "E103": ((), "a field that the event type does not have; the nearest is named"),
    "E104": ((), "a date that cannot be read; what may be meant is named"),
    "E105": ((), "a required field is missing"),
    "E106": ((), "a value of a wrong type, or outside its list of words"),
    "E107": ((), "the event id is recorded with other content, or only a part of the batch is"),
    "E201": (OPENING, "the id already stands for something; ids are unique across all nouns"),
    "E202": (
        (PartyRegistered, SameAs),
        "a party cannot be its own parent, directly or through others",
    ),
    "E203": ((PartyRegistered,), "the country is no code of ISO 3166-1 alpha-2"),
    "E204": ((PartySucceeded,), "a party cannot take over from itself"),
    "E205": ((PartnershipOpened,), "a partnership has two or more parties"),
    "E206": ((PartnershipOpened, SameAs), "a partnership cannot lie below itself"),
    "E207": (
        (PartyJoined, PartyLeft),
        "who joins is no member yet, and who leaves is one",
    ),
    "E210": ((SameAs,), "the two ids are not of one noun"),
    "E211": ((SameAs,), "the two ids are one, or are read as one already"),
    "E301": ((MeetingScheduled, MeetingHeld), "another meeting has this number of the series"),
    "E302": ((MeetingPostponed, MeetingCancelled), "the meeting was already held"),
    "E303": ((MeetingHeld,), "a meeting is held once under one id"),
    "E304": ((MeetingScheduled, MeetingHeld, SameAs), "a meeting cannot lie within itself"),
    "E401": ((InterestExpressed, ProposalMade), "the only proposer is the only addressee"),
    "E402": ((ProposalMade,), "the proposal was already put; a wish may still be raised to one"),
    "E403": (
        (ProposalAnswer,),
        "the proposal was never recorded, and no partnership or instrument says where it belongs",
    ),
    "E404": (
        (InterestExpressed, ProposalMade, ProposalAnswer),
        "the proposal is closed: accepted, declined, withdrawn or realised",
    ),
    "E405": ((ProposalWithdrawn,), "only who put a proposal withdraws it; others decline it"),
    "E406": (
        (ProposalMade, SameAs),
        "a proposal cannot counter itself, directly or through others",
    ),
    "E501": (
        (*in_column("E501"), InstrumentAcceded),
        "the text has ended, and this act does not revive it",
    ),
    "E502": ((InstrumentInitialled,), "the text was already signed"),
    "E503": (
        (
            *(InstrumentSigned, InstrumentRatified, InstrumentEnteredIntoForce),
            *(TerminationNotified, TerminationNoticeWithdrawn, SignatureWithdrawn),
            *(ReservationMade, InstrumentTerminated),
        ),
        "neither a party of the text nor one that belongs to a party",
    ),
    "E504": (WITH_TERM, "the term is surely over before the act takes effect"),
    "E505": (
        (InstrumentEnteredIntoForce,),
        "entry into force is surely before the first signature",
    ),
    "E506": ((InstrumentProlonged,), "the new end is not beyond the end so far"),
    "E507": ((TerminationNotified,), "the notice ends surely before it is given"),
    "E508": ((TerminationNoticeWithdrawn,), "no notice is pending"),
    "E509": (in_column("E509"), "never in effect: `NegotiationBrokenOff` is meant"),
    "E510": ((InstrumentAcceded,), "the party has consented already, and has not left"),
    "E511": ((TerminationNoticeWithdrawn,), "several notices run: `by` says whose is taken back"),
    "E512": (
        (InstrumentRegistered, InstrumentAmended, SameAs),
        (
            "a text cannot amend itself, nor supersede, extend or implement itself, nor end with "
            "itself, directly or through others"
        ),
    ),
    "E513": (
        (SignatureWithdrawn,),
        "there is no signature, or it binds: by a consent, or as the text binds by signature",
    ),
    "E514": ((ReservationWithdrawn,), "no such reservation is recorded"),
    "E601": ((CommitmentMade,), "the only debtor is the only creditor"),
    "E602": (
        (CommitmentMade, CommitmentRescheduled),
        "two of `due`, `due_text` and `due_meeting` are given",
    ),
    "E603": ((CommitmentMade,), "the id already stands for something"),
    "E604": ((ConditionMet, ConditionFailed), "the commitment has no such condition"),
    "E605": (ON_OPEN_COMMITMENTS, "the commitment is closed"),
    "E606": ((CommitmentFulfilled,), "fulfilled surely before it was made"),
    "E607": (
        (CommitmentReleased, CommitmentAssigned),
        "only a creditor releases, or passes on what it is owed",
    ),
    "E608": (
        (
            *(CommitmentCancelled, CommitmentDelegated),
            *(CommitmentProgressed, CommitmentFulfilled),
        ),
        "only a debtor, or what belongs to one, delivers; only a debtor cancels or passes it on",
    ),
    "E609": ((CommitmentDelegated, CommitmentAssigned), "it would pass to the other side"),
    "E610": ((CommitmentReopened,), "it is neither fulfilled, nor released, nor cancelled"),
    "E611": (
        (CommitmentProgressed, CommitmentVaried),
        "no sum is promised, or it is promised or was delivered in another currency",
    ),
    "E612": (
        (CommitmentMade, CommitmentRescheduled, CommitmentReopened),
        "nothing is expected before a day that is surely after the due date",
    ),
    "E613": (
        (CommitmentMade, SameAs),
        "a commitment cannot wait for itself, directly or through others",
    ),
    "E614": ((CommitmentFulfilled,), "the commitment is not due on the date named"),
    "E701": ((Correction,), "no event with this id is recorded"),
    "E702": (
        (EventCorrected, EventRetracted),
        "the target is itself a correction or a retraction: mend what it mended",
    ),
    "E703": ((EventCorrected,), "`id`, `type`, `v` and `recorded_at` are fixed: retract instead"),
    "E704": ((Correction,), "the target is already retracted"),
    "E705": ((FactDisputed,), "the target has no such field"),
    "W102": (
        (),
        "a post of no party, or a registered party called by its name: its id is meant",
    ),
    "W105": ((), "no source says what the act rests on, and none was added later"),
    "W106": (
        (FigureReported,),
        "a number of meetings, or of other encounters, with another number of partners named",
    ),
    "W107": ((), "recorded again, and retracted since: it does not count"),
    "W108": (
        (FigureReported, ImplementationReported, NothingDone),
        "the period ends after the day of the act",
    ),
    "W109": ((), "the clock is behind the last record time, in a receipt by more than a minute"),
    "W110": ((), "a source published or read, or a party founded, after the day of recording"),
    "W111": (
        (CommitmentMade, ProposalMade, ReminderSent),
        "the day from which to ask again is surely before the act itself",
    ),
    "W201": ((PartyLeft,), "fewer than two stay in the partnership"),
    "W202": (
        (),
        "a new id that looks like another: by case, diacritics, or letters of another script",
    ),
    "W207": ((PartnershipClosed,), "texts of the partnership are still in effect"),
    "W301": (
        (MeetingScheduled, MeetingHeld),
        "between the number and those known of the series others are left out",
    ),
    "W302": (
        (MeetingScheduled, MeetingPostponed),
        "the meeting is planned for a date surely before the act itself",
    ),
    "W401": ((ProposalAnswer,), "an answer to a proposal that was never recorded; it opens it"),
    "W402": ((ProposalMade,), "the due date is surely before the act itself"),
    "W501": (
        (*in_column("!"), InstrumentEnteredIntoForce),
        "steps before this one are not recorded, such as a signature before entry into force",
    ),
    "W502": (
        (InstrumentProvisionallyApplied,),
        "applied provisionally, and never agreed or signed as far as is recorded",
    ),
    "W503": ((InstrumentResumed,), "resumed without a suspension"),
    "W504": ((TerminationNotified,), "the notice is shorter than the text says"),
    "W505": ((InstrumentCompleted,), "a text of this kind, mou or treaty, has no completion"),
    "W506": ((InstrumentProlonged,), "the new end is not known"),
    "W507": (
        (InstrumentProlonged,),
        "it had run out before, and the new end was over too by the day of the act",
    ),
    "W508": (
        (InstrumentRegistered,),
        "the text that it replaces is between two others: it ends when this one takes effect",
    ),
    "W509": ((CooperationGivenUp,), "no text in effect is given up: there is nothing to give up"),
    "W601": ((CommitmentMade,), "a standing commitment with a due date"),
    "W602": (
        (CommitmentMade, CommitmentRescheduled, CommitmentReopened),
        "the due date is surely before the act itself",
    ),
    "W603": (
        (CommitmentMade, CommitmentRescheduled),
        "due at a meeting that was held surely before the act",
    ),
    "W701": (
        (EventCorrected, EventRetracted),
        "an id that other events name would be unknown, or of no partnership: mend them too",
    ),
}


def codes_of(cls: type[Event]) -> list[str]:
    """Return the codes of an event class without the general ones, sorted."""
    return [code for code, (kinds, _) in CODES.items() if issubclass(cls, kinds)]
