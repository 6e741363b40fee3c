"""Tables of a terminal, without borders, as wide as its window lets them be."""

from collections.abc import Iterator, Sequence
from itertools import product

from rich.console import Console, ConsoleOptions, JustifyMethod
from rich.text import Text

from coopledger._display.tables import fitted
from coopledger._frozen import frozen

QUIET = "dim"
GAP = 2
# Columns that a narrow window goes without, the first one first.
SPARED = ("since", "silent", "id")
# Columns of which the words stand together.
TOGETHER = frozenset(
    {"", "stage", "since", "silent", "we owe", "they owe", "open", "when", "how firm", "id"}
)


@frozen
class Grid:
    """Table without borders, in which no word is broken that has room.

    Attributes:
        columns: The names of its columns.
        rows: Its rows, each with as many cells.
        titles: The column below whose texts the ids stand where a narrow window has none for them.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Text]]
    titles: str | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Yield the lines, as wide as the window lets them be; in a narrow one some columns go."""
        page = options.max_width
        every = tuple(
            at for at in range(len(self.columns)) if any(row[at].plain for row in self.rows)
        )
        kept, rows = every, self.rows
        widths = self._widths(every, rows, page, TOGETHER)
        for together, number in product((TOGETHER | {"texts"}, TOGETHER), range(len(SPARED) + 1)):
            kept = tuple(at for at in every if self.columns[at] not in SPARED[:number])
            is_below = self.titles is not None and "id" not in {self.columns[at] for at in kept}
            rows = list(map(self._with_id_below, self.rows)) if is_below else self.rows
            widths = self._widths(kept, rows, page, together)
            if sum(widths) + GAP * (len(kept) - 1) <= page:
                break
        heads = [Text(name.upper(), QUIET) for name in self.columns]
        for row in (heads, *rows):
            cells = [
                self._cell(console, at, row[at], room)
                for at, room in zip(kept, widths, strict=True)
            ]
            yield from _side_by_side(cells, widths)

    def _with_id_below(self, row: Sequence[Text]) -> list[Text]:
        """Return the row with its id on a line of its own below its title."""
        at, id = self.columns.index(self.titles or ""), row[self.columns.index("id")]
        return [*row[:at], Text("\n").join((row[at], id)), *row[at + 1 :]]

    def _widths(
        self,
        kept: Sequence[int],
        rows: Sequence[Sequence[Text]],
        page: int,
        together: frozenset[str],
    ) -> list[int]:
        """Return the widths of columns, in which words that stand together count as one."""
        joined = str.maketrans(" ", "_")
        columns = [
            [
                text.translate(joined) if self.columns[at] in together else text
                for text in (self.columns[at], *(row[at].plain for row in rows))
            ]
            for at in kept
        ]
        return fitted(columns, page)

    def _cell(self, console: Console, at: int, text: Text, width: int) -> list[Text]:
        """Return the lines of a cell, each filled up to the width of its column."""
        name = self.columns[at]
        side: JustifyMethod = "right" if name == "silent" else "left"
        is_whole = name in TOGETHER
        return [*text.wrap(console, width, justify=side, overflow="fold", no_wrap=is_whole)]


def _side_by_side(cells: Sequence[Sequence[Text]], widths: Sequence[int]) -> Iterator[Text]:
    """Yield the lines of a row; where a cell has no more lines, its column stays blank."""
    for number in range(max(map(len, cells))):
        line = Text(" " * GAP).join(
            cell[number] if number < len(cell) else Text(" " * width)
            for cell, width in zip(cells, widths, strict=True)
        )
        line.rstrip()
        yield line
