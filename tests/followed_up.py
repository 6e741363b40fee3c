"""Office that follows up: one of each thing that the pages show of it. The story is made up.

Our institute has six partners. With Nordhavn much is done, owed, asked again and in the way; under
the other texts nothing is done yet, or no more, or all is done.
"""

from collections.abc import Iterator
from functools import cache

from coopledger import Ledger, View, events
from coopledger.events import Event
from tests.builders import Clock

DAY = "2026-11-27"
US = "hc"
PARTNERS = {
    "north": ("nu", "Nordhavn Universitet", "DK"),
    "lao": ("lwi", "Lao Water Institute", "LA"),
    "gulf": ("og", "Osservatorio del Golfo", "IT"),
    "algue": ("ia", "Institut de Port-Lévêque", "FR"),
    "coral": ("cc", "Centro del Coral", "CU"),
    "delta": ("ds", "Delta Station", "NL"),
}
SCOPES = {"north": "ocean data", "lao": "upstream flow", "gulf": "sea level"}
SIGNED = {"north": "2024-10-12", "lao": "2023-06-12", "gulf": "2022-03-01", "algue": "2021-05-20"}


def _parties() -> Iterator[Event]:
    """Yield the office, its partners, and the partnerships with them."""
    yield events.PartyRegistered(party=US, name="Our Institute", kind="centre", country="VN")
    for name, (party, title, country) in PARTNERS.items():
        yield events.PartyRegistered(party=party, name=title, kind="university", country=country)
        yield events.PartnershipOpened(
            partnership=name,
            parties=[US, party],
            scope=SCOPES.get(name),
            responsible="Lan" if name in {"north", "gulf"} else None,
            report_every=12 if name == "lao" else None,
        )


def _texts() -> Iterator[Event]:
    """Yield a text with each partner but one, two of which ask for a decision on their end."""
    for name, signed in {**SIGNED, "coral": "2024-02-01"}.items():
        renewal: dict[str, object] = {"tacit": True, "years": 3, "notice_months": 3}
        yield events.InstrumentRegistered(
            instrument=f"{name}-mou",
            partnership=name,
            kind="mou",
            title="Memorandum on ocean data" if name == "north" else None,
            renewal=renewal if name == "north" else None,
        )
        ends = {"north": "2027-03-11", "coral": "2027-04-30"}
        yield events.InstrumentSigned(
            instrument=f"{name}-mou",
            when=signed,
            until=ends.get(name),
            open_ended=name not in ends,
        )


def _done() -> Iterator[Event]:
    """Yield what was done under the texts, and what was given up."""
    yield events.ImplementationReported(
        instrument="north-mou", kind="training", counts={"people": 12}, when="2026-05-04"
    )
    yield events.ImplementationReported(instrument="algue-mou", kind="visit", when="2022-06-01")
    yield events.CooperationGivenUp(instrument="gulf-mou", reason="no ship", when="2025-02-01")
    yield events.CooperationGivenUp(instrument="algue-mou", by="ia", when="2025-03-01")
    yield events.CommitmentMade(
        commitment="fragments",
        partnership="coral",
        debtors="cc",
        creditors=US,
        what="send a hundred coral fragments",
        under="coral-mou",
        when="2024-02-01",
    )
    yield events.CommitmentFulfilled(commitment="fragments", when="2024-09-01")


def _owed() -> Iterator[Event]:
    """Yield what is owed: what recurs, sums, and what was put off or is done in part."""
    made: dict[str, object] = {"partnership": "north", "when": "2024-10-12"}
    ours: dict[str, object] = {**made, "debtors": US, "creditors": "nu"}
    theirs: dict[str, object] = {**made, "debtors": "nu", "creditors": US}
    promises: dict[str, dict[str, object]] = {
        "report": {
            **ours,
            "what": "send the quarterly report",
            "due": "2026-03-31",
            "recurs": {"months": 3},
            "responsible": "Minh",
        },
        "grant": {**ours, "what": "pay for the buoys", "due": "2027", "amount": "12000 EUR"},
        "fee": {**theirs, "what": "pay the mooring fee", "due": "2026", "amount": "500 EUR"},
        "ship": {**theirs, "what": "pay the ship", "due": "2027-01", "amount": "90000000 VND"},
        "cores": {**theirs, "what": "send forty cores", "due": "2025-06-30"},
        "shared": {
            **made,
            "debtors": [US, "nu"],
            "creditors": [US, "nu"],
            "what": "publish the data set",
            "due": "2027-02-01",
        },
    }
    for name, fields in promises.items():
        yield events.CommitmentMade(commitment=name, **fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    for when in ("2026-03-30", "2026-06-29"):
        yield events.CommitmentFulfilled(commitment="report", when=when)
    yield events.CommitmentProgressed(commitment="grant", amount="4000 EUR", when="2026-02-01")
    for due, when in (("2025-12-31", "2025-06-01"), ("2027-01-15", "2025-12-01")):
        yield events.CommitmentRescheduled(commitment="cores", due=due, when=when)
    yield events.CommitmentFulfilled(commitment="shared", by="nu", when="2026-09-01")
    yield events.CommitmentMade(
        commitment="gauge",
        partnership="lao",
        debtors="lwi",
        creditors=US,
        what="repair the gauge",
        when="2023-06-12",
    )


def _in_the_way() -> Iterator[Event]:
    """Yield obstacles, and reminders of what is not done."""
    yield events.ObstacleReported(
        obstacle="visa",
        subject="cores",
        text="the visas are not granted",
        lies_with=["nu", "the consulate"],
        via="the embassy",
        when="2026-01-10",
    )
    yield events.ObstacleReported(
        obstacle="stamp", subject="gulf-mou", text="no seal", lies_with=US, when="2024-05-01"
    )
    yield events.ObstacleRemoved(obstacle="stamp", when="2024-08-01")
    yield events.ReminderSent(subject="cores", by=US, when="2026-07-01")
    yield events.ReminderSent(
        subject="cores", by=US, via="the embassy", ask_again="2026-12-10", when="2026-10-01"
    )
    yield events.ProposalMade(
        proposal="school",
        partnership="north",
        by=US,
        text="a summer school",
        responsible="Hoa",
        ask_again="2026-11-01",
        when="2026-06-15",
    )
    yield events.ProposalMade(
        proposal="flume", partnership="delta", by=US, text="share the flume", when="2026-06-15"
    )


def _sessions() -> Iterator[Event]:
    """Yield a committee whose session is overdue, and a workshop that was put off twice."""
    yield events.MeetingHeld(
        meeting="jc1",
        kind="joint committee",
        partnership="north",
        series="jc",
        number=1,
        every_months=12,
        when="2025-05-06",
    )
    yield events.MeetingHeld(
        meeting="ws1",
        kind="workshop",
        partnership="coral",
        series="ws",
        number=1,
        every_months=24,
        when="2025-03-10",
    )
    yield events.MeetingScheduled(
        meeting="ws2",
        kind="workshop",
        partnership="coral",
        series="ws",
        number=2,
        planned="2026-09-01",
        when="2026-01-10",
    )
    yield events.MeetingPostponed(meeting="ws2", planned="2026-10-01", when="2026-07-01")
    yield events.MeetingPostponed(meeting="ws2", planned="2026-12-15", when="2026-09-10")


@cache
def followed_up() -> View:
    """Return the office on its day."""
    ledger = Ledger.in_memory(clock=Clock(f"{DAY}T12:00:00Z"))
    for page in (_parties, _texts, _done, _owed, _in_the_way, _sessions):
        ledger.record(*page())
    return ledger.view(DAY)
