"""All answers of a view, as texts that can be compared, list by list."""

from collections.abc import Iterable

import attrs

from coopledger import View
from coopledger.answers import TimelineEntry
from tests.whole import whole

__all__ = ["Answers", "answers"]

Answers = dict[str, tuple[str, ...]]


def answers(view: View) -> Answers:
    """Return all answers of the view."""
    partnerships, instruments, meetings = view.partnerships(), view.instruments(), view.meetings()
    france = view.dossier(country="FR")
    lists: dict[str, tuple[object, ...]] = {
        "partnerships": partnerships,
        "instruments": instruments,
        "commitments": view.commitments(open=None),
        "proposals": view.proposals(),
        "meetings": meetings,
        "expiring": view.expiring(),
        "agenda": view.agenda(),
        "sums": view.sums(by="creditor"),
        "signed": view.signatures(),
        "figures": view.figures(),
        "conflicts": view.conflicts(),
        "sourcing": view.sourcing(),
        "France": (attrs.evolve(france, timeline=_without_times(france.timeline)),),
        "parties": view.parties(),
        "people": view.people(),
        "found": view.find("a"),
        "tagged": view.commitments(tag="a", open=None),
    }
    for partnership in partnerships:
        lists[f"history of {partnership.id}"] = view.stage_history(partnership.id)
        lists[f"timeline of {partnership.id}"] = _without_times(view.timeline(partnership.id))
        lists[f"durations of {partnership.id}"] = (view.durations(partnership.id),)
    for meeting in meetings:
        lists[f"outcomes of {meeting.id}"] = view.outcomes(meeting.id)
        lists[f"hanging on {meeting.id}"] = view.dependents(meeting.id)
    for instrument in instruments:
        lists[f"hanging on {instrument.id}"] = view.dependents(instrument.id)
    return {name: tuple(map(whole, value)) for name, value in lists.items()}


def _without_times(entries: Iterable[TimelineEntry]) -> tuple[TimelineEntry, ...]:
    """Return the entries without their record times: other ledgers are compared with."""
    return tuple(attrs.evolve(entry, recorded_us=0) for entry in entries)
