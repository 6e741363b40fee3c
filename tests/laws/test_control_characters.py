r"""Law of texts: what is recorded today holds no control character but line feeds and tabs.

"Text of any kind is stored as given except control characters other than newline and tab, which
are refused (E106, with the cleaned text as suggestion; `\r\n` is read as `\n`); what older logs
hold is shown escaped."
"""

import asyncio
import json
import sqlite3
from ast import literal_eval
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from coopledger import Ledger, aio, events
from coopledger._interchange.lines import is_list, is_object
from coopledger._log.codec import encode
from coopledger.errors import Finding, RefusedError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from tests.builders import NAME, WORLD, office, older_office, restore_unchecked
from tests.laws.hostile import every_event

# The categories Cc of C0 and C1, and U+007F; U+0000 is beyond the bounds of any event.
SIGNS = [chr(code) for code in (*range(1, 0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"]
LINE_ENDS = "\r\x0b\x0c\x85"
KEYED = {"counts", "ext", "identifiers"}
MEANT = "; did you mean "

Door = Callable[[Event], object]


def texts_in(value: object) -> Iterator[str]:
    """Yield every text of a plain JSON value, the keys among them."""
    if isinstance(value, str):
        yield value
    elif is_object(value):
        for name, part in value.items():
            yield from (name, *texts_in(part))
    elif is_list(value):
        for part in value:
            yield from texts_in(part)


def refusals(act: Callable[[], object]) -> list[Finding]:
    """Return the findings about control characters with which the act is refused, if it is."""
    try:
        act()
    except RefusedError as error:
        return [each for each in error.findings if "control characters" in each.message]
    return []


def suggestion(finding: Finding) -> str:
    """Return the text that a finding proposes."""
    text = literal_eval(finding.message.rpartition(MEANT)[2].removesuffix("?"))
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("sign", "\x01\r\x1b\x7f\x85\x9f")
def test_every_text_of_every_event_is_refused_with_the_cleaned_text(sign: str) -> None:
    ledger = Ledger.in_memory()
    cleaned = "a\nb" if sign in LINE_ENDS else "ab"

    for bad in every_event(f"a{sign}b"):
        count = sum(sign in text for text in texts_in(json.loads(encode(bad))))
        findings = refusals(lambda bad=bad: ledger.record(bad))  # type: ignore[misc]

        assert {each.code for each in findings} <= {"E106"}
        assert [suggestion(each) for each in findings] == [cleaned] * count

    assert ledger.position == 0


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "ab", "a\u2028b\u2029c", "a\r\nb"])
def test_no_other_text_of_any_event_is_refused_so(text: str) -> None:
    ledger = Ledger.in_memory()

    for event in every_event(text):
        found = refusals(lambda event=event: ledger.record(event, dry_run=True))  # type: ignore[misc]
        # A key is a name, and no text of several lines.
        assert {each.field for each in found} <= (KEYED if "\r\n" in text else set())


def note(text: str, **fields: object) -> Event:
    return events.NoteAdded(id="n1", subject="vn", text=text, **fields)  # type: ignore[arg-type]


def noted(ledger: Ledger) -> Event:
    """Return the one note of the ledger."""
    (found,) = ledger.view().events(events.NoteAdded)
    return found


def test_every_control_character_is_refused() -> None:
    ledger = office()

    for sign in SIGNS:
        (found,) = refusals(lambda sign=sign: ledger.record(note(f"a{sign}b")))  # type: ignore[misc]
        assert suggestion(found) == ("a\nb" if sign in LINE_ENDS else "ab")


def test_what_is_meant_is_recorded_when_it_is_said() -> None:
    ledger = office()
    (found,) = refusals(lambda: ledger.record(note("a\x1b[31mb\x85c")))

    ledger.record(note(suggestion(found)))

    assert found.message == (
        r"text: 'a\x1b[31mb\x85c' holds control characters; did you mean 'a[31mb\nc'?"
    )
    assert (found.field, found.index, found.event_id) == ("text", 1, "n1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\x1b \x07", r"text: '\x1b \x07' holds nothing but control characters: say something"),
        ("x" * 201 + "\x07y\x08", "U+0007 at character 202 first: take them out"),
    ],
)
def test_where_no_short_text_is_meant_the_remedy_says_so(text: str, message: str) -> None:
    (found,) = refusals(lambda: office().record(note(text)))

    assert found.message.endswith(message)


