"""The life of an instrument: its facts folded by the table, while time passes between them."""

from collections.abc import Iterable

from coopledger.facts import Fact
from coopledger.rules.instrument import GONE, HAS_TERM, MAY_OVERRUN, cell
from coopledger.rules.instrument_acts import EFFECTS
from coopledger.rules.instrument_standing import Case, Standing, current_end, current_term
from coopledger.terms import Flag, InstrumentState

__all__ = ["fold"]

S = InstrumentState


def fold(facts: Iterable[Fact], case: Case, *, day: int) -> Standing:
    """Where the instrument stands at the end of the day.

    The facts are those about it and about proposals on it, in the order in which they replay,
    none with an effect after the day.
    """
    standing = Standing()
    for fact in facts:
        _let_pass(standing, case, fact.effect)
        standing.now = fact.effect
        _apply(standing, case, fact)
    _let_pass(standing, case, day)
    return standing


def _let_pass(standing: Standing, case: Case, day: int) -> None:
    """Let time pass to the day: terms end or roll on, notices take effect, texts are replaced."""
    while standing.state not in GONE:
        over = _end_of_current_term(standing, case)
        replaced = case.replacement.day if case.replacement is not None else None
        due = [moment for moment in (replaced, standing.ends, over) if moment is not None]
        first = min(due, default=day + 1)
        if first > day:
            return
        if first == replaced and case.replacement is not None:
            standing.enter(S.SUPERSEDED, first, case.replacement.position)
        elif first == standing.ends:
            standing.enter(S.TERMINATED, first, standing.set_by["notice"])
        else:
            _end_of_term(standing, case, first)


def _end_of_current_term(standing: Standing, case: Case) -> int | None:
    """The first day after the current term; None where none is coming.

    A notice too late to stop the next tacit renewal does not end the text before its own end.
    """
    tacit = case.renewal is not None and case.renewal.tacit
    if standing.state not in HAS_TERM or Flag.OVERRUN in standing.flags:
        return None
    if tacit and standing.ends is not None and not standing.on_provisional_term:
        return None
    end = current_end(standing, case)
    return None if end is None else end + 1


def _end_of_term(standing: Standing, case: Case, day: int) -> None:
    """What happens on the first day after a term; only a main term rolls on or is overrun."""
    main = not standing.on_provisional_term
    if main and case.renewal is not None and case.renewal.tacit:
        standing.raise_flag(Flag.TACITLY_RENEWED, case.registered)
        if case.renewal.years:
            standing.rolled += 1
        else:
            standing.term = None
    elif main and case.kind in MAY_OVERRUN and standing.had_begun_before(day):
        standing.raise_flag(Flag.OVERRUN, standing.set_by["term"])
    else:
        standing.expire(current_term(standing, case), day)


def _apply(standing: Standing, case: Case, fact: Fact) -> None:
    """Let the fact change the standing; what the table refuses now changes nothing."""
    event = fact.event
    said = cell(standing.state, type(event)).rstrip("!")
    if said.startswith("E"):
        return
    effect = EFFECTS.get(type(event))
    if effect is not None:
        said = effect(standing, case, fact) or said
    if said == "talks":
        standing.raise_flag(Flag.RENEGOTIATING, fact.position)
    elif said == "no_talks":
        standing.flags.discard(Flag.RENEGOTIATING)
    elif said not in {"=", "done"}:
        standing.enter(S(said), fact.effect, fact.position)
