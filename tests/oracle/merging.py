"""Things that were registered twice, read as one."""

from collections.abc import Iterable
from typing import Any, cast

__all__ = ["answering", "merged", "said_by", "standing"]

Fact = dict[str, Any]

# What registers a thing, and the field that holds its id.
OPENING = {
    "PartyRegistered": "party",
    "PartnershipOpened": "partnership",
    "InstrumentRegistered": "instrument",
    "CommitmentMade": "commitment",
}
ENVELOPE = set("id type v position recorded_us when effective hops source note".split())
# The fields that hold ids of things, one or several.
NAMING = set(
    """party parent parties partnership instrument proposal commitment meeting signers
    missing_signers by to debtors creditors supersedes extends implements ends_with by_instrument
    counter_to
    under due_meeting depends_on fulfils realises meets subject affairs host within
    at_meeting responsible in_place_of""".split()
)


def merged(facts: list[Fact]) -> list[Fact]:
    """Return the facts with the other's name for each duplicate.

    'From its record time on whatever names the duplicate is read as naming the other.'
    """
    others = _others(facts)
    return [_read(fact, others) for fact in facts] if others else facts


def answering(facts: list[Fact], name: str) -> str:
    """Return the id 'under which all questions answer'; 'the duplicate answers as the other'."""
    return _last(_others(facts), name)


def _others(facts: list[Fact]) -> dict[str, str]:
    """Return the other of each duplicate."""
    others: dict[str, str] = {}
    for fact in sorted(facts, key=lambda fact: int(fact["position"])):
        if fact["type"] == "SameAs":
            duplicate, other = _last(others, fact["duplicate"]), _last(others, fact["same_as"])
            if duplicate != other:
                others[duplicate] = other
    return others


def _last(others: dict[str, str], name: str) -> str:
    return _last(others, others[name]) if name in others else name


def _hops(others: dict[str, str], name: str) -> int:
    return 1 + _hops(others, others[name]) if name in others else 0


def _read(fact: Fact, others: dict[str, str]) -> Fact:
    read = {
        field: _renamed(value, others) if field in NAMING else value
        for field, value in fact.items()
    }
    own = OPENING.get(fact["type"])
    if not own:
        return read
    name = str(read[own])
    ties = {field: _less(read[field], name) for field in NAMING - {own} if field in read}
    told = {field: ties.get(field, value) for field, value in read.items()}
    told = {field: value for field, value in told.items() if value is not None}
    return {**told, own: name, "hops": _hops(others, fact[own])}


def _less(value: object, own: str) -> object:
    """Return what a registration says less the thing itself, to which it has no tie."""
    if isinstance(value, list):
        return [each for each in cast(list[object], value) if each != own] or None
    return None if value == own else value


def _renamed(value: object, others: dict[str, str]) -> object:
    if isinstance(value, str):
        name, slash, condition = value.partition("/")
        return f"{_last(others, name)}{slash}{condition}"
    if isinstance(value, list | tuple):
        names = cast(list[object], value)
        return list(dict.fromkeys(_renamed(each, others) for each in names))
    return value


def standing(registrations: Iterable[Fact]) -> Fact | None:
    """Return the registration that stands, with what it leaves out filled from the duplicates.

    'Of two registrations the other's stands; the duplicate's fills only what it leaves out.'
    """
    ordered = sorted(registrations, key=lambda fact: int(fact.get("hops", 0)))
    if not ordered:
        return None
    said: dict[str, str] = {}
    result: Fact = {**ordered[0], "said": said}
    for other in ordered[1:]:
        for field, value in other.items():
            if field not in result and field not in ENVELOPE:
                result[field] = value
                said[field] = other["id"]
    return result


def said_by(registration: Fact, field: str) -> str:
    """Return the event that said the field of a registration that stands."""
    said: dict[str, str] = registration.get("said", {})
    return said.get(field, str(registration["id"]))
