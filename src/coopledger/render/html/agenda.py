"""Agenda as rows: what comes due, meets, ends, must be said or asked again, by week."""

import calendar
from collections import Counter
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from coopledger._rules.instrument_table import IN_EFFECT
from coopledger.answers import Instrument, Partnership
from coopledger.dates import EdtfDate
from coopledger.render.agendas import decisions
from coopledger.render.html.flags import FlagBox, flag_box, flag_boxes
from coopledger.render.html.office import Office, Side
from coopledger.render.html.promises import due
from coopledger.terms import Flag, MeetingStatus, Stage

AHEAD_DAYS = 92
MONTHS_AHEAD = 3
MOST_DOTS = 4


class Coming(NamedTuple):
    """Thing that comes on a day."""

    day: int
    shown: str
    sign: StrEnum | None
    is_alarm: bool
    lead: str
    what: str
    details: str
    kind: str
    partnership: str
    flags: list[FlagBox]


class Decision(NamedTuple):
    """Text of which somebody has to decide whether it goes on."""

    what: str
    details: str
    by: str


class Week(NamedTuple):
    """Things that come in one week."""

    name: str
    days: str
    things: list[Coming]


class Day(NamedTuple):
    """Day of a calendar: its number, 0 beside the month, and how many things come then."""

    number: int
    things: int
    dots: int
    is_today: bool


class Month(NamedTuple):
    """Calendar of a month, by weeks that begin on Monday."""

    name: str
    weeks: list[list[Day]]


class Agenda(NamedTuple):
    """What comes by week, the calendars of three months, and promises without a date."""

    subtitle: str
    weeks: list[Week]
    weekdays: list[str]
    months: list[Month]
    decisions: list[Decision]
    undated: list[tuple[str, str]]


def agenda(office: Office) -> Agenda:
    """Return what comes within three months of the day."""
    last = office.today + AHEAD_DAYS
    sources = (_promises, _meetings, _sessions, _ends, _asked)
    all_things = (thing for find in sources for thing in find(office))
    things = sorted(thing for thing in all_things if office.today <= thing.day <= last)
    weeks: dict[date, list[Coming]] = {}
    for thing in things:
        day = date.fromordinal(thing.day)
        weeks.setdefault(day - timedelta(day.weekday()), []).append(thing)
    return Agenda(
        subtitle=office.text("agenda_from", date=office.day(office.today)),
        weeks=[
            Week(
                office.text("week", n=monday.isocalendar().week),
                f"{office.day(monday)} – {office.day(monday + timedelta(6))}",
                members,
            )
            for monday, members in weeks.items()
        ],
        weekdays=office.text("weekdays").split(),
        months=_months(office, Counter(thing.day for thing in things)),
        decisions=_decisions(office),
        undated=_undated(office),
    )


def _decisions(office: Office) -> list[Decision]:
    """Return the texts of which somebody has to decide whether they go on, the next end first."""
    return [
        Decision(
            what=office.titles[each.text.id],
            details=" · ".join(filter(None, (office.title(each.partnership), each.responsible))),
            by=office.date(each.when).text,
        )
        for each in decisions(office.partnerships.values(), office.today)
    ]


def _undated(office: Office) -> list[tuple[str, str]]:
    """Return the promises whose time was said in words alone."""
    return [
        (
            office.words.heading(item.what or item.id),
            " · ".join((office.title(item.partnership), due(office, item).text)),
        )
        for items in office.promises.values()
        for item in items
        if item.due_text and item.due is None
    ]


def _months(office: Office, counts: Counter[int]) -> list[Month]:
    """Return the calendars of the month of the day and of those after it."""
    today = date.fromordinal(office.today)
    months: list[Month] = []
    for ahead in range(MONTHS_AHEAD):
        years, month = divmod(today.month - 1 + ahead, 12)
        year = today.year + years
        if year > date.max.year:
            break
        first = date(year, month + 1, 1).toordinal()
        weeks = [
            [_day(number, first + number - 1, counts, today=office.today) for number in week]
            for week in calendar.Calendar().monthdayscalendar(year, month + 1)
        ]
        name = office.days.date(f"{year:04d}-{month + 1:02d}")
        months.append(Month(office.words.heading(name), weeks))
    return months


def _day(number: int, ordinal: int, counts: Counter[int], *, today: int) -> Day:
    """Return a day of a calendar; one beside the month holds nothing."""
    things = counts[ordinal] if number else 0
    return Day(number, things, min(things, MOST_DOTS), bool(number) and ordinal == today)


