"""Story A: VISTIP and CCIFV meet in Hanoi on 16 August 2022, and most of it is wishes and plans.

Nothing is signed and nothing has a date, so nothing will ever be overdue: what an office has to
follow up are a few promises, and a memorandum that exists only as a hope.

    python examples/story_a_vistip_ccifv.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, events
from coopledger.render import board, explanation, pending

NEWS = {
    "publisher": "VISTIP",
    "address": "http://vistip.most.gov.vn/en/?p=3265",
    "published": "2022-08-16",
    "locator": "18:11; the page shows 08-16-2022, month first",
}

# What was written down, by the day on which it was. Parties, partnerships and instruments get
# their names first, so that a slip of the pen is noticed; then comes what happened.
DIARY: dict[str, list[events.Event]] = {
    "2022-08-16": [
        events.PartyRegistered(id="r1", party="MOST", name="MOST", kind="ministry", country="VN"),
        events.PartyRegistered(
            id="r2", party="VISTIP", name="VISTIP", kind="centre", country="VN", parent="MOST"
        ),
        events.PartyRegistered(id="r3", party="CCIFV", name="CCIFV", kind="chamber", country="VN"),
        events.PartyRegistered(
            id="r4",
            party="CCI_FR",
            name="French Chamber of Commerce and Industry",
            kind="chamber",
            country="FR",
            note="Not further named.",
        ),
        events.PartnershipOpened(
            id="r5",
            partnership="VISTIP-CCIFV",
            parties=["VISTIP", "CCIFV"],
            scope="technology market and innovation",
        ),
        events.InstrumentRegistered(
            id="r6", instrument="MOU", partnership="VISTIP-CCIFV", kind="mou"
        ),
        events.MeetingHeld(
            id="a1",
            meeting="m1",
            partnership="VISTIP-CCIFV",
            kind="meeting",
            when="2022-08-16",
            place="MOST headquarters, Hanoi",
            participants=[
                {
                    "person": "Bui Thi Huy Hop",
                    "post": "Deputy Director in charge",
                    "party": "VISTIP",
                    "role": "chair",
                },
                {
                    "person": "Sophie Mermaz",
                    "post": "head of the delegation",
                    "party": "CCIFV",
                    "role": "head",
                },
            ],
            source=NEWS,
        ),
        events.CommitmentMade(
            id="a2",
            commitment="c1",
            partnership="VISTIP-CCIFV",
            when="2022-08-16",
            debtors="CCIFV",
            creditors="VISTIP",
            what="arrange a programme for VISTIP with the French Chamber of Commerce and Industry, "
            "so that delegations can visit France",
            firmness="stated_plan",
            due_text="in the upcoming time",
            source=NEWS,
        ),
        events.CommitmentMade(
            id="a3",
            commitment="c2",
            partnership="VISTIP-CCIFV",
            when="2022-08-16",
            debtors=["VISTIP", "CCIFV"],
            creditors=["VISTIP", "CCIFV"],
            what="link and mobilise resources for research, events, sharing of information and "
            "databases",
            firmness="joint_intention",
            standing=True,
            source=NEWS,
        ),
        events.InterestExpressed(
            id="a4",
            proposal="p1",
            partnership="VISTIP-CCIFV",
            when="2022-08-16",
            by="CCIFV",
            to="VISTIP",
            text="that VISTIP be an important partner and a bridge",
            source=NEWS,
        ),
        events.InterestExpressed(
            id="a5",
            proposal="p2",
            partnership="VISTIP-CCIFV",
            instrument="MOU",
            when="2022-08-16",
            by="CCIFV",
            to="VISTIP",
            text="to become strategic partners through the discussion to set up an MoU",
            note="The text says 'mentioned above', but nothing above mentions it.",
            source=NEWS,
        ),
        events.CommitmentMade(
            id="a6",
            commitment="c3",
            partnership="VISTIP-CCIFV",
            when="2022-08-16",
            debtors="VISTIP",
            creditors="CCIFV",
            what="research and discuss further how to carry out the orientations and goals",
            firmness="agreed",
            source=NEWS,
        ),
        events.ProposalMade(
            id="a7",
            proposal="p3",
            partnership="VISTIP-CCIFV",
            when="2022-08-16",
            by="VISTIP",
            to="CCIFV",
            text="pilot cooperation projects in line with MOST's priorities",
            firmness="suggestion",
            source=NEWS,
        ),
        events.CommitmentMade(
            id="a8",
            commitment="c4",
            partnership="VISTIP-CCIFV",
            when="2022-08-16",
            debtors=["VISTIP", "CCIFV"],
            creditors=["VISTIP", "CCIFV"],
            what="share information, apply innovative ideas, work out new activities with "
            "stakeholders from the design stage",
            firmness="agreed",
            standing=True,
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
        view = ledger.view(on="2022-12-31")
        print(board(view), pending(view), explanation(view, "MOU"), sep="\n\n")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
