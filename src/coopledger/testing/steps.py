"""Whether a step that lifts an older version of an event type keeps the rule of all steps."""

from collections.abc import Mapping
from copy import deepcopy
from itertools import repeat

from coopledger._log.vocabulary import Fields, Step


def check_step(step: Step, *, older: Mapping[str, object], newer: Mapping[str, object]) -> None:
    """Check that the step lifts the older fields to the newer ones, whole and in parts.

    Corrections hold only some fields of an event, and may be newer than it: a step works on any
    part of the fields, and changes nothing that is lifted already. What is cleared stays so.

    Args:
        step: As in ``Pack(steps={("lab.sample-sent", 1): step})``.
        older: The fields of an event as the older version has them, as plain JSON values.
        newer: The same fields as the next version has them.

    Raises:
        AssertionError: It does not, with the fields for which it does not.
    """
    _check(step, dict(older), dict(newer), "the whole is not lifted")
    _check(step, dict(newer), dict(newer), "what is lifted already is changed")
    _check(step, {}, {}, "a field is added")
    parts = Fields()
    for name, value in older.items():
        part = step({name: deepcopy(value)})
        _check(step, dict(part), part, "a part that is lifted already is changed")
        cleared = Fields(zip(part, repeat(None), strict=False))
        _check(step, {name: None}, cleared, "what is cleared is filled")
        parts |= part
    if parts != newer:
        raise _failure("the parts are not lifted as the whole is", dict(older), parts, dict(newer))


def _check(step: Step, fields: Fields, expected: Fields, fault: str) -> None:
    """Fails unless the step gives what is expected, and leaves alone what it is given."""
    given = deepcopy(fields)
    found = step(given)
    if found != expected:
        raise _failure(fault, fields, found, expected)
    if given != fields:
        raise _failure("the fields that it is given are changed", fields, given, fields)


def _failure(fault: str, given: Fields, found: Fields, expected: Fields) -> AssertionError:
    """What is wrong with a step, and where it shows."""
    return AssertionError(f"{fault}\n   given {given}\n   found {found}\nexpected {expected}")
