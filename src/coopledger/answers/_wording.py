"""Phrases of which the one line of text of an answer is made."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

from coopledger._display.catalogue import words
from coopledger._escape import printable
from coopledger.dates import EdtfDate
from coopledger.values import Amount, Document, Participant, Recurrence, Source

# Mark after a day that rests on a date that is not one single certain day.
ABOUT = "~"

Value: TypeAlias = tuple[str, ...] | str | int | EdtfDate | date | None


def label(word: str) -> str:
    """Return a word of a list as people write it, without underscores."""
    return word.replace("_", " ")


def comma_list(names: Iterable[str]) -> str:
    """Return the names with commas between them."""
    return ", ".join(names)


def state_since(state: str, since: date | None, *, certain: bool) -> str:
    """Return a state and its first day, marked where it rests on a date that is not exact."""
    return f"{label(state)}{phrase(' since ', since, approx(certain=certain))}"


def days(number: int | None) -> str | None:
    """Return a number of days in words; None where there is no number."""
    return None if number is None else f"{number} {'day' if number == 1 else 'days'}"


def times(number: int) -> str:
    """Return how often something happened, in words."""
    return "once" if number == 1 else f"{number} times"


def at_least(number: int | None, *, certain: bool) -> str | None:
    """Return a number of days above 0 in words, as the least where a date behind it is fuzzy."""
    text = days(number or None)
    return text if certain or text is None else f"at least {text}"


def approx(*, certain: bool) -> str:
    """Return the mark that follows a day: ``~`` unless every date behind it is exact."""
    return "" if certain else ABOUT


def someone(participant: Participant) -> str:
    """Return the name of a participant, or else the office or the party."""
    return participant.person or participant.post or participant.party or ""


def called(document: Document) -> str:
    """Return the title of a document, or else where it is, or the beginning of its digest."""
    return document.title or document.address or f"SHA-256 {(document.sha256 or '')[:12]}"


def phrase(before: str, value: Value, after: str = "") -> str:
    """Return the value, or the names, between two texts; nothing where there is no value."""
    if not value:
        return ""
    return f"{before}{comma_list(value) if isinstance(value, tuple) else value}{after}"


def money(amount: Amount | None) -> str:
    """Return an amount with its currency; nothing where there is none."""
    return "" if amount is None else f"{amount.value} {amount.currency}"


def every(recurs: Recurrence | None) -> str:
    """Return how often something comes round, such as ``every 6 months``; nothing where once."""
    if recurs is None:
        return ""
    lengths = {"month": recurs.months, "year": recurs.years, "day": recurs.days}
    unit, length = next((unit, length) for unit, length in lengths.items() if length)
    return f"every {unit}" if length == 1 else f"every {length} {unit}s"


def named(title: str | None, id: str) -> str:
    """Return a title with the id behind it; the id alone where there is no other title."""
    return f"{title} ({id})" if title and title != id else id


def act(answer: Any) -> str:  # noqa: ANN401 - an answer about one event
    """Return the type of an event, what it is about, and its id where that is another."""
    event = "" if answer.event == answer.about else f" ({answer.event})"
    return f"{answer.type} {answer.about}{event}"


def subject(answer: Any) -> str:  # noqa: ANN401 - of any class that has an id
    """Return what an answer is about: its title or words, and its id."""
    words = (getattr(answer, field, None) for field in ("title", "what", "text", "name", "kind"))
    return named(next(filter(None, words), None), answer.id)


def one_line(subject: str, *parts: str | None) -> str:
    """Return the subject and its parts on one line; parts that are empty or None are left out."""
    text = "; ".join(part for part in parts if part)
    return printable(" ".join(f"{subject}: {text}".split()))


def cited(source: Source) -> str:
    """Return the name of a source, and on what it rests."""
    names = (source.title, source.publisher, source.author, source.address, source.locator)
    name = str(next(filter(None, names), "")) or words().text("source_without_name")
    return f"{name} ({words().term(source.basis)})" if source.basis else name