def recording(ledger: Ledger, event: Event) -> None:
    ledger.record(event)


def trying(ledger: Ledger, event: Event) -> None:
    ledger.record(event, dry_run=True)


def importing(ledger: Ledger, event: Event) -> None:
    fields = {"id": event.id, "type": "note-added", **json.loads(encode(event))}
    ledger.import_jsonl(BytesIO(json.dumps(fields).encode()))


@pytest.mark.parametrize("door", [recording, trying, importing])
def test_every_door_refuses_and_stores_nothing(door: Callable[[Ledger, Event], None]) -> None:
    ledger = office()

    assert len(refusals(lambda: door(ledger, note("a\x07", note="b\x9b")))) == 2
    assert ledger.position == len(WORLD)


def test_a_transaction_refuses_at_once(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with Ledger.open(path) as ledger, sqlite3.connect(path) as host:
        ledger.record(*WORLD)
        host.execute("BEGIN IMMEDIATE")
        with ledger.transaction(connection=host) as transaction:
            assert refusals(lambda: transaction.record(note("a\x07")))
            transaction.record(note("a\r\nb"))
        host.commit()

        assert noted(ledger) == note("a\nb")
    host.close()


def test_an_asynchronous_ledger_refuses_too(tmp_path: Path) -> None:
    async def act() -> None:
        async with aio.Ledger.open(tmp_path / "office.db") as ledger:
            await ledger.record(*WORLD)
            await ledger.record(note("a\x07"))

    assert refusals(lambda: asyncio.run(act()))


def test_who_records_is_a_text_too() -> None:
    assert [each.field for each in refusals(lambda: office().record(note("a"), by="Lan\x07"))] == [
        "recorded_by"
    ]


def test_changes_hold_none_and_an_older_text_stays_as_it_is() -> None:
    ledger = older_office(note("old\x07"))

    def correct(**changes: object) -> Callable[[], object]:
        event = events.EventCorrected(target="n1", changes=changes, reason="a slip")
        return lambda: ledger.record(event)

    (found,) = refusals(correct(text="new\x07"))
    assert (found.field, suggestion(found)) == ("changes.text", "new")
    assert not refusals(correct(note="seen"))


@pytest.mark.parametrize("stored", ["a\r\nb", "a\nb"])
@pytest.mark.parametrize("given", ["a\r\nb", "a\nb"])
@pytest.mark.parametrize("door", [recording, importing])
def test_an_event_given_again_is_known_whichever_way_its_lines_end(
    stored: str, given: str, door: Callable[[Ledger, Event], None]
) -> None:
    ledger = older_office(note(stored, ext={"a": [stored]}))

    door(ledger, note(given, ext={"a": [given]}))

    assert ledger.position == len(WORLD) + 1
    assert noted(ledger) == note(stored, ext={"a": [stored]})


def test_lines_end_as_line_feeds_in_what_is_recorded() -> None:
    ledger = office()

    (first,) = ledger.record(note("a\r\nb", source={"quote": "c\r\nd"})).events

    assert first.event == note("a\nb", source={"quote": "c\nd"})


def test_texts_that_would_be_one_are_refused_where_each_is_named_once() -> None:
    (found,) = refusals(lambda: office().record(note("a", tags=["a\r\nb", "a\nb"])))

    assert found.field == "tags[0]"


def test_an_older_log_is_restored_and_imported_as_it_is() -> None:
    older = Ledger(MemoryStore(), name=NAME)
    restore_unchecked(older, *WORLD, note("a\x07\r\n\x85b"))
    export = BytesIO()
    older.export_jsonl(export)
    restored = Ledger(MemoryStore(), name=NAME)

    restored.restore_jsonl(BytesIO(export.getvalue()))
    again = BytesIO()
    restored.export_jsonl(again)
    plain = BytesIO()
    restored.export_jsonl(plain, plain=True)
    receipt = restored.import_jsonl(BytesIO(plain.getvalue()))

    assert again.getvalue() == export.getvalue()
    assert receipt.already == len(receipt.events) == len(WORLD) + 1
    assert restored.record(note("a\x07\r\n\x85b")).replayed
