"""Answers about proposals."""

import attrs

from coopledger._dates.lazy_types import Date
from coopledger._rules.proposal import ProposalCase
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers._wording import days, one_line, phrase, standing
from coopledger.dates import EdtfDate
from coopledger.terms import Noun, ProposalFirmness, ProposalStatus


@attrs.frozen(kw_only=True)
class Proposal:
    """Where a proposal stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        instrument: The text that it is about.
        by: Who put it.
        to: To whom; the other parties of the partnership unless said.
        text: What it says.
        firmness: How firmly it is put; None while only answers to it are known.
        status: Its status; ``none`` before it was put.
        since: The first day of the status.
        due: By when an answer or a result is asked for.
        unanswered_for: Days since it was put without any answer; None once answered.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
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
    due: EdtfDate | None
    unanswered_for: int | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Its status, who put it to whom, what it says and how long it waits, on one line."""
        put = phrase(f"{self.firmness} of ", self.by, phrase(" to ", self.to))
        return one_line(
            self.id,
            standing(self.status, self.since, certain=self.certain),
            ": ".join(part for part in (put, self.text) if part),
            phrase("about ", self.instrument),
            phrase("due ", self.due),
            phrase("unanswered for ", days(self.unanswered_for or None)),
        )


# Answers about proposals.


def proposal(snapshot: Snapshot, name: str) -> Proposal:
    """Where the proposal stands."""
    standing = snapshot.proposal(name)
    fresh = standing.made if standing.status is ProposalStatus.OPEN else None
    made = fresh.position if fresh is not None else None
    basis = evidence(snapshot, [standing.set_by, made, standing.due_by])
    home = snapshot.contents.partnership_of(Noun.PROPOSAL, name)
    known = standing.status is not ProposalStatus.NONE
    return Proposal(
        id=name,
        partnership=home,
        instrument=standing.instrument,
        by=standing.by,
        to=standing.to or (_others(snapshot, standing, home) if home and known else ()),
        text=standing.text,
        firmness=standing.firmness,
        status=standing.status,
        since=first_day(standing.since),
        due=standing.due,
        unanswered_for=_unanswered_for(standing, snapshot.day),
        certain=basis.certain,
        decided_by=basis.events,
    )


def _others(snapshot: Snapshot, standing: ProposalCase, home: str) -> tuple[str, ...]:
    """The parties of the partnership for which no proposer speaks; none of a joint proposal."""
    speaking = {party for proposer in standing.by for party in snapshot.parties.ancestors(proposer)}
    return tuple(party for party in snapshot.parties_of(home) if party not in speaking)


def _unanswered_for(standing: ProposalCase, day: int) -> int | None:
    """Days since it was proposed, or only wished, while nobody has answered."""
    first = standing.made or standing.put
    waiting = standing.status is ProposalStatus.OPEN and first is not None
    return day - first.effect if waiting and first else None
