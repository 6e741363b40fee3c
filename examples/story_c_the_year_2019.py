"""Story C: a ministry's year 2019, told by a newspaper on 22 April 2020.

All of it became known to us that day, months after it had happened. The numbers in it (seven
documents, nine meetings with three partners named, five sessions with six) are claims: they are
kept as reported, held against what is recorded, and never counted as documents, meetings or
sessions.

    python examples/story_c_the_year_2019.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, events
from coopledger.render import board, explanation, figures, pending

NEWS = {
    "publisher": "VEN (Vietnam Economic News)",
    "title": "Vietnam forges ahead with int'l sci-tech cooperation",
    "address": "http://ven.vn/vietnam-forges-ahead-with-intl-sci-tech-cooperation-42521.html",
    "author": "Quynh Nga",
    "published": "2020-04-22",
    "locator": "06:00",
}


def carried_on(id: str, instrument: str) -> events.Event:
    """Return the report that one of the key projects went on in 2019."""
    return events.ImplementationReported(
        id=id, instrument=instrument, when="2019", text="carried on", source=NEWS
    )


# What was written down, by the day on which it was.
DIARY: dict[str, list[events.Event]] = {
    "2020-01-02": [
        events.PartyRegistered(id="r-VN", party="VN", name="Viet Nam", kind="state", country="VN"),
        events.PartyRegistered(
            id="r-MOST", party="MOST", name="MOST", kind="ministry", parent="VN"
        ),
        events.PartyRegistered(
            id="r-MFA_FI", party="MFA_FI", name="MFA of Finland", kind="ministry", country="FI"
        ),
        events.PartyRegistered(
            id="r-KR", party="KR", name="Republic of Korea", kind="state", country="KR"
        ),
        events.PartyRegistered(id="r-*", party="*", name="many partners at once", kind="other"),
        events.PartnershipOpened(
            id="r-ALL",
            partnership="ALL",
            parties=["MOST", "*"],
            note="For what is about many partners at once.",
        ),
        events.PartnershipOpened(id="r-VNFI", partnership="VNFI", parties=["MOST", "MFA_FI"]),
        events.PartnershipOpened(id="r-VNKR", partnership="VNKR", parties=["MOST", "KR"]),
        events.InstrumentRegistered(
            id="r-IPP2",
            instrument="IPP2",
            partnership="VNFI",
            kind="programme",
            title="Innovation Partnership Program, Phase 2",
        ),
    ],
    "2020-04-22": [
        events.FigureReported(
            id="c1",
            figure="documents-2019",
            partnership="ALL",
            when="2019",
            period="2019",
            measure="cooperation documents signed",
            value=7,
            partners=["KR", "SE", "CH", "CU"],
            source=NEWS,
        ),
        events.FigureReported(
            id="c2",
            figure="joint-committees-2019",
            partnership="ALL",
            when="2019",
            period="2019",
            measure="joint committee meetings",
            value=9,
            partners=["RU", "DE", "BY"],
            note="The count and the list do not match: nine meetings, three partners named.",
            source=NEWS,
        ),
        events.FigureReported(
            id="c3",
            figure="inter-governmental-sessions-2019",
            partnership="ALL",
            when="2019",
            period="2019",
            measure="inter-governmental committee sessions",
            value=5,
            partners=["LA", "KR", "MN", "CU", "RO", "BE"],
            note="The count is smaller than the list: five sessions, six partners named.",
            source=NEWS,
        ),
        events.ImplementationReported(
            id="c4",
            partnership="ALL",
            when="2019",
            partners=["LA", "CN", "JP", "KR", "IL", "US"],
            note="Earlier deals carried on.",
            source=NEWS,
        ),
        events.ImplementationReported(
            id="c5",
            partnership="ALL",
            when="2019",
            partners=["IAEA", "WIPO", "UNESCO"],
            note="Coordination with international organisations.",
            source=NEWS,
        ),
        events.InstrumentCompleted(id="c6", instrument="IPP2", when="2019", source=NEWS),
        events.InstrumentRegistered(
            id="c7",
            instrument="VKIST",
            partnership="VNKR",
            kind="project",
            title="Vietnam-Korea Institute of Science and Technology (V-KIST)",
            state="in_force",
            when="2019",
            source=NEWS,
        ),
        # With whom the next two are is not said.
        events.InstrumentRegistered(
            id="c8",
            instrument="FIRST",
            partnership="ALL",
            kind="project",
            title="Fostering Innovation through Research, Science and Technology (FIRST)",
            state="in_force",
            when="2019",
            source=NEWS,
        ),
        events.InstrumentRegistered(
            id="c9",
            instrument="DIGITAL",
            partnership="ALL",
            kind="project",
            title="Vietnam's digital economy future",
            state="in_force",
            when="2019",
            source=NEWS,
        ),
        carried_on("c10", "VKIST"),
        carried_on("c11", "FIRST"),
        carried_on("c12", "DIGITAL"),
        events.PartyRegistered(
            id="r-MOIT",
            party="MOIT",
            name="Ministry of Industry and Trade",
            acronyms="MoIT",
            kind="ministry",
            parent="VN",
        ),
        events.PartnershipOpened(
            id="r-MOST-MOIT", partnership="MOST-MOIT", parties=["MOST", "MOIT"], scope="training"
        ),
        events.ImplementationReported(
            id="c13",
            partnership="MOST-MOIT",
            when="2019",
            kind="training",
            text="a state-funded project to train people for science at home and abroad",
            inferred="when",
            note="By the Department of Science and Technology of the MoIT.",
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
        view = ledger.view(on="2020-05-01")
        print(board(view), pending(view), explanation(view, "VNFI"), figures(view), sep="\n\n")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
