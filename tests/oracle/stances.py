"""Who has given up the cooperation under a text, by the last word of each of its parties."""

from tests.oracle import parties
from tests.oracle.facts import Fact, VisibleFacts, effect_of
from tests.oracle.instrument_life import RUNNING, Instrument

__all__ = ["began", "given_up", "words"]

# Parties (all of them where nobody is named) that gave up or went on, and the event that says so.
Word = tuple[Fact, set[str]]


def began(text: Instrument) -> tuple[int, str | None] | None:
    """Return since when the text is in effect or suspended, without a break, and by which event.

    In force by a prolongation of a text never recorded, it was so before on days unknown.
    """
    if text.state not in RUNNING:
        return None
    day, event = text.history.unbroken(RUNNING)
    return (0, event) if event == text.implied_by else (day, event)


def words(visible: VisibleFacts, text: Instrument, day: int) -> list[Word]:
    """Return what was said about giving up the text since it is in effect, in replay order.

    'R instrument or partnership; O by (default: all parties)'. What is said of a partnership is
    said of each of its texts in effect.
    """
    start = began(text)
    if start is None:
        return []
    name, home = text.registration["instrument"], text.registration["partnership"]
    members, passed = list(text.parties.members), text.parties.passed(day)
    found: list[Word] = []
    for fact in visible.until(day):
        if not fact["type"].startswith("Cooperation") or effect_of(fact) < start[0]:
            continue
        about_home = "instrument" not in fact and fact.get("partnership") == home
        if fact.get("instrument") == name or about_home:
            acting = {
                party
                for each in fact.get("by", ())
                for party in parties.acting_for(visible, each, members, passed)
            }
            found.append((fact, acting if fact.get("by") else set(members)))
    return found


def given_up(said: list[Word], members: list[str], day: int) -> dict[str, Fact]:
    """Return the parties whose last word by the day gives it up, each with that word."""
    last: dict[str, Fact] = {}
    for fact, who in said:
        if effect_of(fact) <= day:
            last |= dict.fromkeys(who & set(members), fact)
    return {name: fact for name, fact in last.items() if fact["type"] == "CooperationGivenUp"}
