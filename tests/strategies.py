"""Hypothesis strategies for every event type, and for histories that a ledger may hold.

A new event type needs a line in `CLASSES`, and a new field one in `FIELDS`.
"""

from datetime import date, timedelta

import attrs
from hypothesis import strategies as st

from coopledger import events
from coopledger.countries import CODES
from coopledger.events import Event
from coopledger.terms import (
    Basis,
    CommitmentFirmness,
    Force,
    InstrumentKind,
    InstrumentState,
    PartyKind,
    ProposalFirmness,
    Role,
)
from tests.builders import made
from tests.laws.dated_texts import dated

__all__ = [
    "ACTS",
    "CLASSES",
    "EVENTS",
    "GIVEN",
    "OPENINGS",
    "any_event",
    "days",
    "ids",
    "json_values",
    "texts",
]

# Texts that have broken somebody's reader: line ends that are none in JSON, letters that two
# normal forms write differently, signs that JSON escapes, and words that look like values.
NASTY = (
    "a\u2028b",
    "a\u2029b",
    "a\x85b",
    "a\r\nb",
    "\x00",
    "\x1f\x7f",
    "Hà Nội",
    "Ha\u0300 No\u0323\u0302i",
    "\u202eright to left",
    "\ufeffmark",
    "\U0001f91d\U0001f3fd",
    "\uffff\U0010ffff",
    '"quoted" \\ back/slash',
    "null",
    "NaN",
    "1e999",
    "2022-08-16",
    "x" * 300,
)
_letters = st.characters(exclude_categories=["Cs"])
_printed = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(_letters, min_size=1, max_size=20).filter(lambda text: not text.isspace()),
)
_short_ids = st.one_of(
    st.sampled_from(["vistip-ccifv", "Hà Nội", "a/b c", "\U0001f91d"]),
    st.text(_printed, min_size=1, max_size=20).filter(
        lambda text: not (text[0].isspace() or text[-1].isspace())
    ),
)
ids = st.one_of(_short_ids, _short_ids, st.just("x" * 200))
dates = dated.map(lambda found: found.text)
countries = st.sampled_from(sorted(CODES))
flags = st.booleans()
wholes = st.one_of(st.integers(0, 100), st.integers(0, 2**53))
json_values: st.SearchStrategy[object] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(_letters, max_size=10),
        texts,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
mappings = st.dictionaries(texts, json_values, max_size=3)


def several(one: st.SearchStrategy[str], *, least: int = 0) -> st.SearchStrategy[list[str]]:
    """A list without repetition."""
    return st.lists(one, min_size=least, max_size=3, unique=True)


def either(
    required: dict[str, st.SearchStrategy[object]],
    **optional: st.SearchStrategy[object],
) -> st.SearchStrategy[dict[str, object]]:
    """A mapping of fields, those that may be missing with or without."""
    return st.fixed_dictionaries(required, optional=optional)


_sources = either(
    {},
    publisher=texts,
    title=texts,
    address=texts,
    author=texts,
    published=dates,
    retrieved=dates,
    locator=texts,
    quote=texts,
    basis=st.sampled_from(Basis),
)
_participants = either({}, person=texts, post=texts, party=ids, role=st.sampled_from(Role))
_places = either({"name": texts}, country=countries)
_renewals = either({}, tacit=flags, years=st.integers(1, 100), notice_months=st.integers(0, 100))
_conditions = either({"id": ids.map(lambda name: name.replace("/", "-"))}, text=texts)
_amounts = either(
    {
        "value": st.from_regex(r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,4})?", fullmatch=True),
        "currency": st.sampled_from(["EUR", "VND", "USD"]),
    }
)

