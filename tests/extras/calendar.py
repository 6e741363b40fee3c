"""Write what is pending as a calendar."""

from coopledger import events
from coopledger.calendar import calendar
from coopledger.testing import WORLD, given

put = events.ProposalMade(
    proposal="lab", partnership="vnfr", by="vn", text="a lab", when="2022-05", due="2022-08-01"
)
assert b"DUE;VALUE=DATE:20220801" in calendar(given(*WORLD, put).ledger.view())
