"""Making of frozen classes from their fields: the faults, the object, and the call to show.

A small value is built from a mapping that a caller gives, and every fault names its field. An
event whose fields were read already is filled without reading them again. Both are shown to a
programmer as the call that makes an equal value.

Events and small values have many fields, of which few are said: an object holds these alone, and
the defaults of all others are attributes of its class. To set thirty fields of a frozen object
takes longer than to read its JSON.
"""

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar, cast

import attrs

from coopledger._fields.reading import EMPTY, invalid, is_mapping
from coopledger._frozen import construct_by
from coopledger._suggest import nearest
from coopledger.dates import EdtfDate
from coopledger.errors import FieldError

Made = TypeVar("Made", bound=attrs.AttrsInstance)


def build(cls: type[Made], value: object, *, alone: str | None = None) -> Made:
    """Return a small value from itself, a mapping, or the one field that may stand alone.

    Raises:
        FieldError: The first fault, with the name of its field.
    """
    if isinstance(value, cls):
        return value
    if alone is not None and isinstance(value, str):
        value = {alone: value}
    elif not is_mapping(value):
        raise invalid(value, f"is no {cls.__name__}: a mapping of its fields is needed")
    try:
        return cls(**value)
    except (FieldError, TypeError):
        errors = faults(cls, value)
        if errors:
            raise errors[0] from None
        raise


def faults(cls: type[attrs.AttrsInstance], values: Mapping[str, object]) -> list[FieldError]:
    """Return every reason why the class cannot be made from the values of its fields.

    Errors with E103 come first, for fields that the class does not have, then E105 for missing
    ones that no such name means, then the errors of the readers, in the order of the class.
    """
    fields = {field.name: field for field in attrs.fields(cls)}
    errors = [unknown_field(cls, name) for name in values if name not in fields]
    errors += missing_fields(cls, values)
    for name, field in fields.items():
        if name in values and field.converter is not None:
            try:
                field.converter(values[name])
            except FieldError as error:
                errors.append(in_field(error, field))
    return errors


def unknown_field(cls: type[attrs.AttrsInstance], name: str) -> FieldError:
    """Return E103 for a field that the class does not have."""
    remedy = f"is no field of {cls.__name__}{hint_at_field(cls, name)}"
    return FieldError("E103", repr(name), remedy)


def missing_field(cls: type[attrs.AttrsInstance], name: str) -> FieldError:
    """Return E105 for a field that the class needs."""
    return FieldError("E105", repr(name), f"is missing: {cls.__name__} needs it")


def missing_fields(cls: type[attrs.AttrsInstance], names: Collection[str]) -> Iterator[FieldError]:
    """Return E105 for each field that the class needs and that is not given.

    A field that an unknown name means is not reported again: E103 names it already.
    """
    fields = attrs.fields_dict(cls)
    required = (name for name, field in fields.items() if field.default is attrs.NOTHING)
    missing = [name for name in required if name not in names]
    meant = {_field_meant(cls, name) for name in names if missing and name not in fields}
    return (missing_field(cls, name) for name in missing if name not in meant)


def in_field(error: FieldError, field: Any) -> FieldError:  # noqa: ANN401 - attrs types it loosely
    """Return the error with the name of its field.

    An empty text may be left out where none is needed.
    """
    if error.remedy == EMPTY and field.default is not attrs.NOTHING:
        error = FieldError(error.code, error.found, f"{EMPTY}, or leave it out", error.field)
    return error.within(field.name)


def hint_at_field(cls: type[attrs.AttrsInstance], name: str) -> str:
    """Return the words ``; did you mean 'x'?`` for the field that another word means, if any."""
    meant = _field_meant(cls, name)
    return f"; did you mean {meant!r}?" if meant else ""


def _field_meant(cls: type[attrs.AttrsInstance], name: str) -> str | None:
    """Return the field that the word means, by the class's own `__synonyms__` or the nearest."""
    fields = attrs.fields_dict(cls)
    synonyms: Mapping[str, str] = getattr(cls, "__synonyms__", {})
    if name not in synonyms:
        return nearest(name, fields)
    return synonyms[name] if synonyms[name] in fields else None


def defaults(cls: type[attrs.AttrsInstance]) -> dict[str, object]:
    """Return the fields of the class that have a default, with the default.

    Defaults that a factory makes are immutable here, so that all objects can share them.
    """
    return {
        field.name: _default(field)
        for field in attrs.fields(cls)
        if field.default is not attrs.NOTHING
    }


def _default(field: Any) -> object:  # noqa: ANN401 - attrs types its attributes loosely
    """Return the default of a field, made by its factory where it has one."""
    factory = isinstance(field.default, attrs.Factory)  # type: ignore[arg-type]
    return field.default.factory() if factory else field.default


