"""Hands in which a thing is: who of us was made responsible for it last, and who took over since.

In words: "Who of us" in docs/reference/rules.md.
"""

from collections.abc import Callable, Iterable, Sequence

from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger.events import ResponsibilityAssigned

# Gives the facts by which another took over from a person or post, as they replay.
Handovers = Callable[[str], Iterable[Fact]]


@frozen
class Said:
    """Statement of who is responsible.

    Attributes:
        who: The person, post or party.
        by: The fact that says so.
    """

    who: str
    by: Fact


def assigned(facts: Iterable[Fact], name: str) -> list[Fact]:
    """Return those of the facts that say who is responsible for the thing."""
    return [
        fact
        for fact in facts
        if isinstance(fact.event, ResponsibilityAssigned) and fact.event.subject == name
    ]


def statements(first: Sequence[Said], facts: Iterable[Fact]) -> list[Said]:
    """Return the statements: what was said at first, then the assignments, in their order."""
    later = ((fact, fact.event) for fact in facts)
    return [
        *first,
        *(
            Said(event.to, fact)
            for fact, event in later
            if isinstance(event, ResponsibilityAssigned)
        ),
    ]


def holder(said: Sequence[Said], handovers: Handovers, *, upto: int | None = None) -> str | None:
    """Return who holds what was said to be in these hands; None if nothing was said.

    With ``upto``, only takeovers up to that day count.
    """
    if not said:
        return None
    last = said[-1]
    while (after := _takeover(last, handovers, upto)) is not None:
        last = after
    return last.who


def _takeover(said: Said, handovers: Handovers, upto: int | None) -> Said | None:
    """Return the first takeover after the statement."""
    for fact in handovers(said.who):
        event = fact.event
        in_time = upto is None or fact.effect <= upto
        if isinstance(event, ResponsibilityAssigned) and in_time and _comes_after(fact, said.by):
            return Said(event.to, fact)
    return None


def _comes_after(fact: Fact, said: Fact) -> bool:
    """Return whether the fact comes after the statement.

    What was said without a day was said when it was recorded.
    """
    is_dated = said.event.when is not None or said.event.effective is not None
    return fact.replay_key > said.replay_key and (is_dated or fact.position > said.position)
