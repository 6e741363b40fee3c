"""Facts that count for a question: the whole list is looked through each time."""

import sys
from dataclasses import dataclass, field, replace
from typing import Any

from tests.oracle.days import BEGINNING, settled
from tests.oracle.merging import merged, standing

__all__ = [
    "Fact",
    "ReplayKey",
    "VisibleFacts",
    "act_of",
    "date_of",
    "effect_of",
    "replay_key",
    "visible_facts",
]

# An event as plain values: its fields, `id`, `type`, and the `position` and `recorded_us` that
# the ledger gave it.
Fact = dict[str, Any]

# The effect day, the latest day of the act, its rank, and the position in the log.
ReplayKey = tuple[int, int, int, int]

# 'Rank is for acts on instruments alone (others keep log order)': of one day, first their
# registration, then whatever is no act on a text, and then these, line by line.
RANKED = """
NegotiationOpened
NegotiationConcluded InstrumentAdopted
InstrumentInitialled
InstrumentSigned
InstrumentProvisionallyApplied
InstrumentAcceded InstrumentRatified
ReservationMade
ReservationWithdrawn
InstrumentEnteredIntoForce
InstrumentAmended
InstrumentExtended InstrumentRenewed
InstrumentSuspended
InstrumentResumed
TerminationNotified
TerminationNoticeWithdrawn
SignatureWithdrawn
NegotiationBrokenOff
InstrumentCompleted
InstrumentTerminated
"""
RANKS = {
    "InstrumentRegistered": 0,
    **{
        type_: rank
        for rank, line in enumerate(RANKED.strip().splitlines(), 2)
        for type_ in line.split()
    },
}
OTHERS = 1


def act_of(fact: Fact) -> int:
    """Return the latest day of the act."""
    return settled(fact["when"]) if fact.get("when") else BEGINNING


def effect_of(fact: Fact) -> int:
    """Return the day from which the fact counts."""
    return settled(fact["effective"]) if fact.get("effective") else act_of(fact)


def date_of(fact: Fact) -> str:
    """Return the date of the effect as it is written: that of the act if no other is given."""
    return str(fact.get("effective") or fact["when"])


def replay_key(fact: Fact) -> ReplayKey:
    """Return '(effect day, latest day of act, rank of the act, position in the log)'."""
    return *_day_and_rank(fact), fact["position"]


def _day_and_rank(fact: Fact) -> tuple[int, int, int]:
    return effect_of(fact), act_of(fact), RANKS.get(fact["type"], OTHERS)


@dataclass(frozen=True)
class VisibleFacts:
    """Facts that a question may look at, in replay order.

    Attributes:
        known: All facts visible at the record time.
        facts: Those of them that count, with hindsight or without.
        on: The day of the question.
        end: Where replay ends, before the fact at that key; None for the end of the day.
        memo: What was worked out already, so that the same is not folded again.
    """

    known: list[Fact]
    facts: list[Fact]
    on: int
    end: ReplayKey | None = None
    memo: dict[Any, Any] = field(default_factory=dict[Any, Any], init=False)

    def until(self, day: int) -> list[Fact]:
        """Return the facts that count by the end of the day."""
        if ("until", day) not in self.memo:
            self.memo["until", day] = [
                fact
                for fact in self.facts
                if effect_of(fact) <= day and (self.end is None or replay_key(fact) < self.end)
            ]
        facts: list[Fact] = self.memo["until", day]
        return facts

    @property
    def places(self) -> dict[str, tuple[int, int, int]]:
        """Return the place of each fact among those of its effect day."""
        if "places" not in self.memo:
            self.memo["places"] = {fact["id"]: replay_key(fact)[1:] for fact in self.known}
        places: dict[str, tuple[int, int, int]] = self.memo["places"]
        return places

    def before(self, fact: Fact) -> "VisibleFacts":
        """Return the same facts, replayed to just before an act that would be recorded next."""
        return replace(self, end=(*_day_and_rank(fact), sys.maxsize))

    def registered(self, type_: str, named: str, name: str | None) -> Fact | None:
        """Return the event that gives the id its identity; known on every day."""
        key = type_, named, name
        if key not in self.memo:
            self.memo[key] = standing(
                fact for fact in self.known if fact["type"] == type_ and fact[named] == name
            )
        registration: Fact | None = self.memo[key]
        return registration

    def names(self, *fields: str) -> list[str]:
        """Return every id in the fields, in the order of the log."""
        ordered = sorted(self.known, key=lambda fact: fact["position"])
        return list(dict.fromkeys(fact[f] for fact in ordered for f in fields if fact.get(f)))


def visible_facts(
    log: list[Fact], *, on: int, known_us: int | None, hindsight: bool
) -> VisibleFacts:
    """Filter the log by record time, corrections, retractions and hindsight, and sort it."""
    visible = [fact for fact in log if known_us is None or fact["recorded_us"] <= known_us]
    retracted = {fact["target"] for fact in visible if fact["type"] == "EventRetracted"}
    corrected = [_corrected(fact, visible) for fact in visible if fact["id"] not in retracted]
    known = sorted(merged(corrected), key=replay_key)
    facts = [fact for fact in known if hindsight or act_of(fact) <= on]
    return VisibleFacts(known=known, facts=facts, on=on)


def _corrected(fact: Fact, visible: list[Fact]) -> Fact:
    for other in visible:
        if other["type"] == "EventCorrected" and other["target"] == fact["id"]:
            changed = {**fact, **other["changes"]}
            fact = {name: value for name, value in changed.items() if value is not None}
    return fact
