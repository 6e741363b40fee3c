"""What the oracle says of a partnership and of all that is its own, as plain values."""

from typing import Any

from tests.oracle.commitments import commitment, commitment_turning_days
from tests.oracle.days import iso
from tests.oracle.instruments import instrument, instruments_of
from tests.oracle.meetings import meeting
from tests.oracle.partnerships import home, partnership
from tests.oracle.proposals import proposal
from tests.oracle.seen import Seen, effect_of
from tests.oracle.texts import Text

__all__ = ["told"]

Said = dict[str, Any]


def told(seen: Seen, name: str, day: int) -> dict[str, Said]:
    """Every answer by its id."""
    positions = {fact["id"]: fact["position"] for fact in seen.known}
    found: dict[str, Said] = {name: _partnership(seen, name, day)}
    for each in instruments_of(seen, name):
        text = instrument(seen, each, day)
        if text is not None:
            found[each] = _instrument(text)
    for noun, tell in (("proposal", _proposal), ("meeting", _meeting), ("commitment", _commitment)):
        for each in seen.names(noun):
            if home(seen, noun, each) == name:
                found[each] = tell(seen, each, day)
    for said in found.values():
        said["flags"] = sorted(said.get("flags", ()))
        said["since"] = iso(said["since"] or None)
        ids = {each for each in said["decided_by"] if each}
        said["decided_by"] = sorted(ids, key=lambda each: positions.get(each, 0))
    return {each: said for each, said in found.items() if said.get("status") != "none"}


def _partnership(seen: Seen, name: str, day: int) -> Said:
    found = partnership(seen, name, day)
    return {
        "stage": found.stage,
        "since": found.since,
        "flags": found.flags,
        "last_activity": iso(found.last_activity),
        "decided_by": found.movers.union(*found.flags.values()),
    }


def _instrument(text: Text) -> Said:
    return {
        "state": text.state,
        "since": text.turns.since(),
        "flags": text.flags,
        "term_end": text.term_end.shown if text.term_end else None,
        "notice_deadline": iso(text.notice_deadline()),
        "ends": iso(text.notice.day) if text.notice and text.is_under_notice else None,
        "superseded_by": text.superseded_by,
        "decided_by": text.deciders(),
    }


def _proposal(seen: Seen, name: str, day: int) -> Said:
    found = proposal(seen, name, day)
    waits = found.status == "open" and not found.answered and found.clock
    due = found.made.get("due") if found.made else None
    made = found.made["id"] if found.made and (due or found.status == "open") else None
    return {
        "status": found.status,
        "since": found.turns.since(),
        "due": due,
        "unanswered_for": day - effect_of(found.clock) if waits and found.clock else None,
        "decided_by": {found.turns.event, made},
    }


def _meeting(seen: Seen, name: str, day: int) -> Said:
    found = meeting(seen, name, day)
    return {
        "status": found.turns.value,
        "since": found.turns.since(),
        "planned": found.planned,
        "held": found.held.get("when") if found.held else None,
        "decided_by": {found.said_by, None if found.held else found.planner},
    }


def _commitment(seen: Seen, name: str, day: int) -> Said:
    found = commitment(seen, name, day)
    since = 0
    for each in sorted(commitment_turning_days(seen, day), reverse=True):
        if commitment(seen, name, each).status != found.status:
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
        "decided_by": found.movers.union({found.due_setter}, *found.flags.values()),
    }
