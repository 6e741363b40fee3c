"""News: what became due, late, expired, renewed or silent since a day, and what was recorded."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from coopledger._dates.lazy_types import Date
from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers, Title
from coopledger.answers._nouns import Answer, state_of
from coopledger.answers._scope import EVERYWHERE, Scope
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._wording import label
from coopledger.answers.commitments import Commitment
from coopledger.answers.differences import (
    Difference,
    Pair,
    Thing,
    differences,
    pairs_in,
    pairs_that_may_differ,
)
from coopledger.answers.instruments import Instrument
from coopledger.answers.partnerships import Partnership
from coopledger.answers.timelines import TimelineEntry, timeline_entries
from coopledger.dates import to_date
from coopledger.terms import CommitmentStatus, Flag, InstrumentState

# The lists of news, in the order in which they are told.
TOLD = ("due", "overdue", "expired", "renewed", "dormant", "recorded", "changed")
# The fields whose changes a page tells; the others are dates, sums and names beside these.
MAIN_FIELDS = frozenset({"stage", "state", "status", "conduct", "decision", "flags"})
OVERDUE, EXPIRED = CommitmentStatus.OVERDUE, InstrumentState.EXPIRED
MAY_BE_RENEWED = IN_EFFECT | {InstrumentState.EXPIRED, InstrumentState.SUSPENDED}


@frozen(kw_only=True)
class News(Shown):
    """What is new on the day since an earlier one, in the words of a reminder.

    Attributes:
        since: The earlier day.
        since_position: The last position that was known by then.
        on: The day asked about.
        position: The last position that is known now.
        due: The commitments that became due soon.
        overdue: Those that became overdue.
        expired: The texts that expired.
        renewed: The texts in effect whose term ends later than it did, tacitly or by an act, or
            ends no more.
        dormant: The partnerships that fell dormant.
        recorded: What was recorded since, in log order.
        changed: Every difference between the answers of then and now, these among them.
    """

    since: Date
    since_position: int
    on: Date
    position: int
    due: Answers[Commitment]
    overdue: Answers[Commitment]
    expired: Answers[Instrument]
    renewed: Answers[Instrument]
    dormant: Answers[Partnership]
    recorded: Answers[TimelineEntry]
    changed: Answers[Difference]

    @property
    def main_changes(self) -> Answers[Difference]:
        """Return the changes of a stage, state, status, conduct, decision or flag.

        What another list tells is left out, and so is what appeared, which was recorded.
        """
        main = (each for each in self._untold() if each.field in MAIN_FIELDS)
        return Answers(main, kind=Difference, title=self.changed.name_of)

    def _untold(self) -> list[Difference]:
        """Return the changes of fields, of what no other list tells."""
        lists = (self.due, self.overdue, self.expired, self.renewed)
        told = {each.id for answers in lists for each in answers}
        return [each for each in self.changed if each.field is not None and each.id not in told]

    @property
    def minor_changes(self) -> int:
        """Return how many changes of fields are none of the main ones: dates, sums, names."""
        return len(self._untold()) - len(self.main_changes)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is new, so that no letter need be written."""
        return not any(getattr(self, name) for name in TOLD)

    def __str__(self) -> str:
        """Return each list with something in it as a table; of the changes the main ones."""
        lists: list[tuple[str, Answers[Any]]] = [(name, getattr(self, name)) for name in TOLD[:-1]]
        lists.append(("changed", self.main_changes))
        told = [f"{label(name).capitalize()}: {items}" for name, items in lists if items]
        more = self.minor_changes
        if more:
            told.append(f"{more} more {'change' if more == 1 else 'changes'}: dates, sums, names")
        head = f"News of {self.on} since {self.since}"
        return "\n\n".join((head, *told)) if told else printable(f"{head}: none")


def news(old: Snapshot, new: Snapshot, *, title: Title, scope: Scope = EVERYWHERE) -> News:
    """Return what the new snapshot tells of the scope that the old one did not.

    The old one is of an earlier day, and knows what was known at an earlier position.
    """
    pairs = tuple(pairs_in(old, new, scope, pairs_that_may_differ(old, new)))
    due, overdue = (_became(pairs, each) for each in (CommitmentStatus.DUE_SOON, OVERDUE))
    return News(
        since=to_date(old.ordinal),
        since_position=old.visible.up_to,
        on=to_date(new.ordinal),
        position=new.visible.up_to,
        due=Answers(sorted(_commitments(due), key=_due), kind=Commitment, title=title),
        overdue=Answers(sorted(_commitments(overdue), key=_due), kind=Commitment, title=title),
        expired=Answers(_texts(_became(pairs, EXPIRED)), kind=Instrument, title=title),
        renewed=Answers(filter(None, map(_renewed, pairs)), kind=Instrument, title=title),
        dormant=Answers(_dormant(pairs), kind=Partnership, title=title),
        recorded=_recorded(old, new, scope).titled(title),
        changed=differences(old, new, pairs).titled(title),
    )


def _became(pairs: Iterable[Pair], state: StrEnum) -> Iterator[object]:
    """Yield the new answers with the state, where the old one had another."""
    for _, old, new in pairs:
        if _state(new) is state and _state(old) is not state:
            yield new


def _state(answer: Thing | None) -> StrEnum | None:
    """Return the state or status of an answer; None for one that has none, and for none."""
    return state_of(answer) if isinstance(answer, Answer) else None


def _commitments(answers: Iterable[object]) -> Iterator[Commitment]:
    """Yield the commitments among the answers."""
    return (each for each in answers if isinstance(each, Commitment))


def _texts(answers: Iterable[object]) -> Iterator[Instrument]:
    """Yield the texts among the answers."""
    return (each for each in answers if isinstance(each, Instrument))


def _due(answer: Commitment) -> int:
    """Return the day on which the commitment is due; what has none comes first."""
    return answer.due.settled if answer.due is not None else 0


def _renewed(pair: Pair) -> Instrument | None:
    """Return the text whose term ends later than it did, or ends no more; None for another."""
    _, old, new = pair
    if not (isinstance(old, Instrument) and isinstance(new, Instrument)):
        return None
    if new.state not in IN_EFFECT or old.state not in MAY_BE_RENEWED or old.term_end is None:
        return None
    is_later = new.term_end is None or new.term_end.settled > old.term_end.settled
    return new if is_later else None


def _dormant(pairs: Iterable[Pair]) -> Iterator[Partnership]:
    """Yield the partnerships that fell dormant."""
    for _, old, new in pairs:
        was_dormant = isinstance(old, Partnership) and Flag.DORMANT in old.flags
        if isinstance(new, Partnership) and Flag.DORMANT in new.flags and not was_dormant:
            yield new


def _recorded(old: Snapshot, new: Snapshot, scope: Scope) -> Answers[TimelineEntry]:
    """Return what was recorded of the scope after the old snapshot and not retracted since."""
    positions = range(old.visible.up_to + 1, new.visible.up_to + 1)
    facts = filter(None, map(new.visible.fact, positions))
    return timeline_entries(new, About(new, scope).facts(facts))
