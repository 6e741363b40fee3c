"""The table of checks: which of them each kind of event must pass, in order."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import cast

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._validation.candidate import Candidate, Check, OwnChecks
from coopledger._validation.commitments import (
    commitment_act,
    commitment_made,
    conditions_met,
    fulfilled,
    handed_over,
    let_off,
)
from coopledger._validation.corrections import FIXED, about_event, disputes, supports, uprooted
from coopledger._validation.general import general, named_subject, unknown_ids
from coopledger._validation.instruments import (
    allowed_now,
    completed,
    entered_into_force,
    initialled,
    notified,
    prolongation,
    provisionally_applied,
    ratified,
    resumed,
    signed,
    withdrawn,
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
from coopledger._validation.proposals import proposal_answered, proposal_put, realised
from coopledger._validation.warnings import (
    dated_in_the_past,
    miscounted,
    unnamed_parties,
    unsourced,
)
from coopledger.errors import ArgumentError, Finding, RefusedError
from coopledger.events import Event


def findings(candidate: Candidate) -> list[Finding]:
    """Return every finding on the candidate; ids that are unknown are reported alone."""
    event = candidate.event
    kind = type(event).__name__
    return [
        attrs.evolve(finding, event_type=kind, event_id=event.id) for finding in _checked(candidate)
    ]


def _checked(candidate: Candidate) -> list[Finding]:
    """Return what the checks yield, which do not say again which event is looked at."""
    findings = [*unknown_ids(candidate), *general(candidate)]
    if not findings:
        for check in checks_of(type(candidate.event)):
            findings += check(candidate)
        for kind, check in candidate.own:
            if isinstance(candidate.event, kind):
                findings += map(_of_a_pack, check(candidate))
    return findings


def _of_a_pack(finding: Finding) -> Finding:
    """Return the finding, if its code says what it is and that it is of a pack.

    Raises:
        ArgumentError: The code says neither.
    """
    if not finding.code.startswith(("E-", "W-")):
        remedy = "is no code of a pack: begin it with E- to refuse, or with W- to warn"
        raise ArgumentError("packs", repr(finding.code), remedy)
    return finding


def corrects(candidate: Candidate) -> Iterator[Finding]:
    """E703: some fields are fixed; the codes of the changed event, if it is not valid."""
    event = candidate.event
    if not isinstance(event, events.EventCorrected):
        return
    if not event.changes:
        yield Finding("E105", "'changes' is empty: name the fields to replace", "changes")
    for name in event.changes:
        if name in FIXED:
            yield Finding(
                "E703", f"changes: {name!r} is fixed once recorded: retract instead", "changes"
            )
    target = candidate.visible.find(event.target)
    if target is None or FIXED.intersection(event.changes):
        return
    try:
        changed = candidate.visible.corrected(target.event, event.changes)
    except RefusedError as error:
        for finding in error.findings:
            yield Finding(finding.code, f"changes: {finding.message}", "changes")
        return
    yield from _tried_again(candidate, target, changed)


def _tried_again(candidate: Candidate, target: Fact, changed: Event) -> Iterator[Finding]:
    """Yield what the changes bring in, as if the target had never been recorded."""
    left_out = attrs.evolve(candidate, visible=candidate.visible.without(target.position))
    before, after = (
        findings(attrs.evolve(left_out, fact=Fact.of(target.position, event)))
        for event in (target.event, changed)
    )
    for finding in after:
        if finding.is_refusal and finding not in before:
            message = f"changes: {finding.message}"
            yield Finding(finding.code, message, "changes", unknown=finding.unknown)


CHECKS: tuple[tuple[type[Event], Check], ...] = (
    (events.PartyRegistered, party_registered),
    (events.PartySucceeded, party_succeeded),
    (events.PartnershipOpened, partnership_opened),
    (events.MeetingScheduled, meeting_number),
    (events.MeetingScheduled, number_skipped),
    (events.MeetingPostponed, meeting_act),
    (events.MeetingCancelled, meeting_act),
    (events.MeetingHeld, meeting_held),
    (events.MeetingHeld, meeting_number),
    (events.MeetingHeld, number_skipped),
    (events.InterestExpressed, proposal_put),
    (events.ProposalMade, proposal_put),
    (events.ProposalAnswer, proposal_answered),
    (events.InstrumentInitialled, initialled),
    (events.InstrumentSigned, signed),
    (events.InstrumentRatified, ratified),
    (events.InstrumentEnteredIntoForce, entered_into_force),
    (events.InstrumentProvisionallyApplied, provisionally_applied),
    (events.InstrumentProlonged, prolongation),
    (events.InstrumentResumed, resumed),
    (events.TerminationNotified, notified),
    (events.TerminationNoticeWithdrawn, withdrawn),
    (events.InstrumentCompleted, completed),
    (Event, allowed_now),
    (events.ImplementationReported, named_subject),
    (events.MilestoneReached, named_subject),
    (events.CommitmentMade, commitment_made),
    (Event, conditions_met),
    (Event, commitment_act),
    (Event, fulfilled),
    (events.CommitmentReleased, let_off),
    (events.CommitmentCancelled, let_off),
    (events.CommitmentDelegated, handed_over),
    (events.CommitmentAssigned, handed_over),
    (Event, realised),
    (Event, about_event),
    (events.EventCorrected, corrects),
    (events.SourceAdded, supports),
    (events.FactDisputed, disputes),
    (events.EventCorrected, uprooted),
    (events.EventRetracted, uprooted),
    (events.FigureReported, miscounted),
    (Event, dated_in_the_past),
    (Event, unnamed_parties),
    (Event, unsourced),
)


def _checks_of(cls: type[Event]) -> tuple[Check, ...]:
    """The checks that events of the class must pass, in order."""
    return tuple(check for kind, check in CHECKS if issubclass(cls, kind))


# Asked for every event that is recorded; the cast is for type checkers, which take the hash of a
# class for that of its instances.
checks_of: Callable[[type[Event]], tuple[Check, ...]] = cast(
    Callable[[type[Event]], tuple[Check, ...]], cache(_checks_of)
)


# The findings on one event that asks to be recorded.


def validate(
    event: Event, visible: Visible, *, position: int, today: int, own: OwnChecks = ()
) -> list[Finding]:
    """Return every refusal (E...) and warning (W...) on an event that is to be recorded.

    The event is tried at ``position`` against what is visible; ``today`` is the day of
    recording in the ledger's zone, as an ordinal. A rule that depends on a state looks at the
    state just before the event's own place in the replay. ``own`` are checks beyond those of the
    library.
    """
    return findings(Candidate(fact=Fact.of(position, event), visible=visible, today=today, own=own))
