"""History G: a fisheries agreement that renews itself until the EU gives notice, 2006 to 2019.

Seven years, then seven more unless somebody says otherwise six months ahead: the second term
began in 2015 without any act at all. When the EU decides to leave, that is a statement; only the
notice to the Comoros, seven weeks later, begins to count.

    python examples/history_eu_comoros_fisheries.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, View, events
from coopledger.render import board, explanation, table

COMMISSION = {
    "publisher": "European Commission",
    "title": "Sustainable fisheries partnership agreement with Comoros",
}
NEW_PROTOCOL = {
    "publisher": "European Commission",
    "title": "New Fisheries Protocol EU - Comoros",
    "address": "https://ec.europa.eu/newsroom/mare/redirection/item/11361",
    "published": "2013-07-09",
}

# What was written down, by the day on which it could be at the earliest.
DIARY: dict[str, list[events.Event]] = {
    "2008-03-06": [
        events.PartyRegistered(
            id="r-EU", party="EU", name="European Union", kind="international_organisation"
        ),
        events.PartyRegistered(id="r-KM", party="KM", name="Comoros", kind="state", country="KM"),
        events.PartnershipOpened(
            id="r-EU-KM", partnership="EU-KM", parties=["EU", "KM"], scope="fisheries"
        ),
        events.InstrumentRegistered(
            id="r-FPA",
            instrument="FPA",
            partnership="EU-KM",
            kind="agreement",
            title="Fisheries Partnership Agreement",
            renewal={"tacit": True, "years": 7, "notice_months": 6},
            note="Articles 11 and 12. Concluded as the European Community.",
        ),
        events.InstrumentApproved(
            id="g1",
            instrument="FPA",
            when="2006-10-05",
            by="EU",
            source={
                "publisher": "Official Journal of the European Union",
                "title": "Council Regulation (EC) No 1563/2006",
                "published": "2006-10-20",
                "locator": "L 290",
            },
        ),
        events.InstrumentEnteredIntoForce(
            id="g2",
            instrument="FPA",
            when="2008-03-06",
            years=7,
            note="For seven years from that day.",
            source={
                "publisher": "European Parliament, Legislative Observatory",
                "title": "EC/Comoros Fisheries Partnership Agreement: denunciation",
                "locator": "2017/0241(NLE)",
            },
        ),
    ],
    "2013-07-09": [
        events.InstrumentRegistered(
            id="r-PROTOCOL",
            instrument="PROTOCOL",
            partnership="EU-KM",
            kind="protocol",
            title="Protocol on fishing opportunities and financial contribution",
            implements="FPA",
            documents="Official Journal of the European Union, L 349, 21 December 2013, page 5",
        ),
        events.InstrumentInitialled(
            id="g3", instrument="PROTOCOL", when="2013-07-05", source=NEW_PROTOCOL
        ),
        events.CommitmentMade(
            id="g9",
            commitment="contribution",
            partnership="EU-KM",
            under="PROTOCOL",
            when="2013-07-05",
            debtors="EU",
            creditors="KM",
            what="pay the annual compensation, half of it for the fisheries policy of the Comoros",
            due="2014",
            recurs={"years": 1, "times": 3},
            amount="600000 EUR",
            tags="fisheries",
            inferred="due",
            note="For each of the three years; on which day is not said.",
            source=NEW_PROTOCOL,
        ),
    ],
    "2014-01-01": [
        events.InstrumentProvisionallyApplied(
            id="g4",
            instrument="PROTOCOL",
            when="2014-01-01",
            until="2016-12-31",
            note="For three years.",
            source={
                "publisher": "Official Journal of the European Union",
                "title": "Protocol between the European Union and the Union of the Comoros",
                "published": "2013-12-21",
                "locator": "L 349, page 5",
            },
        ),
    ],
    "2015-10-02": [
        events.StatementMade(
            id="g5",
            partnership="EU-KM",
            when="2015-10-01",
            by="European Commission",
            text="the Comoros may be identified as non-cooperating against illegal fishing",
            source={
                "publisher": "Official Journal of the European Union",
                "title": "Commission Decision of 1 October 2015",
                "published": "2015-10-02",
                "locator": "C 324, page 6",
            },
        ),
    ],
    "2017-05-24": [
        events.StatementMade(
            id="g6",
            partnership="EU-KM",
            when="2017-05-23",
            by="European Commission",
            text="the Comoros are identified as non-cooperating against illegal fishing",
            source={
                "publisher": "Official Journal of the European Union",
                "title": "Commission Implementing Decision (EU) 2017/889",
                "published": "2017-05-24",
                "locator": "L 135, page 35",
            },
        ),
    ],
    "2018-05-24": [
        events.StatementMade(
            id="g7",
            partnership="EU-KM",
            when="2018-05-14",
            by="Council of the European Union",
            text="the agreement is to be denounced, with effect six months after notification",
            source={
                "publisher": "Official Journal of the European Union",
                "title": "Council Decision (EU) 2018/757",
                "published": "2018-05-24",
                "locator": "L 128, page 13",
            },
        ),
    ],
    "2018-07-03": [
        events.TerminationNotified(
            id="g8",
            instrument="FPA",
            when="2018-07-03",
            by="EU",
            ends="2019-01-03",
            source=COMMISSION,
        ),
    ],
}


def record(path: str | Path) -> None:
    """Record the diary in the ledger of that file, with the ledger's clock at noon of each day."""
    for day, page in DIARY.items():
        clock = partial(datetime.fromisoformat, f"{day}T12:00:00Z")
        with Ledger.open(path, clock=clock) as ledger:
            ledger.record(*page)


def main(path: str | Path) -> None:
    """Record the history, then ask where things stand."""
    record(path)
    with Ledger.open(path) as ledger:
        view = ledger.view(on="2018-07-31")
        print(board(view), explanation(view, "FPA"), sep="\n\n", end="\n\n")
        print("The agreement, from its first term to its end\n")
        days = ["2014-12-31", "2015-03-06", "2018-06-30", "2018-07-03", "2019-01-03"]
        rows = [[day, *agreement_row(ledger.view(day))] for day in days]
        print(table(rows, headers=["on", *COLUMNS]), end="\n\n")
        print("Where does it stand on 2022-12-31?\n")
        known = ledger.view("2022-12-31")
        before = ledger.view("2022-12-31", known_at="2018-07-02")
        rows = [
            ["as we know today", *agreement_row(known)],
            ["as we knew before the notice", *agreement_row(before)],
        ]
        print(table(rows, headers=["", *COLUMNS]), end="\n\n")
        print("What was promised by 2016-12-31? Nobody recorded whether it was paid.\n")
        print(ledger.view("2016-12-31").sums(by="creditor"))


COLUMNS = ("state", "since", "until", "notice by", "out from", "flags")


def agreement_row(view: View) -> list[str]:
    """Return the state of the agreement, its term, and the days of notice."""
    agreement = view.instrument("FPA")
    return [
        agreement.state.replace("_", " "),
        str(agreement.since),
        str(agreement.term_end or ""),
        str(agreement.notice_deadline or ""),
        str(agreement.ends or ""),
        ", ".join(agreement.flags).replace("_", " "),
    ]


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
