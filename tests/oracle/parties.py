"""Parties that act for others: parents, children and successors."""

from tests.oracle.facts import Fact, VisibleFacts

__all__ = ["partnership_parties", "represents", "text_parties", "with_successors"]


def with_successors(names: list[str], successions: list[Fact]) -> list[str]:
    """Return the names after the successions given, in their order."""
    for fact in successions:
        if fact["party"] in names:
            at = names.index(fact["party"])
            names = list(dict.fromkeys([*names[:at], *fact["by"], *names[at + 1 :]]))
    return names


def partnership_parties(visible: VisibleFacts, name: str) -> list[str]:
    """Return the parties of the partnership as it was opened."""
    opened = visible.registered("PartnershipOpened", "partnership", name)
    return list(opened["parties"]) if opened else []


def text_parties(visible: VisibleFacts, registration: Fact) -> list[str]:
    """Return the parties of the text: its own, else those of the partnership."""
    return list(
        registration.get("parties") or partnership_parties(visible, registration["partnership"])
    )


def _with_ancestors(visible: VisibleFacts, name: str) -> set[str]:
    """Return the party and those above it."""
    names: set[str] = set()
    above: str | None = name
    while above and above not in names:
        names.add(above)
        party = visible.registered("PartyRegistered", "party", above)
        above = party.get("parent") if party else None
    return names


def represents(visible: VisibleFacts, actor: str, party: str, day: int) -> bool:
    """Tell whether the actor, or one above it, is the party or has taken it over by the day."""
    acting = {party}
    for fact in visible.until(day):
        if fact["type"] == "PartySucceeded" and fact["party"] in acting:
            acting = acting - {fact["party"]} | set(fact["by"])
    return bool(_with_ancestors(visible, actor) & (acting | {party}))
