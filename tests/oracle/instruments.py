"""Instruments of docs/reference/rules.md: a text is replayed from scratch for every question."""

from collections.abc import Callable

from tests.oracle import parties
from tests.oracle.facts import Fact, VisibleFacts, effect_of, replay_key
from tests.oracle.instrument_life import IN_EFFECT, Instrument
from tests.oracle.proposals import proposal

__all__ = ["instrument", "instruments_of"]

ACTS: dict[str, Callable[[Instrument, Fact], None]] = {
    "InstrumentRegistered": Instrument.background,
    "InterestExpressed": Instrument.propose,
    "ProposalMade": Instrument.propose,
    "ProposalAcknowledged": Instrument.propose,
    "ProposalCountered": Instrument.propose,
    "NegotiationOpened": Instrument.talk,
    "ProposalAgreedInPrinciple": Instrument.talk,
    "NegotiationConcluded": Instrument.conclude,
    "ProposalAccepted": Instrument.conclude,
    "NegotiationBrokenOff": Instrument.break_off,
    "InstrumentInitialled": Instrument.initial,
    "InstrumentProvisionallyApplied": Instrument.apply,
    "InstrumentEnteredIntoForce": Instrument.enter,
    "InstrumentExtended": Instrument.extend,
    "InstrumentRenewed": Instrument.extend,
    "InstrumentSuspended": Instrument.suspend,
    "InstrumentResumed": Instrument.resume,
    "TerminationNotified": Instrument.notify,
    "TerminationNoticeWithdrawn": Instrument.withdraw_notice,
    "InstrumentTerminated": Instrument.terminate,
    "InstrumentCompleted": Instrument.complete,
}


def instruments_of(visible: VisibleFacts, partnership: str) -> list[str]:
    """Return the partnership's own instruments."""
    return [
        fact["instrument"]
        for fact in visible.known
        if fact["type"] == "InstrumentRegistered" and fact["partnership"] == partnership
    ]


def instrument(visible: VisibleFacts, name: str, day: int) -> Instrument | None:
    """Return the instrument by the end of the day; None if it is not registered."""
    text = _alone(visible, name)
    places = {fact["id"]: replay_key(fact)[1:] for fact in visible.known}
    replaced = min(
        _replacements(visible, name, day),
        key=lambda effect: (effect[0], places[effect[1]]),
        default=None,
    )
    if text is None:
        return None
    for fact in _acts(visible, name, day):
        _replace(text, replaced, effect_of(fact))
        _apply(visible, text, fact)
    _replace(text, replaced, day)
    text.pass_to(day)
    return text


def _replace(text: Instrument, replaced: tuple[int, str, str] | None, day: int) -> None:
    """Let the replacement take effect if it has by the morning of the day."""
    if replaced is not None and replaced[0] <= day:
        text.pass_to(replaced[0] - 1)
        text.supersede(max(replaced[0], text.now), *replaced[1:])


def _alone(visible: VisibleFacts, name: str) -> Instrument | None:
    registration = visible.registered("InstrumentRegistered", "instrument", name)
    return None if registration is None else Instrument(registration)


def _replacements(visible: VisibleFacts, name: str, day: int) -> list[tuple[int, str, str]]:
    """Return the days on which texts that supersede this one, each taken by itself, take effect."""
    effects: list[tuple[int, str, str]] = []
    for fact in visible.known:
        if fact["type"] == "InstrumentRegistered" and name in fact.get("supersedes", ()):
            other = Instrument(fact)
            for act in _acts(visible, fact["instrument"], day):
                _apply(visible, other, act)
            other.pass_to(day)
            evening = other.history.first(IN_EFFECT)
            if evening is not None:
                effects.append((evening[0], evening[1], fact["instrument"]))
    return effects


def _acts(visible: VisibleFacts, name: str, day: int) -> list[Fact]:
    """Return the acts on the text, also through proposals that are about it."""
    direct = [
        fact
        for fact in visible.until(day)
        if fact.get("instrument") == name
        and (fact["type"] in ACTS or fact["type"] == "InstrumentSigned")
        and not fact.get("proposal")
    ]
    put = [
        fact
        for other in _proposals_on(visible, name)
        for fact in proposal(visible, other, day).moved
    ]
    return sorted([*direct, *put], key=replay_key)


def _proposals_on(visible: VisibleFacts, name: str) -> list[str]:
    """Return the proposals of which some act names the text; on any day, but for hindsight."""
    proposals = {fact.get("proposal") for fact in visible.facts if fact.get("instrument") == name}
    return [other for other in visible.names("proposal") if other in proposals]


def _apply(visible: VisibleFacts, text: Instrument, fact: Fact) -> None:
    text.pass_to(effect_of(fact))
    text.now = effect_of(fact)
    if fact["type"] == "InstrumentSigned":
        text.signatures.append(fact)
        text.sign(fact, _missing(visible, text))
    elif fact["type"] in {"ProposalDeclined", "ProposalWithdrawn"}:
        if _all_turned_down(visible, text.registration["instrument"], fact):
            text.give_up(fact)
    elif fact["type"] in ACTS:
        ACTS[fact["type"]](text, fact)


def _missing(visible: VisibleFacts, text: Instrument) -> list[str]:
    """Return the parties for which nobody has signed; each signature is judged on its own day."""
    names = parties.text_parties(visible, text.registration)
    return [
        name for name in names if not any(_signs(visible, fact, name) for fact in text.signatures)
    ]


def _signs(visible: VisibleFacts, fact: Fact, name: str) -> bool:
    if name in fact.get("missing_signers", ()):
        return False
    signers = fact.get("signers")
    day = effect_of(fact)
    return not signers or any(parties.represents(visible, each, name, day) for each in signers)


def _all_turned_down(visible: VisibleFacts, name: str, fact: Fact) -> bool:
    """Tell whether every proposal on the text is declined or withdrawn once the act is done."""
    others = [
        proposal(visible, other, effect_of(fact), upto=replay_key(fact)).status
        for other in _proposals_on(visible, name)
    ]
    return all(status in {"none", "declined", "withdrawn"} for status in others)
