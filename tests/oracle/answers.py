"""Answers of the oracle about a partnership and all that is its own, as plain values."""

from datetime import date
from typing import Any

from tests.oracle.commitments import OPEN, commitment, days_of_change, days_of_dates
from tests.oracle.conduct import Conduct, conduct
from tests.oracle.days import iso, mark_of, settled
from tests.oracle.facts import Fact, VisibleFacts, date_of, effect_of
from tests.oracle.following import asked, responsible
from tests.oracle.instrument_life import ENDED, Instrument
from tests.oracle.instruments import alone, instrument, instruments_of
from tests.oracle.meetings import meeting
from tests.oracle.merging import answering
from tests.oracle.obstacles import obstacle, open_on
from tests.oracle.participations import Participation
from tests.oracle.parties import partnership_parties
from tests.oracle.partnerships import home, partnership, partnership_of
from tests.oracle.proposals import OPEN as OPEN_PROPOSALS
from tests.oracle.proposals import proposal
from tests.oracle.replacements import inside
from tests.oracle.series import series
from tests.oracle.stances import given_up, words
from tests.oracle.yields import yields

__all__ = ["Answers", "answers_of"]

STILL_OPEN = {
    "proposal": OPEN_PROPOSALS,
    "meeting": {"scheduled", "postponed", "unrecorded"},
    "commitment": OPEN,
}

Answer = dict[str, Any]
Answers = dict[str, Answer]


def answers_of(visible: VisibleFacts, name: str, day: int) -> Answers:
    """Return every answer by its id."""
    events = {fact["id"]: fact for fact in visible.known}
    name = answering(visible.known, name)
    answers: Answers = {name: _partnership(visible, name, day)}
    ends: dict[str, tuple[str, int | None]] = {}  # the noun of each thing, and when it was closed
    for each in instruments_of(visible, name):
        text = instrument(visible, each, day)
        if text is not None:
            told = {**_instrument(visible, text, day), **_several(visible, text, day)}
            closed = told["since"] if text.state in ENDED else None
            answers[each] = told
            ends[each] = "instrument", closed
    for noun, answer_of in (
        *(("proposal", _proposal), ("meeting", _meeting), ("commitment", _commitment)),
    ):
        for each in visible.names(noun):
            if home(visible, noun, each) == name:
                told = answers[each] = answer_of(visible, each, day)
                ends[each] = noun, None if told["status"] in STILL_OPEN[noun] else told["since"]
    answers |= _obstacles(visible, name, day)
    for each, answer in answers.items():
        if each != name:
            _obstruct(visible, each, day, answer)
        if each in ends:
            noun, closed = ends[each]
            _follow_up(visible, answer, day, noun=noun, name=each, home=name, closed=closed)
        answer["flags"] = sorted(answer.get("flags", ()))
        answer["since"] = iso(answer["since"] or None)
        ids = {each for each in answer["decided_by"] if each}
        answer["decided_by"] = sorted(ids, key=lambda each: int(events[each]["position"]))
        uncertain = answer.pop("uncertain", False)
        dated = answer.pop("counts_from", ids)
        answer["certain"] = not (uncertain or any(_is_fuzzy(events[each]) for each in dated))
    found = {each: answer for each, answer in answers.items() if answer.get("status") != "none"}
    return found | _together(visible, name, day)


def _together(visible: VisibleFacts, name: str, day: int) -> Answers:
    """Return what is told of several things at once: the series of meetings, and the yields."""
    year, called = date.fromordinal(day).year, f"{name}-series"
    told = series(visible, called, day)
    return {
        f"yields of {name}": {
            **yields(visible, name, day),
            **{
                f"{key} of late": value
                for key, value in yields(visible, name, day, years=(year - 3, year)).items()
            },
        },
        **({called: told} if told is not None else {}),
    }


def _follow_up(
    visible: VisibleFacts,
    told: Answer,
    day: int,
    *,
    noun: str,
    name: str,
    home: str,
    closed: int | None,
) -> None:
    """Add who asked again and who is responsible; the date of a reminder makes nothing fuzzy."""
    ended = noun in {"commitment", "proposal"} and closed is not None
    asks = asked(visible, noun, name, day, has_ended=ended)
    told |= {
        "last_asked": asks.last_asked,
        "times_asked": asks.times_asked,
        "ask_again": asks.ask_again,
        "responsible": responsible(visible, noun, name, day, home=home, closed=closed),
        "counts_from": {each for each in told["decided_by"] if each},
        "decided_by": told["decided_by"] | asks.deciders(),
    }


