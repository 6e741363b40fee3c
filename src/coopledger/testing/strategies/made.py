"""Events of every type, those of packs too."""

from collections.abc import Callable
from typing import TypeVar, cast

import attrs
from hypothesis import strategies as st

from coopledger.events import Event
from coopledger.tags import TAGS
from coopledger.testing.strategies.fields import values_of
from coopledger.testing.strategies.plain import flags

__all__ = ["any_event", "event_of"]

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
        QuestionError: A field of a pack is of a type that is not known: give it a strategy.
    """
    others = [field for field in attrs.fields(cls) if field.name not in fields]
    usual = {field.name: values_of(cls, field) for field in others}
    make = cast(Callable[..., E], cls)  # Its own readers see to the types.

    @st.composite  # Told in a word, where what it is made of would fill pages.
    def event(draw: st.DrawFn) -> E:
        given = {name: draw(strategy) for name, strategy in fields.items()}
        for field in others:
            is_required = field.default is attrs.NOTHING or field.name == "id"
            if is_required or draw(flags):
                given[field.name] = draw(usual[field.name])
        return make(**given)

    return event()


def any_event(kind: type[Event] = Event) -> st.SearchStrategy[Event]:
    """Events of any type that the library has, or of those of a kind, such as `events.Act`.

    See `event_of` for what they are made of.
    """
    return st.one_of([event_of(cls) for _, cls in TAGS.values() if issubclass(cls, kind)])
