"""Refusals that the rules of recording demand of one act after others, judged by the oracle.

Which act may be recorded is no answer about what was recorded, so that the oracle does not hold
these rules; it drops what a ledger refuses. They are here, as the sentences of the domain: an act
is refused for what holds just before its own place in the replay, and the oracle says what holds.
`warnings` are those of the doubtful acts. Nothing here is taken from the package.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from tests.oracle.commitments import CommitmentLife
from tests.oracle.days import BEGINNING, add_months, bounds, settled
from tests.oracle.facts import Fact, VisibleFacts, date_of, effect_of, visible_facts
from tests.oracle.instrument_life import IN_EFFECT, RUNNING, Instrument, Term
from tests.oracle.instruments import instrument, instruments_of
from tests.oracle.meetings import meeting
from tests.oracle.merging import answering, merged
from tests.oracle.participations import TextParties
from tests.oracle.parties import acting_for, meant, partnership_parties, successions
from tests.oracle.proposals import ANSWERS, CLOSED, PUTS, about, proposal
from tests.oracle.recurrence import dates
from tests.unit.rules.instrument_table import CELLS

__all__ = ["DOUBTS", "refusal", "warnings"]

ENOUGH = 2
RECORDED_ON = date(2030, 1, 1).toordinal()

# The act, what holds just before it, and the day on which it counts.
Rule = Callable[[Fact, VisibleFacts, int], str | None]

COLUMN = {
    "InterestExpressed": "Interest / ProposalMade on it",
    "ProposalMade": "Interest / ProposalMade on it",
    "NegotiationOpened": "NegotiationOpened, AgreedInPrinciple",
    "ProposalAgreedInPrinciple": "NegotiationOpened, AgreedInPrinciple",
    "NegotiationConcluded": "NegotiationConcluded, ProposalAccepted",
    "ProposalAccepted": "NegotiationConcluded, ProposalAccepted",
    "InstrumentInitialled": "Initialled",
    "InstrumentSigned": "Signed",
    "InstrumentAcceded": "Signed",
    "InstrumentAdopted": "Signed",
    "InstrumentProvisionallyApplied": "ProvisionallyApplied",
    "InstrumentEnteredIntoForce": "EnteredIntoForce",
    "InstrumentExtended": "Extended / Renewed",
    "InstrumentRenewed": "Extended / Renewed",
    "InstrumentSuspended": "Suspended",
    "TerminationNotified": "TerminationNotified",
    "InstrumentTerminated": "Terminated",
    "InstrumentCompleted": "Completed",
    "NegotiationBrokenOff": "BrokenOff",
}

# What brings an id in, and what may name it.
PROPOSAL, MEETING, COMMITMENT = (
    {*PUTS, *ANSWERS},
    {"MeetingScheduled", "MeetingHeld"},
    {"CommitmentMade"},
)

OPENING = {
    "party": {"PartyRegistered"},
    "instrument": {"InstrumentRegistered"},
    "proposal": PROPOSAL,
    "meeting": MEETING,
    "commitment": COMMITMENT,
    "partnership": {"PartnershipOpened"},
    "obstacle": {"ObstacleReported"},
}

# The nouns that an act may be about.
SUBJECTS = {
    "ReminderSent": ("commitment", "proposal", "meeting", "instrument"),
    "ResponsibilityAssigned": (
        *("commitment", "proposal", "meeting", "instrument", "partnership"),
    ),
    "ObstacleReported": ("instrument", "commitment", "proposal", "partnership"),
}


def refusal(log: list[Fact], act: Fact) -> str | None:
    """Return the code for which the act is refused after the log, or None."""
    act, day = _as_read(log, act), effect_of(act)
    before = visible_facts(log, on=day, known_us=None, hindsight=True).before(act)
    codes = (rule(act, before, day) for rule in RULES)
    return next((code for code in codes if code), None)


def _as_read(log: list[Fact], act: Fact) -> Fact:
    """Return the act with the other's name for each duplicate."""
    retracted = {fact["target"] for fact in log if fact["type"] == "EventRetracted"}
    mergers = [fact for fact in log if fact["type"] == "SameAs" and fact["id"] not in retracted]
    return merged([*mergers, {**act, "position": len(log) + 1}])[-1]


