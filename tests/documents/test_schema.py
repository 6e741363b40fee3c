"""The JSON Schema of the lines says what is exported, and refuses what is no event."""

import json
from functools import cache
from io import BytesIO
from typing import Any

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from coopledger import Ledger
from coopledger._log.codec import encode
from coopledger._log.vocabulary import CORE, TAGS
from coopledger.events import Event
from docs.generate import SCHEMA
from tests.golden.logs import VERSIONS, restore_log
from tests.stories.catalogue import STORIES
from tests.strategies import any_event


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def violations(line: bytes) -> list[str]:
    """Return the messages of the schema about a line."""
    reader: Any = validator()  # Its types know JSON in part only.
    return [error.message for error in reader.iter_errors(json.loads(line))]


def lines(ledger: Ledger, *, plain: bool) -> list[bytes]:
    stream = BytesIO()
    ledger.export_jsonl(stream, plain=plain)
    return stream.getvalue().split(b"\n")[:-1]


def plain_line(event: Event) -> bytes:
    """Return the plain line of an event."""
    tag, version = CORE.tag_of(type(event))
    return json.dumps(json.loads(encode(event)) | {"type": tag, "v": version}).encode()


HELD: dict[str, object] = {"type": "meeting-held", "meeting": "m1", "when": "2022-08-16"}


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(validator().schema)


def test_every_event_type_has_its_definition() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))

    assert set(TAGS) <= set(schema["$defs"])


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "exported"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_golden_line_is_as_the_schema_says(version: str, *, plain: bool) -> None:
    _, ledger = restore_log(version)

    assert [message for line in lines(ledger, plain=plain) for message in violations(line)] == []


@pytest.mark.parametrize("letter", STORIES)
def test_every_line_of_a_story_is_as_the_schema_says(
    letter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("story") / "log.db"
    STORIES[letter].record(path)
    with Ledger.open(path) as ledger:
        messages = [message for line in lines(ledger, plain=False) for message in violations(line)]

    assert messages == []


@given(any_event)
def test_any_event_is_as_the_schema_says(event: Event) -> None:
    assert violations(plain_line(attrs.evolve(event, id=None))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"type": "moon-landed"},
        {"type": None},
        {"v": 2},
        {"v": 0},
        {"meeting": None},
        {"meeting": ""},
        {"meeting": "x" * 201},
        {"when": 2022},
        {"topics": 5},
        {"number": -1},
        {"number": "1"},
        {"number": 2**53 + 1},
        {"place": ["Hanoi"]},
        {"place": {"name": "Hanoi", "city": "Hanoi"}},
        {"place": {}},
        {"participants": [{"role": "boss"}]},
        {"fulfils": ["c1", "c1"]},
        {"ext": []},
        {"topic": "trade"},
        {"position": 1},
        {"digest": "00"},
    ],
    ids=repr,
)
def test_what_is_no_line_is_refused(change: dict[str, object]) -> None:
    assert violations(json.dumps(HELD).encode()) == []
    assert violations(json.dumps(HELD | change).encode()) != []


@pytest.mark.parametrize("version", [{}, {"v": 1}, {"v": 2}], ids=["any", "first", "second"])
@pytest.mark.parametrize("subject", ["vn", ["vn", "fr"]], ids=["one", "several"])
def test_one_subject_needs_no_list_in_a_note_of_any_version(
    subject: object, version: dict[str, int]
) -> None:
    note = {"type": "note-added", "subject": subject, "text": "a"} | version

    assert violations(json.dumps(note).encode()) == []


@pytest.mark.parametrize(
    "short",
    [
        {"topics": "trade"},
        {"place": "Hanoi"},
        {"source": "minutes"},
        {"source": ["minutes", {"address": "https://news.example/1"}]},
        {"participants": {"person": "Zhao Xinli"}},
        {"fulfils": "c1"},
    ],
    ids=repr,
)
def test_a_line_may_have_the_short_forms_of_a_call(short: dict[str, object]) -> None:
    assert violations(json.dumps(HELD | short).encode()) == []


@pytest.mark.parametrize("missing", HELD)
def test_what_is_needed_must_be_there(missing: str) -> None:
    line = {name: value for name, value in HELD.items() if name != missing}

    assert violations(json.dumps(line).encode()) != []
