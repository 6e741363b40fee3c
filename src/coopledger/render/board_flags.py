"""Flags on a board: those of a partnership, and what an office acts upon in what is its own."""

from collections.abc import Iterable

from coopledger.answers import Partnership, Series
from coopledger.terms import Flag

OF_TEXTS = frozenset(
    {Flag.PARTY_LEAVING, Flag.MAY_BE_IN_FORCE, Flag.DECIDED_OTHERWISE, Flag.TO_DECIDE}
)


def board_flags(item: Partnership, series: Iterable[Series] = ()) -> tuple[Flag, ...]:
    """Return the flags of a partnership, of its series, and what to act upon in its texts."""
    added = OF_TEXTS.intersection(flag for text in item.instruments for flag in text.flags)
    late = {flag for each in series for flag in each.flags}
    return tuple(sorted({*item.flags, *added, *late}))
