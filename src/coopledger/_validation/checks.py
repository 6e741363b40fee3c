"""Table of checks: which of them each type of event must pass, and the findings that they make."""

from collections.abc import Iterator

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._rules.instrument import ACTS
from coopledger._validation.candidate import Candidate, Check, OwnChecks
from coopledger._validation.commitments import (
    CLOSED_TO,
    commitment_act,
    commitment_ended,
    commitment_made,
    commitment_transferred,
    commitments_fulfilled,
    conditions_met,
)
from coopledger._validation.corrections import (
    FIXED,
    correction_target,
    fact_disputed,
    ids_lost,
    source_added,
)
from coopledger._validation.general import (
    PLANS,
    dated_in_the_past,
    general,
    inconsistent_figure,
    subject_missing,
    unknown_ids,
    unnamed_parties,
    unsourced,
)
from coopledger._validation.instruments import (
    instrument_act,
    instrument_completed,
    instrument_entered_into_force,
    instrument_initialled,
    instrument_prolonged,
    instrument_provisionally_applied,
    instrument_ratified,
    instrument_resumed,
    instrument_signed,
    notice_given,
    notice_withdrawn,
    term_over,
)
from coopledger._validation.parties import (
    meeting_act,
    meeting_held,
    meeting_number,
    number_skipped,
    partnership_opened,
    party_registered,
    party_succeeded,
)
from coopledger._validation.proposals import proposal_answered, proposal_put, proposals_realised
from coopledger.errors import ArgumentError, Finding, RefusedError
from coopledger.events import Event
from coopledger.events._references import once_per_class


def validate(
    event: Event, visible: Visible, *, position: int, today: int, own: OwnChecks = ()
) -> list[Finding]:
    """Return every refusal (E...) and warning (W...) on an event that is to be recorded.

    The event is tried at ``position`` against the visible facts; ``today`` is the day of
    recording in the ledger's zone, as an ordinal. A rule that depends on a state looks at the
    state just before the event's own place in the replay. ``own`` are checks beyond those of the
    library.
    """
    return findings(Candidate(fact=Fact.of(position, event), visible=visible, today=today, own=own))


def findings(candidate: Candidate) -> list[Finding]:
    """Return every finding on the candidate; ids that are unknown are reported alone."""
    event = candidate.event
    results = [*unknown_ids(candidate), *general(candidate)]
    if not results:
        for check in checks_of(type(event)):
            results += check(candidate)
        for cls, check in candidate.own:
            if isinstance(event, cls):
                results += map(_of_a_pack, check(candidate))
    # The checks themselves do not name the event.
    kind = type(event).__name__
    return [attrs.evolve(finding, event_type=kind, event_id=event.id) for finding in results]


def _of_a_pack(finding: Finding) -> Finding:
    """Return the finding, if its code begins as the codes of packs do.

    Raises:
        ArgumentError: The code begins otherwise.
    """
    if not finding.code.startswith(("E-", "W-")):
        remedy = "is no code of a pack: begin it with E- to refuse, or with W- to warn"
        raise ArgumentError("packs", repr(finding.code), remedy)
    return finding


def event_corrected(candidate: Candidate) -> Iterator[Finding]:
    """Refuse to change a fixed field (E703), and changes that make the target invalid.

    The codes of the changed event are those that it would have, if it were recorded now.
    """
    event = candidate.event
    if not isinstance(event, events.EventCorrected):
        return
    if not event.changes:
        yield Finding("E105", "'changes' is empty: name the fields to replace", "changes")
    for name in event.changes:
        if name in FIXED:
            message = f"changes: {name!r} is fixed once recorded: retract instead"
            yield Finding("E703", message, "changes")
    target = candidate.visible.find(event.target)
    if target is None or FIXED.intersection(event.changes):
        return
    try:
        changed = candidate.visible.corrected(target.event, event.changes)
    except RefusedError as error:
        for finding in error.findings:
            yield Finding(finding.code, f"changes: {finding.message}", "changes")
        return
    yield from _refusals_of_changes(candidate, target, changed)


def _refusals_of_changes(candidate: Candidate, target: Fact, changed: Event) -> Iterator[Finding]:
    """Yield the refusals that the changes bring in, as if the target had never been recorded."""
    left_out = attrs.evolve(candidate, visible=candidate.visible.without(target.position))
    before, after = (
        findings(attrs.evolve(left_out, fact=Fact.of(target.position, event)))
        for event in (target.event, changed)
    )
    for finding in after:
        if finding.is_refusal and finding not in before:
            message = f"changes: {finding.message}"
            yield Finding(finding.code, message, "changes", unknown=finding.unknown)


# In the order of their findings; an event passes the checks of each class of which it is one.
CHECKS: tuple[tuple[type[Event] | tuple[type[Event], ...], Check], ...] = (
    (events.PartyRegistered, party_registered),
    (events.PartySucceeded, party_succeeded),
    (events.PartnershipOpened, partnership_opened),
    ((events.MeetingPostponed, events.MeetingCancelled), meeting_act),
    (events.MeetingHeld, meeting_held),
    ((events.MeetingScheduled, events.MeetingHeld), meeting_number),
    ((events.MeetingScheduled, events.MeetingHeld), number_skipped),
    ((events.InterestExpressed, events.ProposalMade), proposal_put),
    (events.ProposalAnswer, proposal_answered),
    (events.InstrumentInitialled, instrument_initialled),
    (events.InstrumentSigned, instrument_signed),
    (events.InstrumentAct, term_over),
    (events.InstrumentRatified, instrument_ratified),
    (events.InstrumentEnteredIntoForce, instrument_entered_into_force),
    (events.InstrumentProvisionallyApplied, instrument_provisionally_applied),
    (events.InstrumentProlonged, instrument_prolonged),
    (events.InstrumentResumed, instrument_resumed),
    (events.TerminationNotified, notice_given),
    (events.TerminationNoticeWithdrawn, notice_withdrawn),
    (events.InstrumentCompleted, instrument_completed),
    (tuple(ACTS), instrument_act),
    ((events.ImplementationReported, events.MilestoneReached), subject_missing),
    (events.CommitmentMade, commitment_made),
    (Event, conditions_met),
    (CLOSED_TO, commitment_act),
    (Event, commitments_fulfilled),
    ((events.CommitmentReleased, events.CommitmentCancelled), commitment_ended),
    ((events.CommitmentDelegated, events.CommitmentAssigned), commitment_transferred),
    (Event, proposals_realised),
    (events.Correction, correction_target),
    (events.EventCorrected, event_corrected),
    (events.SourceAdded, source_added),
    (events.FactDisputed, fact_disputed),
    ((events.EventCorrected, events.EventRetracted), ids_lost),
    (events.FigureReported, inconsistent_figure),
    (tuple(PLANS), dated_in_the_past),
    (Event, unnamed_parties),
    (events.Act, unsourced),
)


@once_per_class
def checks_of(cls: type[Event]) -> tuple[Check, ...]:
    """Return the checks that events of the class must pass, in order."""
    return tuple(check for kinds, check in CHECKS if issubclass(cls, kinds))
