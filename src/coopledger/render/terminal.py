"""Pages of a terminal: signs and words in tables without borders; needs the extra ``terminal``.

Eight standard colours, so that the reader's theme decides: red and bold for what is late, cyan for
what is in effect. Each colour repeats a sign and a word. What a text says is never read as markup,
and its control characters are escaped.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Protocol, TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from coopledger._display.catalogue import words
from coopledger._display.day_words import day_words
from coopledger._display.escape import printable
from coopledger._display.signs import Sign, Tone, sign_of, tone_of
from coopledger._frozen import frozen
from coopledger.answers import Commitment, Partnership, Party
from coopledger.render.answering import Answering
from coopledger.render.pages import URGENCY
from coopledger.terms import CommitmentStatus, Flag, Stage

__all__ = ["Screen", "console"]

NARROWEST = 80  # Below it the columns of a board are no more columns.
MOST_DIAMONDS = 12
MOST_ROWS = 25
STYLES = {Tone.NONE: "", Tone.ACCENT: "cyan", Tone.ALARM: "bold red"}
QUIET = "dim"
STAGES = tuple(Stage)  # in the order of the rules
# Columns that are never broken.
WHOLE = frozenset({"", "stage", "since", "silent", "we owe", "they owe", "open", "when"})


def console(stream: TextIO | None = None) -> Console | None:
    """Return a console for a terminal whose reader wants colours; None where plain pages serve.

    They serve in a pipe or a file, with ``NO_COLOR``, and in a window of less than 80 columns.

    Args:
        stream: Where the pages are written; the standard output if left out.
    """
    stream = sys.stdout if stream is None else stream
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if refused or not stream.isatty():
        return None
    made = Console(file=stream, color_system="standard", markup=False, highlight=False, emoji=False)
    return made if made.width >= NARROWEST else None


class Asking(Answering, Protocol):
    """View that answers also what the pages of a terminal ask beyond the plain ones."""

    def party(self, id: str) -> Party:
        """Return who a party is."""
        ...

    def agenda(self, *, within_days: int = ...) -> tuple[Commitment, ...]:
        """Return the open commitments overdue or due within the days."""
        ...


@frozen
class Screen:
    """Pages of a view for a terminal; print them on a `console`.

    Attributes:
        view: The moment asked about.
        us: Our own party: then what we owe and what they owe has a column each.
        is_ascii: Whether the stream holds ASCII alone, or none of the signs.
        is_whole: Whether no row is left out.
    """

    view: Asking
    us: str | None = None
    is_ascii: bool = False
    is_whole: bool = False

    def board(self) -> RenderableType:
        """Return every partnership: its stage, its texts, what is owed, and what to look at."""
        partnerships = sorted(self.view.partnerships(), key=self._rank)
        shown = partnerships if self.is_whole else partnerships[:MOST_ROWS]
        owed = ("we owe", "they owe") if self.us else ("open",)
        columns = ("partner", "stage", "since", "texts", *owed, "silent", "look at")
        grid = _grid(columns, right=("silent",))
        for partnership in shown:
            grid.add_row(*self._board_row(partnership))
        more = len(partnerships) - len(shown)
        rest = [Text(f"{more} more: coopledger board --all", QUIET)] if more else []
        return Group(self._board_title(partnerships), Text(), grid, *rest)

    def _rank(self, item: Partnership) -> tuple[int, int]:
        """Return the place of a partnership: by its stage, and there the longest overdue first."""
        promises = self.view.commitments(partnership=item.id)
        return STAGES.index(item.stage), -max(
            (each.days_overdue or 0 for each in promises), default=0
        )

    def _board_title(self, partnerships: Sequence[Partnership]) -> Text:
        """Return the day, and how many partnerships and promises there are."""
        promises = self.view.commitments()
        late = sum(each.status is CommitmentStatus.OVERDUE for each in promises)
        dot = " - " if self.is_ascii else " · "
        count = words().text("count_partnerships", n=len(partnerships))
        title = Text.assemble(
            ("Board ", "bold"), f"on {self._day()}{dot}{count}{dot}{len(promises)} open"
        )
        if late:
            title.append(", ").append(f"{late} overdue", STYLES[Tone.ALARM])
        return title

    def _board_row(self, item: Partnership) -> Iterator[RenderableType]:
        """Yield the cells of a partnership."""
        yield _text(self._partner(item))
        yield self._signed(sign_of(item.stage), words().term(item.stage), tone_of(item.stage))
        yield Text("" if item.since is None else day_words().day(item.since))
        yield Text("\n").join(self._texts(item)) if item.instruments else Text("no text", QUIET)
        promises = self.view.commitments(partnership=item.id)
        if self.us is None:
            yield self._diamonds(promises)
        else:
            yield self._diamonds(each for each in promises if self.us in each.debtors)
            yield self._diamonds(each for each in promises if self.us in each.creditors)
        yield self._silence(item)
        flags = [Text(words().term(flag), STYLES[tone_of(flag)] or QUIET) for flag in item.flags]
        yield Text(", ").join(flags)

    def _texts(self, item: Partnership) -> Iterator[Text]:
        """Yield the kind and the state of each text."""
        for text in item.instruments:
            kind = words().term(text.kind) if text.kind else text.id
            yield Text.assemble(words().heading(kind), " ", (words().term(text.state), QUIET))

    def _diamonds(self, promises: Iterable[Commitment]) -> Text:
        """Return the number of promises and a sign for each, the most urgent first."""
        ranked = _by_urgency(promises)
        if not ranked:
            return Text()
        cell = Text(f"{len(ranked)} ")
        for each in ranked[:MOST_DIAMONDS]:
            cell.append(self._sign(sign_of(each.status)), STYLES[tone_of(each.status)])
        return cell

    def _silence(self, item: Partnership) -> Text:
        """Return for how many days nobody has done anything, as far as that is known."""
        last = item.last_activity
        if last is None or last.last is None:
            return Text()
        days = self.view.on.toordinal() - int(last.last)
        return Text(f"{days} d", STYLES[Tone.ALARM] if Flag.DORMANT in item.flags else "")

    def pending(self) -> RenderableType:
        """Return the open promises, the most urgent first."""
        return self._promises("Pending", "most urgent first", _by_urgency(self.view.commitments()))

    def agenda(self, *, within_days: int) -> RenderableType:
        """Return the promises that are late or fall due within some days."""
        found = self.view.agenda(within_days=within_days)
        return self._promises("Agenda", f"and the {within_days} days after it", found)

    def _promises(self, name: str, order: str, promises: Sequence[Commitment]) -> RenderableType:
        """Return promises below a title."""
        comma = " " if order.startswith("and") else ", "
        title = Text.assemble((f"{name} ", "bold"), f"on {self._day()}")
        if not promises:
            return title.append(": nothing.")
        grid = _grid(("", "when", "what", "who", "due, as said", "firmness"))
        for each in promises:
            style = STYLES[tone_of(each.status)]
            grid.add_row(
                Text(self._sign(sign_of(each.status)), style),
                Text(self._when(each), style),
                _text(words().heading(each.what or each.id)),
                _text(self._who(each)),
                _text(self._due(each)),
                Text(words().term(each.firmness) if each.firmness else "", QUIET),
            )
        return Group(title.append(f"{comma}{order}"), Text(), grid)

    def _when(self, item: Commitment) -> str:
        """Return the status, in days where the due date has passed or is near."""
        if item.days_overdue is not None:
            return words().text("days_overdue", n=item.days_overdue)
        left = _last_day(item) - self.view.on.toordinal()
        if item.status is not CommitmentStatus.DUE_SOON or not 0 <= left < inf:
            return words().term(item.status)
        return words().text("days_left", n=int(left)) if left else words().text("due_today")

    def _who(self, item: Commitment) -> str:
        """Return who owes: we, they, both, or their names."""
        ours, theirs = self.us in item.debtors, self.us in item.creditors
        if self.us is None or not (ours or theirs):
            return ", ".join(map(self._name, item.debtors))
        return "both owe" if ours and theirs else "we owe" if ours else "they owe"

    def _due(self, item: Commitment) -> str:
        """Return the due date as it was said."""
        if item.due is not None:
            return day_words().date(str(item.due))
        return day_words().said(item.due_text) if item.due_text else item.due_meeting or "no date"

    def explanation(self, id: str) -> RenderableType:
        """Return the reason of a thing's stage, state or status, as a tree of events.

        Raises:
            UnknownIdError: The ledger holds no such id.
        """
        why = self.view.explain(id)
        tree = Tree(_text(why.sentence), guide_style=QUIET)
        for event in why.events:
            name, _, text = event.partition(": ")
            tree.add(_text(text)).add(Text(printable(name), QUIET))
        return Group(tree, Text(f"rule: {why.rule}", QUIET))

    def _partner(self, item: Partnership) -> str:
        """Return the names of the others, or of all where nobody is us."""
        others = [each for each in item.parties if each != self.us] or item.parties
        dash = " - " if self.is_ascii else " – "
        return dash.join(map(self._name, others)) or item.id

    def _name(self, party: str) -> str:
        """Return the name of a party on the day."""
        return self.view.party(party).name or party

    def _day(self) -> str:
        """Return the day asked about in words."""
        return day_words().day(self.view.on)

    def _signed(self, sign: Sign | None, word: str, tone: Tone) -> Text:
        """Return a sign and its word."""
        return Text(f"{self._sign(sign)} {word}", STYLES[tone])

    def _sign(self, sign: Sign | None) -> str:
        """Return a sign that the stream can hold."""
        if sign is None:
            return " "
        return sign.ascii if self.is_ascii else sign.terminal


def _by_urgency(promises: Iterable[Commitment]) -> list[Commitment]:
    """Return the promises, what presses most first, and then by the last day of the due date."""
    return sorted(promises, key=lambda each: (URGENCY.index(each.status), _last_day(each)))


def _last_day(item: Commitment) -> float:
    """Return the last day of the due date as an ordinal; infinity where there is none."""
    return inf if item.due is None or item.due.last is None else item.due.last


def _text(text: str) -> Text:
    """Return a text of the ledger, escaped, and never read as markup."""
    return Text(printable(text))


def _grid(columns: Sequence[str], *, right: Sequence[str] = ()) -> Table:
    """Return a table without borders."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
    for name in columns:
        grid.add_column(
            name.upper(),
            justify="right" if name in right else "left",
            no_wrap=name in WHOLE,
            overflow="fold",
        )
    return grid
