"""Decorator of frozen classes that attrs makes on first need, and converter of their fields.

attrs writes and compiles the methods of a class when it is made: half of the time that loading the
package took, for a hundred and fifty classes of which a program uses ten. Here a class waits until
its constructor or its fields are asked for. Type checkers see attrs itself, which they know.
"""

from collections.abc import Callable
from functools import cache, partial
from inspect import Parameter, Signature
from threading import RLock
from types import MethodType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import attrs

# Without it type checkers take the names for imports that are not handed on.
__all__ = ["READS_GIVEN", "construct_by", "frozen", "frozen_event", "made", "optional"]

# Attribute of a converter that `optional` made: the reader of the values that are not None.
READS_GIVEN = "reads_given"

T = TypeVar("T")

Init = Callable[..., None]
# Made of the class and of the constructor that attrs has written for it.
MakeInit = Callable[[type[Any], Init], Init]


class _Plan(NamedTuple):
    """How attrs will make a class."""

    options: dict[str, Any]
    make_init: MakeInit | None = None


class _Awaited:
    """Attribute that a class has once it is made: to ask for it makes the class."""

    def __init__(self, name: str) -> None:
        """Await the attribute of that name."""
        self.name = name

    def __get__(self, instance: object, owner: type) -> Any:  # noqa: ANN401 - any attribute
        """Return the attribute of the class, which is made before."""
        made(owner)
        attribute = getattr(owner if instance is None else instance, self.name)
        # For a signature, newer versions of Python bind the constructor to the class itself.
        return MethodType(attribute, instance) if isinstance(instance, type) else attribute


# Objects come by `__init__`, and by `__setstate__` from a pickle.
_AWAITED = tuple(map(_Awaited, ("__attrs_attrs__", "__init__", "__setstate__")))
_PLANS: dict[type, _Plan] = {}
MAKING = RLock()  # held at a fork too, so that a child has no class that is half made


def made(cls: type[T]) -> type[T]:
    """Return the class once attrs has made it and its bases.

    Objects that are filled without the constructor need it first.
    """
    with MAKING:  # Nobody sees a class that is half made.
        for base in reversed(cls.__mro__):
            if base in _PLANS:
                _make_whole(base)
    return cls


def _make_whole(cls: type[Any]) -> None:
    """Make a class that is awaited; after an interrupt, such as Ctrl-C, it is awaited again."""
    plan, before = _PLANS[cls], dict(vars(cls))
    try:
        del _PLANS[cls]  # First: attrs asks the class for what it awaits.
        _make(cls, *plan)
    except BaseException:
        for name in vars(cls).keys() - before:
            delattr(cls, name)
        for name, value in before.items():
            if vars(cls).get(name, plan) is not value:
                setattr(cls, name, value)
        _PLANS[cls] = plan
        raise


def _make(cls: Any, options: dict[str, Any], make_init: MakeInit | None) -> None:  # noqa: ANN401 - given a method
    """Let attrs make the class as it is, and give it its constructor last of all."""
    attrs.frozen(init=make_init is None, slots=False, **options)(cls)
    if make_init is not None:
        init = cls.__attrs_init__
        init.__name__, init.__qualname__ = "__init__", f"{cls.__qualname__}.__init__"
        cls.__init__ = make_init(cls, init)
    del cls.__setstate__


def construct_by(cls: Any, make_init: MakeInit) -> None:  # noqa: ANN401 - given an attribute
    """Give the class the constructor that is made of the one of attrs, now or with the class."""
    if cls in _PLANS:
        _PLANS[cls] = _PLANS[cls]._replace(make_init=make_init)
    else:
        cls.__init__ = make_init(cls, cls.__init__)


if TYPE_CHECKING:
    from attrs import frozen
    from attrs import frozen as frozen_event
    from attrs.converters import optional
else:

    def frozen(cls: type | None = None, **options: object) -> object:
        """Let attrs make a frozen class on first need; the options are those of attrs."""

        def await_need(cls: type) -> type:
            _PLANS[cls] = _Plan(options)
            for awaited in _AWAITED:
                setattr(cls, awaited.name, awaited)
            return cls

        return await_need if cls is None else await_need(cls)

    # Events share the methods of `Event`.
    frozen_event = partial(frozen, eq=False, repr=False)

    @cache
    def optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return a converter that leaves None as it is, the same one for each reader."""

        def read_if_given(value: object) -> object:
            return None if value is None else read(value)

        setattr(read_if_given, READS_GIVEN, read)
        # attrs asks for it with every field; to find it takes longer than all the rest.
        read_if_given.__signature__ = _ANY_VALUE
        return read_if_given

    _ANY_VALUE = Signature([Parameter("value", Parameter.POSITIONAL_ONLY)])
