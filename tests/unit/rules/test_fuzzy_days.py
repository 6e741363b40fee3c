"""Fuzzy and unknown days: what is claimed of them, and how the answers show them."""

import pytest

from coopledger import Ledger, View, events
from coopledger.events import Event
from tests.builders import office
from tests.unit.rules.commitments import commitment, commitment_on, fulfilment
from tests.unit.rules.instruments import registration

DAY = "2030-06-15"


def held(when: str, name: str = "m", partnership: str = "vnfr") -> Event:
    return events.MeetingHeld(meeting=name, kind="talks", partnership=partnership, when=when)


def signed(when: str = "2020-01-01", until: str | None = None) -> Event:
    return events.InstrumentSigned(id="s", instrument="x", when=when, until=until)


def text(*acts: Event, kind: str = "mou") -> Ledger:
    return office(registration(kind, name="x"), *acts)


# --- how late a fuzzy act is


@pytest.mark.parametrize(
    ("when", "late_by", "is_certain"),
    [
        ("2026-06-30", 0, True),
        ("2026-07-01", 1, True),
        ("2026-06-29/2026-07-02", 2, True),
        ("2026-05", 0, False),
        ("2026-07", 1, False),
        ("2026-07-01~", 1, False),
        ("2027/..", 185, False),
        ("../2026-06-30", 0, False),
        ("2026", None, False),
        ("2026-06/..", None, False),
        ("../2026-11-29", None, False),
        ("[2026-06-30..2026-07-01]", None, False),
    ],
)
def test_what_is_certainly_late_is_late_by_the_least_number_of_days(
    when: str, late_by: int | None, *, is_certain: bool
) -> None:
    ledger = office(commitment(due="2026-06-30"), fulfilment(when))
    answer = commitment_on(ledger, DAY)

    assert (answer.late_by, answer.late_by_rescheduled) == (late_by, late_by)
    assert answer.certain is is_certain
    assert answer.flags == (("perhaps_late",) if late_by is None else ())
    assert bool(ledger.view(DAY).commitments(late=True)) is bool(late_by)


@pytest.mark.parametrize(
    ("due", "when", "late_by"),
    [("2022", "2022", 0), ("2022", "2022-12", 0), ("2022-05", "2023", 215)],
)
def test_a_fuzzy_due_date_is_its_last_day(due: str, when: str, late_by: int) -> None:
    assert commitment_on(office(commitment(due=due), fulfilment(when)), DAY).late_by == late_by


def test_lines_and_reasons_tell_what_is_not_claimed() -> None:
    perhaps = office(commitment(due="2026-06-30"), fulfilment("2026"))
    surely = office(commitment(due="2026-06-30"), fulfilment("2026-07"))

    assert str(commitment_on(perhaps, DAY)).endswith("due 2026-06-30; perhaps late")
    assert str(commitment_on(surely, DAY)).endswith("due 2026-06-30; at least 1 day late")
    assert "leaves open whether it was done in time" in perhaps.view(DAY).explain("c").sentence
    assert "at least 1 day after its due date" in surely.view(DAY).explain("c").sentence


# --- days that are not known


def activity(*acts: Event, day: str = DAY) -> tuple[str, bool, bool]:
    """Return the last activity shown, whether it is dormant, and whether that is certain."""
    answer = office(*acts).view(day).partnership("vnfr")
    return str(answer.last_activity), "dormant" in answer.flags, answer.certain


def test_a_day_that_is_not_known_is_no_last_activity_while_another_day_is_known() -> None:
    known = held("2026-01-01")
    unknown = held("../2026-11-29", "n")

    assert activity(known, unknown, day="2026-12-31") == ("2026-01-01", False, True)
    assert activity(unknown, day="2026-12-31") == ("../2026-11-29", False, False)


def test_a_dormancy_that_passes_over_a_day_not_known_is_uncertain() -> None:
    known = held("2020-01-01")

    assert activity(known, held("../2026-11-29", "n"), day="2027-01-01") == (
        ("2020-01-01", True, False)
    )
    assert activity(known, held("../2020-11-29", "n"), day="2027-01-01") == (
        ("2020-01-01", True, True)
    )
    assert activity(held("../2020-11-29"), day="2022-11-29") == ("../2020-11-29", False, False)
    assert activity(held("../2020-11-29"), day="2022-11-30") == ("../2020-11-29", True, False)


def test_a_meeting_on_a_day_not_known_is_never_the_last_one() -> None:
    view = office(held("../2026-11-29", "n"), held("2020-01-01")).view(DAY)

    assert [item.id for item in view.meetings()] == ["n", "m"]


def test_first_days_are_shown_as_precisely_as_they_are_known() -> None:
    ledger = text(held("../2018-05"), signed("2020-03"))
    durations = ledger.view(DAY).durations("vnfr")

    assert str(durations.first_contact) == "../2018-05-31"
    assert str(durations.first_signature) == "2020-03-31~"
    assert "first contact ../2018-05-31; first signature 2020-03-31~" in str(durations)


