"""Which warnings a ledger turns into refusals."""

from collections.abc import Collection, Container
from typing import TypeAlias

from coopledger.errors import WARNINGS, FieldError
from coopledger.fields import require, shown
from coopledger.nearness import did_you_mean

__all__ = ["Strict", "refused_warnings"]

Strict: TypeAlias = bool | Collection[str]


class EveryWarning(Container[object]):
    """The codes of all warnings, those of packs included."""

    def __contains__(self, code: object) -> bool:
        """Whether the code is one of a warning."""
        return isinstance(code, str) and code.startswith("W")


def refused_warnings(strict: Strict) -> Container[object]:
    """The codes of the warnings that are refusals: all for True, or those named; none for False.

    The code of a pack begins with ``W-``, and is taken as it is.

    Raises:
        FieldError: E106 for what is no code of a warning, with the nearest.
    """
    if isinstance(strict, bool):
        return EveryWarning() if strict else frozenset[str]()
    require(strict, Collection, "is neither True or False nor codes of warnings, such as {'W105'}")
    codes = (strict,) if isinstance(strict, str) else strict
    return frozenset(map(_code, codes))


def _code(value: object) -> str:
    """A code of a warning."""
    if isinstance(value, str) and (value in WARNINGS or value.startswith("W-")):
        return value
    hint = did_you_mean(value, WARNINGS) if isinstance(value, str) else ""
    raise FieldError("E106", shown(value), f"is no code of a warning{hint}")
