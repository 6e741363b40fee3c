"""Conduct of a text in effect: what is done under it. Nothing here changes a state or a stage."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.oracle.commitments import commitment
from tests.oracle.facts import Fact, VisibleFacts, act_of, effect_of, replay_key
from tests.oracle.instrument_life import IN_EFFECT, Instrument
from tests.oracle.instruments import instrument
from tests.oracle.merging import standing
from tests.oracle.stances import began, given_up, words

__all__ = ["CONDUCTS", "Conduct", "conduct", "conduct_of_texts"]

# The liveliest first.
CONDUCTS = ("under_way", "at_rest", "not_begun", "given_up", "done")
DORMANT_AFTER = 730


@dataclass
class Conduct:
    """Conduct of a text on one day; of one that is not in effect there is none."""

    word: str | None = None
    since: int = 0
    deciders: set[str] = field(default_factory=set[str])


@dataclass(frozen=True)
class Promise:
    """Commitment under the text: the day of its making, and of its fulfilment or release."""

    name: str
    made: int
    closed: tuple[int, str] | None


def conduct(visible: VisibleFacts, name: str, day: int) -> Conduct:
    """Return the conduct of the text by the end of the day; 'first match in this order'."""
    key = "conduct", name, day
    if key not in visible.memo:
        text = instrument(visible, name, day)
        start = began(text) if text else None
        record = _Record(visible, text, start[0], day) if text and start else None
        visible.memo[key] = record.answer(start[1]) if record and start else Conduct()
    result: Conduct = visible.memo[key]
    return result


class _Record:
    """All that was done under a text by the day."""

    def __init__(self, visible: VisibleFacts, text: Instrument, start: int, day: int) -> None:
        self.start, self.day = start, day
        self.members = list(text.parties.members)
        self.said = words(visible, text, day)
        name = text.registration["instrument"]
        self.promises = list(_promises(visible, name, day))
        self.deeds = _deeds(visible, name, {each.name for each in self.promises}, day)
        home = visible.registered(
            "PartnershipOpened", "partnership", text.registration["partnership"]
        )
        self.rest = (home or {}).get("dormant_after", DORMANT_AFTER)

    def on(self, day: int) -> str:
        """Return the conduct of a day, by what is known of it now."""
        promises = [each for each in self.promises if each.made <= day]
        done = [each for each in self.deeds if _day_of(each) <= day]
        given = given_up(self.said, self.members, day)
        if promises and all(each.closed and each.closed[0] <= day for each in promises):
            return "done"
        if self.members and set(given) == set(self.members):
            return "given_up"
        if any(_day_of(each) >= day - self.rest for each in done):
            return "under_way"
        return "at_rest" if done else "not_begun"

    def answer(self, event: str | None) -> Conduct:
        """Return the present one, since when without a break, and what decides it."""
        word = self.on(self.day)
        days = {self.start, *(each.made for each in self.promises)}
        days |= {each.closed[0] for each in self.promises if each.closed}
        days |= {effect_of(fact) for fact, _ in self.said}
        for each in self.deeds:
            days |= {_day_of(each), _day_of(each) + self.rest + 1}
        since = self.day
        for day in sorted((d for d in days if self.start <= d <= self.day), reverse=True):
            if self.on(day) != word:
                break
            since = day
        return Conduct(word, since, self._deciders(word, event))

    def _deciders(self, word: str, event: str | None) -> set[str]:
        """Return the closings, the last words, the last deed, or what brought it into effect."""
        if word == "done":
            return {each.closed[1] for each in self.promises if each.closed}
        if word == "given_up":
            return {fact["id"] for fact in given_up(self.said, self.members, self.day).values()}
        if word == "not_begun":
            return {str(event)}
        done = [each for each in self.deeds if _day_of(each) <= self.day]
        return {max(done, key=lambda fact: (_day_of(fact), replay_key(fact)))["id"]}


def _day_of(deed: Fact) -> int:
    """Return the day of a deed: nothing counts before it took place."""
    return max(act_of(deed), effect_of(deed))


def _promises(visible: VisibleFacts, text: str, day: int) -> Iterable[Promise]:
    """Yield the commitments made under the text by the day."""
    for name in visible.names("commitment"):
        making = standing(
            fact
            for fact in visible.until(day)
            if fact["type"] == "CommitmentMade" and fact["commitment"] == name
        )
        if making is None or making.get("under") != text:
            continue
        result = commitment(visible, name, day)
        closed = result.closed if result.status in {"fulfilled", "released"} else None
        when = (max(closed[0], effect_of(making)), str(closed[1])) if closed else None
        yield Promise(name, effect_of(making), when)


def _deeds(visible: VisibleFacts, text: str, promises: set[str], day: int) -> list[Fact]:
    """Return what was done under the text.

    'ImplementationReported, MilestoneReached, or a commitment under it progressed or fulfilled'.
    """
    reports = {"ImplementationReported", "MilestoneReached"}
    steps = {"CommitmentProgressed", "CommitmentFulfilled"}
    return [
        fact
        for fact in visible.until(day)
        if (fact["type"] in reports and fact.get("instrument") == text)
        or (fact["type"] in steps and fact["commitment"] in promises)
        or promises & set(fact.get("fulfils", ()))
    ]


def conduct_of_texts(visible: VisibleFacts, texts: list[Instrument], day: int) -> Conduct:
    """Return 'that of its liveliest text in effect'; of several such, since the earliest."""
    every = [
        conduct(visible, text.registration["instrument"], day)
        for text in texts
        if text.state in IN_EFFECT
    ]
    for word in CONDUCTS:
        same = [each for each in every if each.word == word]
        if same:
            events = set[str]().union(*(each.deciders for each in same))
            return Conduct(word, min(each.since for each in same), events)
    return Conduct()
