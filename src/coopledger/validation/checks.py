"""The table of checks: which of them each kind of event must pass, in order."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import cast

import attrs

from coopledger import events
from coopledger.errors import ArgumentError, RefusedError
from coopledger.events import Event
from coopledger.facts import Fact
from coopledger.validation.commitments import (
    commitment_act,
    commitment_made,
    conditions_met,
    fulfilled,
    handed_over,
    let_off,
)
from coopledger.validation.corrections import FIXED, about_event, disputes, supports, uprooted
from coopledger.validation.doubts import (
    dated_in_the_past,
    miscounted,
    unnamed_parties,
    unsourced,
)
from coopledger.validation.general import general, unknown_ids
from coopledger.validation.instruments import (
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
from coopledger.validation.parties import (
    meeting_act,
    meeting_held,
    meeting_number,
    number_skipped,
    partnership_opened,
    party_registered,
    party_succeeded,
)
from coopledger.validation.proposals import proposal_answered, proposal_put, realised
from coopledger.validation.reports import named_subject
from coopledger.validation.trial import Check, Problem, Trial

__all__ = ["CHECKS", "problems"]


def problems(trial: Trial) -> list[Problem]:
    """Everything wrong or odd with the event; ids that are unknown are reported alone."""
    found = [*unknown_ids(trial), *general(trial)]
    if not found:
        for check in checks_of(type(trial.event)):
            found += check(trial)
        for kind, check in trial.own:
            if isinstance(trial.event, kind):
                found += map(_of_a_pack, check(trial))
    return found


def _of_a_pack(problem: Problem) -> Problem:
    """The problem, if its code says what it is and that it is of a pack.

    Raises:
        ArgumentError: The code says neither.
    """
    if not problem.code.startswith(("E-", "W-")):
        remedy = "is no code of a pack: begin it with E- to refuse, or with W- to warn"
        raise ArgumentError("packs", repr(problem.code), remedy)
    return problem


def corrects(trial: Trial) -> Iterator[Problem]:
    """E703: some fields are fixed; the codes of the changed event, if it is not valid."""
    event = trial.event
    if not isinstance(event, events.EventCorrected):
        return
    if not event.changes:
        yield Problem("E105", "changes", "'changes' is empty: name the fields to replace")
    for name in event.changes:
        if name in FIXED:
            yield Problem(
                "E703", "changes", f"changes: {name!r} is fixed once recorded: retract instead"
            )
    target = trial.visible.find(event.target)
    if target is None or FIXED.intersection(event.changes):
        return
    try:
        changed = trial.visible.corrected(target.event, event.changes)
    except RefusedError as error:
        for finding in error.findings:
            yield Problem(finding.code, "changes", f"changes: {finding.message}")
        return
    yield from _tried_again(trial, target, changed)


def _tried_again(trial: Trial, target: Fact, changed: Event) -> Iterator[Problem]:
    """The problems that the changes bring in, as if the target had never been recorded."""
    left_out = attrs.evolve(trial, visible=trial.visible.without(target.position))
    before, after = (
        problems(attrs.evolve(left_out, fact=Fact.of(target.position, event)))
        for event in (target.event, changed)
    )
    for problem in after:
        if problem.code.startswith("E") and problem not in before:
            message = f"changes: {problem.message}"
            yield Problem(problem.code, "changes", message, problem.unknown)


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
