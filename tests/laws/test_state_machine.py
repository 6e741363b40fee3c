"""Random valid and invalid acts on a real ledger, against the plain model of `model.py`."""

from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from coopledger import events
from coopledger.errors import RefusedError
from coopledger.events import InstrumentRegistered
from coopledger.stores import MemoryStore
from coopledger.values import Renewal
from tests.builders import build_event, office, rows
from tests.laws.model import INSTRUMENTS, PROPOSALS, Act, Model, bounds, effect_day

FIRST, LAST = date(2015, 1, 1).toordinal(), date(2019, 12, 31).toordinal()

exact = st.integers(FIRST, LAST).map(lambda day: date.fromordinal(day).isoformat())
fuzzy = st.one_of(exact.map(lambda text: text[:7]), exact.map(lambda text: text[:4]))
whens = st.one_of(exact, exact, exact, exact, fuzzy)
later = st.sampled_from(["2016-06-30", "2017", "2018-06", "2019-12-31", "2022"])
texts = st.sampled_from(sorted(INSTRUMENTS))
proposals = st.sampled_from(sorted(PROPOSALS))
promises = st.sampled_from(["c1", "c2"])
meetings = st.sampled_from(["m1", "m2"])
states = st.sampled_from(["vn", "fr"])
maybe = st.booleans()


def mapping(
    required: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]
) -> st.SearchStrategy[Act]:
    return st.fixed_dictionaries({"when": whens, **required}, optional=optional)


def kinds(*names: str) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


on_text = mapping(
    {
        "type": kinds(
            "NegotiationOpened",
            "NegotiationConcluded",
            "NegotiationBrokenOff",
            "InstrumentInitialled",
            "InstrumentSuspended",
            "InstrumentResumed",
            "TerminationNoticeWithdrawn",
            "InstrumentTerminated",
            "InstrumentCompleted",
        ),
        "instrument": texts,
    },
    effective=exact,
)
signing = mapping(
    {"type": st.just("InstrumentSigned"), "instrument": texts},
    signers=st.sampled_from([["vn"], ["fr"], ["most"], ["vn", "mesr"], ["vn", "cu"]]),
    until=later,
)
taking_effect = mapping(
    {
        "type": kinds("InstrumentProvisionallyApplied", "InstrumentEnteredIntoForce"),
        "instrument": texts,
    },
    effective=exact,
    until=later,
)
prolonging = st.one_of(
    mapping({"type": st.just("InstrumentExtended"), "instrument": texts, "until": later}),
    mapping(
        {
            "type": st.just("InstrumentExtended"),
            "instrument": texts,
            "years": st.integers(1, 3),
        },
        effective=exact,
    ),
)
notice = mapping(
    {
        "type": st.just("TerminationNotified"),
        "instrument": texts,
        "by": states.map(lambda state: [state]),
        "ends": later,
    }
)
putting = mapping(
    {"type": kinds("InterestExpressed", "ProposalMade"), "proposal": proposals},
    effective=exact,
    counter_to=proposals,
)
answering = mapping(
    {
        "type": kinds(
            "ProposalAcknowledged",
            "ProposalCountered",
            "ProposalAgreedInPrinciple",
            "ProposalAccepted",
            "ProposalDeclined",
            "ProposalWithdrawn",
        ),
        "proposal": proposals,
        "by": states.map(lambda state: [state]),
    },
    effective=exact,
)
announcing = mapping(
    {
        "type": kinds("MeetingScheduled", "MeetingPostponed", "MeetingCancelled", "MeetingHeld"),
        "meeting": meetings,
    },
    planned=later,
)
promising = mapping(
    {"commitment": promises, "creditors": st.sampled_from([["fr"], ["fr", "cu"]])},
    effective=exact,
    due=later,
    due_meeting=meetings,
    conditions=st.just(["money"]),
    depends_on=st.sampled_from([["q1"], ["q2"], ["c1"]]),
    under=texts,
    survives=maybe,
    standing=maybe,
)
keeping = mapping(
    {
        "type": kinds(
            "CommitmentFulfilled",
            "CommitmentProgressed",
            "CommitmentReleased",
            "CommitmentCancelled",
            "CommitmentRescheduled",
            "CommitmentDelegated",
            "ConditionMet",
            "ConditionFailed",
        ),
        "commitment": promises,
    },
    effective=exact,
)
stating = mapping(
    {},
    effective=exact,
    fulfils=promises.map(lambda name: [name]),
    realises=proposals.map(lambda name: [name]),
    meets=promises.map(lambda name: [f"{name}/money"]),
)

