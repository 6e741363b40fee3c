"""Proposals of docs/reference/rules.md: what is put, and how it is answered."""

from dataclasses import dataclass, field

from tests.oracle.days import bounds
from tests.oracle.facts import Fact, ReplayKey, VisibleFacts, date_of, effect_of, replay_key
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
    firmness: str | None = None
    acts: list[Fact] = field(default_factory=list[Fact])  # while it was open
    moved: list[Fact] = field(
        default_factory=list[Fact]
    )  # acts that move the text that it is about

    @property
    def status(self) -> str:
        return self.history.value

    @property
    def clock(self) -> Fact | None:
        """Return the act that put the proposal."""
        return self.made or self.wished

    @property
    def last_act(self) -> Fact | None:
        """Return the act from which the days of waiting are counted.

        'A day that is not known is passed over while another act has a known day.'
        """
        known = [fact for fact in self.acts if bounds(date_of(fact))[0] is not None]
        return next(reversed(known or self.acts), None)

    @property
    def is_uncertain(self) -> bool:
        """Tell whether the days of waiting rest on passing over a day that is not known."""
        last = self.last_act
        passes_over = last is not None and effect_of(self.acts[-1]) > effect_of(last)
        return self.waits and passes_over

    @property
    def waits(self) -> bool:
        """Tell whether an act on it is waited for: 'what has firmness wish waits for no answer'."""
        return self.status in OPEN and self.firmness != "wish"


def about(visible: VisibleFacts, name: str, field: str) -> str | None:
    """Return the partnership or instrument of a proposal, known on any day from any act."""
    for fact in visible.known:
        if fact.get("proposal") == name and fact.get(field):
            return str(fact[field])
    return None


def proposal(visible: VisibleFacts, name: str, day: int, upto: ReplayKey | None = None) -> Proposal:
    """Fold the proposal from scratch, to the end of the day or to a place in it."""
    result = Proposal()
    for fact in visible.until(day):
        if upto is not None and replay_key(fact) > upto:
            break
        own = fact.get("proposal") == name
        if name in fact.get("realises", ()):
            if result.status in OPEN | {"none", "accepted"}:
                _move(result, "realised", fact)
        elif own and result.status not in CLOSED:
            _act(result, fact)
        elif own and fact["type"] in PUTS and result.clock is None:
            made = fact["type"] == "ProposalMade"  # late news of what had been answered
            result.made, result.wished = (fact, None) if made else (None, fact)
        elif fact.get("counter_to") == name and result.status not in CLOSED:
            result.acts.append(fact)
            result.put = result.put or fact
            _move(result, "countered", fact)
    return result


def _act(result: Proposal, fact: Fact) -> None:
    replies = fact["type"] in {"ProposalAcknowledged", "ProposalCountered"}
    if not replies or result.clock is None:
        result.moved.append(fact)
    result.acts.append(fact)
    if fact["type"] == "InterestExpressed":
        if result.wished is None and result.made is None:
            result.wished = fact
            result.firmness = "wish"
    elif fact["type"] == "ProposalMade":
        if result.made is None:
            # 'An open ProposalMade later than the last ending': that it was answered before, by
            # late news, makes it no older.
            result.made = result.put = fact
            result.firmness = fact.get("firmness", "proposal")
    else:
        result.put = result.put or fact
    if fact["type"] in ANSWERS:
        steps_back = fact["type"] == "ProposalAcknowledged" and result.status in {
            "countered",
            "agreed_in_principle",
        }
        if not steps_back:
            _move(result, ANSWERS[fact["type"]], fact)
    elif result.status == "none":
        _move(result, "open", fact)


def _move(result: Proposal, status: str, fact: Fact) -> None:
    result.history.change_to(effect_of(fact), status, fact["id"])
