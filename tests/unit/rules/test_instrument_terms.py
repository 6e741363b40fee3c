"""Terms of instruments: how they end, run over, roll on and are prolonged."""

import pytest

from coopledger import events
from coopledger.errors import RefusedError
from coopledger.values import Renewal
from tests.builders import office
from tests.unit.rules.instruments import (
    instrument_on,
    registration,
    signature,
    states,
)

YEARLY = Renewal(tacit=True, years=1)


@pytest.mark.parametrize(
    ("until", "last", "next_day"),
    [
        ("2020-06-30", "2020-06-30", "2020-07-01"),
        ("2020-02", "2020-02-29", "2020-03-01"),
        ("2020", "2020-12-31", "2021-01-01"),
        ("2020~", "2020-12-31", "2021-01-01"),
        ("2020-XX", "2020-12-31", "2021-01-01"),
        ("2020-22", "2020-08-31", "2020-09-01"),
        ("2018/2020-05-31", "2020-05-31", "2020-06-01"),
    ],
)
def test_a_term_ends_with_its_last_day_included(until: str, last: str, next_day: str) -> None:
    ledger = office(registration(), signature("2018-01-01", until=until))

    assert states(ledger, last, next_day) == ["in_force", "expired"]
    assert str(instrument_on(ledger, next_day).since) == next_day
    assert str(instrument_on(ledger, next_day).term_end) == until


@pytest.mark.parametrize("until", [None, "2018/..", "2020/"])
def test_a_term_without_a_known_end_never_ends(until: str | None) -> None:
    ledger = office(registration("action_plan"), signature("2018-01-01", until=until))

    assert states(ledger, "2029-12-31") == ["in_force"]
    assert instrument_on(ledger, "2029-12-31").flags == ()


@pytest.mark.parametrize("kind", ["programme", "project", "action_plan"])
def test_work_goes_on_past_the_planned_end_of_a_programme_project_or_plan(kind: str) -> None:
    ledger = office(registration(kind), signature("2018-01-01", until="2020"))

    assert states(ledger, "2020-12-31", "2021-01-01", "2029-01-01") == ["in_force"] * 3
    assert instrument_on(ledger, "2020-12-31").flags == ()
    assert instrument_on(ledger, "2021-01-01").flags == ("overrun",)
    assert ledger.view("2021-01-01").partnership("vnfr").flags == ("dormant", "overrun")


def test_what_overran_runs_on_schedule_again_once_it_is_extended() -> None:
    ledger = office(
        registration("project"),
        signature("2018-01-01", until="2020"),
        events.InstrumentExtended(instrument="x", until="2025", when="2021-06-01"),
    )

    assert instrument_on(ledger, "2021-05-31").flags == ("overrun",)
    assert instrument_on(ledger, "2021-06-01").flags == ()
    assert instrument_on(ledger, "2026-01-01").flags == ("overrun",)


def test_a_signed_text_that_waits_for_its_force_expires_too() -> None:
    ledger = office(registration("agreement"), signature("2018-01-01", until="2020"))

    assert states(ledger, "2020-12-31", "2021-01-01") == ["signed", "expired"]


def test_a_suspended_text_expires_too() -> None:
    ledger = office(
        registration(),
        signature("2018-01-01", until="2020"),
        events.InstrumentSuspended(instrument="x", when="2019"),
    )

    assert states(ledger, "2020-12-31", "2021-01-01") == ["suspended", "expired"]


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2020-02-29", "2020-02-29"),
        ("2020-03-01", "2021-02-28"),
        ("2021-03-01", "2022-02-28"),
        ("2022-12-31", "2023-02-28"),
        ("2023-03-01", "2024-02-29"),
        ("2024-02-29", "2024-02-29"),
        ("2027-06-01", "2028-02-29"),
        ("2099-06-01", "2100-02-28"),
        ("2103-06-01", "2104-02-29"),
    ],
)
def test_a_tacit_renewal_rolls_on_year_by_year_through_leap_days(day: str, end: str) -> None:
    ledger = office(registration(renewal=YEARLY), signature("2019-03-01", until="2020-02-29"))
    answer = instrument_on(ledger, day)

    assert (answer.state, str(answer.term_end)) == ("in_force", end)
    assert str(answer.since) == "2019-03-01"
    assert answer.flags == (() if day == "2020-02-29" else ("tacitly_renewed",))


