"""Answers as a notebook shows them: a table for a list, the facts for one answer.

An answer is shown by what it holds. Its class is known here by name alone, so that this room
stands below all answers.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

import attrs

from coopledger._display.catalogue import words
from coopledger._display.cells import (
    Column,
    caption,
    cell,
    facts_table,
    output,
    rows_table,
    since,
    when,
)
from coopledger._display.day_words import day_words
from coopledger._display.markup import Axis, Html, Spell, drawing, element, joined, lifeline, term
from coopledger._display.signs import SIGNS
from coopledger._rules.party_case import ENOUGH
from coopledger.answers._apart import names_apart
from coopledger.answers._clauses import for_people, how_often, told
from coopledger.answers._wording import cited, comma_list, label, named
from coopledger.dates import to_date
from coopledger.terms import CommitmentStatus, InstrumentState
from coopledger.values import Recurrence

Reader: TypeAlias = Callable[[Any], object]

LIFELINE = 520
IDS = frozenset({"id", "event", "because of"})
# Acts that are words alone: what was said follows who said it.
SAID = frozenset({"CommitmentMade", "InterestExpressed", "ProposalMade"})
ONLY_ID = frozenset({"id"})
# Facts of a text that the table of its parties tells.
OF_PARTIES = frozenset({"id", "parties", "in_force_for", "missing_signers", "not_ratified"})
NEWS = ("due", "overdue", "expired", "renewed", "dormant", "recorded", "changed")
LONG_TEXTS = frozenset({"what", "text", "title", "scope", "sources", "reservations"})


def list_html(items: Sequence[Any], title: str, columns: Sequence[tuple[str, Reader]]) -> str:
    """Return a list of answers of one class as a table, with the columns of the printed one."""
    if not items:
        return output(element("p", element("b", title), " ", words().text("nothing_listed")))
    end = getattr(items, "end", "")
    return output(list_table(items, title, columns), element("p", end) if end else Html(""))


def list_table(items: Sequence[Any], title: str, columns: Sequence[tuple[str, Reader]]) -> Html:
    """Return a list that is not empty as a table below its title."""
    special = _TABLES.get(type(items[0]).__name__)
    named = [(header, partial(_read, items, header, read)) for header, read in columns]
    shown = special(items) if special else [_column(items, *each) for each in named]
    return rows_table(caption(title), shown)


def _read(items: Any, header: str, read: Reader, item: object) -> object:
    """Return the value of a column, with names in the place of ids."""
    return items.named(header, read(item))


def answer_html(answer: Any) -> str:
    """Return one answer: what it is, and the facts that it holds."""
    return output(_ONE.get(type(answer).__name__, _facts)(answer))


def partnership_columns(items: Sequence[Any], names: Sequence[str]) -> list[Column]:
    """Return the columns of partnerships: who, by the names given, stage, since when, texts."""
    text = words().text
    return [
        Column(text("partner"), [element("span", name) for name in names], "w"),
        Column(text("stage"), [_stage(each) for each in items]),
        Column(text("since"), [_since(each) for each in items]),
        Column(text("texts"), [_texts(each.instruments) for each in items]),
    ]


def activity_columns(items: Sequence[Any]) -> list[Column]:
    """Return the columns of partnerships that come last: the activity, the flags, the id."""
    text = words().text
    return [
        Column(text("last_activity"), [when(each.last_activity) for each in items]),
        Column(text("flags"), [_flags(each) for each in items], "f"),
        _column(items, "id", lambda each: each.id),
    ]


def _stage(item: Any) -> Html:
    """Return the stage with its sign, and what is done under the texts beside it."""
    return joined((term(item.stage, words(), capital=True), _conduct(item)))


def _conduct(item: Any) -> Html:
    """Return what is done under a text or the texts of a partnership, after a dot."""
    if item.conduct is None:
        return Html("")
    return element("span", " · ", words().term(item.conduct), class_="q")


def _column(items: Sequence[Any], header: str, read: Reader) -> Column:
    """Return the column of one value: numbers to the right, ids in fixed width."""
    heading = words().heading(header)
    if header == "since":
        return Column(heading, [_since(each) for each in items])
    values = [read(each) for each in items]
    if header in IDS:
        return Column(heading, [element("code", cell(value)) for value in values])
    if any(isinstance(value, int) for value in values):
        return Column(heading, [cell(value) for value in values], "n")
    return Column(heading, [cell(value) for value in values], "w" if header in LONG_TEXTS else None)


def _commitments(items: Sequence[Any]) -> list[Column]:
    """Return the columns of commitments: when, what, who, the due date as said, how firmly."""
    text = words().text
    return [
        Column(text("when"), [_urgency(each) for each in items]),
        Column(text("what"), [cell(each.what) for each in items], "w"),
        Column(text("who"), [_debt(items, each) for each in items]),
        Column(text("due_as_said"), [_due(each) for each in items]),
        Column(text("firmness"), [_firmness(each) for each in items], "q"),
        Column(text("flags"), [_flags(each) for each in items], "f"),
        Column(text("responsible"), [cell(each.responsible) for each in items], "q"),
        _column(items, "id", lambda each: each.id),
    ]


def _partnerships(items: Sequence[Any]) -> list[Column]:
    """Return the columns of partnerships."""
    names = [each.title for each in items]
    return [*partnership_columns(items, names), *activity_columns(items)]


def _urgency(item: Any) -> Html:
    """Return the status of a commitment with its sign, in days where it is late."""
    if item.days_overdue is None:
        return term(item.status, words())
    sign = SIGNS[CommitmentStatus][item.status]
    late = words().text("days_overdue", n=item.days_overdue)
    return joined((drawing(sign), element("span", late, class_="late")))


def _debt(items: Any, item: Any) -> Html:
    """Return who owes it, by name."""
    names = comma_list(map(items.name_of, item.debtors))
    return cell(words().text("owes", name=names)) if names else cell("")


def _due(item: Any) -> Html:
    """Return the due date as it was said, or the meeting at which it is due."""
    said = when(item.due, item.due_text) or cell(item.due_meeting)
    return joined((said or element("span", words().text("no_date"), class_="q"), _rhythm(item)))


def _rhythm(item: Any) -> Html:
    """Return how often it comes round, and the next date where another one is due now."""
    if item.recurs is None:
        return Html("")
    said = [for_people().text(how_often(item.recurs))]
    if item.next_due is not None and item.next_due != item.due:
        said.append(words().text("next_on", date=day_words().date(item.next_due.text)))
    return element("div", " · ".join(said), class_="q")


def _firmness(item: Any) -> Html:
    """Return how firmly it was promised, in the word of the record."""
    return cell(None if item.firmness is None else words().term(item.firmness))


def _since(item: Any) -> Html:
    """Return the first day of an answer, as about so where it rests on a fuzzy date."""
    return since(item.since, certain=getattr(item, "since_certain", True))


def _flags(item: Any) -> Html:
    """Return the flags of an answer side by side."""
    return joined(map(cell, item.flags), between=" ")


def _texts(instruments: Sequence[Any]) -> Html:
    """Return the texts of a partnership one below the other: the kind and the state."""
    names = names_apart(instruments)
    return joined(map(_text, instruments, names), between="<br>")


def _text(item: Any, name: str) -> Html:
    """Return a text with the sign of its state."""
    sign = SIGNS[type(item.state)][item.state]
    state = element("span", words().term(item.state), class_="q")
    return joined((drawing(sign), element("span", words().heading(name)), " ", state))


def _kind(item: Any) -> str:
    """Return the kind of a text, or else its id."""
    return words().term(item.kind) if item.kind else item.id


def _partnership(item: Any) -> Html:
    """Return a partnership: its stage, its flags, its texts, and how to ask why."""
    day = since(item.since, certain=item.since_certain)
    stage = words().text("stage_since", stage=words().term(item.stage), date="")
    title = element(
        "p",
        drawing(SIGNS[type(item.stage)][item.stage]),
        element("b", item.title),
        " ",
        element("span", stage if item.since else words().term(item.stage), day, class_="q"),
        _conduct(item),
        *(joined((" ", cell(each))) for each in item.flags),
    )
    text = words().text
    texts = item.instruments
    columns = [
        Column(
            text("texts"), [joined((_text(each, _kind(each)), _conduct(each))) for each in texts]
        ),
        Column(text("title"), [cell(each.title) for each in texts], "w"),
        Column(text("since"), [_since(each) for each in texts]),
        Column(text("until_column"), [when(each.term_end) for each in texts]),
        Column(text("flags"), [_flags(each) for each in texts], "f"),
        _column(texts, "id", lambda each: each.id),
    ]
    facts = [
        (text("last_activity"), when(item.last_activity)),
        (words().heading(text("last_heard")), when(item.last_heard)),
        (text("responsible"), cell(item.responsible)),
    ]
    rest = facts_table(Html(""), facts)
    table = rows_table(Html(""), columns) if texts else ""
    return joined((title, table, rest, *map(_parties, texts)))


def _instrument(item: Any) -> Html:
    """Return the facts of a text, and its parties as a table where they are more than two."""
    parties = _parties(item)
    return joined((_facts(item, without=OF_PARTIES if parties else ONLY_ID), parties))


def _parties(item: Any) -> Html:
    """Return the parties of a text that has more than two, and what each has still to do."""
    if len(item.parties) <= ENOUGH:
        return Html("")
    text, number = words().text, len(item.parties)
    bound = text("in_force_for_some", n=len(item.in_force_for), number=number)
    asked = element("code", f"view.participations({item.id!r})")
    columns = [
        Column(text("party"), [element("code", each) for each in item.parties]),
        Column(text("state"), [cell(_part(item, each)) for each in item.parties]),
    ]
    title = joined((caption(text("parties_of", what=item.title), f"{bound} · "), asked))
    return rows_table(title, columns)


def _part(item: Any, party: str) -> str:
    """Return where a party of a text stands: bound, or what it has still to do."""
    if party in item.in_force_for:
        return words().term(InstrumentState.IN_FORCE)
    if party in item.missing_signers:
        return words().text("not_signed")
    return words().text("no_consent") if party in item.not_ratified else ""


def _explanation(item: Any) -> Html:
    """Return the sentence with the sign of the state, the events that decided it, and the rule."""
    sign = SIGNS[type(item.state)][item.state]
    told = for_people().sentence(item.clauses, subject=named(item.title, item.id))
    sentence = element("p", drawing(sign), element("b", item.title), told.removeprefix(item.title))
    events = rows_table(Html(""), _entries(item.acts)) if item.acts else ""
    return joined((sentence, events, element("p", item.rule, class_="q")))


def _entries(items: Any) -> list[Column]:
    """Return the columns of acts: when, who did what, on what it rests, when it was recorded."""
    text = words().text
    return [
        Column(text("when"), [_dated(each) for each in items]),
        Column(text("what"), [_act(items, each) for each in items], "w"),
        Column(text("source"), [_sources(each) for each in items], "w q"),
        Column(text("recorded"), [_recorded(each) for each in items], "q"),
        Column(text("id"), [element("code", each.event) for each in items]),
    ]


def _dated(item: Any) -> Html:
    """Return the date of an act as it was said, and from when it counts where that differs."""
    counted = ""
    if item.effective is not None and item.effective != item.when:
        from_day = words().text("counts_from", date=day_words().date(item.effective.text))
        counted = element("div", from_day, class_="q")
    return joined(
        (when(item.when) or element("span", words().text("undated"), class_="q"), counted)
    )


def _act(items: Any, item: Any) -> Html:
    """Return who did what, and to what, by the titles of things."""
    act, title = words().act(item.type), items.name_of(item.about)
    subject = "" if title == item.about else title
    if item.type in SAID:
        act = words().text(
            "firmness_of", firmness=act, name=comma_list(map(items.name_of, item.by))
        )
        subject = item.said or title
    what = told(subject, item.said, item.more, for_people())
    between = element("span", " · ", class_="q") if what else ""
    return joined((words().heading(act), between, what))


def _sources(item: Any) -> Html:
    """Return on what an act rests."""
    if not item.sources:
        return cell(words().text("no_source") if item.when is not None else "")
    return joined(map(cited, item.sources), between="<br>")


def _recorded(item: Any) -> Html:
    """Return the day of recording, in UTC, and who recorded it."""
    day = item.recorded_at.date()
    by = item.recorded_by
    return joined((cell(day), element("div", by) if by else ""))


def _durations(item: Any) -> Html:
    """Return the life of a partnership as a line, and its stages as a table."""
    table = rows_table(
        caption(item.partnership),
        [
            Column(words().text("stage"), [cell(each.stage) for each in item.spells]),
            Column(words().text("since"), [_since(each) for each in item.spells]),
            Column(words().text("until_column"), [cell(each.ended) for each in item.spells]),
            _column(item.spells, "days", lambda each: each.days),
        ],
    )
    dated = [each for each in item.spells if each.days is not None]
    return joined((_life(dated), table)) if dated else table


def _life(spells: Sequence[Any]) -> Html:
    """Return the lifeline of spells with a first day, above its first and its last day."""
    first, last = spells[0].since, spells[-1].since.toordinal() + spells[-1].days
    axis = Axis(first.toordinal(), last, LIFELINE)
    told = day_words().day(first)
    drawn = [
        Spell(each.stage, each.since.toordinal(), each.ended and each.ended.toordinal())
        for each in spells
    ]
    ends = (element("span", told), element("span", day_words().day(to_date(last))))
    line = lifeline(axis, drawn, label=words().text("stages_since", date=told))
    return joined((line, element("p", *ends, class_="ends q")))


def _news(item: Any) -> Html:
    """Return each list of news that is not empty as a table below its name."""
    day = day_words().day(item.since)
    head = element("p", element("b", words().text("news_since", date=day)))
    lists = [(name, getattr(item, name)) for name in NEWS]
    tables = [each.table_html(words().text(f"news_{name}")) for name, each in lists if each]
    return joined((head, *(tables or [element("p", words().text("nothing_listed"))])))


def _facts(item: Any, *, without: frozenset[str] = ONLY_ID) -> Html:
    """Return every fact of an answer that is not empty, but for some fields."""
    fields = [(each.name, getattr(item, each.name)) for each in attrs.fields(item.__class__)]
    name = getattr(item, "id", "")
    facts = [
        (words().heading(label(field)), _fact(field, value))
        for field, value in fields
        if field not in without
    ]
    return facts_table(caption(words().heading(_noun(item)), name), facts)


def _fact(field: str, value: Any) -> Html:
    """Return the value of a field; nothing of what happened no time."""
    if isinstance(value, Recurrence):
        return cell(for_people().text(how_often(value)))
    return cell(value or None if field.startswith("times_") else value)


def _noun(item: Any) -> str:
    """Return the class of an answer as a word."""
    return "".join(f" {each.lower()}" if each.isupper() else each for each in type(item).__name__)[
        1:
    ]


_TABLES: dict[str, Callable[[Sequence[Any]], list[Column]]] = {
    "Commitment": _commitments,
    "Partnership": _partnerships,
    "TimelineEntry": _entries,
}
_ONE: dict[str, Callable[[Any], Html]] = {
    "Durations": _durations,
    "Explanation": _explanation,
    "Instrument": _instrument,
    "News": _news,
    "Partnership": _partnership,
}
