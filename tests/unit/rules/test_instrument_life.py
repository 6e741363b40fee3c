"""States and flags of an instrument that follow without an event that says so."""

import pytest

from coopledger import events
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.builders import office
from tests.unit.rules.instruments import (
    instrument_on,
    registration,
    signature,
    states,
)

# --- notice, suspension


def notified(when: str, ends: str) -> Event:
    return events.TerminationNotified(instrument="x", by="fr", ends=ends, when=when)


def withdrawn(when: str) -> Event:
    return events.TerminationNoticeWithdrawn(instrument="x", when=when)


def suspended(when: str) -> Event:
    return events.InstrumentSuspended(instrument="x", when=when)


def resumed(when: str) -> Event:
    return events.InstrumentResumed(instrument="x", when=when)


def test_a_text_is_terminating_from_the_notice_until_its_end_then_terminated() -> None:
    ledger = office(
        registration(),
        signature("2015-01-01"),
        notified("2018-02-01", "2018-08-01"),
    )

    assert states(ledger, "2018-01-31", "2018-02-01", "2018-07-31", "2018-08-01") == [
        "in_force",
        "terminating",
        "terminating",
        "terminated",
    ]
    assert str(instrument_on(ledger, "2018-05-01").ends) == "2018-08-01"
    assert instrument_on(ledger, "2018-08-01").ends is None


def test_a_text_may_be_terminated_before_its_notice_has_run_out_and_confirmed_after() -> None:
    ledger = office(
        registration(),
        signature("2015-01-01"),
        notified("2018-02-01", "2018-08-01"),
        events.InstrumentTerminated(instrument="x", when="2018-04-01"),
        events.InstrumentTerminated(instrument="x", when="2018-09-01"),
    )

    assert states(ledger, "2018-03-31", "2018-04-01") == ["terminating", "terminated"]
    assert str(instrument_on(ledger, "2019-01-01").since) == "2018-04-01"


STATES_BEFORE: dict[str, list[Event]] = {
    "signed": [],
    "provisional": [events.InstrumentProvisionallyApplied(instrument="x", when="2016-01-01")],
    "in_force": [events.InstrumentEnteredIntoForce(instrument="x", when="2016-01-01")],
    "suspended": [
        events.InstrumentEnteredIntoForce(instrument="x", when="2016-01-01"),
        suspended("2016-06-01"),
    ],
}


@pytest.mark.parametrize("before", STATES_BEFORE)
def test_notice_taken_back_leads_to_the_state_before_it(before: str) -> None:
    ledger = office(
        registration("agreement"),
        signature("2015-01-01"),
        *STATES_BEFORE[before],
        notified("2018-02-01", "2018-08-01"),
        notified("2018-03-01", "2018-09-01"),
        withdrawn("2018-04-01"),
    )

    assert states(ledger, "2018-01-31", "2018-03-31", "2018-04-01", "2029-01-01") == [
        before,
        "terminating",
        before,
        before,
    ]
    assert instrument_on(ledger, "2018-04-01").ends is None


@pytest.mark.parametrize("before", ["signed", "provisional", "in_force"])
def test_resuming_leads_to_the_state_before_the_suspension(before: str) -> None:
    ledger = office(
        registration("agreement"),
        signature("2015-01-01"),
        *STATES_BEFORE[before],
        suspended("2018-02-01"),
        resumed("2018-04-01"),
    )

    assert states(ledger, "2018-01-31", "2018-03-31", "2018-04-01") == [
        before,
        "suspended",
        before,
    ]


def test_a_suspended_text_under_notice_resumes_under_notice() -> None:
    ledger = office(
        registration(),
        signature("2015-01-01"),
        notified("2018-02-01", "2018-08-01"),
        suspended("2018-03-01"),
        resumed("2018-05-01"),
    )

    assert states(ledger, "2018-04-01", "2018-05-01", "2018-08-01") == [
        "suspended",
        "terminating",
        "terminated",
    ]


