"""Answers of the oracle about a partnership and all that is its own, as plain values."""

from typing import Any

from tests.oracle.commitments import commitment, days_of_change
from tests.oracle.days import iso
from tests.oracle.facts import VisibleFacts, effect_of
from tests.oracle.instrument_life import Instrument
from tests.oracle.instruments import instrument, instruments_of
from tests.oracle.meetings import meeting
from tests.oracle.partnerships import home, partnership
from tests.oracle.proposals import proposal

__all__ = ["Answers", "answers_of"]

Answer = dict[str, Any]
Answers = dict[str, Answer]


def answers_of(visible: VisibleFacts, name: str, day: int) -> Answers:
    """Return every answer by its id."""
    positions = {fact["id"]: fact["position"] for fact in visible.known}
    answers: Answers = {name: _partnership(visible, name, day)}
    for each in instruments_of(visible, name):
        text = instrument(visible, each, day)
        if text is not None:
            answers[each] = _instrument(text)
    for noun, answer_of in (
        *(("proposal", _proposal), ("meeting", _meeting), ("commitment", _commitment)),
    ):
        for each in visible.names(noun):
            if home(visible, noun, each) == name:
                answers[each] = answer_of(visible, each, day)
    for answer in answers.values():
        answer["flags"] = sorted(answer.get("flags", ()))
        answer["since"] = iso(answer["since"] or None)
        ids = {each for each in answer["decided_by"] if each}
        answer["decided_by"] = sorted(ids, key=lambda each: positions.get(each, 0))
    return {each: answer for each, answer in answers.items() if answer.get("status") != "none"}


def _partnership(visible: VisibleFacts, name: str, day: int) -> Answer:
    found = partnership(visible, name, day)
    return {
        "stage": found.stage,
        "since": found.since,
        "flags": found.flags,
        "last_activity": iso(found.last_activity),
        "decided_by": found.deciders.union(*found.flags.values()),
    }


def _instrument(text: Instrument) -> Answer:
    return {
        "state": text.state,
        "since": text.history.since(),
        "flags": text.flags,
        "term_end": text.term_end.shown if text.term_end else None,
        "notice_deadline": iso(text.notice_deadline()),
        "ends": iso(text.notice.day) if text.notice and text.is_under_notice else None,
        "superseded_by": text.superseded_by,
        "decided_by": text.deciders(),
    }


def _proposal(visible: VisibleFacts, name: str, day: int) -> Answer:
    found = proposal(visible, name, day)
    waits = found.status == "open" and not found.answered and found.clock
    due = found.made.get("due") if found.made else None
    made = found.made["id"] if found.made and (due or found.status == "open") else None
    return {
        "status": found.status,
        "since": found.history.since(),
        "due": due,
        "unanswered_for": day - effect_of(found.clock) if waits and found.clock else None,
        "decided_by": {found.history.event, made},
    }


def _meeting(visible: VisibleFacts, name: str, day: int) -> Answer:
    found = meeting(visible, name, day)
    return {
        "status": found.history.value,
        "since": found.history.since(),
        "planned": found.planned,
        "held": found.held.get("when") if found.held else None,
        "decided_by": {found.said_by, None if found.held else found.planner},
    }


def _commitment(visible: VisibleFacts, name: str, day: int) -> Answer:
    found = commitment(visible, name, day)
    since = 0
    for each in sorted(days_of_change(visible, day), reverse=True):
        if commitment(visible, name, each).status != found.status:
            break
        since = each
    return {
        "status": found.status,
        "since": since,
        "flags": found.flags,
        "due": found.due,
        "days_overdue": found.days_overdue,
        "late_by": found.late_by,
        "late_by_rescheduled": found.late_by_rescheduled,
        "debtors": sorted(found.debtors),
        "creditors": sorted(found.creditors),
        "decided_by": found.deciders.union({found.due_setter}, *found.flags.values()),
    }