def _is_fuzzy(event: Fact) -> bool:
    dated = event.get("effective") or event.get("when")
    return bool(dated and mark_of(date_of(event)))


def _partnership(visible: VisibleFacts, name: str, day: int) -> Answer:
    result = partnership(visible, name, day)
    above = (visible.registered("PartnershipOpened", "partnership", name) or {}).get("parent")
    closed = result.since if result.stage == "ended" else None
    # What silence makes of a fuzzy date is a matter of the day, and told by `is_uncertain`.
    others = (ids for flag, ids in result.flags.items() if flag not in {"dormant", "unheard"})
    return {
        "counts_from": result.deciders.union(*others) - {None, "None"},
        "stage": result.stage,
        "parties": sorted(partnership_parties(visible, name, day)),
        "responsible": responsible(visible, "partnership", name, day, home=above, closed=closed),
        "since": result.since,
        "flags": result.flags,
        "last_activity": result.last_activity,
        "last_heard": result.last_heard,
        "obstructed_since": iso(result.obstructed_since or None),
        **_conduct(result.conduct),
        "uncertain": result.is_uncertain,
        "decided_by": result.deciders.union(*result.flags.values()),
    }


def _conduct(result: Conduct) -> Answer:
    return {
        "conduct": result.word,
        "conduct_since": iso(result.since or None),
        "conduct_by": sorted(result.deciders),
    }


def _obstacles(visible: VisibleFacts, partnership: str, day: int) -> Answers:
    """Return the obstacles in the way of the partnership, or of something of its own."""
    every = {name: obstacle(visible, name, day) for name in visible.names("obstacle")}
    return {
        name: {
            "subject": each.report["subject"],
            "since": effect_of(each.report),
            "is_open": each.removal is None,
            "removed_on": each.removal["when"] if each.removal else None,
            "last_asked": each.reminder["when"] if each.reminder else None,
            "counts_from": {fact["id"] for fact in (each.report, each.removal) if fact},
            "decided_by": {
                fact["id"] for fact in (each.report, each.removal, each.reminder) if fact
            },
        }
        for name, each in every.items()
        if each and partnership in partnership_of(visible, each.report)
    }


def _obstruct(visible: VisibleFacts, name: str, day: int, answer: Answer) -> None:
    """'Flag obstructed, with since.'"""
    standing = open_on(visible, day, lambda fact: fact["subject"] == name)
    if "state" in answer or "due" in answer:
        answer["obstructed_since"] = iso(standing[0] or None) if standing else None
    if standing is not None:
        answer["flags"] = {*answer.get("flags", ()), "obstructed"}
        answer["decided_by"] = {*answer["decided_by"], *standing[1]}


def _instrument(visible: VisibleFacts, text: Instrument, day: int) -> Answer:
    members = list(text.parties.members)
    given = given_up(words(visible, text, day), members, day)
    by_some = given if set(given) != set(members) else {}
    return {
        **_conduct(conduct(visible, text.registration["instrument"], day)),
        "state": text.state,
        "since": text.since(),
        "flags": {*text.flags_shown(), *(["given_up_by_some"] if by_some else [])},
        "term_end": text.term_end.display if text.term_end else None,
        "notice_deadline": _deadline(text),
        "ends": text.ending.ends if text.ending else None,
        "superseded_by": text.superseded_by,
        "decision": text.decided[0] if text.decided else None,
        "uncertain": text.is_uncertain(day),
        "decided_by": {*text.deciders(), *(fact["id"] for fact in by_some.values())},
    }


