"""Fuzzy ends of instruments: whether a state rests on one, on the day of a snapshot."""

from collections.abc import Iterable, Iterator

from coopledger import events
from coopledger._dates.asked_day import Day
from coopledger._dates.marks import is_doubtful_on, is_fuzzy
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.instrument_table import HAS_TERM
from coopledger._rules.term import Term
from coopledger._snapshot import Snapshot
from coopledger.dates import EdtfDate
from coopledger.terms import InstrumentState

SHOWS_TERM = HAS_TERM | {InstrumentState.EXPIRED}
ENDED_BY_TIME = frozenset({InstrumentState.EXPIRED, InstrumentState.TERMINATED})
_DATES_OF_ENDS = ("until", "ends")
_LENGTHS = frozenset({"years", "months"})
_DATES_OF_LENGTHS = (*_DATES_OF_ENDS, "when", "effective")


def shown_term(case: InstrumentCase) -> Term | None:
    """Return the current term, or the one that ran out last; that of another text if it follows."""
    return case.following or (case.current_term if case.state in SHOWS_TERM else None)


def term_end(case: InstrumentCase) -> EdtfDate | None:
    """Return the end of the term that is shown."""
    term = shown_term(case)
    return term.end if term is not None else None


def notice_end(snapshot: Snapshot, case: InstrumentCase) -> EdtfDate | None:
    """Return the first day out of effect that a pending notice names, as it was said."""
    is_pending = case.ends is not None and case.state in HAS_TERM
    return _named_by(snapshot, case.set_by.get("notice")) if is_pending else None


def rests_on_fuzzy_end(snapshot: Snapshot, name: str) -> bool:
    """Return whether the state is uncertain on the day, because an end is fuzzy."""
    case = snapshot.instrument(name)
    return any(is_doubtful_on(end, snapshot.day) for end in _ends(snapshot, case))


def ended_on_fuzzy_end(snapshot: Snapshot, name: str) -> bool:
    """Return whether the text is over by an end that is fuzzy."""
    return snapshot.instrument(name).state in ENDED_BY_TIME and rests_on_fuzzy_end(snapshot, name)


def names_fuzzy_end(snapshot: Snapshot, position: int) -> bool:
    """Return whether a notice at the position leaves it uncertain on the day if it has come due."""
    end = _named_by(snapshot, position)
    return end is not None and is_doubtful_on(end, snapshot.day)


def rested_on_fuzzy_end(snapshot: Snapshot, name: str, day: Day) -> bool:
    """Return whether the state was uncertain on the day or an earlier one, by a fuzzy end."""
    if isinstance(day, int):
        return snapshot.for_days(_rested_on_fuzzy_end, (name, day))
    return snapshot.once(rests_on_fuzzy_end, name)  # A day that notes is that of the snapshot.


def _rested_on_fuzzy_end(snapshot: Snapshot, then: tuple[str, int]) -> bool:
    """Return whether the state of a text was uncertain on an earlier day."""
    name, day = then
    if not _may_have_fuzzy_end(snapshot, name):
        return False
    earlier = snapshot.on(day)
    rested = rests_on_fuzzy_end(earlier, name)
    earlier.let_go()
    return rested


def _may_have_fuzzy_end(snapshot: Snapshot, name: str) -> bool:
    """Return whether a date is fuzzy on which an end may rest; if none is, nothing is replayed.

    Of what ends with another text that may always be.
    """
    if snapshot.instrument_context(name).lead is not None:
        return True
    facts = snapshot.facts(name)
    lengths = any(not _LENGTHS.isdisjoint(vars(fact.event)) for fact in facts)
    fields = _DATES_OF_LENGTHS if lengths else _DATES_OF_ENDS
    return any(is_fuzzy(date) for fact in facts for date in _dates(fact.event, fields))


def _dates(event: events.Event, fields: Iterable[str]) -> Iterator[EdtfDate]:
    """Yield the dates in the fields: where a length is said, those of acts are among them."""
    said = vars(event)
    for field in fields:
        date: EdtfDate | None = said.get(field)
        if date is not None:
            yield date


def _ends(snapshot: Snapshot, case: InstrumentCase) -> Iterator[EdtfDate]:
    """Yield the end of the term, and the end that a notice names or by which the text ended."""
    is_terminated = case.state is InstrumentState.TERMINATED
    named = _named_by(snapshot, case.history.set_by) if is_terminated else None
    yield from filter(None, (term_end(case), notice_end(snapshot, case), named))


def _named_by(snapshot: Snapshot, position: int | None) -> EdtfDate | None:
    """Return the end that the notice at the position names; None if it is no notice."""
    fact = snapshot.visible.fact(position) if position is not None else None
    event = fact.event if fact is not None else None
    return event.ends if isinstance(event, events.TerminationNotified) else None
