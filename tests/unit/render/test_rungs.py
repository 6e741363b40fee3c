"""Sign of each kind of act: nothing shows a rung that it does not have."""

import pytest

from coopledger import events
from coopledger._display.signs import NOTED, sign_of
from coopledger.events import Deed
from coopledger.events.envelope import event, is_event
from coopledger.render.rungs import rung
from coopledger.terms import CommitmentFirmness, ProposalFirmness

# The sign on a terminal, and the kinds of acts that show it.
SIGNS = {
    # On record, and no more.
    "·": (
        "PartyRegistered PartyRenamed PartySucceeded PartnershipOpened InstrumentRegistered"
        " EventCorrected EventRetracted SourceAdded FactDisputed NoteAdded StatusReported"
        " FigureReported StatementMade ImplementationReported CommitmentProgressed"
        " CommitmentDelegated CommitmentAssigned CommitmentRescheduled ReservationMade SameAs"
        " CooperationGivenUp CooperationResumed ObstacleReported ObstacleRemoved NothingDone"
        " RenewalDecided"
        " CommitmentVaried CommitmentReopened ReminderSent ResponsibilityAssigned"
    ),
    # Wish, proposal and what answers it, agreed in principle, promise.
    "▁": "InterestExpressed",
    "▁▃": "ProposalMade ProposalAcknowledged ProposalCountered",
    "▁▃▅": "ProposalAgreedInPrinciple NegotiationOpened",
    "▁▃▅▇": "CommitmentMade",
    # Done.
    "✓": (
        "MeetingHeld CommitmentFulfilled ConditionMet MilestoneReached ProposalAccepted"
        " NegotiationConcluded InstrumentInitialled InstrumentApproved InstrumentRatified"
        " InstrumentSigned InstrumentProvisionallyApplied InstrumentEnteredIntoForce"
        " InstrumentExtended InstrumentRenewed InstrumentAmended"
        " InstrumentResumed InstrumentCompleted TerminationNoticeWithdrawn InstrumentAdopted"
        " InstrumentAcceded ReservationWithdrawn PartyJoined PartyLeft"
    ),
    # Planned, and put off.
    "▢": "MeetingScheduled",
    "‖": "MeetingPostponed",
    # Called off, declined, given up, stopped, ended.
    "×": "MeetingCancelled CommitmentCancelled ProposalDeclined",
    "−": "CommitmentReleased ProposalWithdrawn SignatureWithdrawn",
    "⊘": "ConditionFailed",
    "▨": "NegotiationBrokenOff InstrumentTerminated",
    "◫": "InstrumentSuspended",
    "◪": "TerminationNotified",
    "■": "PartnershipClosed",
}
KINDS = [kind for name in events.__all__ if is_event(kind := getattr(events, name))]
EXPECTED = {name: sign for sign, names in SIGNS.items() for name in names.split()}


def test_the_table_here_names_every_kind_of_event() -> None:
    assert {kind.__name__ for kind in KINDS} == set(EXPECTED)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_act_shows_the_sign_of_how_far_it_goes(kind: type[events.Event]) -> None:
    word = rung(kind)
    sign = NOTED if word is None else sign_of(word)

    assert sign is not None
    assert sign.terminal == EXPECTED[kind.__name__]


def test_the_firmness_that_was_said_stands() -> None:
    assert rung(events.ProposalMade, ProposalFirmness.WISH) is ProposalFirmness.WISH
    assert rung(events.CommitmentMade, CommitmentFirmness.TARGET) is CommitmentFirmness.TARGET


def test_a_deed_of_another_vocabulary_is_done() -> None:
    @event
    class SampleSent(Deed):
        """Sample sent to a laboratory."""

    assert rung(SampleSent) is rung(events.MeetingHeld)
