"""How sure an append is when it returns: a choice that every lasting store offers."""

from typing import Literal

from coopledger.errors import FieldError

__all__ = ["Durability", "refuse_unknown"]

Durability = Literal["durable", "fast"]

_KNOWN = {"durable", "fast"}


def refuse_unknown(_: object, __: object, durability: str) -> None:
    """A validator for attrs.

    Raises:
        FieldError: The durability is neither of the two (E106).
    """
    if durability not in _KNOWN:
        raise FieldError("E106", repr(durability), "is neither 'durable' nor 'fast'", "durability")
