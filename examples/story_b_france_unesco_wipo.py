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
from coopledger.render import board, explanation, pending, table

NEWS = {
    "title": "Vietnam seeks stronger science-technology cooperation with France, UNESCO, WIPO",
    "address": "http://dost.baria-vungtau.gov.vn/ManagementNews/DetailNew/10191",
    "published": "2022-07-15",
    "locator": "15/07/2022, day first; the publisher is not in the text",
}
MINISTER = {
    "person": "Huynh Thanh Dat",
    "post": "Minister of Science and Technology",
    "party": "MOST",
}
IP = "intellectual property"
FRANCE = "2022-07-07/2022-07-14"
GENEVA = "2022-07-07/2022-07-15"


def call(id: str, host: str) -> events.Event:
    """Return the minister's call on one of the four bodies that he visited in France."""
    return events.MeetingHeld(
        id=id,
        meeting=f"call-2022-{host}",
        partnership="VNFR",
        kind="visit",
        when=FRANCE,
        host=host,
        within="visit-2022",
        participants=MINISTER,
        tags="innovation",
        source=NEWS,
    )


def request(id: str, proposal: str, text: str, *, due: str | None = None) -> events.Event:
    """Return one of the minister's requests to WIPO."""
    return events.ProposalMade(
        id=id,
        proposal=proposal,
        partnership="VNWIPO",
        when=GENEVA,
        by="VN",
        to="WIPO",
        text=text,
        firmness="request",
        due=due,
        at_meeting="assemblies63",
        tags="innovation" if due else IP,
        source=NEWS,
    )


