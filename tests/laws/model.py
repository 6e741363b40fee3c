"""A plain model of one partnership: dictionaries, lists, and the sentences of the domain.

It knows nothing of the package. An act is a dictionary with the name of its event type and its
fields as texts. Every question is answered by folding all acts from the beginning; every act is
judged by the state just before its own place. The table of instrument states is the domain's own.
"""

import calendar
from datetime import date
from typing import Any

from tests.unit.rules.instrument_table import CELLS, LADDER

__all__ = ["INSTRUMENTS", "PROPOSALS", "Act", "Model", "bounds", "effect_day"]

Act = dict[str, Any]

VN, FR = "vn", "fr"
CHILDREN = {"most": VN, "mesr": FR}
ON_SIGNATURE = {"mou", "project"}
OVERRUNS = {"project"}
IN_EFFECT = {"provisional", "in_force", "terminating"}
GONE = {"terminated", "superseded", "completed", "abandoned"}
ENDED = {*GONE, "expired"}
OPEN_PROPOSAL = {"open", "under_consideration", "countered", "agreed_in_principle"}
CLOSED_PROPOSAL = {"accepted", "declined", "withdrawn", "realised"}

# The texts of the partnership: kind, years of tacit renewal, what they replace, background.
INSTRUMENTS: dict[str, dict[str, Any]] = {
    "old": {"kind": "mou", "state": "in_force", "until": "2017-06-30"},
    "mou": {"kind": "mou", "supersedes": "old"},
    "treaty": {"kind": "agreement", "years": 2},
    "plan": {"kind": "project"},
}

# The proposals that may be put: by whom, and on which text.
PROPOSALS: dict[str, tuple[str, str | None]] = {
    "q1": (VN, "treaty"),
    "q2": (FR, None),
    "q3": (VN, "mou"),
}

COLUMN = {
    "InterestExpressed": "Interest / ProposalMade on it",
    "ProposalMade": "Interest / ProposalMade on it",
    "NegotiationOpened": "NegotiationOpened, AgreedInPrinciple",
    "ProposalAgreedInPrinciple": "NegotiationOpened, AgreedInPrinciple",
    "NegotiationConcluded": "NegotiationConcluded, ProposalAccepted",
    "ProposalAccepted": "NegotiationConcluded, ProposalAccepted",
    "InstrumentInitialled": "Initialled",
    "InstrumentSigned": "Signed",
    "InstrumentProvisionallyApplied": "ProvisionallyApplied",
    "InstrumentEnteredIntoForce": "EnteredIntoForce",
    "InstrumentExtended": "Extended / Renewed",
    "InstrumentSuspended": "Suspended",
    "TerminationNotified": "TerminationNotified",
    "InstrumentTerminated": "Terminated",
    "InstrumentCompleted": "Completed",
    "NegotiationBrokenOff": "BrokenOff",
}
ANSWERS = {
    "ProposalAcknowledged": "under_consideration",
    "ProposalCountered": "countered",
    "ProposalAgreedInPrinciple": "agreed_in_principle",
    "ProposalAccepted": "accepted",
    "ProposalDeclined": "declined",
    "ProposalWithdrawn": "withdrawn",
}
PUTS = {"InterestExpressed", "ProposalMade"}
PLAN = {
    "MeetingScheduled": "scheduled",
    "MeetingPostponed": "postponed",
    "MeetingCancelled": "cancelled",
}


# --- days, as ordinals


