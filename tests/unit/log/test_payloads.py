"""Bytes of payloads, and how payloads of other versions are read."""

import json

import pytest

from coopledger import events
from coopledger._log.codec import decode, encode
from coopledger._log.vocabulary import CORE, STEPS, TAGS, Fields, missing_steps
from coopledger.errors import NewerLogError, RefusedError
from coopledger.events import Event
from tests.builders import build_event

NUMBERS: list[object] = [1, 1.5, True, None, {}]
PAYLOADS: list[tuple[Event, str]] = [
    (events.NoteAdded(id="e1", subject="p", text="Hà Nội"), '{"subject":["p"],"text":"Hà Nội"}'),
    (
        events.CommitmentMade(
            id="e1",
            commitment="c",
            partnership="p",
            debtors="a",
            creditors=["b", "d"],
            what="a report",
            due="2022~",
            conditions=[{"id": "money", "text": "a grant"}],
            amount="250000.50 EUR",
            standing=False,
            firmness="commitment",
            when="2022-07",
            source={"title": "news", "basis": "press"},
        ),
        (
            '{"amount":{"currency":"EUR","value":"250000.50"},"commitment":"c",'
            '"conditions":[{"id":"money","text":"a grant"}],"creditors":["b","d"],"debtors":["a"],'
            '"due":"2022~","partnership":"p","source":[{"basis":"press","title":"news"}],'
            '"what":"a report","when":"2022-07"}'
        ),
    ),
    (
        events.NoteAdded(
            id="e1",
            subject="p",
            text="a\u2028b\n\x01",
            ext={"ž": NUMBERS, "a": {"B": -0.0, "A": 10**15}},
        ),
        (
            '{"ext":{"a":{"A":1000000000000000,"B":-0.0},"ž":[1,1.5,true,null,{}]},'
            '"subject":["p"],"text":"a\u2028b\\n\\u0001"}'
        ),
    ),
    (
        events.EventCorrected(
            id="e1", target="e0", changes={"when": None, "by": ["vn"]}, reason="a slip"
        ),
        '{"changes":{"by":["vn"],"when":null},"reason":"a slip","target":"e0"}',
    ),
]


@pytest.mark.parametrize(("event", "payload"), PAYLOADS)
def test_a_payload_is_these_bytes_for_ever(event: Event, payload: str) -> None:
    tag, version = CORE.tag_of(type(event))

    assert encode(event).decode() == payload
    assert decode(tag, version, payload.encode(), "e1") == event


def test_every_type_has_a_tag_of_its_own() -> None:
    assert len({cls for _, cls in TAGS.values()}) == len(TAGS)
    assert all(CORE.tag_of(cls) == (tag, version) for tag, (version, cls) in TAGS.items())


def test_every_older_version_can_be_lifted() -> None:
    """'Upcasting steps (dict to dict, chains checked)'."""
    versions = {tag: version for tag, (version, _) in TAGS.items()}

    assert missing_steps(versions, STEPS) == []


def test_a_missing_step_is_named() -> None:
    def step(fields: Fields) -> Fields:
        return fields

    steps = {("a", 1): step, ("b", 2): step}

    assert missing_steps({"a": 2, "b": 4, "c": 1}, steps) == [("b", 1), ("b", 3)]


def test_an_older_shape_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def words_to_text(fields: Fields) -> Fields:
        return {("text" if name == "words" else name): value for name, value in fields.items()}

    def about_to_partnership(fields: Fields) -> Fields:
        return {
            ("partnership" if name == "about" else name): value for name, value in fields.items()
        }

    monkeypatch.setitem(TAGS, "statement-made", (3, events.StatementMade))
    monkeypatch.setitem(STEPS, ("statement-made", 1), words_to_text)
    monkeypatch.setitem(STEPS, ("statement-made", 2), about_to_partnership)
    statement = events.StatementMade(id="e1", partnership="p", text="a", when="2022")

    assert (
        decode("statement-made", 1, b'{"about":"p","when":"2022","words":"a"}', "e1") == statement
    )
    assert decode("statement-made", 2, b'{"about":"p","text":"a","when":"2022"}', "e1") == statement
    assert (
        decode("statement-made", 3, b'{"partnership":"p","text":"a","when":"2022"}', "e1")
        == statement
    )
    with pytest.raises(NewerLogError, match="'statement-made' version 4"):
        decode("statement-made", 4, b"{}", "e1")


@pytest.mark.parametrize("version", [-1, 0, 1])
def test_an_unknown_type_is_never_guessed_whatever_its_version(version: int) -> None:
    with pytest.raises(NewerLogError, match="'moon-landed'"):
        decode("moon-landed", version, b"{}", "e1")


def test_every_fault_of_a_payload_is_named_at_once() -> None:
    payload = b'{"by":"fr","commitment":" c","notes":"a","when":"31/12/2022"}'

    with pytest.raises(RefusedError) as refused:
        decode("commitment-rescheduled", 1, payload, "e1")

    assert str(refused.value).splitlines() == [
        "E106 CommitmentRescheduled 'e1': by: 'fr' is no list",
        (
            "E106 CommitmentRescheduled 'e1': commitment: ' c' has blanks at its ends; "
            "did you mean 'c'?"
        ),
        (
            "E103 CommitmentRescheduled 'e1': 'notes' is no field of CommitmentRescheduled; "
            "did you mean 'note'?"
        ),
        (
            "E104 CommitmentRescheduled 'e1': when: '31/12/2022' is not a date: "
            "did you mean 2022-12-31?"
        ),
    ]


def test_what_is_named_twice_in_a_payload_is_refused() -> None:
    fields = {"subject": ["p"], "text": "a", "tags": ["a", "b", "a"]}

    with pytest.raises(RefusedError, match="tags: 'a' is named twice"):
        decode("note-added", 2, json.dumps(fields).encode(), "e1")


def test_a_payload_and_a_constructor_know_the_same_other_words_for_a_field() -> None:
    fields = {"commitment": "c", "deadline": "2022", "note": "", "when": "2022"}

    with pytest.raises(RefusedError) as refused:
        build_event(events.CommitmentRescheduled, {"id": "e1", **fields})
    with pytest.raises(RefusedError) as read:
        decode("commitment-rescheduled", 1, json.dumps(fields).encode(), "e1")

    messages = {
        (
            "E103 CommitmentRescheduled 'e1': 'deadline' is no field of CommitmentRescheduled; "
            "did you mean 'due'?"
        ),
        "E106 CommitmentRescheduled 'e1': note: '' is no text: say something, or leave it out",
    }
    assert set(str(refused.value).splitlines()) == messages
    assert set(str(read.value).splitlines()) == messages


def test_an_older_sum_with_an_unclear_separator_is_read_as_it_was_recorded() -> None:
    payload = json.loads(PAYLOADS[1][1]) | {"amount": {"value": "500.000", "currency": "VND"}}
    event = decode("commitment-made", 1, json.dumps(payload).encode(), "e1")

    assert isinstance(event, events.CommitmentMade)
    assert event.amount is not None
    assert (event.amount.value, event.amount.currency) == ("500.000", "VND")
    assert json.loads(encode(event)) == payload
    with pytest.raises(RefusedError):
        build_event(events.CommitmentMade, {"id": "e1", **payload})
