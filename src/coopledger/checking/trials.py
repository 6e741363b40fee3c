"""Every event on trial again, against all that is visible now."""

from collections.abc import Iterator

from coopledger.checking.concerns import Concern, about
from coopledger.events import EventCorrected, EventRetracted, FactDisputed, SourceAdded
from coopledger.facts import Fact, Visible
from coopledger.validation import OwnChecks, Trial, problems, unknown_names

__all__ = ["tried_again"]

# What is said about events was said at its time: its target may have been retracted since.
ABOUT_EVENTS = (EventCorrected, EventRetracted, FactDisputed, SourceAdded)
ELSEWHERE = frozenset({"W301"})  # A hole in a series is told once, and not by each meeting.


def tried_again(visible: Visible, *, today: int, own: OwnChecks) -> Iterator[Concern]:
    """What would be refused or warned of if an event were recorded now, all others being known.

    What names an id that is not known any more is told once for each id, and not tried further.
    """
    lost: dict[str, list[Fact]] = {}
    for fact in visible.all():
        if isinstance(fact.event, ABOUT_EVENTS):
            continue
        others = visible.without(fact.position)
        trial = Trial(fact=fact, visible=others, today=today, own=own)
        gone = [name for _, name, _ in unknown_names(trial) if trial.noun_of(name) is None]
        for name in gone:
            lost.setdefault(name, []).append(fact)
        for problem in problems(trial) if not gone else ():
            if problem.code not in ELSEWHERE:
                yield about(problem.code, [fact], f"{type(fact.event).__name__}: {problem.message}")
    for name, facts in lost.items():
        yield _uprooted(visible, name, facts)


def _uprooted(visible: Visible, name: str, facts: list[Fact]) -> Concern:
    """W701: what the facts name is not known any more."""
    mends = visible.mends_of(name)
    since = f" since event {mends[-1].id!r}" if mends else ""
    named = "1 event names" if len(facts) == 1 else f"{len(facts)} events name"
    return about(
        "W701",
        [*mends[-1:], *facts],
        f"{name!r} is unknown{since}, and {named} it: mend what names it, or register it again",
    )