def bounds(text: str) -> tuple[int, int]:
    """The first and the last day of a year, a month or a day."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1).toordinal(), date(parts[0], 12, 31).toordinal()
    if len(parts) == 2:
        year, month = parts
        last = calendar.monthrange(year, month)[1]
        return date(year, month, 1).toordinal(), date(year, month, last).toordinal()
    day = date(*parts).toordinal()
    return day, day


def last_day(text: str | None) -> int | None:
    return bounds(text)[1] if text else None


def years_later(day: int, years: int) -> int:
    """The same day of a later year; 29 February becomes 28 where there is none."""
    found = date.fromordinal(day)
    length = calendar.monthrange(found.year + years, found.month)[1]
    return date(found.year + years, found.month, min(found.day, length)).toordinal()


def act_day(act: Act) -> int:
    return bounds(act["when"])[1]


def effect_day(act: Act) -> int:
    return bounds(act.get("effective") or act["when"])[1]


class Model:
    """What was recorded, in the order of recording; what was retracted is taken out."""

    def __init__(self) -> None:
        self.log: list[Act] = []
        self.recorded = 0

    def record(self, act: Act) -> None:
        self.recorded += 1
        self.log.append(act | {"position": self.recorded})

    def retract(self, name: str) -> None:
        self.recorded += 1
        self.log = [act for act in self.log if act["id"] != name]

    def find(self, **wanted: str) -> list[Act]:
        """Everything on record with these fields, in any order."""
        return [act for act in self.log if wanted.items() <= act.items()]

    # --- the acts that count, in the order of replay

    def _place(self, act: Act) -> tuple[int, int, int]:
        return effect_day(act), act_day(act), act.get("position", self.recorded + 1)

    def until(self, day: int, *, hindsight: bool = True) -> list[Act]:
        """What counts by the day; without hindsight a later act does not say the text either."""
        counts = [
            act for act in self.log if effect_day(act) <= day and (hindsight or act_day(act) <= day)
        ]
        said = {
            act["proposal"]
            for act in self.log
            if act["type"] in PUTS and (hindsight or act_day(act) <= day)
        }
        told = (act | {"on_text": act.get("proposal") in said} for act in counts)
        return sorted(told, key=self._place)

    def before(self, act: Act) -> list[Act]:
        """What counts just before the act's own place."""
        return sorted(
            (other for other in self.log if self._place(other) < self._place(act)), key=self._place
        )

    # --- instruments

    def instrument(self, name: str, acts: list[Act], day: int) -> "Text":
        """The life of a text up to the day."""
        replaced = None
        for newer, about in INSTRUMENTS.items():
            if about.get("supersedes") == name:
                replaced = self._fold_text(newer, acts, day, None).first_effect
        return self._fold_text(name, acts, day, replaced)

    def _fold_text(self, name: str, acts: list[Act], day: int, replaced: int | None) -> "Text":
        text = Text(name, replaced)
        for number, act in enumerate(acts):
            proposal = act.get("proposal")
            if proposal and not act.get("on_text", True):
                continue
            if (PROPOSALS[proposal][1] if proposal else act.get("instrument")) != name:
                continue
            text.pass_to(effect_day(act))
            before = self.proposal(proposal, acts[:number]) if proposal else None
            if before in CLOSED_PROPOSAL:
                continue  # What is closed stays closed, and moves nothing.
            text.do(act, opens=before == "none", wished=self._wished(name, acts[: number + 1]))
        text.pass_to(day)
        return text

    def _wished(self, name: str, acts: list[Act]) -> bool:
        """Whether some proposal on the text is neither declined nor withdrawn."""
        on_it = [proposal for proposal, (_, text) in PROPOSALS.items() if text == name]
        gone = {"none", "declined", "withdrawn"}
        return any(self.proposal(proposal, acts) not in gone for proposal in on_it)

    # --- proposals

    def proposal(self, name: str, acts: list[Act]) -> str:
        """The status of a proposal after the acts."""
        status = "none"
        for act in acts:
            if act.get("proposal") == name and act["type"] in PUTS:
                status = "open" if status == "none" else status
            elif act.get("counter_to") == name:
                status = step(status, "countered")
            elif act.get("proposal") == name:
                status = step(status, ANSWERS[act["type"]])
            elif name in act.get("realises", ()) and status not in {"declined", "withdrawn"}:
                status = "realised"
        return status

    # --- meetings

    def meeting(self, name: str, acts: list[Act], day: int) -> tuple[str, Act | None]:
        """The status of a meeting at the end of the day, and the act that held it."""
        status, planned, held = "none", None, None
        for act in acts:
            if act.get("meeting") != name or held:
                continue
            if act["type"] == "MeetingHeld":
                status, held = "held", act
            elif act["type"] in PLAN:
                status = PLAN[act["type"]]
                if act["type"] != "MeetingCancelled":
                    planned = last_day(act.get("planned"))
        if status in {"scheduled", "postponed"} and planned is not None and planned < day:
            status = "unrecorded"
        return status, held

    # --- commitments

    def commitment(self, name: str, acts: list[Act], day: int) -> str:
        """The first rule that matches."""
        facts = Promise(name, acts)
        made = facts.made
        if made is None:
            return "none"
        ended = self._ended(made, acts, day)
        meeting, held = self.meeting(made.get("due_meeting", ""), acts, day)
        due: int | None = facts.due
        if due is None and held:
            due = act_day(held)
        waits = "due_meeting" in made and meeting != "held"
        waits = waits or any(self._open(other, acts, day) for other in made.get("depends_on", ()))
        rules: dict[str, bool] = {
            "fulfilled": bool(facts.fulfilled),
            "released": bool(facts.released),
            "cancelled": bool(facts.cancelled),
            "expired": bool(facts.failed or ended),
            "conditional": not facts.met.issuperset(made.get("conditions", ())),
            "blocked": due is None and waits,
            "overdue": due is not None and due < day,
            "due_soon": due is not None and due - day <= 30,
            "standing": bool(made.get("standing")),
            "pending": True,
        }
        return next(status for status, holds in rules.items() if holds)

    def _ended(self, made: Act, acts: list[Act], day: int) -> bool:
        """Whether it ended with its instrument."""
        if "under" not in made or made.get("survives"):
            return False
        return self.instrument(made["under"], acts, day).state in ENDED

    def _closed(self, name: str, acts: list[Act], day: int) -> bool:
        """Whether a commitment is closed, be it before the last day of a fuzzy making."""
        facts = Promise(name, acts)
        if facts.made is not None and self._ended(facts.made, acts, day):
            return True
        return facts.released or facts.fulfilled or facts.cancelled or facts.failed

    def _open(self, name: str, acts: list[Act], day: int) -> bool:
        """Whether a proposal or a commitment is open."""
        if name in PROPOSALS:
            return self.proposal(name, acts) in OPEN_PROPOSAL
        made = Promise(name, acts).made is not None
        return made and not self._closed(name, acts, day)

    # --- the stage

    def stage(self, acts: list[Act], day: int) -> str:
        """The first of the nine rules that matches."""
        texts = [self.instrument(name, acts, day) for name in INSTRUMENTS]
        states = {text.state for text in texts} - {"none"}
        closings = [effect_day(act) for act in acts if act["type"] == "PartnershipClosed"]
        endings = [text.since for text in texts if text.state in GONE] + closings
        later = [
            put
            for name in PROPOSALS
            if self.proposal(name, acts) in OPEN_PROPOSAL
            for put in self._put(name, acts)
            if put > max(endings, default=0)
        ]
        rules = {
            "active": states & IN_EFFECT,
            "suspended": "suspended" in states,
            "signed": "signed" in states,
            "negotiating": states & {"negotiating", "agreed", "initialled"},
            "lapsed": "expired" in states,
            "exploring": "contemplated" in states or later,
            "ended": (states and states <= GONE) or closings,
            "contact": acts,
            "none": True,
        }
        return next(stage for stage, holds in rules.items() if holds)

    def _put(self, name: str, acts: list[Act]) -> list[int]:
        """The day on which a proposal was put, or last answered where nobody recorded that."""
        own = [act for act in acts if act.get("proposal") == name]
        made = [effect_day(act) for act in own if act["type"] == "ProposalMade"]
        if made or any(act["type"] in PUTS for act in own):
            return made
        changes = [
            effect_day(act)
            for number, act in enumerate(acts)
            if self.proposal(name, acts[:number]) != self.proposal(name, acts[: number + 1])
        ]
        return changes[-1:]

    def is_put_before(self, act: Act) -> bool:
        """Whether what the act counters is put at its place."""
        return self.proposal(act.get("counter_to", ""), self.before(act)) != "none"

    # --- may it be recorded?

    def refusal(self, act: Act) -> str | None:
        """The code for which the act is refused, if it is."""
        past, day = self.before(act), effect_day(act)
        for judge in (
            self._general,
            self._on_instrument,
            self._on_proposal,
            self._on_meeting,
            self._on_commitment,
        ):
            code = judge(act, past, day)
            if code:
                return code
        return None

    def _general(self, act: Act, _: list[Act], __: int) -> str | None:
        if bounds(act["when"])[0] > date(2030, 1, 1).toordinal():
            return "E101"
        unknown = [
            name
            for field, opens in (
                ("meeting", {"MeetingScheduled", "MeetingHeld"}),
                ("commitment", {"CommitmentMade"}),
            )
            for name in [act.get(field)]
            if name and act["type"] not in opens and not self._opened(field, name, opens)
        ]
        unknown += [
            name
            for name in (*act.get("realises", ()), *given(act, "counter_to"))
            if not self._opened("proposal", name, {*PUTS, *ANSWERS})
        ]
        unknown += [
            name
            for name in (*act.get("fulfils", ()), *(m.split("/")[0] for m in act.get("meets", ())))
            if not self._opened("commitment", name, {"CommitmentMade"})
        ]
        if act["type"] == "CommitmentMade":
            unknown += [
                name
                for name in act.get("depends_on", ())
                if not self._opened("proposal", name, {*PUTS, *ANSWERS})
                and not self._opened("commitment", name, {"CommitmentMade"})
            ]
            unknown += [
                name
                for name in given(act, "due_meeting")
                if not self._opened("meeting", name, {"MeetingScheduled", "MeetingHeld"})
            ]
        return "E102" if unknown else None

    def _opened(self, field: str, name: str, opens: set[str]) -> bool:
        return any(act["type"] in opens for act in self.find(**{field: name}))

    def _on_instrument(self, act: Act, past: list[Act], day: int) -> str | None:
        kind = act["type"]
        name = act.get("instrument")
        if kind in ANSWERS and self.find(proposal=act["proposal"]):
            name = PROPOSALS[act["proposal"]][1]
        if name is None:
            return None
        text = self.instrument(name, past, day)
        if kind == "InstrumentSigned":
            if set(act.get("signers", ())) - {VN, FR, *CHILDREN}:
                return "E503"
            if "until" in act and bounds(act["until"])[1] < bounds(act["when"])[0]:
                return "E504"
        if kind == "InstrumentInitialled" and text.complete:
            return "E502"
        if kind == "InstrumentEnteredIntoForce":
            signed = [
                bounds(other["when"])[0]
                for other in self.find(type="InstrumentSigned", instrument=name)
            ]
            if signed and bounds(act["when"])[1] < min(signed):
                return "E505"
        if kind == "InstrumentExtended":
            new, old = text.prolonged(act), text.end
            if old is not None and new is not None and new <= old:
                return "E506"
        if kind == "TerminationNotified" and bounds(act["ends"])[1] < bounds(act["when"])[0]:
            return "E507"
        if kind == "TerminationNoticeWithdrawn" and text.notice is None:
            return "E508"
        opens = kind in ANSWERS and self.proposal(act["proposal"], past) == "none"
        said = CELLS.get((text.state, column(kind, opens=opens)), "=")
        return said if said.startswith("E") else None

    def _on_proposal(self, act: Act, past: list[Act], _: int) -> str | None:
        kind, name = act["type"], act.get("proposal")
        for other in act.get("realises", ()):
            if self.proposal(other, past) in {"declined", "withdrawn"}:
                return "E404"
        if self.proposal(act.get("counter_to", ""), past) in CLOSED_PROPOSAL:
            return "E404"
        if name is None:
            return None
        known = self.find(proposal=name)
        closed = self.proposal(name, past) in CLOSED_PROPOSAL
        if kind == "ProposalMade" and any(other["type"] == kind for other in known):
            return "E402"
        if kind in ANSWERS and not known and not ({"partnership", "instrument"} & act.keys()):
            return "E403"
        if closed:
            return "E404"
        proposers = {other["by"][0] for other in known if other["type"] in PUTS}
        if kind == "ProposalWithdrawn" and proposers and not proposers & set(act["by"]):
            return "E405"
        return None

    def _on_meeting(self, act: Act, past: list[Act], day: int) -> str | None:
        name = act.get("meeting")
        if name is None:
            return None
        held = self.find(meeting=name, type="MeetingHeld")
        if act["type"] == "MeetingHeld" and held:
            return "E303"
        is_held = self.meeting(name, past, day)[0] == "held"
        if act["type"] in {"MeetingPostponed", "MeetingCancelled"} and is_held:
            return "E302"
        return None

    def _on_commitment(self, act: Act, past: list[Act], day: int) -> str | None:
        kind, name = act["type"], act.get("commitment")
        if kind == "CommitmentMade":
            return "E603" if self.find(commitment=name or "", type=kind) else None
        for other, condition in (item.split("/") for item in act.get("meets", ())):
            if condition not in self._made(other).get("conditions", ()):
                return "E604"
        for other in act.get("fulfils", ()):
            if self._closed(other, past, day):
                return "E605"
            if bounds(act["when"])[1] < bounds(self._made(other)["when"])[0]:
                return "E606"
        if name is None:
            return None
        made, facts = self._made(name), Promise(name, past)
        if kind in {"ConditionMet", "ConditionFailed"}:
            return None if act["condition"] in made.get("conditions", ()) else "E604"
        if self._closed(name, past, day):
            return "E605"
        if kind == "CommitmentFulfilled" and bounds(act["when"])[1] < bounds(made["when"])[0]:
            return "E606"
        debtors = facts.debtors or made["debtors"]
        creditors = [name for name in made["creditors"] if name not in facts.let_off]
        if kind == "CommitmentReleased" and set(act["by"]) - set(creditors):
            return "E607"
        if kind == "CommitmentCancelled" and set(act["by"]) - set(debtors):
            return "E608"
        if kind == "CommitmentDelegated" and set(act["to"]) == set(creditors):
            return "E609"
        return None

    def _made(self, name: str) -> Act:
        return next(iter(self.find(commitment=name, type="CommitmentMade")), Act())


