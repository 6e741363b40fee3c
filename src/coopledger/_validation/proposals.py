"""Checks on proposals and the answers to them.

Codes: E401-E405, W401.
"""

from collections.abc import Iterator

from coopledger import events
from coopledger._rules.proposal import ACTS, cell
from coopledger._validation.candidate import Candidate
from coopledger._validation.general import other_partnership
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.terms import Noun, ProposalStatus


def proposal_put(
    candidate: Candidate, event: events.InterestExpressed | events.ProposalMade
) -> Iterator[Finding]:
    """Refuse a proposal to oneself (E401), a second one (E402), and a closed one (E404)."""
    if len(event.by) == 1 and event.by == event.to:
        yield Finding("E401", f"to: {event.to[0]!r} is the proposer itself", "to")
    earlier = [
        fact
        for fact in candidate.visible.openings(Noun.PROPOSAL, event.proposal)
        if isinstance(fact.event, events.ProposalMade)
    ]
    if earlier and isinstance(event, events.ProposalMade):
        yield Finding(
            "E402",
            f"proposal: {event.proposal!r} was already proposed on {earlier[0].event.when} "
            f"(event {earlier[0].id}): give a new proposal a new id",
            "proposal",
        )
    else:
        yield from _closed(candidate, event.proposal, event)
    yield from other_partnership(candidate, Noun.PROPOSAL, event.proposal)
    yield from _countered(candidate, event)


def _countered(
    candidate: Candidate, event: events.InterestExpressed | events.ProposalMade
) -> Iterator[Finding]:
    """Refuse to counter a closed proposal (E404)."""
    countered = event.counter_to if isinstance(event, events.ProposalMade) else None
    if countered is not None:
        status = candidate.before.proposal(countered).status
        if cell(status, "counter").startswith("E"):
            yield Finding("E404", f"counter_to: {countered!r} is {status}", "counter_to")


def proposal_answered(candidate: Candidate, event: events.ProposalAnswer) -> Iterator[Finding]:
    """Refuse an answer that the proposal does not allow (E403, E404, E405).

    An answer to a proposal that was never recorded needs a partnership or an instrument (E403),
    and is odd with one (W401). Only the proposers withdraw (E405).
    """
    if not candidate.exists(Noun.PROPOSAL, event.proposal):
        if event.partnership is None and event.instrument is None:
            yield Finding(
                "E403",
                f"proposal: {event.proposal!r} was never recorded: "
                "say to which partnership or instrument it belongs",
                "proposal",
            )
        else:
            yield Finding("W401", f"proposal: {event.proposal!r} was never recorded", "proposal")
    yield from other_partnership(candidate, Noun.PROPOSAL, event.proposal)
    yield from _closed(candidate, event.proposal, event)
    if isinstance(event, events.ProposalWithdrawn):
        yield from _withdrawn_by_others(candidate, event)


def _withdrawn_by_others(
    candidate: Candidate, event: events.ProposalWithdrawn
) -> Iterator[Finding]:
    """Refuse to withdraw what others proposed (E405)."""
    proposers = candidate.ever.proposal(event.proposal).by
    if proposers:
        speaking = {party for by in event.by for party in candidate.before.parties.ancestors(by)}
        if speaking.isdisjoint((*proposers, *candidate.before.parties.successors(proposers))):
            yield Finding(
                "E405",
                f"by: {', '.join(event.by)} did not put {event.proposal!r}: "
                f"only {', '.join(proposers)} can withdraw it, others decline it",
                "by",
            )


def proposals_realised(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse to realise a proposal that was declined or withdrawn before (E404)."""
    for name in event.realises:
        status = candidate.before.proposal(name).status
        if cell(status, "realise").startswith("E"):
            yield Finding("E404", f"realises: {name!r} is {status}", "realises")


def _closed(candidate: Candidate, name: str, event: Event) -> Iterator[Finding]:
    """Refuse an act that the table does not allow in the status before its place (E404)."""
    case = candidate.before.proposal(name)
    entry = cell(case.status, ACTS[type(event)])
    if entry.startswith("E") and case.status is not ProposalStatus.NONE:
        closer = candidate.visible.fact(case.set_by) if case.set_by else None
        since = f" since {closer.event.when} (event {closer.id})" if closer else ""
        message = f"proposal: {name!r} is {case.status}{since}: put a new one"
        yield Finding(entry, message, "proposal")
