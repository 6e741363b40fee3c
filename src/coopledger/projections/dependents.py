"""What hangs on a thing, directly or through others, and what if that thing is cancelled."""

from collections.abc import Callable, Iterator

import attrs

from coopledger import events
from coopledger.dates import to_date
from coopledger.events import Event
from coopledger.events.references import OPENED_AGAIN, opened_by
from coopledger.facts import Fact
from coopledger.projections.answers import Dependent, Meeting, Proposal
from coopledger.projections.evidence import evidence
from coopledger.projections.nouns import NOUNS, Answer, word
from coopledger.rules.instrument import cell
from coopledger.standings import Standings
from coopledger.terms import Flag, Noun

__all__ = ["ENDINGS", "dependents"]


@attrs.frozen
class _Tie:
    """One thing hangs on another, by a field of a fact."""

    noun: Noun
    id: str
    field: str
    hangs_on: str
    fact: Fact
    steps: int


def dependents(standings: Standings, noun: Noun, name: str) -> tuple[Dependent, ...]:
    """Return what depends on the thing, nearest first, and then in the order of replay."""
    cancelled = standings.supposing(ENDINGS[noun](standings, name))
    return tuple(_dependent(standings, cancelled, tie) for tie in _ties(standings, name))


def _ties(standings: Standings, name: str) -> list[_Tie]:
    """What hangs on the thing, each once, by its shortest way."""
    found: dict[str, _Tie] = {}
    waiting = [(name, 1)]
    for outer, steps in waiting:  # It grows on the way: nearer ones come before further ones.
        for tie in _direct(standings, outer, steps):
            if tie.id != name and tie.id not in found:
                found[tie.id] = tie
                waiting.append((tie.id, steps + 1))
    return list(found.values())


def _direct(standings: Standings, name: str, steps: int) -> Iterator[_Tie]:
    """What hangs on the thing itself."""
    for fact in standings.visible.naming(name):
        yield from (tie for tie in _said(fact, name, steps) if _holds(standings, tie))


def _said(fact: Fact, name: str, steps: int) -> Iterator[_Tie]:
    """How that which the fact brings in hangs on the thing."""
    opened = opened_by(type(fact.event))
    if opened is None:
        return
    key, noun = opened
    for field in NOUNS[noun].ties if noun in NOUNS else ():
        said = getattr(fact.event, field, None)
        if said == name or (isinstance(said, tuple) and name in said):
            yield _Tie(noun, getattr(fact.event, key), field, name, fact, steps)


def _holds(standings: Standings, tie: _Tie) -> bool:
    """Whether it counts by the day, and no later word has changed it."""
    if not NOUNS[tie.noun].on_every_day and not standings.counts(tie.fact):
        return False
    answer = NOUNS[tie.noun].answer(standings, tie.id)
    return tie.noun not in OPENED_AGAIN or getattr(answer, tie.field) == tie.hangs_on


def _dependent(standings: Standings, cancelled: Standings, tie: _Tie) -> Dependent:
    """Where the thing stands, and where it would stand."""
    ask = NOUNS[tie.noun].answer
    now, then = ask(standings, tie.id), ask(cancelled, tie.id)
    behind = map(standings.visible.position_of, now.decided_by)
    return Dependent(
        id=tie.id,
        noun=tie.noun,
        tie=tie.field,
        hangs_on=tie.hangs_on,
        steps=tie.steps,
        status=word(now),
        flags=_flags(now),
        status_if_cancelled=word(then),
        flags_if_cancelled=_flags(then),
        certain=now.certain,
        decided_by=evidence(standings, [tie.fact.position, *behind]).events,
    )


def _flags(answer: Answer) -> tuple[Flag, ...]:
    """The flags of the answer; proposals and meetings have none."""
    return () if isinstance(answer, Proposal | Meeting) else answer.flags


def _meeting_off(standings: Standings, name: str) -> Event:
    return events.MeetingCancelled(meeting=name, when=to_date(standings.day))


def _promise_off(standings: Standings, name: str) -> Event:
    debtors = standings.commitment(name).debtors
    return events.CommitmentCancelled(commitment=name, by=debtors, when=to_date(standings.day))


def _proposal_off(standings: Standings, name: str) -> Event:
    by = standings.proposal(name).by
    return events.ProposalWithdrawn(proposal=name, by=by, when=to_date(standings.day))


def _text_off(standings: Standings, name: str) -> Event:
    """A text that was never in effect is given up, any other is terminated."""
    given_up = cell(standings.instrument(name).state, events.InstrumentTerminated).startswith("E")
    end = events.NegotiationBrokenOff if given_up else events.InstrumentTerminated
    return end(instrument=name, when=to_date(standings.day))


def _partnership_off(standings: Standings, name: str) -> Event:
    return events.PartnershipClosed(partnership=name, when=to_date(standings.day))


# The act by which each noun is cancelled; the rules decide what it does, as if it were recorded.
ENDINGS: dict[Noun, Callable[[Standings, str], Event]] = {
    Noun.MEETING: _meeting_off,
    Noun.COMMITMENT: _promise_off,
    Noun.PROPOSAL: _proposal_off,
    Noun.INSTRUMENT: _text_off,
    Noun.PARTNERSHIP: _partnership_off,
}