class Text:
    """An instrument while its acts are folded: one state below, and what lies over it."""

    def __init__(self, name: str, replaced: int | None) -> None:
        about = INSTRUMENTS[name]
        self.kind: str = about["kind"]
        self.years: int | None = about.get("years")
        self.replaced = replaced
        self.base: str = about.get("state", "none")
        self.over: list[str] = []  # suspended, terminating; the last one shows
        self.since = 0
        self.first_effect: int | None = None
        self.term = last_day(about.get("until"))
        self.rolled = 0
        self.own_term: int | None = None  # of provisional application
        self.overrun = False
        self.notice: int | None = None
        self.signed: set[str] = set()
        self.complete = False  # signed by all, in this spell or another
        self.new_spell = False

    @property
    def state(self) -> str:
        return self.over[-1] if self.over else self.base

    @property
    def end(self) -> int | None:
        """The last day of the current term, or of the one that is over."""
        if self.base == "expired":
            return self.since - 1
        if self.base == "provisional" and self.own_term is not None:
            return self.own_term
        if self.term is None or not self.rolled:
            return self.term
        return years_later(self.term, self.rolled * (self.years or 0))

    def become(self, state: str, day: int) -> None:
        before = self.state
        self.base, self.over = state, []
        if self.state != before:
            self.since = day
        if state in ENDED:
            self.notice, self.overrun, self.since = None, False, day
            self.new_spell = state == "expired"
        if state in IN_EFFECT and self.first_effect is None:
            self.first_effect = day
        elif state not in IN_EFFECT and day <= (self.first_effect or 0):
            self.first_effect = None  # It was never in effect at the end of a day.

    def set_term(self, last: int | None) -> None:
        self.term, self.rolled, self.overrun = last, 0, False

    def pass_to(self, day: int) -> None:
        """Time passes up to the beginning of the day."""
        while self.state not in GONE:
            own = self.base == "provisional" and self.own_term is not None
            runs = self.base in {"signed", "provisional", "in_force"} and not self.overrun
            if self.years and self.notice is not None and not own:
                runs = False  # A notice ends it, not the term that it would have rolled on from.
            over = self.end + 1 if runs and self.end is not None else None
            due = [moment for moment in (self.replaced, self.notice, over) if moment is not None]
            first = min(due, default=day + 1)
            if first > day:
                return
            if first == self.replaced:
                self.become("superseded", first)
            elif first == self.notice:
                self.become("terminated", first)
            else:
                self._pass_term(first)

    def _pass_term(self, day: int) -> None:
        own = self.base == "provisional" and self.own_term is not None
        if self.years and not own:
            self.rolled += 1
        elif self.kind in OVERRUNS and self.base != "signed" and not own:
            self.overrun = True
        else:
            self.become("expired", day)

    def prolonged(self, act: Act) -> int | None:
        """The new end that an extension gives."""
        if "until" in act:
            return last_day(act["until"])
        old = self.end
        return years_later(effect_day(act) - 1 if old is None else old, act["years"])

    def do(self, act: Act, *, opens: bool, wished: bool) -> None:
        """One act, as the table says; what it refuses now changes nothing.

        An answer that opens an unrecorded proposal is one: it `opens`.
        """
        kind, day = act["type"], effect_day(act)
        if kind in {"ProposalDeclined", "ProposalWithdrawn"}:
            if self.state == "contemplated" and not wished:
                self.become("none", day)
        elif kind == "InstrumentResumed":
            if self.state == "suspended":
                self.over.pop()
                self.since = day
        elif kind == "TerminationNoticeWithdrawn":
            shown = self.state
            self.notice, self.over = None, [state for state in self.over if state != "terminating"]
            self.since = day if self.state != shown else self.since
        elif column(kind, opens=opens):
            said = CELLS[self.state, column(kind, opens=opens)]
            if not said.startswith("E"):
                self._do(act, said.split(" (")[0].split(",")[0], day)
                if self.base == "in_force" and (self.end or day) < day:
                    self.pass_to(day)  # Signed on a fuzzy day, for a term that is over by then.

    def _do(self, act: Act, said: str, day: int) -> None:
        kind = act["type"]
        if kind == "InstrumentSigned":
            self._sign(act, day)
        elif kind == "InstrumentProvisionallyApplied":
            self._apply(act, said, day)
        elif kind == "InstrumentEnteredIntoForce":
            if "until" in act or self.base == "expired":
                self.set_term(last_day(act.get("until")))
            self.own_term = None
            self.become("in_force", day)
            self.since = day
        elif kind == "InstrumentExtended":
            new = self.prolonged(act)
            if self.base == "provisional":
                self.own_term = new
            else:
                self.set_term(new)
            if self.state not in {"provisional", "suspended", "terminating", "in_force"}:
                self.become("in_force", day)
        elif kind == "InstrumentSuspended" and said == "suspended":
            self.over.append("suspended")
            self.since = day
        elif kind == "TerminationNotified" and (
            said == "terminating" or self.state == "terminating"
        ):
            self.notice = bounds(act["ends"])[1]
            if self.state != "terminating":
                self.over = [state for state in self.over if state != "terminating"]
                self.over.append("terminating")
                self.since = day
        elif said in {"completed", "terminated", "abandoned"}:
            self.become(said, day)
        elif said in LADDER:
            lower = self.state in LADDER and LADDER.index(said) <= LADDER.index(self.state)
            if not lower:
                self.become(said, day)

    def _sign(self, act: Act, day: int) -> None:
        if self.base == "expired" and self.new_spell:
            self.signed, self.new_spell = set(), False
            self.set_term(None)
        if "until" in act:
            self.set_term(last_day(act["until"]))
        signers = act.get("signers") or [VN, FR]
        self.signed |= {CHILDREN.get(signer, signer) for signer in signers}
        if not self.signed >= {VN, FR}:
            if self.state in {"none", "contemplated", "negotiating", "abandoned"}:
                self.become("agreed", day)
            return
        self.complete = True
        if self.state in {*LADDER, "abandoned", "expired"}:
            self.become("in_force" if self.kind in ON_SIGNATURE else "signed", day)

    def _apply(self, act: Act, said: str, day: int) -> None:
        if said == "provisional":
            self.own_term = last_day(act.get("until"))
            if self.base == "expired":
                self.set_term(None)
            self.become("provisional", day)
        elif self.state == "provisional" and "until" in act:
            self.own_term = last_day(act["until"])