def test_a_notice_runs_out_during_a_suspension() -> None:
    ledger = office(
        registration(),
        signature("2015-01-01"),
        notified("2018-02-01", "2018-08-01"),
        suspended("2018-03-01"),
    )

    assert states(ledger, "2018-07-31", "2018-08-01") == ["suspended", "terminated"]


def test_a_notice_taken_back_during_a_suspension_is_gone_when_the_text_resumes() -> None:
    ledger = office(
        registration(),
        signature("2015-01-01"),
        notified("2018-02-01", "2018-08-01"),
        suspended("2018-03-01"),
        withdrawn("2018-04-01"),
        resumed("2018-05-01"),
    )

    assert states(ledger, "2018-04-15", "2018-05-01", "2019-01-01") == [
        "suspended",
        "in_force",
        "in_force",
    ]


def test_a_notice_runs_on_when_the_text_enters_into_force() -> None:
    ledger = office(
        registration("agreement"),
        signature("2015-01-01"),
        notified("2018-02-01", "2018-08-01"),
        events.InstrumentEnteredIntoForce(instrument="x", when="2018-03-01"),
    )

    assert states(ledger, "2018-02-15", "2018-03-01", "2018-08-01") == [
        "terminating",
        "terminating",
        "terminated",
    ]


ENDINGS: dict[str, list[Event]] = {
    "its notice": [notified("2018-02-01", "2018-08-01")],
    "termination": [
        notified("2018-02-01", "2025-08-01"),
        events.InstrumentTerminated(instrument="x", when="2018-08-01"),
    ],
    "completion": [
        notified("2018-02-01", "2025-08-01"),
        events.InstrumentCompleted(instrument="x", when="2018-08-01"),
    ],
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_notice_is_pending_once_the_text_has_ended(ending: str) -> None:
    ledger = office(registration("project"), signature("2015-01-01"), *ENDINGS[ending])

    with pytest.raises(RefusedError, match=r"^E508"):
        ledger.record(withdrawn("2019-01-01"))


# --- the ladder


def test_provisional_application_may_reach_back_before_the_signature() -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentInitialled(instrument="x", when="2020-04-01"),
        signature("2020-06-01"),
        events.InstrumentProvisionallyApplied(
            instrument="x", when="2020-06-10", effective="2020-01-01"
        ),
    )

    assert states(ledger, "2019-12-31", "2020-01-01", "2020-05-01", "2020-06-05") == [
        "none",
        "provisional",
        "provisional",
        "provisional",
    ]
    by_then = ledger.view("2020-05-01", hindsight=False).instrument("x")
    assert by_then.state == "initialled"
    assert ledger.view("2020-05-01").partnership("vnfr").flags == ("provisional_only",)


@pytest.mark.parametrize("day", ["2020-01-01", "2020-12-31"])
def test_later_lower_steps_do_not_lower_the_state(day: str) -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentInitialled(instrument="x", when="2020-01-01"),
        events.NegotiationConcluded(instrument="x", when="2020-02-01"),
        events.NegotiationOpened(instrument="x", when="2020-03-01"),
        events.InterestExpressed(
            proposal="p", partnership="vnfr", instrument="x", by="vn", when="2020-04-01"
        ),
    )

    assert states(ledger, day) == ["initialled"]
    assert str(instrument_on(ledger, day).since) == "2020-01-01"


def test_broken_off_talks_can_be_resumed() -> None:
    ledger = office(
        registration("agreement"),
        events.NegotiationOpened(instrument="x", when="2018"),
        events.NegotiationBrokenOff(instrument="x", when="2019"),
        events.NegotiationOpened(instrument="x", when="2020"),
    )

    assert states(ledger, "2018-12-31", "2019-12-31", "2020-12-31") == [
        "negotiating",
        "abandoned",
        "negotiating",
    ]


def wish(proposal: str, when: str) -> Event:
    return events.InterestExpressed(
        proposal=proposal, partnership="vnfr", instrument="x", by="vn", when=when
    )


def declined(proposal: str, when: str) -> Event:
    return events.ProposalDeclined(proposal=proposal, by="fr", when=when)


