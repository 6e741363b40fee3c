"""How a value is shown to a programmer: as the call that makes it, with what was given alone."""

from collections.abc import Iterable
from enum import StrEnum
from typing import cast

import attrs

from coopledger.dates import EdtfDate

__all__ = ["call"]


def call(value: attrs.AttrsInstance, *, first: Iterable[str] = ()) -> str:
    """The call that makes an equal value; fields at their default are left out.

    Dates and words stand as text, as a caller may give them, and one text alone for a tuple of
    it. The fields named as ``first`` come first, and the others in their order.
    """
    fields = attrs.fields_dict(type(value))
    names = dict.fromkeys((*first, *fields))
    given = ((name, getattr(value, name)) for name in names)
    told = ", ".join(
        f"{name}={_shown(item)}" for name, item in given if not _is_default(fields[name], item)
    )
    return f"{type(value).__name__}({told})"


def _is_default(field: "attrs.Attribute[object]", value: object) -> bool:
    """Whether the field need not be given for this value."""
    default = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time
        return not value
    return default is not attrs.NOTHING and bool(default == value)


def _shown(value: object) -> str:
    """The value as a caller may write it."""
    if isinstance(value, EdtfDate | StrEnum):
        return repr(str(value))
    if isinstance(value, tuple):
        items = [_shown(item) for item in cast(tuple[object, ...], value)]
        return items[0] if len(items) == 1 else f"({', '.join(items)})"
    return repr(value)
