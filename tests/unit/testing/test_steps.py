"""`check_step` finds out a step that does not keep the rule of all steps."""

import pytest

from coopledger._log.vocabulary import Fields, Step
from coopledger.testing import check_step

OLDER, NEWER = {"probe": "s-7", "weight": 2}, {"sample": "s-7", "weight": 2}


def renamed(fields: Fields) -> Fields:
    return {("sample" if name == "probe" else name): told for name, told in fields.items()}


def needing_all(fields: Fields) -> Fields:
    return {"sample": fields.get("probe", "?"), "weight": fields.get("weight", 0)}


def emptying(fields: Fields) -> Fields:
    fields["sample"] = fields.pop("probe")
    return fields


def only_whole(fields: Fields) -> Fields:
    return renamed(fields) if "weight" in fields or not fields else fields


def filling(fields: Fields) -> Fields:
    return {name: "?" if told is None else told for name, told in renamed(fields).items()}


def adding(fields: Fields) -> Fields:
    return renamed(fields) | ({} if "weight" in fields else {"weight": 2})


BROKEN: dict[str, Step] = {
    "what is lifted already is changed": needing_all,
    "the fields that it is given are changed": emptying,
    "the parts are not lifted as the whole is": only_whole,
    "what is cleared is filled": filling,
    "a field is added": adding,
    "the whole is not lifted": lambda fields: fields,
}


def test_a_step_that_keeps_the_rule_passes() -> None:
    check_step(renamed, older=OLDER, newer=NEWER)


@pytest.mark.parametrize("fault", BROKEN)
def test_a_step_that_does_not_is_told_where(fault: str) -> None:
    with pytest.raises(AssertionError, match=f"^{fault}\n   given .*\n   found .*\nexpected "):
        check_step(BROKEN[fault], older=OLDER, newer=NEWER)
