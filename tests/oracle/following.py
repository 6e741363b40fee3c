"""Asking again, and who of us is responsible: what domain.md says of following up.

'ReminderSent: `last_asked`, `times_asked`. `ask_again`: in the agenda from that day until a
reminder, an answer or the end. An `ask_again` on a meeting or instrument ends with any later act
on it.' 'What belongs to a partnership inherits its responsible.' 'All that is open and in that
person's hands passes on, inherited things too; closed things keep the old name.'
"""

from dataclasses import dataclass

from tests.oracle.facts import Fact, VisibleFacts, replay_key
from tests.oracle.merging import said_by, standing

__all__ = ["Asked", "asked", "responsible"]

# What names a thing as its own, and is nothing that the parties did about it.
NO_ACTS = {
    *("CommitmentMade", "InstrumentRegistered", "CooperationGivenUp", "CooperationResumed"),
}
REGISTERS = {"instrument": "InstrumentRegistered", "partnership": "PartnershipOpened"}


@dataclass
class Asked:
    """Reminders about one thing as of one day, and when to ask again."""

    last_asked: str | None = None
    times_asked: int = 0
    ask_again: str | None = None
    reminder: str | None = None  # the event that asked last
    setter: str | None = None  # the event that says when to ask again

    def deciders(self) -> set[str | None]:
        """Return 'those that set each date that the answer shows'."""
        return {self.reminder, self.setter if self.ask_again else None}


def asked(visible: VisibleFacts, noun: str, name: str, day: int, *, has_ended: bool) -> Asked:
    """Return how often it was asked about, when last, and when to ask again."""
    result = Asked()
    making = _making(visible, name, day) if noun == "commitment" else None
    if making is not None and making.get("ask_again"):
        result.ask_again, result.setter = making["ask_again"], said_by(making, "ask_again")
    for fact in visible.until(day):
        if fact["type"] == "ReminderSent" and fact["subject"] == name:
            result.last_asked, result.reminder = fact["when"], fact["id"]
            result.times_asked += 1
            result.ask_again, result.setter = fact.get("ask_again"), fact["id"]
        elif _acts_on(fact, noun, name):
            is_own = noun == "proposal" and fact.get("proposal") == name
            result.ask_again = fact.get("ask_again") if is_own else None
            result.setter = fact["id"]
    if has_ended:
        result.ask_again = None
    return result


def _making(visible: VisibleFacts, name: str, day: int) -> Fact | None:
    return standing(
        fact
        for fact in visible.until(day)
        if fact["type"] == "CommitmentMade" and fact["commitment"] == name
    )


def _acts_on(fact: Fact, noun: str, name: str) -> bool:
    """Tell whether the parties did something about it: the making of a commitment comes first."""
    if fact["type"] in NO_ACTS:
        closes = [*fact.get("fulfils", ()), *fact.get("realises", ())]
    else:
        closes = [*fact.get("fulfils", ()), *fact.get("realises", ()), fact.get(noun)]
    if noun == "proposal":
        closes.append(fact.get("counter_to"))
    if noun == "commitment":
        closes += [met.rsplit("/", 1)[0] for met in fact.get("meets", ())]
    return name in closes


def responsible(
    visible: VisibleFacts,
    noun: str,
    name: str,
    day: int,
    *,
    home: str | None = None,
    closed: int | None = None,
) -> str | None:
    """Return who of us sees to it; 'closed things keep the old name'."""
    hands = day if closed is None else min(day, closed)
    own = _in_hands(visible, noun, name, day, hands)
    seen = {name}
    while own is None and home is not None and home not in seen:
        seen.add(home)
        own = _in_hands(visible, "partnership", home, hands, hands)
        opened = visible.registered("PartnershipOpened", "partnership", home) or {}
        home = opened.get("parent")
    return own


def _in_hands(visible: VisibleFacts, noun: str, name: str, day: int, hands: int) -> str | None:
    """Return who was made responsible last, or who took over from that person since."""
    said: Fact | None = None
    who: str | None = None
    for fact in _openings(visible, noun, name, day):
        said, who = fact, fact["responsible"]
    for fact in visible.until(day):
        assigned = fact["type"] == "ResponsibilityAssigned" and fact.get("subject") == name
        if assigned:
            said, who = fact, fact["to"]
        elif fact["type"] == "ProposalMade" and fact["proposal"] == name and noun == "proposal":
            said, who = (fact, fact["responsible"]) if fact.get("responsible") else (said, who)
    for fact in visible.until(hands):
        if said is not None and who is not None and _takes_over(fact, who, said):
            said, who = fact, fact["to"]
    return who


def _openings(visible: VisibleFacts, noun: str, name: str, day: int) -> list[Fact]:
    """Return the event that brought it in, if that says who is responsible."""
    if noun in REGISTERS:
        opening = visible.registered(REGISTERS[noun], noun, name)
    else:
        opening = _making(visible, name, day) if noun == "commitment" else None
    return [opening] if opening is not None and opening.get("responsible") else []


def _takes_over(fact: Fact, who: str, said: Fact) -> bool:
    """Tell whether the act hands over what was said to be in these hands before it.

    What was said without a day was said when it was recorded.
    """
    handed = fact["type"] == "ResponsibilityAssigned" and fact.get("in_place_of")
    if not handed or str(handed).casefold() != who.casefold():
        return False
    is_undated = not (said.get("when") or said.get("effective"))
    is_later = fact["position"] > said["position"] if is_undated else True
    return is_later and replay_key(fact) > replay_key(said)