def test_a_text_is_contemplated_until_every_proposal_on_it_is_declined_or_withdrawn() -> None:
    ledger = office(
        registration(),
        wish("p", "2020-01-01"),
        wish("q", "2020-02-01"),
        declined("p", "2020-03-01"),
        events.ProposalWithdrawn(proposal="q", by="vn", when="2020-04-01"),
        wish("r", "2020-05-01"),
    )

    assert states(ledger, "2020-03-15", "2020-04-01", "2020-05-01") == [
        "contemplated",
        "none",
        "contemplated",
    ]
    assert str(instrument_on(ledger, "2020-05-01").since) == "2020-05-01"


@pytest.mark.parametrize("answer", [events.ProposalAcknowledged, events.ProposalAccepted])
def test_an_answer_that_came_too_late_moves_neither_proposal_nor_text(
    answer: type[events.ProposalAcknowledged | events.ProposalAccepted],
) -> None:
    ledger = office(
        registration(),
        wish("p", "2020-01-01"),
        answer(proposal="p", by="fr", when="2020-06-01"),
    )

    ledger.record(declined("p", "2020-03-01"))

    assert ledger.view("2020-07-01").proposal("p").status == "declined"
    assert states(ledger, "2020-02-01", "2020-03-01", "2020-07-01") == [
        "contemplated",
        "none",
        "none",
    ]


def test_a_declined_proposal_does_not_lower_what_is_negotiated() -> None:
    ledger = office(
        registration(),
        wish("p", "2020-01-01"),
        events.NegotiationOpened(instrument="x", when="2020-02-01"),
        declined("p", "2020-03-01"),
    )

    assert states(ledger, "2020-03-01") == ["negotiating"]


# --- signatures


def signed_by(*signers: str, when: str, missing: tuple[str, ...] = ()) -> Event:
    return events.InstrumentSigned(
        instrument="x", signers=signers, missing_signers=missing, when=when
    )


@pytest.mark.parametrize(
    ("step", "state"),
    [
        (None, "agreed"),
        (events.NegotiationOpened(instrument="x", when="2019"), "agreed"),
        (events.NegotiationConcluded(instrument="x", when="2019"), "agreed"),
        (events.InstrumentInitialled(instrument="x", when="2019"), "initialled"),
    ],
)
def test_missing_signers_keep_it_agreed_or_initialled(step: Event | None, state: str) -> None:
    ledger = office(
        registration(),
        *([step] if step else []),
        signed_by("vn", when="2020-01-01"),
        signed_by("fr", when="2020-02-01"),
    )
    answer = instrument_on(ledger, "2020-01-31")

    assert (answer.state, answer.flags, answer.missing_signers) == (
        state,
        ("partially_signed",),
        ("fr",),
    )
    complete = instrument_on(ledger, "2020-02-01")
    assert (complete.state, complete.missing_signers) == ("in_force", ())
    assert "partially_signed" not in complete.flags


def test_signers_named_as_missing_have_not_signed() -> None:
    ledger = office(registration(), signed_by(when="2020-01-01", missing=("fr",)))

    assert instrument_on(ledger, "2020-01-01").missing_signers == ("fr",)


def test_whoever_takes_over_a_party_later_has_not_signed_for_it_before() -> None:
    ledger = office(
        registration(),
        signed_by("vn", when="2020-01-01"),
        events.PartySucceeded(party="fr", by="vn", when="2020-03-01"),
    )

    assert instrument_on(ledger, "2020-02-28").missing_signers == ("fr",)
    assert instrument_on(ledger, "2020-06-30").missing_signers == ("vn",)
    ledger.record(signed_by("vn", when="2020-07-01"))
    assert instrument_on(ledger, "2020-07-01").missing_signers == ()


def test_whoever_takes_over_a_part_of_a_party_does_not_sign_for_the_whole() -> None:
    ledger = office(
        registration("agreement"),
        events.PartySucceeded(party="mesr", by="vn", when="2019-01-01"),
        signed_by("vn", when="2020-01-01"),
    )

    assert instrument_on(ledger, "2020-01-01").missing_signers == ("fr",)


