"""Firmness of acts: of each kind, the word of which the sign tells how firm it is."""

from enum import StrEnum

from coopledger import events
from coopledger.terms import CommitmentFirmness, CommitmentStatus, ProposalFirmness, ProposalStatus

_RUNGS: dict[type[events.Event], StrEnum] = {
    events.InterestExpressed: ProposalFirmness.WISH,
    events.ProposalMade: ProposalFirmness.PROPOSAL,
    events.NegotiationOpened: ProposalStatus.AGREED_IN_PRINCIPLE,
    events.ProposalAgreedInPrinciple: ProposalStatus.AGREED_IN_PRINCIPLE,
    events.CommitmentMade: CommitmentFirmness.COMMITMENT,
}


def rung(kind: type[events.Event]) -> StrEnum | None:
    """Return the word for acts of a kind, fulfilled for deeds; None where nothing is firm."""
    if kind in _RUNGS:
        return _RUNGS[kind]
    return CommitmentStatus.FULFILLED if issubclass(kind, events.Deed) else None
