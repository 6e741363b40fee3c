"""Flags as words in a box."""

from typing import NamedTuple

from coopledger._display.signs import Tone, tone_of
from coopledger.render.flags import Flagged, flag_told, flags_to_tell
from coopledger.render.html.office import Office
from coopledger.terms import Flag


class FlagBox(NamedTuple):
    """Flag in a box."""

    text: str
    is_late: bool


def flag_box(office: Office, flag: Flag, item: Flagged | None = None) -> FlagBox:
    """Return a flag of an answer in a box."""
    return FlagBox(flag_told(office.writing, flag, item), tone_of(flag) is Tone.ALARM)


def flag_boxes(office: Office, item: Flagged) -> list[FlagBox]:
    """Return the flags of an answer, but for those that its row says in other words."""
    return [flag_box(office, flag, item) for flag in flags_to_tell(item)]


def series_flags(office: Office, partnership: str) -> list[FlagBox]:
    """Return the flags of the series of meetings of a partnership, each once, in boxes."""
    series = (each for each in office.series.values() if each.partnership == partnership)
    flags = dict.fromkeys(flag for each in series for flag in each.series.flags)
    return [flag_box(office, flag) for flag in flags]
