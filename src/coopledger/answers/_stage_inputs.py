"""What the stage of a partnership is read from, gathered once and then asked day by day."""

from collections.abc import Iterator

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.instrument import StateChange
from coopledger._rules.proposal import OPEN
from coopledger._rules.proposal import ProposalCase as ProposalStanding
from coopledger._rules.stage import InstrumentOnDay, Rank, StageInputs
from coopledger._snapshot import Snapshot
from coopledger.terms import InstrumentState, Noun


@attrs.frozen
class StageInputsByDay:
    """The lives of all that a partnership holds.

    Attributes:
        instruments: Each instrument with its changes of state.
        proposals: Each proposal as it stands at the end, with its changes of status.
        closings: The events that closed the partnership, as they replay.
        contacts: What the parties did, as it replays.
        ranks: For the position of each event that changed something, its rank among those that
            count from the same day.
    """

    instruments: tuple[tuple[str, tuple[StateChange, ...]], ...]
    proposals: tuple[ProposalStanding, ...]
    closings: tuple[Fact, ...]
    contacts: tuple[Fact, ...]
    ranks: dict[int, Rank]


def stage_inputs_by_day(snapshot: Snapshot, name: str) -> StageInputsByDay:
    """The chronicle of the partnership, up to the day of the snapshot."""
    acts = snapshot.contents.facts_of(name)
    instruments = tuple(
        (item, tuple(snapshot.instrument(item).history))
        for item in snapshot.contents.members(Noun.INSTRUMENT, name)
    )
    changed = [change.position for _, history in instruments for change in history]
    changes = map(snapshot.visible.fact, changed)
    return StageInputsByDay(
        instruments=instruments,
        proposals=tuple(map(snapshot.proposal, snapshot.contents.members(Noun.PROPOSAL, name))),
        closings=tuple(fact for fact in acts if _closes(fact, name)),
        contacts=tuple(fact for fact in acts if isinstance(fact.event, events.Contact)),
        ranks={fact.position: (fact.act, fact.position) for fact in (*acts, *changes) if fact},
    )


def _closes(fact: Fact, name: str) -> bool:
    """Whether the fact closes this partnership, rather than one beside it."""
    return isinstance(fact.event, events.PartnershipClosed) and fact.event.partnership == name


def changed_on(told: StageInputsByDay, *, day: int) -> list[int]:
    """The positions of the events that changed something on the day, as they replay."""
    found = [
        change.position
        for _, history in told.instruments
        for change in history
        if change.day == day
    ]
    found += [
        turn.position
        for proposal in told.proposals
        for turn in proposal.turns.taken
        if turn.day == day
    ]
    found += [fact.position for fact in told.closings if fact.effect == day]
    return sorted(found, key=lambda position: told.ranks[position])


def days_of_change(told: StageInputsByDay) -> list[int]:
    """The days on which the stage may change, in order."""
    days = {change.day for _, history in told.instruments for change in history}
    days |= {turn.day for proposal in told.proposals for turn in proposal.turns.taken}
    days |= {proposal.firm.effect for proposal in told.proposals if proposal.firm is not None}
    days |= {fact.effect for fact in (*told.closings, *told.contacts[:1])}
    return sorted(days)


def stage_inputs(told: StageInputsByDay, *, day: int) -> StageInputs:
    """What the stage is read from on the day."""
    closed = [fact for fact in told.closings if fact.effect <= day]
    return StageInputs(
        holdings=tuple(_holdings(told, day)),
        open_proposals=tuple(_open_proposals(told, day)),
        closed=closed[-1] if closed else None,
        contact=next((fact for fact in told.contacts[:1] if fact.effect <= day), None),
    )


def _holdings(told: StageInputsByDay, day: int) -> Iterator[InstrumentOnDay]:
    """The instruments that are in some state on the day."""
    for name, history in told.instruments:
        now = next((change for change in reversed(history) if change.day <= day), None)
        if now is not None and now.state is not InstrumentState.NONE:
            rank = told.ranks[now.position]
            yield InstrumentOnDay(name, now.state, since=now.day, position=now.position, rank=rank)


def _open_proposals(told: StageInputsByDay, day: int) -> Iterator[Fact]:
    """What put the proposals that are open on the day.

    That is the first act of more than a wish: a proposal, or an answer.
    """
    for proposal in told.proposals:
        now = next((turn for turn in reversed(proposal.turns.taken) if turn.day <= day), None)
        firm = proposal.firm
        if now is not None and now.status in OPEN and firm is not None and firm.effect <= day:
            yield firm
