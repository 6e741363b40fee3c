"""Facts that a ledger remembers, and those visible at a position."""

import pytest

from coopledger import Recorded, events
from coopledger._checking import survey
from coopledger._facts.facts import Facts
from coopledger._facts.index import BEGINNING, Fact, named_by
from coopledger._facts.visible import Visible
from coopledger._log.codec import lifted
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.terms import Noun
from coopledger.values import json_mapping

OPENED = (
    events.PartyRegistered(id="a1", party="a", name="A", kind="state"),
    events.PartyRegistered(id="b1", party="b", name="B", kind="state"),
    events.PartnershipOpened(id="p1", partnership="p", parties=["a", "b"]),
)


def recorded(position: int, event: Event) -> Recorded:
    return Recorded(position=position, recorded_us=position, event=event, digest=b"", chain=b"")


def memory(*acts: Event) -> Facts:
    facts = Facts(lift=lifted)
    for position, event in enumerate(acts, 1):
        facts.add(recorded(position, event))
    return facts


def text(name: str, *, id: str | None = None) -> Event:
    return events.InstrumentRegistered(
        id=id or f"r-{name}", instrument=name, partnership="p", kind="mou"
    )


def signed(name: str, *, id: str, when: str = "2020-01-01") -> Event:
    return events.InstrumentSigned(id=id, instrument=name, when=when)


def corrected(target: str, *, id: str = "k", **changes: object) -> Event:
    return events.EventCorrected(id=id, target=target, changes=changes, reason="a slip")


def retracted(target: str, *, id: str = "x") -> Event:
    return events.EventRetracted(id=id, target=target, reason="a slip")


# --- one fact

DAY_OF_2020 = 737790  # 2020-12-31
LATER = DAY_OF_2020 + 800
LATER_US = 1_700_000_000_000_000  # In 2023.


@pytest.mark.parametrize(
    ("when", "effective", "effect", "act", "certain"),
    [
        ("2020-12-31", None, DAY_OF_2020, DAY_OF_2020, True),
        ("2020", None, DAY_OF_2020, DAY_OF_2020, False),
        ("2020", "2020-12-30", DAY_OF_2020 - 1, DAY_OF_2020, True),
        ("2020-12-31", "2020", DAY_OF_2020, DAY_OF_2020, False),
        ("2020-12-31?", None, DAY_OF_2020, DAY_OF_2020, False),
    ],
)
def test_a_fact_counts_from_its_effect_and_happened_by_its_latest_day(
    when: str, effective: str | None, effect: int, act: int, *, certain: bool
) -> None:
    fact = Fact.of(7, events.NoteAdded(subject="p", text="a", when=when, effective=effective))

    assert (fact.effect, fact.act, fact.certain) == (effect, act, certain)
    assert fact.replay_key == (effect, act, 1, 7)


def test_what_has_no_date_counts_from_the_beginning() -> None:
    fact = Fact.of(1, text("x"))

    assert (fact.effect, fact.act, fact.certain) == (BEGINNING, BEGINNING, True)


def test_an_event_names_ids_in_many_fields() -> None:
    event = events.CommitmentMade(
        commitment="c",
        partnership="p",
        debtors=["a", "b"],
        creditors="d",
        what="w",
        under="x",
        depends_on=["q"],
        at_meeting="m",
        fulfils="c0",
        meets="c9/part/money",
        when="2020",
    )

    assert {(field, name) for field, name, _ in named_by(event)} == {
        ("commitment", "c"),
        ("partnership", "p"),
        ("debtors", "a"),
        ("debtors", "b"),
        ("creditors", "d"),
        ("under", "x"),
        ("depends_on", "q"),
        ("at_meeting", "m"),
        ("fulfils", "c0"),
        ("meets", "c9/part"),
    }


def test_who_speaks_in_a_statement_is_free_text() -> None:
    event = events.StatementMade(partnership="p", text="a", by="the minister", when="2020")

    assert [name for _, name, _ in named_by(event)] == ["p"]


# --- the memory


def contents(facts: Facts) -> dict[str, object]:
    """Return everything that the facts give for the names and events of these tests."""
    names = ("x", "y", "p", "r-x", "s", "k")
    return {
        "position": facts.position,
        "naming": {name: list(facts.found(name).facts) for name in names},
        "about": {name: list(facts.about(name)) for name in names},
        "ids": {name: facts.position_of(name) for name in names},
        "openings": {name: list(facts.opening(Noun.INSTRUMENT, name)) for name in names},
        "names": Visible(facts, facts.position).names(Noun.INSTRUMENT),
    }


