"""Calendar of an office as a file: what is pending, for the calendars and phones of people.

Needs ``pip install "coopledger[calendar]"``. Programs that show no tasks, such as those of Google,
Outlook and most phones, show the event of the day; others show the task as well.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

from coopledger._dates.lazy_types import Date
from coopledger._display.catalogue import ENGLISH, Words, words
from coopledger._display.day_words import DayWords, day_words
from coopledger._display.signs import CHECK
from coopledger._escape import printable
from coopledger.answers import CalendarEntry
from coopledger.dates import instant
from coopledger.errors import MissingExtraError
from coopledger.render.html.office import Side
from coopledger.terms import EntryKind, EntryState

__all__ = ["Asking", "calendar"]

PRODUCT = "-//coopledger//coopledger//EN"
TASK = "task."  # before the name of an event, the name of its task
DAY = timedelta(days=1)
ALL_DONE = 100
OF_TASK = {
    EntryState.OPEN: "NEEDS-ACTION",
    EntryState.DONE: "COMPLETED",
    EntryState.CANCELLED: "CANCELLED",
}
# A thing that is done stays on its day, with a check before its words.
OF_EVENT = {**dict.fromkeys(EntryState, "CONFIRMED"), EntryState.CANCELLED: "CANCELLED"}


class Asking(Protocol):
    """View of a ledger, or any other object that answers these questions in the same way."""

    @property
    def on(self) -> Date:
        """Return the day asked about."""
        ...

    def title(self, id: str, *, us: str | None = None, language: str = "en") -> str:
        """Return the words by which people know a party or thing."""
        ...

    def calendar(self) -> tuple[CalendarEntry, ...]:
        """Return the days of what is pending."""
        ...


def calendar(
    view: Asking,
    *,
    us: str | None = None,
    entries: Iterable[CalendarEntry] | None = None,
    language: str = ENGLISH,
) -> bytes:
    """Return the calendar as a file of iCalendar, which is the same for the same view.

    Each entry is an event of the whole day, and a task unless it is a meeting. A date of several
    days stands on its last one, with the date in words; a meeting takes up all its days. An entry
    keeps its name whatever happens to the thing, and its number grows with the log, so that a
    calendar that reads the file again moves, checks or cancels what it has.

    Args:
        view: The moment asked about.
        us: The party whose calendar it is: then it tells what we owe and what they owe.
        entries: Those of the view that the file is to hold, such as
            ``view.calendar(responsible="Lan")``; by default all.
        language: ``en``, ``fr`` or ``vi``; other languages than English need
            ``pip install "coopledger[languages]"``.

    Raises:
        UnknownIdError: The ledger holds no such party.
        ArgumentError: The language cannot be read.
        MissingExtraError: icalendar is not installed, or Babel where a language needs it.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise MissingExtraError("calendar", "icalendar") from None

    page = _Page(view, us, language)
    name = page.said.heading(page.said.text("cooperation"))
    file: Any = Calendar()  # Its types leave many arguments open.
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", printable(name if us is None else f"{name}: {view.title(us)}"))
    for entry in view.calendar() if entries is None else entries:
        for component in page.components(entry):
            file.add_component(component)
    return bytes(file.to_ical())


class _Page:
    """Calendar for one reader, in the words of a language."""

    def __init__(self, view: Asking, us: str | None, language: str) -> None:
        self.view, self.us = view, us
        self.said: Words = words(language)
        self.days: DayWords = day_words(language)
        midnight = datetime.combine(view.on, time(), UTC)
        self.asked_at = midnight

    def components(self, entry: CalendarEntry) -> Iterator[Any]:
        """Yield the event and the task of an entry; a meeting is no task."""
        from icalendar import Event, Todo

        first = self._first(entry)
        event: Any = Event()
        self._fill(event, entry, uid=entry.uid)
        event.add("dtstart", first)
        if entry.day < date.max:
            event.add("dtend", date.fromordinal(entry.day.toordinal()) + DAY)
        event.add("status", OF_EVENT[entry.state])
        event.add("transp", "TRANSPARENT")
        yield event
        if entry.kind is EntryKind.MEETING:
            return
        task: Any = Todo()
        self._fill(task, entry, uid=f"{TASK}{entry.uid}")
        task.add("due", first)
        task.add("status", OF_TASK[entry.state])
        if entry.state is EntryState.DONE:
            task.add("completed", _recorded(entry))
            task.add("percent-complete", ALL_DONE)
        yield task

    def _fill(self, component: Any, entry: CalendarEntry, *, uid: str) -> None:  # noqa: ANN401 - of icalendar
        """Give an event or a task what both have."""
        recorded = _recorded(entry)
        component.add("uid", uid)
        component.add("sequence", entry.position)
        component.add("last-modified", recorded)
        # What moved because time went by, as a text that renewed itself, is newer by its stamp.
        component.add("dtstamp", max(recorded, self.asked_at))
        component.add("summary", printable(self._summary(entry)))
        component.add("description", printable(self._description(entry)))
        component.add("categories", [self.said.term(entry.kind)])

    def _first(self, entry: CalendarEntry) -> date:
        """Return the first day of an entry: of a meeting that lasts the first, else the last."""
        first = entry.when.first
        lasts = entry.kind is EntryKind.MEETING and "/" in entry.when.text
        return date.fromordinal(first if lasts and first else entry.day.toordinal())

    def _summary(self, entry: CalendarEntry) -> str:
        """Return the line of an entry: what there is, of what, with whom, and the date in words."""
        text, parts = self.said.text, [self._what(entry)]
        if entry.kind is not EntryKind.MEETING:
            kind = self.said.term(entry.kind)
            kind = self._side(entry) if entry.kind is EntryKind.DUE else kind
            parts = [text("labelled", name=self.said.heading(kind), what=parts[0])]
        parts += [self._partner(entry)] if self.us is not None else []
        parts += [] if entry.when.exact else [self.days.date(entry.when.text)]
        line = " · ".join(filter(None, parts))
        return f"{CHECK.terminal} {line}" if entry.state is EntryState.DONE else line

    def _description(self, entry: CalendarEntry) -> str:
        """Return the lines of an entry: with whom, the status, who sees to it, its id."""
        who = entry.responsible
        lines = (
            self._partner(entry),
            self.days.date(entry.when.text),
            self.said.term(entry.status),
            self.said.text("is_responsible", who=who) if who else "",
            entry.id,
        )
        return "\n".join(filter(None, lines))

    def _what(self, entry: CalendarEntry) -> str:
        """Return the words by which people know the thing; a series has its id alone."""
        if entry.kind is EntryKind.SESSION:
            return entry.text
        title = self.view.title(entry.id, language=self.said.language)
        return self.said.heading(title) if entry.kind is EntryKind.MEETING else title

    def _side(self, entry: CalendarEntry) -> str:
        """Return who owes a promise, as the reader tells it."""
        sides = {(True, True): Side.BOTH, (True, False): Side.WE, (False, True): Side.THEY}
        side = sides.get((self.us in entry.by, self.us in entry.to), Side.OTHERS)
        return self.said.text(side, name=", ".join(map(self.view.title, entry.by)))

    def _partner(self, entry: CalendarEntry) -> str:
        """Return the names of the other side; nothing where no partnership is known."""
        if entry.partnership is None:
            return ""
        return self.view.title(entry.partnership, us=self.us, language=self.said.language)


def _recorded(entry: CalendarEntry) -> datetime:
    """Return the time at which an entry was last told of."""
    return instant(entry.recorded_us)
