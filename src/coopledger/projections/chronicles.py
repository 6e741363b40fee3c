"""What the stage of a partnership is read from, gathered once and then asked day by day."""

from collections.abc import Iterator

import attrs

from coopledger import events
from coopledger.facts import Fact
from coopledger.rules.instrument_standing import Change
from coopledger.rules.proposal import OPEN
from coopledger.rules.proposal import Standing as ProposalStanding
from coopledger.rules.stage import CONTACT, Holding, Picture
from coopledger.standings import Standings
from coopledger.terms import InstrumentState, Noun

__all__ = ["Chronicle", "chronicle", "days_of_change", "movers", "picture"]


@attrs.frozen
class Chronicle:
    """The lives of all that a partnership holds.

    Attributes:
        instruments: Each instrument with its changes of state.
        proposals: Each proposal as it stands at the end, with its changes of status.
        closings: The events that closed the partnership, as they replay.
        contacts: What the parties did, as it replays.
    """

    instruments: tuple[tuple[str, tuple[Change, ...]], ...]
    proposals: tuple[ProposalStanding, ...]
    closings: tuple[Fact, ...]
    contacts: tuple[Fact, ...]


def chronicle(standings: Standings, name: str) -> Chronicle:
    """The chronicle of the partnership, up to the day of the standings."""
    acts = standings.membership.acts(name)
    return Chronicle(
        instruments=tuple(
            (item, tuple(standings.instrument(item).history))
            for item in standings.membership.members(Noun.INSTRUMENT, name)
        ),
        proposals=tuple(map(standings.proposal, standings.membership.members(Noun.PROPOSAL, name))),
        closings=tuple(fact for fact in acts if _closes(fact, name)),
        contacts=tuple(fact for fact in acts if isinstance(fact.event, CONTACT)),
    )


def _closes(fact: Fact, name: str) -> bool:
    """Whether the fact closes this partnership, rather than one beside it."""
    return isinstance(fact.event, events.PartnershipClosed) and fact.event.partnership == name


def movers(told: Chronicle, *, day: int) -> list[int]:
    """The positions of the events that changed something on the day."""
    found = [
        change.position
        for _, history in told.instruments
        for change in history
        if change.day == day
    ]
    found += [
        position for proposal in told.proposals for on, _, position in proposal.history if on == day
    ]
    return found + [fact.position for fact in told.closings if fact.effect == day]


def days_of_change(told: Chronicle) -> list[int]:
    """The days on which the stage may change, in order."""
    days = {change.day for _, history in told.instruments for change in history}
    days |= {day for proposal in told.proposals for day, _, _ in proposal.history}
    days |= {proposal.made.effect for proposal in told.proposals if proposal.made is not None}
    days |= {fact.effect for fact in (*told.closings, *told.contacts[:1])}
    return sorted(days)


def picture(told: Chronicle, *, day: int) -> Picture:
    """What the stage is read from on the day."""
    closed = [fact for fact in told.closings if fact.effect <= day]
    return Picture(
        holdings=tuple(_holdings(told, day)),
        open_proposals=tuple(_open_proposals(told, day)),
        closed=closed[-1] if closed else None,
        contact=next((fact for fact in told.contacts[:1] if fact.effect <= day), None),
    )


def _holdings(told: Chronicle, day: int) -> Iterator[Holding]:
    """The instruments that are in some state on the day."""
    for name, history in told.instruments:
        now = next((change for change in reversed(history) if change.day <= day), None)
        if now is not None and now.state is not InstrumentState.NONE:
            yield Holding(name, now.state, now.day, now.position)


def _open_proposals(told: Chronicle, day: int) -> Iterator[tuple[int, int]]:
    """The proposals open on the day; a bare interest is none, an answered one is.

    Each is told by the day and the position of the event that put it, or that answered it where
    the putting was never recorded.
    """
    for proposal in told.proposals:
        now = next((change for change in reversed(proposal.history) if change[0] <= day), None)
        if now is None or now[1] not in OPEN:
            continue
        if proposal.put is None:
            yield now[0], now[2]
        elif proposal.made is not None and proposal.made.effect <= day:
            yield proposal.made.effect, proposal.made.position
