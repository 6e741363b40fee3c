"""Proposals: the status of each, who put it to whom, and how long it has waited."""

from coopledger._dates.asked_day import days_since
from coopledger._dates.lazy_types import Date
from coopledger._frozen import frozen
from coopledger._rules.proposal import OPEN, ProposalCase
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence, first_day, is_certain_since
from coopledger.answers._filters import Order, Things, passing
from coopledger.answers._following import followed_up, following
from coopledger.answers._obstructions import obstruction
from coopledger.answers._scope import EVERYWHERE, Scope, listed_in
from coopledger.answers._shown import Shown
from coopledger.answers._wording import days, label, named, one_line, phrase, state_since
from coopledger.dates import EdtfDate
from coopledger.terms import Flag, Noun, ProposalFirmness, ProposalStatus


@frozen(kw_only=True)
class Proposal(Shown):
    """Status of a proposal on the day, and who put it to whom.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        instrument: The text that it is about.
        by: Who put it.
        to: To whom; the other parties of the partnership unless said.
        text: What it says; where only answers to it are known, what was agreed.
        firmness: How firmly it is put; None while only answers to it are known.
        status: Its status; ``none`` before it was put.
        since: The first day of the status.
        since_certain: Whether the first day comes from no fuzzy date; it prints with ``~`` if not.
        made_on: The date on which it was first put or wished.
        due: By when an answer or a result is asked for.
        unanswered_for: Days since the last act on it, while it is open and more than a wish; an act
            on a day that is not known is passed over while another has a known day.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
        flags: Its flags, sorted.
        obstructed_since: The first day of the oldest obstacle in its way.
        last_asked: The date of the last reminder.
        times_asked: How many reminders there were.
        ask_again: The day from which to ask again, while it is open.
        responsible: Who of us sees to it; where nobody was named, who sees to its partnership.
    """

    id: str
    partnership: str | None
    instrument: str | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    text: str | None
    firmness: ProposalFirmness | None
    status: ProposalStatus
    since: Date | None
    since_certain: bool
    made_on: EdtfDate | None
    due: EdtfDate | None
    unanswered_for: int | None
    certain: bool
    decided_by: tuple[str, ...]
    flags: tuple[Flag, ...]
    obstructed_since: Date | None
    last_asked: EdtfDate | None
    times_asked: int
    ask_again: EdtfDate | None
    responsible: str | None

    def __str__(self) -> str:
        """Return its status, who put it to whom, its text and how long it waits, on one line."""
        silence = "unanswered" if self.status is ProposalStatus.OPEN else "silent"
        put = phrase(f"{self.firmness} of ", self.by, phrase(" to ", self.to))
        return one_line(
            named(self.text, self.id),
            state_since(self.status, self.since, certain=self.since_certain),
            put,
            phrase("about ", self.instrument),
            phrase("due ", self.due),
            phrase(f"{silence} for ", days(self.unanswered_for or None)),
            *followed_up(self),
            *map(label, self.flags),
        )


def proposal(snapshot: Snapshot, name: str) -> Proposal:
    """Return the answer about the proposal."""
    case = snapshot.proposal(name)
    last_act = case.last_act if case.waits else None
    last_at = last_act.position if last_act is not None else None
    obstacles = obstruction(snapshot, name)
    reported = [position for _, position in obstacles.flags]
    basis = evidence(snapshot, [case.set_by, last_at, case.due_by, *reported])
    home = snapshot.contents.partnership_of(Noun.PROPOSAL, name)
    is_known = case.status is not ProposalStatus.NONE
    closed = None if case.status in OPEN else case.since
    return Proposal(
        id=name,
        partnership=home,
        instrument=case.instrument,
        by=case.by,
        to=case.to or (_others(snapshot, case, home) if home and is_known else ()),
        text=case.text,
        firmness=case.firmness,
        status=case.status,
        since=first_day(case.since),
        since_certain=is_certain_since(snapshot, case.since, [case.set_by]),
        made_on=case.put.event.when if case.put is not None else None,
        due=case.due,
        unanswered_for=days_since(snapshot.day, last_act.effect) if last_act is not None else None,
        certain=basis.certain and not (case.waits and case.passed_over is not None),
        flags=tuple(sorted({flag for flag, _ in obstacles.flags})),
        obstructed_since=obstacles.since,
        **following(snapshot, Noun.PROPOSAL, name, basis=basis, closed=closed),
    )


def _order(_: Snapshot, answer: Proposal) -> Order | None:
    """Return no order of its own for a proposal; none at all before it was put."""
    return None if answer.status is ProposalStatus.NONE else ()


def _parties(_: Snapshot, answer: Proposal) -> tuple[str, ...]:
    """Return who put it, and to whom."""
    return (*answer.by, *answer.to)


PROPOSALS = Things(
    noun=Noun.PROPOSAL, kind=Proposal, answer=proposal, order=_order, parties=_parties
)


def proposals(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    status: ProposalStatus | None = None,
    firmness: ProposalFirmness | None = None,
    flag: Flag | None = None,
    by: str | None = None,
    to: str | None = None,
    waiting_days: int | None = None,
) -> Answers[Proposal]:
    """Return the proposals of the scope that were put by the day."""
    return passing(
        listed_in(snapshot, PROPOSALS, scope),
        (status, lambda each: each.status is status),
        (firmness, lambda each: each.firmness is firmness),
        (flag, lambda each: flag in each.flags),
        (by, lambda each: by in each.by),
        (to, lambda each: to in each.to),
        (waiting_days, lambda each: _waits(each, waiting_days)),
    )


def _waits(answer: Proposal, least: int | None) -> bool:
    """Return whether the proposal has waited for an act for at least so many days."""
    return answer.unanswered_for is not None and answer.unanswered_for >= (least or 0)


def _others(snapshot: Snapshot, case: ProposalCase, home: str) -> tuple[str, ...]:
    """Return the parties of the partnership for which no proposer speaks."""
    speaking = {party for proposer in case.by for party in snapshot.parties.ancestors(proposer)}
    return tuple(party for party in snapshot.parties_of(home) if party not in speaking)