# What an event type needs beside the fields drawn.
NEEDS: dict[str, dict[str, Any]] = {
    "ProposalMade": {"text": "a"},
    "MeetingScheduled": {"kind": "talks", "partnership": "vnfr"},
    "MeetingHeld": {"kind": "talks", "partnership": "vnfr"},
    "StatementMade": {"text": "a", "partnership": "vnfr"},
    "CommitmentMade": {"what": "a", "partnership": "vnfr", "debtors": ["vn"]},
    "CommitmentRescheduled": {"due": "2018-06-30"},
    "CommitmentDelegated": {"to": ["most"]},
    "ConditionMet": {"condition": "money"},
    "ConditionFailed": {"condition": "money"},
}


def registered() -> list[InstrumentRegistered]:
    """The texts of the model as a ledger registers them."""
    return [
        InstrumentRegistered(
            instrument=name,
            partnership="vnfr",
            kind=about["kind"],
            renewal=Renewal(tacit=True, years=about["years"]) if "years" in about else None,
            supersedes=about.get("supersedes", ()),
            state=about.get("state"),
            until=about.get("until"),
        )
        for name, about in INSTRUMENTS.items()
    ]


class Office(RuleBasedStateMachine):
    """One partnership in the model and on a ledger."""

    def __init__(self) -> None:
        super().__init__()
        self.store = MemoryStore()
        self.ledger = office(*registered(), store=self.store)
        self.model = Model()
        self.number = 0
        self.days = {FIRST}

    def play(self, act: Act) -> None:
        """Offers the act; the ledger refuses it exactly where the model does."""
        self.number += 1
        act = {"id": f"a{self.number}", **NEEDS.get(act["type"], {}), **act}
        refusal = self.model.refusal(act)
        before = rows(self.store)
        event = build_event(
            getattr(events, act["type"]), {k: v for k, v in act.items() if k != "type"}
        )
        try:
            self.ledger.record(event)
            codes: set[str | None] = {None}
        except RefusedError as error:
            codes = {finding.code for finding in error.findings}
        assert refusal in codes, f"the model says {refusal}, the ledger {codes}"
        if refusal is not None:
            assert rows(self.store) == before
        else:
            self.model.record(act)
            self.days |= {effect_day(act), bounds(act["when"])[1] - 1}

    @rule(act=on_text)
    def act_on_a_text(self, act: Act) -> None:
        self.play(act)

    @rule(act=signing)
    def sign(self, act: Act) -> None:
        partial = set(act.get("signers", ())) in ({"vn"}, {"fr"}, {"most"})
        if partial:
            act.pop("until", None)
        self.play(act)

    @rule(act=taking_effect)
    def take_effect(self, act: Act) -> None:
        self.play(_lasting(act))

    @rule(act=prolonging)
    def prolong(self, act: Act) -> None:
        act = _lasting(act)
        self.play(act if "until" in act else {"years": 1, **act})

    @rule(act=notice)
    def give_notice(self, act: Act) -> None:
        self.play(act)

    @rule(act=putting)
    def put(self, act: Act) -> None:
        proposer, text = PROPOSALS[act["proposal"]]
        act |= {"by": [proposer], "partnership": "vnfr"}
        if text is not None:
            act["instrument"] = text
        other = act.get("counter_to") != act["proposal"] and self.model.is_put_before(act)
        if act["type"] == "InterestExpressed" or not other:
            act.pop("counter_to", None)
        self.play(act)

    @rule(act=answering)
    def answer(self, act: Act) -> None:
        self.play(act)

    @rule(act=announcing)
    def meet(self, act: Act) -> None:
        if act["type"] in {"MeetingCancelled", "MeetingHeld"}:
            act.pop("planned", None)
        self.play(act)

    @rule(act=promising)
    def promise(self, act: Act) -> None:
        act = {"type": "CommitmentMade", **act}
        if "due" in act:
            act.pop("due_meeting", None)
        if act.get("depends_on") == [act["commitment"]]:
            act.pop("depends_on")
        self.play(act)

    @rule(act=keeping, by=st.sampled_from(["vn", "fr", "cu", "most"]))
    def keep(self, act: Act, by: str) -> None:
        if act["type"] in {"CommitmentReleased", "CommitmentCancelled"}:
            act["by"] = [by]
        self.play(act)

    @rule(act=stating)
    def state(self, act: Act) -> None:
        self.play({"type": "StatementMade", **act})

    @rule(when=exact)
    def close(self, when: str) -> None:
        self.play({"type": "PartnershipClosed", "partnership": "vnfr", "when": when})

    @rule()
    def foretell(self) -> None:
        self.play({"type": "StatementMade", "when": "2030-01-02"})

    @precondition(lambda self: any(_follows(act) for act in self.model.log))
    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        act = data.draw(st.sampled_from([act for act in self.model.log if _follows(act)]))
        self.ledger.record(events.EventRetracted(target=act["id"], reason="a"))
        self.model.retract(act["id"])

    @rule(day=st.integers(FIRST - 1, LAST + 1500), hindsight=maybe)
    def look(self, day: int, *, hindsight: bool) -> None:
        self.compare(day, hindsight=hindsight)

    @invariant()
    def agree_on_the_last_days_of_change(self) -> None:
        for day in sorted(self.days)[-3:]:
            self.compare(day, hindsight=True)

    def teardown(self) -> None:
        for day in self.days:
            self.compare(day, hindsight=True)
            self.compare(day, hindsight=False)

    def compare(self, day: int, *, hindsight: bool) -> None:
        """Both say the same of the day."""
        modelled = self.modelled(day, hindsight=hindsight)
        view = self.ledger.view(date.fromordinal(day), hindsight=hindsight)
        said = {
            "vnfr": view.partnership("vnfr").stage,
            **{item.id: item.state for item in view.instruments()},
            **{item.id: item.status for item in view.proposals()},
            **{item.id: item.status for item in view.meetings()},
            **{item.id: item.status for item in view.commitments(open=None)},
        }
        differ = {
            name: (expected, str(said.get(name, "none")))
            for name, expected in modelled.items()
            if said.get(name, "none") != expected
        }
        assert not differ, f"on {view.on}, the model and the ledger: {differ}"

    def modelled(self, day: int, *, hindsight: bool) -> dict[str, str]:
        """What the model says of everything on the day."""
        model, acts = self.model, self.model.until(day, hindsight=hindsight)
        return {
            "vnfr": model.stage(acts, day),
            **{name: model.instrument(name, acts, day).state for name in INSTRUMENTS},
            **{name: model.proposal(name, acts) for name in PROPOSALS},
            **{name: model.meeting(name, acts, day)[0] for name in ("m1", "m2")},
            **{name: model.commitment(name, acts, day) for name in ("c1", "c2")},
        }


def _follows(act: Act) -> bool:
    """Whether the act opens nothing, so that nothing is left hanging without it."""
    opens = {"InterestExpressed", "ProposalMade", "MeetingScheduled", "MeetingHeld"}
    return act["type"] not in {*opens, "CommitmentMade"}


def _lasting(act: Act) -> Act:
    """The act without a term that is over before it begins."""
    over = "until" in act and bounds(act["until"])[1] < effect_day(act)
    return {name: value for name, value in act.items() if name != "until" or not over}


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=max(5, settings().max_examples), stateful_step_count=25)