class Promise:
    """What the acts say of a commitment."""

    def __init__(self, name: str, acts: list[Act]) -> None:
        self.made: Act | None = None
        self.debtors: list[str] = []
        self.creditors: list[str] = []
        self.due: int | None = None
        self.met: set[str] = set()
        self.fulfilled = self.cancelled = self.failed = False
        self.let_off: set[str] = set()
        self._delegated: list[str] = []
        for act in acts:
            self._take(name, act)

    @property
    def released(self) -> bool:
        return self.made is not None and not self.creditors

    def _take(self, name: str, act: Act) -> None:
        self.met |= {
            condition
            for other, condition in (item.split("/") for item in act.get("meets", ()))
            if other == name
        }
        self.fulfilled = self.fulfilled or name in act.get("fulfils", ())
        if act.get("commitment") != name:
            return
        kind = act["type"]
        if kind == "CommitmentMade":
            self.made = act
            self.creditors = [name for name in act["creditors"] if name not in self.let_off]
            self.debtors = self._delegated or list(act["debtors"])
            if self.due is None and "due" in act:
                self.due = last_day(act["due"])
        elif kind == "ConditionMet":
            self.met.add(act["condition"])
        elif kind == "ConditionFailed":
            self.failed = self.failed or act["condition"] not in self.met
        elif kind == "CommitmentFulfilled":
            self.fulfilled = True
        elif kind == "CommitmentReleased":
            self.let_off |= set(act["by"])
            self.creditors = [name for name in self.creditors if name not in self.let_off]
        elif kind == "CommitmentCancelled":
            self.cancelled = True
        elif kind == "CommitmentRescheduled":
            self.due = last_day(act["due"])
        elif kind == "CommitmentDelegated":
            self._delegated = self.debtors = list(act["to"])


def column(kind: str, *, opens: bool) -> str:
    """The column of the table of instruments for an act; empty if it has none."""
    if opens and kind in {"ProposalAcknowledged", "ProposalCountered"}:
        return COLUMN["ProposalMade"]
    return COLUMN.get(kind, "")


def given(act: Act, field: str) -> list[str]:
    """The one value of a field, or none."""
    return [act[field]] if field in act else []


def step(status: str, to: str) -> str:
    """The status of a proposal after an answer: what is closed stays, and nobody steps back."""
    if status in CLOSED_PROPOSAL:
        return status
    order = ["none", "open", "under_consideration", "countered"]
    back = to in order and status in order and order.index(to) <= order.index(status)
    acknowledged_late = to == "under_consideration" and status == "agreed_in_principle"
    return status if back or acknowledged_late else to
