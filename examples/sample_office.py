"""Invented office with eight years of work, of which everything is asked that an office asks.

The Sea Institute (SEA) and the ministry above it (MIN) work with a university, a ministry and its
centre, a laboratory and an international organisation. None of these exists; what happens to them
happens to every office. docs/how-to/ask-the-questions-of-an-office.md asks it everything, and
docs/how-to/welcome-a-monday.md what a ministry asks at the beginning of a week.

    python examples/sample_office.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from coopledger import Ledger, events
from coopledger.packs.vietnam import INTERNATIONAL_AGREEMENTS, REPORTED
from coopledger.render import board, pending
from coopledger.values import Source

TODAY = "2024-10-14"  # a Monday

FILES = Source(title="Files of the institute", basis="official")
MINUTES = Source(title="Agreed minutes", basis="minutes")
NEWS = Source(publisher="The Daily Tide", basis="press")
RADIO = Source(publisher="Radio Reef", basis="press")
LETTER = Source(title="A letter that turned up in a drawer", basis="official")
RECALLED = Source(author="the former head of the office", basis="memory")

BOTH = ["SEA", "NORD"]

# Who there is, and what was known before the ledger was begun.
BACKGROUND: list[events.Event] = [
    events.PartyRegistered(
        id="r1", party="MIN", name="Ministry of the Sea", kind="ministry", country="VN"
    ),
    events.PartyRegistered(id="r2", party="SEA", name="Sea Institute", kind="centre", parent="MIN"),
    events.PartyRegistered(
        id="r3", party="NORD", name="Nordhavn University", kind="university", country="DK"
    ),
    events.PartyRegistered(id="r4", party="CUBA", name="Cuba", kind="state", country="CU"),
    events.PartyRegistered(
        id="r5", party="REEFS", name="Ministry of Reefs", kind="ministry", parent="CUBA"
    ),
    events.PartyRegistered(
        id="r6", party="CORAL", name="Coral Centre", kind="centre", parent="REEFS"
    ),
    events.PartyRegistered(
        id="r7", party="LAGOON", name="Lagoon Laboratory", kind="centre", country="KR"
    ),
    events.PartyRegistered(
        id="r8", party="TIDE", name="Tide Council", kind="international_organisation"
    ),
    events.PartnershipOpened(id="r9", partnership="nord", parties=BOTH, scope="ocean data"),
    events.PartnershipOpened(id="r10", partnership="cuba", parties=["MIN", "REEFS"]),
    events.PartnershipOpened(
        id="r11", partnership="nursery", parties=["SEA", "CORAL"], parent="cuba"
    ),
    events.PartnershipOpened(id="r12", partnership="lab", parties=["SEA", "LAGOON"]),
    events.PartnershipOpened(id="r13", partnership="tide", parties=["MIN", "TIDE"]),
    events.InstrumentRegistered(
        id="r14", instrument="nord-2016", partnership="nord", kind="agreement"
    ),
    events.InstrumentSigned(
        id="a1", instrument="nord-2016", when="2016-12-01", in_force=True, until="2019-11-30"
    ),
    events.MeetingHeld(
        id="a2",
        meeting="JCM8",
        kind="joint committee",
        partnership="cuba",
        when="2017-05-10",
        series="JCM",
        number=8,
        host="MIN",
    ),
    events.MeetingHeld(
        id="a3", meeting="first-talks", kind="talks", partnership="nursery", when="2018-02-06"
    ),
]

# 2019, as it was written down at its end.
YEAR_2019: list[events.Event] = [
    events.InstrumentRegistered(
        id="b1",
        instrument="reef-mou",
        partnership="nursery",
        kind="mou",
        renewal={"tacit": True, "years": 4, "notice_months": 4},
    ),
    events.ProposalMade(
        id="b2",
        proposal="reef-draft",
        partnership="nursery",
        by="CORAL",
        text="draft a memorandum",
        instrument="reef-mou",
        when="2018-06-20",
    ),
    events.NegotiationOpened(id="b3", instrument="reef-mou", when="2018-11-05"),
    events.InstrumentSigned(
        id="b4", instrument="reef-mou", when="2019-03-28", until="2021-03-31", realises="reef-draft"
    ),
    events.InstrumentRegistered(
        id="b5", instrument="reef-plan", partnership="cuba", kind="action_plan"
    ),
    events.InstrumentSigned(
        id="b6", instrument="reef-plan", when="2019-03", until="2023-12-31", source=RECALLED
    ),
    events.InstrumentRegistered(id="b7", instrument="lab-mou", partnership="lab", kind="mou"),
    events.InstrumentSigned(
        id="b8", instrument="lab-mou", when="2019-11-27", until="2021-11-26", source=NEWS
    ),
    events.InstrumentRegistered(
        id="b9", instrument="observer", partnership="tide", kind="membership"
    ),
    events.InstrumentSigned(id="b10", instrument="observer", when="2019-06-03", in_force=True),
]

# What was heard in 2020 of the year before.
LATE_NEWS: list[events.Event] = [
    events.InstrumentRegistered(
        id="c1", instrument="data-sharing", partnership="nord", kind="agreement"
    ),
    events.NegotiationOpened(id="c2", instrument="data-sharing", when="2019-12-10"),
    events.FigureReported(
        id="c3",
        figure="documents-2019",
        measure="cooperation documents signed",
        value=7,
        period="2019",
        partners=["CUBA", "KR", "SE", "CH"],
        when="2020-01-15",
        source=NEWS,
    ),
    events.FactDisputed(id="c4", target="b4", field="when", alternative="2019-03-30", source=RADIO),
]
EXTENSION: list[events.Event] = [
    events.InstrumentExtended(
        id="d1",
        instrument="nord-2016",
        when="2020-02-20",
        effective="2019-12-01",
        until="2024-12-31",
    ),
]

# 2021 to 2023.
MIDDLE: list[events.Event] = [
    events.MeetingHeld(
        id="e1", meeting="closing-talks", kind="talks", partnership="lab", when="2021-10-05"
    ),
    events.InstrumentRegistered(
        id="e2", instrument="member", partnership="tide", kind="membership", supersedes="observer"
    ),
    events.InstrumentSigned(id="e3", instrument="member", when="2021-11-15"),
    events.InstrumentEnteredIntoForce(id="e4", instrument="member", when="2022-01-01"),
    events.MeetingHeld(
        id="e5",
        meeting="JCM10",
        kind="joint committee",
        partnership="cuba",
        when="2022-06-14/2022-06-15",
        series="JCM",
        number=10,
        host="MIN",
    ),
    events.CommitmentMade(
        id="e6",
        commitment="survey",
        partnership="nursery",
        debtors="SEA",
        creditors="CORAL",
        what="send the survey of the bay",
        due="2022-11",
        at_meeting="JCM10",
        when="2022-06-15",
    ),
    events.CommitmentFulfilled(id="e7", commitment="survey", when="2022-12-10"),
    events.CommitmentMade(
        id="e8",
        commitment="divers",
        partnership="nursery",
        debtors="CORAL",
        creditors="SEA",
        what="train two divers",
        due="2023-06-30",
        at_meeting="JCM10",
        when="2022-06-15",
    ),
    events.CommitmentFulfilled(id="e9", commitment="divers", when="2023-09-01"),
    events.InstrumentRegistered(
        id="e10", instrument="fisheries", partnership="cuba", kind="treaty"
    ),
    events.InstrumentSigned(id="e11", instrument="fisheries", when="2023-05-10"),
    events.InstrumentProvisionallyApplied(
        id="e12", instrument="fisheries", when="2023-06-01", until="2025-05-31"
    ),
    events.InstrumentRatified(id="e13", instrument="fisheries", party="REEFS", when="2023-11-20"),
    events.StatusReported(
        id="e14", subject="fisheries", state="in force", when="2023-12-01", source=RADIO
    ),
]

# The minister's visit to Cuba in March 2024, and what was agreed there.
VISIT: list[events.Event] = [
    events.MeetingHeld(
        id="f1",
        meeting="visit",
        kind="visit",
        partnership="cuba",
        when="2024-03-18/2024-03-20",
        place={"name": "Havana", "country": "CU"},
        participants=[{"post": "Minister of the Sea", "party": "MIN", "role": "head"}],
    ),
    events.InstrumentRegistered(
        id="f2", instrument="nursery-plan", partnership="nursery", kind="programme"
    ),
    events.InstrumentSigned(
        id="f3",
        instrument="nursery-plan",
        when="2024-03-19",
        until="2025-03-18",
        at_meeting="visit",
        source=NEWS,
    ),
    events.MeetingScheduled(
        id="f4",
        meeting="JCM11",
        kind="joint committee",
        partnership="cuba",
        planned="2024-12",
        series="JCM",
        number=11,
        at_meeting="visit",
        when="2024-03-19",
    ),
    events.CommitmentMade(
        id="f5",
        commitment="ship-time",
        partnership="cuba",
        debtors="REEFS",
        creditors="MIN",
        what="give thirty days of ship time",
        due_meeting="JCM11",
        at_meeting="visit",
        when="2024-03-19",
    ),
    events.CommitmentMade(
        id="f6",
        commitment="cruise",
        partnership="nursery",
        debtors="SEA",
        creditors="CORAL",
        what="plan the cruise",
        depends_on="ship-time",
        at_meeting="visit",
        when="2024-03-19",
    ),
    events.CommitmentMade(
        id="f7",
        commitment="fragments",
        partnership="nursery",
        debtors="CORAL",
        creditors="SEA",
        what="send a hundred coral fragments",
        due="2024-11-05",
        conditions={"id": "permit", "text": "the export permit is granted"},
        at_meeting="visit",
        when="2024-03-19",
    ),
    events.CommitmentMade(
        id="f8",
        commitment="tanks",
        partnership="nursery",
        debtors="SEA",
        creditors="CORAL",
        what="lend the tanks",
        due="2024-12-31",
        conditions={"id": "budget", "text": "the budget is approved"},
        at_meeting="visit",
        when="2024-03-19",
    ),
    events.InterestExpressed(
        id="f9",
        proposal="school",
        partnership="cuba",
        by="REEFS",
        text="a summer school for young divers",
        at_meeting="visit",
        when="2024-03-20",
    ),
    events.MilestoneReached(id="f10", name=REPORTED, instrument="nursery-plan", when="2024-04-10"),
]

# The summer of 2024, up to the report of September.
SUMMER: list[events.Event] = [
    events.MeetingScheduled(
        id="g1",
        meeting="workshop",
        kind="workshop",
        partnership="nord",
        planned="2024-06",
        when="2024-04-02",
    ),
    events.CommitmentMade(
        id="g2",
        commitment="buoy-data",
        partnership="nord",
        debtors="SEA",
        creditors="NORD",
        what="send the buoy data",
        due="2024-09",
        when="2024-05-21",
    ),
    events.CommitmentMade(
        id="g3",
        commitment="acknowledge",
        partnership="nord",
        debtors="SEA",
        creditors="NORD",
        what="name the university in every paper",
        standing=True,
        when="2024-05-21",
    ),
    events.CommitmentMade(
        id="g4",
        commitment="visitors",
        partnership="nord",
        debtors="NORD",
        creditors="SEA",
        what="arrange a programme of visits",
        firmness="stated_plan",
        due_text="in the upcoming time",
        when="2024-05-21",
    ),
    events.ProposalMade(
        id="g5",
        proposal="joint-lab",
        partnership="nord",
        by="SEA",
        text="open a joint laboratory",
        when="2024-06-12",
    ),
    events.InterestExpressed(
        id="g6",
        proposal="exchange",
        partnership="nord",
        by="SEA",
        text="an exchange of doctoral students",
        when="2024-06-12",
    ),
    events.InstrumentRegistered(id="g7", instrument="rescue", partnership="cuba", kind="protocol"),
    events.InstrumentSigned(id="g8", instrument="rescue", signers="REEFS", when="2024-07-30"),
]

# What somebody has to see to: who does, what comes round, what was asked, what is in the way.
FOLLOWING: list[events.Event] = [
    events.ResponsibilityAssigned(id="j1", subject="nord", to="desk Europe", when="2024-09-02"),
    events.ResponsibilityAssigned(id="j2", subject="tide", to="desk Europe", when="2024-09-02"),
    events.CommitmentMade(
        id="j3",
        commitment="gauges",
        partnership="nord",
        debtors="NORD",
        creditors="SEA",
        what="report on the gauges",
        due="2024-03-31",
        recurs={"months": 3},
        under="nord-2016",
        when="2024-01-15",
    ),
    events.CommitmentFulfilled(id="j4", commitment="gauges", when="2024-04-20"),
    events.CommitmentFulfilled(id="j5", commitment="gauges", when="2024-06-28"),
    events.ReminderSent(
        id="j6",
        subject="visitors",
        by="SEA",
        via="the embassy in Copenhagen",
        when="2024-09-13",
        ask_again="2024-10-14",
    ),
    events.CommitmentMade(
        id="j7",
        commitment="dues",
        partnership="tide",
        debtors="MIN",
        creditors="TIDE",
        what="pay the contribution of 2024",
        amount="60000 EUR",
        under="member",
        due="2024-12-31",
        when="2024-02-01",
    ),
    events.CommitmentProgressed(id="j8", commitment="dues", amount="45000 EUR", when="2024-07-10"),
    events.CommitmentRescheduled(id="j9", commitment="tanks", due="2025-03-31", when="2024-09-20"),
    events.ObstacleReported(
        id="j10",
        obstacle="tax",
        subject="tanks",
        text="who pays the customs duty",
        lies_with="Ministry of Finance",
        when="2024-09-20",
    ),
    events.ObstacleReported(
        id="j11",
        obstacle="budget-law",
        subject="fisheries",
        text="the costs are in no budget",
        lies_with="Ministry of Finance",
        via="the legal department",
        when="2024-06-03",
    ),
    events.ObstacleReported(
        id="j12",
        obstacle="opinion",
        subject="rescue",
        text="the opinion on the protocol is missing",
        lies_with="Office of the Government",
        when="2024-08-26",
    ),
    events.ImplementationReported(
        id="j13",
        instrument="nord-2016",
        period="2024-01/2024-06",
        text="three researchers at the buoys",
        kind="exchange",
        counts={"researchers": 3, "weeks": 10},
        direction="out",
        when="2024-07-05",
    ),
    events.CooperationGivenUp(
        id="j14", instrument="reef-plan", reason="the fleet is sold", when="2024-08-15"
    ),
    events.RenewalDecided(
        id="j15",
        instrument="nord-2016",
        decision="renegotiate",
        by="SEA",
        reason="the data have an agreement of their own",
        when="2024-09-16",
    ),
]

# What came in since September.
AUTUMN: list[events.Event] = [
    events.MeetingHeld(
        id="h1",
        meeting="autumn-talks",
        kind="talks",
        partnership="nord",
        when="2024-09-12",
        participants=[
            {"post": "Director of the institute", "party": "SEA", "role": "chair"},
            {"post": "Dean of ocean science", "party": "NORD", "role": "co_chair"},
        ],
    ),
    events.CommitmentMade(
        id="h2",
        commitment="logbooks",
        partnership="nord",
        debtors="NORD",
        creditors="SEA",
        what="return the logbooks",
        due="2023",
        when="2022-09-05",
        source=LETTER,
    ),
    events.InstrumentSigned(
        id="h3", instrument="data-sharing", when="2024-10-07", source=[FILES, NEWS]
    ),
]

# Somebody said so in the corridor; nobody knows who.
HEARSAY: list[events.Event] = [
    events.ConditionMet(id="i1", commitment="fragments", condition="permit", when="2024-09-20"),
]

# What was written down, by the day on which it was, and where it comes from unless said.
DIARY: tuple[tuple[str, Source | None, list[events.Event]], ...] = (
    ("2018-03-01", FILES, BACKGROUND),
    ("2019-12-20", MINUTES, YEAR_2019),
    ("2020-01-20", MINUTES, LATE_NEWS),
    ("2020-03-02", FILES, EXTENSION),
    ("2023-12-15", FILES, MIDDLE),
    ("2024-04-15", MINUTES, VISIT),
    ("2024-08-30", MINUTES, SUMMER),
    ("2024-09-20", FILES, FOLLOWING),
    ("2024-10-10", MINUTES, AUTUMN),
    ("2024-10-11", None, HEARSAY),
)


def open_office(path: str | Path) -> Ledger:
    """Return the ledger of the office in that file, on 14 October 2024; record it first if new."""
    for day, source, page in DIARY:
        with _ledger(path, day) as ledger:
            ledger.record(*(_sourced(event, source) for event in page), by="office")
    return _ledger(path, TODAY)


def _sourced(event: events.Event, source: Source | None) -> events.Event:
    """Return the event with the source of its page, unless it has its own."""
    return event if event.source or source is None else attrs.evolve(event, source=source)


def _ledger(path: str | Path, day: str) -> Ledger:
    """Return the ledger in the file, with its clock at noon of the day."""
    clock = partial(datetime.fromisoformat, f"{day}T12:00:00Z")
    return Ledger.open(path, clock=clock, packs=[INTERNATIONAL_AGREEMENTS])


def main(path: str | Path) -> None:
    """Show where the office stands today."""
    with open_office(path) as ledger:
        today = ledger.view()
        print(board(today), pending(today, us="SEA"), sep="\n\n")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
