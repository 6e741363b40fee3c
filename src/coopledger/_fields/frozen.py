"""Decorator and converter for the many fields of events, made for a quick import.

attrs writes and compiles the methods of each class when it is loaded. Events share the methods of
`Event` and get a constructor of their own, so that most of that would be thrown away; it took a
third of the time that loading the package takes. Type checkers see attrs itself, which they know.
"""

from collections.abc import Callable
from functools import cache, partial
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any

# Without it type checkers take the names for imports that are not handed on.
__all__ = ["READS_GIVEN", "frozen", "optional"]

# Attribute of a converter that `optional` made: the reader of the values that are not None.
READS_GIVEN = "reads_given"

if TYPE_CHECKING:
    from attrs import frozen
    from attrs.converters import optional
else:
    import attrs

    frozen = partial(attrs.frozen, eq=False, repr=False, slots=False)

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
