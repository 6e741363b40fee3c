"""Answers in full, as texts to compare and to read: their own `repr` is one short line."""

import attrs

from coopledger.answers._shown import Shown


def whole(value: object) -> str:
    """Return the text of a value, of an answer with every field, and so of answers within it."""
    kind = type(value)
    if isinstance(value, Shown) and attrs.has(kind):
        fields = (f"{each.name}={whole(getattr(value, each.name))}" for each in attrs.fields(kind))
        return f"{kind.__name__}({', '.join(fields)})"
    if isinstance(value, tuple):
        return f"({', '.join(map(whole, value))})"
    return repr(value)
