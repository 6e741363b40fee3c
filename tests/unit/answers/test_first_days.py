"""`since` is the first day of a status: cases that the oracle of `tests/oracle` found."""

from coopledger import events
from tests.builders import office


def test_a_meeting_planned_in_the_past_is_unrecorded_since_it_was_announced() -> None:
    ledger = office(
        events.MeetingScheduled(
            meeting="m1", kind="talks", partnership="vnfr", when="2021-08-11", planned="2019-02-26"
        )
    )

    assert str(ledger.view("2022-01-01").meeting("m1").since) == "2021-08-11"


def test_a_meeting_planned_anew_in_the_past_is_unrecorded_since_it_was_planned_so() -> None:
    ledger = office(
        events.MeetingScheduled(
            meeting="m1", kind="talks", partnership="vnfr", when="2015-01-01", planned="2020"
        ),
        events.MeetingPostponed(meeting="m1", when="2015-09-01", planned="2020"),
        events.MeetingPostponed(meeting="m1", when="2015-12-16", planned="2015-11-16"),
    )

    assert str(ledger.view("2016-12-26").meeting("m1").since) == "2015-12-16"


def test_a_meeting_cancelled_twice_is_cancelled_since_the_first_time() -> None:
    ledger = office(
        events.MeetingScheduled(meeting="m1", kind="talks", partnership="vnfr", when="2015-01-01"),
        events.MeetingCancelled(meeting="m1", when="2015-09-26"),
        events.MeetingCancelled(meeting="m1", when="2018-04-18"),
    )

    assert str(ledger.view("2019-01-01").meeting("m1").since) == "2015-09-26"


def test_a_programme_whose_term_is_over_when_it_enters_into_force_is_expired_from_that_day() -> (
    None
):
    ledger = office(
        events.InstrumentRegistered(instrument="i1", partnership="vnfr", kind="programme"),
        events.InstrumentEnteredIntoForce(instrument="i1", when="2016", until="2016-06"),
    )
    programme = ledger.view("2020-01-01").instrument("i1")

    assert (programme.state, str(programme.since)) == ("expired", "2016-12-31")


def test_a_spell_of_which_the_term_is_over_when_it_begins_leaves_no_trace() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="i1", partnership="vnfr", kind="programme"),
        events.InstrumentProvisionallyApplied(
            instrument="i1", when="2015-01-01", until="2016-09-30"
        ),
        events.InstrumentEnteredIntoForce(instrument="i1", when="2016", until="2016-06"),
    )
    programme = ledger.view("2020-01-01").instrument("i1")

    assert (programme.state, str(programme.since)) == ("expired", "2016-10-01")


def test_a_second_notice_that_names_a_past_day_ends_the_text_on_its_own_day() -> None:
    ledger = office(
        events.InstrumentRegistered(
            instrument="i1", partnership="vnfr", kind="agreement", state="in_force"
        ),
        events.TerminationNotified(instrument="i1", by="vn", when="2012-08-31", ends="2025"),
        events.TerminationNotified(
            instrument="i1", by="fr", when="2012-03-27", effective="2015-08-30", ends="2012"
        ),
    )

    assert str(ledger.view("2020-01-01").instrument("i1").since) == "2015-08-30"


def test_entry_into_force_forgets_a_term_that_was_overrun() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="i1", partnership="vnfr", kind="project"),
        events.InstrumentSigned(instrument="i1", when="2010-01-01", until="2012"),
        events.InstrumentEnteredIntoForce(instrument="i1", when="2013-02-01"),
    )
    project = ledger.view("2020-01-01").instrument("i1")

    assert (project.flags, project.term_end, str(project.since)) == (
        ("end_unknown",),
        None,
        "2010-01-01",
    )


def test_a_commitment_that_waits_for_a_later_proposal_is_blocked_since_that_was_put() -> None:
    ledger = office(
        events.ProposalMade(
            proposal="q1", partnership="vnfr", by="fr", text="Funds.", when="2016-05-01"
        ),
        events.CommitmentMade(
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="A report.",
            depends_on="q1",
            when="2015-01-01",
        ),
    )
    commitment = ledger.view("2017-01-01").commitment("c1")

    assert (commitment.status, str(commitment.since)) == ("blocked", "2016-05-01")


def test_what_is_closed_is_not_put_off() -> None:
    ledger = office(
        events.CommitmentMade(
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="A report.",
            due="2016",
            when="2015-01-01",
        ),
        events.CommitmentRescheduled(commitment="c1", due="2019", when="2018-01-01"),
        events.CommitmentFulfilled(commitment="c1", when="2017-02-01"),
    )
    commitment = ledger.view("2020-01-01").commitment("c1")

    assert (str(commitment.due), commitment.late_by_rescheduled) == ("2016", 32)


def test_an_answered_wish_is_something_put() -> None:
    ledger = office(
        events.InterestExpressed(proposal="q1", partnership="vnfr", by="fr", when="2015-01-01"),
        events.ProposalAcknowledged(proposal="q1", by="vn", when="2016-01-01"),
    )

    assert ledger.view("2015-06-01").partnership("vnfr").stage == "contact"
    assert ledger.view("2016-06-01").partnership("vnfr").stage == "exploring"


def test_a_commitment_that_expired_in_two_ways_is_expired_since_the_first() -> None:
    ledger = office(
        events.InstrumentRegistered(
            instrument="i", partnership="vnfr", kind="mou", state="in_force", until="2019-12-31"
        ),
        events.CommitmentMade(
            commitment="c",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="host",
            under="i",
            conditions="money",
            when="2019-01-01",
        ),
        # Recorded late, and with an act before the text ended: it counts only afterwards.
        events.ConditionFailed(
            commitment="c", condition="money", when="2019-06-01", effective="2020-06-01"
        ),
    )

    assert str(ledger.view("2021-01-01").commitment("c").since) == "2020-01-01"


def test_with_a_date_of_its_own_no_meeting_held_later_is_behind_the_status() -> None:
    ledger = office(
        events.MeetingScheduled(meeting="m", kind="talks", partnership="vnfr", when="2014-01-01"),
        events.CommitmentMade(
            commitment="c",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="host",
            due_meeting="m",
            when="2016-06-14",
        ),
        events.CommitmentRescheduled(
            id="put-off", commitment="c", due="2018-01-25", when="2018-10-10"
        ),
        events.MeetingHeld(meeting="m", when="2022-09-08"),
    )
    commitment = ledger.view("2024-01-01").commitment("c")

    assert (commitment.status, str(commitment.since), commitment.decided_by) == (
        "overdue",
        "2018-10-10",
        ("put-off",),
    )
