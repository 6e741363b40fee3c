"""Instruments of section 5: a text is replayed from scratch for every question."""

from collections.abc import Callable

from tests.oracle import parties
from tests.oracle.proposals import proposal
from tests.oracle.seen import Fact, Seen, effect_of, place
from tests.oracle.texts import IN_EFFECT, Text

__all__ = ["instrument", "instruments_of"]

ACTS: dict[str, Callable[[Text, Fact], None]] = {
    "InstrumentRegistered": Text.background,
    "InterestExpressed": Text.propose,
    "ProposalMade": Text.propose,
    "ProposalAcknowledged": Text.propose,
    "ProposalCountered": Text.propose,
    "NegotiationOpened": Text.talk,
    "ProposalAgreedInPrinciple": Text.talk,
    "NegotiationConcluded": Text.conclude,
    "ProposalAccepted": Text.conclude,
    "NegotiationBrokenOff": Text.break_off,
    "InstrumentInitialled": Text.initial,
    "InstrumentProvisionallyApplied": Text.apply,
    "InstrumentEnteredIntoForce": Text.enter,
    "InstrumentExtended": Text.extend,
    "InstrumentRenewed": Text.extend,
    "InstrumentSuspended": Text.suspend,
    "InstrumentResumed": Text.resume,
    "TerminationNotified": Text.notify,
    "TerminationNoticeWithdrawn": Text.withdraw_notice,
    "InstrumentTerminated": Text.terminate,
    "InstrumentCompleted": Text.complete,
}


def instruments_of(seen: Seen, partnership: str) -> list[str]:
    """The partnership's own instruments."""
    return [
        fact["instrument"]
        for fact in seen.known
        if fact["type"] == "InstrumentRegistered" and fact["partnership"] == partnership
    ]


def instrument(seen: Seen, name: str, day: int) -> Text | None:
    """Where the text stands by the end of the day; None if it is not registered."""
    text = _alone(seen, name)
    places = {fact["id"]: place(fact)[1:] for fact in seen.known}
    replaced = min(
        _replacements(seen, name, day),
        key=lambda found: (found[0], places[found[1]]),
        default=None,
    )
    if text is None:
        return None
    for fact in _acts(seen, name, day):
        _replace(text, replaced, effect_of(fact))
        _apply(seen, text, fact)
    _replace(text, replaced, day)
    text.pass_to(day)
    return text


def _replace(text: Text, replaced: tuple[int, str, str] | None, day: int) -> None:
    """What takes its place has taken effect by the morning of the day."""
    if replaced is not None and replaced[0] <= day:
        text.pass_to(replaced[0] - 1)
        text.supersede(max(replaced[0], text.now), *replaced[1:])


def _alone(seen: Seen, name: str) -> Text | None:
    registration = seen.registered("InstrumentRegistered", "instrument", name)
    return None if registration is None else Text(registration)


def _replacements(seen: Seen, name: str, day: int) -> list[tuple[int, str, str]]:
    """The days on which texts that supersede this one, each taken by itself, take effect."""
    found: list[tuple[int, str, str]] = []
    for fact in seen.known:
        if fact["type"] == "InstrumentRegistered" and name in fact.get("supersedes", ()):
            other = Text(fact)
            for act in _acts(seen, fact["instrument"], day):
                _apply(seen, other, act)
            other.pass_to(day)
            evening = other.turns.first(IN_EFFECT)
            if evening is not None:
                found.append((evening[0], evening[1], fact["instrument"]))
    return found


def _acts(seen: Seen, name: str, day: int) -> list[Fact]:
    """What was done to the text, also through proposals that are about it."""
    direct = [
        fact
        for fact in seen.until(day)
        if fact.get("instrument") == name
        and (fact["type"] in ACTS or fact["type"] == "InstrumentSigned")
        and not fact.get("proposal")
    ]
    put = [fact for other in _proposals_on(seen, name) for fact in proposal(seen, other, day).moved]
    return sorted([*direct, *put], key=place)


def _proposals_on(seen: Seen, name: str) -> list[str]:
    """The proposals of which some act names the text; on any day, but for hindsight."""
    named = {fact.get("proposal") for fact in seen.facts if fact.get("instrument") == name}
    return [other for other in seen.names("proposal") if other in named]


def _apply(seen: Seen, text: Text, fact: Fact) -> None:
    text.pass_to(effect_of(fact))
    text.now = effect_of(fact)
    if fact["type"] == "InstrumentSigned":
        text.signatures.append(fact)
        text.sign(fact, _missing(seen, text))
    elif fact["type"] in {"ProposalDeclined", "ProposalWithdrawn"}:
        if _all_turned_down(seen, text.registration["instrument"], fact):
            text.give_up(fact)
    elif fact["type"] in ACTS:
        ACTS[fact["type"]](text, fact)


def _missing(seen: Seen, text: Text) -> list[str]:
    """The parties for which nobody has signed; each signature is judged on its own day."""
    names = parties.text_parties(seen, text.registration)
    return [name for name in names if not any(_signs(seen, fact, name) for fact in text.signatures)]


def _signs(seen: Seen, fact: Fact, name: str) -> bool:
    if name in fact.get("missing_signers", ()):
        return False
    signers = fact.get("signers")
    day = effect_of(fact)
    return not signers or any(parties.stands_for(seen, each, name, day) for each in signers)


def _all_turned_down(seen: Seen, name: str, fact: Fact) -> bool:
    """Whether every proposal on the text is declined or withdrawn once the act is done."""
    others = [
        proposal(seen, other, effect_of(fact), upto=place(fact)).status
        for other in _proposals_on(seen, name)
    ]
    return all(status in {"none", "declined", "withdrawn"} for status in others)
