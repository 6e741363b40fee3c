"""Story E: a delegation of CSTEC visits VISTIP on 16 September 2019.

Three wishes are appreciated, which is no yes. A memorandum is to be signed "on the occasion of"
a committee that should meet in Beijing in 2020: as long as that meeting is not recorded as held,
the promise is blocked, not overdue.

    python examples/story_e_vistip_cstec.py [FILE]
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
    "published": "2019-09-18",
    "locator": "Wednesday 18/09/2019 10:34 GMT+7, day first",
}
CRI = {
    "title": "10th committee, 5-7 December 2018",
    "address": "http://italian.cri.cn/1781/2018/12/07/441s332835.htm",
}

# What was written down, by the day on which it could be at the earliest.
DIARY: dict[str, list[events.Event]] = {
    "2018-12-07": [
        events.PartyRegistered(id="r-VN", party="VN", name="Viet Nam", kind="state", country="VN"),
        events.PartyRegistered(id="r-CN", party="CN", name="China", kind="state", country="CN"),
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
            id="r-CSTEC", party="CSTEC", name="CSTEC", kind="centre", country="CN", founded="1982"
        ),
        events.PartnershipOpened(
            id="r-VNCN", partnership="VNCN", parties=["VN", "CN"], scope="science and technology"
        ),
        events.PartnershipOpened(
            id="r-VISTIP-CSTEC",
            partnership="VISTIP-CSTEC",
            parties=["VISTIP", "CSTEC"],
            parent="VNCN",
            responsible="VISTIP",
            inferred="responsible",
        ),
        events.InstrumentRegistered(
            id="r-CSTEC-MOU", instrument="CSTEC-MOU", partnership="VISTIP-CSTEC", kind="mou"
        ),
        events.MeetingHeld(
            id="e12",
            meeting="JCM10",
            partnership="VNCN",
            kind="joint committee",
            when="2018-12-05/2018-12-07",
            place={"name": "Viet Nam", "country": "VN"},
            series="JCM-VNCN",
            number=10,
            source=CRI,
        ),
    ],
    "2019-09-18": [
        events.MeetingScheduled(
            id="e10",
            meeting="JCM11",
            partnership="VNCN",
            kind="joint committee",
            when="2019-09-16",
            planned="2020",
            place={"name": "Beijing", "country": "CN"},
            series="JCM-VNCN",
            number=11,
            source=NEWS,
        ),
        *events.meeting(
            id="e1",
            meeting="visit-2019",
            partnership="VISTIP-CSTEC",
            kind="visit",
            when="2019-09-16",
            participants={
                "person": "Zhao Xinli",
                "post": "Deputy Director and Chief Researcher",
                "party": "CSTEC",
                "role": "head",
            },
            note="In the morning; received by VISTIP's leadership and key staff.",
            tags="technology transfer",
            source=NEWS,
            proposals=[
                {
                    "id": "e2",
                    "by": "VISTIP",
                    "to": "CSTEC",
                    "text": "capacity-building projects with CSTEC's support",
                    "firmness": "wish",
                },
                {
                    "id": "e3",
                    "by": "VISTIP",
                    "to": "CSTEC",
                    "text": "joint events on transfer and commercialisation of technology",
                    "firmness": "wish",
                    "tags": "technology transfer",
                },
                {
                    "id": "e4",
                    "by": "VISTIP",
                    "to": "CSTEC",
                    "text": "more exchange of delegations at all levels",
                    "firmness": "wish",
                },
                {
                    "id": "e9",
                    "by": "CSTEC",
                    "to": "VISTIP",
                    "instrument": "CSTEC-MOU",
                    "text": "start to draft an MoU",
                    "firmness": "proposal",
                },
            ],
            commitments=[
                {
                    "id": "e8",
                    "debtors": "CSTEC",
                    "creditors": "VISTIP",
                    "what": "report to CSTEC's leaders",
                    "firmness": "commitment",
                    "due_text": "upon returning home",
                    "participants": {"person": "Zhao Xinli", "party": "CSTEC"},
                },
                {
                    "id": "e11",
                    "debtors": ["VISTIP", "CSTEC"],
                    "creditors": ["VISTIP", "CSTEC"],
                    "what": "sign the MoU on the occasion of JCM 11",
                    "firmness": "target",
                    "due_meeting": "JCM11",
                    "note": "A proposed target.",
                },
            ],
        ),
        *(
            events.ProposalAcknowledged(
                id=id,
                proposal=f"visit-2019/p{number}",
                when="2019-09-16",
                by="CSTEC",
                text="suggestions appreciated",
                at_meeting="visit-2019",
                source=NEWS,
            )
            for number, id in enumerate(("e5", "e6", "e7"), 1)
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
        view = ledger.view(on="2019-12-31")
        print(board(view), pending(view), explanation(view, "visit-2019/c2"), sep="\n\n")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