# What was written down, by the day on which it could be at the earliest: what was known before,
# and the news of the journey.
DIARY: dict[str, list[events.Event]] = {
    "2007-12-31": [
        events.PartyRegistered(id="r-VN", party="VN", name="Viet Nam", kind="state", country="VN"),
        events.PartyRegistered(id="r-FR", party="FR", name="France", kind="state", country="FR"),
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
        events.PartyRegistered(
            id="r-UNESCO", party="UNESCO", name="UNESCO", kind="international_organisation"
        ),
        events.PartyRegistered(
            id="r-WIPO", party="WIPO", name="WIPO", kind="international_organisation"
        ),
        events.PartyRegistered(
            id="r-NOIP", party="NOIP", name="NOIP", kind="agency", parent="MOST"
        ),
        events.PartyRegistered(
            id="r-UKIPO", party="UKIPO", name="UK IP office", kind="agency", country="GB"
        ),
        events.PartyRegistered(id="r-*", party="*", name="many partners at once", kind="other"),
        events.PartnershipOpened(
            id="r-VNFR", partnership="VNFR", parties=["VN", "FR"], scope="science and technology"
        ),
        events.PartnershipOpened(id="r-VNUNESCO", partnership="VNUNESCO", parties=["VN", "UNESCO"]),
        events.PartnershipOpened(id="r-VNWIPO", partnership="VNWIPO", parties=["VN", "WIPO"]),
        events.PartnershipOpened(
            id="r-NOIPUKIPO",
            partnership="NOIPUKIPO",
            parties=["NOIP", "UKIPO"],
            responsible="NOIP",
            inferred="responsible",
        ),
        events.PartnershipOpened(
            id="r-ALL",
            partnership="ALL",
            parties=["MOST", "*"],
            note="For what is about many partners at once.",
        ),
        events.InstrumentRegistered(
            id="r-A2007",
            instrument="A2007",
            partnership="VNFR",
            kind="agreement",
            title="Government agreement on S&T cooperation of 2007",
        ),
        events.InstrumentRegistered(
            id="r-NEW",
            instrument="NEW",
            partnership="VNFR",
            kind="agreement",
            title="Upgraded S&T agreement",
            supersedes="A2007",
        ),
        events.InstrumentRegistered(
            id="r-MOU22",
            instrument="MOU22",
            partnership="VNWIPO",
            kind="mou",
            title="NOIP-WIPO on carrying out the National IP Strategy",
            parties=["NOIP", "WIPO"],
            responsible="NOIP",
            inferred="responsible",
        ),
        events.InstrumentRegistered(
            id="r-UK",
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
    "2022-07-15": [
        events.PartyRegistered(
            id="r-CNES",
            party="CNES",
            name="National Centre for Space Studies",
            acronyms="CNES",
            kind="agency",
            country="FR",
        ),
        events.PartyRegistered(
            id="r-CEA",
            party="CEA",
            name="Alternative Energies and Atomic Energy Commission",
            acronyms="CEA",
            kind="agency",
            country="FR",
        ),
        events.PartyRegistered(
            id="r-CEA-GRENOBLE",
            party="CEA-GRENOBLE",
            name="CEA Grenoble",
            kind="centre",
            parent="CEA",
        ),
        events.PartyRegistered(
            id="r-INOVALLEE", party="INOVALLEE", name="Inovallée", kind="other", country="FR"
        ),
        events.PartyRegistered(
            id="r-AIRBUS",
            party="AIRBUS",
            name="Airbus Defence and Space",
            kind="company",
            note="Which of its seats is not said.",
        ),
        events.MeetingHeld(
            id="b23",
            meeting="journey-2022",
            partnership="ALL",
            kind="journey",
            when=GENEVA,
            topics="France, UNESCO and WIPO",
            participants=MINISTER,
            source=NEWS,
        ),
        events.MeetingHeld(
            id="b1",
            meeting="visit-2022",
            partnership="VNFR",
            kind="visit",
            when=FRANCE,
            within="journey-2022",
            topics="visit to France",
            participants=MINISTER,
            source=NEWS,
        ),
        events.MeetingHeld(
            id="b2",
            meeting="talks-2022",
            partnership="VNFR",
            kind="talks",
            when=FRANCE,
            within="visit-2022",
            participants=[
                MINISTER,
                {"post": "Minister of Higher Education and Research", "party": "MESR"},
            ],
            note="The French minister is not named.",
            source=NEWS,
        ),
        call("b3", "CNES"),
        call("b17", "CEA-GRENOBLE"),
        call("b18", "INOVALLEE"),
        call("b19", "AIRBUS"),
        events.ProposalAgreedInPrinciple(
            id="b4",
            proposal="journey-2022/p1",
            instrument="NEW",
            when=FRANCE,
            by=["VN", "FR"],
            text="seek new mechanisms by upgrading the 2007 agreement",
            at_meeting="visit-2022",
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
            at_meeting="visit-2022",
            tags=["training", "innovation", "space", "green technology"],
            source=NEWS,
        ),
        events.MeetingHeld(
            id="b6",
            meeting="iybssd",
            partnership="VNUNESCO",
            kind="ceremony",
            when="2022-07-08",
            within="journey-2022",
            topics="opening of the International Year of Basic Sciences",
            participants=MINISTER,
            source=NEWS,
        ),
        events.MeetingHeld(
            id="b7",
            meeting="seminar-2022",
            partnership="VNUNESCO",
            kind="seminar",
            when="2022-07-08",
            within="journey-2022",
            topics="science in policymaking, at high level",
            participants=MINISTER | {"role": "chair"},
            source=NEWS,
        ),
        events.ProposalMade(
            id="b8",
            proposal="journey-2022/p2",
            partnership="VNUNESCO",
            when="2022-07-08",
            by="VN",
            to="UNESCO",
            text="platforms to share patent information, data, publications and research means",
            firmness="proposal",
            at_meeting="seminar-2022",
            tags=IP,
            inferred="to",
            note="The addressee is implied.",
            source=NEWS,
        ),
        events.MeetingHeld(
            id="b9",
            meeting="assemblies63",
            partnership="VNWIPO",
            kind="assemblies",
            when=GENEVA,
            within="journey-2022",
            series="WIPO-A",
            number=63,
            topics="work with the Director General, and a speech at the Assemblies",
            participants=[
                MINISTER,
                {"person": "Daren Tang", "post": "Director General", "party": "WIPO"},
            ],
            note="Day and place are not given.",
            source=NEWS,
        ),
        events.CommitmentMade(
            id="b10",
            commitment="journey-2022/c1",
            partnership="VNWIPO",
            when=GENEVA,
            debtors="VN",
            creditors="WIPO",
            what="join in carrying out WIPO's common initiatives",
            firmness="readiness",
            standing=True,
            at_meeting="assemblies63",
            tags=IP,
            source=NEWS,
        ),
        events.CommitmentMade(
            id="b11",
            commitment="journey-2022/c2",
            partnership="VNWIPO",
            when=GENEVA,
            debtors="VN",
            creditors="WIPO",
            what="go on being an active, proactive and responsible member",
            firmness="commitment",
            standing=True,
            at_meeting="assemblies63",
            tags=IP,
            source=NEWS,
        ),
        # Four fields of further assistance: four requests, for each may be answered by itself.
        request("b12", "journey-2022/p3", "help with the IP strategy and the IP law"),
        request("b20", "journey-2022/p5", "help to form an IP culture in society"),
        request("b21", "journey-2022/p6", "help with an institute for IP training"),
        request("b22", "journey-2022/p7", "help with support to enterprises"),
        request(
            "b13",
            "journey-2022/p4",
            "technical support for the local innovation index",
            due="2022",
        ),
        events.CommitmentMade(
            id="b14",
            commitment="journey-2022/c3",
            partnership="VNWIPO",
            when=GENEVA,
            debtors="MOST",
            creditors="WIPO",
            what="publish the first report on local-level innovation",
            firmness="target",
            due="2022",
            depends_on="journey-2022/p4",
            at_meeting="assemblies63",
            responsible="MOST",
            inferred="responsible",
            tags="innovation",
            source=NEWS,
        ),
        events.InstrumentSigned(
            id="b15",
            instrument="MOU22",
            when=GENEVA,
            witnesses="Huynh Thanh Dat",
            at_meeting="journey-2022",
            tags=IP,
            source=NEWS,
        ),
        events.InstrumentExtended(
            id="b16",
            instrument="UK",
            when=GENEVA,
            participants=MINISTER | {"role": "witness"},
            at_meeting="journey-2022",
            tags=IP,
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
        print(board(view), pending(view), explanation(view, "journey-2022/c3"), sep="\n\n")
        print("\nWhat came out of the journey?\n")
        rows = [
            [view.title(each.about), each.type, (each.status or "").replace("_", " ")]
            for each in view.outcomes("journey-2022")
        ]
        print(table(rows, headers=["about", "act", "now"]))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
