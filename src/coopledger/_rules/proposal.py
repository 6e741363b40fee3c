"""Life of a proposal: the status to which each act leads.

`TABLE` says to which status an act leads from each status; `fold` replays the facts of one proposal
by that table and keeps the words of the proposal. In words: "Proposals" in docs/reference/rules.md.
"""

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
# What they say is agreed is all that is known of a proposal that nobody recorded.
AGREEING = (events.ProposalAgreedInPrinciple, events.ProposalAccepted)

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
    """Status and words of one proposal, while its facts are folded and afterwards.

    Attributes:
        history: Its changes of status.
        firmness: How firmly it is put; None while only answers are known.
        by: Who put it.
        to: To whom, where said.
        text: Its words; while only answers are known, those of the first that agrees.
        instrument: The text that it is about.
        due: By when an answer or a result is asked for.
        due_by: The position of the event that set the due date.
        made: The event that put it, rather than wished it; None otherwise.
        put: The event that first put or wished it; None while only answers are known.
        last_act: The last act on it while it was open; the last one on a known day if there is any.
        passed_over: A later act on it while it was open, on a day that is not known.
        firm: The events from which it counts as more than a wish: the first of them, or of its
            answers, and the one that put it.
        idle: The positions of acts that move no text: they came when it was closed, or only reply
            to what had been put.
    """

    history: StatusHistory[ProposalStatus] = attrs.field(factory=lambda: StatusHistory(P.NONE))
    firmness: ProposalFirmness | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    text: str | None = None
    instrument: str | None = None
    due: EdtfDate | None = None
    due_by: int | None = None
    made: Fact | None = None
    put: Fact | None = None
    last_act: Fact | None = None
    passed_over: Fact | None = None
    firm: list[Fact] = attrs.field(factory=list[Fact])
    idle: set[int] = attrs.field(factory=set[int])

    @property
    def status(self) -> ProposalStatus:
        """Return the status at the end of the facts folded so far."""
        return self.history.status

    @property
    def waits(self) -> bool:
        """Return whether somebody waits for an act on it: it is open, and more than a wish."""
        return self.status in OPEN and self.firmness is not ProposalFirmness.WISH

    def firm_on(self, day: int) -> Fact | None:
        """Return the event from which it counts as more than a wish on the day, if it does."""
        for fact in reversed(self.firm):
            if fact.effect <= day:
                return fact
        return None

    @property
    def since(self) -> int:
        """Return the first day of the status, as an ordinal."""
        return self.history.since

    @property
    def set_by(self) -> int | None:
        """Return the position of the event that set the status."""
        return self.history.set_by


def act_on(event: Event, proposal: str) -> str | None:
    """Return the column of the table for the event on the proposal; None for no act on it."""
    column = ACTS.get(type(event))
    if column is not None and getattr(event, "proposal", None) == proposal:
        return column
    if isinstance(event, events.ProposalMade) and event.counter_to == proposal:
        return "counter"
    return "realise" if proposal in event.realises else None


def cell(status: ProposalStatus, act: str) -> str:
    """Return the cell of the table for the act in the status."""
    return TABLE[status][act]


def fold(facts: Iterable[Fact], proposal: str) -> ProposalCase:
    """Return the case of the proposal after the facts that name it, given as they replay."""
    return advance(proposal, ProposalCase(), facts)


def advance(proposal: str, case: ProposalCase, facts: Iterable[Fact]) -> ProposalCase:
    """Return the case, changed by facts that name the proposal and replay after all before."""
    for fact in facts:
        act = act_on(fact.event, proposal)
        if act is None:
            continue
        word = cell(case.status, act).rstrip("!")
        if word.startswith("E") or (act in REPLIES and case.put is not None):
            case.idle.add(fact.position)
        was_made = case.made is not None
        if case.put is None or not word.startswith("E"):
            _keep(case, fact, proposal)
        if word.startswith("E"):
            continue
        _keep_last(case, fact)
        # Late news of an answer makes a proposal no older than the day on which it was put.
        if act != "wish" and (not case.firm or (act == "make" and not was_made)):
            case.firm.append(fact)
        if word != "=":
            case.history.change_to(P(word), fact.effect, fact.position)
    return case


def _keep_last(case: ProposalCase, fact: Fact) -> None:
    """Keep the act as the last one, or as passed over if its day alone is not known."""
    last = case.last_act
    if last is None or fact.has_known_day or not last.has_known_day:
        case.last_act, case.passed_over = fact, None
    elif fact.effect > last.effect:
        case.passed_over = fact


def _keep(case: ProposalCase, fact: Fact, proposal: str) -> None:
    """Keep the words of the event about the proposal itself."""
    event = fact.event
    if getattr(event, "proposal", None) != proposal:
        return
    if isinstance(event, events.InterestExpressed):
        case.put = case.put or fact
        case.firmness = case.firmness or ProposalFirmness.WISH
        if case.made is None:
            _keep_words(case, event)
    elif isinstance(event, events.ProposalMade):
        case.put = case.put or fact
        if case.made is not None:
            return  # Of two that are read as one, the one put first stands.
        case.made, case.firmness = fact, event.firmness
        _keep_words(case, event)
        if event.due is not None:
            case.due, case.due_by = event.due, fact.position
    elif isinstance(event, events.ProposalAnswer):
        case.instrument = case.instrument or event.instrument
        if case.put is None and isinstance(event, AGREEING):
            case.text = case.text or event.text


def _keep_words(case: ProposalCase, event: events.InterestExpressed | events.ProposalMade) -> None:
    """Keep who put the proposal to whom, and in which words."""
    case.by = event.by
    case.to = event.to or case.to
    case.text = event.text or case.text
    case.instrument = event.instrument or case.instrument
