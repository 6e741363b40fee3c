"""Checks that two ids which are said to be one thing may be so.

Codes: E210, E211.
"""

from collections.abc import Iterator

from coopledger import events
from coopledger._validation.candidate import Candidate
from coopledger._validation.circles import circles_merged
from coopledger.errors import Finding


def same_as(candidate: Candidate, event: events.SameAs) -> Iterator[Finding]:
    """Refuse two ids of different nouns (E210), and ids that are one already (E211)."""
    merged = candidate.visible.merged
    nouns = [candidate.noun_of(name) for name in (event.duplicate, event.same_as)]
    if nouns[0] is not nouns[1]:
        of = " and ".join(
            f"{name!r} is {noun.with_article}"
            for name, noun in zip((event.duplicate, event.same_as), nouns, strict=True)
            if noun is not None
        )
        yield Finding("E210", f"same_as: {of}: name two ids of one noun", "same_as")
    elif event.duplicate == event.same_as:
        message = f"same_as: {event.same_as!r} is the duplicate itself: name the other id"
        yield Finding("E211", message, "same_as")
    elif merged.id_of(event.duplicate) == merged.id_of(event.same_as):
        message = f"same_as: {event.duplicate!r} and {event.same_as!r} are read as one already"
        yield Finding("E211", message, "same_as")
    elif (noun := nouns[0]) is not None:
        yield from circles_merged(candidate, event, noun)
