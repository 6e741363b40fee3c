"""Differences between two views as rows: what, which field, then, now, and because of what."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from itertools import takewhile
from typing import Any, NamedTuple, cast

from coopledger.answers import Difference
from coopledger.answers._nouns import Answer, state_of
from coopledger.dates import EdtfDate, day_of
from coopledger.ledger import Ledger
from coopledger.render.html.office import Office


class Cause(NamedTuple):
    """Event that brought a difference."""

    act: str
    recorded: str


class ChangeRow(NamedTuple):
    """Difference as a row; the thing is named on the first of its rows."""

    name: str
    noun: str
    field: str
    old: str
    new: str
    is_whole: bool
    causes: list[Cause]


class Recording(NamedTuple):
    """Event with its day and the day of its recording, both as ordinals.

    Attributes:
        kind: The name of its type.
        when: The last day of its date; None where it has none, or an open end.
        recorded: The day of its recording, in the zone of the ledger.
    """

    kind: str
    when: int | None
    recorded: int


def recordings(ledger: Ledger, up_to: int) -> dict[str, Recording]:
    """Return every event up to a position by id; it reads the whole log."""
    found: dict[str, Recording] = {}
    for each in takewhile(lambda each: each.position <= up_to, ledger.events()):
        when = each.event.when
        day = day_of(each.recorded_us, ledger.timezone)
        last = None if when is None or when.last is None else int(when.last)
        found[each.id] = Recording(type(each.event).__name__, last, day)
    return found


def change_rows(
    office: Office, found: Iterable[Difference], known: Mapping[str, Recording]
) -> list[ChangeRow]:
    """Return the differences as rows.

    Args:
        office: The office whose words and titles they are told in.
        found: The differences, those of one thing side by side.
        known: The events by id, with the days of their recording.
    """
    rows: list[ChangeRow] = []
    last = ""
    for each in found:
        is_first, last = each.id != last, each.id
        rows.append(
            ChangeRow(
                name=office.title(each.id) if is_first else "",
                noun=office.term(each.noun) if is_first else "",
                field="" if each.field is None else _field(office, each.field),
                old=_told(office, each, each.old),
                new=_told(office, each, each.new),
                is_whole=each.field is None,
                causes=[_cause(office, name, known) for name in each.because_of if name in known],
            )
        )
    return rows


def _cause(office: Office, event: str, known: Mapping[str, Recording]) -> Cause:
    """Return an event as the cause of a difference."""
    kind, _, recorded = known[event]
    day = office.day(recorded)
    return Cause(office.words.heading(office.words.act(kind)), office.text("recorded_on", date=day))


def _field(office: Office, name: str) -> str:
    """Return what a field of an answer is called."""
    try:
        return office.words.heading(office.text(name))
    except KeyError:
        return office.words.heading(office.field(name))


def _told(office: Office, change: Difference, value: object) -> str:
    """Return one side of a difference in words."""
    if change.field is not None:
        return said(office, value)
    if value is None:
        return ""
    name = "appeared" if change.old is None else "vanished"
    state = office.term(state_of(value)) if isinstance(value, Answer) else ""
    return " · ".join(filter(None, (office.text(name), state)))


def said(office: Office, value: object) -> str:
    """Return the value of an answer in words."""
    if isinstance(value, tuple):
        value = ", ".join(said(office, each) for each in cast("tuple[object, ...]", value))
    if value is None or value == "":
        return office.text("none_of_it")
    tell = next((tell for kind, tell in TELLERS if isinstance(value, kind)), None)
    return str(value) if tell is None else tell(office, value)


def _yes_or_no(office: Office, value: Any) -> str:  # noqa: ANN401 - of the type that the table names
    """Return whether something is so."""
    return office.text("yes" if value else "no")


def _date(office: Office, value: Any) -> str:  # noqa: ANN401 - likewise
    """Return a date as it was said."""
    return office.date(value).text


def _named(office: Office, value: Any) -> str:  # noqa: ANN401 - likewise
    """Return what people call a thing; a text that is no id as it is."""
    is_id = value in office.parties or value in office.partnership_of
    return office.title(value) if is_id or value in office.partnerships else value


# How a value is told, by its type; the first that fits.
TELLERS: tuple[tuple[type, Callable[[Office, Any], str]], ...] = (
    (bool, _yes_or_no),
    (StrEnum, Office.term),
    (EdtfDate, _date),
    (date, Office.day),
    (str, _named),
)
