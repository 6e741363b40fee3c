"""Tables of a terminal, without borders, as wide as its window lets them be: also of answers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Any, cast

from rich.console import Console, ConsoleOptions, JustifyMethod
from rich.text import Text

from coopledger._display.catalogue import words
from coopledger._display.day_words import day_words
from coopledger._display.signs import Sign, Tone, sign_of, tone_of
from coopledger._display.tables import fitted
from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger.answers._answers import Answers, columns_of
from coopledger.answers._clauses import for_people
from coopledger.answers._wording import money
from coopledger.dates import EdtfDate
from coopledger.render.following import rhythm
from coopledger.values import Amount

QUIET = "dim"
STYLES = {Tone.NONE: "", Tone.ACCENT: "cyan", Tone.ALARM: "bold red"}
GAP = 2
IDS = frozenset({"id", "event", "because of"})
# Columns that a narrow window goes without, the first one first.
SPARED = ("conduct", "since", "silent", "responsible", "id")
# Where the texts of a column go that has none of its own any more.
BELOW: dict[str, tuple[str, ...]] = {
    "conduct": ("stage",),
    "responsible": ("who",),
    "id": ("partner", "what"),
}
# Columns of which the words stand together.
TOGETHER = frozenset(
    {
        *("", "stage", "conduct", "since", "silent", "we owe", "they owe", "open", "when"),
        *("how firm", "id"),
    }
)


@frozen
class Grid:
    """Table without borders, in which no word is broken that has room.

    Attributes:
        columns: The names of its columns.
        rows: Its rows, each with as many cells.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Text]]

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
            rows = self._moved({self.columns[at] for at in every if at not in kept})
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

    def _moved(self, gone: set[str]) -> Sequence[Sequence[Text]]:
        """Return the rows, in which texts of columns that are gone stand below other texts."""
        rows = [[*row] for row in self.rows]
        for name in filter(gone.__contains__, SPARED):
            place = next((each for each in BELOW.get(name, ()) if each in self.columns), None)
            if place is not None:
                source, target = self.columns.index(name), self.columns.index(place)
                for row in rows:
                    texts = (row[target], row[source])
                    row[target] = Text("\n").join(each for each in texts if each.plain)
        return rows

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


def list_grid(items: Answers[Any], sign: Callable[[Sign | None], str]) -> Grid:
    """Return a list of answers as a table, with the columns of the printed one.

    Days are in words, and words of lists that have signs have them; ``sign`` writes a sign.
    """
    columns = columns_of(items.kind)
    rows = [
        [_cell(header, items.named(header, read(item)), item, sign) for header, read in columns]
        for item in items
    ]
    return Grid([header for header, _ in columns], rows)


def _cell(header: str, value: object, item: Any, sign: Callable[[Sign | None], str]) -> Text:  # noqa: ANN401 - an answer of any class
    """Return a value of an answer in a cell; those of some columns are told in their own way."""
    if header == "since":
        return Text(_since(item))
    if header == "due" and getattr(item, "recurs", None) is not None:
        said = Text(rhythm(for_people(), item), QUIET)
        return Text("\n").join((Text(_said(item.due)), said))
    if header == "type":
        return Text(printable(words().heading(words().act(str(value)))))
    return _shown(value, sign, QUIET if header in IDS else "")


def _shown(value: object, sign: Callable[[Sign | None], str], style: str) -> Text:
    """Return a value: a word of a list with its sign and colour, several one below the other."""
    if isinstance(value, tuple):
        several = cast(tuple[object, ...], value)
        return Text("\n").join(_shown(each, sign, style) for each in several)
    if isinstance(value, StrEnum):
        drawn = sign_of(value)
        word = words().term(value)
        return Text(f"{sign(drawn)} {word}" if drawn else word, STYLES[tone_of(value)])
    return Text(printable(_said(value)), style)


def _since(item: Any) -> str:  # noqa: ANN401 - an answer with a first day
    """Return the first day of an answer, as about so where it rests on a fuzzy date."""
    if item.since is None:
        return ""
    day = day_words().day(item.since)
    return day if getattr(item, "since_certain", True) else words().text("about", date=day)


def _said(value: object) -> str:
    """Return a value that is no word of a list."""
    if isinstance(value, EdtfDate):
        return day_words().date(value.text)
    if isinstance(value, date):
        return day_words().day(value)
    if isinstance(value, Amount):
        return money(value)
    return "" if value is None else str(value)
