"""Terms of instruments: how they end, run over, roll on and are prolonged."""

from itertools import permutations

import pytest

from coopledger import events
from coopledger.errors import RefusedError
from coopledger.terms import InstrumentKind
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


@pytest.mark.parametrize(
    ("until", "flags"), [(None, ("end_unknown",)), ("2018/..", ()), ("2020/", ())]
)
def test_a_term_without_a_known_end_never_ends(until: str | None, flags: tuple[str, ...]) -> None:
    """An open end says that there is none; no end at all is not known."""
    ledger = office(registration("action_plan"), signature("2018-01-01", until=until))

    assert states(ledger, "2029-12-31") == ["in_force"]
    assert instrument_on(ledger, "2029-12-31").flags == flags


@pytest.mark.parametrize("kind", InstrumentKind)
def test_an_unknown_end_is_told_of_texts_that_are_made_for_a_time(kind: InstrumentKind) -> None:
    for_a_time = {"agreement", "mou", "programme", "project", "contract", "action_plan"}
    ledger = office(
        registration(kind, state="in_force"),
        events.InstrumentSuspended(instrument="x", when="2019-01-01"),
        events.InstrumentResumed(instrument="x", when="2019-06-01"),
        events.TerminationNotified(instrument="x", by="vn", ends="2030-01-01", when="2020-01-01"),
    )
    days = ("2018-12-31", "2019-01-01", "2019-12-31", "2020-01-01")

    found = ["end_unknown" in instrument_on(ledger, day).flags for day in days]
    assert found == ([True, False, True, False] if kind in for_a_time else [False] * 4)
    assert ledger.view("2019-12-31").instruments(flag="end_unknown") == (
        (instrument_on(ledger, "2019-12-31"),) if kind in for_a_time else ()
    )


@pytest.mark.parametrize("kind", ["programme", "project", "action_plan"])
def test_work_goes_on_past_the_planned_end_of_a_programme_project_or_plan(kind: str) -> None:
    ledger = office(registration(kind), signature("2018-01-01", until="2020"))

    assert states(ledger, "2020-12-31", "2021-01-01", "2029-01-01") == ["in_force"] * 3
    assert instrument_on(ledger, "2020-12-31").flags == ("to_decide",)
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
    rolled = set[str]() if day == "2020-02-29" else {"tacitly_renewed"}
    assert set(answer.flags) - {"to_decide"} == rolled


