"""Logs with events of every class, each with every field, all of whose texts are the same.

A new class and a new field come in by themselves. The hostile log is one of an older version, whose
texts hold signs that a terminal obeys.
"""

from collections.abc import Iterator, Mapping
from enum import EnumMeta
from itertools import count
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin

import attrs

from coopledger.events import Event, NoteAdded
from coopledger.events._references import references
from coopledger.events.envelope import remade
from coopledger.stores import Store
from coopledger.terms import Noun
from tests.builders import store_unchecked
from tests.strategies import CLASSES

EVIL = "a\x1b[31mb\x00c\x07d\x9b2Je\u202ef\x7fg\u2028h\ri"
# Ids of older logs may hold signs that nobody sees, and no control characters.
SIGN = "\u202e"
PLAIN: dict[object, object] = {bool: True, int: 1}
# The classes that bring a thing into the ledger, of which the others need one each.
OPENERS = {cls.__opens__: cls for cls in reversed(CLASSES) if cls.__opens__ is not None}
THINGS = tuple(noun for noun in Noun if noun not in {Noun.PARTY, Noun.PARTNERSHIP})


def hostile_log(store: Store) -> None:
    """Store the events as a version that refused nothing, with signs that a terminal obeys."""
    store_unchecked(store, *every_event(EVIL, SIGN))


def parties(sign: str) -> tuple[str, str]:
    """Return the ids of the two parties."""
    return f"p1{sign}", f"p2{sign}"


def partnership(sign: str) -> str:
    """Return the id of the partnership."""
    return f"s1{sign}"


def every_event(text: str, sign: str = "") -> Iterator[Event]:
    """Yield two parties and a partnership, and then events of every class, each on a new thing.

    Args:
        text: The content of every text.
        sign: The end of every id.
    """
    numbers = (f"{number}{sign}" for number in count(1))
    said = _said(text, sign)
    for party in parties(sign):
        yield _made(OPENERS[Noun.PARTY], said, party=party, parent=None, id=next(numbers))
    known: dict[str, object] = {"partnership": partnership(sign), "parties": parties(sign)}
    yield _made(OPENERS[Noun.PARTNERSHIP], said, **known, parent=None, id=next(numbers))
    for number, cls in enumerate(CLASSES):
        own = {noun.value: f"{noun[0]}{number}{sign}" for noun in Noun}
        own["partnership"] = partnership(sign)
        named = {field for field, _ in references(cls)}
        for noun in THINGS:
            if noun in named and cls.__opens__ is not noun:
                yield _made(OPENERS[noun], said, **own, id=next(numbers))
        about = dict(references(cls)).get("subject", (Noun.PARTNERSHIP,))
        if Noun.PARTNERSHIP not in about:
            yield _made(OPENERS[about[0]], said, **own, id=next(numbers))
            own["subject"] = own[about[0].value]
        if "target" in attrs.fields_dict(cls):
            own["target"] = next(numbers)
            yield _made(NoteAdded, said, id=own["target"])
        yield _made(cls, said, **own, id=next(numbers))


def _said(text: str, sign: str) -> dict[object, object]:
    """Return what a field of a name holds, where its type does not tell."""
    source = dict.fromkeys(("publisher", "title", "address", "author", "locator", "quote"), text)
    dates = {"published": "2020-01", "retrieved": "2020-02-01"}
    return {
        "amount": {"value": "5", "currency": "EUR"},
        "changes": {"note": text},
        "condition": f"c{sign}",
        "conditions": [{"id": f"c{sign}", "text": text}],
        "country": "FR",
        "counts": {text: 1.5},
        "creates": (f"made{sign}",),
        "due": "2020-03~",
        "effective": None,
        "enters_after": {"consents": 1},
        "how": None,
        "ends": "2021-01-01",
        "ext": {text: text},
        "field": "when",
        "fulfils": (),
        "identifiers": {text: text},
        "meets": (),
        "participants": [{"person": text, "role": "head"}, {"post": text}],
        "place": {"name": text, "country": "FR"},
        "realises": (),
        "recurs": None,
        "renewal": {"tacit": True, "years": 1, "notice_months": 1},
        "series": f"r{sign}",
        "source": [{**source, **dates, "basis": "press"}],
        "until": "2019-12-31",
        "value": text,
        "when": "2020-01-01",
        str: text,
        Noun.PARTY: parties(sign)[1],
        Noun.PARTNERSHIP: partnership(sign),
    }


def _made(cls: type[Event], said: Mapping[object, object], **given: object) -> Event:
    """Return an event of the class with every field."""
    ids = dict(references(cls))
    values = {
        field.name: given.get(field.name, _value(field, ids.get(field.name, ()), said))
        for field in attrs.fields(cls)
    }
    return remade(cls, {name: value for name, value in values.items() if value is not None})


def _value(
    field: Any,  # noqa: ANN401 - attrs types it loosely
    nouns: tuple[Noun, ...],
    said: Mapping[object, object],
) -> object:
    """Return what the field holds: by its name, as an id, or by its type."""
    if field.name in said:
        return said[field.name]
    kinds = get_args(field.type) if isinstance(field.type, UnionType) else (field.type,)
    kind: object = next(kind for kind in kinds if kind is not NoneType)
    is_several = get_origin(kind) is tuple
    if nouns:
        name = next((said[noun] for noun in nouns if noun in said), None)
        return (name,) if is_several and name else name
    if is_several:
        kind = get_args(kind)[0]
    words = cast("list[object]", [*kind]) if isinstance(kind, EnumMeta) else []
    if words:
        return words[0]
    return said.get(kind, PLAIN.get(kind, "2020-01-01"))
