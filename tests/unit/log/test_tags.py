"""Wire tags are a promise to every log ever written: a list of them that nobody derives."""

from coopledger import events
from coopledger._log.vocabulary import TAGS, types_in
from coopledger.events import Event, corrections, reports

# Never change or take away a line: add one at the place of its class, or raise a version.
PROMISED: list[tuple[str, int, type[Event]]] = [
    ("party-registered", 1, events.PartyRegistered),
    ("party-renamed", 1, events.PartyRenamed),
    ("party-succeeded", 1, events.PartySucceeded),
    ("partnership-opened", 1, events.PartnershipOpened),
    ("partnership-closed", 1, events.PartnershipClosed),
    ("party-joined", 1, events.PartyJoined),
    ("party-left", 1, events.PartyLeft),
    ("meeting-scheduled", 1, events.MeetingScheduled),
    ("meeting-postponed", 1, events.MeetingPostponed),
    ("meeting-cancelled", 1, events.MeetingCancelled),
    ("meeting-held", 1, events.MeetingHeld),
    ("interest-expressed", 1, events.InterestExpressed),
    ("proposal-made", 1, events.ProposalMade),
    ("proposal-acknowledged", 1, events.ProposalAcknowledged),
    ("proposal-countered", 1, events.ProposalCountered),
    ("proposal-agreed-in-principle", 1, events.ProposalAgreedInPrinciple),
    ("proposal-accepted", 1, events.ProposalAccepted),
    ("proposal-declined", 1, events.ProposalDeclined),
    ("proposal-withdrawn", 1, events.ProposalWithdrawn),
    ("instrument-registered", 1, events.InstrumentRegistered),
    ("negotiation-opened", 1, events.NegotiationOpened),
    ("negotiation-concluded", 1, events.NegotiationConcluded),
    ("negotiation-broken-off", 1, events.NegotiationBrokenOff),
    ("instrument-initialled", 1, events.InstrumentInitialled),
    ("instrument-approved", 1, events.InstrumentApproved),
    ("instrument-ratified", 1, events.InstrumentRatified),
    ("instrument-adopted", 1, events.InstrumentAdopted),
    ("instrument-acceded", 1, events.InstrumentAcceded),
    ("signature-withdrawn", 1, events.SignatureWithdrawn),
    ("reservation-made", 1, events.ReservationMade),
    ("reservation-withdrawn", 1, events.ReservationWithdrawn),
    ("instrument-signed", 1, events.InstrumentSigned),
    ("instrument-provisionally-applied", 1, events.InstrumentProvisionallyApplied),
    ("instrument-entered-into-force", 1, events.InstrumentEnteredIntoForce),
    ("instrument-extended", 1, events.InstrumentExtended),
    ("instrument-renewed", 1, events.InstrumentRenewed),
    ("instrument-amended", 1, events.InstrumentAmended),
    ("instrument-suspended", 1, events.InstrumentSuspended),
    ("instrument-resumed", 1, events.InstrumentResumed),
    ("termination-notified", 1, events.TerminationNotified),
    ("termination-notice-withdrawn", 1, events.TerminationNoticeWithdrawn),
    ("instrument-terminated", 1, events.InstrumentTerminated),
    ("instrument-completed", 1, events.InstrumentCompleted),
    ("commitment-made", 1, events.CommitmentMade),
    ("condition-met", 1, events.ConditionMet),
    ("condition-failed", 1, events.ConditionFailed),
    ("commitment-progressed", 1, events.CommitmentProgressed),
    ("commitment-fulfilled", 1, events.CommitmentFulfilled),
    ("commitment-released", 1, events.CommitmentReleased),
    ("commitment-cancelled", 1, events.CommitmentCancelled),
    ("commitment-delegated", 1, events.CommitmentDelegated),
    ("commitment-assigned", 1, events.CommitmentAssigned),
    ("commitment-rescheduled", 1, events.CommitmentRescheduled),
    ("implementation-reported", 1, events.ImplementationReported),
    ("milestone-reached", 1, events.MilestoneReached),
    ("status-reported", 1, events.StatusReported),
    ("figure-reported", 1, events.FigureReported),
    ("statement-made", 1, events.StatementMade),
    ("note-added", 2, events.NoteAdded),
    ("event-corrected", 1, events.EventCorrected),
    ("event-retracted", 1, events.EventRetracted),
    ("source-added", 1, events.SourceAdded),
    ("fact-disputed", 1, events.FactDisputed),
    ("same-as", 1, events.SameAs),
]


def test_every_tag_is_as_it_was_promised() -> None:
    assert [(tag, version, cls) for tag, (version, cls) in TAGS.items()] == PROMISED


def test_the_types_of_a_module_come_in_the_order_of_its_classes() -> None:
    assert list(types_in([corrections, reports])) == [
        "event-corrected",
        "event-retracted",
        "source-added",
        "fact-disputed",
        "same-as",
        "implementation-reported",
        "milestone-reached",
        "status-reported",
        "figure-reported",
        "statement-made",
        "note-added",
    ]
