"""Every recorded event as a candidate again, against all that is visible now."""

from collections.abc import Iterator

from coopledger.checking.concerns import resting_on
from coopledger.errors import Finding
from coopledger.events import Correction
from coopledger.facts import Fact, Visible
from coopledger.validation import Candidate, OwnChecks, findings, unknown_names

__all__ = ["tried_again"]

ELSEWHERE = frozenset({"W301"})  # A hole in a series is told once, and not by each meeting.


def tried_again(visible: Visible, *, today: int, own: OwnChecks) -> Iterator[Finding]:
    """What would be refused or warned of if an event were recorded now, all others being known.

    What names an id that is not known any more is told once for each id, and not tried further.
    """
    lost: dict[str, list[Fact]] = {}
    for fact in visible.all():
        # One about an event was right at its time: its target may have been retracted since.
        if isinstance(fact.event, Correction):
            continue
        others = visible.without(fact.position)
        candidate = Candidate(fact=fact, visible=others, today=today, own=own)
        gone = [name for _, name, _ in unknown_names(candidate) if candidate.noun_of(name) is None]
        for name in gone:
            lost.setdefault(name, []).append(fact)
        for finding in findings(candidate) if not gone else ():
            if finding.code not in ELSEWHERE:
                yield resting_on([fact], finding)
    for name, facts in lost.items():
        yield _uprooted(visible, name, facts)


def _uprooted(visible: Visible, name: str, facts: list[Fact]) -> Finding:
    """W701: what the facts name is not known any more."""
    mends = visible.mends_of(name)
    since = f" since event {mends[-1].id!r}" if mends else ""
    named = "1 event names" if len(facts) == 1 else f"{len(facts)} events name"
    message = (
        f"{name!r} is unknown{since}, and {named} it: mend what names it, or register it again"
    )
    return resting_on([*mends[-1:], *facts], Finding("W701", message, unknown=name))
