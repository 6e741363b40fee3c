"""How long a partnership took, to its first signature and at each stage."""

import pytest

from coopledger import Ledger, View, events
from coopledger.errors import UnknownIdError
from tests.builders import Clock, office

CLOCK = Clock()


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return a ledger from a first visit to a text that ran out; earlier talks are late news."""
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.MeetingHeld(
            id="v", meeting="visit", kind="visit", partnership="vnfr", when="2019-01-11"
        ),
        events.NegotiationOpened(id="n", instrument="mou", when="2019-03-01"),
        events.InstrumentSigned(id="s", instrument="mou", when="2020-01-01", until="2020-12-31"),
        clock=CLOCK,
    )
    CLOCK.set("2030-02-01")
    ledger.record(
        events.StatementMade(id="e", partnership="vnfr", text="a", when="2019-01-01"),
        events.InstrumentExtended(
            id="x", instrument="mou", until="2022-12-31", when="2021-06-01", effective="2021-01-01"
        ),
    )
    return ledger


def spells(view: View) -> list[tuple[str, str, str, int | None]]:
    return [
        (spell.stage, str(spell.since), str(spell.ended or ""), spell.days)
        for spell in view.durations("vnfr").spells
    ]


def test_the_days_from_the_first_contact_to_the_first_signature(ledger: Ledger) -> None:
    durations = ledger.view("2021-02-01").durations("vnfr")

    assert str(durations.first_contact) == "2019-01-01"
    assert str(durations.first_signature) == "2020-01-01"
    assert durations.days_to_signature == 365
    assert durations.certain is True


def test_the_days_at_each_stage_up_to_the_day(ledger: Ledger) -> None:
    assert spells(ledger.view("2023-01-11")) == [
        ("contact", "2019-01-01", "2019-03-01", 59),
        ("negotiating", "2019-03-01", "2020-01-01", 306),
        ("active", "2020-01-01", "2023-01-01", 1096),
        ("lapsed", "2023-01-01", "", 10),
    ]


def test_a_stage_that_began_on_the_day_has_lasted_for_no_day(ledger: Ledger) -> None:
    assert spells(ledger.view("2019-03-01"))[-1] == ("negotiating", "2019-03-01", "", 0)


def test_before_any_signature_there_are_no_days_to_it(ledger: Ledger) -> None:
    before = ledger.view("2019-12-31").durations("vnfr")

    assert (before.first_signature, before.days_to_signature) == (None, None)
    assert [spell.ended for spell in before.spells][-1] is None


def test_durations_are_told_as_they_were_known_and_without_hindsight(ledger: Ledger) -> None:
    then = ledger.view("2021-02-01", known_at="2030-01-31")
    ahead = ledger.view("2021-02-01", hindsight=False)

    assert str(then.durations("vnfr").first_contact) == "2019-01-11"
    assert then.durations("vnfr").days_to_signature == 355
    assert spells(then)[-1] == ("lapsed", "2021-01-01", "", 31)
    assert spells(ahead)[-1] == ("lapsed", "2021-01-01", "", 31)
    assert spells(ledger.view("2021-02-01"))[-1] == ("active", "2020-01-01", "", 397)


def test_nothing_done_takes_no_time(ledger: Ledger) -> None:
    durations = ledger.view("2021-02-01").durations("vncu")

    assert (durations.first_contact, durations.days_to_signature, durations.spells) == (
        None,
        None,
        (),
    )
    assert (durations.certain, durations.decided_by) == (True, ())
    assert str(durations) == "vncu: no contact recorded"


def test_what_rests_on_fuzzy_dates_prints_with_a_mark() -> None:
    durations = (
        office(
            events.MeetingHeld(meeting="talks", partnership="vnfr", kind="talks", when="2010"),
            events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
            events.InstrumentSigned(instrument="mou", when="2012"),
        )
        .view("2013-01-01")
        .durations("vnfr")
    )

    assert str(durations) == (
        "vnfr: first contact 2010-12-31~; first signature 2012-12-31~; 731 days~ between; "
        "days at each stage: contact 731~, active 1~ so far"
    )
    assert [str(spell) for spell in durations.spells] == [
        "contact: since 2010-12-31~; until 2012-12-31~; 731 days~",
        "active: since 2012-12-31~; so far; 1 day~",
    ]


def test_what_began_at_the_beginning_has_no_number_of_days() -> None:
    ledger = office(
        events.InstrumentRegistered(
            instrument="mou", partnership="vnfr", kind="mou", state="in_force", until="2019-12-31"
        ),
    )

    durations = ledger.view("2020-01-11").durations("vnfr")
    assert spells(ledger.view("2020-01-11")) == [
        ("active", "None", "2020-01-01", None),
        ("lapsed", "2020-01-01", "", 10),
    ]
    assert str(durations.spells[0]) == "active: from the beginning; until 2020-01-01"


def test_a_signature_is_told_by_its_date_and_not_by_its_effect() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when="2020-01-01"),
        events.InstrumentSigned(instrument="mou", when="2020-05", effective="2020-02-01"),
    )

    assert ledger.view("2020-04-01").durations("vnfr").first_signature is None
    after = ledger.view("2020-06-01").durations("vnfr")
    assert (str(after.first_signature), after.days_to_signature) == ("2020-05-31~", 151)
    assert not after.certain


def test_an_uncertain_date_is_told() -> None:
    ledger = office(
        events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when="2019"),
    )

    durations = ledger.view("2020-01-10").durations("vnfr")
    assert (durations.certain, durations.spells[0].certain) == (False, False)
    assert durations.spells[0].days == 10


@pytest.mark.parametrize(
    ("other", "is_certain"), [("2019", False), ("../2020-06", False), ("2020-06", True)]
)
def test_what_may_have_come_before_makes_the_first_contact_uncertain(
    other: str, *, is_certain: bool
) -> None:
    durations = (
        office(
            events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when="2019-05-01"),
            events.MeetingHeld(meeting="n", kind="talks", partnership="vnfr", when=other),
        )
        .view("2021-01-01")
        .durations("vnfr")
    )

    assert (str(durations.first_contact), durations.certain) == ("2019-05-01", is_certain)


def test_durations_print_on_one_line_and_name_their_events(ledger: Ledger) -> None:
    durations = ledger.view("2021-02-01").durations("vnfr")

    assert str(durations) == (
        "vnfr: first contact 2019-01-01; first signature 2020-01-01; 365 days between; "
        "days at each stage: contact 59, negotiating 306, active 397 so far"
    )
    assert str(durations.spells[0]) == "contact: since 2019-01-01; until 2019-03-01; 59 days"
    assert str(durations.spells[-1]) == "active: since 2020-01-01; so far; 397 days"
    assert durations.decided_by == ("n", "s", "e")
    assert durations.spells[0].decided_by == ("n", "e")


def test_a_partnership_that_the_ledger_does_not_hold_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UnknownIdError) as refused:
        ledger.view().durations("vnrf")

    assert str(refused.value) == "E102 unknown partnership 'vnrf'; did you mean 'vnfr'?"
