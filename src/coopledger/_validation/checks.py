"""Table of checks: which of them each type of event must pass, and the findings that they make.

The other modules of this package hold the checks, one for each noun, and list the codes that they
give. A changed event passes the whole table once more, so that corrections are checked here.

Codes: E105, E703.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar, cast

import attrs

from coopledger import events
from coopledger._facts.index import Fact, fields_in_words
from coopledger._facts.visible import Visible
from coopledger._rules.instrument_table import ACTS
from coopledger._rules.lives import Lives
from coopledger._validation.candidate import Candidate, OwnChecks
from coopledger._validation.circles import circles_closed
from coopledger._validation.commitments import (
    CLOSED_TO,
    amount_paid,
    commitment_act,
    commitment_dated,
    commitment_delivered,
    commitment_ended,
    commitment_fulfilled,
    commitment_made,
    commitment_recurs,
    commitment_reopened,
    commitment_rescheduled,
    commitment_transferred,
    commitment_varied,
    commitments_fulfilled,
    conditions_met,
    due_at_past_meeting,
    due_in_two_ways,
    due_too_early,
    moved_to_a_date,
    occurrence_named,
    unfit_amount,
)
from coopledger._validation.cooperation import cooperation_given_up
from coopledger._validation.corrections import (
    FIXED,
    cleared_fields,
    correction_target,
    fact_disputed,
    ids_lost,
    source_added,
)
from coopledger._validation.general import (
    CLOSING,
    PLANS,
    dated_in_the_past,
    in_the_future,
    inconsistent_figure,
    lists_needed,
    looks_alike,
    nobody_named,
    parties_in_words,
    period_not_over,
    subject_missing,
    taken,
    told_of_the_future,
    unfit_ids,
    unknown_fields,
    unknown_ids,
    unnamed_participants,
    unsourced,
    without_day,
    without_names,
)
from coopledger._validation.instruments import (
    AS_IF,
    instrument_act,
    instrument_completed,
    instrument_entered_into_force,
    instrument_initialled,
    instrument_prolonged,
    instrument_provisionally_applied,
    instrument_resumed,
    notice_given,
    term_over,
    term_twice,
)
from coopledger._validation.meetings import (
    meeting_act,
    meeting_held,
    meeting_number,
    number_skipped,
)
from coopledger._validation.mergers import same_as
from coopledger._validation.participants import (
    instrument_acceded,
    instrument_ratified,
    instrument_signed,
    notice_by_parties,
    notice_withdrawn,
    parties_entered,
    party_joined,
    party_left,
    replaces_for_others,
    reservation_made,
    reservation_withdrawn,
    signature_withdrawn,
    terminated_by_parties,
)
from coopledger._validation.parties import partnership_closed, partnership_opened, party_succeeded
from coopledger._validation.proposals import proposal_answered, proposal_put, proposals_realised
from coopledger._validation.ties import FIELDS, TIED
from coopledger.errors import ArgumentError, Finding, RefusedError
from coopledger.events import Event

E = TypeVar("E", bound=Event)
EventCheck = Callable[[Candidate, Event], Iterator[Finding]]
FieldsOf = Callable[[type[Event]], Iterable[str]]
# A check of events of the class, wherever one of the fields is said; without them, always.
Row = tuple[type[Event], EventCheck, FieldsOf | None]
Checks = tuple[EventCheck, ...]
MOST_SHAPES = 10_000  # So many sets of fields are known; people say the same ones over and over.


def validate(  # noqa: PLR0913 - all that a trial needs to know
    event: Event,
    visible: Visible,
    *,
    position: int,
    today: int,
    index: int | None = None,
    own: OwnChecks = (),
    lives: Lives | None = None,
) -> list[Finding]:
    """Return every refusal (E...) and warning (W...) on an event that is to be recorded.

    The event is tried at ``position`` against the visible facts; ``today`` is the day of
    recording in the ledger's zone, as an ordinal, and ``index`` its place in the call, from 1. A
    rule that depends on a state looks at the state just before the event's own place in the
    replay. ``own`` are checks beyond those of the library. ``lives`` are kept from one call to
    the next of one writer.
    """
    if lives is not None:
        lives.follow(visible)
    fact = Fact.of(position, event)
    return findings(
        Candidate(fact=fact, visible=visible, today=today, index=index, own=own, lives=lives)
    )


def findings(candidate: Candidate) -> list[Finding]:
    """Return every finding on the candidate; ids that are unknown are reported alone.

    These are the ids as they are written; whatever else is asked is asked of the thing.
    """
    event = candidate.event
    first, then = checks_of(type(event), tuple(vars(event)))
    results = [finding for check in first for finding in check(candidate, event)]
    if not results:
        read = candidate.as_read()
        results = [finding for check in then for finding in check(read, read.event)]
        for cls, own_check in candidate.own:
            if isinstance(event, cls):
                results += map(_of_a_pack, own_check(read))
    return [_named(finding, candidate) for finding in results]


def _named(finding: Finding, candidate: Candidate) -> Finding:
    """Return the finding with the type, id and place of the event, which the checks do not name."""
    event = candidate.event
    return Finding(
        finding.code,
        finding.message,
        finding.field,
        event_type=type(event).__name__,
        event_id=event.id,
        index=candidate.index,
        unknown=finding.unknown,
    )


def _of_a_pack(finding: Finding) -> Finding:
    """Return the finding, if its code begins as the codes of packs do.

    Raises:
        ArgumentError: The code begins otherwise.
    """
    if not finding.code.startswith(("E-", "W-")):
        remedy = "is no code of a pack: begin it with E- to refuse, or with W- to warn"
        raise ArgumentError("packs", repr(finding.code), remedy)
    return finding


def event_corrected(candidate: Candidate, event: events.EventCorrected) -> Iterator[Finding]:
    """Refuse to change a fixed field (E703), and changes that make the target invalid.

    The codes of the changed event are those that it would have, if it were recorded now.
    """
    if not event.changes:
        yield Finding("E105", "'changes' is empty: name the fields to replace", "changes")
    for name in event.changes:
        if name in FIXED:
            message = f"changes: {name!r} is fixed once recorded: retract instead"
            yield Finding("E703", message, "changes")
    target = candidate.visible.find(event.target)
    if target is None or FIXED.intersection(event.changes):
        return
    yield from cleared_fields(candidate, target.event, event)
    try:
        changed = candidate.visible.corrected(target.event, event.changes)
    except RefusedError as error:
        for finding in error.findings:
            yield Finding(finding.code, f"changes: {finding.message}", "changes")
        return
    yield from _refusals_of_changes(candidate, target, changed)


def _refusals_of_changes(candidate: Candidate, target: Fact, changed: Event) -> Iterator[Finding]:
    """Yield the refusals that the changes bring in, as if the target had never been recorded."""
    left_out = candidate.without(target.position)
    before, after = (
        findings(attrs.evolve(left_out, fact=Fact.of(target.position, event)))
        for event in (target.event, changed)
    )
    for finding in after:
        if finding.is_refusal and finding not in before:
            message = f"changes: {finding.message}"
            yield Finding(finding.code, message, "changes", unknown=finding.unknown)


def _row(
    cls: type[E],
    check: Callable[[Candidate, E], Iterator[Finding]],
    *fields: str,
    fields_of: FieldsOf | None = None,
) -> Row:
    """Return the row of a check: the events of which class must pass it.

    Where fields are named, only an event in which one of them is said comes to the check.
    Type checkers cannot see in a table that only events of the class do.
    """

    def named(_: type[Event]) -> tuple[str, ...]:
        return fields

    return cls, cast(EventCheck, check), fields_of or (named if fields else None)


WITH_AMOUNT = (
    events.CommitmentMade,
    events.CommitmentProgressed,
    events.CommitmentVaried,
)
# What an event needs to be looked at further, in the order of their findings.
FIRST_CHECKS: tuple[Row, ...] = (
    _row(Event, unknown_ids),
    _row(Event, in_the_future, "when"),
    _row(Event, unknown_fields, "inferred"),
    _row(Event, without_day, *CLOSING),
    _row(Event, without_names, fields_of=lists_needed),
    _row(Event, unfit_ids),
    _row(Event, taken),
)
# In the order of their findings; an event passes the checks of each class of which it is one.
CHECKS: tuple[Row, ...] = (
    _row(Event, looks_alike),
    _row(events.PartySucceeded, party_succeeded),
    _row(events.PartnershipOpened, partnership_opened),
    *(_row(cls, circles_closed, *FIELDS) for cls in TIED),
    _row(events.PartnershipClosed, partnership_closed),
    _row(events.SameAs, same_as),
    _row(events.PartyJoined, party_joined),
    _row(events.PartyLeft, party_left),
    _row(events.InstrumentRegistered, replaces_for_others, "supersedes"),
    _row(events.MeetingPostponed, meeting_act),
    _row(events.MeetingCancelled, meeting_act),
    _row(events.MeetingHeld, meeting_held),
    _row(events.MeetingScheduled, meeting_number, "number"),
    _row(events.MeetingHeld, meeting_number, "number"),
    _row(events.MeetingScheduled, number_skipped, "number"),
    _row(events.MeetingHeld, number_skipped, "number"),
    _row(events.InterestExpressed, proposal_put),
    _row(events.ProposalMade, proposal_put),
    _row(events.ProposalAnswer, proposal_answered),
    _row(events.InstrumentInitialled, instrument_initialled),
    _row(events.InstrumentSigned, instrument_signed, "signers", "missing_signers"),
    _row(events.InstrumentAct, term_over, "until"),
    *(
        _row(cls, term_twice, "years", "months", "open_ended")
        for cls in (events.InstrumentRegistered, events.InstrumentAct)
    ),
    _row(events.InstrumentRatified, instrument_ratified),
    _row(events.InstrumentAcceded, instrument_acceded),
    _row(events.SignatureWithdrawn, signature_withdrawn),
    _row(events.ReservationMade, reservation_made),
    _row(events.ReservationWithdrawn, reservation_withdrawn),
    _row(events.InstrumentEnteredIntoForce, instrument_entered_into_force),
    _row(events.InstrumentEnteredIntoForce, parties_entered, "parties"),
    _row(events.InstrumentProvisionallyApplied, instrument_provisionally_applied),
    _row(events.InstrumentProlonged, instrument_prolonged),
    _row(events.InstrumentResumed, instrument_resumed),
    _row(events.TerminationNotified, notice_by_parties),
    _row(events.TerminationNotified, notice_given),
    _row(events.InstrumentTerminated, terminated_by_parties, "by"),
    _row(events.TerminationNoticeWithdrawn, notice_withdrawn),
    _row(events.InstrumentCompleted, instrument_completed),
    *(_row(cls, instrument_act) for cls in (*ACTS, *AS_IF)),
    _row(events.ImplementationReported, subject_missing),
    _row(events.MilestoneReached, subject_missing),
    _row(events.CooperationGivenUp, subject_missing),
    _row(events.CooperationGivenUp, cooperation_given_up),
    _row(events.CooperationResumed, subject_missing),
    _row(events.NothingDone, subject_missing),
    _row(events.ResponsibilityAssigned, nobody_named),
    _row(events.CommitmentMade, commitment_made),
    _row(events.CommitmentMade, due_in_two_ways, "due_text", "due_meeting"),
    *(_row(cls, unfit_amount, "amount") for cls in WITH_AMOUNT),
    _row(events.CommitmentMade, commitment_dated, "not_before"),
    _row(events.CommitmentMade, due_at_past_meeting, "due_meeting"),
    _row(events.CommitmentMade, commitment_recurs, "recurs"),
    _row(Event, conditions_met, "meets", "condition"),
    *(_row(cls, commitment_act) for cls in CLOSED_TO),
    _row(events.CommitmentRescheduled, commitment_rescheduled),
    _row(events.CommitmentRescheduled, due_in_two_ways, "due_text", "due_meeting"),
    _row(events.CommitmentRescheduled, due_too_early, "due"),
    _row(events.CommitmentRescheduled, due_at_past_meeting, "due_meeting"),
    _row(events.CommitmentRescheduled, moved_to_a_date, "due_text", "due_meeting"),
    _row(events.CommitmentVaried, commitment_varied),
    _row(events.CommitmentReopened, commitment_reopened),
    _row(events.CommitmentReopened, due_too_early, "due"),
    _row(events.CommitmentProgressed, amount_paid, "amount"),
    _row(events.CommitmentProgressed, commitment_delivered, "by"),
    _row(events.CommitmentFulfilled, commitment_delivered, "by"),
    _row(Event, commitments_fulfilled, "fulfils"),
    _row(events.CommitmentFulfilled, commitment_fulfilled),
    _row(events.CommitmentFulfilled, occurrence_named, "occurrence"),
    _row(events.CommitmentReleased, commitment_ended),
    _row(events.CommitmentCancelled, commitment_ended),
    _row(events.CommitmentDelegated, commitment_transferred),
    _row(events.CommitmentAssigned, commitment_transferred),
    _row(Event, proposals_realised, "realises"),
    _row(events.Correction, correction_target),
    _row(events.EventCorrected, event_corrected),
    _row(events.SourceAdded, source_added),
    _row(events.FactDisputed, fact_disputed),
    _row(events.EventCorrected, ids_lost),
    _row(events.EventRetracted, ids_lost),
    _row(events.FigureReported, inconsistent_figure, "partners"),
    _row(events.FigureReported, period_not_over, "period"),
    _row(events.ImplementationReported, period_not_over, "period"),
    _row(events.NothingDone, period_not_over, "period"),
    *(_row(cls, dated_in_the_past, "planned", "due", "ask_again") for cls in PLANS),
    _row(Event, told_of_the_future, "source", "founded"),
    _row(Event, unnamed_participants, "participants"),
    _row(Event, parties_in_words, fields_of=fields_in_words),
    _row(events.Act, unsourced),
)


def checks_of(cls: type[Event], said: tuple[str, ...]) -> tuple[Checks, Checks]:
    """Return the checks of an event of the class that says these fields: the first, and others."""
    # Type checkers take the hash of a class for that of its instances.
    return _checks_of(cast(Hashable, cls), said)


@lru_cache(maxsize=MOST_SHAPES)
def _checks_of(cls: Hashable, said: tuple[str, ...]) -> tuple[Checks, Checks]:
    """Return the checks, found once for each class and fields."""
    kind = cast(type[Event], cls)
    return _checks_in(FIRST_CHECKS, kind, said), _checks_in(CHECKS, kind, said)


def _checks_in(table: tuple[Row, ...], cls: type[Event], said: tuple[str, ...]) -> Checks:
    """Return the checks in the table that look at what is said, in order."""
    return tuple(
        check
        for kind, check, fields_of in table
        if issubclass(cls, kind)
        and (fields_of is None or not frozenset(fields_of(cls)).isdisjoint(said))
    )