# --- fuzzy in, fuzzy out


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("2025-03-01", "2025-03-01"),
        ("2025", "2025-12-31~"),
        ("2025-03-01~", "2025-03-01~"),
        ("2025-03-01/2025-03-04", "2025-03-04"),
        ("[2025-03-01..2025-03-04]", "2025-03-04~"),
        ("2025/..", "2025-12-31~"),
    ],
)
def test_a_last_activity_bears_the_mark_of_its_date(when: str, shown: str) -> None:
    answer = office(held(when)).view("2026-01-01").partnership("vnfr")

    assert str(answer.last_activity) == shown
    assert f"last activity {shown}" in str(answer)


@pytest.mark.parametrize(
    ("until", "day", "state", "is_certain"),
    [
        ("2022", "2021-12-31", "in_force", True),
        ("2022", "2022-01-01", "in_force", False),
        ("2022", "2022-12-31", "in_force", False),
        ("2022", "2023-01-01", "expired", True),
        ("2022~", "2021-12-31", "in_force", True),
        ("2022~", "2022-06-01", "in_force", False),
        ("2022~", "2023-06-01", "expired", False),
        ("2022-06-30~", "2022-07-01", "expired", False),
        ("../2022", "2021-12-31", "in_force", False),
        ("2022-06-29/2022-06-30", "2022-06-30", "in_force", True),
    ],
)
def test_a_fuzzy_end_makes_the_days_uncertain_on_which_it_may_come(
    until: str, day: str, state: str, *, is_certain: bool
) -> None:
    view = text(signed(until=until)).view(day)
    answer, stage = view.instrument("x"), view.partnership("vnfr")

    assert (answer.state, answer.certain, str(answer.term_end)) == (state, is_certain, until)
    assert stage.certain is is_certain


def test_the_mark_of_an_end_goes_on_to_what_rests_on_it() -> None:
    view = text(
        signed(until="2022~"),
        commitment("2020-02-01", under="x"),
        commitment("2020-02-01", name="d"),
    ).view("2023-06-01")

    assert (view.commitment("c").status, view.commitment("c").certain) == ("expired", False)
    assert view.commitment("d").certain
    assert [str(change) for change in view.stage_history("vnfr")] == (
        ["2020-01-01: active", "2023-01-01~: lapsed"]
    )
    assert [spell.certain for spell in view.durations("vnfr").spells] == [False, False]
    assert "; until 2022~" in str(view.instrument("x"))


def test_a_flag_that_rests_on_a_fuzzy_end_is_uncertain() -> None:
    other = events.InstrumentRegistered(instrument="y", partnership="vnfr", kind="treaty")
    entry = events.InstrumentEnteredIntoForce(instrument="y", when="2021-06-01")
    ledger = text(signed(until="2022"), other, entry, kind="project")

    def answer(day: str) -> tuple[tuple[str, ...], bool]:
        found = ledger.view(day).partnership("vnfr")
        return tuple(map(str, found.flags)), found.certain

    assert answer("2021-12-31") == ((), True)
    assert answer("2022-11-01") == (("expiring",), False)
    assert answer("2023-02-01") == (("overrun",), True)


def test_a_notice_is_shown_with_the_precision_of_its_end() -> None:
    notice = events.TerminationNotified(instrument="x", by="vn", ends="2022-06", when="2021-01-01")
    ledger = text(signed(), notice)

    def answer(day: str) -> tuple[str, bool]:
        found = ledger.view(day).instrument("x")
        return str(found.state), found.certain

    assert str(ledger.view("2022-01-01").instrument("x").ends) == "2022-06"
    assert "out of effect from 2022-06" in str(ledger.view("2022-01-01").instrument("x"))
    assert answer("2022-05-31") == ("terminating", True)
    assert answer("2022-06-15") == ("terminating", False)
    assert answer("2022-07-01") == ("terminated", True)


def test_the_deadline_of_a_fuzzy_end_bears_the_mark() -> None:
    def deadline(until: str) -> str:
        clause = {"tacit": True, "years": 1, "notice_months": 3}
        text = events.InstrumentRegistered(
            instrument="x", partnership="vnfr", kind="mou", renewal=clause
        )
        view: View = office(text, signed(until=until)).view("2021-01-01")
        return str(view.instrument("x").notice_deadline)

    assert deadline("2022-12-31").endswith("~") is False
    assert deadline("2022-12-31~") == deadline("2022") == f"{deadline('2022-12-31')}~"


# --- which first day bears the mark


def test_a_first_day_bears_no_mark_for_a_fuzzy_end_that_has_not_come() -> None:
    view = text(signed(until="2022~")).view("2022-06-01")

    for answer in (view.instrument("x"), view.partnership("vnfr")):
        assert (answer.certain, answer.since_certain) == (False, True)
        assert " since 2020-01-01; " in str(answer)
    assert " (x) is in force since 2020-01-01: " in view.explain("x").sentence


