"""Agenda beyond promises: meetings, ends of terms, last days for notice, what to ask again."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple, Protocol

from coopledger._dates.lazy_types import Date
from coopledger._display.catalogue import words
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger.answers import Commitment, Instrument, Matter, Meeting, Partnership
from coopledger.dates import EdtfDate
from coopledger.terms import Stage


class Coming(NamedTuple):
    """Meeting, end of a term, last day for notice, or thing to ask about again.

    Attributes:
        day: The last day of its date, as an ordinal; of what waits to be asked again, today.
        when: Its date.
        word: The status of the thing, or the state of the text.
        is_alarm: Whether who misses it loses something.
        kind: The kind of thing in words.
        what: The title of the thing, or of the text without its parties.
        partnership: The id of the partnership.
        id: The id of the thing.
        name: ``meeting``, ``term_ends``, ``last_day_for_notice`` or ``ask_again``.
    """

    day: int
    when: EdtfDate
    word: StrEnum
    is_alarm: bool
    kind: str
    what: str
    partnership: str | None
    id: str
    name: str


class Asking(Protocol):
    """View that answers what the agenda asks."""

    @property
    def on(self) -> Date:
        """Return the day asked about."""
        ...

    def title(self, id: str, *, us: str | None = None) -> str:
        """Return the words by which people know a thing."""
        ...

    def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings announced or held by then."""
        ...

    def partnerships(self) -> tuple[Partnership, ...]:
        """Return the partnerships known then."""
        ...

    def asking_again(self, *, within_days: int = ...) -> tuple[Matter, ...]:
        """Return what to ask about again, on the day or within the days."""
        ...


def coming(view: Asking, *, within_days: int) -> list[Coming]:
    """Return what comes within the days, the next first."""
    today = view.on.toordinal()
    found = (*_meetings(view), *_ends(view), *_asked(view, within_days))
    near = (each for each in found if today <= each.day <= today + within_days)
    return sorted(near, key=lambda each: (each.day, each.kind, each.what))


def due_within(
    promises: Iterable[Commitment], within_days: int, today: Date
) -> tuple[Commitment, ...]:
    """Return the promises that are due by then, without those that are only to be asked about."""
    last = today.toordinal() + within_days
    return tuple(
        each for each in promises if each.due is not None and (each.due.last or last + 1) <= last
    )


def _meetings(view: Asking) -> Iterator[Coming]:
    """Yield the meetings that are announced and not held."""
    for item in view.meetings():
        if item.held is None and item.planned is not None and item.planned.last is not None:
            kind = words().text("meeting_is", status=words().term(item.status))
            yield Coming(
                day=item.planned.last,
                when=item.planned,
                word=item.status,
                is_alarm=False,
                kind=kind,
                what=view.title(item.id),
                partnership=item.partnership,
                id=item.id,
                name="meeting",
            )


def _asked(view: Asking, within_days: int) -> Iterator[Coming]:
    """Yield what to ask about again; what waits for it already is of today."""
    today = view.on.toordinal()
    for item in view.asking_again(within_days=within_days):
        if item.ask_again is not None and item.ask_again.last is not None:
            yield Coming(
                day=max(today, item.ask_again.last),
                when=item.ask_again,
                word=item.status,
                is_alarm=False,
                kind=words().text("ask_again"),
                what=item.text,
                partnership=item.partnership,
                id=item.id,
                name="ask_again",
            )


def _ends(view: Asking) -> Iterator[Coming]:
    """Yield the ends of terms and the last days for notice of texts in effect."""
    for item in view.partnerships():
        for text in item.instruments if item.stage is Stage.ACTIVE else ():
            if text.state in IN_EFFECT:
                yield from _ends_of(text, item.id)


def _ends_of(text: Instrument, partnership: str) -> Iterator[Coming]:
    """Yield the last day for notice and the end of the term of a text, where there are any."""
    days = {"last_day_for_notice": text.notice_deadline, "term_ends": text.ends or text.term_end}
    for name, when in days.items():
        if when is not None and when.last is not None:
            yield Coming(
                day=when.last,
                when=when,
                word=text.state,
                is_alarm=name == "last_day_for_notice",
                kind=words().text(name),
                what=text.short_title,
                partnership=partnership,
                id=text.id,
                name=name,
            )