def _recorded(visible: VisibleFacts, **fields: str) -> list[Fact]:
    """Return all that is on record with these fields, on whatever day it counts."""
    return [fact for fact in visible.known if fields.items() <= fact.items()]


def _first(day: str) -> int:
    """Return the first day that a date may mean; the beginning of time where it is not known."""
    first = bounds(day)[0]
    return BEGINNING if first is None else first


def _last(day: str) -> int:
    """Return the last day that a date may mean; the end of time where it is open."""
    last = bounds(day)[1]
    return sys.maxsize if last is None else last


# --- what all acts have in common


def _too_early(act: Fact, *_: object) -> str | None:
    return "E101" if "when" in act and _first(act["when"]) > RECORDED_ON else None


def _unknown_id(act: Fact, before: VisibleFacts, _: int) -> str | None:
    for name, *fields in _names(act):
        if not any(
            fact["type"] in opening and fact.get(field) == name
            for fact in before.known
            for field, opening in fields
        ):
            return "E102"
    return None


def _names(act: Fact) -> Iterator[tuple[str, *tuple[tuple[str, set[str]], ...]]]:
    """Yield each id that must be known, and the fields and types of event that bring it in."""
    proposals, meetings = ("proposal", PROPOSAL), ("meeting", MEETING)
    commitments = ("commitment", COMMITMENT)
    for field, opening in (meetings, commitments):
        if field in act and act["type"] not in opening:
            yield act[field], (field, opening)
    for name in (*act.get("realises", ()), *_one(act, "counter_to")):
        yield name, proposals
    for name in (*act.get("fulfils", ()), *(met.split("/")[0] for met in act.get("meets", ()))):
        yield name, commitments
    for name in act.get("depends_on", ()):
        yield name, proposals, commitments
    for name in _one(act, "due_meeting"):
        yield name, meetings
    for name in _one(act, "subject"):
        yield name, *((noun, OPENING[noun]) for noun in SUBJECTS[act["type"]])
    if act["type"] == "ObstacleRemoved":
        yield act["obstacle"], ("obstacle", OPENING["obstacle"])


def _one(act: Fact, field: str) -> list[str]:
    return [act[field]] if field in act else []


def _merges(act: Fact, before: VisibleFacts, _: int) -> str | None:
    """Refuse to merge: 'unknown E102; not of one noun E210; itself or a circle E211'."""
    if act["type"] != "SameAs":
        return None
    names = [answering(before.known, act[field]) for field in ("duplicate", "same_as")]
    nouns = [_noun(before, name) for name in names]
    if None in nouns:
        return "E102"
    if nouns[0] != nouns[1]:
        return "E210"
    return "E211" if names[0] == names[1] else None


def _noun(before: VisibleFacts, name: str) -> str | None:
    """Return the field in which the id is brought in."""
    return next(
        (
            field
            for field, opening in OPENING.items()
            if any(fact["type"] in opening and fact.get(field) == name for fact in before.known)
        ),
        None,
    )


# --- instruments


def _on_instrument(act: Fact, before: VisibleFacts, day: int) -> str | None:
    name = act.get("instrument")
    if act["type"] in ANSWERS:
        name = about(before, act["proposal"], "instrument")
    text = instrument(before, name, day) if name else None
    if name is None or text is None:
        return None
    opens = act["type"] in ANSWERS and proposal(before, act["proposal"], day).status == "none"
    cell = CELLS.get((text.state, _column(act["type"], opens=opens)), "=")
    when = act["when"]
    match act["type"]:
        case "InstrumentInitialled" if text.is_signed:
            return "E502"
        case "InstrumentSigned" if _signed_by_others(act, before, day):
            return "E503"
        case _ if "until" in act and _last(act["until"]) < _first(date_of(act)):
            return "E504"
        case "InstrumentEnteredIntoForce" if _last(when) < _first_signature(before, name):
            return "E505"
        case "InstrumentExtended" | "InstrumentRenewed":
            old, new = _end(_prolonged(act, text)), _end(text.new_term(act))
            if old is not None and new is not None and new <= old:
                return "E506"
        case "TerminationNotified" if _last(act["ends"]) < _first(when):
            return "E507"
        case "TerminationNoticeWithdrawn" if not _is_named(act, text, day):
            return "E511" if text.notices and not act.get("by") else "E508"
        case _:
            pass
    return cell if cell.startswith("E") else None


