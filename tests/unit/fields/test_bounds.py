"""Bounds of texts, lists and events, the same wherever an event comes in."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest

from coopledger import Ledger, events
from coopledger._fields.bounds import LONGEST_TEXT, MOST_BYTES, MOST_VALUES
from coopledger._fields.classes import filled
from coopledger._log.codec import encode, to_draft
from coopledger.errors import ArgumentError, Finding, RefusedError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from tests.builders import NAME, Clock, office

Door = Callable[[dict[str, object]], object]

NOTE: dict[str, object] = {"id": "n1", "subject": ("vn",)}
LONG = "x" * (LONGEST_TEXT + 1)
TOO_LONG = "a text of 100001 characters is longer than 100000 characters"
TOO_MANY = "a list of 1001 values is longer than 1000: say it in several events"
NAMES = [f"p{number}" for number in range(MOST_VALUES + 1)]


def constructor(fields: dict[str, object]) -> None:
    events.NoteAdded(**fields)  # type: ignore[arg-type]


def unread(fields: dict[str, object]) -> Event:
    """Return the event without asking its readers, as an older version may have left it."""
    empty = events.NoteAdded(subject="vn", text="x")
    return filled(events.NoteAdded, vars(empty) | fields)


def recording(fields: dict[str, object]) -> None:
    office().record(unread(fields))


def dry_run(fields: dict[str, object]) -> None:
    office().record(unread(fields), dry_run=True)


def importing(fields: dict[str, object]) -> None:
    line = json.dumps({"type": "note-added", **fields}).encode()
    office().import_jsonl(BytesIO(line))


@pytest.mark.parametrize("door", [constructor, recording, dry_run, importing])
@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"text": LONG}, "text", f"text: {TOO_LONG}: name the document as a source instead"),
        (
            {"text": "a\0b"},
            "text",
            r"text: 'a\x00b' holds U+0000 at character 2, which no database keeps: take it out",
        ),
        ({"text": "x", "tags": tuple(NAMES)}, "tags", f"tags: {TOO_MANY}"),
    ],
)
def test_what_is_beyond_a_bound_is_refused_at_every_door(
    door: Door, fields: dict[str, object], field: str, message: str
) -> None:
    [finding] = findings_of(lambda: door(NOTE | fields))

    assert (finding.code, finding.field, finding.message) == ("E106", field, message)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"participants": ["Lan", {"person": "Hoa", "post": "a\0"}]}, "participants[1].post"),
        ({"source": {"title": "a", "quote": LONG}}, "source[0].quote"),
        ({"ext": {"a": {"b": ["x", "\0"]}}}, "ext.a.b[1]"),
        ({"ext": {"a\0": 1}}, "ext"),
        ({"ext": {"a": list(range(MOST_VALUES + 1))}}, "ext.a"),
        ({"participants": NAMES}, "participants"),
        ({"note": "\0"}, "note"),
    ],
)
def test_a_fault_names_its_place(fields: dict[str, object], field: str) -> None:
    note: dict[str, object] = {**NOTE, "text": "x", **fields}

    [finding] = findings_of(lambda: constructor(note))

    assert (finding.code, finding.field, finding.event_id) == ("E106", field, "n1")


def test_every_fault_is_named_at_once() -> None:
    findings = findings_of(lambda: constructor({**NOTE, "text": LONG, "note": "\0"}))

    assert [finding.field for finding in findings] == ["text", "note"]


def test_what_is_just_within_the_bounds_is_recorded() -> None:
    ledger = office()

    ledger.record(
        events.NoteAdded(
            subject="vn", text="x" * LONGEST_TEXT, tags=tuple(NAMES[:-1]), ext={"a": "\u2028"}
        )
    )

    assert ledger.position == 9


@pytest.mark.parametrize("door", [recording, dry_run, importing])
def test_an_event_that_would_be_too_large_is_refused(door: Door) -> None:
    ext = {f"k{number}": "\x01" * LONGEST_TEXT for number in range(2)}

    [finding] = findings_of(lambda: door({**NOTE, "text": "x", "ext": ext}))

    assert finding.code == "E106"
    assert finding.message == (
        "an event of 1200053 bytes is longer than 1048576: say it in several events"
    )


def test_an_event_may_be_as_large_as_is_admitted() -> None:
    event = events.NoteAdded(id="n1", subject="vn", text="x", ext={})
    rest = MOST_BYTES - len(encode(event)) - len(b'"ext":{"k":[]},')
    full = ["x" * LONGEST_TEXT] * 10
    last = "x" * (rest - len(json.dumps(full, separators=(",", ":"))) + len("[]") - len(',""'))
    event = events.NoteAdded(id="n1", subject="vn", text="x", ext={"k": [*full, last]})
    ledger = office()

    assert len(encode(event)) == MOST_BYTES
    ledger.record(event)

    assert ledger.position == 9


def test_of_several_events_the_one_at_fault_is_named() -> None:
    sound, bad = events.NoteAdded(subject="vn", text="x"), unread({**NOTE, "text": LONG})

    [finding] = findings_of(lambda: office().record(sound, bad))

    assert (finding.index, finding.event_id) == (2, "n1")


@pytest.mark.parametrize("by", ["\0", LONG])
def test_who_records_is_named_within_the_bounds(by: str) -> None:
    with pytest.raises(ArgumentError, match="by="):
        office().record(events.NoteAdded(subject="vn", text="x"), by=by)


def test_an_older_log_with_larger_events_is_read_verified_exported_and_restored() -> None:
    store = MemoryStore()
    large: dict[str, object] = {"text": "x" * 5 * 2**20, "note": "a\0b", "tags": tuple(NAMES)}
    event = unread({**NOTE, **large})
    store.append(NAME, [to_draft(NAME, event)], seen=0, clock_us=0, revise=lambda _: None)
    before = Ledger(store, name=NAME, clock=Clock())
    before.record(events.EventCorrected(target="n1", changes={"note": "short"}, reason="long"))
    file = BytesIO()

    before.export_jsonl(file)
    file.seek(0)
    after = Ledger.in_memory(name=NAME, clock=Clock())
    after.restore_jsonl(file)

    assert list(after.events()) == list(before.events())
    assert next(after.events()).event == event
    assert after.verify().fault is None
    [corrected] = after.view().events(events.NoteAdded)
    assert (corrected.note, corrected.tags) == ("short", tuple(NAMES))


def findings_of(call: Callable[[], object]) -> tuple[Finding, ...]:
    """Return the findings of a call that is refused."""
    with pytest.raises(RefusedError) as caught:
        call()
    return caught.value.findings
