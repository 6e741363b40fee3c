"""How the arguments of a question or a call are read: like fields, and a fault names them."""

from collections.abc import Callable
from typing import TypeVar

from coopledger.errors import ArgumentError, FieldError

__all__ = ["asked", "asked_if_given"]

Read = TypeVar("Read")


def asked(argument: str, read: Callable[..., Read], value: object) -> Read:
    """The value of an argument, as the reader of a field reads it.

    Raises:
        ArgumentError: The reader refuses the value.
    """
    try:
        return read(value)
    except FieldError as error:
        path = error.within(argument).field or argument
        raise ArgumentError(path, error.found, error.remedy) from None


def asked_if_given(argument: str, read: Callable[..., Read], value: object) -> Read | None:
    """The same, or None where the argument is not given."""
    return None if value is None else asked(argument, read, value)
