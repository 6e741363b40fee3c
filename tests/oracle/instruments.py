"""Instruments of docs/reference/rules.md: a text is replayed from scratch for every question."""

from collections.abc import Callable

from tests.oracle.facts import Fact, VisibleFacts, effect_of, replay_key
from tests.oracle.instrument_life import Instrument
from tests.oracle.participations import TextParties
from tests.oracle.parties import successions
from tests.oracle.proposals import proposal
from tests.oracle.replacements import replacement

__all__ = ["alone", "instrument", "instruments_of"]

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
    "InstrumentAdopted": Instrument.adopt,
    "InstrumentInitialled": Instrument.initial,
    "InstrumentSigned": Instrument.sign,
    "SignatureWithdrawn": Instrument.take_back_signature,
    "InstrumentProvisionallyApplied": Instrument.apply,
    "InstrumentAcceded": Instrument.accede,
    "InstrumentRatified": Instrument.ratify,
    "InstrumentEnteredIntoForce": Instrument.enter,
    "InstrumentExtended": Instrument.extend,
    "InstrumentRenewed": Instrument.extend,
    "InstrumentSuspended": Instrument.suspend,
    "InstrumentResumed": Instrument.resume,
    "TerminationNotified": Instrument.notify,
    "TerminationNoticeWithdrawn": Instrument.withdraw_notice,
    "InstrumentTerminated": Instrument.terminate,
    "InstrumentCompleted": Instrument.complete,
    "ReservationMade": Instrument.reserve,
    "ReservationWithdrawn": Instrument.withdraw_reservation,
    "RenewalDecided": Instrument.decide,
    "PartySucceeded": Instrument.succeed,
}


def instruments_of(visible: VisibleFacts, partnership: str) -> list[str]:
    """Return the partnership's own instruments."""
    names = dict.fromkeys(
        fact["instrument"] for fact in visible.known if fact["type"] == "InstrumentRegistered"
    )
    registered = [visible.registered("InstrumentRegistered", "instrument", name) for name in names]
    return [
        each["instrument"] for each in registered if each and each["partnership"] == partnership
    ]


def instrument(visible: VisibleFacts, name: str, day: int) -> Instrument | None:
    """Return the instrument by the end of the day; None if it is not registered."""
    key = "instrument", name, day
    if key not in visible.memo:
        replaced = replacement(visible, name, day, alone)
        lead = _lead(visible, name, day)
        visible.memo[key] = _folded(visible, name, day, replaced, lead)
    text: Instrument | None = visible.memo[key]
    return text


def alone(visible: VisibleFacts, name: str, day: int) -> Instrument | None:
    """Return the instrument as if nothing replaced it, and it ended with nothing."""
    key = "alone", name, day
    if key not in visible.memo:
        visible.memo[key] = _folded(visible, name, day, None)
    text: Instrument | None = visible.memo[key]
    return text


def _lead(visible: VisibleFacts, name: str, day: int) -> Instrument | None:
    """Return the text with which it ends; a circle of texts ends with nothing."""
    names = [name]
    while (other := _ends_with(visible, names[-1])) is not None and other not in names:
        names.append(other)
    return None if other == name or len(names) == 1 else instrument(visible, names[1], day)


def _ends_with(visible: VisibleFacts, name: str) -> str | None:
    registration = visible.registered("InstrumentRegistered", "instrument", name)
    return registration.get("ends_with") if registration else None


def _folded(
    visible: VisibleFacts,
    name: str,
    day: int,
    replaced: tuple[int, str, str] | None,
    lead: Instrument | None = None,
) -> Instrument | None:
    registration = visible.registered("InstrumentRegistered", "instrument", name)
    if registration is None:
        return None
    text = Instrument(registration, TextParties(visible, registration), lead=lead)
    changes = lead.history.evening_changes() if lead else []
    for fact in _acts(visible, text, day):
        _pass(text, replaced, changes, effect_of(fact))
        _apply(visible, text, fact)
    _pass(text, replaced, changes, day)
    text.pass_to(day)
    return text


def _pass(
    text: Instrument,
    replaced: tuple[int, str, str] | None,
    changes: list[tuple[int, str, str, str]],
    day: int,
) -> None:
    """Let come about what other texts bring by the morning of the day."""
    while changes and changes[0][0] <= day:
        at, before, state, event = changes.pop(0)
        _replace(text, replaced, at)
        text.pass_to(at - 1)
        text.heed(at, before, state, event)
    _replace(text, replaced, day)


def _replace(text: Instrument, replaced: tuple[int, str, str] | None, day: int) -> None:
    """Let the replacement take effect if it has by the morning of the day."""
    if replaced is not None and replaced[0] <= day:
        text.pass_to(replaced[0] - 1)
        text.supersede(max(replaced[0], text.now), *replaced[1:])


def _acts(visible: VisibleFacts, text: Instrument, day: int) -> list[Fact]:
    """Return the acts on the text, also through proposals that are about it, and on its parties."""
    name, home = text.registration["instrument"], text.registration["partnership"]
    direct = [
        fact
        for fact in visible.until(day)
        if fact.get("instrument") == name and fact["type"] in ACTS and not fact.get("proposal")
    ]
    put = [
        fact
        for other in _proposals_on(visible, name)
        for fact in proposal(visible, other, day).moved
    ]
    members = [
        fact
        for fact in visible.until(day)
        if fact["type"] in {"PartyJoined", "PartyLeft"} and fact["partnership"] == home
    ]
    members += successions(visible, day, name, home)
    return sorted([*direct, *put, *members], key=replay_key)


def _proposals_on(visible: VisibleFacts, name: str) -> list[str]:
    """Return the proposals of which some act names the text; on any day, but for hindsight."""
    proposals = {fact.get("proposal") for fact in visible.facts if fact.get("instrument") == name}
    return [other for other in visible.names("proposal") if other in proposals]


def _apply(visible: VisibleFacts, text: Instrument, fact: Fact) -> None:
    text.pass_to(effect_of(fact))
    text.now = effect_of(fact)
    if fact["type"] in {"ProposalDeclined", "ProposalWithdrawn"}:
        if _all_turned_down(visible, text.registration["instrument"], fact):
            text.give_up(fact)
    elif fact["type"] in ACTS:
        ACTS[fact["type"]](text, fact)
    text.close_act(fact)


def _all_turned_down(visible: VisibleFacts, name: str, fact: Fact) -> bool:
    """Tell whether every proposal on the text is declined or withdrawn once the act is done."""
    others = [
        proposal(visible, other, effect_of(fact), upto=replay_key(fact)).status
        for other in _proposals_on(visible, name)
    ]
    return all(status in {"none", "declined", "withdrawn"} for status in others)
