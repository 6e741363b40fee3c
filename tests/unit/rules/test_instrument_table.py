"""Every cell of the table of instrument states, on ledgers that are really in that state."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import cast

import attrs
import pytest

from coopledger import Ledger, events
from coopledger.answers import Instrument
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.builders import office
from tests.unit.rules.instrument_table import CELLS, COLUMNS, LADDER

STATES = tuple(dict.fromkeys(state for state, _ in CELLS))
KINDS = ("agreement", "mou")
DAY_BEFORE, DAY = "2020-05-31", "2020-06-01"
NOTICE, NEW_NOTICE = "2025-01-01", "2026-01-01"
NEW_END = "2027-12-31"


def wish(when: str, *, proposal: str = "wish") -> Event:
    return events.InterestExpressed(
        proposal=proposal, partnership="vnfr", instrument="x", by="vn", when=when
    )


IN_FORCE = events.InstrumentSigned(instrument="x", in_force=True, when="2010-01-01")
SIGNED = events.InstrumentSigned(instrument="x", in_force=False, when="2010-01-01")

# How an instrument comes to each state by what the parties do.
ROADS: dict[str, list[Event]] = {
    "none": [],
    "contemplated": [wish("2010-01-01")],
    "negotiating": [events.NegotiationOpened(instrument="x", when="2010-01-01")],
    "agreed": [events.NegotiationConcluded(instrument="x", when="2010-01-01")],
    "initialled": [events.InstrumentInitialled(instrument="x", when="2010-01-01")],
    "signed": [SIGNED],
    "provisional": [
        SIGNED,
        events.InstrumentProvisionallyApplied(instrument="x", when="2011-01-01"),
    ],
    "in_force": [IN_FORCE],
    "suspended": [IN_FORCE, events.InstrumentSuspended(instrument="x", when="2011-01-01")],
    "expired": [
        events.InstrumentSigned(
            instrument="x", in_force=True, until="2015-12-31", when="2010-01-01"
        )
    ],
    "terminating": [
        IN_FORCE,
        events.TerminationNotified(instrument="x", by="fr", ends=NOTICE, when="2019-01-01"),
    ],
    "completed": [IN_FORCE, events.InstrumentCompleted(instrument="x", when="2015-01-01")],
    "abandoned": [
        events.NegotiationOpened(instrument="x", when="2010-01-01"),
        events.NegotiationBrokenOff(instrument="x", when="2015-01-01"),
    ],
    "terminated": [IN_FORCE, events.InstrumentTerminated(instrument="x", when="2015-01-01")],
    "superseded": [
        IN_FORCE,
        events.InstrumentRegistered(instrument="y", partnership="vnfr", kind="mou", supersedes="x"),
        events.InstrumentSigned(instrument="y", when="2015-01-01"),
    ],
}

# The acts of each column; they all take place on the same day.
ACTS: dict[str, list[Event]] = {
    "Interest / ProposalMade on it": [
        wish(DAY, proposal="new"),
        events.ProposalMade(
            proposal="new", partnership="vnfr", instrument="x", by="vn", text="a", when=DAY
        ),
    ],
    "NegotiationOpened, AgreedInPrinciple": [
        events.NegotiationOpened(instrument="x", when=DAY),
        events.ProposalAgreedInPrinciple(
            proposal="new", partnership="vnfr", instrument="x", by="fr", when=DAY
        ),
    ],
    "NegotiationConcluded, ProposalAccepted": [
        events.NegotiationConcluded(instrument="x", when=DAY),
        events.ProposalAccepted(
            proposal="new", partnership="vnfr", instrument="x", by="fr", when=DAY
        ),
    ],
    "Initialled": [events.InstrumentInitialled(instrument="x", when=DAY)],
    "Signed": [events.InstrumentSigned(instrument="x", when=DAY)],
    "ProvisionallyApplied": [
        events.InstrumentProvisionallyApplied(instrument="x", until=NEW_END, when=DAY)
    ],
    "EnteredIntoForce": [events.InstrumentEnteredIntoForce(instrument="x", when=DAY)],
    "Extended / Renewed": [
        events.InstrumentExtended(instrument="x", until=NEW_END, when=DAY),
        events.InstrumentRenewed(instrument="x", until=NEW_END, when=DAY),
    ],
    "Suspended": [events.InstrumentSuspended(instrument="x", when=DAY)],
    "TerminationNotified": [
        events.TerminationNotified(instrument="x", by="fr", ends=NEW_NOTICE, when=DAY)
    ],
    "Terminated": [events.InstrumentTerminated(instrument="x", when=DAY)],
    "Completed": [events.InstrumentCompleted(instrument="x", when=DAY)],
    "BrokenOff": [events.NegotiationBrokenOff(instrument="x", when=DAY)],
}


@attrs.frozen
class Outcome:
    """Effect of an act: the state, whether a new spell begins, and the other words of a cell.

    Implied is a state that holds since a day unknown.
    """

    state: str
    new_spell: bool = True
    implied: bool = False
    warned: bool = False
    refused: tuple[str, ...] = ()
    flag: str | None = None
    new_end: bool = False
    new_notice: bool = False


def stays(state: str, **more: object) -> Outcome:
    make = cast(Callable[..., Outcome], Outcome)
    return make(state, new_spell=False, **more)


def signature(kind: str) -> str:
    """Return the effect of a signature: an mou is in force, an agreement waits."""
    return "in_force" if kind == "mou" else "signed"


def climb(state: str, step: str) -> Outcome:
    """Move up the ladder, never down."""
    lower = state in LADDER and step in LADDER and LADDER.index(step) <= LADDER.index(state)
    return stays(state) if lower else Outcome(step)


def outcome(cell: str, state: str, column: str, kind: str) -> Outcome:
    """Return the effect that a cell of the table means for an instrument of the kind."""
    spell = Outcome(signature(kind) if column == "Signed" else "in_force")
    by_signature = stays(state) if state == signature(kind) else Outcome(signature(kind))
    meanings = {
        "=": stays(state),
        "= (new end)": stays(state, new_end=True),
        "signed / in_force*": by_signature,
        "= / in_force*": by_signature,
        "new spell": spell,
        "in_force (implied)": Outcome("in_force", implied=True, warned=True, new_end=True),
        "completed (implied)": Outcome("completed", warned=True),
        "warning": stays(state, warned=True),
        "flag": stays(state, flag="renegotiating"),
        "flag renegotiating": stays(state, flag="renegotiating"),
        "flag off": stays(state),
        "provisional, new end": stays(state, new_end=True),
        "in_force, new end": stays(state, new_end=True),
        "suspended, new end": stays(state, new_end=True),
        "terminating, new end": stays(state, new_end=True),
        "in_force (gap shown unless the effect joins)": Outcome(
            "in_force", flag="gap", new_end=True
        ),
        "= (adds parties; an `until` is the term from then)": stays(state),
        "= (the notice runs)": stays(state),
        "new notice replaces that party's own": stays(state, new_notice=True),
        "terminating": Outcome("terminating", new_notice=True),
        "negotiating (talks resumed)": Outcome("negotiating"),
        "E501": stays(state, refused=("E501",)),
        "E509": stays(state, refused=("E509",)),
    }
    return meanings.get(cell) or climb(state, cell)


def other_findings(act: Event, state: str, kind: str) -> set[str]:
    """Return the warnings apart from the table; none of these acts names a source."""
    codes = {"W105"}
    if isinstance(act, events.ProposalAnswer):
        codes.add("W401")
    if isinstance(act, events.InstrumentProvisionallyApplied):
        never_agreed = state in {"none", "contemplated", "negotiating", "abandoned"}
        codes |= {"W502"} if never_agreed else set()
    if isinstance(act, events.InstrumentEnteredIntoForce):
        never_signed = state in {*LADDER[:-1], "abandoned"}
        codes |= {"W501"} if never_signed else set()
    if isinstance(act, events.InstrumentCompleted) and kind == "mou":
        codes.add("W505")
    return codes


@attrs.frozen
class Walk:
    """One act on an instrument in one state."""

    state: str
    column: str
    act: Event
    kind: str
    road: str

    @property
    def name(self) -> str:
        return f"{self.state}-{type(self.act).__name__}-{self.kind}-{self.road}"

    def ledger(self) -> Ledger:
        """Return a ledger whose instrument is in the state, by acts or as background knowledge."""
        by_acts = self.road == "acts"
        registered = events.InstrumentRegistered(
            instrument="x",
            partnership="vnfr",
            kind=self.kind,
            state=None if by_acts else self.state,
        )
        return office(registered, *(ROADS[self.state] if by_acts else []))

    def expected(self) -> Outcome:
        cell = CELLS[self.state, self.column]
        after_signature = self.road == "acts" and any(
            isinstance(event, events.InstrumentSigned) and event.instrument == "x"
            for event in ROADS[self.state]
        )
        expected = outcome(cell, self.state, self.column, self.kind)
        if self.column == "Initialled" and after_signature:
            return stays(self.state, refused=("E502", *expected.refused))
        return expected


def has_no_end(text: Instrument) -> bool:
    """Whether the text is in effect and nobody said until when."""
    in_effect = text.state in {"provisional", "in_force", "terminating"}
    return in_effect and text.term_end is None and text.ends is None


def walks() -> Iterator[Walk]:
    for (state, column), kind, road in product(CELLS, KINDS, ("acts", "background")):
        for act in ACTS[column]:
            yield Walk(state, column, act, kind, road)


WALKS = list(walks())


@pytest.mark.parametrize("walk", WALKS, ids=[walk.name for walk in WALKS])
def test_an_act_leads_where_the_table_says(walk: Walk) -> None:
    ledger = walk.ledger()
    before = ledger.view(DAY_BEFORE).instrument("x")
    expected = walk.expected()
    assert before.state == walk.state

    if expected.refused:
        with pytest.raises(RefusedError) as refused:
            ledger.record(walk.act)
        assert tuple(finding.code for finding in refused.value.findings) == expected.refused
        assert ledger.view(DAY).instrument("x").state == walk.state
        return
    receipt = ledger.record(walk.act)
    after = ledger.view(DAY).instrument("x")

    assert ledger.view(DAY_BEFORE).instrument("x") == before
    assert after.state == expected.state
    begins = None if expected.implied else ledger.view(DAY).on
    assert after.since == (begins if expected.new_spell else before.since)
    assert set(after.flags) - {"end_unknown"} == ({expected.flag} if expected.flag else set())
    assert ("end_unknown" in after.flags) == has_no_end(after)
    assert {warning.code for warning in receipt.warnings} == other_findings(
        walk.act, walk.state, walk.kind
    ) | ({"W501"} if expected.warned else set())
    if expected.new_end:
        assert str(after.term_end) == NEW_END
    if expected.new_notice:
        assert str(after.ends) == NEW_NOTICE


def test_the_table_has_every_state_and_every_act() -> None:
    assert len(STATES) == 15
    assert len(COLUMNS) == 13
    assert len(CELLS) == 15 * 13
    assert set(ACTS) == set(COLUMNS)
    assert set(ROADS) == set(STATES)


RENEGOTIATED = [
    state
    for state in STATES
    if CELLS[state, "NegotiationOpened, AgreedInPrinciple"].startswith("flag")
]


@pytest.mark.parametrize("state", RENEGOTIATED)
def test_breaking_off_the_talks_takes_the_flag_off(state: str) -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="x", partnership="vnfr", kind="agreement"),
        *ROADS[state],
        events.NegotiationOpened(instrument="x", when="2020-03-01"),
        events.NegotiationBrokenOff(instrument="x", when=DAY),
    )

    assert "renegotiating" in ledger.view(DAY_BEFORE).instrument("x").flags
    assert "renegotiating" not in ledger.view(DAY).instrument("x").flags
    assert CELLS[state, "BrokenOff"] == "flag off"


ON_SIGNATURE = {
    "mou",
    "loi",
    "statement",
    "exchange_of_notes",
    "minutes",
    "action_plan",
    "programme",
    "project",
}
WAITING = {"treaty", "agreement", "protocol", "membership", "contract"}


@pytest.mark.parametrize("kind", sorted(ON_SIGNATURE | WAITING))
@pytest.mark.parametrize("force", [None, "on_signature", "separate"])
@pytest.mark.parametrize("in_force", [None, True, False])
def test_the_kind_says_whether_a_signature_suffices_unless_stated(
    kind: str, force: str | None, *, in_force: bool | None
) -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="x", partnership="vnfr", kind=kind, force=force),
        events.InstrumentSigned(instrument="x", in_force=in_force, when=DAY),
    )
    by_kind = kind in ON_SIGNATURE if force is None else force == "on_signature"
    suffices = by_kind if in_force is None else in_force

    assert ledger.view(DAY).instrument("x").state == ("in_force" if suffices else "signed")