def test_what_prolongs_a_text_on_the_day_of_its_beginning_did_not_begin_it() -> None:
    ledger = office(
        registration(),
        events.InstrumentProvisionallyApplied(id="begun", instrument="x", when="2020-01-01"),
        events.InstrumentExtended(id="longer", instrument="x", when="2020-01-01", until="2024"),
    )
    answer = instrument_on(ledger, "2020-06-30")

    assert (answer.state, answer.decided_by) == ("provisional", ("begun", "longer"))


def test_a_child_signs_for_its_parent() -> None:
    ledger = office(
        registration("agreement"),
        signed_by("most", when="2020-01-01"),
        signed_by("mesr", when="2020-02-01"),
    )

    assert instrument_on(ledger, "2020-01-01").missing_signers == ("fr",)
    assert states(ledger, "2020-01-01", "2020-02-01") == ["agreed", "signed"]


def test_only_the_parties_of_the_text_itself_must_sign() -> None:
    ledger = office(
        registration(parties=("most", "mesr", "cu")),
        signed_by("most", "mesr", when="2020-01-01"),
        signed_by("cu", when="2020-02-01"),
    )

    assert instrument_on(ledger, "2020-01-01").missing_signers == ("cu",)
    assert states(ledger, "2020-02-01") == ["in_force"]


def test_who_took_over_signs_and_ratifies_for_the_party() -> None:
    ledger = office(
        registration("agreement"),
        events.PartySucceeded(party="vn", by="unesco", when="2015-01-01"),
        signed_by("unesco", "fr", when="2020-01-01"),
        events.InstrumentRatified(instrument="x", party="unesco", when="2020-02-01"),
    )

    assert instrument_on(ledger, "2020-01-01").state == "signed"
    assert instrument_on(ledger, "2020-02-01").not_ratified == ("fr",)


def test_who_has_still_to_ratify_is_told_while_force_is_awaited() -> None:
    ledger = office(
        registration("agreement"),
        signature("2020-01-01"),
        events.InstrumentRatified(instrument="x", party="most", when="2020-02-01"),
    )

    assert instrument_on(ledger, "2020-01-31").not_ratified == ("vn", "fr")
    assert instrument_on(ledger, "2020-02-01").not_ratified == ("fr",)


def test_signatures_on_an_expired_text_add_up_one_by_one() -> None:
    ledger = office(
        registration(),
        signature("2010-01-01", until="2010-12-31"),
        signed_by("vn", when="2012-01-01"),
        signed_by("fr", when="2012-02-01"),
    )

    assert states(ledger, "2012-01-31", "2012-02-01") == ["expired", "in_force"]
    assert instrument_on(ledger, "2012-01-31").missing_signers == ("fr",)


@pytest.mark.parametrize(
    ("period", "count"),
    [("2020", 2), ("2020-03", 1), ("2020-01", 0), ("2020-03/2020-12", 1), ("2019/2021", 3)],
)
def test_a_signature_counts_where_its_whole_fuzzy_date_lies_within_the_period(
    period: str, count: int
) -> None:
    ledger = office(
        registration(name="x"),
        registration(name="y"),
        registration(name="z"),
        signature("2020-03", name="x"),
        signature("2020", name="y"),
        signature("2021-01-01", name="z"),
    )

    assert len(ledger.view("2029-01-01").signatures(period=period)) == count


def test_a_text_signed_by_some_only_is_not_counted_as_signed() -> None:
    ledger = office(registration(), signed_by("vn", when="2020-01-01"))
    assert ledger.view("2029-01-01").signatures(period="2020") == ()

    ledger.record(signed_by("fr", when="2021-01-01"))

    view = ledger.view("2029-01-01")
    assert view.signatures(period="2020") == ()
    assert [str(item.when) for item in view.signatures(period="2021")] == ["2021-01-01"]


# --- replacement


