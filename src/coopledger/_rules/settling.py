"""Parties of a text whose registration names nobody, until an act settles whose text it is.

Until then they are those of the partnership, as these come and go. In words: "Several parties" in
docs/reference/rules.md.
"""

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.instrument_table import cell
from coopledger._rules.participants import Participants
from coopledger._rules.party_case import NEWCOMER
from coopledger.events import Event
from coopledger.terms import InstrumentState

SETTLING = (
    events.InstrumentSigned,
    events.InstrumentRatified,
    events.InstrumentAdopted,
    events.InstrumentEnteredIntoForce,
)


def follow(participants: Participants, day: int) -> None:
    """Let the parties be those of the partnership on the day.

    Who left the text stays away from it, and so does whoever took over from it since.
    """
    if not participants.is_unsettled:
        return
    members, held = participants.relations.members(day), set[str]()
    for name, case in list(participants.cases.items()):
        if case.left is not None:
            continue
        heirs = participants.followed(name, day)
        staying = tuple(heir for heir in heirs if heir in members)
        if not staying:
            participants.forget(name)
        elif staying != heirs:
            participants.hold(name, staying, day)
        held.update(staying)
    for name in members:
        if name not in held and name not in away(participants, day):
            begin(participants, name, day)


def begin(participants: Participants, name: str, day: int) -> None:
    """Let a member be a party; where its name stood for those that took over, it does no more."""
    case, relations = participants.cases.get(name), participants.relations
    if case is not None and case.left is not None:
        participants.join(name, day)
    else:
        if case is not None:
            participants.rename(name, participants.followed(name, day), day)
        participants.cases[name] = NEWCOMER
    if relations.successors(name, day) != (name,):
        participants.hold(name, (name,), day)


def away(participants: Participants, day: int) -> set[str]:
    """Return who left the text, and those that took over from them since."""
    found = set[str]()
    for name, case in participants.cases.items():
        if case.left is not None:
            holders = participants.last_holders(name, day)
            later = participants.relations.later_successors(holders, day, after=case.left[0] - 1)
            found.update(holders, later)
    return found


def come(case: InstrumentCase, fact: Fact, event: events.PartyJoined) -> None:
    """Let a new member of the partnership be a party, also where it had left the text."""
    participants, day = case.participants, fact.effect
    follow(participants, day)
    if participants.is_unsettled:
        here = participants.acting(participants.present(day), day)
        for name in participants.relations.meant(event.party, day):
            if name not in here:
                begin(participants, name, day)


def go(case: InstrumentCase, fact: Fact, _: events.PartyLeft) -> None:
    """Let a member that leaves the partnership be no party."""
    follow(case.participants, fact.effect)


def settle(case: InstrumentCase, fact: Fact) -> None:
    """Let the act settle whose text it is, if it does: the parties of that evening must sign."""
    participants = case.participants
    if participants.settled_on is None and _settles(case.state, fact.event):
        follow(participants, fact.effect)
        participants.settled_on = fact.effect
        case.unsigned.update(participants.present(fact.effect))


def _settles(state: InstrumentState, event: Event) -> bool:
    """Return whether the act, which is not refused, settles whose text it is that stands so."""
    if isinstance(event, events.InstrumentRegistered):
        return event.state is not None
    if isinstance(event, events.InstrumentAcceded):
        return not cell(state, events.InstrumentSigned).startswith("E")
    if isinstance(event, events.InstrumentProlonged):
        return cell(state, type(event)).rstrip("!") == InstrumentState.IN_FORCE
    return isinstance(event, SETTLING)
