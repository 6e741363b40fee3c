"""Lines in the short forms that a call takes, and in the full form of the log."""

import pytest

from coopledger.events import CommitmentMade
from tests.unit.interchange.lines import START, findings_of, import_lines, meeting_line

SHORT: dict[str, object] = {
    "type": "commitment-made",
    "commitment": "c",
    "partnership": "vnfr",
    "debtors": "vn",
    "creditors": ["fr"],
    "what": "send the list",
    "when": "2020",
    "source": "minutes",
    "place": "Hanoi",
    "participants": ["Zhao Xinli", {"post": "Head", "party": "vn"}],
    "conditions": "visa",
    "amount": "250000.50 EUR",
    "tags": "science",
}
FULL: dict[str, object] = SHORT | {
    "debtors": ["vn"],
    "source": [{"title": "minutes"}],
    "place": {"name": "Hanoi"},
    "participants": [{"person": "Zhao Xinli"}, {"post": "Head", "party": "vn"}],
    "conditions": [{"id": "visa"}],
    "amount": {"value": "250000.50", "currency": "EUR"},
    "tags": ["science"],
}


def test_a_line_in_short_forms_is_the_event_of_the_call_and_of_the_full_form() -> None:
    short = import_lines(*START, SHORT).events[-1].event
    full = import_lines(*START, FULL).events[-1].event

    assert short == full
    assert short == CommitmentMade(
        **{name: value for name, value in SHORT.items() if name != "type"},  # type: ignore[arg-type]
        id=short.id,
    )


@pytest.mark.parametrize(
    ("source", "full"),
    [
        ("https://news.example/1", [{"address": "https://news.example/1"}]),
        ({"title": "minutes", "basis": "minutes"}, [{"title": "minutes", "basis": "minutes"}]),
        (["minutes", {"title": "news"}], [{"title": "minutes"}, {"title": "news"}]),
    ],
    ids=["address", "object", "several"],
)
def test_a_source_may_be_a_text_or_one_object(source: object, full: object) -> None:
    lines = [meeting_line("m") | {"source": each} for each in (source, full)]
    short, long = (import_lines(*START, line).events[-1].event for line in lines)

    assert short == long


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (
            "500.000 VND",
            "amount: '500.000 VND' can be read in two ways: write it plainly, '500000 VND'",
        ),
        (
            "ten euros",
            (
                "amount: 'ten euros' is no Amount: an object of its fields is needed; "
                'write it as {"value": "1000.50", "currency": "EUR"}'
            ),
        ),
    ],
)
def test_a_bad_amount_on_a_line_is_refused(amount: str, words: str) -> None:
    assert [each.message for each in findings_of(*START, SHORT | {"amount": amount})] == [words]
