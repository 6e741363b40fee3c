"""Generated parts of the reference of events: fields, small values, words and codes."""

# ruff: noqa: INP001 - scripts next to the pages, no package

from collections.abc import Callable, Iterator
from importlib import import_module
from types import NoneType, UnionType
from typing import get_args, get_origin

import attrs

from coopledger import terms, values
from coopledger._log.vocabulary import TAGS
from coopledger.dates import EdtfDate
from coopledger.events import Act, Event
from coopledger.events._references import OPENED_AGAIN, references
from coopledger.terms import Noun
from docs.parts.codes import CODES, codes_of
from docs.parts.docstrings import attributes, sentence

__all__ = ["EVENTS", "SMALL_VALUES", "WORD_LISTS", "unwrapped"]

SMALL_VALUES = {
    values.Source: values.sources,
    values.Document: values.documents,
    values.Participant: values.participants,
    values.Place: values.place,
    values.Condition: values.conditions,
    values.Renewal: values.renewal,
    values.EntryCondition: values.entry_condition,
    values.Recurrence: values.recurrence,
    values.Amount: values.amount,
}
WORD_LISTS = (
    *(terms.PartyKind, terms.InstrumentKind, terms.InstrumentState, terms.Force),
    *(terms.ConsentMeans, terms.ReservationKind, terms.RenewalDecision),
    *(terms.YieldKind, terms.Direction),
    *(terms.ProposalFirmness, terms.CommitmentFirmness, terms.Role, terms.Basis),
)
PLAIN: dict[object, str] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    EdtfDate: "date",
    values.FrozenMapping: "mapping of JSON values",
    int | float | str: "number or text",
}
# What some fields take that is said neither by their type nor by the table of references.
BY_NAME = {
    "id": "event id",
    "target": "event id",
    "series": "name of a series",
    "condition": "id of a condition",
    "counts": "mapping of names to numbers",
    "creates": "ids of commitments or instruments",
    "country": "country code",
    "currency": "currency code",
}


def words_for(cls: type[attrs.AttrsInstance], field: "attrs.Attribute[object]") -> str:
    """Return in plain words which values a field may have."""
    plain, several = unwrapped(field.type)
    nouns = dict(references(cls)).get(field.name) if issubclass(cls, Event) else None
    opened = cls.__opens__ if issubclass(cls, Event) else None
    if opened is not None and opened == field.name:
        again = opened in OPENED_AGAIN
        return f"{'new or known' if again else 'new'} id of {opened.with_article}"
    if nouns is not None:
        if len(nouns) == len(Noun):
            return f"{'ids' if several else 'id'} of anything"
        names = [noun.plural if several else noun.with_article for noun in nouns]
        return f"{'ids' if several else 'id'} of {' or '.join(names)}"
    if field.name in BY_NAME:
        return BY_NAME[field.name]
    if plain in PLAIN:
        return f"one or several {PLAIN[plain]}s" if several else PLAIN[plain]
    name = getattr(plain, "__name__", "")
    return f"{'one or several ' if several else ''}[{name}](#{name.lower()})"


def rows(cls: type[attrs.AttrsInstance], names: list[str]) -> Iterator[str]:
    """Yield the lines of a table of fields."""
    fields, meanings = attrs.fields_dict(cls), attributes(cls)
    yield from ("| field | | what it takes | meaning |", "| --- | --- | --- | --- |")
    for name in names:
        need = "required" if fields[name].default is attrs.NOTHING else ""
        yield f"| `{name}` | {need} | {words_for(cls, fields[name])} | {meanings[name]} |"


def envelope() -> str:
    """Return the fields that every event may have."""
    return "\n".join(rows(Event, list(attrs.fields_dict(Event))))


def catalogue() -> str:
    """Return every event type, module by module of the vocabulary."""
    modules: dict[str, list[type[Event]]] = {}
    for _, cls in TAGS.values():
        modules.setdefault(cls.__module__, []).append(cls)
    return "\n\n".join(
        part
        for name, types in modules.items()
        for part in (
            f"## {name.rpartition('.')[2].capitalize()}",
            sentence(import_module(name)),
            *map(entry, types),
        )
    )


def entry(cls: type[Event]) -> str:
    """Return the section of one event type."""
    tag, version = next((tag, version) for tag, (version, kind) in TAGS.items() if kind is cls)
    names = [name for name in attrs.fields_dict(cls) if name not in attrs.fields_dict(Event)]
    needs_when = ["when"] if issubclass(cls, Act) else []
    codes = codes_of(cls)
    brings = ", ".join(f"[{code}](#codes)" for code in codes) or "[the general ones](#codes)"
    return "\n".join(
        (
            f"### {cls.__name__}\n",
            f"{sentence(cls)}\n",
            *rows(cls, needs_when + names),
            f"\nWire tag `{tag}`, version {version}. Codes: {brings}.",
        )
    )


def small_values() -> str:
    """Return the sections of the values inside of events that have fields of their own."""
    return "\n\n".join(
        "\n".join(
            (
                f"### {cls.__name__}\n",
                f"{sentence(cls)} {_short_form(reader)}\n",
                *rows(cls, list(attrs.fields_dict(cls))),
            )
        )
        for cls, reader in SMALL_VALUES.items()
    )


def word_lists() -> str:
    """Return the closed lists of words that events use."""
    return "\n\n".join(
        f"### {words.__name__}\n\n{sentence(words)}\n\n" + ", ".join(f"`{word}`" for word in words)
        for words in WORD_LISTS
    )


def codes() -> str:
    """Return every code with its meaning and the events that can cause it."""
    lines = ["| code | meaning | events |", "| --- | --- | --- |"]
    for code, (_, meaning) in CODES.items():
        kinds = [
            f"[{cls.__name__}](#{cls.__name__.lower()})"
            for _, cls in TAGS.values()
            if code in codes_of(cls)
        ]
        lines.append(f"| {code} | {meaning} | {', '.join(kinds) or 'any'} |")
    return "\n".join(lines)


EVENTS: dict[str, Callable[[], str]] = {
    "envelope": envelope,
    "catalogue": catalogue,
    "small-values": small_values,
    "word-lists": word_lists,
    "codes": codes,
}


def unwrapped(wrapped: object) -> tuple[object, bool]:
    """Return the type without its wrappers, and whether several values are allowed."""
    if get_origin(wrapped) is tuple:
        return get_args(wrapped)[0], True
    if isinstance(wrapped, UnionType) and NoneType in get_args(wrapped):
        return next(each for each in get_args(wrapped) if each is not NoneType), False
    return wrapped, False


def _short_form(reader: object) -> str:
    """Return the short form that is accepted for a small value."""
    text = sentence(reader)
    short = [part for part in text.rstrip(".").split("; ") if part.startswith("a text")]
    return f"{short[0][0].upper()}{short[0][1:]}." if short else ""
