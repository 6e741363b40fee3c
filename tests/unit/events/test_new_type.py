"""Parts of a new event type that are missing are named.

The places are those of "A new event type" in CONTRIBUTING.md. Other needs of a class,
such as a case for each of its codes, are checked by the tests of those places.
"""

import json
import pkgutil
from collections.abc import Collection, Iterator
from importlib import import_module
from pathlib import Path

import attrs
import pytest

from coopledger import events
from coopledger._log.vocabulary import TAGS
from coopledger._rules import commitment, instrument, instrument_table, meeting, proposal
from coopledger.events import Event
from coopledger.events.envelope import ABOUT, is_event
from coopledger.packs import event
from coopledger.packs.readers import identifier, text
from coopledger.terms import Noun
from coopledger.testing.strategies.fields import EXCEPTIONS, FIELDS
from docs.parts.docstrings import attributes

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "events.md").read_text(encoding="utf-8")
SCHEMA = (ROOT / "docs" / "reference" / "event.schema.json").read_text(encoding="utf-8")
GOLDEN = {
    json.loads(line).get("type")
    for log in (ROOT / "tests" / "golden").glob("v*/log.jsonl")
    for line in log.read_bytes().splitlines()
}
# The tables in which the acts on a noun have their rows.
LIFE: dict[Noun, Collection[type[Event]]] = {
    Noun.MEETING: meeting.ACTS,
    Noun.PROPOSAL: proposal.ACTS,
    Noun.INSTRUMENT: instrument_table.ACTS.keys() | instrument.EFFECTS.keys(),
    Noun.COMMITMENT: commitment.EFFECTS,
}
# Kept as acts on a text, whose state stays what it was.
WITHOUT_EFFECT = (events.InstrumentApproved, events.InstrumentAmended)


def library_types() -> list[type[Event]]:
    """Return every event class of the library on which no other of them is built."""
    modules = [
        import_module(f"{events.__name__}.{module.name}")
        for module in pkgutil.iter_modules(events.__path__)
    ]
    classes = {
        member
        for module in modules
        for member in vars(module).values()
        if isinstance(member, type) and issubclass(member, Event)
    }
    bases = {base for cls in classes for base in cls.__mro__[1:]}
    return sorted(classes - bases, key=lambda cls: cls.__name__)


def forgotten(cls: type[Event]) -> list[str]:
    """Return what is missing of the type, each with its place."""
    return [*_of_the_class(cls), *_of_its_fields(cls), *_of_the_rules(cls), *_of_the_pages(cls)]


def _of_the_class(cls: type[Event]) -> Iterator[str]:
    name, own = cls.__name__, _own_fields(cls)
    tag = _tag(cls)
    if tag is None:
        yield f"{name} has no tag: decorate it with @event('a-tag')"
    elif TAGS.get(tag, (0, None))[1] is not cls:
        yield f"tag {tag!r} is not that of {name} alone: see MODULES in vocabulary.py"
    if getattr(events, name, None) is not cls or name not in events.__all__:
        yield f"{name} is not offered by events/__init__.py"
    if not set(ABOUT) & set(own):
        yield f"{name} has no field that says what it is about: see ABOUT in events/envelope.py"
    for field in (*(cls.__alike__ or ()), *([cls.__opens__] if cls.__opens__ else ())):
        if field not in own:
            yield f"{name} has no field {str(field)!r}, which it names"


def _of_its_fields(cls: type[Event]) -> Iterator[str]:
    explained = attributes(cls)
    for field in attrs.fields(cls):
        if field.converter is None:
            yield f"{cls.__name__}.{field.name} has no converter"
        if field.name not in explained:
            yield f"{cls.__name__}.{field.name} is not explained in the docstring"
        if field.name not in FIELDS and (cls, field.name) not in EXCEPTIONS:
            yield f"{cls.__name__}.{field.name} has no strategy in testing/strategies/fields.py"


def _of_the_rules(cls: type[Event]) -> Iterator[str]:
    own = _own_fields(cls)
    for noun, table in LIFE.items():
        acts = noun in own and own[noun].default is attrs.NOTHING
        if acts and cls not in table and cls not in WITHOUT_EFFECT:
            yield f"{cls.__name__} has no row in the rules of {noun.plural}"


def _of_the_pages(cls: type[Event]) -> Iterator[str]:
    tag = _tag(cls)
    if f"### {cls.__name__}\n" not in PAGE or f'"{tag}"' not in SCHEMA:
        yield f"{cls.__name__} is on no page: run `python -m docs.generate`"
    if tag not in GOLDEN:
        yield f"{cls.__name__} is in no golden log"


def _tag(cls: type[Event]) -> str | None:
    """Return the tag that the class itself bears, and not one above it."""
    return cls.__wire__[0] if is_event(cls) and cls.__wire__ is not None else None


def _own_fields(cls: type[Event]) -> dict[str, "attrs.Attribute[object]"]:
    """Return the fields of the class that not every event has."""
    everywhere = attrs.fields_dict(Event)
    return {name: at for name, at in attrs.fields_dict(cls).items() if name not in everywhere}


@pytest.mark.parametrize("cls", library_types(), ids=lambda cls: cls.__name__)
def test_nothing_of_a_type_is_forgotten(cls: type[Event]) -> None:
    assert forgotten(cls) == []


def test_every_type_with_a_tag_is_looked_at() -> None:
    assert set(library_types()) == {cls for _, cls in TAGS.values()}


@attrs.frozen(kw_only=True)
class Plain(events.CommitmentFulfilled):
    """No decorator."""


@event("meeting-held")
@attrs.frozen(kw_only=True)
class Toasted(events.Deed):
    """Somebody gave a toast.

    Attributes:
        meeting: The meeting.
    """

    __alike__ = ("meeting", "words")

    meeting: str = attrs.field(converter=identifier)


@event("toast-answered")
@attrs.frozen(kw_only=True)
class ToastAnswered(events.Deed):
    """Nothing is said of its fields."""

    toast: str = attrs.field(converter=text)
    glass: object = None


def test_a_class_without_a_tag_is_named() -> None:
    assert forgotten(Plain) == [
        "Plain has no tag: decorate it with @event('a-tag')",
        "Plain is not offered by events/__init__.py",
        "Plain has no row in the rules of commitments",
        "Plain is on no page: run `python -m docs.generate`",
        "Plain is in no golden log",
    ]


def test_a_tag_of_another_class_and_a_missing_row_are_named() -> None:
    assert forgotten(Toasted) == [
        "tag 'meeting-held' is not that of Toasted alone: see MODULES in vocabulary.py",
        "Toasted is not offered by events/__init__.py",
        "Toasted has no field 'words', which it names",
        "Toasted has no row in the rules of meetings",
        "Toasted is on no page: run `python -m docs.generate`",
    ]


def test_what_is_missing_of_its_fields_is_named() -> None:
    assert forgotten(ToastAnswered) == [
        "tag 'toast-answered' is not that of ToastAnswered alone: see MODULES in vocabulary.py",
        "ToastAnswered is not offered by events/__init__.py",
        "ToastAnswered has no field that says what it is about: see ABOUT in events/envelope.py",
        "ToastAnswered.toast is not explained in the docstring",
        "ToastAnswered.toast has no strategy in testing/strategies/fields.py",
        "ToastAnswered.glass has no converter",
        "ToastAnswered.glass is not explained in the docstring",
        "ToastAnswered.glass has no strategy in testing/strategies/fields.py",
        "ToastAnswered is on no page: run `python -m docs.generate`",
        "ToastAnswered is in no golden log",
    ]
