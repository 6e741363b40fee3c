"""Events that the words of a measure count, and where a claim does not agree with itself."""

import pytest

from coopledger import events
from coopledger._rules.figure import inconsistencies, kinds_named, measure
from tests.builders import build_event

COUNTED = [
    ("cooperation documents signed", "signatures", ""),
    ("Signatures of MoUs", "signatures", ""),
    ("documents signed at joint committee meetings", "signatures", ""),
    ("joint committee meetings", "meetings", "joint committee"),
    ("inter-governmental committee sessions", "meetings", "intergovernmental committee"),
    ("sessions of the mixed commission", "meetings", "mixed commission"),
    ("committee meetings", "meetings", "joint committee"),
    ("sessions", "meetings", "session"),
    ("working sessions", "meetings", "working session"),
    ("visits of delegations", "meetings", "state visit"),
    ("rounds of talks", "meetings", "talks"),
    ("seminars and workshops", "meetings", "workshop"),
    ("meetings", "meetings", "anything"),
    ("documents", "signatures", ""),
    ("agreements concluded", "signatures", ""),
    ("MoUs exchanged at joint committee meetings", "signatures", ""),
    ("meetings on documents", "meetings", "anything"),
]


@pytest.mark.parametrize(("words", "counts", "kind"), COUNTED)
def test_the_words_of_a_measure_say_what_is_counted(words: str, counts: str, kind: str) -> None:
    row = measure(words)

    assert row is not None
    assert row.counts == counts
    assert row.counts_kind(kind)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("memoranda of understanding signed", ["mou"]),
        ("treaties and protocols signed", ["treaty", "protocol"]),
        ("documents signed", []),
        ("agreements signed", []),
        ("agreements and MoUs signed", []),
    ],
)
def test_the_words_of_a_measure_may_name_kinds_of_text(words: str, kinds: list[str]) -> None:
    assert list(kinds_named(words)) == kinds


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("joint committee meetings", "talks"),
        ("joint committee meetings", "inter-governmental committee"),
        ("inter-governmental committee sessions", "joint committee"),
        ("working sessions", "joint committee"),
        ("visits", "seminar"),
    ],
)
def test_meetings_of_another_kind_are_not_counted(words: str, kind: str) -> None:
    row = measure(words)

    assert row is not None
    assert not row.counts_kind(kind)


@pytest.mark.parametrize("words", ["joint projects", "million dollars", "2019", "—"])
def test_nothing_is_known_to_count_other_measures(words: str) -> None:
    assert measure(words) is None


@pytest.mark.parametrize(
    ("words", "value", "partners", "expected"),
    [
        ("joint committee meetings", 9, 3, ["fewer_partners_than_claimed"]),
        ("committee sessions", 5, 6, ["more_partners_than_claimed"]),
        ("committee sessions", 5, 5, []),
        ("committee sessions", 5, 0, []),
        # Several documents may be signed with one partner, hardly one with several.
        ("documents signed", 7, 4, []),
        ("documents signed", 3, 4, ["more_partners_than_claimed"]),
        ("meetings", 9, 3, []),
        ("million dollars spent", 5, 6, []),
        ("committee sessions", "several", 6, []),
    ],
)
def test_a_number_is_held_against_the_partners_named(
    words: str, value: int | str, partners: int, expected: list[str]
) -> None:
    claim = build_event(
        events.FigureReported,
        {
            "figure": "f",
            "measure": words,
            "value": value,
            "period": "2019",
            "when": "2019",
            "partners": [f"partner {number}" for number in range(partners)],
        },
    )

    assert list(inconsistencies(claim)) == expected