# A field of this name is read so in every event class, but for the exceptions below.
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "acronyms": several(texts),
    "alternative": st.one_of(wholes, texts),
    "amount": _amounts,
    "at_meeting": ids,
    "by": several(ids, least=1),
    "by_instrument": ids,
    "changes": mappings,
    "commitment": ids,
    "condition": ids,
    "conditions": st.lists(_conditions, max_size=3, unique_by=lambda found: found["id"]),
    "counter_to": ids,
    "country": countries,
    "creates": several(ids),
    "creditors": several(ids, least=1),
    "debtors": several(ids, least=1),
    "depends_on": several(ids),
    "dormant_after": wholes,
    "due": dates,
    "due_meeting": ids,
    "due_text": texts,
    "effective": dates,
    "ends": dates,
    "evidence": several(texts),
    "ext": mappings,
    "extends": ids,
    "field": texts,
    "figure": ids,
    "firmness": st.sampled_from(CommitmentFirmness),
    "force": st.sampled_from(Force),
    "founded": dates,
    "fulfils": several(ids),
    "host": ids,
    "id": ids,
    "identifiers": mappings,
    "implements": ids,
    "in_force": flags,
    "inferred": several(texts),
    "instrument": ids,
    "kind": texts,
    "kinds": several(st.sampled_from(InstrumentKind)),
    "legal_regime": texts,
    "measure": texts,
    "meeting": ids,
    "meets": several(st.builds("{}/{}".format, _short_ids, st.sampled_from(["money", "visa"]))),
    "missing_signers": several(ids),
    "mutual": flags,
    "name": texts,
    "not_before": dates,
    "note": texts,
    "number": st.integers(1, 1000),
    "other_names": several(texts),
    "owner": texts,
    "parent": ids,
    "participants": st.lists(_participants, max_size=2, unique_by=repr),
    "parties": several(ids),
    "partners": several(texts),
    "partnership": ids,
    "party": ids,
    "percent": st.integers(0, 100),
    "period": dates,
    "place": _places,
    "planned": dates,
    "proposal": ids,
    "realises": several(ids),
    "reason": texts,
    "recorded_by": texts,
    "renewal": _renewals,
    "result": texts,
    "round": st.integers(1, 1000),
    "scope": texts,
    "series": ids,
    "signers": several(ids),
    "source": st.lists(_sources, max_size=2, unique_by=repr),
    "standing": flags,
    "state": st.sampled_from(InstrumentState),
    "subject": ids,
    "summary": texts,
    "supersedes": several(ids),
    "survives": flags,
    "tacit": flags,
    "tags": several(texts),
    "target": ids,
    "text": texts,
    "title": texts,
    "to": several(ids, least=1),
    "topics": several(texts),
    "under": ids,
    "until": dates,
    "value": st.one_of(wholes, texts),
    "what": texts,
    "when": dates,
    "within": ids,
    "witnesses": several(texts),
    "years": st.integers(1, 100),
}
EXCEPTIONS: dict[tuple[type[Event], str], st.SearchStrategy[object]] = {
    (events.PartyRegistered, "kind"): st.sampled_from(PartyKind),
    (events.InstrumentRegistered, "kind"): st.sampled_from(InstrumentKind),
    (events.ProposalMade, "firmness"): st.sampled_from(ProposalFirmness),
    (events.StatusReported, "state"): texts,
    (events.StatementMade, "by"): several(texts),
    (events.NoteAdded, "subject"): several(ids, least=1),
}

CLASSES: tuple[type[Event], ...] = (
    events.PartyRegistered,
    events.PartyRenamed,
    events.PartySucceeded,
    events.PartnershipOpened,
    events.PartnershipClosed,
    events.MeetingScheduled,
    events.MeetingPostponed,
    events.MeetingCancelled,
    events.MeetingHeld,
    events.InterestExpressed,
    events.ProposalMade,
    events.ProposalAcknowledged,
    events.ProposalCountered,
    events.ProposalAgreedInPrinciple,
    events.ProposalAccepted,
    events.ProposalDeclined,
    events.ProposalWithdrawn,
    events.InstrumentRegistered,
    events.NegotiationOpened,
    events.NegotiationConcluded,
    events.NegotiationBrokenOff,
    events.InstrumentInitialled,
    events.InstrumentApproved,
    events.InstrumentRatified,
    events.InstrumentSigned,
    events.InstrumentProvisionallyApplied,
    events.InstrumentEnteredIntoForce,
    events.InstrumentExtended,
    events.InstrumentRenewed,
    events.InstrumentAmended,
    events.InstrumentSuspended,
    events.InstrumentResumed,
    events.TerminationNotified,
    events.TerminationNoticeWithdrawn,
    events.InstrumentTerminated,
    events.InstrumentCompleted,
    events.ImplementationReported,
    events.MilestoneReached,
    events.StatusReported,
    events.CommitmentMade,
    events.ConditionMet,
    events.ConditionFailed,
    events.CommitmentProgressed,
    events.CommitmentFulfilled,
    events.CommitmentReleased,
    events.CommitmentCancelled,
    events.CommitmentDelegated,
    events.CommitmentAssigned,
    events.CommitmentRescheduled,
    events.FigureReported,
    events.StatementMade,
    events.NoteAdded,
    events.EventCorrected,
    events.EventRetracted,
    events.SourceAdded,
    events.FactDisputed,
)


@st.composite
def _event(draw: st.DrawFn, cls: type[Event]) -> Event:
    """An event of the class, each field that may be missing given or not."""
    given: dict[str, object] = {}
    for field in attrs.fields(cls):
        required = field.default is attrs.NOTHING or field.name == "id"
        if required or draw(flags):
            given[field.name] = draw(EXCEPTIONS.get((cls, field.name), FIELDS[field.name]))
    return made(cls, given)


EVENTS: dict[type[Event], st.SearchStrategy[Event]] = {cls: _event(cls) for cls in CLASSES}
any_event = st.one_of(list(EVENTS.values()))

# --- histories: acts on a few things, so that they meet each other

FIRST_DAY = date(2015, 1, 1)
DAYS = 6 * 365
days = st.integers(0, DAYS).map(lambda number: FIRST_DAY + timedelta(number))
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

# What every history begins with, after `builders.WORLD`.
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
    ).map(lambda given: made(cls, given))


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
