"""What follows a thing up, in words: its sums, its rhythm, slips, reminders, who sees to it."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import Protocol

from coopledger.answers import (
    Commitment,
    Instrument,
    Meeting,
    Obstacle,
    Partnership,
    Proposal,
    Yield,
)
from coopledger.answers._clauses import Writing, how_often
from coopledger.answers._wording import money
from coopledger.render.series import Asking as AskingSeries
from coopledger.render.series import SeriesOf, series_of

Asked = Commitment | Instrument | Proposal
BETWEEN = "; "


def worth(page: Writing, item: Commitment) -> str:
    """Return what a promise is worth, and how much of it is done, as far as that is known."""
    parts: list[str] = []
    if item.amount is not None:
        parts.append(page.words.text("worth", amount=money(item.amount)))
    if item.is_paid_in_part:
        parts.append(page.words.text("outstanding", amount=money(item.outstanding)))
    if item.percent is not None:
        parts.append(page.words.text("percent_done", percent=item.percent))
    return " · ".join(parts)


def rhythm(page: Writing, item: Commitment) -> str:
    """Return how often it comes round, and the next date where another one is due now."""
    parts = [page.text(how_often(item.recurs))] if item.recurs is not None else []
    if item.next_due is not None and item.next_due != item.due:
        parts.append(page.words.text("next_on", date=page.as_said(item.next_due)))
    return " · ".join(parts)


def slips(page: Writing, item: Commitment) -> str:
    """Return how often a promise was put off, and when it was due at first."""
    if not item.times_rescheduled or item.first_due is None:
        return ""
    first = page.as_said(item.first_due)
    return page.words.text("put_off", n=item.times_rescheduled, date=first)


def asked(page: Writing, item: Asked) -> str:
    """Return how often somebody was asked about it, and when to ask again."""
    parts: list[str] = []
    if item.last_asked is not None:
        last = page.as_said(item.last_asked)
        parts.append(page.words.text("asked_last", n=item.times_asked, date=last))
    if item.ask_again is not None:
        parts.append(page.words.text("ask_again_on", date=page.as_said(item.ask_again)))
    return " · ".join(parts)


def responsible(page: Writing, who: str | None) -> str:
    """Return who of us sees to it; nothing where nobody does."""
    return page.words.text("is_responsible", who=who) if who else ""


def postponements(page: Writing, item: Meeting) -> Iterator[str]:
    """Yield how often a meeting was put off, and for when it was planned at first."""
    if item.times_postponed:
        yield page.words.text("postponed_times", n=item.times_postponed)
        if item.first_planned is not None:
            yield page.words.text("first_planned_for", date=page.as_said(item.first_planned))


_NOTES: tuple[Callable[[Writing, Commitment], str], ...] = (worth, slips, asked)


def notes(page: Writing, item: Commitment) -> list[str]:
    """Return what a list says below a promise, beside its rhythm and whom it waits for."""
    return [said for tell in _NOTES if (said := tell(page, item))]


def conduct(page: Writing, item: Partnership | Instrument) -> str:
    """Return what is done under a text, or the liveliest one, and since when; nothing without."""
    if item.conduct is None:
        return ""
    word, first = page.word(item.conduct), item.conduct_since
    if first is None:
        return word
    day = page.day(first) if item.conduct_certain else page.about(first)
    return f"{word} {page.words.text('since_day', date=day)}"


class Asking(AskingSeries, Protocol):
    """View that answers what is asked about a partnership that is followed up."""

    def title(self, id: str, *, us: str | None = None) -> str:
        """Return the words by which people know a party or thing."""
        ...

    def obstacles(self) -> tuple[Obstacle, ...]:
        """Return what stands in the way and is not removed, the oldest first."""
        ...

    def yields(self, *, partnership: str) -> tuple[Yield, ...]:
        """Return what was done in a partnership, as reports say, by kind."""
        ...


def standing(
    view: Asking, page: Writing, item: Partnership, name: Callable[[str], str]
) -> list[str]:
    """Return what a page says of a partnership below its sentence: a line for each thing.

    Who sees to it, and when anybody was heard; then what was done, what is in the way, and the
    series of meetings that come round. ``name`` gives the title of a party or thing.
    """
    text = page.words.text
    heard = page.as_said(item.last_heard) if item.last_heard is not None else ""
    facts = (
        responsible(page, item.responsible),
        f"{text('last_heard')}: {heard}" if heard else "",
        yields(page, view.yields(partnership=item.id)),
    )
    here = (each for each in view.obstacles() if each.partnership == item.id)
    obstacles = (in_the_way(page, each, name) for each in here)
    series = (session(page, each) for each in series_of(view, item.id))
    return [said for said in chain(facts, obstacles, series) if said]


def in_the_way(page: Writing, item: Obstacle, name: Callable[[str], str]) -> str:
    """Return an obstacle: what it is, in the way of what, with whom it lies, and since when."""
    text = page.words.text
    day = "" if item.since is None else page.day(item.since)
    parts = (
        name(item.subject) if item.subject else "",
        text("lies_with", names=", ".join(map(name, item.lies_with))) if item.lies_with else "",
        text("done_via", names=", ".join(map(name, item.via))) if item.via else "",
        text("since_day", date=day) if day else "",
        asked_about(page, item, name),
    )
    return f"{text('obstacle')}: {BETWEEN.join(filter(None, (item.text or item.id, *parts)))}"


def asked_about(page: Writing, item: Obstacle, name: Callable[[str], str]) -> str:
    """Return when somebody was last asked about what an obstacle is in the way of, and who."""
    if item.last_asked is None:
        return ""
    whom, day = ", ".join(map(name, item.asked)), page.as_said(item.last_asked)
    said = page.words.text("whom_asked_on", names=whom, date=day)
    return said if whom else page.words.text("asked_on", date=day)


def yields(page: Writing, items: Sequence[Yield]) -> str:
    """Return in one line what was done, as reports say; nothing where there are no reports."""
    done = BETWEEN.join(
        f"{counted(page, each)} ({page.words.text('count_reports', n=each.reports)})"
        for each in items
    )
    return f"{page.words.text('yields')}: {done}" if done else ""


def counted(page: Writing, item: Yield) -> str:
    """Return of what kind something was done, and how much of it."""
    kind = page.word(item.group) if isinstance(item.group, StrEnum) else ""
    number = "" if item.number is None else f"{item.number} {item.name}"
    said = ": ".join(filter(None, (kind, number)))
    return said or page.words.text("act_ImplementationReported")


def session(page: Writing, item: SeriesOf) -> str:
    """Return how often a series of meetings comes round, and when it is due next."""
    series, text = item.series, page.words.text
    if series.every_months is None:
        return ""
    due = "" if series.next_due is None else page.as_said(series.next_due)
    parts = (
        text("each_months", n=series.every_months),
        text("session_due", date=due) if due else "",
        *map(page.word, series.flags),
    )
    return f"{item.title}: {BETWEEN.join(filter(None, parts))}"