def _prolonged(act: Fact, text: Instrument) -> Term | None:
    """Return the term that is prolonged; 'a tacit renewal that is recorded confirms the one'."""
    term = text.current
    if term is None or not act.get("tacit"):
        return term
    return replace(term, rolls=max(term.rolls - 1, 0))


def _end(term: Term | None) -> int | None:
    return None if term is None else term.last


def _column(kind: str, *, opens: bool) -> str:
    """Return the column of the table of instruments for an act; empty if it has none."""
    if opens and kind in {"ProposalAcknowledged", "ProposalCountered"}:
        return COLUMN["ProposalMade"]
    return COLUMN.get(kind, "")


def _signed_by_others(act: Fact, before: VisibleFacts, day: int) -> bool:
    """Tell whether somebody signs who is no party, nor a child that signs for one."""
    registration = before.registered("InstrumentRegistered", "instrument", act["instrument"])
    assert registration is not None
    text = instrument(before, act["instrument"], day)
    parties = text.parties if text else TextParties(before, registration)
    return any(not parties.acting([signer], day) for signer in act.get("signers", ()))


def _first_signature(before: VisibleFacts, name: str) -> int:
    """Return the first day on which the text may have been signed, wherever that is recorded."""
    signatures = _recorded(before, type="InstrumentSigned", instrument=name)
    return min((_first(fact["when"]) for fact in signatures), default=0)


def _is_named(act: Fact, text: Instrument, day: int) -> bool:
    """Tell whose notice is taken back: 'O by, needed where more than one notice runs'."""
    if act.get("by"):
        names = text.parties.acting(act["by"], day)
        return any(notice.party in names for notice in text.notices)
    return len({notice.event for notice in text.notices}) == 1


# Acts of single parties on a text, and the field that names who does it.
BY_PARTIES = {
    **dict.fromkeys(["InstrumentRatified", "ReservationMade"], "party"),
    **dict.fromkeys(
        ["SignatureWithdrawn", "TerminationNotified", "TerminationNoticeWithdrawn"], "by"
    ),
    "InstrumentEnteredIntoForce": "parties",
}


def _of_parties(act: Fact, before: VisibleFacts, day: int) -> str | None:
    """Refuse what is not for the one who does it under the text."""
    text = instrument(before, act["instrument"], day) if act.get("instrument") else None
    if text is None:
        return None
    acting, members = text.parties.acting, text.parties.members
    if any(not acting([name], day) for name in _list(act.get(BY_PARTIES.get(act["type"], "")))):
        return "E503"
    match act["type"]:
        case "InstrumentAcceded":
            names = [name for name in text.parties.newcomers(act["party"], day) if name in members]
            return "E510" if any(members[name].consented for name in names) else None
        case "SignatureWithdrawn":
            names = acting(act["by"], day)
            takes_back = [members[name] for name in names]
            binds = text.parties.takes_effect_on_signature
            if any(binds or not each.signed or each.consented for each in takes_back):
                return "E513"
        case "ReservationWithdrawn":
            made = [members[name].reservations for name in acting([act["party"]], day)]
            return None if any(made) else "E514"
        case _:
            pass
    return None


