"""What is still owed: by whom of several, after a reopening, and by when after a slip."""

import pytest

from coopledger import events
from coopledger.events import Event
from coopledger.render import pending
from tests.builders import office
from tests.unit.rules.commitments import commitment, commitment_on, fulfilment, statuses
from tests.unit.rules.instruments import registration, signature

DAY = "2020-12-31"


def delivered(when: str, *by: str) -> Event:
    return events.CommitmentFulfilled(id=f"by-{'-'.join(by)}", commitment="c", by=by, when=when)


def reopened(when: str, due: str | None = None) -> Event:
    return events.CommitmentReopened(id="again", commitment="c", due=due, when=when)


def put_off(
    when: str, *, due: str | None = None, text: str | None = None, meeting: str | None = None
) -> Event:
    return events.CommitmentRescheduled(
        id=f"put-off-{when}",
        commitment="c",
        due=due,
        due_text=text,
        due_meeting=meeting,
        when=when,
    )


def plan(when: str, planned: str | None) -> Event:
    return events.MeetingScheduled(
        meeting="m", kind="talks", partnership="vnfr", planned=planned, when=when
    )


def held(when: str) -> Event:
    return events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when=when)


# --- several debtors


def test_what_several_owe_is_fulfilled_on_the_day_of_the_last_of_them() -> None:
    ledger = office(
        commitment(debtors=["vn", "cu"], due="2020-02"),
        delivered("2020-03-01", "cu"),
        delivered("2020-04-01", "vn"),
    )
    answer = commitment_on(ledger, "2020-03-31")

    assert (answer.debtors, answer.debtors_open) == (("vn", "cu"), ("vn",))
    assert statuses(ledger, "2020-03-31", "2020-04-01") == ["overdue", "fulfilled"]
    assert commitment_on(ledger, DAY).late_by == 32
    assert commitment_on(ledger, DAY).decided_by == ("made-c", "by-vn")


def test_without_names_it_is_fulfilled_as_a_whole() -> None:
    ledger = office(commitment(debtors=["vn", "cu"]), fulfilment("2020-03-01"))

    assert statuses(ledger, DAY) == ["fulfilled"]


def test_another_act_that_fulfils_it_closes_the_whole() -> None:
    act = events.StatementMade(partnership="vnfr", text="sent", fulfils="c", when="2020-03-01")
    ledger = office(commitment(debtors=["vn", "cu"]), act)

    assert statuses(ledger, DAY) == ["fulfilled"]


def test_a_unit_delivers_for_the_debtor_above_it() -> None:
    ledger = office(commitment(debtors=["vn", "cu"]), delivered("2020-03-01", "most"))

    assert commitment_on(ledger, DAY).debtors_open == ("cu",)


def test_who_takes_over_a_part_has_still_to_deliver_it() -> None:
    ledger = office(
        commitment(debtors=["vn", "cu"]),
        delivered("2020-03-01", "cu"),
        events.CommitmentDelegated(commitment="c", by="vn", to="cu", when="2020-04-01"),
    )

    assert commitment_on(ledger, DAY).debtors_open == ("cu",)


def test_a_successor_has_delivered_what_the_party_before_it_had() -> None:
    ledger = office(
        commitment(debtors=["vn", "cu"]),
        delivered("2020-03-01", "cu"),
        events.PartySucceeded(party="cu", by="unesco", when="2020-04-01"),
    )
    answer = commitment_on(ledger, DAY)

    assert (answer.debtors, answer.debtors_open) == (("vn", "unesco"), ("vn",))


def test_a_debtor_that_takes_over_from_one_that_had_not_delivered_owes_it_again() -> None:
    ledger = office(
        commitment(debtors=["vn", "cu"]),
        delivered("2020-03-01", "vn"),
        events.PartySucceeded(party="cu", by="vn", when="2020-04-01"),
    )

    assert commitment_on(ledger, DAY).debtors_open == ("vn",)


