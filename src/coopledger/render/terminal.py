"""Pages of a terminal: signs and words in tables without borders; needs the extra ``terminal``.

Eight standard colours, so that the reader's theme decides: red and bold for what is late, cyan for
what is in effect. Each colour repeats a sign and a word. What a text says is never read as markup,
and its control characters are escaped.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol, TextIO

import attrs
from rich.console import Console, Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from coopledger import events
from coopledger._dates.instants import day_of
from coopledger._display.catalogue import words
from coopledger._display.day_words import day_words
from coopledger._display.signs import NOTED, Sign, Tone, sign_of, tone_of
from coopledger._display.tables import flat
from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger.answers import (
    Commitment,
    Explanation,
    Instrument,
    Matter,
    News,
    Participation,
    Partnership,
    Proposal,
    Series,
    TimelineEntry,
)
from coopledger.answers._amounts import outstanding_of
from coopledger.answers._apart import names_apart
from coopledger.answers._clauses import for_people, told
from coopledger.answers._titles import BETWEEN
from coopledger.answers._wording import cited, money, named
from coopledger.answers.news import TOLD
from coopledger.render.agendas import Coming, coming, due_within
from coopledger.render.answering import Answering
from coopledger.render.board_flags import board_flags
from coopledger.render.dossiers import citation, title_if_known
from coopledger.render.flags import Flagged, flag_told, flags_to_tell
from coopledger.render.following import notes, rhythm, standing
from coopledger.render.grids import QUIET, STYLES, Grid, list_grid
from coopledger.render.moments import as_known
from coopledger.render.participations import several
from coopledger.render.rungs import rung
from coopledger.render.series import by_partnership
from coopledger.render.shared_party import shared_party
from coopledger.render.urgency import last_day, urgency
from coopledger.terms import (
    CommitmentStatus,
    DutyStatus,
    Flag,
    InstrumentState,
    MeetingStatus,
    Stage,
)
from coopledger.values import Source

if TYPE_CHECKING:
    from coopledger.answers._answers import Answers

__all__ = ["Screen", "console"]

PROMISES = (
    *("", "when", "what", "who", "due, as said", "firmness", "look at", "responsible"),
    "id",
)
PARTIES = ("party", "signed", "consent", "in force since", "notice and leaving")
NARROWEST = 80  # Below it the columns of a board are no more columns.
MOST_DIAMONDS = 12
MOST_ROWS = 25
STAGES = tuple(Stage)  # in the order of the rules
DONE: frozenset[StrEnum] = frozenset({CommitmentStatus.FULFILLED})
# Acts that are words alone: how firm they are stands beside them.
SAID = frozenset({"CommitmentMade", "InterestExpressed", "ProposalMade"})


def console(stream: TextIO | None = None) -> Console | None:
    """Return a console for a terminal whose reader wants colours; None where plain pages serve.

    They serve in a pipe or a file, with ``NO_COLOR``, and in a window of less than 80 columns.

    Args:
        stream: Where the pages are written; the standard output if left out.
    """
    shown = sys.stdout if stream is None else stream
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if refused or shown is None or not shown.isatty():  # A program without a window has none.
        return None
    made = Console(file=shown, color_system="standard", markup=False, highlight=False, emoji=False)
    return made if made.width >= NARROWEST else None


class Asking(Answering, Protocol):
    """View that answers also what the pages of a terminal ask beyond the plain ones."""

    def commitment(self, id: str) -> Commitment:
        """Return the status of a commitment."""
        ...

    def proposal(self, id: str) -> Proposal:
        """Return the status of a proposal."""
        ...

    def instrument(self, id: str) -> Instrument:
        """Return the state of a text."""
        ...

    def partnership(self, id: str) -> Partnership:
        """Return the stage of a partnership."""
        ...

    def agenda(self, *, within_days: int = ...) -> tuple[Commitment, ...]:
        """Return the open commitments overdue or due within the days."""
        ...

    def asking_again(self, *, within_days: int = ...) -> tuple[Matter, ...]:
        """Return what to ask about again, on the day or within the days."""
        ...


@frozen
class Screen:
    """Pages of a view for a terminal; print them on a `console`.

    Attributes:
        view: The moment asked about.
        us: Our own party: then what we owe and what they owe has a column each.
        partner: The party or partnership that the lists are limited to, named in their titles.
        part: Words of their titles that say to what else they are limited.
        timezone: The zone in which days of recording are told.
        is_ascii: Whether the stream holds ASCII alone, or none of the signs.
        is_whole: Whether no row is left out.
    """

    view: Asking
    us: str | None = None
    partner: str | None = None
    part: str = ""
    timezone: str = "UTC"
    is_ascii: bool = False
    is_whole: bool = False

    def board(self) -> RenderableType:
        """Return every partnership: its stage, its texts, what is owed, and what to look at."""
        partnerships = sorted(self.view.partnerships(), key=self._rank)
        shown = partnerships if self.is_whole else partnerships[:MOST_ROWS]
        owed = ("we owe", "they owe") if self.us else ("open",)
        stands = ("partner", "stage", "conduct", "since", "texts")
        columns = (*stands, *owed, "silent", "look at", "id")
        ours = self._ours(partnerships)
        if not partnerships:
            return self._nothing(self._board_title(partnerships), "open_a_partnership")
        series = by_partnership(self.view)
        rows = [tuple(self._board_row(each, ours, series.get(each.id, ()))) for each in shown]
        more = len(partnerships) - len(shown)
        rest = [Text(f"{more} more: coopledger board --all", QUIET)] if more else []
        return Group(self._board_title(partnerships), Text(), Grid(columns, rows), *rest)

    def _nothing(self, title: Text, advice: str) -> RenderableType:
        """Return the title of an empty page, what is not there, and what would be asked next."""
        nothing = words().text("no_partnership_known", date=self._day())
        return Group(title, Text(), Text(nothing), Text(words().text(advice), QUIET))

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
        ours = self._ours(partnerships)
        title = Text.assemble(
            ("Board ", "bold"),
            printable(f"of {self.view.title(ours)} ") if ours else "",
            f"{self._with()}on {self._day()}{dot}{count}{dot}{len(promises)} open",
        )
        if late:
            title.append(", ").append(f"{late} overdue", STYLES[Tone.ALARM])
        return title

    def _ours(self, partnerships: Sequence[Partnership]) -> str | None:
        """Return the party that is named once, above."""
        return self.us or shared_party(partnerships)

    def _with(self) -> str:
        """Return the words of a title that name the partner, and what else the lists are of."""
        partner = f"with {self._title(self.partner)} " if self.partner else ""
        return printable(f"{partner}{self.part} " if self.part else partner)

    def _board_row(
        self, item: Partnership, ours: str | None, series: Iterable[Series]
    ) -> Iterator[Text]:
        """Yield the cells of a partnership, without the name of ours."""
        yield _text(self._title(item.id, us=ours))
        yield self._signed(sign_of(item.stage), words().term(item.stage), tone_of(item.stage))
        yield Text(words().term(item.conduct) if item.conduct else "", QUIET)
        yield Text("" if item.since is None else day_words().day(item.since))
        yield Text("\n").join(self._texts(item)) if item.instruments else Text("no text", QUIET)
        promises = self.view.commitments(partnership=item.id)
        if self.us is None:
            yield self._diamonds(promises)
        else:
            yield self._diamonds(each for each in promises if self.us in each.owed_by)
            yield self._diamonds(each for each in promises if self.us in each.creditors)
        yield self._silence(item)
        yield self._flags(board_flags(item, series), item)
        yield _id(item.id)

    def _flags(self, flags: Iterable[Flag], item: Flagged) -> Text:
        """Return flags of an answer, in red those that cannot wait."""
        page = for_people()
        return Text(", ").join(
            Text(flag_told(page, flag, item), STYLES[tone_of(flag)] or QUIET) for flag in flags
        )

    def _texts(self, item: Partnership) -> Iterator[Text]:
        """Yield the kind and the state of each text."""
        for text, name in zip(item.instruments, names_apart(item.instruments), strict=True):
            state = words().term(text.state), QUIET
            yield Text.assemble(printable(words().heading(name)), " ", state)

    def _diamonds(self, promises: Iterable[Commitment]) -> Text:
        """Return the number of promises and a sign for each, the most urgent first."""
        ranked = sorted(promises, key=urgency)
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

    def pending(self, promises: Sequence[Commitment] | None = None) -> RenderableType:
        """Return the open promises, or those given, the most urgent first."""
        found = self.view.commitments() if promises is None else promises
        nothing = words().text("nothing_pending")
        ordered = sorted(found, key=urgency)
        return self._promises("Pending", "most urgent first", ordered, nothing=nothing)

    def agenda(self, *, within_days: int) -> RenderableType:
        """Return what is late, comes or is to be asked again within some days."""
        found = due_within(self.view.agenda(within_days=within_days), within_days, self.view.on)
        others = coming(self.view, within_days=within_days)
        nothing = words().text("nothing_near", n=within_days)
        order = f"and the {within_days} days after it"
        return self._promises("Agenda", order, found, others, nothing=nothing)

    def _promises(
        self,
        name: str,
        order: str,
        promises: Sequence[Commitment],
        others: Sequence[Coming] = (),
        *,
        nothing: str,
    ) -> RenderableType:
        """Return promises and what else comes below a title, what is late first."""
        comma = " " if order.startswith("and") else ", "
        title = Text.assemble((f"{name} ", "bold"), f"{self._with()}on {self._day()}")
        if not (promises or others):
            return Group(title, Text(nothing))
        rows = [(_agenda_rank(each), self._promise_row(each)) for each in promises]
        rows += [((1, each.day), self._coming_row(each)) for each in others]
        ordered = sorted(rows, key=itemgetter(0)) if others else rows
        grid = Grid(PROMISES, [row for _, row in ordered])
        return Group(title.append(f"{comma}{order}"), Text(), grid, *self._sums(promises))

    def _sums(self, promises: Sequence[Commitment]) -> Iterator[Text]:
        """Yield what is outstanding, by currency: of what we owe, and of what they owe."""
        sides: tuple[tuple[str, list[Commitment]], ...] = (("", [*promises]),)
        if self.us is not None:
            ours = [each for each in promises if self.us in each.owed_by]
            theirs = [each for each in promises if self.us in each.creditors]
            sides = (("we owe ", ours), ("they owe ", theirs))
        left = [
            f"{name}{', '.join(map(money, amounts))}"
            for name, members in sides
            if (amounts := outstanding_of(members))
        ]
        if left:
            yield Text()
            yield Text.assemble(("Outstanding: ", QUIET), "; ".join(left))

    def _promise_row(self, item: Commitment) -> tuple[Text, ...]:
        """Return the cells of a promise."""
        style = STYLES[tone_of(item.status)]
        return (
            Text(self._sign(sign_of(item.status)), style),
            Text(self._when(item), style),
            _text(words().heading(item.what or item.id), *notes(for_people(), item)),
            _text(self._with_whom(item)),
            _text(self._due(item), rhythm(for_people(), item)),
            Text(words().term(item.firmness) if item.firmness else "", QUIET),
            self._flags(flags_to_tell(item), item),
            _text(item.responsible or ""),
            _id(item.id),
        )

    def _coming_row(self, item: Coming) -> tuple[Text, ...]:
        """Return the cells of a meeting, an end of a term, or a last day for notice."""
        style = STYLES[Tone.ALARM] if item.is_alarm else ""
        left = item.day - self.view.on.toordinal()
        is_meeting = isinstance(item.word, MeetingStatus)
        is_met = is_meeting and item.name == "meeting"
        what = item.what if is_met else f"{item.kind}: {item.what}"
        return (
            Text(self._sign(sign_of(item.word))),
            Text(words().text("days_left", n=left) if left else words().text("due_today"), style),
            _text(words().heading(what)),
            _text(self._title(item.partnership) if item.partnership else ""),
            _text(day_words().date(str(item.when))),
            Text(words().term(item.word) if is_met else "", QUIET),
            Text(words().term(item.flag) if item.flag and item.flag != item.name else "", QUIET),
            _text(item.responsible or ""),
            _id(item.id),
        )

    def _when(self, item: Commitment) -> str:
        """Return the status, in days where the due date has passed or is near."""
        if item.days_overdue is not None:
            return words().text("days_overdue", n=item.days_overdue)
        left = last_day(item.due) - self.view.on.toordinal()
        if item.status is not CommitmentStatus.DUE_SOON or not 0 <= left < inf:
            return words().term(item.status)
        return words().text("days_left", n=int(left)) if left else words().text("due_today")

    def _who(self, item: Commitment) -> str:
        """Return who owes: we, they, both, or their names."""
        ours, theirs = self.us in item.owed_by, self.us in item.creditors
        if self.us is None or not (ours or theirs):
            return ", ".join(map(self.view.title, item.owed_by))
        return "both owe" if ours and theirs else "we owe" if ours else "they owe"

    def _with_whom(self, item: Commitment) -> str:
        """Return who owes it, and with whom where that is not said above."""
        if self.us is None or self.partner is not None or item.partnership is None:
            return self._who(item)
        dot = " - " if self.is_ascii else " · "
        return f"{self._who(item)}{dot}{self._title(item.partnership)}"

    def _due(self, item: Commitment) -> str:
        """Return the due date as it was said, and how often it comes round."""
        if item.due is not None:
            return day_words().date(str(item.due))
        return day_words().said(item.due_text) if item.due_text else item.due_meeting or "no date"

    def listed(self, title: str, items: "Answers[Any]") -> RenderableType:
        """Return a list of answers as a table with signs, below a title and the day."""
        head = Text.assemble((printable(f"{title} "), "bold"), f"{self._with()}on {self._day()}")
        if not items:
            return Group(head, Text(words().text("nothing_listed"), QUIET))
        head.append(f": {len(items)}")
        return Group(head, Text(), list_grid(items, self._sign))

    def news(self, told: News) -> RenderableType:
        """Return what is new: each list that is not empty as a table below its name."""
        since = words().text("news_since", date=day_words().day(told.since))
        head = Text.assemble((since, "bold"), f", {self._with()}on {self._day()}")
        lists = [(name, getattr(told, name)) for name in TOLD[:-1]]
        parts: list[RenderableType] = [head]
        for name, items in (*lists, (TOLD[-1], told.main_changes)):
            if items:
                title = f"{words().text(f'news_{name}')}: {len(items)}"
                parts += [Text(), Text(title, "bold"), list_grid(items, self._sign)]
        if told.minor_changes:
            parts += [Text(), Text(words().text("more", n=told.minor_changes), QUIET)]
        if told.is_empty:
            parts.append(Text(words().text("nothing_listed"), QUIET))
        return Group(*parts)

    def explanation(self, id: str) -> RenderableType:
        """Return the reason of a thing's stage, state or status, as a tree of events.

        Raises:
            UnknownIdError: The ledger holds no such id.
        """
        why = self.view.explain(id)
        tree = Tree(self._sentence(why), guide_style=QUIET)
        for entry in why.acts:
            act = self._act(entry, why.acts.name_of)
            shown = Text.assemble(f"{_when(entry)}  ", (printable(act), "bold"))
            shown.append_text(_id(f"  {entry.about}"))
            tree.add(shown).add(Text(printable(self._recorded(entry)), QUIET))
        rule, known = Text(f"rule: {why.rule}", QUIET), self._known()
        parties = self._parties(id) if isinstance(why.state, InstrumentState) else ()
        return Group(tree, rule, *([known] if known else []), *parties)

    def _parties(self, id: str) -> Iterator[RenderableType]:
        """Yield the parties of a text that has more than two, as a table."""
        found = several(self.view, self.view.instrument(id))
        if not found:
            return
        rows = [tuple(self._party_row(each)) for each in found]
        yield Text()
        yield Text(printable(words().text("parties_of", what=self._title(id))), "bold")
        yield Text()
        yield Grid(PARTIES, rows)

    def _party_row(self, item: Participation) -> Iterator[Text]:
        """Yield the cells of a party of a text."""
        name, date = words().text, day_words()
        yield Text("\n").join(map(_text, (self.view.title(item.party), *item.reservations)))
        yield Text(date.date(str(item.signed_on)) if item.signed_on else "")
        consent = date.date(str(item.consented_on)) if item.consented_on else ""
        how = words().term(item.how) if item.how else ""
        yield Text.assemble(consent, " " if how else "", (how, QUIET))
        bound = words().term(InstrumentState.IN_FORCE) if item.in_force else ""
        yield Text(date.date(str(item.in_force_since)) if item.in_force_since else bound)
        leaving: list[str] = []
        if item.left_on is not None:
            leaving.append(name("left_on", date=date.date(str(item.left_on))))
        elif item.ends is not None:
            leaving.append(name("leaves_on", date=date.date(str(item.ends))))
        if item.superseded_by is not None:
            leaving.append(name("bound_instead", what=self._title(item.superseded_by)))
        yield _text(", ".join(leaving))

    def _sentence(self, why: Explanation) -> Text:
        """Return the sentence, its subject in bold, and before it the sign of the state."""
        sign = Text(f"{self._sign(sign_of(why.state))} ", STYLES[tone_of(why.state)])
        title = self._title(why.id)
        said = for_people().sentence(why.clauses, subject=named(title, why.id))
        subject = printable(title), "bold"
        return Text.assemble(sign, subject, printable(said.removeprefix(title)))

    def _recorded(self, entry: TimelineEntry) -> str:
        """Return on what an act rests, and who recorded it when."""
        sources = ", ".join(map(cited, entry.sources)) or words().text("no_source")
        day = day_words().day(date.fromordinal(day_of(entry.recorded_us, self.timezone)))
        name = "recorded_by" if entry.recorded_by else "recorded_on"
        return f"{sources}; {words().text(name, date=day, name=entry.recorded_by or '')}"

    def history(self, id: str) -> RenderableType:
        """Return where a partnership stands, what is open there, and what happened.

        Raises:
            UnknownIdError: The ledger holds no such partnership.
        """
        title, item = self._title(id), self.view.partnership(id)
        promises = self.view.commitments(partnership=id)
        name = partial(title_if_known, self.view)
        entries = self.view.timeline(id)
        numbers = {
            source: number
            for number, source in enumerate(
                dict.fromkeys(source for entry in entries for source in entry.sources), 1
            )
        }
        rows = [
            (
                *self._entry(entry),
                Text(_marks(entry, numbers), QUIET),
                _id(entry.about),
            )
            for entry in entries
        ]
        grid = Grid(("when", "", "how firm", "what", "source", "id"), rows)
        return Group(
            self._sentence(self.view.explain(id)),
            *(Text(printable(said)) for said in standing(self.view, for_people(), item, name)),
            Text(),
            attrs.evolve(self, partner=id).pending(promises),
            *(part for text in item.instruments for part in self._parties(text.id)),
            Text(),
            Text.assemble(("Timeline ", "bold"), printable(f"of {title}, by {self._day()}")),
            Text(),
            grid,
            Text(),
            *(
                Text(f"[{at}] {flat(citation(each, for_people()))}", QUIET)
                for each, at in numbers.items()
            ),
        )

    def _entry(self, entry: TimelineEntry) -> tuple[Text, ...]:
        """Return the date of an act, how firm it is, and what it is."""
        word = self._firmness(entry)
        sign = NOTED if word is None else sign_of(word)
        is_done = word in DONE
        firmly = "" if word is None else words().term(word)
        return (
            Text(_when(entry)),
            Text(self._sign(sign), STYLES[Tone.ACCENT] if is_done else ""),
            Text(words().term(DutyStatus.DONE) if is_done else firmly),
            _text(self._act(entry)),
        )

    def _firmness(self, entry: TimelineEntry) -> StrEnum | None:
        """Return how firm an act is: as it was said, else by its kind."""
        kind = getattr(events, entry.type, None)
        if kind is events.CommitmentMade:
            return rung(kind, self.view.commitment(entry.about).firmness)
        if kind is events.ProposalMade:
            return rung(kind, self.view.proposal(entry.about).firmness)
        return None if kind is None else rung(kind)

    def _act(self, entry: TimelineEntry, title: Callable[[str], str] | None = None) -> str:
        """Return what was done, and to what, in words."""
        name = title(entry.about) if title else title_if_known(self.view, entry.about)
        is_named = name != entry.about and not entry.type.startswith("Partnership")
        about = told(name if is_named else "", entry.said, entry.more, for_people())
        if entry.type in SAID:
            return words().heading(about)
        act = words().heading(words().act(entry.type))
        return ": ".join(filter(None, (act, about)))

    def _title(self, id: str, *, us: str | None = None) -> str:
        """Return the words by which people know a thing, without our own name."""
        title = self.view.title(id, us=us or self.us)
        return title.replace(BETWEEN, " - ") if self.is_ascii else title

    def _day(self) -> str:
        """Return the day asked about in words, and up to when what counts was known."""
        known = self._known()
        return ", ".join(filter(None, (day_words().day(self.view.on), known.plain)))

    def _known(self) -> Text:
        """Return up to when what counts was known; empty where all counts."""
        return Text(as_known(self.view.known_at, days=day_words()), QUIET)

    def _signed(self, sign: Sign | None, word: str, tone: Tone) -> Text:
        """Return a sign and its word."""
        return Text(f"{self._sign(sign)} {word}", STYLES[tone])

    def _sign(self, sign: Sign | None) -> str:
        """Return a sign that the stream can hold."""
        if sign is None:
            return " "
        return sign.ascii if self.is_ascii else sign.terminal


def _agenda_rank(item: Commitment) -> tuple[int, float]:
    """Return the place of a promise in the agenda: late ones first, then by the last day."""
    return int(item.status is not CommitmentStatus.OVERDUE), last_day(item.due)


def _when(entry: TimelineEntry) -> str:
    """Return the date of an act in words."""
    return day_words().date(str(entry.when)) if entry.when else words().text("undated")


def _marks(entry: TimelineEntry, numbers: Mapping[Source, int]) -> str:
    """Return the numbers of the sources of an act, or that it has none."""
    marks = "".join(f"[{numbers[source]}]" for source in entry.sources)
    return marks or (words().text("no_source") if entry.when is not None else "")


def _id(id: str) -> Text:
    """Return an id, which stands after what people call the thing."""
    return Text(printable(id), QUIET)


def _text(text: str, *below: str) -> Text:
    """Return a text of the ledger, escaped, and never read as markup; others below it, quietly."""
    lines = (Text(printable(each), QUIET) for each in below if each)
    return Text("\n").join((Text(printable(text)), *lines))
