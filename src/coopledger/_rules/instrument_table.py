"""States of an instrument, and the table of the acts that lead from one to another.

`TABLE` says to which state an act leads from each state. In words: "Instruments" in
docs/reference/rules.md.
"""

# ruff: noqa: E501 - the rows of the table are read side by side

from coopledger import events
from coopledger.events import Event
from coopledger.terms import InstrumentKind, InstrumentState

S = InstrumentState

IN_EFFECT = frozenset({S.PROVISIONAL, S.IN_FORCE, S.TERMINATING})
HELD = IN_EFFECT | {S.SUSPENDED}
ENDED = frozenset({S.EXPIRED, S.TERMINATED, S.SUPERSEDED, S.COMPLETED, S.ABANDONED})
# Expired aside, which may be prolonged, or replaced for good.
GONE = ENDED - {S.EXPIRED}
BELOW_AGREED = frozenset({S.NONE, S.CONTEMPLATED, S.NEGOTIATING, S.ABANDONED})
BELOW_SIGNED = BELOW_AGREED | {S.AGREED, S.INITIALLED}
HAS_TERM = IN_EFFECT | {S.SIGNED, S.SUSPENDED}

# In force on signature; the other kinds wait for entry into force unless stated.
ON_SIGNATURE = frozenset(
    {
        InstrumentKind.MOU,
        InstrumentKind.LOI,
        InstrumentKind.STATEMENT,
        InstrumentKind.EXCHANGE_OF_NOTES,
        InstrumentKind.MINUTES,
        InstrumentKind.ACTION_PLAN,
        InstrumentKind.PROGRAMME,
        InstrumentKind.PROJECT,
    }
)
# Work goes on past the planned end of these.
MAY_OVERRUN = frozenset(
    {InstrumentKind.PROGRAMME, InstrumentKind.PROJECT, InstrumentKind.ACTION_PLAN}
)
# Texts that are made for a time: where nobody recorded their end, it is unknown.
FOR_A_TIME = MAY_OVERRUN | {
    InstrumentKind.AGREEMENT,
    InstrumentKind.MOU,
    InstrumentKind.CONTRACT,
}

# The column of the table for each event type.
ACTS: dict[type[Event], str] = {
    events.InterestExpressed: "wish",
    events.ProposalMade: "wish",
    events.ProposalAcknowledged: "wish",
    events.ProposalCountered: "wish",
    events.NegotiationOpened: "talk",
    events.ProposalAgreedInPrinciple: "talk",
    events.NegotiationConcluded: "agree",
    events.InstrumentAdopted: "agree",
    events.ProposalAccepted: "agree",
    events.InstrumentInitialled: "initial",
    events.InstrumentSigned: "sign",
    events.InstrumentProvisionallyApplied: "apply",
    events.InstrumentEnteredIntoForce: "enter",
    events.InstrumentExtended: "prolong",
    events.InstrumentRenewed: "prolong",
    events.InstrumentSuspended: "suspend",
    events.TerminationNotified: "notify",
    events.InstrumentTerminated: "terminate",
    events.InstrumentCompleted: "complete",
    events.NegotiationBrokenOff: "break_off",
}
COLUMNS = tuple(dict.fromkeys(ACTS.values()))

# A cell is the state that the act leads to. `=` leaves the state; `sign` is in force or signed,
# by kind; `talks` and `no_talks` set and clear the flag renegotiating; `E...` refuses; a closing
# `!` is the warning W501, a step that skips others.
_ROWS = """
none          contemplated negotiating agreed initialled sign provisional in_force in_force!   =!        =!          E509       completed! abandoned
contemplated  contemplated negotiating agreed initialled sign provisional in_force in_force!   =!        =!          E509       completed! abandoned
negotiating   =            =           agreed initialled sign provisional in_force in_force!   =!        =!          E509       completed  abandoned
agreed        =            =           agreed initialled sign provisional in_force in_force!   =!        =!          E509       completed  abandoned
initialled    =            =           =      initialled sign provisional in_force in_force!   =!        =!          E509       completed  abandoned
signed        =            =           =      =          sign provisional in_force in_force    suspended terminating terminated completed  =
provisional   =            talks       =      =          =    =           in_force provisional suspended terminating terminated completed  no_talks
in_force      =            talks       =      =          =    =           in_force in_force    suspended terminating terminated completed  no_talks
suspended     =            talks       =      =          =    =           in_force suspended   =         terminating terminated completed  no_talks
expired       =            talks       =      =          sign provisional in_force in_force    E501      E501        terminated completed  no_talks
terminating   =            talks       =      =          =    =           =        terminating suspended terminating terminated completed  no_talks
completed     E501         E501        E501   E501       E501 E501        E501     E501        E501      E501        E501       =          E501
abandoned     contemplated negotiating agreed initialled sign provisional in_force in_force!   E501      E501        E501       E501       =
terminated    E501         E501        E501   E501       E501 E501        E501     E501        E501      E501        =          E501       E501
superseded    E501         E501        E501   E501       E501 E501        E501     E501        E501      E501        =          E501       E501
"""
TABLE: dict[InstrumentState, dict[str, str]] = {
    S(row.split()[0]): dict(zip(COLUMNS, row.split()[1:], strict=True))
    for row in _ROWS.strip().splitlines()
}


def cell(state: InstrumentState, event_type: type[Event]) -> str:
    """Return the cell of the table for the act in the state; ``=`` for an act without a column."""
    column = ACTS.get(event_type)
    return "=" if column is None else TABLE[state][column]
