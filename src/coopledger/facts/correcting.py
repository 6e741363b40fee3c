"""An event with the changes of a correction."""

from collections.abc import Callable, Mapping
from typing import cast

import attrs

from coopledger.events import Event
from coopledger.values import FrozenMapping

__all__ = ["Lift", "corrected"]

# Fields of an event of the class, of any version of its type, in the shape of today.
Lift = Callable[[type[Event], FrozenMapping], Mapping[str, object]]


def corrected(event: Event, changes: Mapping[str, object]) -> Event:
    """The event with the changes made; None clears a field.

    Raises:
        RefusedError: The changed event is not valid.
    """
    fields: dict[str, object] = {
        name: getattr(event, name) for name in attrs.fields_dict(type(event))
    }
    kept = {name: value for name, value in (fields | {**changes}).items() if value is not None}
    make = cast(Callable[..., Event], type(event))  # Its own readers see to the types.
    return make(**kept)