def _several(visible: VisibleFacts, text: Instrument, day: int) -> Answer:
    """Return what is told of the parties of the text."""
    lives = {**text.parties.gone, **text.parties.members}
    name = text.registration["instrument"]
    insiders = inside(visible, name, day, alone) if text.state not in ENDED else {}
    events, bound = {fact["id"]: fact for fact in visible.known}, text.in_force_for
    return {
        "parties": sorted(text.parties.members),
        "in_force_for": sorted(bound),
        "not_ratified": sorted(text.not_ratified()),
        "missing_consents": text.missing_consents(),
        "participations": {
            each: {
                **_participation(lives[each]),
                "in_force": each in bound,
                "in_force_since": _entry(text, lives[each], events) if each in bound else None,
                "left_on": _marked(lives[each].left, events),
                "superseded_by": insiders.get(each),
            }
            for each in sorted(lives)
        },
    }


def _participation(life: Participation) -> Answer:
    signed = life.signed or life.signed_before
    how = {
        "InstrumentAcceded": "accession",
        "InstrumentRatified": "ratification",
        "InstrumentSigned": "signature",
    }
    consented = life.consented
    return {
        "signed_on": signed.get("when") if signed else None,
        "consented_on": consented.get("when") if consented else None,
        "how": consented.get("how") or how[consented["type"]] if consented else None,
        "notice_on": life.notice.given.get("when") if life.notice else None,
        "ends": life.notice.ends if life.notice else None,
        "reservations": len(life.reservations),
    }


def _entry(text: Instrument, life: Participation, events: dict[str, Fact]) -> str | None:
    """Return since when it is in force; 'implied by an extension: `since` is None'."""
    implied = life.entry is not None and life.entry[1] == text.implied_by
    return None if implied else _marked(life.entry, events)


def _marked(since: tuple[int, str] | None, events: dict[str, Fact]) -> str | None:
    """Return a day with the mark of the date behind it: 'fuzzy in, fuzzy out'."""
    if since is None or not since[0]:
        return None
    event = events[since[1]]
    ends = event.get("ends")
    dated = ends if ends and settled(ends) == since[0] else date_of(event)
    return f"{iso(since[0])}{mark_of(dated)}"


def _deadline(text: Instrument) -> str | None:
    """Return the last day for a notice, with the mark of the end from which it is counted."""
    day = text.notice_deadline()
    mark = mark_of(text.current.text) if text.current else ""
    return None if day is None else f"{iso(day)}{mark}"


def _proposal(visible: VisibleFacts, name: str, day: int) -> Answer:
    result = proposal(visible, name, day)
    last_act = result.last_act if result.waits else None
    due = result.made.get("due") if result.made else None
    maker = result.made["id"] if result.made and due else None
    return {
        "status": result.status,
        "since": result.history.since(),
        "due": due,
        "unanswered_for": day - effect_of(last_act) if last_act else None,
        "uncertain": result.is_uncertain,
        "decided_by": {result.history.event, maker, last_act["id"] if last_act else None},
    }


def _meeting(visible: VisibleFacts, name: str, day: int) -> Answer:
    result = meeting(visible, name, day)
    return {
        "status": result.history.value,
        "since": result.history.since(),
        "planned": result.planned,
        "held": result.held.get("when") if result.held else None,
        "first_planned": result.first_planned,
        "times_postponed": result.times_postponed,
        "series": result.series,
        "number": result.number,
        "place": result.place,
        "host": result.host,
        "decided_by": {result.said_by, None if result.held else result.planner},
    }


def _commitment(visible: VisibleFacts, name: str, day: int) -> Answer:
    result = commitment(visible, name, day)
    since = 0
    days = days_of_change(visible, day) | days_of_dates(visible, name, day)
    for each in sorted(days, reverse=True):
        if commitment(visible, name, each).status != result.status:
            break
        since = each
    return {
        "status": result.status,
        "since": since,
        "flags": result.flags,
        "due": result.due,
        "days_overdue": result.days_overdue,
        "late_by": result.late_by,
        "late_by_rescheduled": result.late_by_rescheduled,
        "debtors": sorted(result.debtors),
        "creditors": sorted(result.creditors),
        "debtors_open": sorted(result.debtors_open),
        "first_due": result.first_due,
        "times_rescheduled": result.times_rescheduled,
        "promised": result.promised,
        "paid": result.paid,
        "outstanding": result.outstanding,
        "occurrences": result.occurrences,
        "next_due": result.next_due,
        "uncertain": result.is_uncertain,
        "decided_by": result.deciders.union({result.due_setter}, *result.flags.values()),
    }
