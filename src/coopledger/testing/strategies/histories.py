"""Whole histories: events that a ledger accepts, in their order.

By default acts of 2015 to 2021 on a few things, so that they meet each other.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import cast

import attrs
from hypothesis import strategies as st

from coopledger import events
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.ledger import Ledger
from coopledger.packs import Pack
from coopledger.testing.scenarios import WORLD, Clock, numbered
from coopledger.testing.strategies.every_type import EVERY_TYPE

# Instruments on which the acts are, in the world of `WORLD`.
GIVEN: tuple[Event, ...] = (
    events.InstrumentRegistered(
        id="g1",
        instrument="i1",
        partnership="vnfr",
        kind="agreement",
        renewal={"tacit": True, "years": 2, "notice_months": 6},
    ),
    events.InstrumentRegistered(
        id="g2", instrument="i2", partnership="vnfr", kind="mou", supersedes="i1"
    ),
    events.InstrumentRegistered(id="g3", instrument="i3", partnership="vncu", kind="project"),
)
DEFAULT = (*WORLD, *GIVEN)


def histories(
    *,
    start: Sequence[Event] = DEFAULT,
    acts: st.SearchStrategy[Event] | None = None,
    most: int = 25,
    packs: Iterable[Pack] = (),
) -> st.SearchStrategy[list[Event]]:
    """Draw lists of events with ids that an empty ledger accepts, one by one or all at once.

    Acts are drawn and offered to a ledger in memory; those that it refuses are left out.

    Args:
        start: What every history begins with: by default `coopledger.testing.WORLD`, and three
            texts ``i1``, ``i2`` and ``i3``.
        acts: What may happen then; by default acts of 2015 to 2021 on those texts, on the
            proposals ``p1`` and ``p2``, the commitments ``c1`` and ``c2`` and the meetings ``m1``
            and ``m2``, and events of every type on them. An act without an id gets one.
        most: How many acts are offered at most.
        packs: As for a `Ledger`.

    Raises:
        RefusedError: The start is none that a ledger accepts.
    """
    packs = tuple(packs)
    _recorded(start, (), packs)  # Refused here, and not by the first example.
    offered = _usual(most) if acts is None else st.lists(acts, max_size=most)
    return offered.map(lambda acts: _recorded(start, acts, packs))


def _usual(most: int) -> st.SearchStrategy[list[Event]]:
    """Draw acts that open something, then any."""
    acts = st.tuples(st.tuples(*OPENINGS), st.lists(st.one_of(ACTS, EVERY_TYPE), max_size=most))
    return acts.map(lambda both: [*both[0], *both[1]][:most])


def _recorded(start: Sequence[Event], acts: Sequence[Event], packs: Sequence[Pack]) -> list[Event]:
    """Return the events that a ledger holds after the acts were offered to it."""
    ledger = Ledger.in_memory(clock=Clock(), ids=numbered("h"), packs=packs)
    if start:
        ledger.record(*start)
    for number, act in enumerate(acts, 1):
        try:
            ledger.record(act if act.id else attrs.evolve(act, id=f"a{number}"))
        except RefusedError:
            continue
    return [item.event for item in ledger.events()]


FIRST_DAY = date(2015, 1, 1)
DAYS: st.SearchStrategy[date] = st.integers(0, 6 * 365).map(
    lambda number: FIRST_DAY + timedelta(number)
)
EXACT = DAYS.map(date.isoformat)
FUZZY = st.one_of(
    DAYS.map(lambda day: f"{day:%Y}"),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y-%m}~"),
)
WHEN = st.one_of(EXACT, EXACT, EXACT, FUZZY)
LATER = st.one_of(EXACT, st.sampled_from(["2016", "2018-06", "2020"]))
YEARLY = ({"years": 1}, {"years": 1, "times": 2})
IN_A_YEAR = st.sampled_from(["2016", "2017", "2018", "2019-06", "2021"])
STATE = st.sampled_from(["vn", "fr"])
INSTRUMENT = st.sampled_from(["i1", "i2", "i3"])
PROPOSAL = st.sampled_from(["p1", "p2"])
COMMITMENT = st.sampled_from(["c1", "c2"])
MEETING = st.sampled_from(["m1", "m2"])
PART = st.sampled_from(["100 EUR", "900.5 EUR", "150000 VND"])
PERSON = st.sampled_from(["Desk 1", "Desk 2", "mesr"])
IN_VNFR: dict[str, st.SearchStrategy[object]] = {"partnership": st.just("vnfr")}
OF_COMMITMENT: dict[str, st.SearchStrategy[object]] = {"commitment": COMMITMENT}


def _act(
    cls: type[Event],
    required: dict[str, st.SearchStrategy[object]],
    **optional: st.SearchStrategy[object],
) -> st.SearchStrategy[Event]:
    """Draw acts of the class, some with an effect of their own; without an id."""
    return st.fixed_dictionaries(
        {"when": WHEN, **required}, optional={"effective": EXACT, **optional}
    ).map(lambda fields: cast(Callable[..., Event], cls)(**fields))


def _on(cls: type[Event], **optional: st.SearchStrategy[object]) -> st.SearchStrategy[Event]:
    """Draw acts on an instrument."""
    return _act(cls, {"instrument": INSTRUMENT}, **optional)


def _answer(cls: type[Event]) -> st.SearchStrategy[Event]:
    """Draw answers to a proposal."""
    return _act(
        cls, {"proposal": PROPOSAL, "by": STATE}, partnership=st.just("vnfr"), instrument=INSTRUMENT
    )


def _proposal(name: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    """Draw proposals, on an instrument or on none."""
    return _act(
        events.ProposalMade,
        {"proposal": name, "by": STATE, "text": st.just("a"), **IN_VNFR},
        instrument=INSTRUMENT,
        counter_to=PROPOSAL,
        ask_again=LATER,
        responsible=PERSON,
    )


def _commitment(name: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    """Draw commitments with anything that may keep them from being pending; some recur."""
    return st.one_of(
        _promise(name, due=LATER), _promise(name, {"due": LATER, "recurs": st.sampled_from(YEARLY)})
    )


def _promise(
    name: st.SearchStrategy[str],
    required: dict[str, st.SearchStrategy[object]] | None = None,
    **optional: st.SearchStrategy[object],
) -> st.SearchStrategy[Event]:
    """Draw commitments, with the due date among the fields that they need or may have."""
    return _act(
        events.CommitmentMade,
        {
            "commitment": name,
            "debtors": st.sampled_from(["vn", "vn", ("vn", "cu")]),
            "creditors": st.sampled_from(["fr", ("fr", "cu")]),
            "what": st.just("a"),
            **IN_VNFR,
            **(required or {}),
        },
        amount=st.sampled_from(["1000 EUR", "250.50 EUR", "300000 VND"]),
        conditions=st.just("money"),
        depends_on=PROPOSAL,
        under=INSTRUMENT,
        standing=st.just(value=True),
        ask_again=LATER,
        responsible=PERSON,
        **optional,
    )


def _meeting(name: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    """Draw meetings to come."""
    return _act(
        events.MeetingScheduled,
        {"meeting": name, "kind": st.just("talks"), **IN_VNFR},
        planned=LATER,
        series=st.just("s"),
        every_months=st.sampled_from([6, 12]),
    )


# Acts that open a proposal, a meeting and two commitments, in the order in which they are offered.
OPENINGS: tuple[st.SearchStrategy[Event], ...] = (
    _proposal(st.just("p1")),
    _meeting(st.just("m1")),
    _commitment(st.just("c1")),
    _commitment(st.just("c2")),
)
ACTS: st.SearchStrategy[Event] = st.one_of(
    _on(events.NegotiationOpened),
    _on(events.NegotiationConcluded),
    _on(events.NegotiationBrokenOff),
    _on(events.InstrumentInitialled),
    _on(events.InstrumentSigned, until=LATER, signers=st.sampled_from(["vn", "mesr"])),
    _on(events.InstrumentProvisionallyApplied, until=LATER),
    _on(events.InstrumentEnteredIntoForce, until=LATER),
    _on(events.InstrumentExtended, until=LATER),
    _on(events.InstrumentRenewed, years=st.integers(1, 3)),
    _on(events.InstrumentSuspended),
    _on(events.InstrumentResumed),
    _act(events.TerminationNotified, {"instrument": INSTRUMENT, "by": STATE, "ends": LATER}),
    _on(events.TerminationNoticeWithdrawn),
    _on(events.InstrumentTerminated),
    _on(events.InstrumentCompleted),
    _act(
        events.InterestExpressed,
        {"proposal": PROPOSAL, "by": STATE, **IN_VNFR},
        instrument=INSTRUMENT,
    ),
    _proposal(PROPOSAL),
    _answer(events.ProposalAcknowledged),
    _answer(events.ProposalCountered),
    _answer(events.ProposalAgreedInPrinciple),
    _answer(events.ProposalAccepted),
    _answer(events.ProposalDeclined),
    _answer(events.ProposalWithdrawn),
    _meeting(MEETING),
    _act(events.MeetingPostponed, {"meeting": MEETING}, planned=LATER, host=STATE),
    _act(events.MeetingCancelled, {"meeting": MEETING}),
    _act(events.MeetingHeld, {"meeting": MEETING, "kind": st.just("talks"), **IN_VNFR}),
    _act(events.ConditionMet, {"condition": st.just("money"), **OF_COMMITMENT}),
    _act(events.ConditionFailed, {"condition": st.just("money"), **OF_COMMITMENT}),
    _act(events.CommitmentProgressed, OF_COMMITMENT, percent=st.integers(0, 100), amount=PART),
    _act(events.CommitmentFulfilled, OF_COMMITMENT, by=st.sampled_from(["vn", "most", "cu"])),
    _act(events.CommitmentFulfilled, {"occurrence": IN_A_YEAR, **OF_COMMITMENT}),
    _act(events.CommitmentReleased, {"by": st.sampled_from(["fr", "cu"]), **OF_COMMITMENT}),
    _act(events.CommitmentCancelled, {"by": st.just("vn"), **OF_COMMITMENT}),
    _act(events.CommitmentDelegated, {"to": st.sampled_from(["most", "cu"]), **OF_COMMITMENT}),
    _act(events.CommitmentRescheduled, {"due": LATER, **OF_COMMITMENT}),
    _act(events.CommitmentRescheduled, {"due_meeting": MEETING, **OF_COMMITMENT}),
    _act(events.CommitmentVaried, {"amount": PART, **OF_COMMITMENT}),
    _act(events.CommitmentReopened, OF_COMMITMENT, due=LATER),
    _act(
        events.ReminderSent,
        {"subject": st.sampled_from(["c1", "p1", "m1", "i1"]), "by": STATE},
        ask_again=LATER,
    ),
    _act(
        events.ResponsibilityAssigned,
        {"subject": st.sampled_from(["c1", "p1", "m1", "i1", "vnfr"]), "to": PERSON},
    ),
    _act(events.ResponsibilityAssigned, {"in_place_of": PERSON, "to": PERSON}),
    _act(events.PartySucceeded, {"party": st.just("fr"), "by": st.just("mesr")}),
    _on(events.ImplementationReported, counts=st.just({"students": 1.5}), period=WHEN),
    _act(
        events.StatementMade,
        {"text": st.just("a"), **IN_VNFR},
        fulfils=COMMITMENT,
        realises=PROPOSAL,
        meets=st.just("c1/money"),
    ),
)
