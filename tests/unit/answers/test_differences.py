"""Differences between two views, and the events that caused them."""

import pytest

from coopledger import Ledger, View, events
from coopledger.errors import ArgumentError
from coopledger.stores import MemoryStore
from tests.builders import Clock, office

CLOCK = Clock()
STORE = MemoryStore()
DAY = "2020-06-15"
THEN = "2030-01-15"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return a ledger as known in January 2030, with more that came in February."""
    ledger = office(
        events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou"),
        events.NegotiationOpened(id="n", instrument="mou", when="2019-03-01"),
        events.CommitmentMade(
            id="c",
            commitment="draft",
            partnership="vnfr",
            debtors="most",
            creditors="fr",
            what="send a draft",
            due="2020-02-01",
            when="2020-01-01",
        ),
        events.MeetingScheduled(
            id="t", meeting="talks", kind="talks", partnership="vncu", when="2020-01-01"
        ),
        clock=CLOCK,
        store=STORE,
    )
    CLOCK.set("2030-02-01")
    ledger.record(
        events.InstrumentSigned(id="s", instrument="mou", when="2019-11-01"),
        events.CommitmentRescheduled(id="m", commitment="draft", due="2020-09", when="2020-01-20"),
        events.CommitmentProgressed(id="g", commitment="draft", percent=30, when="2020-01-21"),
        events.PartyRenamed(id="p", party="most", name="Ministry", when="2020-02-01"),
        events.EventRetracted(id="x", target="t", reason="a rumour"),
        events.ProposalMade(
            id="a", proposal="lab", partnership="vncu", by="cu", text="a lab", when="2020-03-01"
        ),
    )
    return ledger


def changes(here: View, there: View) -> list[tuple[str, str | None, str, str, tuple[str, ...]]]:
    return [
        (each.id, each.field, str(each.old), str(each.new), each.because_of)
        for each in here.compare(there)
        if each.field is not None
    ]


def test_what_changed_in_our_picture_of_a_day_since(ledger: Ledger) -> None:
    then, now = ledger.view(DAY, known_at=THEN), ledger.view(DAY)

    assert changes(then, now) == [
        ("vnfr", "stage", "negotiating", "active", ("s",)),
        ("vnfr", "since", "2019-03-01", "2019-11-01", ("s",)),
        ("vnfr", "last_activity", "2019-03-01", "2020-01-21", ("g",)),
        ("vnfr", "conduct", "None", "not_begun", ("s",)),
        ("vncu", "stage", "contact", "exploring", ("a",)),
        ("vncu", "since", "2020-01-01", "2020-03-01", ("a",)),
        ("vncu", "last_activity", "2020-01-01", "2020-03-01", ("a",)),
        ("mou", "state", "negotiating", "in_force", ("s",)),
        ("mou", "since", "2019-03-01", "2019-11-01", ("s",)),
        ("mou", "flags", "()", "(<Flag.END_UNKNOWN: 'end_unknown'>,)", ("s",)),
        ("mou", "in_force_for", "()", "('vn', 'fr')", ("s",)),
        ("mou", "conduct", "None", "not_begun", ("s",)),
        ("draft", "status", "overdue", "pending", ("m",)),
        ("draft", "since", "2020-02-02", "2020-01-20", ("m",)),
        ("draft", "due", "2020-02-01", "2020-09", ("m",)),
        ("draft", "percent", "None", "30", ("g",)),
        ("most", "name", "MOST", "Ministry", ("p",)),
        ("most", "since", "None", "2020-02-01", ("p",)),
        ("most", "former_names", "()", "('MOST',)", ("p",)),
    ]


def test_what_appeared_and_what_vanished_is_told_whole(ledger: Ledger) -> None:
    then, now = ledger.view(DAY, known_at=THEN), ledger.view(DAY)
    lab, talks = (each for each in then.compare(now) if each.field is None)

    assert (lab.id, lab.noun, lab.old, lab.new) == ("lab", "proposal", None, now.proposal("lab"))
    assert (talks.id, talks.old, talks.new) == ("talks", then.meeting("talks"), None)
    assert (lab.because_of, talks.because_of) == (("a",), ("x",))
    assert (lab.decided_by, talks.decided_by) == (("a",), ("t",))


def test_what_appears_with_a_hundred_events_is_because_of_its_opening_alone() -> None:
    ledger = office()
    before = ledger.view().position
    ledger.record(
        events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou"),
        *(
            events.ImplementationReported(instrument="mou", when="2020-02-01", text=f"n{number}")
            for number in range(100)
        ),
    )

    changed = ledger.view(DAY).news(before).changed

    (text,) = (each for each in changed if each.id == "mou")
    assert (text.field, text.because_of) == (None, ("r",))


def test_a_text_that_became_known_appeared_because_of_its_registration() -> None:
    text = events.InstrumentRegistered(
        id="r", instrument="mou", partnership="vnfr", kind="mou", title="On the sea"
    )
    now = office(text).view(DAY)

    assert [str(each) for each in now.without("r").compare(now)] == [
        "mou: appeared: none; MoU of vn, fr; because of r"
    ]


def test_the_other_way_round_everything_changes_back(ledger: Ledger) -> None:
    then, now = ledger.view(DAY, known_at=THEN), ledger.view(DAY)

    assert changes(now, then)[0] == ("vnfr", "stage", "active", "negotiating", ("s",))
    assert [str(each) for each in now.compare(then) if each.field is None] == [
        (
            "lab: vanished: open since 2020-03-01; proposal of cu to vn; unanswered for 106 "
            "days; because of a"
        ),
        "talks: appeared: scheduled since 2020-01-01; because of x",
    ]


def test_from_day_to_day_what_merely_went_by_is_passed_over(ledger: Ledger) -> None:
    january, march, june = (
        ledger.view(day, known_at=THEN) for day in ("2020-01-31", "2020-03-01", DAY)
    )

    assert changes(march, june) == []
    assert changes(january, march) == [
        ("draft", "status", "due_soon", "overdue", ()),
        ("draft", "since", "2020-01-02", "2020-02-02", ()),
    ]


def test_what_came_with_time_alone_is_because_of_no_event() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(instrument="mou", when="2019-01-01", until="2020-12-31"),
        events.StatementMade(id="s", partnership="vnfr", text="a", when="2020-06-01"),
    )
    march, now = ledger.view("2020-03-01").without("s"), ledger.view("2020-08-01")

    assert changes(march, now) == [
        ("vnfr", "flags", "()", "(<Flag.EXPIRING: 'expiring'>,)", ()),
        ("vnfr", "last_activity", "2019-01-01", "2020-06-01", ("s",)),
        ("mou", "flags", "()", "(<Flag.TO_DECIDE: 'to_decide'>,)", ()),
    ]


def test_hindsight_alone_makes_a_difference_too() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(instrument="mou", when="2020-09-01", effective="2020-01-01"),
    )

    ahead, now = ledger.view(DAY, hindsight=False), ledger.view(DAY)
    assert changes(ahead, now)[0] == ("vnfr", "stage", "none", "active", ())


def test_what_one_event_brought_about(ledger: Ledger) -> None:
    now = ledger.view(DAY)

    assert changes(now.without("m"), now) == [
        ("draft", "status", "overdue", "pending", ("m",)),
        ("draft", "since", "2020-02-02", "2020-01-20", ("m",)),
        ("draft", "due", "2020-02-01", "2020-09", ("m",)),
    ]


def test_a_view_is_like_itself(ledger: Ledger) -> None:
    assert ledger.view(DAY).compare(ledger.view(DAY)) == ()


def test_where_no_single_event_decides_those_behind_the_answer_are_told() -> None:
    ledger = office(
        events.StatementMade(id="a", partnership="vnfr", text="a", when="2020-01-01"),
        events.StatementMade(id="b", partnership="vnfr", text="b", when="2020-01-01"),
    )
    now = ledger.view(DAY)
    stage, *_ = now.without("a", "b").compare(now)

    assert (stage.field, stage.because_of) == ("stage", ("a",))


def test_where_nothing_decides_all_that_bear_on_it_are_told() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.ProposalMade(proposal="p", partnership="vnfr", by="vn", text="a", when="2020-01-01"),
        *(
            events.ProposalAcknowledged(
                id=id, proposal="p", instrument="mou", by="fr", when="2020-02-01"
            )
            for id in ("a", "b")
        ),
    )
    now = ledger.view(DAY)
    differences = {(each.id, each.field): each for each in now.without("a", "b").compare(now)}

    assert differences["mou", "state"].because_of == ("a", "b")


def test_what_moves_an_instrument_from_elsewhere_is_found() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vncu", kind="mou"),
        events.ProposalMade(proposal="p", partnership="vnfr", by="vn", text="a", when="2020-01-01"),
        events.ProposalAgreedInPrinciple(
            id="a", proposal="p", instrument="mou", by="fr", when="2021-01-01"
        ),
    )
    now = ledger.view(DAY)
    differences = {(each.id, each.field): each for each in now.without("a").compare(now)}

    assert differences["vncu", "stage"].because_of == ("a",)


def test_who_sees_to_a_thing_changed_because_of_what_was_said_of_its_partnership() -> None:
    ledger = office(
        events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(id="s", instrument="mou", when="2019-01-01"),
    )
    ledger.record(
        events.ResponsibilityAssigned(id="a", subject="vnfr", to="a desk", when="2020-01-01"),
        events.ImplementationReported(id="i", instrument="mou", when="2020-01-02"),
        events.MilestoneReached(id="k", name="kept", instrument="mou", when="2020-01-02"),
        events.InstrumentApproved(id="o", instrument="mou", by="vn", when="2020-01-02"),
    )
    now = ledger.view(DAY)
    compared = now.without("a", "i", "k", "o").compare(now)
    changes = {each.field: each.because_of for each in compared if each.id == "mou"}

    assert changes["responsible"] == ("a",)
    assert changes["conduct"] == ("k",)


def test_a_correction_is_named_and_not_what_it_corrects() -> None:
    clock = Clock()
    ledger = office(
        events.StatementMade(id="a", partnership="vnfr", text="a", when="2020-01-01"), clock=clock
    )
    clock.set("2030-02-01")
    ledger.record(
        events.EventCorrected(id="k", target="a", changes={"when": "2020-02-01"}, reason="a slip")
    )

    assert changes(ledger.view(DAY, known_at=THEN), ledger.view(DAY)) == [
        ("vnfr", "since", "2020-01-01", "2020-02-01", ("k",)),
        ("vnfr", "last_activity", "2020-01-01", "2020-02-01", ("k",)),
    ]


def test_a_difference_prints_on_one_line(ledger: Ledger) -> None:
    then, now = ledger.view(DAY, known_at=THEN), ledger.view(DAY)
    lines = [str(each) for each in then.compare(now)]

    assert lines[0] == "vnfr: stage negotiating, then active; because of s"
    assert "draft: percent none, then 30; because of g" in lines
    assert "most: former names none, then MOST; because of p" in lines


def test_a_ledger_opened_again_is_the_same_ledger(ledger: Ledger) -> None:
    again = Ledger(STORE, name=ledger.name, clock=CLOCK)

    assert ledger.view(DAY).compare(again.view(DAY)) == ()


def test_what_cannot_be_compared_is_refused(ledger: Ledger) -> None:
    for elsewhere in (office(name="elsewhere"), Ledger.in_memory(clock=CLOCK)):
        with pytest.raises(ArgumentError, match=r"other=View.* is a view of another ledger"):
            ledger.view(DAY).compare(elsewhere.view(DAY))
    with pytest.raises(ArgumentError, match=r"other=3 is no view: ask Ledger\.view for one"):
        ledger.view(DAY).compare(3)  # type: ignore[arg-type]
