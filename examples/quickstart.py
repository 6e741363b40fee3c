"""One meeting, one proposal, one signing, one promise: where do we stand, and what is pending?

    python examples/quickstart.py [FILE]

The events go into FILE, a ledger of yours; without FILE, into one that is gone afterwards.
"""

import sys
from tempfile import TemporaryDirectory

from coopledger import Ledger, events
from coopledger.render import board, explanation, pending

with TemporaryDirectory() as folder:
    ledger = Ledger.open(sys.argv[1] if len(sys.argv) > 1 else f"{folder}/office.db")
    if ledger.position == 0:  # a second run finds everything recorded
        # Who there is: names come first, so that a slip of the pen is noticed.
        ledger.record(
            events.PartyRegistered(party="institute", name="Our Institute", kind="centre"),
            events.PartyRegistered(party="university", name="A University", kind="university"),
            events.PartnershipOpened(partnership="ocean", parties=["institute", "university"]),
            events.InstrumentRegistered(instrument="mou", partnership="ocean", kind="mou"),
        )
        # What happened, each on its own date.
        ledger.record(
            events.MeetingHeld(
                meeting="first-talks", partnership="ocean", kind="talks", when="2024-03-12"
            ),
            events.ProposalMade(
                proposal="shared-lab",
                partnership="ocean",
                when="2024-03-12",
                by="university",
                text="run a laboratory together",
            ),
            events.InstrumentSigned(instrument="mou", when="2024-05-20"),
            events.CommitmentMade(
                id="minutes-7",  # a name for the event itself, if you like
                commitment="buoy-data",
                partnership="ocean",
                when="2024-05-20",
                debtors="university",
                creditors="institute",
                what="send the buoy data",
                due="2024-09",  # a month: overdue only after its last day
            ),
        )

    summer = ledger.view(on="2024-06-30")
    print(board(summer), pending(summer), sep="\n\n", end="\n\n")

    autumn = ledger.view(on="2024-10-15")
    print(pending(autumn), explanation(autumn, "buoy-data"), sep="\n\n", end="\n\n")
    for proposal in autumn.proposals(waiting_days=90):
        print(f"{proposal.id} has had no answer for {proposal.unanswered_for} days.")
    ledger.close()
