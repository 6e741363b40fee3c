"""Flags on a board: those of a partnership, and what an office acts upon in its texts."""

from coopledger.answers import Partnership
from coopledger.terms import Flag

OF_TEXTS = frozenset({Flag.PARTY_LEAVING, Flag.MAY_BE_IN_FORCE, Flag.DECIDED_OTHERWISE})


def board_flags(item: Partnership) -> tuple[Flag, ...]:
    """Return the flags of a partnership, and those of its texts that an office acts upon."""
    added = OF_TEXTS.intersection(flag for text in item.instruments for flag in text.flags)
    return tuple(sorted({*item.flags, *added}))