@pytest.mark.parametrize(
    ("months", "day", "deadline"),
    [
        (6, "2019-06-01", "2020-02-29"),
        (6, "2020-09-01", "2025-02-28"),
        (6, "2025-09-01", "2030-02-28"),
        (3, "2019-06-01", "2020-05-31"),
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

    assert (answer.state, answer.term_end) == ("in_force", None)
    assert answer.flags == ("end_unknown", "tacitly_renewed")


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


def test_years_count_from_their_own_day_where_no_end_is_known() -> None:
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


@pytest.mark.parametrize(
    ("until", "years", "end"),
    [
        ("2023-02-28", 1, "2024-02-29"),
        ("2020-02-28", 1, "2021-02-28"),
        ("2020-02-29", 4, "2024-02-29"),
        ("2020-08-30", 1, "2021-08-30"),
        ("2022~", 3, "2025~"),
        ("2024-12", 5, "2029-12"),
        ("2022-24", 1, "2023-24"),
        ("2022-XX", 1, "2023-XX"),
        ("202X", 10, "203X"),
        ("202X", 1, "2030-12-31~"),
        ("2022-03-01/2022-03-04", 1, "2023-03-04"),
        ("[2021..2022]", 1, "2023-12-31~"),
        ("2022-05-03?", 1, "2023-05-03?"),
    ],
)
def test_a_length_ends_on_the_day_before_the_anniversary_and_keeps_precision(
    until: str, years: int, end: str
) -> None:
    ledger = office(
        registration(),
        signature("2019-01-01", until=until),
        events.InstrumentExtended(instrument="x", years=years, when="2019-06-01"),
    )

    assert str(instrument_on(ledger, "2019-06-01").term_end) == end


def test_lengths_in_a_row_count_at_once_from_the_last_end_that_was_said() -> None:
    """Rolled twice by a year and extended by five: seven years from the end that was said."""
    ledger = office(
        registration(renewal=YEARLY),
        signature("2015-01-01", until="2020-12-31"),
        events.InstrumentExtended(instrument="x", years=5, when="2022-06-01"),
    )
    leap = office(
        registration(renewal=YEARLY),
        signature("2015-01-01", until="2020-02-28"),
        events.InstrumentExtended(instrument="x", years=1, when="2019-01-01"),
        events.InstrumentExtended(instrument="x", years=3, when="2019-06-01"),
    )

    assert str(instrument_on(ledger, "2022-06-01").term_end) == "2027-12-31"
    assert str(instrument_on(leap, "2019-06-01").term_end) == "2024-02-28"


@pytest.mark.parametrize(
    ("until", "when", "end", "flags"),
    [
        ("2020-12-31", "2023-05-01", "2024-04-30", ("gap",)),
        ("2020-12-31", "2021-01-01", "2021-12-31", ()),
        ("2020-12-31", "2024-02-29", "2025-02-28", ("gap",)),
        ("2020-12-31", "2023-05", "2024-05-30~", ("gap",)),
    ],
)
def test_after_a_gap_a_length_begins_on_the_day_of_the_renewal(
    until: str, when: str, end: str, flags: tuple[str, ...]
) -> None:
    ledger = office(
        registration(),
        signature("2015-01-01", until=until),
        events.InstrumentRenewed(instrument="x", years=1, when=when),
    )
    found = instrument_on(ledger, "2024-03-01" if when.startswith("2024") else "2023-06-01")
    if when < "2023":
        found = instrument_on(ledger, "2021-06-01")

    assert (found.state, str(found.term_end), found.flags) == ("in_force", end, flags)


def test_what_overran_has_no_gap() -> None:
    ledger = office(
        registration("project"),
        signature("2015-01-01", until="2020-12-31"),
        events.InstrumentExtended(instrument="x", years=3, when="2022-06-01"),
    )
    found = instrument_on(ledger, "2022-06-01")

    assert (str(found.term_end), found.flags) == ("2023-12-31", ())


@pytest.mark.parametrize("steps", [(), (events.NegotiationOpened(instrument="x", when="2015"),)])
def test_a_text_never_recorded_is_in_force_since_a_day_unknown_once_it_is_extended(
    steps: tuple[events.Event, ...],
) -> None:
    ledger = office(
        registration("agreement"),
        *steps,
        events.InstrumentExtended(instrument="x", until="2024", when="2020-06-01"),
    )
    found = instrument_on(ledger, "2021-01-01")

    assert (found.state, found.since) == ("in_force", None)
    assert states(ledger, "2025-01-01") == ["expired"]
    assert str(instrument_on(ledger, "2025-01-01").since) == "2025-01-01"


APPLIED = events.InstrumentProvisionallyApplied(
    instrument="x", until="2016-06-30", when="2015-01-01"
)
SUSPENDED = events.InstrumentSuspended(instrument="x", when="2015-01-02")
NOTIFIED = events.TerminationNotified(instrument="x", by="vn", ends="2017-01-01", when="2015-01-02")


@pytest.mark.parametrize("acts", list(permutations([APPLIED, SUSPENDED, NOTIFIED])))
def test_a_provisional_term_runs_out_under_suspension_and_notice_alike(
    acts: tuple[events.Event, ...],
) -> None:
    ledger = office(registration("agreement"), signature("2014-01-01"), *acts)

    days = ("2015-01-02", "2016-06-30", "2016-07-01")
    assert states(ledger, *days) == ["terminating", "terminating", "expired"]


@pytest.mark.parametrize("act", [SUSPENDED, NOTIFIED])
def test_the_new_end_of_what_is_applied_provisionally_is_that_of_its_application(
    act: events.Event,
) -> None:
    ledger = office(
        registration("agreement"),
        signature("2014-01-01", until="2030"),
        APPLIED,
        act,
        events.InstrumentExtended(instrument="x", until="2016-12-31", when="2015-06-01"),
    )
    day = "2016-12-31" if act is SUSPENDED else "2016-12-30"

    assert str(instrument_on(ledger, day).term_end) == "2016-12-31"
    assert states(ledger, "2017-01-01") == ["expired" if act is SUSPENDED else "terminated"]


def test_a_notice_given_while_another_is_suspended_leaves_nothing_behind_when_withdrawn() -> None:
    ledger = office(
        registration(),
        signature("2014-01-01"),
        events.TerminationNotified(instrument="x", by="vn", ends="2020-01-01", when="2015-01-01"),
        events.InstrumentSuspended(instrument="x", when="2015-02-01"),
        events.TerminationNotified(instrument="x", by="vn", ends="2021-01-01", when="2015-03-01"),
        events.TerminationNoticeWithdrawn(instrument="x", when="2015-04-01"),
        events.InstrumentResumed(instrument="x", when="2015-05-01"),
    )

    days = ("2015-03-01", "2015-04-01", "2015-05-01")
    assert states(ledger, *days) == ["terminating", "suspended", "in_force"]


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
    assert str(answer.term_end) == "2020-12-31"
    assert answer.flags == ("tacitly_renewed", "to_decide")


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


def test_a_length_beyond_the_calendar_leaves_no_end_and_none_before_it_either() -> None:
    """The years run from 0001 to 9999; an end beyond is not told, and is not unknown."""
    ledger = office(
        registration(),
        signature("2015-01-01", until="9998-12-31"),
        events.InstrumentExtended(instrument="x", years=5, when="2016-01-01"),
    )
    old = office(
        registration(),
        events.InstrumentExtended(instrument="x", years=5, when="0001-01-01"),
    )

    assert instrument_on(ledger, "2020-01-01").term_end is None
    assert instrument_on(ledger, "2020-01-01").flags == ()
    assert instrument_on(old, "0001-01-01").term_end is None


def test_a_tacit_renewal_recorded_after_the_fact_confirms_the_one_that_was_derived() -> None:
    ledger = office(
        registration(renewal=YEARLY),
        signature("2015-01-01", until="2016-12-31"),
        events.InstrumentRenewed(instrument="x", years=1, tacit=True, when="2017-02-01"),
    )
    renewed = instrument_on(ledger, "2017-02-01")

    assert (str(renewed.term_end), renewed.flags) == ("2017-12-31", ("tacitly_renewed",))
