"""Meetings as rows: the numbers of each series, and what came out of each meeting."""

from enum import StrEnum
from typing import NamedTuple

from coopledger.answers import Meeting, Outcome, Series
from coopledger.events.envelope import about
from coopledger.render.following import postponements
from coopledger.render.html.acts import act_sign, act_words, subject
from coopledger.render.html.flags import FlagBox, flag_box
from coopledger.render.html.office import Office, Said
from coopledger.render.series import SeriesOf
from coopledger.terms import MeetingStatus

MANY_MEETINGS = 300  # Above them a group is opened by a click.
MOST_NUMBERS = 40  # of a series: the last ones


class Number(NamedTuple):
    """Number of a series: held, without record, or the next one."""

    text: str
    manner: str
    title: str
    meeting: str


class SeriesRow(NamedTuple):
    """Series as a row of numbers."""

    title: str
    id: str
    partner: str
    partnership: str
    numbers: list[Number]
    rhythm: str
    next: str
    flags: list[FlagBox]


class OutcomeRow(NamedTuple):
    """Act at a meeting, and where its object stands now."""

    sign: StrEnum | None
    act: str
    what: str
    status: StrEnum | None
    status_name: str


class MeetingRow(NamedTuple):
    """Meeting as a row."""

    anchor: str
    when: Said
    status: MeetingStatus
    status_name: str
    title: str
    details: str
    outcomes: list[OutcomeRow]


class Encounters(NamedTuple):
    """Meetings of one partnership, the newest first."""

    partnership: str
    title: str
    counts: str
    rows: list[MeetingRow]


class MeetingsPage(NamedTuple):
    """Series, and the meetings of each partnership that has any."""

    subtitle: str
    series: list[SeriesRow]
    groups: list[Encounters]
    is_closed: bool


def meetings_page(office: Office) -> MeetingsPage:
    """Return the series and the meetings of the office."""
    meetings = [each for group in office.meetings.values() for each in group]
    held = sum(each.status is MeetingStatus.HELD for each in meetings)
    groups = [_group(office, name, members) for name, members in office.meetings.items()]
    return MeetingsPage(
        subtitle=office.text("count_meetings", n=len(meetings), held=held),
        series=[_series(office, each) for each in office.series.values()],
        groups=sorted(groups, key=lambda each: (not each.partnership, each.title)),
        is_closed=len(meetings) > MANY_MEETINGS,
    )


def _series(office: Office, known: SeriesOf) -> SeriesRow:
    """Return a series: its last numbers, and the next one."""
    series = known.series
    numbered = {each.number: each for each in known.meetings if each.number is not None}
    held = {n: each for n, each in numbered.items() if each.status is MeetingStatus.HELD}
    last = series.last or 0
    first = max(min(held, default=1), last - MOST_NUMBERS + 1)
    numbers = [_number(office, n, held.get(n)) for n in range(first, last + 1)]
    following, next_text = _next(office, series, numbered)
    every = series.every_months
    return SeriesRow(
        title=office.words.heading(known.meetings[-1].kind or office.text("meeting")),
        id=series.id,
        partner=office.title(known.partnership),
        partnership=known.partnership or "",
        numbers=[*numbers, *following],
        rhythm=office.text("each_months", n=every) if every else "",
        next=next_text,
        flags=[flag_box(office, flag) for flag in series.flags],
    )


def _number(office: Office, number: int, item: Meeting | None) -> Number:
    """Return a number that was held, or of which there is no record."""
    if item is None:
        return Number(str(number), "unrecorded", office.term(MeetingStatus.UNRECORDED), "")
    day = office.date(item.held).text
    return Number(str(number), "held", day, item.id)


def _next(office: Office, series: Series, numbered: dict[int, Meeting]) -> tuple[list[Number], str]:
    """Return the next number of a series, and when and where it is, in words."""
    if series.next is None:
        return [], ""
    item = numbered.get(series.next)
    planned = office.date(item.planned).text if item is not None else ""
    status = office.term(item.status) if item is not None else office.text("not_announced")
    host = office.text("hosted_by", name=office.name(series.next_host)) if series.next_host else ""
    due = office.text("session_due", date=office.date(series.next_due).text)
    said = " · ".join(
        filter(None, (str(series.next), planned or status, host, due if series.next_due else ""))
    )
    id = item.id if item is not None else ""
    return [Number(str(series.next), "next", office.text("next"), id)], said


def _group(office: Office, name: str | None, members: list[Meeting]) -> Encounters:
    """Return the meetings of a partnership."""
    title = office.title(name) if name else office.text("of_no_partnership")
    rows = [meeting_row(office, each) for each in reversed(members)]
    return Encounters(name or "", title, str(len(members)), rows)


def meeting_row(office: Office, item: Meeting) -> MeetingRow:
    """Return a meeting with its outcomes."""
    number = "" if item.number is None else f" {item.number}"
    when = item.held or item.planned
    people = ", ".join(filter(None, (each.post or each.person for each in item.participants)))
    details = (
        item.place.name if item.place else "",
        office.text("hosted_by", name=office.name(item.host)) if item.host else "",
        office.text("part_of", name=office.title(item.within)) if item.within else "",
        *postponements(office.writing, item),
        people,
    )
    return MeetingRow(
        anchor=office.meeting_anchors[item.id],
        when=office.date(when) if when else Said(office.text("undated")),
        status=item.status,
        status_name=office.term(item.status),
        title=office.words.heading(item.kind or item.id) + number,
        details=" · ".join(filter(None, details)),
        outcomes=[_outcome(office, each) for each in office.view.outcomes(item.id)],
    )


def _outcome(office: Office, item: Outcome) -> OutcomeRow:
    """Return an act at a meeting, and where its object stands now."""
    act, what = act_words(office, item)
    event = office.happened.get(item.event)
    if event is not None and about(event) != item.about:  # It fulfils or realises this as well.
        what = subject(office, item.about)
    status = office.term(item.status)
    return OutcomeRow(act_sign(office, item.event), act, what, item.status, status)
