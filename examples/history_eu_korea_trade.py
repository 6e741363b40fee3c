"""History F: a trade agreement that the EU and Korea apply before it is in force, 2009 to 2015.

Initialled, signed, applied provisionally for more than four years, and only then in force: four
dates for one text, which the news likes to mix up. A later protocol is applied backwards, from a
day before its own initials.

    python examples/history_eu_korea_trade.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, View, events
from coopledger.render import board, explanation, table

SIGNING = {
    "publisher": "Official Journal of the European Union",
    "title": "Council Decision 2011/265/EU on the signing and provisional application",
    "published": "2011-05-14",
    "locator": "L 127",
}
CROATIA = {
    "publisher": "Official Journal of the European Union",
    "title": "Council Decision 2014/257/EU on the Additional Protocol",
    "published": "2014-05-14",
    "locator": "L 140, page 1",
}
MINISTRY = {
    "publisher": "Ministry of Foreign and European Affairs, Croatia",
    "title": "Free Trade Agreement with Korea to come into effect 26 May",
}

# What was written down, by the day on which it could be at the earliest.
DIARY: dict[str, list[events.Event]] = {
    "2011-05-14": [
        events.PartyRegistered(
            id="r-EU", party="EU", name="European Union", kind="international_organisation"
        ),
        events.PartyRegistered(
            id="r-KR", party="KR", name="Republic of Korea", kind="state", country="KR"
        ),
        events.PartnershipOpened(
            id="r-EU-KR", partnership="EU-KR", parties=["EU", "KR"], scope="trade and investment"
        ),
        events.InstrumentRegistered(
            id="r-FTA",
            instrument="FTA",
            partnership="EU-KR",
            kind="agreement",
            title="Free Trade Agreement",
            documents={
                "title": "Official Journal of the European Union, L 127, 14 May 2011",
                "language": "en",
                "authentic": True,
            },
            note="Of the one part: the European Union and its Member States.",
        ),
        events.InstrumentInitialled(id="f1", instrument="FTA", when="2009-10-15", source=SIGNING),
        events.InstrumentSigned(id="f2", instrument="FTA", when="2010-10-06", source=SIGNING),
        events.InstrumentApproved(
            id="f3",
            instrument="FTA",
            when="2011-02",
            by="EU",
            note="Consent of the European Parliament, in February.",
            source={
                "publisher": "BBC News",
                "title": "South Korea in final approval of EU trade deal",
                "published": "2011-05",
            },
        ),
        events.InstrumentRatified(
            id="f4",
            instrument="FTA",
            when="2011-05-04",
            party="KR",
            source={
                "publisher": "The Korea Herald",
                "title": "National Assembly ratifies Korea-EU FTA",
                "published": "2011-05-04",
            },
        ),
    ],
    "2011-07-01": [
        events.InstrumentProvisionallyApplied(
            id="f5",
            instrument="FTA",
            when="2011-07-01",
            source={
                "publisher": "Official Journal of the European Union",
                "title": "Notice concerning the provisional application",
                "published": "2011-06-28",
                "locator": "L 168",
            },
        ),
    ],
    "2014-05-14": [
        events.InstrumentRegistered(
            id="r-CROATIA",
            instrument="CROATIA",
            partnership="EU-KR",
            kind="protocol",
            title="Additional Protocol, to take account of the accession of Croatia",
            extends="FTA",
            documents="Official Journal of the European Union, L 140, 14 May 2014",
        ),
        events.InstrumentInitialled(
            id="f6", instrument="CROATIA", when="2013-11-08", source=CROATIA
        ),
        events.InstrumentSigned(
            id="f7",
            instrument="CROATIA",
            when="2014-03-25",
            source={"publisher": "KBS World", "published": "2014-03-25"},
        ),
    ],
    "2014-05-26": [
        events.InstrumentProvisionallyApplied(
            id="f8",
            instrument="CROATIA",
            when="2014-05-26",
            effective="2013-07-01",  # the day on which Croatia joined the EU
            note="Article 9, paragraph 2: retroactively from 1 July 2013.",
            source=MINISTRY,
        ),
        events.FactDisputed(
            id="f9",
            target="f8",
            field="when",
            alternative="2014-05-25",
            when="2014-05-26",
            note="The heading says 26 May, the text below it 25 May.",
            source=MINISTRY,
        ),
    ],
    "2015-11-25": [
        events.InstrumentRatified(
            id="f10",
            instrument="FTA",
            when="2015-10-01",
            party="EU",
            source={
                "publisher": "Official Journal of the European Union",
                "title": "Council Decision (EU) 2015/2169 on the conclusion",
                "published": "2015-11-25",
                "locator": "L 307, page 2",
            },
        ),
    ],
    "2015-12-13": [
        events.InstrumentEnteredIntoForce(
            id="f11",
            instrument="FTA",
            when="2015-12-13",
            source={"publisher": "EUR-Lex", "title": "EU-South Korea free trade agreement"},
        ),
    ],
    "2017-08-31": [
        events.FactDisputed(
            id="f12",
            target="f2",
            field="when",
            alternative="2009-10-15",
            when="2017-08",
            note="The day of the initials, taken for that of the signature.",
            source={
                "publisher": "Wikipedia",
                "title": "European Union-South Korea Free Trade Agreement",
                "published": "2017-08",
            },
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
        view = ledger.view(on="2015-06-30")
        print(board(view), explanation(view, "FTA"), sep="\n\n", end="\n\n")
        print("The agreement, from its initials into force\n")
        days = ["2009-12-31", "2010-12-31", "2011-06-30", "2015-06-30", "2015-12-31"]
        rows = [[day, *agreement_row(ledger.view(day))] for day in days]
        print(table(rows, headers=["on", *COLUMNS]), end="\n\n")
        print("Where did the protocol on Croatia stand on 2014-01-15?\n")
        rows = [
            ["as we know today", 'on="2014-01-15"', status_line(ledger.view("2014-01-15"))],
            [
                "without hindsight",
                'on="2014-01-15", hindsight=False',
                status_line(ledger.view("2014-01-15", hindsight=False)),
            ],
            [
                "as we knew it then",
                'on="2014-01-15", known_at="2014-01-15"',
                status_line(ledger.view("2014-01-15", known_at="2014-01-15")),
            ],
        ]
        print(table(rows, headers=["question", "view", "answer"]), end="\n\n")
        print("Where do the sources disagree?\n")
        print(*ledger.view(on="2017-12-31").conflicts(), sep="\n")


COLUMNS = ("state", "since", "not ratified by", "flags of the partnership")


def agreement_row(view: View) -> list[str]:
    """Return the state of the agreement, missing ratifications, and flags of the partnership."""
    agreement = view.instrument("FTA")
    return [
        agreement.state.replace("_", " "),
        str(agreement.since),
        ", ".join(agreement.not_ratified),
        ", ".join(view.partnership("EU-KR").flags).replace("_", " "),
    ]


def status_line(view: View) -> str:
    """Return the state of the protocol at that moment, in a few words."""
    protocol = view.instrument("CROATIA")
    return f"{protocol.state} since {protocol.since}" if protocol.since else "no such text is known"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
