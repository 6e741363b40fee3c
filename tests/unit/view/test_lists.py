"""Lists of a view: what each filter keeps, and in which order the answers come."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from coopledger import Ledger, View, events
from coopledger.dates import EdtfDate, edtf
from tests.builders import Clock, build_event, office

DAY = "2020-06-15"


def promise(name: str, **fields: object) -> events.Event:
    return build_event(
        events.CommitmentMade,
        {
            "commitment": name,
            "partnership": "vnfr",
            "what": "a",
            "when": "2020-01-01",
            **fields,
        },
    )


@pytest.fixture(scope="module")
def view() -> View:
    """Return a view of two partnerships with a little of everything."""
    return office(
        events.InstrumentRegistered(
            instrument="mou", partnership="vnfr", kind="mou", state="in_force", until="2020-12-31"
        ),
        events.InstrumentRegistered(instrument="treaty", partnership="vncu", kind="treaty"),
        events.InstrumentRegistered(instrument="plan", partnership="vncu", kind="action_plan"),
        events.InstrumentSigned(id="s1", instrument="treaty", when="2019-05"),
        events.InstrumentSigned(id="s2", instrument="plan", until="2019-12-31", when="2019-05-20"),
        promise("owed", debtors="vn", creditors="fr", due="2020-03-31"),
        promise("awaited", debtors="fr", creditors="vn", firmness="target", due="2020-07-01"),
        promise("standing", debtors="vn", creditors="cu", partnership="vncu", standing=True),
        promise("kept", debtors="vn", creditors="fr", due="2020-02-01"),
        events.CommitmentFulfilled(commitment="kept", when="2020-02-11"),
        events.ProposalMade(
            proposal="asked",
            partnership="vnfr",
            by="vn",
            text="a",
            firmness="request",
            when="2020-03-01",
        ),
        events.InterestExpressed(proposal="wish", partnership="vncu", by="cu", when="2020-05-01"),
        events.ProposalMade(
            proposal="taken", partnership="vnfr", by="fr", text="a", when="2020-01-01"
        ),
        events.ProposalAccepted(proposal="taken", by="vn", when="2020-02-01"),
        events.MeetingHeld(
            meeting="talks",
            kind="talks",
            partnership="vnfr",
            participants={"party": "unesco"},
            when="2020-01-15",
        ),
        events.MeetingScheduled(
            meeting="visit",
            kind="visit",
            partnership="vncu",
            planned="2021",
            host="most",
            when="2020-01-15",
        ),
    ).view(DAY)


Ask = Callable[[View], tuple[str, ...]]


def ids(answers: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(getattr(item, "id", "") for item in answers)


LISTS: list[tuple[Ask, tuple[str, ...]]] = [
    (lambda view: ids(view.partnerships()), ("vnfr", "vncu")),
    (lambda view: ids(view.partnerships(stage="active")), ("vnfr", "vncu")),
    (lambda view: ids(view.partnerships(stage="signed")), ()),
    (lambda view: ids(view.partnerships(flag="overrun")), ("vncu",)),
    (lambda view: ids(view.partnerships(party="fr")), ("vnfr",)),
    (lambda view: ids(view.partnerships(country="CU")), ("vncu",)),
    (lambda view: ids(view.instruments()), ("mou", "treaty", "plan")),
    (lambda view: ids(view.instruments(state="signed")), ("treaty",)),
    (lambda view: ids(view.instruments(flag="overrun")), ("plan",)),
    (lambda view: ids(view.instruments(kind="mou")), ("mou",)),
    (lambda view: ids(view.instruments(incomplete=True)), ("treaty",)),
    (lambda view: ids(view.instruments(partnership="vncu")), ("treaty", "plan")),
    (lambda view: ids(view.instruments(partnership="vncu", state="in_force")), ("plan",)),
    (lambda view: ids(view.expiring(within_days=199)), ("mou",)),
    (lambda view: ids(view.expiring(within_days=198)), ()),
    (lambda view: ids(view.commitments()), ("owed", "awaited", "standing")),
    (lambda view: ids(view.commitments(open=False)), ("kept",)),
    (lambda view: ids(view.commitments(open=None)), ("owed", "awaited", "standing", "kept")),
    (lambda view: ids(view.commitments(debtor="vn")), ("owed", "standing")),
    (lambda view: ids(view.commitments(creditor="vn")), ("awaited",)),
    (lambda view: ids(view.commitments(partnership="vncu")), ("standing",)),
    (lambda view: ids(view.commitments(status="overdue")), ("owed",)),
    (lambda view: ids(view.commitments(status="fulfilled")), ("kept",)),
    (lambda view: ids(view.commitments(firmness="target")), ("awaited",)),
    (lambda view: ids(view.commitments(late=True)), ("kept",)),
    (lambda view: ids(view.commitments(flag="undated")), ()),
    (lambda view: ids(view.agenda()), ("owed", "awaited")),
    (lambda view: ids(view.agenda(within_days=15)), ("owed",)),
    (lambda view: ids(view.proposals()), ("asked", "wish", "taken")),
    (lambda view: ids(view.proposals(status="accepted")), ("taken",)),
    (lambda view: ids(view.proposals(firmness="wish")), ("wish",)),
    (lambda view: ids(view.proposals(by="vn")), ("asked",)),
    (lambda view: ids(view.proposals(to="vn")), ("wish", "taken")),
    (lambda view: ids(view.proposals(partnership="vncu")), ("wish",)),
    (lambda view: ids(view.proposals(partnership="vnfr", status="open")), ("asked",)),
    (lambda view: ids(view.proposals(waiting_days=45)), ("asked",)),
    (lambda view: ids(view.proposals(waiting_days=90)), ("asked",)),
    (lambda view: ids(view.meetings()), ("talks", "visit")),
    (lambda view: ids(view.meetings(status="held")), ("talks",)),
    (lambda view: ids(view.meetings(party="unesco")), ("talks",)),
    (lambda view: ids(view.meetings(party="vn")), ("talks", "visit")),
    (lambda view: ids(view.meetings(party="most")), ("visit",)),
    (lambda view: ids(view.meetings(partnership="vncu")), ("visit",)),
    (lambda view: tuple(item.event for item in view.signatures()), ("s1", "s2")),
    (lambda view: tuple(item.event for item in view.signatures(period="2019-05")), ("s1", "s2")),
    (lambda view: tuple(item.event for item in view.signatures(period="2019-05-20")), ("s2",)),
    (lambda view: tuple(item.event for item in view.signatures(kind="treaty")), ("s1",)),
    (lambda view: tuple(item.event for item in view.signatures(country="FR")), ()),
    (lambda view: tuple(item.event for item in view.signatures(partnership="vncu")), ("s1", "s2")),
]


@pytest.mark.parametrize(("ask", "expected"), LISTS)
def test_a_filter_keeps_what_it_names_in_the_order_of_the_list(
    view: View, ask: Ask, expected: tuple[str, ...]
) -> None:
    assert ask(view) == expected


def test_promises_kept_late_tell_by_how_much_and_by_whom() -> None:
    moved = promise("moved", debtors=["fr", "mesr"], creditors="vn", due="2020-02-01")
    anchored = promise("anchored", debtors="vn", creditors="fr", due_meeting="m")
    view = office(
        moved,
        events.CommitmentRescheduled(commitment="moved", due="2020-03-01", when="2020-01-20"),
        events.CommitmentFulfilled(commitment="moved", when="2020-03-11"),
        events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when="2020-02-01"),
        anchored,
        events.CommitmentFulfilled(commitment="anchored", when="2020-02-04"),
        promise("in-time", debtors="vn", creditors="fr", due="2020-02-01"),
        events.CommitmentFulfilled(commitment="in-time", when="2020-02-01"),
        promise("overdue", debtors="vn", creditors="fr", due="2020-02-01"),
    ).view(DAY)

    assert [
        (item.id, item.late_by, item.late_by_rescheduled, item.debtors)
        for item in view.commitments(late=True, open=None)
    ] == [("moved", 39, 10, ("fr", "mesr")), ("anchored", 3, 3, ("vn",))]
    assert view.commitments(late=True) == view.commitments(late=True, open=None)
    assert ids(view.commitments(late=True, debtor="fr")) == ("moved",)


def test_commitments_come_in_the_order_in_which_they_were_made_and_not_recorded() -> None:
    late = promise("late", debtors="vn", creditors="fr", when="2020-03-01")
    early = promise("early", debtors="vn", creditors="fr", when="2019-12")
    view = office(late, early, promise("between", debtors="fr", creditors="vn")).view(DAY)

    assert ids(view.commitments()) == ("early", "between", "late")
    assert ids(view.commitments(debtor="vn", partnership="vnfr")) == ("early", "late")


def test_commitments_whose_conditions_are_met_are_those_that_are_open_and_wait_no_longer() -> None:
    names = ("freed", "kept", "half", "failed", "waiting")
    view = office(
        *(
            promise(name, debtors="vn", creditors="fr", conditions=["money", "visa"])
            for name in names
        ),
        promise("free", debtors="vn", creditors="fr"),
        *(
            events.ConditionMet(commitment=name, condition="money", when="2020-02-01")
            for name in names[:-1]
        ),
        *(
            events.ConditionMet(commitment=name, condition="visa", when="2020-03-01")
            for name in names[:2]
        ),
        events.CommitmentFulfilled(commitment="kept", when="2020-04-01"),
        events.ConditionFailed(commitment="failed", condition="visa", when="2020-04-01"),
    ).view(DAY)

    assert ids(view.commitments(conditions_met=True)) == ("freed",)
    assert ids(view.commitments(conditions_met=True, open=None)) == ("freed",)


def test_instruments_are_incomplete_while_somebody_has_still_to_sign_or_to_ratify() -> None:
    names = ("half", "unratified", "ratified", "free")
    view = office(
        *(
            events.InstrumentRegistered(instrument=name, partnership="vnfr", kind="treaty")
            for name in names
        ),
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(instrument="half", signers="vn", when="2020-01-01"),
        *(
            events.InstrumentSigned(instrument=name, when="2020-01-01")
            for name in (*names[1:], "mou")
        ),
        *(
            events.InstrumentRatified(instrument="ratified", party=party, when="2020-02-01")
            for party in ("vn", "fr")
        ),
        events.InstrumentEnteredIntoForce(instrument="free", when="2020-02-01"),
    ).view(DAY)

    incomplete = view.instruments(incomplete=True)
    assert [(item.id, item.missing_signers, item.not_ratified) for item in incomplete] == [
        ("half", ("fr",), ("vn", "fr")),
        ("unratified", (), ("vn", "fr")),
    ]
    assert [item.is_incomplete for item in view.instruments(kind="mou")] == [False]


def test_meetings_come_by_date_and_those_without_one_come_last() -> None:
    defaults = {"kind": "talks", "partnership": "vnfr"}
    view = office(
        build_event(
            events.MeetingScheduled, {"meeting": "some-day", "when": "2020-01-01", **defaults}
        ),
        build_event(
            events.MeetingScheduled,
            {"meeting": "planned", "planned": "2020-12", "when": "2020-01-01", **defaults},
        ),
        build_event(events.MeetingHeld, {"meeting": "second", "when": "2020-05-01", **defaults}),
        build_event(events.MeetingHeld, {"meeting": "first", "when": "2020-02", **defaults}),
    ).view(DAY)

    assert ids(view.meetings()) == ("first", "second", "planned", "some-day")
    assert ids(view.meetings(status="held"))[-1] == "second"


def test_without_a_day_it_is_today_in_the_zone_of_the_ledger() -> None:
    clock = Clock("2030-01-01T17:30:00+00:00")  # 00:30 on the 2nd in Hanoi

    assert str(Ledger.in_memory(clock=clock, timezone="Asia/Ho_Chi_Minh").view().on) == "2030-01-02"
    assert str(Ledger.in_memory(clock=clock).view().on) == "2030-01-01"


@pytest.mark.parametrize(
    ("known_at", "told"),
    [
        (None, None),
        ("2030-01-15", "2030-01-15"),
        (date(2030, 1, 15), "2030-01-15"),
        (edtf("2030-01-15"), "2030-01-15"),
        ("2030-01-15T10:00:00+07:00", "2030-01-15T10:00:00+07:00"),
        (datetime(2030, 1, 15, 3, tzinfo=UTC), "2030-01-15T03:00:00.000000Z"),
    ],
)
def test_a_view_tells_up_to_when_what_counts_was_known(
    known_at: str | date | EdtfDate | None, told: str | None
) -> None:
    ledger = Ledger.in_memory(clock=Clock("2030-02-01T00:00:00+00:00"))

    assert ledger.view("2030-01-15", known_at=known_at).known_at == told
    # Another time is another view, also where the same is known.
    assert ledger.view("2030-01-15", known_at="2030-01-16").known_at == "2030-01-16"


def test_a_view_is_shown_with_its_day_its_position_and_its_hindsight(view: View) -> None:
    assert repr(view) == f"View(on=2020-06-15, position={view.position}, hindsight=True)"


def test_one_list_tells_the_same_as_its_single_answers(view: View) -> None:
    assert [view.partnership(item.id) for item in view.partnerships()] == list(view.partnerships())
    assert [view.instrument(item.id) for item in view.instruments()] == list(view.instruments())
    assert [view.commitment(item.id) for item in view.commitments()] == list(view.commitments())
    assert [view.proposal(item.id) for item in view.proposals()] == list(view.proposals())
    assert [view.meeting(item.id) for item in view.meetings()] == list(view.meetings())
    assert view.partnership("vncu").instruments == view.instruments(partnership="vncu")


def test_a_timeline_tells_what_counts_by_the_day_in_the_order_in_which_it_counts() -> None:
    ledger = office(
        events.MeetingHeld(
            id="late", meeting="m", kind="talks", partnership="vnfr", when="2020-05-01"
        ),
        events.StatementMade(
            id="early", partnership="vnfr", text="hello", by="a minister", when="2019"
        ),
        events.StatementMade(
            id="back", partnership="vnfr", text="a", when="2020-03-01", effective="2018-01-01"
        ),
        events.StatementMade(id="other", partnership="vncu", text="a", when="2019"),
        events.StatementMade(id="ahead", partnership="vnfr", text="a", when="2021"),
    )
    timeline = ledger.view(DAY).timeline("vnfr")

    assert [entry.event for entry in timeline][-3:] == ["back", "early", "late"]
    assert (timeline[-2].type, timeline[-2].about, str(timeline[-2].when)) == (
        "StatementMade",
        "vnfr",
        "2019",
    )
    assert str(timeline[-3].effective) == "2018-01-01"
