"""Plain text for a terminal or a mail: the board, what is pending, reports, why, what is odd.

Each function returns one text without a line break at its end: print it, or put it where you like.

>>> from coopledger import Ledger, events
>>> from coopledger.render import board, explanation, pending
>>> ledger = Ledger.in_memory()
>>> _ = ledger.record(
...     events.PartyRegistered(party="VN", name="Viet Nam", kind="state"),
...     events.PartyRegistered(party="FR", name="France", kind="state"),
...     events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"]),
...     events.CommitmentMade(
...         id="d5",
...         commitment="c1",
...         partnership="VNFR",
...         when="2018-03-27",
...         debtors="FR",
...         creditors="VN",
...         what="send the draft",
...         due="2018-04",
...     ),
... )
>>> view = ledger.view(on="2018-05-04")
>>> print(board(view))
Board on 2018-05-04
<BLANKLINE>
PARTNERSHIP  STAGE    SINCE       OPEN  OVERDUE  ID
Viet Nam     contact  2018-03-27     1        1  VNFR
France
>>> print(pending(view, us="VN"))
Pending on 2018-05-04, owed by Viet Nam: nothing.
<BLANKLINE>
Pending on 2018-05-04, owed to Viet Nam, most urgent first
<BLANKLINE>
STATUS          WHAT                        OWED BY  DUE      ID
4 days overdue  commitment: send the draft  France   2018-04  c1
>>> print(explanation(view, "c1"))
send the draft (c1) is overdue since 2018-05-01: ...
  d5: 2018-03-27 CommitmentMade c1, FR: send the draft
  rule: the last day of its due date has passed
"""

from coopledger._display.tables import table
from coopledger.render.answering import Answering
from coopledger.render.dossiers import dossier
from coopledger.render.pages import board, explanation, findings, pending
from coopledger.render.participations import participations
from coopledger.render.reports import figures, signings
from coopledger.render.timelines import timeline

__all__ = [
    "Answering",
    "board",
    "dossier",
    "explanation",
    "figures",
    "findings",
    "participations",
    "pending",
    "signings",
    "table",
    "timeline",
]