def test_what_is_forgotten_might_as_well_not_have_been_added() -> None:
    facts = memory(text("x"))
    before = contents(facts)
    trial = [
        signed("x", id="s"),
        corrected("s", instrument="y"),
        text("y"),
        corrected("r-x", id="k2", instrument="z"),
        retracted("s"),
    ]
    for position, event in enumerate(trial, 2):
        facts.add(recorded(position, event))

    facts.forget(after=1)

    assert contents(facts) == before
    facts.add(recorded(2, signed("y", id="s")))
    assert [fact.position for fact in facts.found("y").facts] == [2]
    assert Visible(facts, 2).fact(1) == Fact.of(1, text("x"))


def test_a_corrected_event_is_found_under_the_old_and_the_new_id() -> None:
    facts = memory(text("x"), text("y"), signed("x", id="s"), corrected("s", instrument="y"))

    assert [fact.id for fact in Visible(facts, 3).naming("x")] == ["r-x", "s"]
    assert [fact.id for fact in Visible(facts, 3).naming("y")] == ["r-y"]
    assert [fact.id for fact in Visible(facts, 4).naming("x")] == ["r-x"]
    assert [fact.id for fact in Visible(facts, 4).naming("y")] == ["r-y", "s"]


# --- what is visible


def test_nothing_after_its_position_is_visible() -> None:
    facts = memory(text("x"), text("y"), signed("x", id="s"))
    visible = Visible(facts, 2)

    assert visible.names(Noun.INSTRUMENT) == ["x", "y"]
    assert visible.find("s") is None
    assert visible.position_of("s") is None
    assert [fact.id for fact in visible.all()] == ["r-x", "r-y"]


def test_a_retracted_event_is_known_by_its_id_and_not_visible() -> None:
    facts = memory(text("x"), retracted("r-x"))
    visible = Visible(facts, 2)

    assert visible.position_of("r-x") == 1
    assert visible.fact(1) is None
    assert visible.names(Noun.INSTRUMENT) == []
    assert [fact.id for fact in visible.all()] == ["x"]
    assert [fact.id for fact in visible.about("r-x")] == ["x"]


def test_corrections_add_up_in_the_order_of_the_log() -> None:
    facts = memory(
        signed("x", id="s", when="2020-01-01"),
        corrected("s", id="k1", when="2020-02-01", note="first"),
        corrected("s", id="k2", when="2020-03-01"),
        corrected("s", id="k3", note=None),
    )
    notes: list[tuple[str, str | None]] = []
    for position in range(1, 5):
        fact = Visible(facts, position).fact(1)
        assert fact is not None
        notes.append((str(fact.event.when), fact.event.note))

    assert notes == [
        ("2020-01-01", None),
        ("2020-02-01", "first"),
        ("2020-03-01", "first"),
        ("2020-03-01", None),
    ]


def test_what_is_hidden_might_as_well_not_have_been_recorded() -> None:
    facts = memory(
        text("x"), signed("x", id="s"), corrected("s", when="2021-01-01"), retracted("r-x")
    )
    visible = Visible(facts, 4)

    assert [fact.id for fact in visible.without(2).naming("x")] == []
    without_correction = visible.without(3).fact(2)
    assert without_correction is not None
    assert str(without_correction.event.when) == "2020-01-01"
    assert visible.without(4).names(Noun.INSTRUMENT) == ["x"]
    assert visible.without(3, 4).without(2).find("s") is None
    assert visible.without_trace(2).left_out == ("s", "k")


def test_facts_that_name_an_id_come_in_the_order_of_replay() -> None:
    facts = memory(
        signed("x", id="late", when="2021-01-01"),
        signed("x", id="fuzzy", when="2020"),
        signed("x", id="early", when="2020-01-01"),
        text("x"),
    )

    assert [fact.id for fact in Visible(facts, 4).naming("x")] == ["r-x", "early", "fuzzy", "late"]


@pytest.mark.parametrize("amount", ["500.000 VND", {"value": "500.000", "currency": "VND"}])
def test_an_older_correction_with_an_unclear_sum_is_read_and_told_by_a_check(
    amount: object,
) -> None:
    promise = events.CommitmentMade(
        id="c", commitment="c1", partnership="p", debtors="a", creditors="b", what="a", when="2022"
    )
    visible = Visible(memory(*OPENED, promise, corrected("c", amount=amount)), 5)

    findings = [str(each) for each in survey(visible, day=LATER, today=LATER, now_us=LATER_US)]

    assert findings[0] == (
        "E106 'c' at 4: CommitmentMade: amount: '500.000 VND' can be read in two ways: "
        "write it plainly, '500000 VND'"
    )


@pytest.mark.parametrize("amount", ["ten", 5, {"value": 5, "currency": "VND"}, {"value": "5"}])
def test_a_correction_to_no_amount_is_refused(amount: object) -> None:
    promise = events.CommitmentMade(
        id="c", commitment="c1", partnership="p", debtors="a", creditors="b", what="a", when="2022"
    )

    with pytest.raises(RefusedError):
        memory(promise).corrected(promise, json_mapping({"amount": amount}))
