"""Every step keeps the rule of `vocabulary`: any part of the fields, and nothing that is lifted."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from coopledger import events
from coopledger._log.vocabulary import CORE, STEPS, TAGS, Fields, Vocabulary, stray_steps
from coopledger.errors import ArgumentError
from coopledger.testing import check_step
from tests.golden.logs import VERSIONS, golden_rows


def golden_fields(tag: str, version: int) -> Iterator[Fields]:
    """Yield the fields of every such event in the golden logs."""
    for folder in VERSIONS:
        for row in golden_rows(folder):
            if (row.type, row.v) == (tag, version):
                fields: Fields = json.loads(row.payload)
                yield fields


LIFTED = [
    pytest.param(tag, version, fields, id=f"{tag}-{version}-{number}")
    for tag, version in STEPS
    for number, fields in enumerate(golden_fields(tag, version))
]


def test_every_step_has_fields_to_show_what_it_does() -> None:
    assert [step for step in STEPS if not any(golden_fields(*step))] == []


@pytest.mark.parametrize(("tag", "version", "fields"), LIFTED)
def test_a_step_keeps_the_rule(tag: str, version: int, fields: Fields) -> None:
    step = STEPS[tag, version]

    check_step(step, older=fields, newer=step(dict(fields)))


@pytest.mark.parametrize("folder", VERSIONS)
def test_what_is_of_the_newest_version_is_left_as_it_is(folder: str) -> None:
    for row in golden_rows(folder):
        if row.v == TAGS[row.type][0]:
            fields: Fields = json.loads(row.payload)
            assert CORE.lift(row.type, dict(fields), version=1) == fields


def test_a_note_about_one_thing_is_one_about_several() -> None:
    lift = STEPS["note-added", 1]

    assert lift({"subject": "vn", "text": "a"}) == {"subject": ["vn"], "text": "a"}
    assert lift({"subject": ["vn", "fr"]}) == {"subject": ["vn", "fr"]}
    assert lift({"subject": 5}) == {"subject": 5}


def test_an_owner_is_who_is_responsible() -> None:
    lift = STEPS["partnership-opened", 1]

    assert lift({"owner": "Lan", "scope": "a"}) == {"responsible": "Lan", "scope": "a"}
    assert lift({"owner": None}) == {"responsible": None}
    assert lift({"inferred": ["owner", "scope"]}) == {"inferred": ["responsible", "scope"]}
    assert lift({"responsible": "Lan", "inferred": 5}) == {"responsible": "Lan", "inferred": 5}


def same(fields: Fields) -> Fields:
    return fields


def test_a_vocabulary_that_could_not_read_an_older_version_is_never_made() -> None:
    with pytest.raises(ArgumentError, match="'note-added' has no step from version 1 to 2"):
        Vocabulary({"note-added": (2, events.NoteAdded)}, {})


STRAY: list[tuple[str, int]] = [("note-added", 2), ("note-added", 0), ("meeting-held", 1), ("x", 1)]


@pytest.mark.parametrize("step", STRAY, ids=str)
def test_a_step_that_lifts_nothing_is_found(step: tuple[str, int]) -> None:
    versions = {tag: version for tag, (version, _) in TAGS.items()}

    assert stray_steps(versions, {**STEPS, step: same}) == [step]


def test_the_library_has_no_step_too_many() -> None:
    assert stray_steps({tag: version for tag, (version, _) in TAGS.items()}, STEPS) == []


def test_a_pack_cannot_lift_what_is_not_its_own() -> None:
    steps: dict[tuple[str, int], Any] = {("note-added", 1): same}

    with pytest.raises(ArgumentError, match="'note-added' has a step from version 1, and is no"):
        CORE.enlarged({}, steps)
    assert CORE.steps["note-added", 1] is STEPS["note-added", 1]