@pytest.mark.parametrize(
    ("months", "day", "deadline"),
    [
        (6, "2019-06-01", "2020-02-29"),
        (6, "2020-09-01", "2025-02-28"),
        (6, "2025-09-01", "2030-02-28"),
        (1, "2019-06-01", "2020-07-31"),
        (2, "2019-06-01", "2020-06-30"),
        (0, "2019-06-01", "2020-08-31"),
        (18, "2020-09-01", "2024-02-29"),
    ],
)
def test_the_notice_deadline_is_that_of_the_current_term(
    months: int, day: str, deadline: str
) -> None:
    clause = Renewal(tacit=True, years=5, notice_months=months)
    ledger = office(registration(renewal=clause), signature("2015-09-01", until="2020-08-31"))

    assert str(instrument_on(ledger, day).notice_deadline) == deadline


def test_a_text_under_notice_has_no_deadline_for_another() -> None:
    clause = Renewal(tacit=True, years=5, notice_months=6)
    ledger = office(
        registration(renewal=clause),
        signature("2015-09-01", until="2020-08-31"),
        events.TerminationNotified(instrument="x", by="vn", ends="2020-09-01", when="2020-01-15"),
    )

    assert str(instrument_on(ledger, "2020-01-14").notice_deadline) == "2020-02-29"
    assert instrument_on(ledger, "2020-01-15").notice_deadline is None


def test_a_tacit_renewal_for_an_unknown_time_has_no_end() -> None:
    ledger = office(
        registration(renewal=Renewal(tacit=True)),
        signature("2018-01-01", until="2020"),
    )
    answer = instrument_on(ledger, "2029-01-01")

    assert (answer.state, answer.term_end, answer.flags) == ("in_force", None, ("tacitly_renewed",))


def test_a_clause_without_tacit_renewal_renews_nothing() -> None:
    ledger = office(
        registration(renewal=Renewal(years=5, notice_months=6)),
        signature("2018-01-01", until="2020"),
    )

    assert states(ledger, "2021-01-01") == ["expired"]


def test_notice_in_a_rolled_term_ends_the_text_with_that_term() -> None:
    ledger = office(
        registration(renewal=Renewal(tacit=True, years=2, notice_months=3)),
        signature("2015-01-01", until="2016-12-31"),
        events.TerminationNotified(instrument="x", by="fr", ends="2021-01-01", when="2020-05-01"),
    )

    assert states(ledger, "2020-04-30", "2020-05-01", "2020-12-31", "2021-01-01") == [
        "in_force",
        "terminating",
        "terminating",
        "terminated",
    ]
    assert str(instrument_on(ledger, "2020-12-31").term_end) == "2020-12-31"


def test_a_text_under_notice_runs_until_the_notice_ends_and_does_not_renew_itself() -> None:
    ledger = office(
        registration(renewal=YEARLY),
        signature("2018-01-01", until="2019-12-31"),
        events.TerminationNotified(instrument="x", by="fr", ends="2020-07-01", when="2019-11-01"),
    )

    days = ("2019-12-31", "2020-06-30", "2020-07-01")
    assert states(ledger, *days) == ["terminating", "terminating", "terminated"]
    assert instrument_on(ledger, "2020-06-30").flags == ()


def test_a_notice_taken_back_lets_the_term_roll_on() -> None:
    ledger = office(
        registration(renewal=YEARLY),
        signature("2018-01-01", until="2019-12-31"),
        events.TerminationNotified(instrument="x", by="fr", ends="2020-01-01", when="2019-11-01"),
        events.TerminationNoticeWithdrawn(instrument="x", when="2019-12-01"),
    )
    answer = instrument_on(ledger, "2020-06-01")

    assert (answer.state, str(answer.term_end)) == ("in_force", "2020-12-31")


def test_an_extension_in_time_sets_the_new_end_from_its_effect() -> None:
    ledger = office(
        registration(),
        signature("2015-01-01", until="2019-12-31"),
        events.InstrumentExtended(instrument="x", until="2024-12-31", when="2019-06-01"),
    )

    assert str(instrument_on(ledger, "2019-05-31").term_end) == "2019-12-31"
    assert str(instrument_on(ledger, "2019-06-01").term_end) == "2024-12-31"
    assert states(ledger, "2024-12-31", "2025-01-01") == ["in_force", "expired"]
    assert str(instrument_on(ledger, "2024-12-31").since) == "2015-01-01"


