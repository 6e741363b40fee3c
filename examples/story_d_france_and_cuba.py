"""Story D: a journey to France and Cuba in March 2018.

Two countries, two kinds of result. In France ministers agreed in principle on a new framework,
and the news counts twelve agreements without naming one: that is a figure, not a signature. In
Cuba two texts were signed, one of them a plan whose end is open.

    python examples/story_d_france_and_cuba.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, events
from coopledger.render import board, dossier, explanation, pending, table

NEWS = {
    "publisher": "VNA",
    "title": "New momentum for sci-tech cooperation with France, Cuba",
    "address": "https://en.vietnamplus.vn/"
    "new-momentum-for-sci-tech-cooperation-with-france-cuba-post128883.vnp",
    "locator": "Hanoi; no date in the text, and the page goes on with unrelated headlines of 2025",
}
TRAVELLERS = [
    {
        "person": "Nguyen Phu Trong",
        "post": "General Secretary of the Communist Party",
        "party": "VN",
    },
    {"person": "Chu Ngoc Anh", "post": "Minister of Science and Technology", "party": "MOST"},
]
IP = "intellectual property"
# The year is inferred from "action plan for 2018, 2019, 2020".
FRANCE = "2018-03-25/2018-03-27"
CUBA = "2018-03-28/2018-03-30"

JOURNEY = "2018-03-25/2018-03-30"

# What was written down, on the day on which it could be at the earliest.
DIARY: dict[str, list[events.Event]] = {
    "2018-03-30": [
        events.PartyRegistered(id="r-VN", party="VN", name="Viet Nam", kind="state", country="VN"),
        events.PartyRegistered(id="r-FR", party="FR", name="France", kind="state", country="FR"),
        events.PartyRegistered(id="r-CU", party="CU", name="Cuba", kind="state", country="CU"),
        events.PartyRegistered(
            id="r-MOST", party="MOST", name="MOST", kind="ministry", parent="VN"
        ),
        events.PartyRegistered(
            id="r-MESR",
            party="MESR",
            name="MESR",
            other_names="Ministry of Higher Education, Research and Innovation",
            kind="ministry",
            parent="FR",
        ),
        events.PartyRegistered(id="r-*", party="*", name="many partners at once", kind="other"),
        events.PartnershipOpened(
            id="r-VNFR", partnership="VNFR", parties=["VN", "FR"], scope="science and technology"
        ),
        events.PartnershipOpened(
            id="r-VNCU", partnership="VNCU", parties=["VN", "CU"], scope="science and technology"
        ),
        events.PartnershipOpened(
            id="r-ALL",
            partnership="ALL",
            parties=["MOST", "*"],
            note="For what is about many partners at once.",
        ),
        events.InstrumentRegistered(
            id="r-FRAME",
            instrument="FRAME",
            partnership="VNFR",
            kind="agreement",
            title="New cooperation framework on S&T",
        ),
        events.InstrumentRegistered(
            id="r-DEAL",
            instrument="DEAL",
            partnership="VNCU",
            kind="mou",
            title="New cooperation deal",
            inferred="kind",
            note="The kind is not given; taken as an MoU.",
        ),
        events.InstrumentRegistered(
            id="r-PLAN", instrument="PLAN", partnership="VNCU", kind="action_plan"
        ),
        events.MeetingHeld(
            id="d9",
            meeting="journey-2018",
            partnership="ALL",
            kind="journey",
            when=JOURNEY,
            topics="France and Cuba",
            participants=TRAVELLERS,
            inferred="when",
            source=NEWS,
        ),
        events.MeetingHeld(
            id="d1",
            meeting="visit-2018-fr",
            partnership="VNFR",
            kind="visit",
            when=FRANCE,
            within="journey-2018",
            topics="visit to France",
            participants=TRAVELLERS,
            inferred="when",
            source=NEWS,
        ),
        events.MeetingHeld(
            id="d2",
            meeting="talks-2018",
            partnership="VNFR",
            kind="talks",
            when=FRANCE,
            within="visit-2018-fr",
            topics="ministerial talks MOST-MESRI",
            participants=[
                TRAVELLERS[1],
                {"post": "Minister of Higher Education, Research and Innovation", "party": "MESR"},
            ],
            inferred="when",
            source=NEWS,
        ),
        events.FigureReported(
            id="d3",
            figure="agreements-signed",
            partnership="VNFR",
            when=FRANCE,
            period=FRANCE,
            measure="agreements signed",
            value=12,
            at_meeting="visit-2018-fr",
            tags=["training", "space"],
            inferred=["when", "period"],
            note="Some on research, training and outer-space technology.",
            source=NEWS,
        ),
        events.ProposalAgreedInPrinciple(
            id="d4",
            proposal="journey-2018/p1",
            instrument="FRAME",
            when=FRANCE,
            by=["VN", "FR"],
            text="work toward a new cooperation framework",
            at_meeting="talks-2018",
            inferred="when",
            source=NEWS,
        ),
        events.CommitmentMade(
            id="d5",
            commitment="journey-2018/c1",
            partnership="VNFR",
            when=FRANCE,
            debtors=["VN", "FR"],
            creditors=["VN", "FR"],
            what="focus on intellectual property and digital transfer",
            firmness="agreed",
            standing=True,
            at_meeting="talks-2018",
            tags=IP,
            inferred="when",
            source=NEWS,
        ),
        events.MeetingHeld(
            id="d6",
            meeting="visit-2018-cu",
            partnership="VNCU",
            kind="state visit",
            when=CUBA,
            within="journey-2018",
            topics="state visit to Cuba",
            participants=TRAVELLERS,
            inferred="when",
            source=NEWS,
        ),
        events.InstrumentSigned(
            id="d7",
            instrument="DEAL",
            when=CUBA,
            at_meeting="visit-2018-cu",
            inferred="when",
            source=NEWS,
        ),
        events.InstrumentSigned(
            id="d8",
            instrument="PLAN",
            when=CUBA,
            until="2018/..",
            at_meeting="visit-2018-cu",
            inferred="when",
            note="For 2018, 2019, 2020 and the following years.",
            source=NEWS,
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
    """Record the story, then ask where things stand."""
    record(path)
    with Ledger.open(path) as ledger:
        view = ledger.view(on="2018-04-30")
        print(board(view), pending(view), explanation(view, "VNFR"), sep="\n\n")
        print()
        print(dossier(view, country="CU"))
        print("\nWhat came out of the journey?\n")
        rows = [
            [view.title(each.about), each.type, (each.status or "").replace("_", " ")]
            for each in view.outcomes("journey-2018")
        ]
        print(table(rows, headers=["about", "act", "now"]))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
