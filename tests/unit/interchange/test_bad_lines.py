"""A line that holds no event is refused in plain words, whatever else it holds."""

import json
from io import BytesIO

import pytest

from coopledger import Ledger
from coopledger._interchange.lines import LONGEST
from coopledger.errors import RefusedError
from tests.unit.interchange.lines import (
    FRANCE,
    START,
    VIET_NAM,
    empty_ledger,
    file_of,
    findings_of,
    import_lines,
    instrument_line,
    meeting_line,
    texts_of_findings,
)

NOTE = b'{"type":"note-added","subject":"vn","text":%s}'

# The second line of two, and the message on it.
WORDS: dict[bytes, str] = {
    b"nonsense": "the line is no JSON at column 1, near 'nonsense': expecting value",
    b'{"type":"note-added","text":"cut': (
        "the line ends in the middle (unterminated string starting): was it cut off?"
    ),
    b'{"type":"note-added",': (
        "the line ends in the middle (expecting property name enclosed in double quotes): "
        "was it cut off?"
    ),
    b"[1, 2]": "[1, 2] is no object: write the fields of one event in braces",
    b"null": "null is no object: write the fields of one event in braces",
    b'{"text":"Hanoi","text":"Hue"}': "'text' stands twice: write each field once",
    NOTE % b"NaN": "text: NaN is no number of JSON, or too large for one",
    NOTE % b"-Infinity": "text: -Infinity is no number of JSON, or too large for one",
    NOTE % b"1e999": "text: Infinity is no number of JSON, or too large for one",
    NOTE % (b"9" * 5000): (
        "text: 999999999999999999...9999999999999999999 "
        "is beyond the whole numbers that every reader keeps exact"
    ),
    NOTE % (b'{"deep":' * 70 + b"1" + b"}" * 70): ("text: a value is nested deeper than 64 levels"),
    NOTE % (b"[" * 100_000): "the line is nested deeper than 64 levels",
    NOTE % b'"H\xe9"': "byte 46 of the line, 0xE9, is no UTF-8: save the file as UTF-8",
    b"{" + b",".join(b'"f%d":1' % number for number in range(300)) + b"}": (
        "the line has 300 fields where an event has 200 at most"
    ),
    b'{"%s":1}' % (b"x" * 5000): (
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxxxxxxxxxxxx' is no name of a field"
    ),
    b"{}": "'type' is missing: name the type of the event, such as 'meeting-held'",
    b'{"type":3}': "type: 3 is no text",
    b'{"type":"meeting-hold"}': (
        "type: 'meeting-hold' is no type of event; did you mean 'meeting-held'?"
    ),
    b'{"type":"MeetingHold"}': (
        "type: 'MeetingHold' is no type of event; did you mean 'MeetingHeld'?"
    ),
    b'{"type":"lab.sample-sent"}': (
        "type: 'lab.sample-sent' is defined by a pack: open the ledger with packs=[it]"
    ),
    b'{"type":"note-added","position":3}': (
        "'position' tells of a recording: restore_jsonl puts it back; a plain export has none"
    ),
    b'{"type":"note-added","tags":%s}' % json.dumps(["a"] * 1001).encode(): (
        "tags: a list of 1001 values is longer than 1000: say it in several events"
    ),
}


@pytest.mark.parametrize(
    "line", WORDS, ids=lambda line: f"{line[:20]!r} and {len(line)} more {line[-9:]!r}"
)
def test_a_line_that_tells_no_event_is_refused_in_words(line: bytes) -> None:
    (finding,) = findings_of(VIET_NAM, line)

    assert (finding.file, finding.line, finding.event_type) == ("<stream>", 2, "")
    assert finding.message == WORDS[line]
    assert str(finding) == f"{finding.code} <stream>:2: {WORDS[line]}"


def test_every_fault_of_a_line_is_told_with_its_event() -> None:
    line = {"id": "n1", "v": 0, "type": "note-added", "tex": "a", "when": "31/12/2022"}

    assert texts_of_findings(line) == [
        "E106 <stream>:1 NoteAdded 'n1': v: 0 is less than 1",
        "E103 <stream>:1 NoteAdded 'n1': 'tex' is no field of NoteAdded; did you mean 'text'?",
        (
            "E104 <stream>:1 NoteAdded 'n1': when: '31/12/2022' is not a date: "
            "did you mean 2022-12-31?"
        ),
        "E105 <stream>:1 NoteAdded 'n1': 'subject' is missing: NoteAdded needs it",
    ]


# The field of a meeting: the value on the line, and the message on it.
FORMS: dict[str, tuple[object, str]] = {
    "place": (
        ["Hanoi"],
        "['Hanoi'] is no Place: an object of its fields is needed",
    ),
    "participants": (
        [{"party": "vn", "post": 5}],
        '5 is no text; write it as [{"party": "vn", "post": "5"}]',
    ),
    "number": ("9", "'9' is no whole number; write it as 9"),
    "v": ("1", "'1' is no whole number"),
    "within": ([], "[] is no text"),
    "series": (["a"], "['a'] is no text"),
    "note": (5, '5 is no text; write it as "5"'),
    "inferred": ("\ud800", r"'\ud800' holds half a surrogate pair, which UTF-8 cannot write"),
    "tags": (5, '5 is no list; write it as ["5"]'),
    "fulfils": (None, "null is no list"),
    "meeting": (None, "null is no text"),
}


