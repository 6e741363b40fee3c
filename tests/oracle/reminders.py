"""Reminders, people and figures in random histories, drawn aside: other acts stay as they are."""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.oracle.facts import Fact
from tests.oracle.histories import Draw, History

__all__ = ["Following"]

# Persons, in either case, and parties, one of which may turn out to be another.
PEOPLE = ("Lan", "lan", "Minh", "MINH", "Hoa", "s1", "s2")
SAYING = ("CommitmentMade", "ProposalMade", "InstrumentRegistered", "PartnershipOpened")
NOUNS = ("instrument", "proposal", "commitment", "meeting")


class Following:
    """Draws what an office adds to the acts: who sees to them, and whom it reminded."""

    def __init__(self, history: History) -> None:
        self.history, self.number = history, 0
        self.random = Random(repr(history.random.getstate()))

    def said_with(self, fact: Fact) -> Fact:
        """Return the fact, which may say who is responsible and when to ask again."""
        changes: Fact = {}
        if fact["type"] in SAYING and self.random.random() < 0.4:
            changes["responsible"] = self.random.choice(PEOPLE)
        if fact["type"] in SAYING[:2] and self.random.random() < 0.3:
            changes["ask_again"] = self._with(History.later)
        above = self.history.partnerships[0]
        is_below = fact["type"] == "PartnershipOpened" and fact["partnership"] != above
        if is_below and self.random.random() < 0.2:
            changes["parent"] = above
        return fact | changes

    def offer(self) -> Iterator[Fact]:
        """Yield the next event now and then; each may be refused by a ledger."""
        self.number += 1
        chance, head = self.random.random(), {"id": f"f{self.number}"}
        when: Fact = {"when": self._with(History.when)}
        if self.random.random() < 0.1:
            when["effective"] = self._with(History.exact)
        noun = self.random.choice(NOUNS)
        subject = self._with(lambda history: history.one(noun))
        if chance < 0.15 and subject:
            again = {"ask_again": self._with(History.later)} if chance < 0.08 else {}
            by = self._with(History.parties_of)
            yield {**head, "type": "ReminderSent", "subject": subject, "by": by, **again, **when}
        elif chance < 0.22:
            about = subject if chance < 0.19 else self.history.partnership
            who = {"subject": about or self.history.partnership, "to": self.random.choice(PEOPLE)}
            yield {**head, "type": "ResponsibilityAssigned", **who, **when}
        elif chance < 0.26:
            old, new = self.random.sample(PEOPLE, 2)
            who = {"in_place_of": old, "to": new}
            yield {**head, "type": "ResponsibilityAssigned", **who, **when}
        elif chance < 0.28 and self.history.aside:
            yield head | self._mended(self.random.choice(self.history.aside))
        elif chance > 0.99:
            home = self.history.partnership
            figure = {"figure": f"{home}-g{self.number}", "measure": "visits", "value": 1}
            about = {"partnership": home, "period": "2011"}
            yield {**head, "type": "FigureReported", **figure, **about, **when}

    def _mended(self, target: Fact) -> Fact:
        """Return a correction or a retraction of what was drawn here."""
        mending: Fact = {"target": target["id"], "reason": "a mistake"}
        if self.random.random() < 0.4 or target["type"].startswith("Event"):
            return {**mending, "type": "EventRetracted"}
        changes: Fact = {"when": self._with(History.when)}
        if target["type"] == "ReminderSent" and self.random.random() < 0.5:
            changes = {"ask_again": self.random.choice([None, self._with(History.later)])}
        elif "to" in target and self.random.random() < 0.5:
            changes = {"to": self.random.choice(PEOPLE)}
        return {**mending, "type": "EventCorrected", "changes": changes}

    def _with(self, draw: Draw) -> Any:  # noqa: ANN401 - a value of any field
        """Return what the history draws, from the source of this one."""
        own, self.history.random = self.history.random, self.random
        value = draw(self.history)
        self.history.random = own
        return value