def hold_said(cls: type[attrs.AttrsInstance]) -> None:
    """Make the defaults of the class its attributes, so that an object need not hold them.

    Slots, which attrs makes unless it is asked not to, would hide them: they are removed.
    """
    for base in cls.__mro__:
        if "__attrs_attrs__" in vars(base) and "__slots__" in vars(base):
            _remove_slots(base)
    for name, default in defaults(cls).items():
        setattr(cls, name, default)


def small_value(cls: type[Made]) -> type[Made]:
    """Let the constructor of a class of small values read and hold only what is given."""
    construct_by(cls, _reading_what_is_given)
    return cls


def _reading_what_is_given(cls: type[Made], made: Callable[..., None]) -> Callable[..., None]:
    """Return the constructor of small values; the one that attrs made names the fault of a call.

    Every field of the class has a reader.
    """
    readers = {field.name: field.converter for field in attrs.fields(cls)}
    required = readers.keys() - defaults(cls).keys()
    said = not_at_default(cls)
    check: Callable[[Made], None] | None = getattr(cls, "__attrs_post_init__", None)

    @functools.wraps(made)
    def init(self: Made, /, *unnamed: object, **fields: object) -> None:
        try:
            values = {name: readers[name](value) for name, value in fields.items()}
        except (KeyError, FieldError):
            values = {}
        if unnamed or len(values) < len(fields) or not required <= values.keys():
            made(self, *unnamed, **fields)
            return
        fill(self, said(values))
        if check is not None:
            check(self)

    hold_said(cls)
    return init


def _remove_slots(cls: type) -> None:
    """Let the objects of a class with slots hold their fields in a dictionary."""
    own = vars(cls)
    fields = [name for name in own["__slots__"] if name != "__weakref__"]
    for name in (*fields, "__slots__", "__setstate__"):
        if name in own:
            delattr(cls, name)
    # The room for the slots is still there, and Python pickles no such object by itself.
    setattr(cls, "__getstate__", _held)  # noqa: B010 - type checkers know no such method of a type


def _held(value: object) -> dict[str, object]:
    """Return the fields that an object holds."""
    return vars(value)


def not_at_default(cls: type[attrs.AttrsInstance]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return a function that leaves out of the fields of an object those at their default."""
    at_default = defaults(cls)
    filled_defaults = tuple((name, value) for name, value in at_default.items() if value)

    def said(values: dict[str, Any]) -> dict[str, Any]:
        # Most defaults are empty, so that a look for empty values is mostly enough.
        if all(values.values()):
            for name, default in filled_defaults:
                if values.get(name) == default:
                    break
            else:
                return values
        return {
            name: value
            for name, value in values.items()
            if name not in at_default or value != at_default[name]
        }

    return said


def filled(cls: type[Made], values: dict[str, Any]) -> Made:
    """Return an object of the class that holds these fields, read already, and no others."""
    instance = cls.__new__(cls)
    fill(instance, values)
    return instance


def filled_whole(cls: type[Made], values: Mapping[str, object]) -> Made:
    """Return an object of a class of somebody else, with every one of its fields, read already."""
    instance = cls.__new__(cls)
    for name, value in values.items():
        object.__setattr__(instance, name, value)
    return instance


def fill(instance: object, values: dict[str, Any]) -> None:
    """Let an object that is being made hold the fields; a frozen class has no other way in."""
    object.__setattr__(instance, "__dict__", values)


def call(value: attrs.AttrsInstance, *, first: Iterable[str] = ()) -> str:
    """Return the call that makes an equal value; fields at their default are left out.

    Dates and words are written as text, as a caller may give them, and a tuple of one text as
    the text alone. The fields named as ``first`` come first, and the others in their order.
    """
    fields = attrs.fields_dict(type(value))
    items = ((name, getattr(value, name)) for name in dict.fromkeys((*first, *fields)))
    arguments = ", ".join(
        f"{name}={_written(item)}" for name, item in items if not _is_default(fields[name], item)
    )
    return f"{type(value).__name__}({arguments})"


def _is_default(field: "attrs.Attribute[object]", value: object) -> bool:
    """Return whether the field may be left out for this value."""
    default = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time
        return not value
    return default is not attrs.NOTHING and bool(default == value)


def _written(value: object) -> str:
    """Return the value as a caller may write it."""
    if isinstance(value, EdtfDate | StrEnum):
        return repr(str(value))
    if isinstance(value, tuple):
        items = [_written(item) for item in cast(tuple[object, ...], value)]
        return items[0] if len(items) == 1 else f"({', '.join(items)})"
    return repr(value)
