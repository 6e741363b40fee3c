"""Duties that Vietnamese law ties to a signature."""

import pytest

from coopledger import Ledger, events
from coopledger.answers import Duty
from coopledger.events import Event
from coopledger.packs import vietnam

START = (
    events.PartyRegistered(party="MOST", name="A ministry", kind="ministry", country="VN"),
    events.PartyRegistered(party="VISTIP", name="A centre", kind="centre", parent="MOST"),
    events.PartyRegistered(party="CCIFV", name="A chamber", kind="chamber", country="FR"),
    events.PartyRegistered(party="WIPO", name="WIPO", kind="international_organisation"),
    events.PartnershipOpened(partnership="p", parties=["VISTIP", "CCIFV"]),
    events.PartnershipOpened(partnership="q", parties=["VISTIP", "WIPO"]),
    events.PartnershipOpened(partnership="home", parties=["VISTIP", "MOST"]),
)


def duties(*acts: Event, on: str = "2022-09-10") -> tuple[Duty, ...]:
    """Return the duties after these acts, on the day."""
    ledger = Ledger.in_memory(packs=[vietnam.INTERNATIONAL_AGREEMENTS])
    ledger.record(*START, *acts)
    return ledger.view(on).duties()


def signed(kind: str = "mou", partnership: str = "p", when: str = "2022-08-16") -> list[Event]:
    return [
        events.InstrumentRegistered(instrument="i", partnership=partnership, kind=kind),
        events.InstrumentSigned(id="s", instrument="i", when=when),
    ]


def reported(when: str, name: str = vietnam.REPORTED) -> events.MilestoneReached:
    return events.MilestoneReached(id="r", instrument="i", name=name, when=when)


def test_a_signature_is_to_be_reported_within_fifteen_days() -> None:
    (duty,) = duties(*signed())

    assert (str(duty.due), duty.status, duty.days_overdue) == ("2022-08-31", "overdue", 10)
    assert (duty.about, duty.owed_by, duty.decided_by) == ("i", ("VISTIP",), ("s",))


def test_the_days_count_from_the_last_day_of_a_fuzzy_signature() -> None:
    (duty,) = duties(*signed(when="2022-08"))

    assert (str(duty.due), duty.status, duty.certain) == ("2022-09-15~", "due_soon", False)


@pytest.mark.parametrize(("when", "late_by"), [("2022-08-31", 0), ("2022-09-03", 3)])
def test_it_is_done_when_the_report_is_recorded(when: str, late_by: int) -> None:
    (duty,) = duties(*signed(), reported(when))

    assert (duty.status, duty.late_by, duty.decided_by) == ("done", late_by, ("s", "r"))


@pytest.mark.parametrize(
    ("signature", "report", "late_by", "tail"),
    [
        ("2022", "2022-03-01", 0, "done on 2022-03-01"),
        ("2022-08-16", "2022-09", 1, "done on 2022-09, at least 1 day late"),
        ("2022-08-16", "2022", None, "done on 2022, perhaps late"),
    ],
)
def test_of_fuzzy_days_no_more_is_claimed_than_they_say(
    signature: str, report: str, late_by: int | None, tail: str
) -> None:
    (duty,) = duties(*signed(when=signature), reported(report), on="2023-06-01")

    assert (duty.status, duty.late_by) == ("done", late_by)
    assert duty.flags == (("perhaps_late",) if late_by is None else ())
    assert f", {tail} (" in str(duty)


def test_what_was_reported_surely_before_the_signature_does_not_do_it() -> None:
    (duty,) = duties(*signed(), reported("2022-08-15"))

    assert duty.status == "overdue"


def test_a_duty_done_late_prints_when_it_was_done_and_how_late() -> None:
    (duty,) = duties(*signed(), reported("2022-09-03"))

    assert str(duty) == (
        "2022-08-31 i: VISTIP to report the signature and send a copy to the Ministry of Foreign "
        "Affairs, done on 2022-09-03, 3 days late (Law 70/2020/QH14, 15 days after signature)"
    )


def test_another_milestone_does_not_do_it() -> None:
    assert [duty.status for duty in duties(*signed(), reported("2022-08-20", "first year"))] == [
        "overdue"
    ]


def test_capitals_and_blanks_in_the_name_of_the_milestone_do_not_matter() -> None:
    (duty,) = duties(*signed(), reported("2022-08-20", "Signature  Reported"))

    assert duty.status == "done"


def test_a_party_whose_country_is_not_known_is_not_foreign() -> None:
    known = events.PartyRegistered(party="university", name="A university", kind="university")
    opened = events.PartnershipOpened(partnership="r", parties=["VISTIP", "university"])

    assert duties(known, opened, *signed(partnership="r")) == ()


def test_an_international_organisation_is_foreign() -> None:
    assert len(duties(*signed(partnership="q"))) == 1


@pytest.mark.parametrize(
    "acts",
    [
        signed(kind="treaty"),
        signed(kind="contract"),
        signed(partnership="home"),
        signed(when="2021-06-30"),
        [events.InstrumentRegistered(instrument="i", partnership="p", kind="mou")],
    ],
)
def test_what_the_law_does_not_cover_needs_no_report(acts: list[Event]) -> None:
    assert duties(*acts) == ()


def test_without_the_pack_there_are_no_duties() -> None:
    ledger = Ledger.in_memory()
    ledger.record(*START, *signed())

    assert ledger.view("2022-09-10").duties() == ()
