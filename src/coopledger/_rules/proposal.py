"""Where each act leads a proposal from each status: the table of section 7 of the domain."""

# ruff: noqa: E501 - the rows of the table are read side by side

from collections.abc import Iterable

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.history import StatusHistory
from coopledger.dates import EdtfDate
from coopledger.events import Event
from coopledger.terms import ProposalFirmness, ProposalStatus

P = ProposalStatus

OPEN = frozenset({P.OPEN, P.UNDER_CONSIDERATION, P.COUNTERED, P.AGREED_IN_PRINCIPLE})

ACTS: dict[type[Event], str] = {
    events.InterestExpressed: "wish",
    events.ProposalMade: "make",
    events.ProposalAcknowledged: "acknowledge",
    events.ProposalCountered: "counter",
    events.ProposalAgreedInPrinciple: "agree",
    events.ProposalAccepted: "accept",
    events.ProposalDeclined: "decline",
    events.ProposalWithdrawn: "withdraw",
}
COLUMNS = (*ACTS.values(), "realise")
REPLIES = frozenset({"acknowledge", "counter"})

# A cell is the status that the act leads to; `=` leaves it; `E404` refuses an answer to what is
# closed; a closing `!` is the warning W401, an answer to a proposal that was never recorded.
# An acknowledgement does not step back from what came after it.
_ROWS = """
none                 open open under_consideration! countered! agreed_in_principle! accepted! declined! withdrawn! realised
open                 =    =    under_consideration  countered  agreed_in_principle  accepted  declined  withdrawn  realised
under_consideration  =    =    =                    countered  agreed_in_principle  accepted  declined  withdrawn  realised
countered            =    =    =                    =          agreed_in_principle  accepted  declined  withdrawn  realised
agreed_in_principle  =    =    =                    countered  =                    accepted  declined  withdrawn  realised
accepted             E404 E404 E404                 E404       E404                 E404      E404      E404       realised
declined             E404 E404 E404                 E404       E404                 E404      E404      E404       E404
withdrawn            E404 E404 E404                 E404       E404                 E404      E404      E404       E404
realised             E404 E404 E404                 E404       E404                 E404      E404      E404       =
"""
TABLE: dict[ProposalStatus, dict[str, str]] = {
    P(row.split()[0]): dict(zip(COLUMNS, row.split()[1:], strict=True))
    for row in _ROWS.strip().splitlines()
}


@attrs.define
class ProposalCase:
    """Where a proposal stands, while its facts are folded and afterwards.

    Attributes:
        turns: The turns of its status.
        firmness: How firmly it is put; None while only answers are known.
        by: Who put it.
        to: To whom, where said.
        text: What it says.
        instrument: The text that it is about.
        due: By when an answer or a result is asked for.
        due_by: The position of the event that set the due date.
        made: The event that put it, rather than wished it; None otherwise.
        put: The event that first put or wished it; None while only answers are known.
        firm: The first event of more than a wish: it was put, or answered.
        idle: The positions of acts that move no text: they came when it was closed, or only reply
            to what had been put.
    """

    turns: StatusHistory[ProposalStatus] = attrs.field(factory=lambda: StatusHistory(P.NONE))
    firmness: ProposalFirmness | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    text: str | None = None
    instrument: str | None = None
    due: EdtfDate | None = None
    due_by: int | None = None
    made: Fact | None = None
    put: Fact | None = None
    firm: Fact | None = None
    idle: set[int] = attrs.field(factory=set[int])

    @property
    def status(self) -> ProposalStatus:
        """The status now."""
        return self.turns.status

    @property
    def since(self) -> int:
        """The first day of the status, as an ordinal."""
        return self.turns.since

    @property
    def set_by(self) -> int | None:
        """The position of the event that set the status."""
        return self.turns.set_by


def act_on(event: Event, proposal: str) -> str | None:
    """What the event does to the proposal: a column of the table, or None."""
    column = ACTS.get(type(event))
    if column is not None and getattr(event, "proposal", None) == proposal:
        return column
    if isinstance(event, events.ProposalMade) and event.counter_to == proposal:
        return "counter"
    return "realise" if proposal in event.realises else None


def cell(status: ProposalStatus, act: str) -> str:
    """What the table says of the act in the status."""
    return TABLE[status][act]


def fold(facts: Iterable[Fact], proposal: str) -> ProposalCase:
    """Where the proposal stands after the facts that name it, in the order of their replay."""
    standing = ProposalCase()
    for fact in facts:
        act = act_on(fact.event, proposal)
        if act is None:
            continue
        said = cell(standing.status, act).rstrip("!")
        if said.startswith("E") or (act in REPLIES and standing.put is not None):
            standing.idle.add(fact.position)
        if standing.put is None or not said.startswith("E"):
            _take_in(standing, fact, proposal)
        if said.startswith("E"):
            continue
        if act != "wish":
            standing.firm = standing.firm or fact
        if said != "=":
            standing.turns.take(P(said), fact.effect, fact.position)
    return standing


def _take_in(standing: ProposalCase, fact: Fact, proposal: str) -> None:
    """Keep what the event says of the proposal itself."""
    event = fact.event
    if getattr(event, "proposal", None) != proposal:
        return
    if isinstance(event, events.InterestExpressed):
        standing.put = standing.put or fact
        standing.firmness = standing.firmness or ProposalFirmness.WISH
        if standing.made is None:
            _say(standing, event)
    elif isinstance(event, events.ProposalMade):
        standing.put, standing.made = standing.put or fact, fact
        standing.firmness = event.firmness
        _say(standing, event)
        if event.due is not None:
            standing.due, standing.due_by = event.due, fact.position
    elif isinstance(event, events.ProposalAnswer):
        standing.instrument = standing.instrument or event.instrument


def _say(standing: ProposalCase, event: events.InterestExpressed | events.ProposalMade) -> None:
    """Keep who put it to whom, and what it says."""
    standing.by = event.by
    standing.to = event.to or standing.to
    standing.text = event.text or standing.text
    standing.instrument = event.instrument or standing.instrument
