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
# their names first, so that a slip of the pen is noticed; then comes the meeting, with all that
# was said there.
DIARY: dict[str, list[events.Event]] = {
    "2022-08-16": [
        events.PartyRegistered(id="r-VN", party="VN", name="Viet Nam", kind="state", country="VN"),
        events.PartyRegistered(
            id="r-MOST", party="MOST", name="MOST", kind="ministry", parent="VN"
        ),
        events.PartyRegistered(
            id="r-VISTIP",
            party="VISTIP",
            name="VISTIP",
            kind="centre",
            parent="MOST",
            founded="2011",
        ),
        events.PartyRegistered(
            id="r-CCIFV", party="CCIFV", name="CCIFV", kind="chamber", country="VN"
        ),
        events.PartyRegistered(
            id="r-CCI_FR",
            party="CCI_FR",
            name="French Chamber of Commerce and Industry",
            kind="chamber",
            country="FR",
            note="Not further named.",
        ),
        events.PartnershipOpened(
            id="r-VISTIP-CCIFV",
            partnership="VISTIP-CCIFV",
            parties=["VISTIP", "CCIFV"],
            scope="technology market and innovation",
            responsible="VISTIP",
            inferred="responsible",
        ),
        events.InstrumentRegistered(
            id="r-CCIFV-MOU", instrument="CCIFV-MOU", partnership="VISTIP-CCIFV", kind="mou"
        ),
        *events.meeting(
            id="a1",
            meeting="hanoi-2022",
            partnership="VISTIP-CCIFV",
            kind="meeting",
            when="2022-08-16",
            place={"name": "MOST headquarters, Hanoi", "country": "VN"},
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
            tags=["innovation", "technology market"],
            source=NEWS,
            wishes=[
                {
                    "id": "a4",
                    "by": "CCIFV",
                    "to": "VISTIP",
                    "text": "that VISTIP be an important partner and a bridge",
                },
                {
                    "id": "a5",
                    "instrument": "CCIFV-MOU",
                    "by": "CCIFV",
                    "to": "VISTIP",
                    "text": "to become strategic partners through the discussion to set up an MoU",
                    "note": "The text says 'mentioned above', but nothing above mentions it.",
                },
            ],
            proposals=[
                {
                    "id": "a7",
                    "by": "VISTIP",
                    "to": "CCIFV",
                    "text": "pilot cooperation projects in line with MOST's priorities",
                    "firmness": "suggestion",
                },
            ],
            commitments=[
                {
                    "id": "a2",
                    "debtors": "CCIFV",
                    "creditors": "VISTIP",
                    "what": "arrange a programme for VISTIP with the French Chamber of Commerce "
                    "and Industry, so that delegations can visit France",
                    "firmness": "stated_plan",
                    "due_text": "in the upcoming time",
                },
                {
                    "id": "a3",
                    "debtors": ["VISTIP", "CCIFV"],
                    "creditors": ["VISTIP", "CCIFV"],
                    "what": "link and mobilise resources for research, events, sharing of "
                    "information and databases",
                    "firmness": "joint_intention",
                    "standing": True,
                },
                {
                    "id": "a6",
                    "debtors": "VISTIP",
                    "creditors": "CCIFV",
                    "what": "research and discuss further how to carry out the orientations and "
                    "goals",
                    "firmness": "agreed",
                },
                {
                    "id": "a8",
                    "debtors": ["VISTIP", "CCIFV"],
                    "creditors": ["VISTIP", "CCIFV"],
                    "what": "share information, apply innovative ideas, work out new activities "
                    "with stakeholders from the design stage",
                    "firmness": "agreed",
                    "standing": True,
                },
            ],
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
        print(board(view), pending(view), explanation(view, "CCIFV-MOU"), sep="\n\n")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
