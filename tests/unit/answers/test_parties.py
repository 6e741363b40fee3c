"""Name of a party on a day: history keeps the old one."""

from typing import Unpack

import pytest

from coopledger import Ledger, events
from coopledger.errors import UnknownIdError
from coopledger.view import Filters
from tests.builders import Clock, office

CLOCK = Clock()


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return a centre renamed twice and merged into another; the first renaming is late news."""
    ledger = office(
        events.PartyRegistered(
            id="r",
            party="ifi",
            name="Institute of Fisheries",
            acronyms="IFI",
            other_names="Institut de la pêche",
            kind="centre",
            parent="most",
        ),
        events.PartyRegistered(party="sea", name="Institute of the Sea", kind="centre"),
        events.PartnershipOpened(partnership="fish", parties=["ifi", "mesr"]),
        events.PartyRenamed(
            id="n2", party="ifi", name="Institute of Waters", acronyms="IW", when="2020-01-01"
        ),
        events.PartySucceeded(id="m", party="ifi", by="sea", when="2022-01-01"),
        clock=CLOCK,
    )
    CLOCK.set("2030-02-01")
    ledger.record(
        events.PartyRenamed(
            id="n1", party="ifi", name="Institute of Fish", when="2018-05", effective="2018-01-01"
        )
    )
    return ledger


@pytest.mark.parametrize(
    ("on", "name", "acronyms", "since"),
    [
        ("2010-01-01", "Institute of Fisheries", ("IFI",), "None"),
        ("2018-01-01", "Institute of Fish", (), "2018-01-01"),
        ("2020-01-01", "Institute of Waters", ("IW",), "2020-01-01"),
    ],
)
def test_on_a_past_day_a_party_bears_the_name_of_that_day(
    ledger: Ledger, on: str, name: str, acronyms: tuple[str, ...], since: str
) -> None:
    party = ledger.view(on).party("ifi")

    assert (party.name, party.acronyms, str(party.since)) == (name, acronyms, since)


def test_former_names_come_oldest_first_and_never_the_present_one(ledger: Ledger) -> None:
    assert ledger.view("2010-01-01").party("ifi").former_names == ()
    assert ledger.view("2020-01-01").party("ifi").former_names == (
        "Institute of Fisheries",
        "Institute of Fish",
    )


def test_a_name_counts_as_it_was_known_and_without_hindsight_as_it_was_said(
    ledger: Ledger,
) -> None:
    known = ledger.view("2018-06-01", known_at="2030-01-15").party("ifi")
    ahead = ledger.view("2018-02-01", hindsight=False).party("ifi")
    now = ledger.view("2018-02-01").party("ifi")

    assert (known.name, known.decided_by) == ("Institute of Fisheries", ("r",))
    assert (ahead.name, ahead.decided_by) == ("Institute of Fisheries", ("r",))
    assert (now.name, now.decided_by) == ("Institute of Fish", ("n1",))


def test_what_was_registered_holds_on_every_day(ledger: Ledger) -> None:
    party = ledger.view("2020-06-01").party("ifi")

    assert (party.kind, party.parent, party.country) == ("centre", "most", "VN")
    assert party.other_names == ("Institut de la pêche",)
    assert party.partnerships == ("fish",)
    assert party.certain is True


def test_who_took_over_from_whom(ledger: Ledger) -> None:
    before, after = ledger.view("2021-12-31"), ledger.view("2022-01-01")

    assert before.party("ifi").succeeded_by == before.party("sea").succeeds == ()
    assert after.party("ifi").succeeded_by == ("sea",)
    assert after.party("sea").succeeds == ("ifi",)
    assert before.party("ifi").partnerships == after.party("sea").partnerships == ("fish",)
    assert before.party("sea").partnerships == after.party("ifi").partnerships == ()
    assert after.party("ifi").decided_by == ("n2", "m")


def test_a_party_not_known_then_has_no_name(ledger: Ledger) -> None:
    party = ledger.view("2020-01-01", known_at="2000-01-01").party("ifi")

    assert (party.name, party.kind, party.partnerships, party.decided_by) == (None, None, (), ())
    assert str(party) == "ifi: not known"


def test_a_party_that_the_ledger_does_not_hold_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UnknownIdError) as refused:
        ledger.view().party("mots")

    assert str(refused.value) == "E102 unknown party 'mots'; did you mean 'most'?"


def test_parties_come_in_the_order_of_recording_narrowed_by_country_and_kind(
    ledger: Ledger,
) -> None:
    view = ledger.view("2020-06-01")

    def ids(kind: str | None = None, **filters: Unpack[Filters]) -> list[str]:
        return [party.id for party in view.parties(kind=kind, **filters)]

    assert ids() == ["vn", "fr", "cu", "most", "mesr", "unesco", "ifi", "sea"]
    assert ids(country="VN") == ["vn", "most", "ifi"]
    assert ids(kind="ministry") == ["most", "mesr"]
    assert ids(country="VN", kind="centre") == ["ifi"]
    assert view.parties()[6] == view.party("ifi")


def test_a_party_prints_on_one_line(ledger: Ledger) -> None:
    view = ledger.view("2022-06-01")

    assert str(view.party("ifi")) == (
        "Institute of Waters (ifi): IW; centre; VN; part of most; formerly Institute of "
        "Fisheries, Institute of Fish; succeeded by sea"
    )
    assert str(view.party("sea")) == ("Institute of the Sea (sea): centre; took over from ifi")
