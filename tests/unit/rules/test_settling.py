"""Text whose registration names nobody: until an act settles it, it is the members' of the day."""

from coopledger import Ledger, events
from tests.builders import office
from tests.unit.rules.several import (
    act,
    entry,
    more_parties,
    notice,
    participation,
    parties,
    state,
    text,
)

APPLIED = act(events.InstrumentProvisionallyApplied, "2010-01-01")


def came(when: str, party: str) -> events.PartyJoined:
    """Return the coming of a member."""
    return events.PartyJoined(partnership="vnfr", party=party, when=when)


def went(when: str, party: str) -> events.PartyLeft:
    """Return the leaving of a member."""
    return events.PartyLeft(partnership="vnfr", party=party, when=when)


def took_over(when: str, party: str, *by: str) -> events.PartySucceeded:
    """Return the succession of others to a party."""
    return events.PartySucceeded(party=party, by=by, when=when)


THREE_MEMBERS = (text(parties=()), came("2009-01-01", "cu"))


def given(ledger: Ledger, party: str) -> str:
    """Return the day on which a party gave notice, as far as it is told."""
    return str(participation(ledger, "2025-01-01", party).notice_on)


def test_whether_a_draft_is_between_two_is_counted_when_the_new_text_takes_effect() -> None:
    ledger = office(
        *THREE_MEMBERS,
        text(name="new", supersedes="t"),
        entry("2012-01-01", "vn", name="new"),
        went("2014-01-01", "fr"),
    )

    assert state(ledger, "2025-01-01") == "superseded"


def test_a_text_is_replaced_when_the_last_outsider_leaves_the_partnership() -> None:
    ledger = office(
        *more_parties("cz"),
        *THREE_MEMBERS,
        came("2009-01-01", "cz"),
        APPLIED,
        text("vn", "cu", "cz", name="new", supersedes="t"),
        entry("2012-01-01", name="new"),
        went("2014-01-01", "fr"),
    )

    assert [state(ledger, day) for day in ("2013-12-31", "2014-01-01")] == [
        "provisional",
        "superseded",
    ]


def test_who_left_the_text_is_shown_after_it_left_the_partnership_too() -> None:
    ledger = office(
        *THREE_MEMBERS, APPLIED, notice("2011-01-01", "fr", "2012-01-01"), went("2014-01-01", "fr")
    )

    assert str(participation(ledger, "2025-01-01", "fr").left_on) == "2012-01-01"
    assert parties(ledger, "2025-01-01") == ("vn", "cu")


def test_the_notice_of_a_member_that_leaves_is_gone_when_it_comes_again() -> None:
    ledger = office(
        *THREE_MEMBERS,
        APPLIED,
        notice("2011-01-01", "fr", "2030-01-01"),
        went("2014-01-01", "fr"),
        came("2015-01-01", "fr"),
    )

    assert given(ledger, "fr") == "None"
    assert set(parties(ledger, "2025-01-01")) == {"vn", "fr", "cu"}


def test_who_left_the_text_comes_back_with_the_partnership() -> None:
    ledger = office(
        *THREE_MEMBERS,
        APPLIED,
        notice("2011-01-01", "fr", "2012-01-01"),
        went("2014-01-01", "fr"),
        came("2015-01-01", "fr"),
    )

    assert [len(parties(ledger, day)) for day in ("2014-12-31", "2015-01-01")] == [2, 3]


def test_one_of_two_heirs_that_leaves_the_partnership_is_no_party() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        *THREE_MEMBERS,
        APPLIED,
        notice("2011-01-01", "vn", "2030-01-01"),
        took_over("2012-01-01", "vn", "cz", "sk"),
        went("2014-01-01", "sk"),
    )

    assert parties(ledger, "2025-01-01") == ("cz", "fr", "cu")
    assert given(ledger, "cz") == "2011-01-01"


def test_a_member_that_comes_under_a_name_that_passed_on_is_a_party_beside_those_that_have_it() -> (
    None
):
    ledger = office(
        *more_parties("cz", "sk"),
        *THREE_MEMBERS,
        APPLIED,
        notice("2011-01-01", "vn", "2030-01-01"),
        took_over("2012-01-01", "vn", "cz"),
        took_over("2013-01-01", "sk", "vn"),
        came("2014-01-01", "vn"),
    )

    assert set(parties(ledger, "2025-01-01")) == {"cz", "fr", "cu", "vn"}
    assert [given(ledger, party) for party in ("cz", "vn")] == ["2011-01-01", "None"]
    members = ledger.view("2025-01-01").partnership("vnfr").parties
    assert set(members) == {"cz", "fr", "cu", "vn"}


def test_an_act_that_is_refused_settles_nothing() -> None:
    ledger = office(
        *THREE_MEMBERS[:1],
        act(events.InstrumentSigned, "2012-01-01"),
        came("2013-01-01", "cu"),
        APPLIED,
        act(events.InstrumentTerminated, "2011-01-01"),
    )

    assert parties(ledger, "2025-01-01") == ("vn", "fr", "cu")


def test_nobody_signs_a_text_that_all_members_have_left() -> None:
    ledger = office(
        text(parties=()),
        act(events.InstrumentSigned, "2019-01-01"),
        act(events.TerminationNotified, "2019-02-01", by="fr", ends="2020-01-01"),
        went("2014-01-01", "fr"),
        went("2014-01-01", "vn"),
    )

    assert state(ledger, "2025-01-01") == "none"
