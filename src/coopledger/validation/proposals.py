"""Checks on proposals and the answers to them."""

from collections.abc import Iterator

from coopledger import events
from coopledger.events import Event
from coopledger.rules import proposal as proposals
from coopledger.terms import Noun, ProposalStatus
from coopledger.validation.parties import elsewhere
from coopledger.validation.trial import Problem, Trial

__all__ = ["proposal_answered", "proposal_put", "realised"]


def proposal_put(trial: Trial) -> Iterator[Problem]:
    """E401: to somebody else; E402: once; E404: not on what is closed."""
    event = trial.event
    if not isinstance(event, events.InterestExpressed | events.ProposalMade):
        return
    if len(event.by) == 1 and event.by == event.to:
        yield Problem("E401", "to", f"to: {event.to[0]!r} is the proposer itself")
    made = [
        fact
        for fact in trial.visible.openings(Noun.PROPOSAL, event.proposal)
        if isinstance(fact.event, events.ProposalMade)
    ]
    if made and isinstance(event, events.ProposalMade):
        yield Problem(
            "E402",
            "proposal",
            f"proposal: {event.proposal!r} was already proposed on {made[0].event.when} "
            f"(event {made[0].id}): give a new proposal a new id",
        )
    else:
        yield from _closed(trial, event.proposal, event)
    yield from elsewhere(trial, Noun.PROPOSAL, event.proposal)
    yield from _countered(trial, event)


def _countered(
    trial: Trial, event: events.InterestExpressed | events.ProposalMade
) -> Iterator[Problem]:
    """E404: what is closed cannot be countered."""
    countered = event.counter_to if isinstance(event, events.ProposalMade) else None
    if countered is not None:
        status = trial.before.proposal(countered).status
        if proposals.cell(status, "counter").startswith("E"):
            yield Problem("E404", "counter_to", f"counter_to: {countered!r} is {status}")


def proposal_answered(trial: Trial) -> Iterator[Problem]:
    """E403 and W401 for an answer to what was never recorded; E404 when closed; E405."""
    event = trial.event
    if not isinstance(event, events.ProposalAnswer):
        return
    if not trial.exists(Noun.PROPOSAL, event.proposal):
        if event.partnership is None and event.instrument is None:
            yield Problem(
                "E403",
                "proposal",
                f"proposal: {event.proposal!r} was never recorded: "
                "say to which partnership or instrument it belongs",
            )
        else:
            yield Problem("W401", "proposal", f"proposal: {event.proposal!r} was never recorded")
    yield from elsewhere(trial, Noun.PROPOSAL, event.proposal)
    yield from _closed(trial, event.proposal, event)
    proposers = trial.ever.proposal(event.proposal).by
    if isinstance(event, events.ProposalWithdrawn) and proposers:
        speaking = {party for by in event.by for party in trial.before.kinship.lineage(by)}
        if speaking.isdisjoint((*proposers, *trial.before.kinship.heirs(proposers))):
            yield Problem(
                "E405",
                "by",
                f"by: {', '.join(event.by)} did not put {event.proposal!r}: "
                f"only {', '.join(proposers)} can withdraw it, others decline it",
            )


def realised(trial: Trial) -> Iterator[Problem]:
    """E404 for a proposal that was declined or withdrawn before."""
    for name in trial.event.realises:
        status = trial.before.proposal(name).status
        if proposals.cell(status, "realise").startswith("E"):
            yield Problem("E404", "realises", f"realises: {name!r} is {status}")


def _closed(trial: Trial, name: str, event: Event) -> Iterator[Problem]:
    """E404 if the table refuses the act in the status just before its place."""
    standing = trial.before.proposal(name)
    said = proposals.cell(standing.status, proposals.ACTS[type(event)])
    if said.startswith("E") and standing.status is not ProposalStatus.NONE:
        closer = trial.visible.fact(standing.set_by) if standing.set_by else None
        since = f" since {closer.event.when} (event {closer.id})" if closer else ""
        yield Problem(
            said, "proposal", f"proposal: {name!r} is {standing.status}{since}: put a new one"
        )
