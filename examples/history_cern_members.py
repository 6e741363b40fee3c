"""History H: three countries climb to CERN, from cooperation to membership, 1991 to 2025.

Associate and member are two instruments, and the second supersedes the first, so that each spell
keeps its own dates. Nobody records that an associate stops being one. A page that was three weeks
early shows as a declared state that is not the derived one.

    python examples/history_cern_members.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, View, events
from coopledger.render import board, explanation, findings, table

CONCLUDED = "A cooperation agreement was concluded; that it applied at once is inferred."

SERBIA_2011 = {
    "publisher": "CERN",
    "title": "Serbia set to become Associate Member State of CERN",
    "published": "2011-12-16",
}
SLOVENIA_2017 = {
    "publisher": "Nuklearforum Schweiz",
    "title": "Le Cern accueille la Slovénie comme nouvel Etat membre associé",
    "published": "2017-07-13",
}
ESTONIA_2024 = {
    "publisher": "CERN",
    "title": "CERN welcomes Estonia as its 24th Member State",
    "published": "2024-08-30",
}


def ladder(country: str, name: str) -> list[events.Event]:
    """Return the country, its partnership with CERN, and the three rungs."""
    partnership = f"CERN-{country}"
    return [
        events.PartyRegistered(
            id=f"r-{country}", party=country, name=name, kind="state", country=country
        ),
        events.PartnershipOpened(
            id=f"r-{partnership}",
            partnership=partnership,
            parties=["CERN", country],
            dormant_after=3650,  # a member need not sign anything to be one
        ),
        events.InstrumentRegistered(
            id=f"r-{country}-COOPERATION",
            instrument=f"{country}-COOPERATION",
            partnership=partnership,
            kind="agreement",
        ),
        events.InstrumentRegistered(
            id=f"r-{country}-ASSOCIATE",
            instrument=f"{country}-ASSOCIATE",
            partnership=partnership,
            kind="membership",
            title="Associate Member State in the pre-stage to membership",
        ),
        events.InstrumentRegistered(
            id=f"r-{country}-MEMBER",
            instrument=f"{country}-MEMBER",
            partnership=partnership,
            kind="membership",
            title="Member State",
            supersedes=f"{country}-ASSOCIATE",
        ),
    ]


# What was written down, by the day on which it could be at the earliest.
DIARY: dict[str, list[events.Event]] = {
    "2012-01-31": [
        events.PartyRegistered(
            id="r-CERN",
            party="CERN",
            name="European Organization for Nuclear Research",
            kind="international_organisation",
        ),
        *ladder("RS", "Serbia"),
        events.InstrumentSigned(
            id="h1",
            instrument="RS-COOPERATION",
            when="2001",
            in_force=True,
            inferred="in_force",
            note=CONCLUDED,
            source=SERBIA_2011,
        ),
        events.InstrumentApproved(
            id="h2",
            instrument="RS-ASSOCIATE",
            when="2011-12-16",
            by="CERN",
            note="The Council's vote, at its 161st meeting.",
            source=SERBIA_2011,
        ),
        events.InstrumentSigned(
            id="h3",
            instrument="RS-ASSOCIATE",
            when="2012-01-10",
            source={
                "publisher": "CERN Bulletin",
                "title": "Serbian President visits CERN",
                "published": "2012-01",
                "locator": "04/2012",
            },
        ),
    ],
    "2015-07-31": [
        events.InstrumentEnteredIntoForce(
            id="h4",
            instrument="RS-ASSOCIATE",
            when="2012-03-15",
            note="Found three years later, on a page that lists who is an associate since when.",
            source={"publisher": "CERN", "title": "Associate Members"},
        ),
    ],
    "2017-07-13": [
        *ladder("SI", "Slovenia"),
        events.InstrumentSigned(
            id="h5",
            instrument="SI-COOPERATION",
            when="1991",
            in_force=True,
            inferred="in_force",
            note=CONCLUDED,
            source={
                "publisher": "CERN Courier",
                "title": "Slovenia to become associate Member State in pre-stage to membership",
                "published": "2017-01-13",
            },
        ),
        events.InstrumentApproved(
            id="h6", instrument="SI-ASSOCIATE", when="2016-12-16", by="CERN", source=SLOVENIA_2017
        ),
        events.InstrumentSigned(
            id="h7",
            instrument="SI-ASSOCIATE",
            when="2016-12",
            inferred="when",
            note="Signed by the minister and the Director-General; the day is not given.",
            source=SLOVENIA_2017,
        ),
        events.InstrumentEnteredIntoForce(
            id="h8", instrument="SI-ASSOCIATE", when="2017-07-04", source=SLOVENIA_2017
        ),
    ],
    "2019-03-24": [
        events.InstrumentEnteredIntoForce(
            id="h9",
            instrument="RS-MEMBER",
            when="2019-03-24",
            source={
                "publisher": "CERN",
                "title": "Serbia joins CERN as its 23rd Member State",
                "published": "2019-03-24",
            },
        ),
    ],
    "2021-01-13": [
        *ladder("EE", "Estonia"),
        events.InstrumentSigned(
            id="h10",
            instrument="EE-ASSOCIATE",
            when="2020-06-19",
            source={
                "publisher": "CERN",
                "title": "Estonia to become Associate Member in the pre-stage to Membership",
                "published": "2020-06-19",
            },
        ),
        events.StatusReported(
            id="h11",
            subject="EE-ASSOCIATE",
            state="in_force",
            when="2021-01-13",
            source={
                "publisher": "Research in Estonia",
                "title": "Estonia became an associate member of CERN",
                "published": "2021-01-13",
            },
        ),
    ],
    "2021-02-01": [
        events.InstrumentEnteredIntoForce(
            id="h12",
            instrument="EE-ASSOCIATE",
            when="2021-02-01",
            source={
                "publisher": "CERN",
                "title": "Estonia becomes an Associate Member in the pre-stage to Membership",
                "published": "2021-02-01",
            },
        ),
    ],
    "2024-08-30": [
        events.InstrumentSigned(
            id="h13",
            instrument="EE-COOPERATION",
            when="1996",
            in_force=True,
            inferred="in_force",
            note=CONCLUDED,
            source=ESTONIA_2024,
        ),
        events.InstrumentEnteredIntoForce(
            id="h14", instrument="EE-MEMBER", when="2024-08-30", source=ESTONIA_2024
        ),
    ],
    "2025-06-23": [
        events.InstrumentEnteredIntoForce(
            id="h15",
            instrument="SI-MEMBER",
            when="2025-06-21",
            source={
                "publisher": "Government of Slovenia",
                "title": "Slovenia officially becomes 25th member of CERN",
                "published": "2025-06-23",
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
        view = ledger.view(on="2024-12-31")
        print(board(view), explanation(view, "RS-ASSOCIATE"), sep="\n\n", end="\n\n")
        print("Who stands on which rung, and since when?\n")
        days = ["1995-12-31", "2001-12-31", "2012-03-15", "2019-03-24", "2021-02-01", "2024-08-30"]
        rows = [[day, *rungs(ledger.view(day))] for day in [*days, "2025-06-21"]]
        print(table(rows, headers=["on", *COUNTRIES]), end="\n\n")
        print("Who stood where, as we know today and as we knew it then?\n")
        rows = [
            [day, asked, *rungs(ledger.view(day, known_at=known_at))]
            for day in ("2012-12-31", "2025-06-22")
            for asked, known_at in (("today", None), ("then", day))
        ]
        print(table(rows, headers=["on", "as known", *COUNTRIES]), end="\n\n")
        print(findings(ledger.check(on="2025-06-30")))


COUNTRIES = ("RS", "SI", "EE")


def rungs(view: View) -> list[str]:
    """Return for each country the highest rung that is in effect, and since when."""
    return [rung(view, country) for country in COUNTRIES]


def rung(view: View, country: str) -> str:
    """Return the highest rung of that country that is in effect, and since when."""
    texts = view.instruments(state="in_force", partnership=f"CERN-{country}")
    if not texts:
        return ""
    highest = texts[-1]
    _, _, name = highest.id.partition("-")
    return f"{name.lower()} {highest.since}{'' if highest.certain else '~'}"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
