"""Stage of a partnership: the first rule that matches over its own instruments.

In words: "Stages" in docs/reference/rules.md.
"""

from collections.abc import Callable, Iterable, Sequence

import attrs

from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._rules.instrument_table import GONE, IN_EFFECT
from coopledger.terms import InstrumentState, Stage

S = InstrumentState

# Among events that count from the same day: the latest day of the act, the rank of the act, then
# the position.
Rank = tuple[int, int, int]

DORMANT_AFTER_DAYS = 730
EXPIRING_WITHIN_DAYS = 180


@frozen
class InstrumentOnDay:
    """Instrument of the partnership on a day.

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


@frozen(kw_only=True)
class StageInputs:
    """Inputs from which the stage of a partnership on a day is read.

    Attributes:
        instruments: The instruments that ever left the state none.
        open_proposals: Gives, for each open proposal, the fact that put it; mostly not asked.
        closed: The event that closed the partnership.
        contact: The first thing that the parties did.
    """

    instruments: Sequence[InstrumentOnDay]
    open_proposals: Callable[[], Iterable[Fact]]
    closed: Fact | None
    contact: Fact | None


@frozen
class Reason:
    """Reason for which a stage holds; the same where the event is, whichever text it set.

    Attributes:
        day: The day of the event that decides, as an ordinal.
        position: Its position.
        instrument: The instrument that decides, if one does.
    """

    day: int
    position: int
    instrument: str | None = attrs.field(default=None, eq=False)


Rule = Callable[[StageInputs], Reason | None]


# The states of instruments from which a stage is read.
STATES: dict[Stage, frozenset[InstrumentState]] = {
    Stage.ACTIVE: IN_EFFECT,
    Stage.SUSPENDED: frozenset({S.SUSPENDED}),
    Stage.SIGNED: frozenset({S.SIGNED}),
    Stage.NEGOTIATING: frozenset({S.NEGOTIATING, S.AGREED, S.INITIALLED}),
    Stage.LAPSED: frozenset({S.EXPIRED}),
    Stage.EXPLORING: frozenset({S.CONTEMPLATED}),
    Stage.ENDED: GONE,
}


def _some(name: Stage) -> Rule:
    """Return the rule that some instrument is in a state from which the stage is read."""
    return lambda inputs: _latest(_instruments(inputs, name))


def _instruments(inputs: StageInputs, name: Stage) -> list[InstrumentOnDay]:
    """Return the instruments in a state from which the stage is read."""
    return [item for item in inputs.instruments if item.state in STATES[name]]


def _exploring(inputs: StageInputs) -> Reason | None:
    """Match a contemplated instrument, or an open proposal that came after the last ending."""
    contemplated = _instruments(inputs, Stage.EXPLORING)
    if contemplated:
        return _latest(contemplated)
    endings = [item.since for item in _instruments(inputs, Stage.ENDED)]
    endings += [inputs.closed.effect] if inputs.closed is not None else []
    later = [put for put in inputs.open_proposals() if not endings or put.effect > max(endings)]
    last = max(later, key=lambda put: put.replay_key, default=None)
    return Reason(last.effect, last.position) if last is not None else None


def _ended(inputs: StageInputs) -> Reason | None:
    """Match a closed partnership, or instruments of which all have ended."""
    if inputs.closed is not None:
        return Reason(inputs.closed.effect, inputs.closed.position)
    ended = _instruments(inputs, Stage.ENDED)
    return _latest(ended) if len(ended) == len(inputs.instruments) else None


def _contact(inputs: StageInputs) -> Reason | None:
    """Match any contact of the parties."""
    contact = inputs.contact
    return Reason(contact.effect, contact.position) if contact is not None else None


def _latest(instruments: Sequence[InstrumentOnDay]) -> Reason | None:
    """Return the reason given by the instrument whose state was set last."""
    if not instruments:  # So it is for most rules on most days.
        return None
    last = max(instruments, key=lambda item: (item.since, item.rank))
    return Reason(last.since, last.position, last.instrument)


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


def stage(inputs: StageInputs) -> tuple[Stage, Reason | None]:
    """Return the stage, and the reason for which it holds."""
    for name, rule in STAGES:
        reason = rule(inputs)
        if reason is not None:
            return name, reason
    return Stage.NONE, None
