"""Flags as words in a box, with the day since when what they say is so, where it is known."""

from collections.abc import Callable
from typing import NamedTuple

from coopledger._display.signs import Tone, tone_of
from coopledger.answers import Commitment, Instrument, Partnership, Proposal
from coopledger.render.html.office import Office
from coopledger.terms import Flag

Flagged = Commitment | Instrument | Partnership | Proposal
# Other words of the same row say these.
SAID_BESIDE = frozenset({Flag.UNDATED, Flag.DEPENDENCY_OPEN})


class FlagBox(NamedTuple):
    """Flag in a box."""

    text: str
    is_late: bool


def flag_box(office: Office, flag: Flag, item: Flagged | None = None) -> FlagBox:
    """Return a flag of an answer in a box."""
    tell = _SINCE.get(flag)
    day = tell(office, item) if tell is not None and item is not None else ""
    since = office.text("since_day", date=day) if day else ""
    return FlagBox(f"{office.term(flag)} {since}".rstrip(), tone_of(flag) is Tone.ALARM)


def flag_boxes(office: Office, item: Flagged) -> list[FlagBox]:
    """Return the flags of an answer, but for those that its row says in other words."""
    return [flag_box(office, flag, item) for flag in item.flags if flag not in SAID_BESIDE]


def series_flags(office: Office, partnership: str) -> list[FlagBox]:
    """Return the flags of the series of meetings of a partnership, each once, in boxes."""
    series = (each for each in office.series.values() if each.partnership == partnership)
    flags = dict.fromkeys(flag for each in series for flag in each.series.flags)
    return [flag_box(office, flag) for flag in flags]


def _obstructed(office: Office, item: Flagged) -> str:
    """Return the first day of the oldest obstacle."""
    return office.day(item.obstructed_since)


def _unheard(office: Office, item: Flagged) -> str:
    """Return the last day on which anybody said something; nothing where nobody ever did."""
    return office.date(item.last_heard).text if isinstance(item, Partnership) else ""


_SINCE: dict[Flag, Callable[[Office, Flagged], str]] = {
    Flag.OBSTRUCTED: _obstructed,
    Flag.UNHEARD: _unheard,
}
