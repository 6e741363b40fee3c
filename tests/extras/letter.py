"""Write a letter."""

from coopledger import events
from coopledger.letter import letter
from coopledger.testing import WORLD, given

draft = events.CommitmentMade(
    commitment="draft",
    partnership="vnfr",
    debtors="fr",
    creditors="vn",
    what="send the draft",
    when="2022-01-10",
    due="2022-07",
)
message = letter(given(*WORLD, draft).ledger.view("2022-09-01"), since="2022-08-01", us="fr")
assert message is not None
assert message["Subject"] == "We are late with 1"
