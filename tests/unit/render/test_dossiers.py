"""A dossier as a page: a part for each sort of thing, and the sources numbered at its end."""

import pytest

from coopledger import Ledger, View, events
from coopledger.errors import ArgumentError
from coopledger.render import dossier
from tests.builders import office

PAPER = {
    "publisher": "A paper",
    "title": "A visit",
    "author": "A reporter",
    "published": "2019-05-21",
    "quote": "they signed",
    "basis": "press",
}


@pytest.fixture(name="ledger", scope="module")
def _ledger() -> Ledger:
    return office(
        events.InstrumentRegistered(
            instrument="mou",
            partnership="vncu",
            kind="mou",
            title="On sugar",
            until="2024",
            tags=["food", "trade"],
        ),
        events.InstrumentSigned(
            instrument="mou", when="2019-05-20", until="2024", source=PAPER, note="in two languages"
        ),
        events.CommitmentMade(
            commitment="sample",
            partnership="vncu",
            debtors="cu",
            creditors="vn",
            what="send a sample",
            due="2019-12",
            amount="10 EUR",
            when="2019-05",
            source=[PAPER, "minutes"],
        ),
        events.CommitmentProgressed(commitment="sample", percent=40, when="2020-02"),
        events.ProposalMade(
            proposal="lab", partnership="vncu", by="cu", text="share a laboratory", when="2019-05"
        ),
        events.MeetingHeld(
            meeting="visit",
            kind="state visit",
            partnership="vncu",
            when="2019-05-20",
            place="Havana",
            participants=[{"person": "A minister"}, {"post": "Head"}, {"party": "most"}],
        ),
        events.FigureReported(
            figure="documents",
            measure="documents signed",
            value=7,
            period="2019",
            partners=["CU", "SE"],
            when="2020-04-22",
            source={"locator": "p. 4"},
        ),
        events.StatementMade(
            partnership="vncu", text="more to come", when="2020-05-01", source={"retrieved": "2020"}
        ),
    )


@pytest.fixture(name="view", scope="module")
def _view(ledger: Ledger) -> View:
    return ledger.view("2020-06-15")


PAGE = """\
Cuba (CU) on 2020-06-15

PARTNERSHIPS

WITH      STAGE      SINCE       LAST ACTIVITY  ID
Viet Nam  active     2019-05-20  2020-05-01     vncu
Cuba      not begun

INSTRUMENTS

TITLE     KIND  STATE      SINCE       UNTIL  ID
On sugar  mou   in force   2019-05-20  2024   mou
                not begun

COMMITMENTS

WHAT         STATUS   SINCE       DUE      OWED  TO        WORTH   DONE  ID
                                           BY
commitment:  overdue  2020-01-01  2019-12  Cuba  Viet Nam  10 EUR  40 %  sample
send a
sample

SUMS

SIDE  WITH      PROMISED  PAID   OUTSTANDING
owes  Viet Nam  10 EUR    0 EUR  10 EUR

PROPOSALS

WHAT                          STATUS  SINCE        BY    TO        ID
proposal: share a laboratory  open    2019-05-31~  Cuba  Viet Nam  lab

MEETINGS

KIND         STATUS  WHEN        PLACE   WHO         ID
state visit  held    2019-05-20  Havana  A minister  visit
                                         Head
                                         MOST

FIGURES

FIGURE     MEASURE           PERIOD  CLAIMED  RECORDED  UNACCOUNTED
documents  documents signed  2019          7         1            6

documents names CU, SE; recorded with CU

TIMELINE

WHEN        WHAT                                                         SOURCES
            PartyRegistered Cuba (cu)
            PartnershipOpened Viet Nam – Cuba (vncu)
            InstrumentRegistered On sugar (mou): tagged food, trade
2019-05-20  InstrumentSigned On sugar (mou): in two languages            [1]
2019-05-20  MeetingHeld state visit in Havana (visit)
2019-05     CommitmentMade send a sample (sample) by Cuba: worth 10 EUR  [1][2]
2019-05     ProposalMade share a laboratory (lab) by Cuba
2020-02     CommitmentProgressed send a sample (sample): 40 % done
2020-04-22  FigureReported documents: documents signed                   [3]
2020-05-01  StatementMade Viet Nam – Cuba (vncu): more to come           [4]

SOURCES

[1] A reporter, A paper, A visit, 2019-05-21, 'they signed', press
[2] minutes
[3] p. 4
[4] read 2020

~ rests on a date that is not exact"""


def test_a_dossier_is_one_page(view: View) -> None:
    assert dossier(view, country="CU", width=80) == PAGE


def test_what_a_party_did_under_a_text_of_many_is_a_row() -> None:
    ledger = office(
        events.InstrumentRegistered(
            instrument="pact",
            partnership="vncu",
            kind="treaty",
            title="Pact",
            parties=["vn", "fr", "cu"],
        ),
        events.InstrumentSigned(instrument="pact", when="2019-05-20"),
        events.InstrumentRatified(instrument="pact", party="cu", when="2019-08-01"),
        events.InstrumentEnteredIntoForce(instrument="pact", when="2020-01-01", parties=["cu"]),
        events.TerminationNotified(
            instrument="pact", by="cu", when="2020-02-01", ends="2021-02-01"
        ),
    )
    page = dossier(ledger.view("2020-06-15"), party="cu", width=100)

    assert "\n\n".join(page.split("\n\n")[5:7]) == (
        "PARTICIPATIONS\n\n"
        "TEXT  PARTY  SIGNED      CONSENTED   IN FORCE    NOTICE      LEAVING\n"
        "Pact  Cuba   2019-05-20  2019-08-01  2020-01-01  2020-02-01  2021-02-01"
    )


def test_no_line_of_a_dossier_is_longer_than_the_page(view: View) -> None:
    page = dossier(view, country="CU", width=76)

    assert [line for line in page.splitlines() if len(line) > 76] == []


def test_a_party_whose_name_is_its_id_is_named_once() -> None:
    ledger = office(events.PartyRegistered(party="WIPO", name="WIPO", kind="agency"))

    assert dossier(ledger.view("2020-06-15"), party="WIPO").startswith("WIPO on 2020-06-15\n")


def test_a_source_that_says_nothing_of_itself_is_still_counted() -> None:
    ledger = office(events.PartyRegistered(party="WIPO", name="WIPO", kind="agency", source=[{}]))

    assert dossier(ledger.view("2020-06-15"), party="WIPO").endswith("[1] a source without a name")


def test_parts_without_anything_are_left_out() -> None:
    page = dossier(office().view("2020-06-15"), party="unesco")

    assert [line for line in page.splitlines() if line.isupper()] == ["TIMELINE", "WHAT"]


def test_a_country_of_which_nothing_is_recorded_says_so() -> None:
    assert dossier(office().view("2020-06-15"), country="TD") == (
        "TD on 2020-06-15: nothing is recorded."
    )


def test_neither_a_party_nor_a_country_is_refused(view: View) -> None:
    with pytest.raises(ArgumentError, match="give exactly one of the two"):
        dossier(view)


def test_of_a_party_its_partners_alone_are_named(view: View) -> None:
    for party, partners in (("cu", ["Viet Nam"]), ("vn", ["France", "Cuba"])):
        page = dossier(view, party=party)
        head, *rows = page.split("\n\n")[2].splitlines()

        assert head.startswith("WITH ")
        assert [name for row in rows if (name := row.split("  ")[0])] == partners
