"""Lines that are read quickly are read as the strict reading reads them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger import events
from coopledger._interchange.exporting import read_line
from coopledger._interchange.lines import Line
from coopledger._interchange.usual_lines import usual_row
from coopledger._log.chain import End, Row, beginning, digest, link, row_fault
from coopledger._log.codec import canonical, from_row
from coopledger._log.vocabulary import CORE, Fields
from coopledger.errors import OperatorError, RefusedError
from coopledger.events import Event
from tests.builders import NAME, office
from tests.laws.histories import histories
from tests.laws.test_interchange import exported, recorded

OFFICE = exported(
    office(
        events.NoteAdded(id="n1", subject="vn", text='{"v":1}', when="2022", source="a"),
        events.NoteAdded(id="đ", subject="vn", text="a\n\u2028b", when="2022", source=["a", "b"]),
    )
).splitlines()
RECORD = ("id", "type", "v", "ledger", "position", "recorded_at", "digest", "chain")
VALUES: list[object] = [
    *(None, "", " a", "a", "ä", 1, 0, -1, True, 1.0, 2**53, 10**20, [], {}, ["a"], {"a": 1}),
    *("2022", "0000-01-01T00:00:00.000000Z", "2024-02-30T24:00:00.000000Z", "0" * 64, NAME),
    [{"title": "a", "v": 1.5}],
    [[[[]]]],
]
# Pieces of a line, and what somebody writes in their place.
PIECES = [
    ("{", "{ "),
    ("}", "}\r"),
    (":1", ":1.0"),
    (":1", ":01"),
    (":1", ":-0"),
    ('"v"', '"v":1,"v"'),
    ('{"', '{"text":"b","'),
    ('"title"', '"title":"b","title"'),
    ("a", "\\u0061"),
    ("a", "A"),
    ("0", "1"),
    ("Z", "+00:00"),
    ("\\n", "\\u000a"),
    (":1", ":NaN"),
]


def line_of(data: bytes) -> Line:
    return Line("", 1, data, is_cut=False, is_ended=True)


def sealed(fields: Fields, last: End) -> bytes:
    """Return the line of the fields with the hashes that they need, if they are a line."""
    line = canonical(fields)
    try:
        _, row = read_line(line_of(line))
    except RefusedError:
        return line
    content = digest(
        NAME,
        event_id=row.event_id,
        type=row.type,
        v=row.v,
        effective=row.effective,
        payload=row.payload,
    )
    chain = link(last.chain, position=row.position, recorded_us=row.recorded_us, digest=content)
    return canonical(fields | {"digest": content.hex(), "chain": chain.hex()})


def strictly_read(data: bytes, last: End) -> tuple[Row, Event] | None:
    """Return the row and the event of a line as the strict reading gives them, if it does."""
    try:
        name, row = read_line(line_of(data))
        event = from_row(NAME, row)
    except (RefusedError, OperatorError):
        return None
    return (row, event) if name == NAME and not row_fault(NAME, row, last=last) else None


def quickly_read(data: bytes, last: End) -> tuple[Row, Event] | None:
    return usual_row(line_of(data), ledger=NAME, last=last, vocabulary=CORE)


def has_fraction(line: bytes) -> bool:
    """Return whether a number in the line is no whole one: those are left to the strict reading."""
    fractions: list[str] = []
    json.loads(line, parse_float=fractions.append)
    return bool(fractions)


def check_all(lines: list[bytes]) -> None:
    """Check that every usual line is read quickly, and as the strict reading reads it."""
    last: End = beginning(NAME)
    for line in lines:
        read = quickly_read(line, last)
        strict = strictly_read(line, last)
        assert strict is not None
        assert read == (None if has_fraction(line) else strict)
        last = strict[0]


def test_lines_as_they_are_exported_are_read_quickly() -> None:
    check_all(OFFICE)


@given(histories)
def test_whatever_is_exported_is_read_quickly(acts: list[Event]) -> None:
    check_all(exported(recorded(acts)).splitlines())


@st.composite
def changed_lines(draw: st.DrawFn) -> tuple[bytes, End]:
    """Draw a line that was changed, and the row after which it comes."""
    place = draw(st.integers(0, len(OFFICE) - 1))
    last: End = read_line(line_of(OFFICE[place - 1]))[1] if place else beginning(NAME)
    fields: Fields = json.loads(OFFICE[place])
    names = st.sampled_from([*sorted(fields), "when", "effective", "note", "x" * 201])
    if draw(st.booleans()):
        fields[draw(names)] = draw(st.sampled_from(VALUES))
    if draw(st.booleans()):
        fields.pop(draw(names), None)
    line = sealed(fields, last).decode()
    if draw(st.booleans()):
        line = json.dumps(dict(draw(st.permutations(list(json.loads(line).items())))))
    for piece, other in draw(st.lists(st.sampled_from(PIECES), max_size=2)):
        starts = [at for at in range(len(line)) if line.startswith(piece, at)]
        if starts:
            at = draw(st.sampled_from(starts))
            line = line[:at] + other + line[at + len(piece) :]
    return line.encode(), last


@given(changed_lines())
def test_what_is_read_quickly_is_what_the_strict_reading_reads(drawn: tuple[bytes, End]) -> None:
    """'A line that is read quickly gives the very row that the strict reading gives, or none.'"""
    read = quickly_read(*drawn)

    assert read is None or read == strictly_read(*drawn)


@pytest.mark.parametrize(
    ("piece", "other"),
    [
        (b'"v":1', b'"v":1,"v":1'),
        (b":", b": "),
        (b'"v":1', b'"v":true'),
        (b'"v":1', b'"v":2'),
        (b'"position":1', b'"position":"1"'),
        (b"{", b"[" * 99_999),
        (b"{", b"\xff"),
        (b"}", b""),
        (OFFICE[0], b"[]"),
    ],
)
def test_what_is_unusual_is_left_to_the_strict_reading(piece: bytes, other: bytes) -> None:
    assert quickly_read(OFFICE[0].replace(piece, other), beginning(NAME)) is None
