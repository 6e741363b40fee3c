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
from coopledger.render import board, dossier, explanation, pending

NEWS = {
    "publisher": "VNA",
    "locator": "Hanoi; no date in the text, and the page goes on with unrelated headlines of 2025",
}
# The year is inferred from "action plan for 2018, 2019, 2020".
FRANCE = "2018-03-25/2018-03-27"
CUBA = "2018-03-28/2018-03-30"

# What was written down, by the day on which it could be at the earliest.
DIARY: dict[str, list[events.Event]] = {
    "2018-03-27": [
        events.PartyRegistered(id="r1", party="VN", name="Viet Nam", kind="state", country="VN"),
        events.PartyRegistered(id="r2", party="FR", name="France", kind="state", country="FR"),
        events.PartyRegistered(id="r3", party="CU", name="Cuba", kind="state", country="CU"),
        events.PartnershipOpened(
            id="r4", partnership="VNFR", parties=["VN", "FR"], scope="science and technology"
        ),
        events.PartnershipOpened(
            id="r5", partnership="VNCU", parties=["VN", "CU"], scope="science and technology"
        ),
        events.InstrumentRegistered(
            id="r6",
            instrument="FRAME",
            partnership="VNFR",
            kind="agreement",
            title="New cooperation framework on S&T",
        ),
        events.InstrumentRegistered(
            id="r7",
            instrument="DEAL",
            partnership="VNCU",
            kind="mou",
            title="New cooperation deal",
            inferred="kind",
            note="The kind is not given; taken as an MoU.",
        ),
        events.InstrumentRegistered(
            id="r8", instrument="PLAN", partnership="VNCU", kind="action_plan"
        ),
        events.MeetingHeld(
            id="d1",
            meeting="visit_fr",
            partnership="VNFR",
            kind="visit",
            when=FRANCE,
            topics="visit to France",
            participants=["Nguyen Phu Trong", "Chu Ngoc Anh"],
            inferred="when",
            source=NEWS,
        ),
        events.MeetingHeld(
            id="d2",
            meeting="talks",
            partnership="VNFR",
            kind="talks",
            when=FRANCE,
            topics="ministerial talks MOST-MESRI",
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
            inferred=["when", "period"],
            note="Some on research, training and outer-space technology.",
            source=NEWS,
        ),
        events.ProposalAgreedInPrinciple(
            id="d4",
            proposal="p1",
            instrument="FRAME",
            when=FRANCE,
            by=["VN", "FR"],
            text="work toward a new cooperation framework",
            inferred="when",
            source=NEWS,
        ),
        events.CommitmentMade(
            id="d5",
            commitment="c1",
            partnership="VNFR",
            when=FRANCE,
            debtors=["VN", "FR"],
            creditors=["VN", "FR"],
            what="focus on intellectual property and digital transfer",
            firmness="agreed",
            standing=True,
            inferred="when",
            source=NEWS,
        ),
    ],
    "2018-03-30": [
        events.MeetingHeld(
            id="d6",
            meeting="visit_cu",
            partnership="VNCU",
            kind="state visit",
            when=CUBA,
            topics="state visit to Cuba",
            participants=["Nguyen Phu Trong", "Chu Ngoc Anh"],
            inferred="when",
            source=NEWS,
        ),
        events.InstrumentSigned(
            id="d7", instrument="DEAL", when=CUBA, inferred="when", source=NEWS
        ),
        events.InstrumentSigned(
            id="d8",
            instrument="PLAN",
            when=CUBA,
            until="2018/..",
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


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