def test_a_replacement_ends_the_old_text_when_it_takes_effect_not_when_it_is_signed() -> None:
    ledger = office(
        registration("agreement", state="in_force"),
        registration("agreement", name="new", supersedes="x"),
        signature("2020-01-01", name="new"),
        events.InstrumentEnteredIntoForce(instrument="new", when="2021-01-01"),
    )

    assert states(ledger, "2020-12-31", "2021-01-01") == ["in_force", "superseded"]
    answer = instrument_on(ledger, "2021-01-01")
    assert (str(answer.since), answer.superseded_by) == ("2021-01-01", "new")
    assert instrument_on(ledger, "2020-12-31").superseded_by is None


@pytest.mark.parametrize(
    "ending",
    [
        events.InstrumentTerminated(instrument="new", when="2022-01-01"),
        events.InstrumentSuspended(instrument="new", when="2022-01-01"),
    ],
)
def test_a_replaced_text_stays_replaced_whatever_becomes_of_the_new_one(ending: Event) -> None:
    ledger = office(
        registration(state="in_force"),
        registration(name="new", supersedes="x"),
        signature("2020-01-01", name="new"),
        ending,
    )

    assert states(ledger, "2023-01-01") == ["superseded"]


def test_between_two_a_text_is_replaced_when_the_new_one_is_in_force_for_both() -> None:
    ledger = office(
        registration("agreement", state="in_force"),
        registration("agreement", name="new", supersedes="x"),
        events.InstrumentProvisionallyApplied(instrument="new", when="2020-01-01"),
        events.InstrumentEnteredIntoForce(instrument="new", when="2021-01-01"),
    )

    assert states(ledger, "2020-01-01", "2020-12-31", "2021-01-01") == [
        "in_force",
        "in_force",
        "superseded",
    ]


def test_the_levels_of_a_membership_are_spells_of_their_own() -> None:
    ledger = office(
        registration("membership", name="observer"),
        registration("membership", name="associate", supersedes="observer"),
        registration("membership", name="full", supersedes="associate"),
        events.InstrumentEnteredIntoForce(instrument="observer", when="2010-01-01"),
        events.InstrumentEnteredIntoForce(instrument="associate", when="2015-01-01"),
        events.InstrumentEnteredIntoForce(instrument="full", when="2020-01-01"),
    )
    levels = ("observer", "associate", "full")

    assert [states(ledger, "2012-01-01", name=level) for level in levels] == [
        ["in_force"],
        ["none"],
        ["none"],
    ]
    assert [states(ledger, "2016-01-01", name=level) for level in levels] == [
        ["superseded"],
        ["in_force"],
        ["none"],
    ]
    assert [states(ledger, "2021-01-01", name=level) for level in levels] == [
        ["superseded"],
        ["superseded"],
        ["in_force"],
    ]


# --- evidence


def test_an_answer_names_the_events_behind_its_state_and_its_dates() -> None:
    ledger = office(
        registration(),
        events.InstrumentSigned(id="s", instrument="x", until="2024", when="2015-01-01"),
        events.InstrumentExtended(id="x1", instrument="x", until="2030", when="2016-01-01"),
        events.InstrumentAmended(id="a", instrument="x", when="2017-01-01"),
        events.TerminationNotified(
            id="n", instrument="x", by="fr", ends="2020-01-01", when="2018-01-01"
        ),
    )

    assert instrument_on(ledger, "2015-06-01").decided_by == ("s",)
    assert instrument_on(ledger, "2017-06-01").decided_by == ("s", "x1")
    assert instrument_on(ledger, "2018-06-01").decided_by == ("x1", "n")


def test_an_act_that_sets_nothing_decides_nothing() -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentEnteredIntoForce(
            id="f", instrument="x", until="2020-12-31", when="2016-01-01"
        ),
        events.InstrumentProvisionallyApplied(
            id="a", instrument="x", until="2016-12-31", when="2016-06-01"
        ),
    )

    assert instrument_on(ledger, "2016-07-01").decided_by == ("f",)


@pytest.mark.parametrize(
    ("when", "certain"),
    [("2015-01-01", True), ("2015-01", False), ("2015-01-01?", False), ("2015~", False)],
)
def test_an_answer_that_rests_on_a_fuzzy_date_says_so(when: str, *, certain: bool) -> None:
    ledger = office(registration(), signature(when))

    assert instrument_on(ledger, "2016-01-01").certain is certain
