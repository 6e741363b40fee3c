"""History I: a text that twelve signed and that was never in force, and the one in its place.

The Trans-Pacific Partnership of 2016 needed the United States, which took its signature back. The
eleven others concluded another text in 2018. It entered into force for six, then for one after the
other, and a twelfth acceded.

    python examples/history_trans_pacific.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, View, events
from coopledger.render import explanation, table

PARTIES = {
    "AU": "Australia",
    "BN": "Brunei Darussalam",
    "CA": "Canada",
    "CL": "Chile",
    "JP": "Japan",
    "MX": "Mexico",
    "MY": "Malaysia",
    "NZ": "New Zealand",
    "PE": "Peru",
    "SG": "Singapore",
    "US": "United States of America",
    "VN": "Viet Nam",
}
ELEVEN = [party for party in PARTIES if party != "US"]
SIX = ["AU", "CA", "JP", "MX", "NZ", "SG"]

TPP_PAGE = {
    "publisher": "Ministry of Foreign Affairs and Trade, New Zealand",
    "title": "Trans-Pacific Partnership",
    "address": "http://tpp.mfat.govt.nz/",
}
CPTPP_PAGE = {
    "publisher": "Ministry of Foreign Affairs and Trade, New Zealand",
    "title": "Comprehensive and Progressive Agreement for Trans-Pacific Partnership",
    "locator": "Current status of the Agreement",
}
LETTER = {
    "publisher": "Kyodo News",
    "title": "U.S. notifies withdrawal from TPP to 11 other members",
    "published": "2017-01-31",
}
MONITOR = {
    "publisher": "Library of Congress, Global Legal Monitor",
    "title": "New Zealand: Ratification of Trans-Pacific Partnership Agreement Completed",
    "published": "2017-05-23",
}
MEMBERS = {
    "publisher": "Wikipedia",
    "title": "Member states of the Comprehensive and Progressive Agreement for TPP",
    "locator": "Legislative process",
}
SIXTH = {
    "publisher": "International Trade Compliance Update",
    "title": "CPTPP ratified by New Zealand, Canada and Australia, to enter into force",
    "published": "2018-11-02",
}
SEVEN = {
    "publisher": "International Institute for Sustainable Development",
    "title": "CPTPP Update: Trade deal now in force for seven signatories, more on the way",
    "published": "2019-04-23",
}
NOTE = {
    "publisher": "Agence France-Presse",
    "title": "Chile sends its consent to its accession to the Trans-Pacific treaty",
    "published": "2022-12",
}
SUNDAY = {
    "publisher": "Nikkei Asia",
    "title": "Brunei becomes 11th nation to ratify CPTPP trade deal",
    "published": "2023-05",
}
DEPOSITED = {
    "publisher": "Department for Business and Trade, United Kingdom",
    "title": "Written statement HCWS478: Instrument of Accession",
    "published": "2024-05-17",
}
TWELFTH = {
    "publisher": "Department for Business and Trade, United Kingdom",
    "title": "Written statement: accession will enter into force on 15 December 2024",
    "published": "2024-10-16",
}


def consent(id: str, party: str, when: str, source: dict[str, str]) -> events.Event:
    """Return the consent of a party to the second text: its notification to the depositary."""
    return events.InstrumentRatified(
        id=id, instrument="CPTPP", when=when, party=party, how="notification", source=source
    )


# What was written down, by the day on which it could be at the earliest.
DIARY: dict[str, list[events.Event]] = {
    "2017-01-31": [
        *(
            events.PartyRegistered(
                id=f"r-{code}", party=code, name=name, kind="state", country=code
            )
            for code, name in PARTIES.items()
        ),
        events.PartnershipOpened(
            id="r-PACIFIC",
            partnership="PACIFIC",
            parties=list(PARTIES),
            scope="trade around the Pacific",
        ),
        events.InstrumentRegistered(
            id="r-TPP",
            instrument="TPP",
            partnership="PACIFIC",
            kind="agreement",
            title="Trans-Pacific Partnership Agreement",
            depositary="NZ",
        ),
        events.InstrumentSigned(id="i1", instrument="TPP", when="2016-02-04", source=TPP_PAGE),
        events.InstrumentRatified(
            id="i2",
            instrument="TPP",
            when="2017-01-20",
            party="JP",
            how="notification",
            source={
                "publisher": "Ministry of Foreign Affairs of Japan",
                "title": "Notification of Completion of Domestic Procedures for the TPP Agreement",
                "published": "2017-01-20",
            },
        ),
        events.SignatureWithdrawn(
            id="i3",
            instrument="TPP",
            when="2017-01-30",
            by="US",
            note="It does not intend to become a party, and has no obligations from its signature.",
            source=LETTER,
        ),
        events.PartyLeft(
            id="i4", partnership="PACIFIC", party="US", when="2017-01-30", source=LETTER
        ),
    ],
    "2017-05-23": [
        events.InstrumentRatified(
            id="i5",
            instrument="TPP",
            when="2017-05-11",
            party="NZ",
            how="notification",
            source=MONITOR,
        ),
    ],
    "2018-03-08": [
        events.InstrumentRegistered(
            id="r-CPTPP",
            instrument="CPTPP",
            partnership="PACIFIC",
            kind="agreement",
            title="Comprehensive and Progressive Agreement for Trans-Pacific Partnership",
            parties=ELEVEN,
            supersedes="TPP",
            enters_after={"consents": 6, "days": 60},
            depositary="NZ",
        ),
        events.NegotiationConcluded(
            id="i6", instrument="CPTPP", when="2018-01-23", source=CPTPP_PAGE
        ),
        events.InstrumentSigned(id="i7", instrument="CPTPP", when="2018-03-08", source=CPTPP_PAGE),
    ],
    "2018-11-02": [
        consent("i8", "MX", "2018-06-28", MEMBERS),
        consent("i9", "JP", "2018-07-06", MEMBERS),
        consent("i10", "SG", "2018-07-19", MEMBERS),
        consent("i11", "NZ", "2018-10-25", SIXTH),
        consent("i12", "CA", "2018-10-29", SIXTH),
        consent("i13", "AU", "2018-10-31", SIXTH),
    ],
    "2018-11-12": [
        events.InstrumentApproved(
            id="i14",
            instrument="CPTPP",
            when="2018-11-12",
            by="VN",
            note="The vote of the National Assembly.",
            source={
                "publisher": "Reuters",
                "title": "Vietnam becomes seventh country to ratify Trans-Pacific trade pact",
                "published": "2018-11-12",
            },
        ),
    ],
    "2019-04-23": [
        events.InstrumentRatified(
            id="i15",
            instrument="CPTPP",
            when="2018-11",
            party="VN",
            how="notification",
            inferred="when",
            note="In force sixty days after it; the day of the notification is not given.",
            source=SEVEN,
        ),
        events.InstrumentEnteredIntoForce(
            id="i16", instrument="CPTPP", when="2018-12-30", parties=SIX, source=SEVEN
        ),
        events.InstrumentEnteredIntoForce(
            id="i17", instrument="CPTPP", when="2019-01-14", parties="VN", source=SEVEN
        ),
    ],
    "2021-07-21": [consent("i18", "PE", "2021-07-21", CPTPP_PAGE)],
    "2022-09-30": [consent("i19", "MY", "2022-09-30", CPTPP_PAGE)],
    "2022-12-23": [consent("i20", "CL", "2022-12-23", NOTE)],
    "2023-05-14": [consent("i21", "BN", "2023-05-13", SUNDAY)],
    "2024-12-15": [
        events.PartyRegistered(
            id="r-GB", party="GB", name="United Kingdom", kind="state", country="GB"
        ),
        events.InstrumentAcceded(
            id="i22",
            instrument="CPTPP",
            when="2024-05-17",
            effective="2024-12-15",
            party="GB",
            note="The day on which the deposit was announced.",
            source=DEPOSITED,
        ),
        events.InstrumentEnteredIntoForce(
            id="i23",
            instrument="CPTPP",
            when="2024-12-15",
            parties="GB",
            note="With those parties that had ratified the accession.",
            source=TWELFTH,
        ),
        events.PartyJoined(
            id="i24", partnership="PACIFIC", party="GB", when="2024-12-15", source=TWELFTH
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
    """Record the history, then ask where the two texts stand, and for whom."""
    record(path)
    with Ledger.open(path) as ledger:
        print("The two texts by day\n")
        days = ["2016-12-31", "2017-12-31", "2018-06-30", "2018-12-29", "2018-12-30"]
        days += ["2019-01-14", "2021-09-19", "2023-07-12", "2024-12-15"]
        rows = [[day, *row(ledger.view(day))] for day in days]
        print(table(rows, headers=["on", *COLUMNS]), end="\n\n")
        view = ledger.view(on="2024-12-31")
        print("The second text, for each of its parties\n")
        lives = [
            [
                view.title(life.party),
                str(life.how),
                str(life.consented_on),
                str(life.in_force_since),
            ]
            for life in view.participations("CPTPP")
        ]
        print(table(lives, headers=["party", "consent", "on", "in force since"]), end="\n\n")
        print(explanation(view, "TPP"), explanation(view, "CPTPP"), sep="\n\n", end="\n\n")
        print("Who had still to sign, or to consent, on 2017-12-31?\n")
        old = ledger.view(on="2017-12-31").instrument("TPP")
        print("to sign:", ", ".join(old.missing_signers))
        print("to consent:", ", ".join(old.not_ratified))


COLUMNS = ("TPP", "CPTPP", "consents missing", "in force for")


def row(view: View) -> list[str | int]:
    """Return the states of both texts, and what the second waits for, or for how many it is."""
    old, new = view.instrument("TPP"), view.instrument("CPTPP")
    missing = "" if new.missing_consents is None else new.missing_consents
    words = [", ".join((old.state, *old.flags)), str(new.state)]
    return [*(each.replace("_", " ") for each in words), missing, len(new.in_force_for)]


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