def _list(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


# --- parties


def _of_partnership(act: Fact, before: VisibleFacts, day: int) -> str | None:
    if act["type"] == "PartySucceeded":
        return "E204" if act["party"] in act["by"] else None
    if act["type"] not in {"PartyJoined", "PartyLeft"}:
        return None
    home = act["partnership"]
    members = partnership_parties(before, home, day)
    inside = [name in members for name in meant(act["party"], successions(before, day, home))]
    joins = act["type"] == "PartyJoined"
    return "E207" if (all(inside) if joins else not any(inside)) else None


# --- proposals


def _on_proposal(act: Fact, before: VisibleFacts, day: int) -> str | None:
    kind, name = act["type"], act.get("proposal")
    for other in act.get("realises", ()):
        if proposal(before, other, day).status in {"declined", "withdrawn"}:
            return "E404"
    if any(proposal(before, other, day).status in CLOSED for other in _one(act, "counter_to")):
        return "E404"
    if name is None:
        return None
    known = _recorded(before, proposal=name)
    if kind == "ProposalMade" and any(fact["type"] == kind for fact in known):
        return "E402"
    if kind == "ProposalMade" and _counters_itself(act, before):
        return "E406"
    if kind in ANSWERS and not known and not {"partnership", "instrument"} & act.keys():
        return "E403"
    if proposal(before, name, day).status in CLOSED:
        return "E404"
    proposers = {fact["by"][0] for fact in known if fact["type"] in PUTS}
    if kind == "ProposalWithdrawn" and proposers and not proposers & set(act["by"]):
        return "E405"
    return None


def _counters_itself(act: Fact, before: VisibleFacts) -> bool:
    """Tell whether what the proposal counters counters it in turn, through others or not."""
    names = _one(act, "counter_to")
    for name in names:
        for fact in _recorded(before, type="ProposalMade", proposal=name):
            names += [other for other in _one(fact, "counter_to") if other not in names]
    return act["proposal"] in names


# --- meetings


def _on_meeting(act: Fact, before: VisibleFacts, day: int) -> str | None:
    name = act.get("meeting")
    if name is None:
        return None
    if act["type"] == "MeetingHeld":
        return "E303" if _recorded(before, meeting=name, type="MeetingHeld") else None
    changes_plan = act["type"] in {"MeetingPostponed", "MeetingCancelled"}
    return "E302" if changes_plan and meeting(before, name, day).held else None


def _number_is_used(act: Fact, before: VisibleFacts, _: int) -> str | None:
    """Refuse 'number already used in the series E301'."""
    if "series" not in act or "number" not in act:
        return None
    others = _recorded(before, series=act["series"])
    same = [fact for fact in others if fact.get("number") == act["number"]]
    return "E301" if any(fact["meeting"] != act["meeting"] for fact in same) else None


# --- following up, and what is done under a text

EITHER = {"ImplementationReported", "CooperationGivenUp", "CooperationResumed", "NothingDone"}


def _following(act: Fact, before: VisibleFacts, _: int) -> str | None:
    match act["type"]:
        case "ObstacleReported":
            taken = _recorded(before, type="ObstacleReported", obstacle=act["obstacle"])
            return "E201" if taken else None
        case "ResponsibilityAssigned":
            named = len({"subject", "in_place_of"} & act.keys())
            return (None, "E106")[named - 1] if named else "E105"
        case kind if kind in EITHER and not {"instrument", "partnership"} & act.keys():
            return "E105"
        case _:
            return None


# --- commitments


def _on_commitment(act: Fact, before: VisibleFacts, day: int) -> str | None:
    kind, name = act["type"], act.get("commitment")
    if kind == "CommitmentMade":
        if _recorded(before, commitment=name or "", type=kind):
            return "E603"
        if _recurs_from_nothing(act):
            return "E106"
        return "E612" if _not_before_is_after(act, act.get("due")) else None
    for met in act.get("meets", ()):
        other, condition = met.split("/")
        if not _has_condition(_making(before, other), condition):
            return "E604"
    for other in act.get("fulfils", ()):
        code = _not_to_be_fulfilled(act, before, _making(before, other), day)
        if code:
            return code
    if name is None:
        return None
    making = _making(before, name)
    if kind in {"ConditionMet", "ConditionFailed"}:
        return None if _has_condition(making, act["condition"]) else "E604"
    if kind == "CommitmentFulfilled":
        not_yet = _not_to_be_fulfilled(act, before, making, day)
        delivered = _delivered_by_others(act, before, making, day)
        return not_yet or delivered or _not_on_a_date(act, before, making, day)
    if kind == "CommitmentReopened":
        return _not_to_be_reopened(act, before, making, day)
    return _not_for_these_parties(act, before, making, day)


def _making(before: VisibleFacts, name: str) -> Fact:
    return _recorded(before, commitment=name, type="CommitmentMade")[0]


def _not_before_is_after(making: Fact, due: str | None) -> bool:
    """Tell whether the due date is surely over before the day that must come first."""
    return "not_before" in making and due is not None and _last(due) < _first(making["not_before"])


def _has_condition(making: Fact, name: str) -> bool:
    return any(condition["id"] == name for condition in making.get("conditions", ()))


def _not_to_be_fulfilled(act: Fact, before: VisibleFacts, making: Fact, day: int) -> str | None:
    if _is_closed(before, making, day):
        return "E605"
    return "E606" if _last(act["when"]) < _first(making["when"]) else None


def _recurs_from_nothing(making: Fact) -> bool:
    """'It needs `due`, and a length that the due's precision holds.'"""
    return "recurs" in making and (
        "due" not in making
        or (dates(making["due"], {**making["recurs"], "times": 2}) == [making["due"]])
    )


def _not_on_a_date(act: Fact, before: VisibleFacts, making: Fact, day: int) -> str | None:
    """Tell of an occurrence that is none, or is done already."""
    rounds = CommitmentLife(before, making, day).rounds
    if "occurrence" not in act:
        return None
    number = rounds.named(act) if rounds else None
    if rounds is None or number is None:
        return "E614"
    return "E605" if number in rounds.closed else None


def _delivered_by_others(act: Fact, before: VisibleFacts, making: Fact, day: int) -> str | None:
    """Tell of a delivery by somebody who is neither a debtor nor a unit of one."""
    debtors = CommitmentLife(before, making, day).result.debtors
    others = [by for by in act.get("by", ()) if not acting_for(before, by, debtors, [])]
    return "E608" if others else None


def _not_to_be_reopened(act: Fact, before: VisibleFacts, making: Fact, day: int) -> str | None:
    life = CommitmentLife(before, making, day)
    is_made = making in before.until(day)
    if life.rounds is not None and life.rounds.closed:
        return "E612" if _not_before_is_after(making, act.get("due")) else None
    if not (life.fulfilled or life.cancelled or (is_made and life.released)):
        return "E610"
    return "E612" if _not_before_is_after(making, act.get("due")) else None


def _not_in_this_currency(act: Fact, life: CommitmentLife) -> str | None:
    """Tell of a sum where none is promised, or in another currency than what was before."""
    if "amount" not in act:
        return None
    promised = life.result.amount
    before = [promised] if act["type"] == "CommitmentProgressed" else life.payments
    return "E611" if any(_currency(each) != _currency(act["amount"]) for each in before) else None


def _currency(amount: str | None) -> str | None:
    return amount.split()[1] if amount else None


def _not_for_these_parties(act: Fact, before: VisibleFacts, making: Fact, day: int) -> str | None:
    if _is_closed(before, making, day):
        return "E605"
    life = CommitmentLife(before, making, day)
    creditors = set(making["creditors"]) - set(life.released_by)
    match act["type"]:
        case "CommitmentReleased" if set(act["by"]) - creditors:
            return "E607"
        case "CommitmentCancelled" if set(act["by"]) - set(life.result.debtors):
            return "E608"
        case "CommitmentDelegated" if set(act["to"]) == creditors:
            return "E609"
        case "CommitmentRescheduled":
            dues = [name for name in ("due", "due_text", "due_meeting") if name in act]
            if len(dues) != 1:
                return "E602" if dues else "E105"
            if life.rounds is not None and "due" not in act:
                return "E106"
            return "E612" if _not_before_is_after(making, act.get("due")) else None
        case "CommitmentVaried" if not {"what", "amount"} & act.keys():
            return "E105"
        case "CommitmentVaried":
            return _not_in_this_currency(act, life)
        case "CommitmentProgressed":
            by_others = _delivered_by_others(act, before, making, day)
            return by_others or _not_in_this_currency(act, life)
        case _:
            return None


def _is_closed(before: VisibleFacts, making: Fact, day: int) -> bool:
    """Tell whether the commitment is closed, perhaps before the last day of a fuzzy making."""
    life = CommitmentLife(before, making, day)
    if life.fulfilled or life.cancelled or life.failed:
        return True
    is_made = making in before.until(day)
    return is_made and bool(life.released or life.ended_with_instrument())


RULES: tuple[Rule, ...] = (
    *(_too_early, _unknown_id, _merges, _on_instrument, _of_parties, _of_partnership),
    *(_on_proposal, _on_meeting, _number_is_used, _following, _on_commitment),
)


# --- what is recorded and told


def warnings(log: list[Fact], act: Fact) -> set[str]:
    """Return which of `DOUBTS` are told when the act is recorded after the log."""
    act, day = _as_read(log, act), effect_of(act)
    before = visible_facts(log, on=day, known_us=None, hindsight=True).before(act)
    return {code for code, doubt in DOUBTS.items() if doubt(act, before, day)}


def _is_short_notice(act: Fact, before: VisibleFacts, day: int) -> bool:
    """Tell whether a notice is shorter than was agreed.

    'Where `ends` is the day after the current end, the notice was given after the deadline as it
    stood before it; otherwise the day of the act plus the notice period is after `ends`. A fuzzy
    act counts with its earliest day; without an agreed notice there is no W504.'
    """
    text = _text(act, {"TerminationNotified"}, before, day)
    if text is None or not text.is_notice_agreed:
        return False
    given, ends = _first(act["when"]), settled(act["ends"])
    if given == BEGINNING:
        return False
    last, deadline = _end(text.current), text.last_day_for_notice()
    if last is not None and deadline is not None and ends == last + 1:
        return given > deadline
    months, days = (text.renewal.get(f"notice_{unit}") or 0 for unit in ("months", "days"))
    return add_months(given, months) + days > ends


def _renews_what_is_past(act: Fact, before: VisibleFacts, day: int) -> bool:
    """Tell of 'a renewal after a gap whose new end is already past on the day of the act'."""
    text = _text(act, {"InstrumentExtended", "InstrumentRenewed"}, before, day)
    if text is None or text.state != "expired" or not text.leaves_gap(act):
        return False
    new = _end(text.new_term(act))
    return new is not None and new < _first(act["when"])


def _text(act: Fact, kinds: set[str], before: VisibleFacts, day: int) -> Instrument | None:
    return instrument(before, act["instrument"], day) if act["type"] in kinds else None


def _is_due_at_what_was(act: Fact, before: VisibleFacts, day: int) -> bool:
    """Tell whether a promise is 'due at a meeting held before' it was made."""
    if act["type"] not in {"CommitmentMade", "CommitmentRescheduled"} or "due_meeting" not in act:
        return False
    held = meeting(before, act["due_meeting"], day).held
    return held is not None and _last(held["when"]) < _first(act["when"])


def _closes_over_texts(act: Fact, before: VisibleFacts, day: int) -> bool:
    """Tell whether a partnership is closed 'with an instrument in effect'."""
    if act["type"] != "PartnershipClosed":
        return False
    texts = [instrument(before, name, day) for name in instruments_of(before, act["partnership"])]
    return any(text is not None and text.state in IN_EFFECT for text in texts)


def _leaves_one(act: Fact, before: VisibleFacts, day: int) -> bool:
    """Tell whether 'fewer than two stay'."""
    is_leaving = act["type"] == "PartyLeft"
    return is_leaving and len(partnership_parties(before, act["partnership"], day)) <= ENOUGH


def _asks_too_early(act: Fact, *_: object) -> bool:
    """Tell whether the day from which to ask again is over before the act that says it."""
    return "ask_again" in act and _last(act["ask_again"]) < _first(act["when"])


def _gives_up_nothing(act: Fact, before: VisibleFacts, day: int) -> bool:
    """Tell of a cooperation given up that is 'not in effect'."""
    if act["type"] != "CooperationGivenUp":
        return False
    names = _one(act, "instrument") or instruments_of(before, act["partnership"])
    held = [instrument(before, name, day) for name in names]
    return not any(text is not None and text.state in RUNNING for text in held)


DOUBTS: dict[str, Callable[[Fact, VisibleFacts, int], bool]] = {
    "W111": _asks_too_early,
    "W201": _leaves_one,
    "W207": _closes_over_texts,
    "W504": _is_short_notice,
    "W507": _renews_what_is_past,
    "W509": _gives_up_nothing,
    "W603": _is_due_at_what_was,
}
