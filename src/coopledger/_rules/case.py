"""Copy of a case, from which its fold goes on while the case itself stays as it is."""

from enum import StrEnum
from typing import Any, TypeVar, cast

import attrs

from coopledger._rules.history import StatusHistory
from coopledger._rules.participants import Participants
from coopledger._rules.recurrence import Rounds

Case = TypeVar("Case", bound=attrs.AttrsInstance)

GROWING = (list, dict, set)


def copied(case: Case) -> Case:
    """Return a case that equals it, and shares nothing that a fold changes."""
    return type(case)(*map(_copied, attrs.astuple(case, recurse=False)))


def _copied(value: Any) -> Any:  # noqa: ANN401 - fields of a case are of any type
    """Return a copy of a collection that grows, and anything else as it is."""
    if isinstance(value, StatusHistory):
        return cast(StatusHistory[StrEnum], value).copied()
    if isinstance(value, Participants | Rounds):
        return value.copied()
    return cast(list[Any], value).copy() if isinstance(value, GROWING) else value