def test_a_first_day_bears_the_mark_of_the_date_from_which_it_comes() -> None:
    ended = text(signed(until="2022~")).view("2023-06-01")
    begun = text(signed("2020")).view("2023-06-01")

    assert "expired since 2023-01-01~; " in str(ended.instrument("x"))
    assert "lapsed since 2023-01-01~; " in str(ended.partnership("vnfr"))
    assert "in force since 2020-12-31~; " in str(begun.instrument("x"))
    assert "active since 2020-12-31~; " in str(begun.partnership("vnfr"))


def test_a_stage_bears_the_mark_of_the_end_that_left_it_to_another_text() -> None:
    other = events.InstrumentRegistered(instrument="y", partnership="vnfr", kind="treaty")
    waits = events.InstrumentSigned(instrument="y", when="2019-01-01")
    answer = text(signed("2020", until="2022~"), other, waits).view("2023-06-01")

    assert "signed since 2023-01-01~; " in str(answer.partnership("vnfr"))
    assert "signed since 2019-01-01; " in str(answer.instrument("y"))


def test_a_term_from_a_fuzzy_act_to_an_exact_day_ends_on_that_day() -> None:
    answer = text(signed("2020", until="2022-12-31")).view("2023-06-01").instrument("x")

    assert "expired since 2023-01-01; " in str(answer)


def test_a_notice_with_a_fuzzy_end_is_pending_since_an_exact_day() -> None:
    notice = events.TerminationNotified(instrument="x", by="vn", ends="2022~", when="2021-01-01")
    ledger = text(signed(), notice)

    assert "terminating since 2021-01-01; " in str(ledger.view("2022-06-01").instrument("x"))
    assert "terminated since 2022-12-31~; " in str(ledger.view("2023-06-01").instrument("x"))


def test_a_dormancy_that_is_uncertain_leaves_the_first_day_of_the_stage() -> None:
    answer = text(signed(), held("../2026-11-29")).view("2027-01-01").partnership("vnfr")

    assert (answer.certain, "dormant" in answer.flags) == (False, True)
    assert "active since 2020-01-01; " in str(answer)


@pytest.mark.parametrize(
    ("day", "first"), [("2027-06-01", "overdue since 2027-01-02;"), ("2026-06-01", "2020-01-01;")]
)
def test_a_due_date_set_by_a_fuzzy_act_is_no_fuzzy_date(day: str, first: str) -> None:
    moved = events.CommitmentRescheduled(commitment="c", due="2027-01-01", when="2024")
    answer = commitment_on(office(commitment(due="2026-12-31"), moved), day)

    assert not answer.certain
    assert f"{first} " in str(answer)


# --- which partnership may be dormant


@pytest.mark.parametrize(
    ("when", "day", "is_dormant", "is_certain"),
    [
        ("2025", "2026-12-31", False, True),
        ("2025", "2027-01-01", False, True),
        ("2025", "2027-01-02", False, False),
        ("2025", "2027-06-01", False, False),
        ("2025", "2027-12-31", False, False),
        ("2025", "2028-01-01", True, True),
        ("2025", "2030-06-01", True, True),
        ("2025~", "2027-01-01", False, True),
        ("2025~", "2027-06-01", False, False),
        ("2025~", "2030-06-01", True, False),
        ("2025/..", "2030-06-01", True, False),
        ("2025-03-25/2025-06-27", "2027-04-30", False, True),
        ("2025-03-25/2025-06-27", "2030-06-01", True, True),
    ],
)
def test_a_fuzzy_last_activity_leaves_open_what_its_days_differ_in(
    when: str, day: str, *, is_dormant: bool, is_certain: bool
) -> None:
    answer = text(signed(until="2040-12-31"), held(when)).view(day).partnership("vnfr")

    assert ("dormant" in answer.flags, answer.certain) == (is_dormant, is_certain)


def test_an_exact_day_within_a_fuzzy_last_activity_bounds_it() -> None:
    ledger = text(signed(until="2040-12-31"), held("2025"), held("2025-11-01", "n"))

    assert ledger.view("2027-11-01").partnership("vnfr").certain
    assert not ledger.view("2027-11-02").partnership("vnfr").certain


def test_of_days_not_known_alone_dormancy_is_certain_once_the_latest_gives_it() -> None:
    running = events.InstrumentRegistered(
        instrument="x", partnership="vnfr", kind="mou", state="in_force", until="2040-12-31"
    )
    ledger = office(running, held("../2025-06-01"))

    def answer(day: str) -> tuple[bool, bool]:
        found = ledger.view(day).partnership("vnfr")
        return "dormant" in found.flags, found.certain

    assert answer("2027-06-01") == (False, False)
    assert answer("2027-06-02") == (True, True)


def test_a_partnership_that_has_ended_is_not_dormant() -> None:
    ended = events.InstrumentTerminated(instrument="x", when="2012-01-01")

    assert text(signed("2010-01-01"), ended).view(DAY).partnership("vnfr").flags == ()
    closed = events.PartnershipClosed(partnership="vnfr", when="2012-01-01")
    assert office(held("2010-01-01"), closed).view(DAY).partnership("vnfr").flags == ()
    assert office(held("2010-01-01")).view(DAY).partnership("vnfr").flags == ("dormant",)