def _shown(office: Office, when: EdtfDate) -> str:
    """Return a date as it was said; where it is one day, the day of the week before it."""
    said = office.date(when).text
    if not when.exact or when.last is None:
        return said
    return f"{office.text('weekdays').split()[date.fromordinal(when.last).weekday()]} {said}"


def _promises(office: Office) -> list[Coming]:
    """Return the promises that come due, on the last day of their dates."""
    things: list[Coming] = []
    for items in office.promises.values():
        for item in items:
            if item.due is not None and item.due.last is not None:
                side = office.side(item)
                who = office.text(side, name=office.names(item.owed_by))
                kinds = {Side.WE: "to_do", Side.THEY: "to_receive"}
                things.append(
                    Coming(
                        day=item.due.last,
                        shown=_shown(office, item.due),
                        sign=item.status,
                        is_alarm=False,
                        lead="",
                        what=office.words.heading(item.what or item.id),
                        details=f"{who} · {office.title(item.partnership)}",
                        kind=office.text(kinds.get(side, "promise_due")),
                        partnership=item.partnership or "",
                        flags=flag_boxes(office, item),
                    )
                )
    return things


def _meetings(office: Office) -> list[Coming]:
    """Return the meetings that are announced."""
    return [
        Coming(
            day=item.planned.last,
            shown=_shown(office, item.planned),
            sign=item.status,
            is_alarm=False,
            lead="",
            what=office.words.heading(item.kind or item.id),
            details=office.title(item.partnership),
            kind=office.text("meeting_is", status=office.term(item.status)),
            partnership=item.partnership or "",
            flags=[],
        )
        for items in office.meetings.values()
        for item in items
        if item.planned is not None and item.planned.last is not None
    ]


def _sessions(office: Office) -> list[Coming]:
    """Return the sessions that are due by the interval of their series, and not announced."""
    return [
        Coming(
            day=max(office.today, due.last),
            shown=_shown(office, due),
            sign=MeetingStatus.UNRECORDED,
            is_alarm=False,
            lead="",
            what=office.words.heading(each.title),
            details=office.title(each.partnership),
            kind=office.text("session_comes"),
            partnership=each.partnership or "",
            flags=[flag_box(office, flag) for flag in each.series.flags],
        )
        for each in office.series.values()
        if each.is_due and (due := each.series.next_due) is not None and due.last is not None
    ]


def _asked(office: Office) -> list[Coming]:
    """Return what to ask about again; what waits for it already is of today."""
    return [
        Coming(
            day=max(office.today, item.ask_again.last),
            shown=_shown(office, item.ask_again),
            sign=item.status,
            is_alarm=False,
            lead="",
            what=office.words.heading(office.title(item.id)),
            details=" · ".join(filter(None, (item.responsible, office.title(item.partnership)))),
            kind=office.text("ask_again"),
            partnership=item.partnership or "",
            flags=[],
        )
        for item in office.view.asking_again(within_days=AHEAD_DAYS)
        if item.ask_again is not None and item.ask_again.last is not None
    ]


def _ends(office: Office) -> list[Coming]:
    """Return the ends of terms, and the last days for notice."""
    texts = (
        (item, text)
        for item in office.partnerships.values()
        for text in item.instruments
        if item.stage is Stage.ACTIVE and text.state in IN_EFFECT
    )
    return [
        coming
        for item, text in texts
        for name, when in (
            ("last_day_for_notice", text.notice_deadline),
            ("term_ends", text.ends or text.term_end),
        )
        if (coming := _end(office, item, text, name, when)) is not None
    ]


def _end(
    office: Office, item: Partnership, text: Instrument, name: str, when: EdtfDate | None
) -> Coming | None:
    """Return an end of a text, or the last day for notice; None where there is no such day."""
    if when is None or when.last is None:
        return None
    is_alarm = name == "last_day_for_notice"
    title = office.titles.get(text.id, text.id)
    ends = office.date(text.term_end).text
    renews = office.text("else_renews", date=ends) if is_alarm and ends else ""
    return Coming(
        day=when.last,
        shown=_shown(office, when),
        sign=text.state,
        is_alarm=is_alarm,
        lead=office.words.heading(office.text(name)),
        what=title,
        details=" · ".join(filter(None, (office.title(item.id), renews))),
        kind=office.text("notice_kind" if is_alarm else "end_kind"),
        partnership=item.id,
        flags=[flag_box(office, Flag.TO_DECIDE)] if Flag.TO_DECIDE in text.flags else [],
    )
