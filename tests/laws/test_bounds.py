"""Whatever is recorded is exported and restored, up to the very bounds of an event."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from coopledger import Ledger, events
from coopledger._fields.bounds import LONGEST_TEXT, MOST_BYTES, MOST_VALUES, most_bytes
from coopledger._interchange.lines import LONGEST
from coopledger._log.codec import encode
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.builders import NAME, Clock
from tests.strategies import any_event

# Letters of which JSON makes one to six bytes, and what they may be beside of.
LETTERS = ["x", '"', "\\", "\n", "\x01", "\x1f", "\x7f", "é", "\u2028", "\uffff", "\U0010ffff"]
LENGTHS = st.sampled_from([1, LONGEST_TEXT - 1, LONGEST_TEXT, LONGEST_TEXT + 1])
COUNTS = st.sampled_from([1, MOST_VALUES - 1, MOST_VALUES, MOST_VALUES + 1])


def repeated(letter: str, length: int) -> str:
    """Return a text of one letter, behind one that is no blank."""
    return "a" + letter * (length - 1)


TEXTS = st.builds(repeated, st.sampled_from(LETTERS), LENGTHS)


@given(texts=st.lists(TEXTS, min_size=1, max_size=4), count=COUNTS)
def test_what_goes_in_comes_out(texts: list[str], count: int) -> None:
    """'What goes in comes out. The bounds of a text, of participants and of an event.'"""
    before = Ledger.in_memory(name=NAME, clock=Clock())
    try:
        note = events.PartyRegistered(
            party="vn",
            name="Viet Nam",
            kind="state",
            participants=[f"Lan {number}" for number in range(count)],
            ext=dict(enumerate_texts(texts)),
        )
        before.record(note)
    except RefusedError as error:
        codes = {finding.code for finding in error.findings}
        assert codes == {"E106"}
    else:
        assert max(map(len, texts)) <= LONGEST_TEXT
        assert count <= MOST_VALUES
        assert len(encode(note)) <= MOST_BYTES
        comes_out(before)


@given(any_event)
def test_a_quick_look_never_takes_an_event_for_smaller_than_it_is(event: Event) -> None:
    """'Return a number of bytes that an event with the values never exceeds.'"""
    assert len(encode(event)) <= most_bytes(vars(event)) <= MOST_BYTES


def enumerate_texts(texts: list[str]) -> list[tuple[str, str]]:
    """Return the texts, each with a key."""
    return [(f"k{number}", text) for number, text in enumerate(texts)]


def comes_out(before: Ledger) -> None:
    """Export the ledger in both forms; the one is restored, and the other taken in."""
    whole, plain = BytesIO(), BytesIO()
    before.export_jsonl(whole)
    before.export_jsonl(plain, plain=True)
    assert max(map(len, whole.getvalue().split(b"\n"))) <= LONGEST
    restored, imported = (Ledger.in_memory(name=NAME, clock=Clock()) for _ in range(2))

    restored.restore_jsonl(BytesIO(whole.getvalue()))
    imported.import_jsonl(BytesIO(plain.getvalue()))

    assert list(restored.events()) == list(before.events())
    assert [each.event for each in imported.events()] == [each.event for each in before.events()]
