"""Story B: a minister's journey to France, UNESCO and WIPO in July 2022.

Nine days, four partnerships: an old agreement to be upgraded, a memorandum signed, a text
extended that nobody had recorded, help asked for, and one promise with a date. Most acts are
dated only by the journey as a whole, and count from its last day.

    python examples/story_b_france_unesco_wipo.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, events
from coopledger.render import board, explanation, pending

NEWS = {
    "title": "News page of 15/07/2022, day first; the publisher is not in the text",
    "published": "2022-07-15",
}
MINISTER = "Huynh Thanh Dat"
FRANCE = "2022-07-07/2022-07-14"
GENEVA = "2022-07-07/2022-07-15"

# What was written down, by the day on which it could be at the earliest.
DIARY: dict[str, list[events.Event]] = {
    "2007-12-31": [
        events.PartyRegistered(id="r1", party="VN", name="Viet Nam", kind="state", country="VN"),
        events.PartyRegistered(id="r2", party="FR", name="France", kind="state", country="FR"),
        events.PartyRegistered(id="r3", party="MOST", name="MOST", kind="ministry", parent="VN"),
        events.PartyRegistered(id="r4", party="MESR", name="MESR", kind="ministry", parent="FR"),
        events.PartyRegistered(
            id="r5", party="UNESCO", name="UNESCO", kind="international_organisation"
        ),
        events.PartyRegistered(
            id="r6", party="WIPO", name="WIPO", kind="international_organisation"
        ),
        events.PartyRegistered(id="r7", party="NOIP", name="NOIP", kind="agency", parent="MOST"),
        events.PartyRegistered(
            id="r8", party="UKIPO", name="UK IP office", kind="agency", country="GB"
        ),
        events.PartnershipOpened(
            id="r9", partnership="VNFR", parties=["VN", "FR"], scope="science and technology"
        ),
        events.PartnershipOpened(id="r10", partnership="VNUNESCO", parties=["VN", "UNESCO"]),
        events.PartnershipOpened(id="r11", partnership="VNWIPO", parties=["VN", "WIPO"]),
        events.PartnershipOpened(id="r12", partnership="NOIPUKIPO", parties=["NOIP", "UKIPO"]),
        events.InstrumentRegistered(
            id="r13",
            instrument="A2007",
            partnership="VNFR",
            kind="agreement",
            title="Government agreement on S&T cooperation of 2007",
        ),
        events.InstrumentRegistered(
            id="r14",
            instrument="NEW",
            partnership="VNFR",
            kind="agreement",
            title="Upgraded S&T agreement",
            supersedes="A2007",
        ),
        events.InstrumentRegistered(
            id="r15",
            instrument="MOU22",
            partnership="VNWIPO",
            kind="mou",
            title="NOIP-WIPO on carrying out the National IP Strategy",
            parties=["NOIP", "WIPO"],
        ),
        events.InstrumentRegistered(
            id="r16",
            instrument="UK",
            partnership="NOIPUKIPO",
            kind="agreement",
            title="Cooperation agreement with the UK IP office",
        ),
        events.InstrumentSigned(
            id="b0",
            instrument="A2007",
            when="2007",
            in_force=True,
            inferred="in_force",
            note="Background: signed by the two governments; taken as in force, for it is to be "
            "upgraded.",
            source=NEWS,
        ),
    ],
    "2022-07-08": [
        events.MeetingHeld(
            id="b6",
            meeting="iybssd",
            partnership="VNUNESCO",
            kind="ceremony",
            when="2022-07-08",
            topics="opening of the International Year of Basic Sciences",
            source=NEWS,
        ),
        events.MeetingHeld(
            id="b7",
            meeting="sem",
            partnership="VNUNESCO",
            kind="seminar",
            when="2022-07-08",
            topics="science in policymaking, at high level",
            participants={"person": MINISTER, "role": "chair"},
            source=NEWS,
        ),
        events.ProposalMade(
            id="b8",
            proposal="p2",
            partnership="VNUNESCO",
            when="2022-07-08",
            by="VN",
            to="UNESCO",
            text="platforms to share patent information, data, publications and research means",
            firmness="proposal",
            inferred="to",
            note="The addressee is implied.",
            source=NEWS,
        ),
    ],
    "2022-07-14": [
        events.MeetingHeld(
            id="b1",
            meeting="visit",
            partnership="VNFR",
            kind="visit",
            when=FRANCE,
            topics="visit to France",
            participants={"person": MINISTER},
            source=NEWS,
        ),
        events.MeetingHeld(
            id="b2",
            meeting="talks",
            partnership="VNFR",
            kind="talks",
            when=FRANCE,
            note="With the French minister of higher education and research, who is not named.",
            source=NEWS,
        ),
        events.MeetingHeld(
            id="b3",
            meeting="calls",
            partnership="VNFR",
            kind="visits",
            when=FRANCE,
            note="Four bodies visited: CNES, CEA Grenoble, Inovallee, Airbus Defence and Space.",
            source=NEWS,
        ),
        events.ProposalAgreedInPrinciple(
            id="b4",
            proposal="p1",
            instrument="NEW",
            when=FRANCE,
            by=["VN", "FR"],
            text="seek new mechanisms by upgrading the 2007 agreement",
            source=NEWS,
        ),
        events.FigureReported(
            id="b5",
            figure="deals-and-measures",
            partnership="VNFR",
            when=FRANCE,
            period=FRANCE,
            measure="collaboration deals and specific measures",
            value="a number of",
            source=NEWS,
        ),
    ],
    "2022-07-15": [
        events.MeetingHeld(
            id="b9",
            meeting="assemblies63",
            partnership="VNWIPO",
            kind="assemblies",
            when=GENEVA,
            series="WIPO-A",
            number=63,
            topics="work with the Director General, and a speech at the Assemblies",
            participants=[MINISTER, "Daren Tang"],
            note="Day and place are not given.",
            source=NEWS,
        ),
        events.CommitmentMade(
            id="b10",
            commitment="c1",
            partnership="VNWIPO",
            when=GENEVA,
            debtors="VN",
            creditors="WIPO",
            what="join in carrying out WIPO's common initiatives",
            firmness="readiness",
            standing=True,
            source=NEWS,
        ),
        events.CommitmentMade(
            id="b11",
            commitment="c2",
            partnership="VNWIPO",
            when=GENEVA,
            debtors="VN",
            creditors="WIPO",
            what="go on being an active, proactive and responsible member",
            firmness="commitment",
            standing=True,
            source=NEWS,
        ),
        events.ProposalMade(
            id="b12",
            proposal="p3",
            partnership="VNWIPO",
            when=GENEVA,
            by="VN",
            to="WIPO",
            text="further assistance in four fields: IP strategy and law, IP culture, training "
            "institute, support to enterprises",
            firmness="request",
            source=NEWS,
        ),
        events.ProposalMade(
            id="b13",
            proposal="p4",
            partnership="VNWIPO",
            when=GENEVA,
            by="VN",
            to="WIPO",
            text="technical support for the local innovation index",
            firmness="request",
            due="2022",
            source=NEWS,
        ),
        events.CommitmentMade(
            id="b14",
            commitment="c3",
            partnership="VNWIPO",
            when=GENEVA,
            debtors="MOST",
            creditors="WIPO",
            what="publish the first report on local-level innovation",
            firmness="target",
            due="2022",
            depends_on="p4",
            source=NEWS,
        ),
        events.InstrumentSigned(
            id="b15", instrument="MOU22", when=GENEVA, witnesses=MINISTER, source=NEWS
        ),
        events.InstrumentExtended(
            id="b16",
            instrument="UK",
            when=GENEVA,
            participants={"person": MINISTER, "role": "witness"},
            note="Neither the original nor the new end is given: the agreement is implied.",
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
        view = ledger.view(on="2023-01-15")
        print(board(view), pending(view), explanation(view, "c3"), sep="\n\n")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
