"""Answers about proposals."""

from coopledger.projections.answers import Proposal
from coopledger.projections.evidence import evidence, first_day
from coopledger.rules.proposal import Standing
from coopledger.standings import Standings
from coopledger.terms import Noun, ProposalStatus

__all__ = ["proposal"]


def proposal(standings: Standings, name: str) -> Proposal:
    """Where the proposal stands."""
    standing = standings.proposal(name)
    fresh = standing.made if standing.status is ProposalStatus.OPEN else None
    made = fresh.position if fresh is not None else None
    basis = evidence(standings, [standing.set_by, made, standing.due_by])
    home = standings.membership.home(Noun.PROPOSAL, name)
    known = standing.status is not ProposalStatus.NONE
    return Proposal(
        id=name,
        partnership=home,
        instrument=standing.instrument,
        by=standing.by,
        to=standing.to or (_others(standings, standing, home) if home and known else ()),
        text=standing.text,
        firmness=standing.firmness,
        status=standing.status,
        since=first_day(standing.since),
        due=standing.due,
        unanswered_for=_unanswered_for(standing, standings.day),
        certain=basis.certain,
        decided_by=basis.events,
    )


def _others(standings: Standings, standing: Standing, home: str) -> tuple[str, ...]:
    """The parties of the partnership for which no proposer speaks; none of a joint proposal."""
    speaking = {party for proposer in standing.by for party in standings.kinship.lineage(proposer)}
    return tuple(party for party in standings.parties(home) if party not in speaking)


def _unanswered_for(standing: Standing, day: int) -> int | None:
    """Days since it was proposed, or only wished, while nobody has answered."""
    first = standing.made or standing.put
    waiting = standing.status is ProposalStatus.OPEN and first is not None
    return day - first.effect if waiting and first else None
