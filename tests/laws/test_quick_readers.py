"""Quick readers read what the strict readers read, and refuse the rest in the same words."""

import json
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger._log import codec
from coopledger._log.codec import encode
from coopledger._log.quick import object_reader
from coopledger._log.vocabulary import TAGS
from coopledger.errors import RefusedError
from coopledger.events import Event, MeetingHeld
from tests.strategies import any_event

Outcome = Event | tuple[str, ...]

VALUES: list[object] = [
    None,
    "",
    " ",
    "a",
    " a",
    "2022",
    "31/12/2022",
    0,
    1,
    -1,
    1.0,
    True,
    False,
    [],
    {},
    ["a"],
    ["a", "a"],
    ["a", None],
    ["a", ["b"]],
    [5],
    [{}],
    [{"title": "a"}],
    [{"title": "a"}, {"title": "a"}],
    [{"id": "a"}, {"id": "a", "text": "b"}],
    [{"id": "a/b"}],
    [{"published": "soon"}],
    {"name": "Hanoi", "country": None},
    {"name": "Hanoi", "country": "vn"},
    {"tacit": False},
    {"value": "1.5", "currency": "VND"},
    {"value": "1,5", "currency": "VND"},
]


def outcome(read: Callable[[], Event]) -> Outcome:
    """Return the event, or the findings for which it is refused."""
    try:
        return read()
    except RefusedError as refused:
        return tuple(map(str, refused.findings))


@given(any_event, st.data())
def test_quick_and_strict_readers_agree(event: Event, data: st.DataObject) -> None:
    """'Decoding is strict: nothing is coerced' - however quickly it is done."""
    cls = type(event)
    fields: dict[str, object] = json.loads(encode(event))
    own = [at.name for at in attrs.fields(cls) if at.name != "id"]  # which is none of its fields
    names = data.draw(st.lists(st.sampled_from(own), max_size=3))
    for name in names:
        fields[name] = data.draw(st.sampled_from(VALUES))
    event_id = data.draw(st.sampled_from([event.id, None, "", 5, "a b"]))

    quick = outcome(lambda: codec.read_fields(cls, dict(fields), event_id=event_id))  # type: ignore[arg-type]
    strict = outcome(
        lambda: codec._strictly_read(cls, fields | {"id": event_id}, event_id)  # type: ignore[arg-type]  # noqa: SLF001
    )

    assert quick == strict
    if isinstance(quick, Event) and isinstance(strict, Event):
        assert vars(quick) == vars(strict)
        assert list(map(type, vars(quick).values())) == list(map(type, vars(strict).values()))


def test_every_field_of_the_library_has_a_quick_reader_but_these() -> None:
    asked: set[str] = set()

    def strict(field: "attrs.Attribute[object]") -> Callable[[object], object]:
        asked.add(field.name)
        return str

    for _, cls in TAGS.values():
        object_reader(cls, strict)

    # Of small values only a few are read quickly, of conditions one; the others are seldom said.
    assert asked == {"source", "documents", "participants", "conditions", "meets", "kinds"}


def test_several_participants_are_read_quickly() -> None:
    def strict(field: "attrs.Attribute[object]") -> Callable[[object], object]:
        def refuse(_: object) -> object:
            raise AssertionError(field.name)

        return refuse

    read = object_reader(MeetingHeld, strict)
    people = [{"person": "Claire Martin", "party": "france"}, {"person": "Lê Hà", "party": "vast"}]
    meeting = read({"meeting": "m", "when": "2022-08-16", "participants": people})

    assert [each.person for each in meeting.participants] == ["Claire Martin", "Lê Hà"]
    with pytest.raises(ValueError):  # noqa: PT011 - for the strict reader to find words
        read({"meeting": "m", "when": "2022-08-16", "participants": [people[0]] * 2})
