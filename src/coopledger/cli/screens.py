"""Choice between the plain pages and those of a terminal."""

import sys
from typing import TYPE_CHECKING

from coopledger._display.tables import flat
from coopledger.cli.asking import Asked, Moment
from coopledger.cli.output import encodes
from coopledger.view import Filters

if TYPE_CHECKING:  # rich may be missing
    from coopledger.render.terminal import Screen

SIGNS = "●◆◇⬖◌–▁▇"


def screen(asked: Asked, moment: Moment) -> "Screen | None":
    """Return the pages of a terminal; None where the plain ones serve."""
    try:
        from coopledger.render.terminal import Screen, console  # noqa: PLC0415 - it may be missing
    except ModuleNotFoundError as missing:
        if missing.name != "rich":
            raise
        return None
    if console() is None:
        return None
    return Screen(
        moment.view,
        us=moment.us,
        timezone=moment.timezone,
        partner=moment.partner,
        part=part_of(moment.filters),
        is_ascii=not encodes(sys.stdout, SIGNS),
        is_whole=bool(asked.options.get("whole")),
    )


def part_of(filters: Filters) -> str:
    """Return in words what the filters keep, with commas between; nothing where none is given."""
    return flat(", ".join(f"{name}: {value}" for name, value in filters.items()))


def show(page: object) -> None:
    """Write a page on the terminal."""
    from coopledger.render.terminal import console  # noqa: PLC0415 - it may be missing

    terminal = console()
    if terminal is not None:
        terminal.print(page)
