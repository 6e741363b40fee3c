"""Answers in full, as texts to compare and to read: their own `repr` is one short line."""

from typing import cast

import attrs

from coopledger.answers._shown import Shown


def whole(value: object) -> str:
    """Return the text of a value, of an answer with every field, and so of answers within it."""
    kind = type(value)
    if isinstance(value, Shown) and attrs.has(kind):
        fields = (f"{name}={whole(getattr(value, name))}" for name in attrs.fields_dict(kind))
        return f"{kind.__name__}({', '.join(fields)})"
    if isinstance(value, tuple):
        return f"({', '.join(map(whole, cast(tuple[object, ...], value)))})"
    return repr(value)
