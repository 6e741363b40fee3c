"""Proposals of section 7: what is put, and how it is answered."""

from dataclasses import dataclass, field

from tests.oracle.facts import Fact, VisibleFacts, effect_of, replay_key
from tests.oracle.status_history import StatusHistory

__all__ = ["ANSWERS", "CLOSED", "OPEN", "PUTS", "Proposal", "about", "proposal"]

PUTS = {"InterestExpressed", "ProposalMade"}
ANSWERS = {
    "ProposalAcknowledged": "under_consideration",
    "ProposalCountered": "countered",
    "ProposalAgreedInPrinciple": "agreed_in_principle",
    "ProposalAccepted": "accepted",
    "ProposalDeclined": "declined",
    "ProposalWithdrawn": "withdrawn",
}
OPEN = {"open", "under_consideration", "countered", "agreed_in_principle"}
CLOSED = {"accepted", "declined", "withdrawn", "realised"}


@dataclass
class Proposal:
    """Proposal, and the history of its status."""

    history: StatusHistory = field(default_factory=StatusHistory)
    wished: Fact | None = None  # the wish that set the clock of the unanswered
    made: Fact | None = None  # the ProposalMade that did
    put: Fact | None = None  # what counts as put for the stage: a proposal, or any answer
    answered: bool = False
    moved: list[Fact] = field(
        default_factory=list[Fact]
    )  # acts that move the text that it is about

    @property
    def status(self) -> str:
        return self.history.value

    @property
    def clock(self) -> Fact | None:
        """Return the act from which the days without an answer are counted."""
        return self.made or self.wished


def about(visible: VisibleFacts, name: str, field: str) -> str | None:
    """Return the partnership or instrument of a proposal, known on any day from any act."""
    for fact in visible.known:
        if fact.get("proposal") == name and fact.get(field):
            return str(fact[field])
    return None


def proposal(
    visible: VisibleFacts, name: str, day: int, upto: tuple[int, int, int] | None = None
) -> Proposal:
    """Fold the proposal from scratch, to the end of the day or to a place in it."""
    found = Proposal()
    for fact in visible.until(day):
        if upto is not None and replay_key(fact) > upto:
            break
        own = fact.get("proposal") == name
        if name in fact.get("realises", ()):
            if found.status in OPEN | {"none", "accepted"}:
                _move(found, "realised", fact)
        elif own and found.status not in CLOSED:
            _act(found, fact)
        elif own and fact["type"] in PUTS and found.clock is None:
            made = fact["type"] == "ProposalMade"  # late news of what had been answered
            found.made, found.wished = (fact, None) if made else (None, fact)
        elif fact.get("counter_to") == name and found.status not in CLOSED:
            found.answered = True
            found.put = found.put or fact
            _move(found, "countered", fact)
    return found


def _act(found: Proposal, fact: Fact) -> None:
    replies = fact["type"] in {"ProposalAcknowledged", "ProposalCountered"}
    if not replies or found.clock is None:
        found.moved.append(fact)
    if fact["type"] == "InterestExpressed":
        if found.wished is None and found.made is None:
            found.wished = fact
    elif fact["type"] == "ProposalMade":
        if found.made is None:
            found.made = fact
        found.put = found.put or fact
    else:
        found.answered = True
        found.put = found.put or fact
    if fact["type"] in ANSWERS:
        steps_back = fact["type"] == "ProposalAcknowledged" and found.status in {
            "countered",
            "agreed_in_principle",
        }
        if not steps_back:
            _move(found, ANSWERS[fact["type"]], fact)
    elif found.status == "none":
        _move(found, "open", fact)


def _move(found: Proposal, status: str, fact: Fact) -> None:
    found.history.change_to(effect_of(fact), status, fact["id"])
