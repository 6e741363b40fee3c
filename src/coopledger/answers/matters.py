"""Matters that somebody has to see to: what to ask about again, and what is nobody's."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, TypeAlias

from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._filters import Things, is_
from coopledger.answers._following import asked_from, is_to_be_asked
from coopledger.answers._nouns import state_of
from coopledger.answers._scope import EVERYWHERE, Scope, listed_in
from coopledger.answers._shown import Shown
from coopledger.answers._wording import label, named, one_line, phrase
from coopledger.answers.commitments import COMMITMENTS, Commitment
from coopledger.answers.instruments import INSTRUMENTS, Instrument
from coopledger.answers.meetings import MEETINGS, Meeting
from coopledger.answers.proposals import PROPOSALS, Proposal
from coopledger.answers.titles import title
from coopledger.dates import EdtfDate
from coopledger.terms import Flag, Noun

Thing: TypeAlias = Commitment | Proposal | Instrument | Meeting


@frozen(kw_only=True)
class Matter(Shown):
    """Thing that somebody of us has to see to.

    Attributes:
        id: Its id.
        noun: What it is.
        text: The words by which people know it.
        status: Its status, or the state of a text.
        partnership: The partnership; None if not known then.
        due: Its due date; of a meeting the planned date, of a text the end of its term.
        ask_again: The day from which to ask again.
        last_asked: The date of the last reminder.
        times_asked: How many reminders there were.
        responsible: Who of us sees to it; None for nobody.
        decided_by: The events behind the answer about it.
    """

    id: str
    noun: Noun
    text: str
    status: StrEnum
    partnership: str | None
    due: EdtfDate | None
    ask_again: EdtfDate | None
    last_asked: EdtfDate | None
    times_asked: int
    responsible: str | None
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return what it is, its status, its dates and who is responsible, on one line."""
        return one_line(
            named(self.text, self.id),
            label(self.status),
            phrase("until " if self.noun is Noun.INSTRUMENT else "due ", self.due),
            phrase("asked ", self.last_asked),
            phrase("ask again ", self.ask_again),
            phrase("", self.responsible, " is responsible"),
        )


def asking_again(
    snapshot: Snapshot,
    *,
    within_days: int = 0,
    noun: Noun | None = None,
    scope: Scope = EVERYWHERE,
) -> Answers[Matter]:
    """Return what to ask about again from a day that has come, or comes within the days.

    The longest awaited comes first.
    """
    nouns = (COMMITMENTS, PROPOSALS, MEETINGS, INSTRUMENTS)
    found = [
        (its, answer)
        for its, answer in _things(snapshot, scope, noun, nouns)
        if is_to_be_asked(snapshot, answer, within_days=within_days)
    ]
    found.sort(key=lambda pair: asked_from(pair[1]))
    return _matters(snapshot, found)


def unassigned(
    snapshot: Snapshot, *, noun: Noun | None = None, scope: Scope = EVERYWHERE
) -> Answers[Matter]:
    """Return the open commitments, waiting proposals and texts to decide on that are nobody's."""
    found = [
        (its, answer)
        for its, answer in _things(snapshot, scope, noun, (COMMITMENTS, PROPOSALS, INSTRUMENTS))
        if answer.responsible is None and _presses(answer)
    ]
    return _matters(snapshot, found)


def _things(
    snapshot: Snapshot,
    scope: Scope,
    noun: Noun | None,
    nouns: Iterable[Things[Any]],
) -> Iterator[tuple[Noun, Thing]]:
    """Yield the answers about the things of the nouns, or of one; no closed commitments."""
    for things in nouns:
        if not is_(things.noun, noun):
            continue
        only_open = things.noun is Noun.COMMITMENT
        answers: Iterable[Thing] = listed_in(snapshot, things, scope, only_open=only_open)
        yield from ((things.noun, answer) for answer in answers)


def _presses(answer: Thing) -> bool:
    """Return whether it is an open commitment, a waiting proposal or a text to decide on."""
    if isinstance(answer, Proposal):
        return answer.unanswered_for is not None
    return not isinstance(answer, Instrument) or Flag.TO_DECIDE in answer.flags


def _matters(snapshot: Snapshot, found: Sequence[tuple[Noun, Thing]]) -> Answers[Matter]:
    """Return the matters that the answers are about, in their order."""
    near = snapshot.visible.ahead((answer.id for _, answer in found), around=False)
    rows = (_matter(snapshot, noun, answer) for (noun, answer), _ in zip(found, near, strict=True))
    return Answers(rows, kind=Matter)


def _matter(snapshot: Snapshot, noun: Noun, answer: Thing) -> Matter:
    """Return the matter that the answer is about."""
    return Matter(
        id=answer.id,
        noun=noun,
        text=title(snapshot, answer.id),
        status=state_of(answer),
        partnership=answer.partnership,
        due=_due(answer),
        ask_again=answer.ask_again,
        last_asked=answer.last_asked,
        times_asked=answer.times_asked,
        responsible=answer.responsible,
        decided_by=answer.decided_by,
    )


def _due(answer: Thing) -> EdtfDate | None:
    """Return the date by which something is to happen."""
    if isinstance(answer, Meeting):
        return answer.planned
    return answer.term_end if isinstance(answer, Instrument) else answer.due
