"""Moment of a page in words: the day asked about, and up to when what counts was known."""

from coopledger._display.catalogue import Words, words
from coopledger._display.day_words import DayWords
from coopledger._display.tables import flat
from coopledger.render.answering import Answering


def moment(view: Answering) -> str:
    """Return the day of a plain page, with up to when what counts was known, if that is asked."""
    known = as_known(view.known_at)
    return f"{view.on}, {known}" if known else str(view.on)


def as_known(known_at: str | None, said: Words | None = None, days: DayWords | None = None) -> str:
    """Return up to when what counts was known; empty where all counts."""
    if known_at is None:
        return ""
    date = flat(known_at) if days is None else days.date(flat(known_at))
    return (said or words()).text("as_known", date=date)
