"""Instrument that ends with another one: how it follows what happens to that one.

In words: "Instruments" in docs/reference/rules.md.
"""

from typing import Protocol

from coopledger import events
from coopledger._dates.days import day_text
from coopledger._dates.marks import marked
from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._rules.history import StatusChange
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.instrument_context import Lead
from coopledger._rules.instrument_table import ENDED, HAS_TERM, IN_EFFECT
from coopledger._rules.term import Term
from coopledger.dates import EdtfDate, edtf
from coopledger.events import Event
from coopledger.terms import Flag, InstrumentState, Noun

S = InstrumentState
Change = StatusChange[InstrumentState]

# In these the other text is over; abandoned talks end nothing.
TAKING_ALONG = ENDED - {S.ABANDONED}


class Texts(Protocol):
    """Texts on a day, as a snapshot knows them.

    Attributes:
        visible: The facts that are visible.
    """

    visible: Visible

    def registration(self, noun: Noun, name: str) -> Event | None:
        """Return the event that brought the id into the ledger."""
        ...

    def instrument(self, name: str) -> InstrumentCase:
        """Return the case of the instrument on the day."""
        ...


def find_lead(texts: Texts, opening: Fact) -> Lead | None:
    """Return the instrument with which the one that was registered ends; None in a circle."""
    name = _leading(texts, opening)
    if name is None or texts.registration(Noun.INSTRUMENT, name) is None:
        return None
    own: str = getattr(opening.event, Noun.INSTRUMENT)
    case, visible = texts.instrument(name), texts.visible
    given = visible.fact(case.set_by["notice"]) if case.ends is not None else None
    notice = given.event if given is not None else None
    ends = notice.ends if isinstance(notice, events.TerminationNotified) else None
    return Lead(
        named_by=visible.position_telling(opening, Noun.INSTRUMENT, own, "ends_with"),
        history=case.history,
        ran_out=case.ran_out,
        end=coming_end(case, notice=ends),
        superseded_by=case.superseded_by,
    )


def _leading(texts: Texts, opening: Fact) -> str | None:
    """Return the instrument that a registration names, unless that leads back to its own."""
    name: str = getattr(opening.event, Noun.INSTRUMENT)
    first = other = _named_by(opening.event)
    seen = set[str]()
    while other is not None and other not in seen:
        if other == name:
            return None
        seen.add(other)
        other = _named_by(texts.registration(Noun.INSTRUMENT, other))
    return first


def _named_by(registered: Event | None) -> str | None:
    """Return the instrument with which one ends by its registration."""
    return registered.ends_with if isinstance(registered, events.InstrumentRegistered) else None


def day_of_change(case: InstrumentCase) -> int | None:
    """Return the next day on which something happens to the text with which it ends."""
    change = _next_change(case)
    return change.day if change is not None else None


def _next_change(case: InstrumentCase) -> Change | None:
    """Return the first change of the other text that was not heeded yet."""
    lead = case.context.lead
    if lead is None:
        return None
    return next((change for change in lead.history.changes if change.day > case.heeded), None)


def heed(case: InstrumentCase, day: int) -> None:
    """Let what happens to the other text on the day happen to this one."""
    lead, change = case.context.lead, _next_change(case)
    if lead is None or change is None:
        return
    case.heeded = change.day
    if change.status in TAKING_ALONG:
        if case.state in HAS_TERM:
            _end(case, lead, change)
    elif change.status is S.SUSPENDED:
        if case.state in IN_EFFECT | {S.SIGNED}:
            case.before_suspension, case.is_suspended_with = case.state, True
            case.enter(S.SUSPENDED, day, change.position)
    elif _resumes(case, lead, change):
        case.enter(case.before_suspension, day, change.position)


def _resumes(case: InstrumentCase, lead: Lead, change: Change) -> bool:
    """Return whether the text was suspended with the other one, which is so no more."""
    before = lead.history.on(change.day - 1)
    was_suspended = before is not None and before.status is S.SUSPENDED
    return was_suspended and case.is_suspended_with and case.state is S.SUSPENDED


def _end(case: InstrumentCase, lead: Lead, change: Change) -> None:
    """End the text as the other one ended."""
    if change.status is S.EXPIRED:
        last = Term(edtf(day_text(change.day - 1)), change.position)
        case.expire(lead.ran_out.get(change.day, last), change.day)
        return
    if change.status is S.SUPERSEDED:
        case.superseded_by = lead.superseded_by
    case.enter(change.status, change.day, change.position)


def coming_end(case: InstrumentCase, *, notice: EdtfDate | None) -> Term | None:
    """Return the current end of a text: that of its term, or that of which ``notice`` was given.

    Of a text that is overrun, and of one that a notice stops before it renews itself, the term
    is no end.
    """
    if case.state not in HAS_TERM:
        return None
    renews = case.renews_itself and not case.on_provisional_term
    runs_on = Flag.OVERRUN in case.flags or (case.ends is not None and renews)
    ends = [case.following or (None if runs_on else case.current_term)]
    if case.ends is not None and notice is not None:
        ends.append(Term(marked(case.ends - 1, by=notice), case.set_by["notice"]))
    known = [(term.last, term) for term in ends if term is not None and term.last is not None]
    return min(known, key=lambda end: end[0])[1] if known else None