@pytest.mark.parametrize(
    ("years", "end"), [(1, "2020-12-31"), (5, "2024-12-31"), (100, "2119-12-31")]
)
def test_years_are_added_to_the_old_end(years: int, end: str) -> None:
    ledger = office(
        registration(),
        signature("2015-01-01", until="2019-12-31"),
        events.InstrumentRenewed(instrument="x", years=years, when="2019-06-01"),
    )

    assert str(instrument_on(ledger, "2019-06-01").term_end) == end


def test_years_count_from_the_day_before_where_no_end_is_known() -> None:
    ledger = office(
        registration(),
        signature("2015-01-01"),
        events.InstrumentExtended(instrument="x", years=1, when="2020-03-01"),
    )

    assert str(instrument_on(ledger, "2020-03-01").term_end) == "2021-02-28"


def test_years_are_added_to_the_end_of_a_rolled_term() -> None:
    ledger = office(
        registration(renewal=YEARLY),
        signature("2015-01-01", until="2016-12-31"),
        events.InstrumentExtended(instrument="x", years=5, when="2019-06-01"),
    )
    answer = instrument_on(ledger, "2019-06-01")

    assert (str(answer.term_end), answer.flags) == ("2024-12-31", ())
    assert str(instrument_on(ledger, "2025-01-01").term_end) == "2025-12-31"


def test_an_extension_without_an_end_makes_it_unknown() -> None:
    ledger = office(
        registration(),
        signature("2015-01-01", until="2019-12-31"),
        events.InstrumentExtended(instrument="x", when="2019-06-01"),
    )

    assert instrument_on(ledger, "2029-01-01").state == "in_force"
    assert instrument_on(ledger, "2029-01-01").term_end is None


def test_an_extension_recorded_late_but_in_time_leaves_no_gap() -> None:
    """Test a real case: it ran out in June, and was extended in September with effect from June."""
    ledger = office(registration(), signature("2015-07-01", until="2020-06-30"))
    assert states(ledger, "2020-08-01") == ["expired"]

    ledger.record(
        events.InstrumentExtended(
            instrument="x", until="2025-06-30", when="2020-09-15", effective="2020-07-01"
        )
    )
    answer = instrument_on(ledger, "2020-08-01")

    assert (answer.state, answer.flags, str(answer.since)) == ("in_force", (), "2015-07-01")
    assert ledger.view("2020-08-01", hindsight=False).instrument("x").state == "expired"


@pytest.mark.parametrize(("effect", "flags"), [("2020-07-01", ()), ("2020-07-02", ("gap",))])
def test_a_gap_is_shown_unless_the_effect_joins_the_old_term(
    effect: str, flags: tuple[str, ...]
) -> None:
    ledger = office(
        registration(),
        signature("2015-07-01", until="2020-06-30"),
        events.InstrumentExtended(
            instrument="x", until="2025-06-30", when="2020-09-15", effective=effect
        ),
    )

    assert instrument_on(ledger, "2020-10-01").flags == flags


def test_an_extension_after_provisional_application_ended_shows_the_gap() -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentProvisionallyApplied(
            instrument="x", until="2020-12-31", when="2020-01-01"
        ),
        events.InstrumentExtended(instrument="x", until="2022-12-31", when="2021-06-01"),
    )
    answer = instrument_on(ledger, "2021-06-01")

    assert (answer.state, answer.flags) == ("in_force", ("gap",))


@pytest.mark.parametrize("until", ["2019-12-31", "2019", "2018/2019", "2019-06"])
def test_a_new_end_not_beyond_the_old_is_refused(until: str) -> None:
    ledger = office(registration(), signature("2015-01-01", until="2019-12-31"))

    with pytest.raises(RefusedError, match=r"^E506"):
        ledger.record(events.InstrumentExtended(instrument="x", until=until, when="2017-06-01"))


def test_a_text_signed_anew_after_it_expired_begins_a_new_spell() -> None:
    ledger = office(
        registration(),
        signature("2010-01-01", until="2010-12-31"),
        signature("2012-01-01", until="2013-12-31"),
    )

    assert states(ledger, "2011-06-01", "2012-01-01", "2014-01-01") == [
        "expired",
        "in_force",
        "expired",
    ]
    assert str(instrument_on(ledger, "2012-06-01").since) == "2012-01-01"


