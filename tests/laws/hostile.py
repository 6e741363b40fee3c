"""Log of an older version of which every text holds signs that a terminal obeys.

It has events of every class, each with every field, so that a new field comes in by itself.
"""

from collections.abc import Iterator
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import attrs

from coopledger.events import Event
from coopledger.events._references import references
from coopledger.events.envelope import remade
from coopledger.stores import Store
from coopledger.terms import Noun
from tests.builders import WORLD, store_unchecked
from tests.strategies import CLASSES

EVIL = "a\x1b[31mb\x00c\x07d\x9b2Je\u202ef\x7fg\u2028h\ri"
# Ids of older logs may hold signs that nobody sees, and no control characters.
SIGN = "\u202e"
# What a field of a name holds, where its type does not tell.
SAID: dict[str, object] = {
    "amount": {"value": "5", "currency": "EUR"},
    "changes": {"note": EVIL},
    "condition": f"c{SIGN}",
    "conditions": [{"id": f"c{SIGN}", "text": EVIL}],
    "country": "FR",
    "creates": (f"made{SIGN}",),
    "due": "2020-03~",
    "effective": None,
    "ends": "2021-01-01",
    "ext": {EVIL: EVIL},
    "fulfils": (),
    "id": None,
    "identifiers": {EVIL: EVIL},
    "meets": (),
    "participants": [{"person": EVIL, "role": "head"}, {"post": EVIL}],
    "place": {"name": EVIL, "country": "FR"},
    "realises": (),
    "renewal": {"tacit": True, "years": 1, "notice_months": 1},
    "series": f"series{SIGN}",
    "source": [
        {
            **dict.fromkeys(("publisher", "title", "address", "author", "locator", "quote"), EVIL),
            "published": "2020-01",
            "retrieved": "2020-02-01",
            "basis": "press",
        }
    ],
    "target": f"noteadded{SIGN}",
    "until": "2019-12-31",
    "value": EVIL,
    "when": "2020-01-01",
}
PLAIN: dict[object, object] = {str: EVIL, bool: True, int: 1}
PARTIES = (f"p1{SIGN}", f"p2{SIGN}")
PARTNERSHIP = f"s1{SIGN}"
# The classes that bring a thing into the ledger, of which the others need one each.
OPENERS = {cls.__opens__: cls for cls in reversed(CLASSES) if cls.__opens__ is not None}


def hostile_events() -> Iterator[Event]:
    """Yield two parties and a partnership, and then events of every class, each on a new thing."""
    for party in PARTIES:
        yield _made(OPENERS[Noun.PARTY], party=party, parent=None, id=f"of {party}")
    yield _made(
        OPENERS[Noun.PARTNERSHIP], partnership=PARTNERSHIP, parties=PARTIES, parent=None, id="open"
    )
    for cls in CLASSES:
        name = f"{cls.__name__.lower()}{SIGN}"
        own = {noun.value: f"{noun} of {name}" for noun in Noun if noun is not Noun.PARTNERSHIP}
        own |= {"partnership": PARTNERSHIP}
        named = {field for field, _ in references(cls)} & {
            *("commitment", "instrument", "meeting", "proposal", "figure")
        }
        for field in sorted(named):
            if cls.__opens__ is not Noun(field):
                yield _made(OPENERS[Noun(field)], **own, id=f"opens {field} for {name}")
        yield _made(cls, **own, id=name)


def hostile_log(store: Store) -> None:
    """Store the events as a version that refused nothing."""

    store_unchecked(store, *WORLD, *hostile_events())


def _made(cls: type[Event], **given: object) -> Event:
    """Return an event of the class with every field."""
    ids = dict(references(cls))
    values = {
        field.name: given.get(field.name, _value(field, ids.get(field.name, ())))
        for field in attrs.fields(cls)
    }
    return remade(cls, {name: value for name, value in values.items() if value is not None})


def _value(field: Any, nouns: tuple[Noun, ...]) -> object:  # noqa: ANN401 - attrs types it loosely
    """Return what the field holds: by its name, as an id, or by its type."""
    if field.name in SAID:
        return SAID[field.name]
    kinds = get_args(field.type) if isinstance(field.type, UnionType) else (field.type,)
    kind = next(kind for kind in kinds if kind is not NoneType)
    is_several = get_origin(kind) is tuple
    if nouns:
        name = {Noun.PARTY: PARTIES[1], Noun.PARTNERSHIP: PARTNERSHIP}.get(nouns[0])
        return (name,) if is_several and name else name
    if is_several:
        kind = get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return PLAIN.get(kind, "2020-01-01")
