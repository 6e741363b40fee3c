"""Parties over time: who took over from whom, who acts for whom, who came and who went."""

from collections.abc import Mapping
from itertools import combinations

from tests.oracle.facts import Fact, VisibleFacts, effect_of

__all__ = [
    "above",
    "acting_for",
    "followed",
    "joined_by",
    "meant",
    "partnership_parties",
    "successions",
    "two_are_left",
]


def followed(names: list[str], passed: list[Fact]) -> list[str]:
    """Return the names after the successions given, in their order."""
    for fact in passed:
        if fact["party"] in names:
            at = names.index(fact["party"])
            names = list(dict.fromkeys([*names[:at], *fact["by"], *names[at + 1 :]]))
    return names


def meant(name: str, passed: list[Fact]) -> list[str]:
    """Return who is meant by a name: itself, or those that took over from it.

    One that took over from others since, as Syria did from the United Arab Republic, is itself.
    """
    gone = [at for at, fact in enumerate(passed) if fact["party"] == name]
    back = [at for at, fact in enumerate(passed) if name in fact["by"]]
    if not gone or max(back, default=-1) > gone[-1]:
        return [name]
    return followed([name], passed[gone[-1] :])


def successions(visible: VisibleFacts, day: int, name: str, home: str | None = None) -> list[Fact]:
    """Return the successions by which the thing has passed by the day, in replay order.

    'Affairs (ids of partnerships, instruments, commitments that pass; default all). A partnership
    carries what belongs to it unless that is named in another succession; what nobody names stays
    with the old party.'
    """
    return [
        fact
        for fact in visible.until(day)
        if fact["type"] == "PartySucceeded" and _carries(visible, fact, name, home)
    ]


def _carries(visible: VisibleFacts, fact: Fact, name: str, home: str | None) -> bool:
    affairs: list[str] = fact.get("affairs") or []
    if name in affairs:
        return True
    if home in affairs:
        return not _is_named_elsewhere(visible, fact, {name})
    return not affairs and not _is_named_elsewhere(visible, fact, {name, home})


def _is_named_elsewhere(visible: VisibleFacts, fact: Fact, names: set[str | None]) -> bool:
    """Tell whether 'another succession' of the same party names one of them."""
    return any(
        other["type"] == "PartySucceeded"
        and other["id"] != fact["id"]
        and other["party"] == fact["party"]
        and names & set(other.get("affairs") or [])
        for other in visible.facts
    )


def partnership_parties(
    visible: VisibleFacts,
    name: str,
    day: int,
    *,
    text: str | None = None,
    gone: Mapping[str, int] | None = None,
) -> list[str]:
    """Return the parties of the partnership on the day, as far as its text has passed with it.

    'Partnerships have members that come and go: `partnership.parties` are those of the day.' Less
    those that have left the text, each on its day: 'a later succession passes on what is open'.
    """
    leaving = dict(gone or {})
    opened = visible.registered("PartnershipOpened", "partnership", name)
    names = list(opened["parties"]) if opened else []
    passing = successions(visible, day, text or name, name if text else None)
    passed: list[Fact] = []
    ids = {fact["id"] for fact in passing}
    for fact in visible.until(day):
        names = _staying(names, leaving, effect_of(fact))
        if fact["id"] in ids:
            passed.append(fact)
            names = followed(names, [fact])
        elif fact["type"] in {"PartyJoined", "PartyLeft"} and fact["partnership"] == name:
            names = joined_by(names, fact, passed)
    return _staying(names, leaving, day)


def _staying(names: list[str], leaving: dict[str, int], day: int) -> list[str]:
    """Return the names less those that have left by the day, which are then forgotten."""
    left = {name for name, when in leaving.items() if when <= day}
    for name in left:
        del leaving[name]
    return [name for name in names if name not in left]


def joined_by(names: list[str], fact: Fact, passed: list[Fact]) -> list[str]:
    """Return the parties after one has joined or left; it means who took over from it."""
    who = meant(fact["party"], passed)
    if fact["type"] == "PartyJoined":
        return list(dict.fromkeys([*names, *who]))
    return [each for each in names if each not in who]


def _parent(visible: VisibleFacts, name: str) -> str | None:
    party = visible.registered("PartyRegistered", "party", name)
    return party.get("parent") if party else None


def acting_for(
    visible: VisibleFacts, actor: str, names: list[str], passed: list[Fact]
) -> list[str]:
    """Return the parties among the names for which the actor acts.

    'A unit may give it for the party above it': for itself where it is a party, else for the
    nearest above, and for those that took over from it.
    """
    level: list[str] = [actor]
    seen: set[str] = set()
    while level:
        holders = [holder for each in level for holder in meant(each, passed)]
        found = [each for each in level if each in names] or [
            each for each in dict.fromkeys(holders) if each in names
        ]
        if found:
            return found
        seen |= {*level, *holders}
        parents = [_parent(visible, each) for each in dict.fromkeys([*level, *holders])]
        level = list(dict.fromkeys(each for each in parents if each and each not in seen))
    return []


def above(visible: VisibleFacts, name: str, passed: list[Fact]) -> set[str]:
    """Return the party, those above it, and those that took over from one of these."""
    found: set[str] = set()
    rest = [name]
    while rest:
        each = rest.pop()
        if each not in found:
            found.add(each)
            parent = _parent(visible, each)
            rest += [parent, *meant(parent, passed)] if parent else []
    return found


def two_are_left(
    visible: VisibleFacts, names: list[str], all_names: list[str], passed: list[Fact]
) -> bool:
    """Tell whether two are left, where units of one party are one.

    'Parties that are units of one party, or of one another, count as one when asked whether two
    stay (unless all its parties belong to one).'
    """
    if _are_apart(visible, all_names, passed):
        return _are_apart(visible, names, passed)
    return len(names) >= 2


def _are_apart(visible: VisibleFacts, names: list[str], passed: list[Fact]) -> bool:
    """Tell whether two of the names share nobody above them."""
    lines = [above(visible, name, passed) for name in names]
    return any(first.isdisjoint(second) for first, second in combinations(lines, 2))
