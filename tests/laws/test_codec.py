"""Payloads: what is written is read back the same, canonically, and nothing is guessed."""

import json
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopledger._log.codec import decode, encode
from coopledger._log.vocabulary import CORE, TAGS
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.strategies import CLASSES, EVENTS, any_event

# There are many classes: a tenth of the examples for each of them is plenty for all.
few = settings(max_examples=max(5, settings().max_examples // 10))
by_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)


def read(event: Event, payload: bytes) -> Event:
    """Return the event of the same type that the payload gives."""
    tag, version = CORE.tag_of(type(event))
    return decode(tag, version, payload, event.id or "")


def rewritten(fields: dict[str, object]) -> bytes:
    """Return the canonical bytes of other fields."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def refused(event: Event, fields: dict[str, object]) -> set[str]:
    """Return the codes for which the fields are refused as such an event."""
    with pytest.raises(RefusedError) as found:
        read(event, rewritten(fields))
    return {finding.code for finding in found.value.findings}


def test_every_event_type_has_a_strategy() -> None:
    assert set(CLASSES) == {cls for _, cls in TAGS.values()}
    assert len(CLASSES) == len(TAGS)


@by_class
@few
@given(data=st.data())
def test_what_encode_writes_decode_reads(cls: type[Event], data: st.DataObject) -> None:
    """'encode(decode(line)) == line' and back again."""
    event = data.draw(EVENTS[cls])
    payload = encode(event)

    again = read(event, payload)

    assert again == event
    assert hash(again) == hash(event)
    assert encode(again) == payload


@given(any_event)
def test_a_payload_has_one_canonical_form(event: Event) -> None:
    """'Keys sorted by code point, no blanks, UTF-8, fields at their default left out.'"""
    payload = encode(event)
    fields: dict[str, object] = json.loads(payload)
    given = {
        field.name
        for field in attrs.fields(type(event))
        if getattr(event, field.name)
        != (
            field.default.factory()
            if isinstance(field.default, attrs.Factory)  # type: ignore[arg-type]
            else field.default
        )
    }

    assert payload == rewritten(fields)
    assert list(fields) == sorted(fields)
    assert set(fields) == given - {"id"}


@given(any_event, st.data())
def test_the_order_of_a_mapping_says_nothing(event: Event, data: st.DataObject) -> None:
    items = data.draw(st.permutations(list(event.ext.items())))

    assert encode(attrs.evolve(event, ext=dict(items))) == encode(event)


# For each type of JSON value, values of other types that a lenient reader takes for it.
LOOKALIKES: dict[type, list[object]] = {
    str: [5, 1.5, True, ["2022"], {"text": "a"}],
    int: ["5", 5.0, True, [5]],
    float: ["5.5", True, [5.5]],
    bool: [0, 1, "true", "false", [True]],
    list: ["abc", "vn", 5, {"a": 1}, True],
    dict: ["name", 5, [], [["name", "a"]], True],
}


def lookalikes(name: str, value: object) -> Iterator[object]:
    """Yield values that must not be taken for the one given."""
    for other in LOOKALIKES[type(value)]:
        number_or_words = name in {"value", "alternative"} and type(other) in {int, float, str}
        if not number_or_words:
            yield other


@by_class
@few
@given(data=st.data())
def test_decoding_coerces_nothing(cls: type[Event], data: st.DataObject) -> None:
    """'Strict decoding (no coercion ...)': 3 is no text, "false" no truth, "abc" no list."""
    event = data.draw(EVENTS[cls])
    fields: dict[str, object] = json.loads(encode(event))

    for name, value in fields.items():
        for other in lookalikes(name, value):
            assert refused(event, fields | {name: other}) <= {"E104", "E106"}


INSIDE: list[tuple[str, object]] = [
    ("source", [{"title": 5}]),
    ("source", [{"published": 2022}]),
    ("source", ["a title"]),
    ("participants", [{"person": ["a"]}]),
    ("participants", [{"role": "boss"}]),
    ("place", {"name": True}),
    ("place", "Hanoi"),
    ("tags", [5]),
    ("tags", ["a", None]),
    ("by", "vn"),
    ("fulfils", [["c1"]]),
    ("ext", {"a": float("1e999")}),
]


@pytest.mark.parametrize(("name", "value"), INSIDE)
def test_decoding_coerces_nothing_inside_small_values(name: str, value: object) -> None:
    fields = {
        "commitment": "c",
        "by": ["fr"],
        "when": "2022",
        name: value,
    }
    tag, version = "commitment-released", 1

    with pytest.raises(RefusedError) as found:
        decode(tag, version, json.dumps(fields).encode(), "e1")
    assert {finding.code for finding in found.value.findings} <= {"E103", "E106"}


@by_class
@few
@given(data=st.data())
def test_a_field_that_is_missing_is_refused(cls: type[Event], data: st.DataObject) -> None:
    event = data.draw(EVENTS[cls])
    fields: dict[str, object] = json.loads(encode(event))

    for field in attrs.fields(cls):
        if field.default is attrs.NOTHING:
            less = {name: value for name, value in fields.items() if name != field.name}
            assert refused(event, less) == {"E105"}


@by_class
@few
@given(data=st.data())
def test_an_unknown_field_is_refused_with_the_nearest_known_name(
    cls: type[Event], data: st.DataObject
) -> None:
    """'An unknown field is refused with the nearest known name.'"""
    event = data.draw(EVENTS[cls])
    known = data.draw(st.sampled_from([field.name for field in attrs.fields(cls)]))
    fields: dict[str, object] = json.loads(encode(event))

    with pytest.raises(RefusedError) as found:
        read(event, rewritten(fields | {f"{known}x": 1}))

    (finding,) = found.value.findings
    assert finding.code == "E103"
    assert f"'{known}x' is no field of {cls.__name__}; did you mean {known!r}?" in finding.message


@given(any_event)
def test_an_id_is_no_field_of_a_payload(event: Event) -> None:
    """'The payload is every field of the event but its id.'"""
    fields: dict[str, object] = json.loads(encode(event))

    assert refused(event, fields | {"id": event.id}) == {"E106"}


NO_PAYLOADS = [
    b"",
    b"[]",
    b"null",
    b"5",
    b'"text"',
    b"{",
    b'{"subject":"p"',
    b"\xff{}",
    b"\xef\xbb\xbf{}",
    '{"subject":"p","text":"a"}'.encode("utf-16"),
    b"[" * 100_000,
    b'{"ext":' * 100_000,
]


@pytest.mark.parametrize("payload", NO_PAYLOADS, ids=lambda payload: repr(payload[:20]))
def test_what_is_no_object_in_utf_8_is_refused(payload: bytes) -> None:
    with pytest.raises(RefusedError, match=r"^E106 NoteAdded 'e1': the payload is no "):
        decode("note-added", 1, payload, "e1")
