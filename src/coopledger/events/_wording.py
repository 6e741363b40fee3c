"""Events in words: when, what, about which thing, and what the record says of it."""

from coopledger.dates import EdtfDate

# The fields that say what an event is about, most telling first.
ABOUT = (
    "commitment",
    "proposal",
    "instrument",
    "meeting",
    "figure",
    "subject",
    "partnership",
    "party",
    "target",
)
# The fields that say it in words, most telling first.
WORDS = ("what", "text", "measure", "name", "title", "reason", "summary", "result", "kind", "note")


def sentence(event: object, *, when: EdtfDate | None, effective: EdtfDate | None) -> str:
    """One event on one line: its date, its type, what it is about, in which words."""
    date = "undated" if when is None else when.text
    counted = "" if effective is None else f" (counts from {effective.text})"
    words = told(event)
    return f"{date}{counted} {type(event).__name__} {about(event)}".rstrip() + (
        f", {words}" if words else ""
    )


def about(event: object) -> str:
    """The id of what the event is about, or several of them."""
    return _first(event, ABOUT)


def told(event: object) -> str:
    """Who did what, in the words of the record."""
    by: tuple[str, ...] = getattr(event, "by", ()) or getattr(event, "debtors", ())
    return ": ".join(part for part in (", ".join(by), _first(event, WORDS)) if part)


def _first(event: object, fields: tuple[str, ...]) -> str:
    """The first of the fields that the event has, as text; several ids with commas."""
    found: str | tuple[str, ...] = next(
        (value for name in fields if (value := getattr(event, name, None))), ""
    )
    return ", ".join(found) if isinstance(found, tuple) else str(found)
