"""The stage of a partnership: the first rule that matches over its own instruments.

Source: section 6 of the domain.
"""

from collections.abc import Callable, Sequence

import attrs

from coopledger._facts.index import Fact
from coopledger._rules.instrument import IN_EFFECT
from coopledger.terms import InstrumentState, Stage

S = InstrumentState

# Among events that count from the same day: the latest day of the act, then the position.
Rank = tuple[int, int]

DORMANT_AFTER_DAYS = 730
EXPIRING_WITHIN_DAYS = 180


@attrs.frozen
class InstrumentOnDay:
    """One instrument of the partnership on the day asked.

    Attributes:
        instrument: Its id.
        state: Its state.
        since: The first day of the state, as an ordinal.
        position: The position of the event that set the state.
        rank: Its rank among the events that count from the same day.
    """

    instrument: str
    state: InstrumentState
    since: int
    position: int
    rank: Rank


@attrs.frozen(kw_only=True)
class StageInputs:
    """What the stage is read from.

    Attributes:
        holdings: The instruments that ever left the state none.
        open_proposals: For each open proposal, what put it.
        closed: The event that closed the partnership.
        contact: The first thing that the parties did.
    """

    holdings: Sequence[InstrumentOnDay]
    open_proposals: Sequence[Fact]
    closed: Fact | None
    contact: Fact | None


@attrs.frozen
class Reason:
    """Why a stage holds.

    Attributes:
        day: The day of the event that decides, as an ordinal.
        position: Its position.
        instrument: The instrument that decides, if one does.
    """

    day: int
    position: int
    instrument: str | None = None


Rule = Callable[[StageInputs], Reason | None]


# The states of instruments from which a stage is read.
STATES: dict[Stage, frozenset[InstrumentState]] = {
    Stage.ACTIVE: IN_EFFECT,
    Stage.SUSPENDED: frozenset({S.SUSPENDED}),
    Stage.SIGNED: frozenset({S.SIGNED}),
    Stage.NEGOTIATING: frozenset({S.NEGOTIATING, S.AGREED, S.INITIALLED}),
    Stage.LAPSED: frozenset({S.EXPIRED}),
    Stage.EXPLORING: frozenset({S.CONTEMPLATED}),
    Stage.ENDED: frozenset({S.TERMINATED, S.SUPERSEDED, S.COMPLETED, S.ABANDONED}),
}


def _some(name: Stage) -> Rule:
    """A rule that matches when some instrument is in a state from which the stage is read."""
    states = STATES[name]

    def rule(picture: StageInputs) -> Reason | None:
        found = [held for held in picture.holdings if held.state in states]
        return _latest(found)

    return rule


def _exploring(picture: StageInputs) -> Reason | None:
    """Some instrument is contemplated, or a proposal is open that came after the last ending."""
    contemplated = _some(Stage.EXPLORING)(picture)
    if contemplated is not None:
        return contemplated
    endings = [held.since for held in picture.holdings if held.state in STATES[Stage.ENDED]]
    endings += [picture.closed.effect] if picture.closed is not None else []
    later = [put for put in picture.open_proposals if not endings or put.effect > max(endings)]
    last = max(later, key=lambda put: put.replay_key, default=None)
    return Reason(last.effect, last.position) if last is not None else None


def _ended(picture: StageInputs) -> Reason | None:
    """Instruments existed and all have ended, or the partnership was closed."""
    if picture.closed is not None:
        return Reason(picture.closed.effect, picture.closed.position)
    gone = [held for held in picture.holdings if held.state in STATES[Stage.ENDED]]
    return _latest(gone) if gone and len(gone) == len(picture.holdings) else None


def _contact(picture: StageInputs) -> Reason | None:
    """The parties did anything at all."""
    contact = picture.contact
    return Reason(contact.effect, contact.position) if contact is not None else None


def _latest(holdings: Sequence[InstrumentOnDay]) -> Reason | None:
    """The one set last decides."""
    last = max(holdings, key=lambda held: (held.since, held.rank), default=None)
    return Reason(last.since, last.position, last.instrument) if last is not None else None


# The first rule that matches gives the stage; none of them gives `none`.
STAGES: tuple[tuple[Stage, Rule], ...] = (
    (Stage.ACTIVE, _some(Stage.ACTIVE)),
    (Stage.SUSPENDED, _some(Stage.SUSPENDED)),
    (Stage.SIGNED, _some(Stage.SIGNED)),
    (Stage.NEGOTIATING, _some(Stage.NEGOTIATING)),
    (Stage.LAPSED, _some(Stage.LAPSED)),
    (Stage.EXPLORING, _exploring),
    (Stage.ENDED, _ended),
    (Stage.CONTACT, _contact),
)


def stage(picture: StageInputs) -> tuple[Stage, Reason | None]:
    """The stage, and why it holds."""
    for name, rule in STAGES:
        reason = rule(picture)
        if reason is not None:
            return name, reason
    return Stage.NONE, None