TEXT = [
    registration("treaty", parties=("vn", "fr", "cu")),
    signature("2019-01-01"),
    events.InstrumentEnteredIntoForce(instrument="x", when="2019-02-01"),
]
NOTICE = events.TerminationNotified(
    id="leaves", instrument="x", by="cu", ends="2020-06-01", when="2020-01-02"
)


def test_when_the_last_of_those_that_stay_has_delivered_it_is_fulfilled() -> None:
    ledger = office(
        *TEXT,
        commitment(debtors=["vn", "cu"], under="x"),
        NOTICE,
        delivered("2020-07-01", "vn"),
    )

    assert statuses(ledger, "2020-06-30", "2020-07-01") == ["pending", "fulfilled"]
    assert str(commitment_on(ledger, DAY).since) == "2020-07-01"
    assert commitment_on(ledger, DAY).decided_by == ("by-vn",)


def test_when_the_last_one_that_owes_leaves_the_text_it_expires() -> None:
    ledger = office(
        *TEXT,
        commitment(debtors=["vn", "cu"], under="x"),
        NOTICE,
        delivered("2020-05-01", "vn"),
    )

    assert statuses(ledger, "2020-05-31", "2020-06-01") == ["pending", "expired"]
    assert commitment_on(ledger, DAY).decided_by == ("leaves",)


# --- reopened

CLOSINGS: dict[str, Event] = {
    "fulfilled": fulfilment("2020-03-01"),
    "released": events.CommitmentReleased(commitment="c", by="fr", when="2020-03-01"),
    "cancelled": events.CommitmentCancelled(commitment="c", by="vn", when="2020-03-01"),
}


@pytest.mark.parametrize("status", CLOSINGS)
def test_what_is_opened_again_is_owed_again(status: str) -> None:
    ledger = office(commitment(), CLOSINGS[status], reopened("2020-04-01"))
    answer = commitment_on(ledger, DAY)

    assert statuses(ledger, "2020-03-31", "2020-04-01") == [status, "pending"]
    assert (str(answer.since), answer.decided_by) == ("2020-04-01", ("made-c", "again"))
    assert (answer.debtors_open, answer.creditors) == (("vn",), ("fr",))


def test_it_is_opened_again_for_all_of_several_debtors() -> None:
    ledger = office(
        commitment(debtors=["vn", "cu"]),
        delivered("2020-02-01", "vn"),
        delivered("2020-03-01", "cu"),
        reopened("2020-04-01"),
        fulfilment("2020-05-01"),
    )

    assert commitment_on(ledger, "2020-04-01").debtors_open == ("vn", "cu")
    assert statuses(ledger, "2020-05-01") == ["fulfilled"]


def test_lateness_is_judged_by_the_first_fulfilment_after_the_reopening() -> None:
    ledger = office(
        commitment(due="2020-02-29"),
        fulfilment("2020-02-01"),
        reopened("2020-03-01", due="2020-05-31"),
        delivered("2020-06-02", "vn"),
    )
    answer = commitment_on(ledger, DAY)

    assert (str(answer.due), str(answer.first_due)) == ("2020-05-31", "2020-02-29")
    assert (answer.late_by, answer.late_by_rescheduled) == (94, 2)
    assert answer.times_rescheduled == 0


def test_who_took_over_meanwhile_owes_what_is_opened_again() -> None:
    ledger = office(
        commitment(),
        fulfilment("2020-02-01"),
        events.PartySucceeded(party="vn", by="cu", when="2020-03-01"),
        reopened("2020-04-01"),
    )

    assert commitment_on(ledger, "2020-03-31").debtors == ("vn",)
    assert commitment_on(ledger, "2020-04-01").debtors == ("cu",)


def test_what_depends_on_it_is_blocked_again() -> None:
    ledger = office(
        commitment(name="d"),
        commitment(depends_on="d"),
        fulfilment("2020-02-01", name="d"),
        events.CommitmentReopened(id="again", commitment="d", when="2020-04-01"),
    )

    assert statuses(ledger, "2020-03-31", "2020-04-01") == ["pending", "blocked"]
    assert commitment_on(ledger, DAY).decided_by == ("made-c", "again")


# --- slips


