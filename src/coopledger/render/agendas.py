"""Agenda beyond promises: meetings, sessions, ends of terms, decisions on them, what to ask."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple, Protocol

from coopledger._dates.lazy_types import Date
from coopledger._display.catalogue import words
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger.answers import Commitment, Instrument, Matter, Meeting, Partnership, Series
from coopledger.dates import EdtfDate
from coopledger.render.series import all_series
from coopledger.render.urgency import last_day
from coopledger.terms import Flag, MeetingStatus, Stage


class Coming(NamedTuple):
    """Meeting, session, end of a term, last day for notice, decision, or thing to ask about again.

    Attributes:
        day: The last day of its date, as an ordinal; today of what waits to be asked again, and of
            a session that should have been held.
        when: Its date.
        word: The status of the thing, or the state of the text.
        is_alarm: Whether who misses it loses something.
        kind: The kind of thing in words.
        what: The title of the thing, or of the text without its parties.
        partnership: The id of the partnership.
        id: The id of the thing.
        name: ``meeting``, ``session_comes``, ``term_ends``, ``last_day_for_notice``, ``to_decide``
            or ``ask_again``.
        flag: That it is to be decided whether a text goes on, or that a session is overdue.
        responsible: Who of us sees to it.
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
    flag: Flag | None = None
    responsible: str | None = None


class Decision(NamedTuple):
    """Text of which somebody has to decide whether it goes on.

    Attributes:
        text: The text.
        when: The next last day: for notice, or of its term.
        partnership: The id of its partnership.
        responsible: Who of us sees to it.
    """

    text: Instrument
    when: EdtfDate
    partnership: str
    responsible: str | None


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

    def series(self, id: str) -> Series:
        """Return the numbers held in a series of meetings, those missing, and the next one."""
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
    found = (*_meetings(view), *_sessions(view), *_ends(view), *_asked(view, within_days))
    near = [each for each in found if today <= each.day <= today + within_days]
    ending = {each.id for each in near if each.flag is Flag.TO_DECIDE}
    near += (each for each in _decisions(view) if each.id not in ending)
    return sorted(near, key=lambda each: (each.day, each.kind, each.what))


def decisions(partnerships: Iterable[Partnership], today: int) -> list[Decision]:
    """Return the texts of which somebody has to decide whether they go on, the next end first."""
    found = [
        Decision(text, when, item.id, text.responsible)
        for item in partnerships
        for text in item.instruments
        if Flag.TO_DECIDE in text.flags and (when := _next_end(text, today)) is not None
    ]
    return sorted(found, key=lambda each: last_day(each.when))


def _next_end(text: Instrument, today: int) -> EdtfDate | None:
    """Return the last day for notice or the end of the term, whichever of those ahead is next."""
    days = [day for day in (text.notice_deadline, text.term_end) if day is not None]
    return min((day for day in days if last_day(day) >= today), key=last_day, default=None)


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


def _sessions(view: Asking) -> Iterator[Coming]:
    """Yield the sessions that are due by the interval of their series, and not announced."""
    today = view.on.toordinal()
    for each in all_series(view).values():
        due = each.series.next_due
        if each.is_due and due is not None and due.last is not None:
            yield Coming(
                day=max(today, due.last),
                when=due,
                word=MeetingStatus.UNRECORDED,
                is_alarm=False,
                kind=words().text("session_comes"),
                what=each.title,
                partnership=each.partnership,
                id=each.series.id,
                name="session_comes",
                flag=next(iter(each.series.flags), None),
            )


def _decisions(view: Asking) -> Iterator[Coming]:
    """Yield the texts of which somebody has to decide, however far their end is."""
    for each in decisions(view.partnerships(), view.on.toordinal()):
        yield Coming(
            day=int(last_day(each.when)),
            when=each.when,
            word=each.text.state,
            is_alarm=False,
            kind=words().term(Flag.TO_DECIDE),
            what=each.text.short_title,
            partnership=each.partnership,
            id=each.text.id,
            name=Flag.TO_DECIDE,
            flag=Flag.TO_DECIDE,
            responsible=each.responsible,
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
                responsible=item.responsible,
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
                flag=Flag.TO_DECIDE if Flag.TO_DECIDE in text.flags else None,
                responsible=text.responsible,
            )
