"""What changed since a day: what became due, late, expired, renewed or silent, and the acts."""

from enum import StrEnum
from typing import NamedTuple

from coopledger.answers import Commitment, Instrument, Partnership, TimelineEntry
from coopledger.render.html.acts import act_sign, act_words
from coopledger.render.html.office import Office
from coopledger.render.html.promises import due, when, who_owes
from coopledger.view import View
from coopledger.web.changes import ChangeRow, change_rows, recordings
from coopledger.web.offices import Seen

DAYS_BACK = 30  # where no day is asked for


class NewsRow(NamedTuple):
    """Thing that is new, with the partnership to which it belongs."""

    sign: StrEnum | None
    what: str
    partnership: str
    partner: str
    beside: str


class NewsList(NamedTuple):
    """News of one kind."""

    title: str
    rows: list[NewsRow]


class NewsPage(NamedTuple):
    """What is new since a day; its lists are never empty."""

    title: str
    since: str
    lists: list[NewsList]
    changes: list[ChangeRow]
    minor: str


def news_page(office: Office, seen: Seen, since: str) -> NewsPage:
    """Return what is new since a day or a position.

    Args:
        office: The office of the moment asked about.
        seen: The moment.
        since: The day, or the position of the log; empty for some days before.

    Raises:
        ArgumentError: It is neither, or comes after the moment.
    """
    view: View = seen.view
    news = view.news(int(since) if since.isdecimal() else since or view.on.subtract(days=DAYS_BACK))
    told = (
        ("news_overdue", [_promise(office, each) for each in news.overdue]),
        ("news_due", [_promise(office, each) for each in news.due]),
        ("news_expired", [_text(office, each) for each in news.expired]),
        ("news_renewed", [_text(office, each) for each in news.renewed]),
        ("news_dormant", [_partnership(office, each) for each in news.dormant]),
        ("news_recorded", [_act(office, each) for each in news.recorded]),
    )
    changes = news.main_changes
    known = recordings(seen.ledger, view.position) if changes else {}
    minor = news.minor_changes
    return NewsPage(
        title=office.text("news_since", date=office.day(news.since)),
        since=since or str(news.since),
        lists=[NewsList(office.text(name), rows) for name, rows in told if rows],
        changes=change_rows(office, changes, known),
        minor=office.text("minor_changes", n=minor) if minor else "",
    )


def _promise(office: Office, item: Commitment) -> NewsRow:
    """Return a promise that is new to its list."""
    beside = " · ".join((who_owes(office, item), when(office, item), due(office, item).text))
    what = office.words.heading(item.what or item.id)
    return _of_partnership(office, item.partnership, item.status, what, beside)


def _text(office: Office, item: Instrument) -> NewsRow:
    """Return a text that is new to its list."""
    end = office.date(item.term_end).text
    beside = [office.term(item.state), office.text("until", date=end) if end else ""]
    name = office.partnership_of.get(item.id)
    what = office.titles.get(item.id, item.id)
    return _of_partnership(office, name, item.state, what, " · ".join(filter(None, beside)))


def _partnership(office: Office, item: Partnership) -> NewsRow:
    """Return a partnership that fell silent."""
    beside = office.text("last_activity_on", date=office.date(item.last_activity).text)
    return _of_partnership(office, item.id, item.stage, office.term(item.stage), beside)


def _act(office: Office, item: TimelineEntry) -> NewsRow:
    """Return an act that was recorded."""
    act, what = act_words(office, item)
    name = (
        item.about if item.about in office.partnerships else office.partnership_of.get(item.about)
    )
    told = " · ".join(filter(None, (act, what)))
    return _of_partnership(
        office, name, act_sign(office, item.event), told, office.date(item.when).text
    )


def _of_partnership(
    office: Office, name: str | None, sign: StrEnum | None, what: str, beside: str
) -> NewsRow:
    """Return a thing of a partnership, or of none."""
    return NewsRow(sign, what, name or "", office.title(name), beside)