def test_how_often_it_was_put_off_and_when_it_was_due_first_is_told() -> None:
    ledger = office(
        commitment(due="2020-02"),
        put_off("2020-02-10", due="2020-05"),
        put_off("2020-05-10", due="2020-09"),
    )
    answer = commitment_on(ledger, DAY)

    assert (str(answer.first_due), answer.times_rescheduled) == ("2020-02", 2)
    assert "due 2020-09; put off 2 times, first due 2020-02" in str(answer)


def test_what_is_put_off_to_a_meeting_waits_for_it() -> None:
    ledger = office(
        plan("2019-10-01", "2020-11"),
        commitment(due="2020-02"),
        put_off("2020-03-01", meeting="m"),
        held("2020-11-05"),
    )

    assert statuses(ledger, "2020-02-29", "2020-03-01", "2020-11-05", "2020-11-06") == [
        *("due_soon", "blocked", "due_soon", "overdue"),
    ]
    answer = commitment_on(ledger, "2020-10-01")
    assert (answer.due, answer.due_meeting, str(answer.first_due)) == (None, "m", "2020-02")
    assert answer.decided_by == ("put-off-2020-03-01",)


def test_what_is_put_off_in_words_has_no_date_any_more() -> None:
    ledger = office(
        plan("2019-10-01", "2020-11"),
        commitment(due_meeting="m"),
        put_off("2020-03-01", text="next year"),
    )
    answer = commitment_on(ledger, DAY)

    assert (answer.status, answer.flags) == ("pending", ("undated",))
    assert (answer.due_text, answer.due_meeting) == ("next year", None)
    assert answer.decided_by == ("put-off-2020-03-01",)


@pytest.mark.parametrize(
    ("before", "after", "first"),
    [
        ([plan("2019-10-01", "2020-06")], [plan("2020-02-01", "2020-09")], "2020-06"),
        ([plan("2019-10-01", None)], [plan("2020-02-01", "2020-09")], "2020-09"),
        ([plan("2019-10-01", None)], [], "2020-11-05"),
        (
            [plan("2019-10-01", None)],
            [put_off("2020-02-01", due="2020-08"), plan("2020-03-01", "2020-09")],
            "2020-08",
        ),
    ],
)
def test_the_first_due_date_of_what_is_due_at_a_meeting(
    before: list[Event], after: list[Event], first: str
) -> None:
    """It is the plan that the meeting had, else its first later one, else the day held."""
    ledger = office(*before, commitment(due_meeting="m"), *after, held("2020-11-05"))

    assert str(commitment_on(ledger, DAY).first_due) == first


# --- what is told


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([delivered("2020-03-01", "vn")], "still to be done by Cuba"),
        ([put_off("2020-02-01", due="2021")], "set anew 1 time, first due 2020-02"),
    ],
)
def test_the_explanation_tells_of_it(acts: list[Event], said: str) -> None:
    ledger = office(commitment(debtors=["vn", "cu"], due="2020-02"), *acts)

    assert said in str(ledger.view(DAY).explain("c"))


def test_the_line_tells_who_has_still_to_deliver() -> None:
    ledger = office(commitment(debtors=["vn", "cu"]), delivered("2020-03-01", "vn"))

    assert "still owed by cu" in str(commitment_on(ledger, DAY))


def test_who_has_done_its_part_owes_nothing_more() -> None:
    ledger = office(commitment(debtors=["vn", "cu"]), delivered("2020-03-01", "vn"))
    view = ledger.view(DAY)

    assert view.commitments(debtor="vn") == ()
    assert [item.id for item in view.commitments(debtor="cu")] == ["c"]
    assert [item.id for item in view.commitments(debtor="vn", open=None)] == []
    assert "Viet Nam" not in pending(view, width=120)


def test_what_is_fulfilled_was_owed_by_all_of_them() -> None:
    ledger = office(
        commitment(debtors=["vn", "cu"]),
        delivered("2020-03-01", "vn"),
        delivered("2020-04-01", "cu"),
    )

    assert [item.id for item in ledger.view(DAY).commitments(debtor="vn", open=False)] == ["c"]