@pytest.mark.parametrize("field", FORMS)
def test_a_value_of_another_form_is_shown_as_it_can_be_written(field: str) -> None:
    value, words = FORMS[field]
    (finding,) = findings_of(*START, meeting_line("m") | {field: value})

    assert finding.message.partition(": ")[::2] == (field, words)


def test_a_small_value_of_which_one_text_does_not_tell_enough_is_shown_by_an_example() -> None:
    (finding,) = findings_of(*START, instrument_line("mou", renewal="tacit"))

    assert finding.message == (
        "renewal: 'tacit' is no Renewal: an object of its fields is needed; "
        'write it as {"tacit": true, "years": 5}'
    )


def test_what_is_no_object_is_shown_in_part() -> None:
    (finding,) = findings_of(b"[%s]" % b",".join([b"1"] * 100))

    assert finding.message == (
        "[1, 1, 1, 1, 1, 1, ...] is no object: write the fields of one event in braces"
    )


def test_an_id_that_is_none_is_refused() -> None:
    assert texts_of_findings(VIET_NAM | {"id": 5}) == [
        "E106 <stream>:1 PartyRegistered: id: 5 is no id: give it as text"
    ]


def test_an_event_of_a_newer_version_is_refused_and_never_guessed() -> None:
    assert texts_of_findings(VIET_NAM | {"v": 2}) == [
        (
            "E106 <stream>:1 PartyRegistered: v: event type 'party-registered' version 2 "
            "is newer than this program (version 1): upgrade coopledger"
        )
    ]


def test_a_line_that_is_too_long_is_skipped_and_the_next_is_read() -> None:
    long = NOTE % (b'"%s"' % (b"x" * LONGEST))
    findings = findings_of(VIET_NAM, long, b"?")

    assert [finding.line for finding in findings] == [2, 3]
    assert findings[0].message == "the line is longer than 4194304 bytes: shorten its texts"


def test_a_line_may_be_as_long_as_is_admitted() -> None:
    line = b'{"type":"note-added","subject":"vn","text":"x"}'
    line = line.ljust(LONGEST)

    assert len(line) == LONGEST
    assert len(import_lines(VIET_NAM, line).events) == 2


def test_words_about_a_line_are_bounded() -> None:
    field = "x" * 100_000
    place = {"name": "Hanoi", field: 1}

    assert all(len(words) < 2100 for words in texts_of_findings(meeting_line("m1", place=place)))


def test_a_file_in_utf_16_is_refused_once() -> None:
    data = "{}\n{}".encode("utf-16")

    assert texts_of_findings(data) == ["E106 <stream>:1: the file is UTF-16: save it as UTF-8"]


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_json_array_is_refused_once(mark: bytes, indent: int | None) -> None:
    data = mark + json.dumps([VIET_NAM, FRANCE], indent=indent).encode()

    assert texts_of_findings(data) == [
        (
            "E106 <stream>:1: the file is one JSON array: "
            "write one object a line, no brackets or commas"
        )
    ]
    with pytest.raises(RefusedError, match="one object a line"):
        empty_ledger().restore_jsonl(BytesIO(data))


def test_after_thousands_of_bad_lines_the_rest_are_only_counted() -> None:
    findings = findings_of(*[b"?"] * 10_003)

    assert len(findings) == 10_001
    assert str(findings[-1]) == (
        "E106 <stream>: 3 more bad lines are not listed: mend these, then try again"
    )


@pytest.mark.parametrize("ending", [b"\r\n", b"\n\n", b" \n\t\n"])
def test_other_line_ends_and_blank_lines_are_read(ending: bytes) -> None:
    data = file_of(VIET_NAM, FRANCE).getvalue().replace(b"\n", ending)

    assert len(import_lines(data).events) == 2


def test_a_mark_before_utf_8_and_a_missing_last_line_feed_are_read() -> None:
    data = b"\xef\xbb\xbf" + file_of(VIET_NAM, FRANCE).getvalue().removesuffix(b"\n")

    assert len(import_lines(data).events) == 2


@pytest.mark.parametrize("inside", ["\u2028", "\u2029"])
def test_only_a_line_feed_ends_a_line(inside: str) -> None:
    name = f"Viet{inside}Nam"
    line = json.dumps(VIET_NAM | {"name": name}, ensure_ascii=False).encode()

    assert getattr(import_lines(line).events[0].event, "name", None) == name


def test_a_last_line_that_was_cut_off_says_so() -> None:
    with pytest.raises(RefusedError, match="in the middle, and the file with it"):
        empty_ledger().import_jsonl(BytesIO(b'{"type":"note-ad'))


def test_an_empty_file_tells_nothing() -> None:
    assert repr(import_lines()) == "ImportReceipt(0 events, 0 warnings)"
    assert Ledger.in_memory().import_jsonl(file_of()).replayed is False
