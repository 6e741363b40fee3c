"""Letter every Monday, by the scheduler of the standard library; none where nothing is to be said.

    python examples/letter_every_monday.py [FILE]

Here the clock does not wait: it jumps from Monday to Monday. A program that is to run for months
gives `scheduler` nothing, which is the time and the patience of this machine; or leave all this to
cron, and write `coopledger letter` into its table. FILE holds the ledger; without FILE, it is gone
afterwards. Needs jinja2, which comes with "coopledger[letter]".
"""

import sys
from datetime import UTC, date, datetime, time, timedelta
from sched import scheduler
from tempfile import TemporaryDirectory

from coopledger import Ledger, events
from coopledger.letter import letter

FIRST, LAST = date(2024, 9, 23), date(2024, 10, 14)
SIX = time(6, tzinfo=UTC)
WEEK = timedelta(days=7)


class Jumping:
    """Clock that is wherever it is asked to wait for."""

    def __init__(self, start: date) -> None:
        """Begin at midnight of a day."""
        self.now = datetime.combine(start, time(), UTC).timestamp()

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Jump to the end of the wait."""
        self.now += seconds


def fill(ledger: Ledger) -> None:
    """Record one promise of ours."""
    ledger.record(
        events.PartyRegistered(party="institute", name="Our Institute", kind="centre"),
        events.PartyRegistered(party="university", name="A University", kind="university"),
        events.PartnershipOpened(partnership="ocean", parties=["institute", "university"]),
        events.CommitmentMade(
            commitment="survey",
            partnership="ocean",
            debtors="institute",
            creditors="university",
            what="send the survey of 2023",
            when="2024-01-15",
            due="2024-10-11",
        ),
    )


def every_monday(ledger: Ledger, clock: scheduler, monday: date) -> None:
    """Write the letter of a Monday, and see to the next one."""
    message = letter(ledger.view(on=monday), since=monday - WEEK, us="institute")
    print(f"{monday:%a %d %b}: {'no letter' if message is None else message['Subject']}")
    if monday < LAST:
        following = monday + WEEK
        due = datetime.combine(following, SIX).timestamp()
        clock.enterabs(due, 1, every_monday, (ledger, clock, following))


with TemporaryDirectory() as folder:
    jumping = Jumping(FIRST)
    clock = scheduler(jumping, jumping.wait)
    file = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/office.db"
    with Ledger.open(file, clock=lambda: datetime.fromtimestamp(jumping.now, UTC)) as ledger:
        if ledger.position == 0:  # a second run finds everything recorded
            fill(ledger)
        first = datetime.combine(FIRST, SIX).timestamp()
        clock.enterabs(first, 1, every_monday, (ledger, clock, FIRST))
        clock.run()