def test_a_new_spell_does_not_keep_the_old_end() -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentEnteredIntoForce(instrument="x", until="2010-12-31", when="2010-01-01"),
        events.InstrumentEnteredIntoForce(instrument="x", when="2012-01-01"),
    )

    assert states(ledger, "2011-06-01", "2012-01-01", "2029-01-01") == [
        "expired",
        "in_force",
        "in_force",
    ]
    assert instrument_on(ledger, "2012-01-01").term_end is None


def test_the_term_said_at_signature_holds_when_the_text_enters_into_force() -> None:
    ledger = office(
        registration("agreement"),
        signature("2015-01-01", until="2019-12-31"),
        events.InstrumentEnteredIntoForce(instrument="x", when="2016-01-01"),
    )

    assert states(ledger, "2019-12-31", "2020-01-01") == ["in_force", "expired"]


def test_provisional_application_has_a_term_of_its_own() -> None:
    ledger = office(
        registration("agreement"),
        signature("2015-01-01", until="2030"),
        events.InstrumentProvisionallyApplied(
            instrument="x", until="2016-12-31", when="2015-06-01"
        ),
        events.InstrumentProvisionallyApplied(
            instrument="x", until="2017-12-31", when="2016-06-01"
        ),
    )

    assert str(instrument_on(ledger, "2016-01-01").term_end) == "2016-12-31"
    assert str(instrument_on(ledger, "2016-06-01").term_end) == "2017-12-31"
    assert states(ledger, "2017-12-31", "2018-01-01") == ["provisional", "expired"]


def test_provisional_application_may_begin_anew_without_an_end() -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentProvisionallyApplied(
            instrument="x", until="2020-12-31", when="2020-01-01"
        ),
        events.InstrumentProvisionallyApplied(instrument="x", when="2021-06-01"),
    )

    assert states(ledger, "2020-12-31", "2021-01-01", "2021-06-01", "2029-01-01") == [
        "provisional",
        "expired",
        "provisional",
        "provisional",
    ]


def test_a_state_from_the_background_counts_from_the_beginning_and_has_its_term() -> None:
    ledger = office(registration("agreement", state="in_force", until="2020"))

    assert states(ledger, "0001-01-01", "2020-12-31", "2021-01-01") == [
        "in_force",
        "in_force",
        "expired",
    ]
    assert instrument_on(ledger, "2020-01-01").since is None


def test_background_without_a_state_gives_only_an_identity() -> None:
    ledger = office(registration("agreement", until="2020"))

    assert states(ledger, "2019-01-01", "2029-01-01") == ["none", "none"]


@pytest.mark.parametrize(("days", "expected"), [(30, ()), (31, ("x",)), (500, ("x",))])
def test_what_ends_within_some_days_is_expiring_both_ends_included(
    days: int, expected: tuple[str, ...]
) -> None:
    ledger = office(registration(), signature("2015-01-01", until="2020-12-31"))
    view = ledger.view("2020-11-30")

    assert tuple(item.id for item in view.expiring(within_days=days)) == expected
    last_day, day_after = ledger.view("2020-12-31"), ledger.view("2021-01-01")
    assert [item.id for item in last_day.expiring(within_days=0)] == ["x"]
    assert day_after.expiring(within_days=500) == ()


def test_a_text_that_will_renew_itself_is_among_those_that_end() -> None:
    ledger = office(registration(renewal=YEARLY), signature("2015-01-01", until="2015-12-31"))

    (answer,) = ledger.view("2020-12-01").expiring(within_days=30)
    assert (str(answer.term_end), answer.flags) == ("2020-12-31", ("tacitly_renewed",))


def test_the_end_that_a_notice_names_is_an_end_too_even_past_the_planned_one() -> None:
    ledger = office(
        registration("project"),
        signature("2016-01-01", until="2017-12-31"),
        registration(name="y"),
        signature("2016-01-01", name="y", until="2025"),
        events.TerminationNotified(instrument="x", by="vn", ends="2018-09-01", when="2018-06-01"),
        events.TerminationNotified(instrument="y", by="vn", ends="2018-08-20", when="2018-06-01"),
    )
    view = ledger.view("2018-08-01")

    assert [item.id for item in view.expiring(within_days=31)] == ["y", "x"]
    assert "expiring" in view.partnership("vnfr").flags
