"""Events as a programmer and as a reader see them, and the refusal of a bad call."""

import pytest

from coopledger import events, values
from coopledger._fields.classes import call
from coopledger.errors import RefusedError
from coopledger.values import Source


def test_an_event_is_shown_as_the_call_that_makes_it() -> None:
    held = events.MeetingHeld(
        when="2022-08-16",
        id="t",
        meeting="m1",
        kind="talks",
        topics=["a", "b"],
        source={"title": "minutes", "basis": "press"},
        ext={"desk": 3},
    )

    assert repr(held) == (
        "MeetingHeld(meeting='m1', kind='talks', topics=('a', 'b'), id='t', when='2022-08-16', "
        "source=Source(title='minutes', basis='press'), ext={'desk': 3})"
    )
    names: dict[str, object] = {"MeetingHeld": events.MeetingHeld, "Source": Source}
    assert eval(repr(held), names) == held  # noqa: S307 - our own repr


@pytest.mark.parametrize(
    "shown",
    [
        "Amount(value='5', currency='EUR')",
        "Condition(id='visa')",
        "Participant(person='Ann', role='head')",
        "Place(name='Hanoi', country='VN')",
        "Renewal(tacit=True, years=5)",
        "Source(title='minutes')",
    ],
)
def test_a_small_value_is_shown_as_the_call_that_makes_it(shown: str) -> None:
    assert repr(eval(shown, {**vars(values)})) == shown  # noqa: S307 - the tables above


def test_a_value_is_shown_in_the_order_asked_for() -> None:
    assert call(Source(title="a", quote="b"), first=["quote"]) == "Source(quote='b', title='a')"


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (
            events.MeetingHeld(meeting="m1", kind="talks", when="2022"),
            "2022 MeetingHeld m1, talks",
        ),
        (
            events.ProposalAccepted(proposal="p1", by=["vn", "fr"], when="2022", effective="2023"),
            "2022 (counts from 2023) ProposalAccepted p1, vn, fr",
        ),
        (events.EventRetracted(target="t", reason="a slip"), "undated EventRetracted t, a slip"),
        (events.Act(when="2022"), "2022 Act"),
    ],
)
def test_an_event_is_shown_on_one_line(event: events.Event, line: str) -> None:
    assert str(event) == line


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"parties": None}, "E106 {}: parties: None is no id: give one as text, or a list of them"),
        (
            {"parties": {"vn": 1}},
            "E106 {}: parties: {{'vn': 1}} is no id: give one as text, or a list of them",
        ),
        ({"parties": ["vn", 5]}, "E106 {}: parties[1]: 5 is no id: give it as text"),
        ({"date": "2022"}, "E103 {}: 'date' is no field of {}; did you mean 'when'?"),
        ({"deadline": "2022"}, "E103 {}: 'deadline' is no field of {}"),
        ({"scpe": "a"}, "E103 {}: 'scpe' is no field of {}; did you mean 'scope'?"),
        (
            {"participants": [{"person": "a"}, {"role": "chairman"}]},
            (
                "E106 {}: participants[1].role: 'chairman' is not one of chair, co_chair, head, "
                "signer, witness, member, guest; did you mean 'chair'?"
            ),
        ),
    ],
)
def test_a_bad_call_is_refused_with_what_would_do(fields: dict[str, object], message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        events.PartnershipOpened(**({"partnership": "a", "parties": ["vn", "fr"]} | fields))  # type: ignore[arg-type]

    assert message.format(*["PartnershipOpened"] * 2) in str(refused.value)


def test_a_value_without_the_name_of_its_field_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        events.MeetingHeld("m1", "2022")  # type: ignore[call-arg]

    assert str(refused.value) == (
        "E106 MeetingHeld: 'm1' has no name: give fields by name, as in MeetingHeld(when=...)"
    )


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        ("€500", "'€500' is no amount: write a number and a currency, such as '1000.50 EUR'"),
        ("1.000,50 EUR", "'1.000,50 EUR' is no amount: "),
        (500, "500 has no currency: write a number and a currency, such as '1000.50 EUR'"),
        ({"value": "1,5", "currency": "EUR"}, "'1,5' is no decimal number: write it as text"),
        ({"value": "5", "currency": "eur"}, "'eur' is no currency code of ISO 4217"),
    ],
)
def test_an_amount_is_refused_with_how_to_write_it(amount: object, message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        events.CommitmentMade(
            commitment="c",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            when="2022",
            amount=amount,  # type: ignore[arg-type]
        )

    assert message in str(refused.value)
