"""Events of every type, those of packs too."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs
from hypothesis import strategies as st

from coopledger.events import Event
from coopledger.tags import TAGS
from coopledger.testing.strategies.fields import values_of
from coopledger.testing.strategies.plain import flags

__all__ = ["any_event", "bare_event", "event_of"]

E = TypeVar("E", bound=Event)


def event_of(cls: type[E], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[E]:
    """Events of the class, each with an id, and with or without what may be left out.

    They are well formed, and nothing more: the ids in them are made up, so that a ledger refuses
    nearly all of them. See `histories` for events that it accepts.

    Args:
        cls: One of `coopledger.events`, or one of a pack.
        fields: What a field holds, in the place of what is usual, whether it may be left out or
            not: ``event_of(events.NoteAdded, subject=st.just("vn"))``.

    Raises:
        ArgumentError: A field of a pack is of a type that is not known: give it a strategy.
    """
    return _event(cls, list(attrs.fields(cls)), fields)


def bare_event(cls: type[E], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[E]:
    """Events of the class with its own fields, and of what every event may carry only what it must.

    So that, with its ids given, most of them can be recorded: the ``acts`` of `histories`.

    Args:
        cls: One of `coopledger.events`, or one of a pack.
        fields: What a field holds, as for `event_of`.

    Raises:
        ArgumentError: A field of a pack is of a type that is not known: give it a strategy.
    """
    envelope = {field.name for field in attrs.fields(Event)}
    own = [
        field for field in attrs.fields(cls) if field.name not in envelope or _is_required(field)
    ]
    return _event(cls, own, fields)


def _event(
    cls: type[E], known: Sequence[Any], given: Mapping[str, st.SearchStrategy[object]]
) -> st.SearchStrategy[E]:
    """Events with what is given, and with those of the known fields that must be there, or may."""
    others = [field for field in known if field.name not in given]
    usual = {field.name: values_of(cls, field) for field in others}
    make = cast(Callable[..., E], cls)  # Its own readers see to the types.

    @st.composite  # Told in a word, where what it is made of would fill pages.
    def event(draw: st.DrawFn) -> E:
        values = {name: draw(strategy) for name, strategy in given.items()}
        for field in others:
            if _is_required(field) or field.name == "id" or draw(flags):
                values[field.name] = draw(usual[field.name])
        return make(**values)

    return event()


def _is_required(field: Any) -> bool:  # noqa: ANN401 - attrs types its attributes loosely
    """Whether an event must have the field."""
    return bool(field.default is attrs.NOTHING)


def any_event(kind: type[Event] = Event) -> st.SearchStrategy[Event]:
    """Events of any type that the library has, or of those of a kind, such as `events.Act`.

    See `event_of` for what they are made of.
    """
    return st.one_of([event_of(cls) for _, cls in TAGS.values() if issubclass(cls, kind)])
