"""Outcomes of a meeting, and their states on the day."""

import pytest

from coopledger import Ledger, events
from coopledger.errors import UnknownIdError
from coopledger.stores import MemoryStore
from tests.builders import Clock, office, store_unchecked

CLOCK = Clock()


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return a visit of a minister with a ceremony and talks; one promise is late news."""
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.CommitmentMade(
            commitment="draft",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="send a draft",
            when="2020-01-01",
        ),
        events.ProposalMade(
            proposal="lab", partnership="vnfr", by="fr", text="a laboratory", when="2020-01-01"
        ),
        events.MeetingHeld(
            id="v",
            meeting="visit",
            kind="visit",
            partnership="vnfr",
            when="2020-03-01/2020-03-03",
            fulfils="draft",
        ),
        events.MeetingHeld(
            meeting="ceremony",
            kind="ceremony",
            partnership="vnfr",
            within="visit",
            when="2020-03-02",
        ),
        events.MeetingHeld(
            meeting="talks", kind="talks", partnership="vncu", within="ceremony", when="2020-03-02"
        ),
        events.InstrumentSigned(
            id="s",
            instrument="mou",
            at_meeting="ceremony",
            when="2020-03-02",
            until="2020-12-31",
            realises="lab",
        ),
        events.StatementMade(
            id="said",
            partnership="vncu",
            by="a minister",
            text="we are friends",
            at_meeting="talks",
            when="2020-03-02",
        ),
        events.NoteAdded(subject="visit", text="it rained", at_meeting="visit"),
        events.StatementMade(id="else", partnership="vnfr", text="hello", when="2020-03-02"),
        clock=CLOCK,
    )
    CLOCK.set("2030-02-01")
    ledger.record(
        events.CommitmentMade(
            id="c",
            commitment="seats",
            partnership="vnfr",
            debtors="fr",
            creditors="vn",
            what="keep two seats",
            due="2020-06-30",
            at_meeting="visit",
            when="2020-03-03",
            effective="2020-03-01",
        ),
        events.CommitmentFulfilled(id="f", commitment="seats", when="2020-07-10"),
    )
    return ledger


def rows(ledger: Ledger, on: str, **options: str) -> list[tuple[str, str, str | None]]:
    outcomes = ledger.view(on, known_at=options.get("known_at")).outcomes(
        options.get("of", "visit")
    )
    return [(item.event, item.about, item.status) for item in outcomes]


def test_each_act_at_the_meeting_or_within_it_is_told_with_where_it_stands(ledger: Ledger) -> None:
    assert rows(ledger, "2020-03-31") == [
        ("c", "seats", "pending"),
        ("s", "mou", "in_force"),
        ("s", "lab", "realised"),
        ("said", "vncu", None),
        ("v", "draft", "fulfilled"),
    ]
    assert rows(ledger, "2021-03-31")[:2] == [("c", "seats", "fulfilled"), ("s", "mou", "expired")]


def test_an_inner_meeting_has_its_own_outcomes_only(ledger: Ledger) -> None:
    assert rows(ledger, "2020-03-31", of="ceremony") == [
        ("s", "mou", "in_force"),
        ("s", "lab", "realised"),
        ("said", "vncu", None),
    ]
    assert [item.meeting for item in ledger.view("2021-01-01").outcomes("ceremony")] == [
        "ceremony",
        "ceremony",
        "talks",
    ]


def test_outcomes_are_told_as_they_were_known(ledger: Ledger) -> None:
    assert rows(ledger, "2021-03-31", known_at="2030-01-31") == [
        ("s", "mou", "expired"),
        ("s", "lab", "realised"),
        ("said", "vncu", None),
        ("v", "draft", "fulfilled"),
    ]
    assert rows(ledger, "2021-03-31", known_at="2000-01-01") == []


def test_without_hindsight_an_act_that_reaches_back_is_not_told(ledger: Ledger) -> None:
    now, then = ledger.view("2020-03-01"), ledger.view("2020-03-01", hindsight=False)

    assert [item.event for item in now.outcomes("visit")] == ["c"]
    assert then.outcomes("visit") == ()


def test_an_outcome_names_the_act_and_what_decided_the_status(ledger: Ledger) -> None:
    seats, mou, *_ = ledger.view("2021-03-31").outcomes("visit")

    assert seats.decided_by == ("c", "f")
    assert mou.certain is True
    assert str(mou) == "2020-03-02: InstrumentSigned mou (s); now expired"
    assert str(seats) == ("2020-03-03: CommitmentMade seats (c); now fulfilled; fr: keep two seats")


def test_a_condition_met_at_a_meeting_came_out_of_it() -> None:
    ledger = office(
        events.CommitmentMade(
            commitment="lend",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="lend a ship",
            conditions=["paid", "insured"],
            when="2020-01-01",
        ),
        events.MeetingHeld(
            meeting="m",
            kind="talks",
            partnership="vnfr",
            meets=["lend/paid", "lend/insured"],
            when="2020-02-01",
        ),
    )

    assert rows(ledger, "2020-03-01", of="m")[0][1:] == ("lend", "pending")
    assert len(rows(ledger, "2020-03-01", of="m")) == 1


def test_meetings_that_lie_within_each_other_end_somewhere() -> None:
    store = MemoryStore()
    ledger = office(
        events.MeetingScheduled(meeting="a", kind="talks", partnership="vnfr", when="2020", id="a"),
        events.MeetingScheduled(
            meeting="b", kind="talks", partnership="vnfr", within="a", when="2020"
        ),
        store=store,
    )
    circle = {"within": "b"}
    store_unchecked(store, events.EventCorrected(id="k", target="a", changes=circle, reason="a"))

    assert ledger.view("2021-01-01").outcomes("a") == ()


def test_a_meeting_that_the_ledger_does_not_hold_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UnknownIdError) as refused:
        ledger.view().outcomes("visti")

    assert str(refused.value) == "E102 unknown meeting 'visti'; did you mean 'visit'?"
