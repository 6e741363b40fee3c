"""Constructors take what people write, and keep one form of it."""

import pickle
from datetime import date

import pytest

from coopledger import EdtfDate, events
from coopledger.errors import RefusedError
from coopledger.terms import CommitmentFirmness, InstrumentKind, Role
from coopledger.values import Amount, Condition, Participant, Place, Renewal, Source


def test_text_lists_and_mappings_say_the_same_as_values() -> None:
    friendly = events.CommitmentMade(
        commitment="c",
        partnership="p",
        debtors="a",
        creditors=["b", "d"],
        what="a report",
        firmness="target",
        due="2022",
        conditions=["money"],
        depends_on="q",
        amount="5 EUR",
        when=date(2022, 7, 14),
        source="news",
        participants=[{"person": "Lê", "role": "chair"}],
        place="Hanoi",
    )
    strict = events.CommitmentMade(
        commitment="c",
        partnership="p",
        debtors=("a",),
        creditors=("b", "d"),
        what="a report",
        firmness=CommitmentFirmness.TARGET,
        due=EdtfDate("2022"),
        conditions=(Condition(id="money"),),
        depends_on=("q",),
        amount=Amount(value="5", currency="EUR"),
        when=EdtfDate("2022-07-14"),
        source=(Source(title="news"),),
        participants=(Participant(person="Lê", role=Role.CHAIR),),
        place=Place(name="Hanoi"),
    )

    assert friendly == strict
    assert hash(friendly) == hash(strict)
    assert pickle.loads(pickle.dumps(friendly)) == strict  # noqa: S301 - our own bytes


def test_a_registration_takes_words_and_a_mapping() -> None:
    registration = events.InstrumentRegistered(
        instrument="x", partnership="p", kind="mou", renewal={"tacit": True, "years": 5}
    )

    assert registration.kind is InstrumentKind.MOU
    assert registration.renewal == Renewal(tacit=True, years=5)


def test_an_event_never_changes() -> None:
    note = events.NoteAdded(subject="p", text="a")

    with pytest.raises(AttributeError):
        note.text = "b"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def test_every_fault_of_a_call_is_named_at_once() -> None:
    fields: dict[str, object] = {
        "id": "e1",
        "metting": "m1",
        "kind": 5,
        "partnership": "",
        "number": "11",
        "when": "08-09-2022",
    }
    make = events.MeetingHeld

    with pytest.raises(RefusedError) as refused:
        make(**fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    assert [(finding.code, finding.field) for finding in refused.value.findings] == [
        ("E103", None),
        ("E104", "when"),
        ("E106", "kind"),
        ("E106", "partnership"),
        ("E106", "number"),
    ]
    assert {finding.event_id for finding in refused.value.findings} == {"e1"}


def test_a_field_that_is_missing_is_named() -> None:
    make = events.NoteAdded

    with pytest.raises(RefusedError) as refused:
        make(subject="p")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]

    assert str(refused.value) == "E105 NoteAdded: 'text' is missing: NoteAdded needs it"


def test_a_field_that_another_word_means_is_not_missing_too() -> None:
    fields: dict[str, object] = {"commitment": "c", "debtor": "vn", "creditors": "fr", "what": "a"}
    make = events.CommitmentMade

    with pytest.raises(RefusedError) as refused:
        make(**fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    assert str(refused.value).splitlines() == [
        "E103 CommitmentMade: 'debtor' is no field of CommitmentMade; did you mean 'debtors'?",
        "E105 CommitmentMade: 'when' is missing: CommitmentMade needs it",
        "E105 CommitmentMade: 'partnership' is missing: CommitmentMade needs it",
    ]


@pytest.mark.parametrize("percent", [-1, 101, 150])
def test_progress_is_a_part_of_a_hundred(percent: int) -> None:
    with pytest.raises(RefusedError, match=r"^E106 CommitmentProgressed: percent: "):
        events.CommitmentProgressed(commitment="c", percent=percent, when="2022")


def test_numbers_of_meetings_begin_with_one() -> None:
    with pytest.raises(RefusedError, match=r"^E106 MeetingHeld: number: "):
        events.MeetingHeld(meeting="m", number=0, when="2022")
