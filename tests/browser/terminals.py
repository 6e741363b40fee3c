"""Page that shows what the command line writes on a terminal of 130 columns."""

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
from rich.terminal_theme import TerminalTheme

COLUMNS = 130
Colour = tuple[int, int, int]
PAPER: dict[bool, Colour] = {False: (255, 255, 255), True: (19, 23, 25)}
INK: dict[bool, Colour] = {False: (21, 25, 27), True: (232, 235, 236)}
RED: dict[bool, Colour] = {False: (161, 38, 13), True: (255, 158, 134)}
CYAN: dict[bool, Colour] = {False: (11, 95, 110), True: (116, 197, 210)}
FORMAT = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Terminal</title><style>'
    "body{{margin:0;padding:24px;color:{foreground};background:{background}}}"
    'pre{{margin:0;font:13px/19px ui-monospace,"DejaVu Sans Mono",monospace}}{stylesheet}</style>'
    "</head><body><main><h1 hidden>Terminal</h1><pre>{code}</pre></main></body></html>"
)


def _theme(*, is_dark: bool) -> TerminalTheme:
    """Return the eight standard colours: ours for red and cyan, and ink for those not used."""
    ink, red, cyan = (colours[is_dark] for colours in (INK, RED, CYAN))
    eight = [ink, red, ink, ink, ink, ink, cyan, ink]
    return TerminalTheme(PAPER[is_dark], ink, eight, eight)


def terminal(pages: Iterable[tuple[str, RenderableType]], *, is_dark: bool = False) -> str:
    """Return a page with commands, and below each what it writes."""
    console = Console(
        file=StringIO(),
        record=True,
        width=COLUMNS,
        force_terminal=True,
        color_system="standard",
        markup=False,
        highlight=False,
        emoji=False,
    )
    for number, (command, page) in enumerate(pages):
        console.print(*(("",) if number else ()), f"$ {command}", sep="\n")
        console.print(page)
    return console.export_html(theme=_theme(is_dark=is_dark), code_format=FORMAT)
