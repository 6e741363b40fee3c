"""Flags in words, with the day since when what they say is so, where it is known."""

from collections.abc import Callable, Iterator

from coopledger.answers import Commitment, Instrument, Partnership, Proposal
from coopledger.answers._clauses import Writing
from coopledger.terms import Flag

Flagged = Commitment | Instrument | Partnership | Proposal
# Other words of the same row say these.
SAID_BESIDE = frozenset({Flag.UNDATED, Flag.DEPENDENCY_OPEN})


def flags_to_tell(item: Flagged) -> Iterator[Flag]:
    """Yield the flags of an answer that its row does not say in other words."""
    return (flag for flag in item.flags if flag not in SAID_BESIDE)


def flag_told(page: Writing, flag: Flag, item: Flagged | None = None) -> str:
    """Return a flag of an answer in words."""
    tell = _SINCE.get(flag)
    day = tell(page, item) if tell is not None and item is not None else ""
    since = page.words.text("since_day", date=day) if day else ""
    return f"{page.word(flag)} {since}".rstrip()


def _obstructed(page: Writing, item: Flagged) -> str:
    """Return the first day of the oldest obstacle."""
    return "" if item.obstructed_since is None else page.day(item.obstructed_since)


def _unheard(page: Writing, item: Flagged) -> str:
    """Return the last day on which anybody said something; nothing where nobody ever did."""
    heard = item.last_heard if isinstance(item, Partnership) else None
    return "" if heard is None else page.as_said(heard)


_SINCE: dict[Flag, Callable[[Writing, Flagged], str]] = {
    Flag.OBSTRUCTED: _obstructed,
    Flag.UNHEARD: _unheard,
}
