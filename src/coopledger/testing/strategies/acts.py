"""Acts on a few things, so that they meet each other; dated from 2015 to 2021."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from hypothesis import strategies as st

from coopledger import events
from coopledger.events import Event

FIRST_DAY = date(2015, 1, 1)
DAYS = 6 * 365
days: st.SearchStrategy[date] = st.integers(0, DAYS).map(
    lambda number: FIRST_DAY + timedelta(number)
)
_exact = days.map(date.isoformat)
_fuzzy = st.one_of(
    days.map(lambda day: f"{day:%Y}"),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y-%m}~"),
)
_whens = st.one_of(_exact, _exact, _exact, _fuzzy)
_later = st.one_of(_exact, st.sampled_from(["2016", "2018-06", "2020"]))
_state = st.sampled_from(["vn", "fr"])
_text = st.sampled_from(["i1", "i2", "i3"])
_proposal = st.sampled_from(["p1", "p2"])
_promise = st.sampled_from(["c1", "c2"])
_talks = st.sampled_from(["m1", "m2"])

# What the acts are on, beside `WORLD`.
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


def _act(
    cls: type[Event],
    required: dict[str, st.SearchStrategy[object]],
    **optional: st.SearchStrategy[object],
) -> st.SearchStrategy[Event]:
    """Acts of the class, some with an effect of their own; without an id."""
    return st.fixed_dictionaries(
        {"when": _whens, **required}, optional={"effective": _exact, **optional}
    ).map(lambda given: cast(Callable[..., Event], cls)(**given))


def _on(cls: type[Event], **optional: st.SearchStrategy[object]) -> st.SearchStrategy[Event]:
    """Acts on an instrument."""
    return _act(cls, {"instrument": _text}, **optional)


def _answer(cls: type[Event]) -> st.SearchStrategy[Event]:
    """Answers to a proposal."""
    return _act(
        cls, {"proposal": _proposal, "by": _state}, partnership=st.just("vnfr"), instrument=_text
    )


_in_vnfr: dict[str, st.SearchStrategy[object]] = {"partnership": st.just("vnfr")}
_of_promise: dict[str, st.SearchStrategy[object]] = {"commitment": _promise}


def _put(name: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    """Proposals, on a text or on none."""
    return _act(
        events.ProposalMade,
        {"proposal": name, "by": _state, "text": st.just("a"), **_in_vnfr},
        instrument=_text,
        counter_to=_proposal,
    )


def _promised(name: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    """Commitments with anything that may keep them from being pending."""
    return _act(
        events.CommitmentMade,
        {
            "commitment": name,
            "debtors": st.just("vn"),
            "creditors": st.sampled_from(["fr", ("fr", "cu")]),
            "what": st.just("a"),
            **_in_vnfr,
        },
        due=_later,
        conditions=st.just("money"),
        depends_on=_proposal,
        under=_text,
        standing=st.just(value=True),
    )


def _announced(name: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    """Meetings to come."""
    return _act(
        events.MeetingScheduled,
        {"meeting": name, "kind": st.just("talks"), **_in_vnfr},
        planned=_later,
    )


# What opens the things on which the acts are, in the order in which they are offered.
OPENINGS: tuple[st.SearchStrategy[Event], ...] = (
    _put(st.just("p1")),
    _announced(st.just("m1")),
    _promised(st.just("c1")),
    _promised(st.just("c2")),
)
ACTS: st.SearchStrategy[Event] = st.one_of(
    _on(events.NegotiationOpened),
    _on(events.NegotiationConcluded),
    _on(events.NegotiationBrokenOff),
    _on(events.InstrumentInitialled),
    _on(events.InstrumentSigned, until=_later, signers=st.sampled_from(["vn", "mesr"])),
    _on(events.InstrumentProvisionallyApplied, until=_later),
    _on(events.InstrumentEnteredIntoForce, until=_later),
    _on(events.InstrumentExtended, until=_later),
    _on(events.InstrumentRenewed, years=st.integers(1, 3)),
    _on(events.InstrumentSuspended),
    _on(events.InstrumentResumed),
    _act(events.TerminationNotified, {"instrument": _text, "by": _state, "ends": _later}),
    _on(events.TerminationNoticeWithdrawn),
    _on(events.InstrumentTerminated),
    _on(events.InstrumentCompleted),
    _act(
        events.InterestExpressed,
        {"proposal": _proposal, "by": _state, **_in_vnfr},
        instrument=_text,
    ),
    _put(_proposal),
    _answer(events.ProposalAcknowledged),
    _answer(events.ProposalCountered),
    _answer(events.ProposalAgreedInPrinciple),
    _answer(events.ProposalAccepted),
    _answer(events.ProposalDeclined),
    _answer(events.ProposalWithdrawn),
    _announced(_talks),
    _act(events.MeetingPostponed, {"meeting": _talks}, planned=_later),
    _act(events.MeetingCancelled, {"meeting": _talks}),
    _act(events.MeetingHeld, {"meeting": _talks, "kind": st.just("talks"), **_in_vnfr}),
    _act(events.ConditionMet, {"condition": st.just("money"), **_of_promise}),
    _act(events.ConditionFailed, {"condition": st.just("money"), **_of_promise}),
    _act(events.CommitmentProgressed, _of_promise, percent=st.integers(0, 100)),
    _act(events.CommitmentFulfilled, _of_promise),
    _act(events.CommitmentReleased, {"by": st.sampled_from(["fr", "cu"]), **_of_promise}),
    _act(events.CommitmentCancelled, {"by": st.just("vn"), **_of_promise}),
    _act(events.CommitmentDelegated, {"to": st.sampled_from(["most", "cu"]), **_of_promise}),
    _act(events.CommitmentRescheduled, {"due": _later, **_of_promise}),
    _act(events.PartySucceeded, {"party": st.just("fr"), "by": st.just("mesr")}),
    _act(
        events.StatementMade,
        {"text": st.just("a"), **_in_vnfr},
        fulfils=_promise,
        realises=_proposal,
        meets=st.just("c1/money"),
    ),
)
