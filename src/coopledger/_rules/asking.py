"""Asking again: the reminders about a thing, and the day from which to ask once more.

In words: "Asking again" in docs/reference/rules.md.
"""

from collections.abc import Iterable

from coopledger._facts.index import Fact
from coopledger._fields.reading import condition_parts
from coopledger._frozen import frozen
from coopledger.dates import EdtfDate
from coopledger.events import CommitmentMade, Contact, Event, ProposalMade, ReminderSent
from coopledger.terms import Noun

# These say themselves when to ask again about what they bring in.
SAYING = (CommitmentMade, ProposalMade, ReminderSent)


@frozen
class Asked:
    """Reminders about one thing by a day.

    Attributes:
        last: The last reminder.
        times: How many there were.
        again: The day from which to ask again, as it was said; None if there is none.
        again_by: The event that says so.
    """

    last: Fact | None = None
    times: int = 0
    again: EdtfDate | None = None
    again_by: Fact | None = None


NEVER = Asked()


def fold(facts: Iterable[Fact], noun: Noun, name: str, *, made: Fact | None = None) -> Asked:
    """Return the reminders among the facts that name the thing, in the order of their replay.

    The making of a commitment is ``made``, and comes first. A reminder and an act on the thing
    each end what was said before of asking again.
    """
    last, times, said = None, 0, made
    for fact in facts:
        event = fact.event
        if isinstance(event, ReminderSent) and event.subject == name:
            last, times, said = fact, times + 1, fact
        elif _acts_on(event, noun, name):
            said = fact
    again = _again(said.event, noun, name) if said is not None else None
    if last is None and again is None:
        return NEVER
    return Asked(last, times, again, said if again is not None else None)


def _again(event: Event, noun: Noun, name: str) -> EdtfDate | None:
    """Return the day from which to ask again about the thing, if the event says one."""
    opens = event.__opens__ is noun and getattr(event, noun) == name
    is_own = event.subject == name if isinstance(event, ReminderSent) else opens
    return event.ask_again if is_own and isinstance(event, SAYING) else None


def _acts_on(event: Event, noun: Noun, name: str) -> bool:
    """Return whether the parties did something about the thing, its making left aside."""
    if isinstance(event, Contact) and getattr(event, noun, None) == name:
        return not isinstance(event, CommitmentMade)
    if noun is Noun.PROPOSAL:
        return name in event.realises or getattr(event, "counter_to", None) == name
    return noun is Noun.COMMITMENT and (
        name in event.fulfils or any(condition_parts(met)[0] == name for met in event.meets)
    )
