"""Ledgers that are grown partnership by partnership, and all their lists."""

from coopledger import Ledger, View, events
from coopledger.events import Event
from tests.builders import Clock, office

__all__ = ["TODAY", "grown", "lists", "partnership"]

TODAY = "2020-06-15"


def partnership(number: int) -> list[Event]:
    """Return the events of one partnership: a text, a promise, a proposal and a meeting."""
    at = f"ps{number}"
    return [
        events.PartnershipOpened(partnership=at, parties=["vn", "fr"]),
        events.InstrumentRegistered(instrument=f"i{number}", partnership=at, kind="mou"),
        events.InstrumentSigned(instrument=f"i{number}", when="2020-01-01", until="2022-12-31"),
        events.CommitmentMade(
            commitment=f"c{number}",
            partnership=at,
            debtors="vn",
            creditors="fr",
            what="a",
            due="2021-03-01",
            when="2020-01-01",
        ),
        events.ProposalMade(
            proposal=f"p{number}", partnership=at, by="vn", text="a", when="2020-02-01"
        ),
        events.MeetingScheduled(
            meeting=f"m{number}", partnership=at, kind="a", planned="2020-09-01", when="2020-02-01"
        ),
    ]


def grown(partnerships: int) -> tuple[Ledger, Clock]:
    """Return a ledger with so many partnerships, of which every list was asked for."""
    clock = Clock(TODAY)
    acts = [event for number in range(partnerships) for event in partnership(number)]
    ledger = office(*acts, clock=clock)
    lists(ledger.view())
    return ledger, clock


def lists(view: View) -> list[int]:
    """Return how long each list is."""
    every = (
        view.partnerships(),
        view.instruments(),
        view.commitments(),
        view.proposals(),
        view.meetings(),
        view.expiring(),
        view.agenda(),
    )
    return [len(answers) for answers in every]
