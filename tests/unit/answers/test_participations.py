"""What each party of a text did under it, as it is told and printed."""

from coopledger import events
from coopledger.plain import as_dict
from tests.builders import Clock, office
from tests.unit.rules.several import (
    THREE,
    act,
    entry,
    more_parties,
    notice,
    participation,
    ratification,
    signing,
    text,
)

HISTORY = (
    text(),
    signing("2010-01-01"),
    act(
        events.ReservationMade,
        "2010-01-01",
        party="cu",
        kind="reservation",
        article="12",
        text="no court",
    ),
    ratification("2010-02-01", "vn"),
    ratification("2010-03-01", "fr", how="approval"),
    entry("2010-06-01"),
    act(events.InstrumentAcceded, "2011-01-01", party="unesco"),
    notice("2012-01-01", "fr", "2013-01-01"),
)


def test_a_party_is_told_with_all_that_it_did() -> None:
    lines = [str(each) for each in office(*HISTORY).view("2012-06-01").participations("t")]
    leaving = "notice of 2012-01-01; out of effect from 2013-01-01"

    assert lines == [
        "vn under t: signed 2010-01-01; ratification 2010-02-01; in force since 2010-06-01",
        f"fr under t: signed 2010-01-01; approval 2010-03-01; in force since 2010-06-01; {leaving}",
        "cu under t: signed 2010-01-01; reservation on 12: no court",
        "unesco under t: accession 2011-01-01; in force since 2011-01-01",
    ]


def test_who_left_stays_in_the_list_with_the_day() -> None:
    shown = participation(office(*HISTORY), "2013-01-01", "fr")

    assert (str(shown.left_on), str(shown.notice_on)) == ("2013-01-01", "2012-01-01")
    assert shown.in_force_since is None


def test_before_anything_happened_the_parties_have_done_nothing() -> None:
    answers = office(*HISTORY).view("2009-01-01").participations("t")

    assert tuple(each.party for each in answers) == THREE
    assert {(each.signed_on, each.consented_on, each.in_force_since) for each in answers} == {
        (None, None, None)
    }


def test_an_approximate_signature_is_told_as_such() -> None:
    shown = participation(office(text(), signing("2010~")), "2011-01-01", "vn")

    assert (str(shown.signed_on), shown.certain) == ("2010~", False)


def test_days_that_rest_on_fuzzy_dates_are_marked() -> None:
    ledger = office(
        text(),
        signing("2010-01-01"),
        ratification("2010-02-01", "vn"),
        entry("2010-06"),
        ratification("2011~", "fr"),
        notice("2013-01-01", "vn", "2014"),
    )
    before, within, after = (
        participation(ledger, day, "vn") for day in ("2013-12-31", "2014-03-01", "2014-12-31")
    )

    assert str(participation(ledger, "2012-01-01", "fr").in_force_since) == "2011-12-31~"
    assert str(before.in_force_since) == "2010-06-30~"
    assert str(after.left_on) == "2014-12-31~"
    assert (before.in_force, within.in_force, after.in_force) == (True, True, False)


def test_a_fuzzy_end_of_a_notice_is_uncertain_on_the_days_within_it() -> None:
    ledger = office(
        text(),
        signing("2010-01-01"),
        entry("2010-06-01"),
        notice("2013-01-01", "vn", "2014"),
    )
    days = ("2013-12-31", "2014-03-01", "2015-01-01")

    assert [participation(ledger, day, "vn").certain for day in days] == [True, False, True]


def test_a_text_in_force_since_nobody_knows_when_is_so_for_its_parties() -> None:
    known = office(text(state="in_force"))
    extended = office(text(), act(events.InstrumentExtended, "2012-01-01", years=5))

    for ledger in (known, extended):
        shown = participation(ledger, "2013-01-01", "vn")
        assert (shown.in_force, shown.in_force_since) == (True, None)
        assert str(shown) == "vn under t: in force"
        assert "in force" in str(ledger.view("2013-01-01").participations("t")).splitlines()[3]


def test_a_party_decides_by_its_own_events() -> None:
    ledger = office(
        text(),
        signing("2010-01-01", id="s"),
        ratification("2010-02-01", "vn", id="r"),
        entry("2010-06-01"),
    )

    assert "r" in participation(ledger, "2010-06-01", "vn").decided_by
    assert participation(ledger, "2010-06-01", "fr").decided_by == ("s",)


def test_a_successor_answers_in_the_place_of_its_predecessor() -> None:
    ledger = office(
        *more_parties("dd"),
        *HISTORY,
        events.PartySucceeded(party="vn", by="dd", when="2012-03-01"),
    )
    shown = participation(ledger, "2012-06-01", "dd")

    assert (str(shown.signed_on), str(shown.consented_on)) == ("2010-01-01", "2010-02-01")


def test_late_news_is_told_from_when_it_is_known() -> None:
    clock = Clock("2015-01-01")
    ledger = office(text(), signing("2010-01-01"), clock=clock)
    clock.set("2016-01-01")
    ledger.record(ratification("2010-02-01", "vn"))
    known = [
        as_dict(ledger.view("2010-06-01", known_at=at).participations("t")[0])["consented_on"]
        for at in ("2015-06-01", "2016-06-01")
    ]

    assert known == [None, "2010-02-01"]
