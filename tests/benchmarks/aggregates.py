# ruff: noqa: ARG002, FBT001, FBT002, PLR0917 - the arguments of a method are the fields of its event
"""Aggregates of the peer: one event class per act, with the fields that the history uses.

What a method does is a plain Python mutator, and far less than the rules of coopledger: no
dates are read, nothing is refused.
"""

from typing import TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

Values: TypeAlias = "dict[str, object]"


class Party(Aggregate):
    """Party, registered once."""

    @event("Registered")
    def __init__(self, party: str, name: str, kind: str, country: str, acronyms: list[str]) -> None:
        self.party = party
        self.name = name
        self.kind = kind
        self.country = country
        self.acronyms = acronyms

    @staticmethod
    def create_id(party: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"/parties/{party}")


class Partnership(Aggregate):
    """Partnership with everything that happens in it."""

    @event("Opened")
    def __init__(self, partnership: str, parties: list[str], scope: str) -> None:
        self.partnership = partnership
        self.parties = parties
        self.scope = scope
        self.stage = "none"
        self.last_activity = ""
        self.meetings: dict[str, Values] = {}
        self.proposals: dict[str, Values] = {}
        self.instruments: dict[str, Values] = {}
        self.commitments: dict[str, Values] = {}
        self.obstacles: dict[str, Values] = {}

    @staticmethod
    def create_id(partnership: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"/partnerships/{partnership}")

    # --- meetings

    @event("MeetingScheduled")
    def schedule_meeting(
        self, meeting: str, kind: str, partnership: str, planned: str, host: str, when: str
    ) -> None:
        self.meetings[meeting] = {"status": "scheduled", "kind": kind, "planned": planned}
        self._active("contact", when)

    @event("MeetingHeld")
    def hold_meeting(
        self,
        meeting: str,
        when: str,
        place: Values,
        kind: str | None = None,
        partnership: str | None = None,
        topics: list[str] | None = None,
        participants: list[Values] | None = None,
        source: list[Values] | None = None,
    ) -> None:
        held = self.meetings.setdefault(meeting, {"kind": kind})
        held["status"] = "held"
        held["when"] = when
        self._active("contact", when)

    # --- proposals

    @event("InterestExpressed")
    def express_interest(
        self, proposal: str, partnership: str, by: list[str], text: str, at_meeting: str, when: str
    ) -> None:
        self.proposals[proposal] = {"status": "open", "firmness": "wish", "by": by}
        self._active("exploring", when)

    @event("ProposalMade")
    def make_proposal(
        self, proposal: str, partnership: str, by: list[str], text: str, instrument: str, when: str
    ) -> None:
        self.proposals[proposal] = {"status": "open", "firmness": "proposal", "by": by}
        self.instruments[instrument]["state"] = "contemplated"
        self._active("exploring", when)

    @event("ProposalAgreedInPrinciple")
    def agree_in_principle(self, proposal: str, by: list[str], when: str) -> None:
        self.proposals[proposal]["status"] = "agreed_in_principle"
        self._active("exploring", when)

    @event("ProposalDeclined")
    def decline_proposal(self, proposal: str, by: list[str], text: str, when: str) -> None:
        self.proposals[proposal]["status"] = "declined"
        self._active("contact", when)

    # --- instruments

    @event("InstrumentRegistered")
    def register_instrument(self, instrument: str, partnership: str, kind: str, title: str) -> None:
        self.instruments[instrument] = {"state": "none", "kind": kind, "title": title}

    @event("NegotiationOpened")
    def open_negotiation(self, instrument: str, round: int, when: str) -> None:  # noqa: A002 - the field
        self.instruments[instrument]["state"] = "negotiating"
        self._active("negotiating", when)

    @event("NegotiationBrokenOff")
    def break_off_negotiation(self, instrument: str, reason: str, when: str) -> None:
        self.instruments[instrument]["state"] = "abandoned"
        self._active("ended", when)

    @event("InstrumentSigned")
    def sign_instrument(
        self,
        instrument: str,
        signers: list[str],
        until: str,
        at_meeting: str,
        source: list[Values],
        when: str,
    ) -> None:
        signed = self.instruments[instrument]
        in_force = signed["kind"] in {"mou", "programme"}
        signed["state"] = "in_force" if in_force else "signed"
        signed["until"] = until
        self._active("active" if in_force else "signed", when)

    @event("InstrumentEnteredIntoForce")
    def enter_into_force(self, instrument: str, when: str) -> None:
        self.instruments[instrument]["state"] = "in_force"
        self._active("active", when)

    @event("InstrumentExtended")
    def extend_instrument(self, instrument: str, until: str, when: str) -> None:
        self.instruments[instrument]["until"] = until
        self._active("active", when)

    # --- commitments

    @event("CommitmentMade")
    def make_commitment(
        self,
        commitment: str,
        partnership: str,
        debtors: list[str],
        creditors: list[str],
        what: str,
        due: str,
        under: str,
        source: list[Values],
        when: str,
        conditions: list[Values] | None = None,
        survives: bool = False,
        firmness: str = "commitment",
        amount: dict[str, object] | None = None,
    ) -> None:
        self.commitments[commitment] = {
            "status": "conditional" if conditions else "pending",
            "debtors": debtors,
            "creditors": creditors,
            "what": what,
            "due": due,
            "first_due": due,
            "amount": amount,
            "unmet": {str(item["id"]) for item in conditions or ()},
        }

    @event("ConditionMet")
    def meet_condition(self, commitment: str, condition: str, when: str) -> None:
        made = self.commitments[commitment]
        unmet = made["unmet"]
        assert isinstance(unmet, set)
        unmet.discard(condition)
        if not unmet and made["status"] == "conditional":  # not if it was recorded late
            made["status"] = "pending"
        self.last_activity = when

    @event("CommitmentProgressed")
    def progress_commitment(self, commitment: str, percent: int, text: str, when: str) -> None:
        self.commitments[commitment]["percent"] = percent
        self.last_activity = when

    @event("CommitmentRescheduled")
    def reschedule_commitment(self, commitment: str, due: str, by: list[str], when: str) -> None:
        self.commitments[commitment]["due"] = due

    @event("CommitmentFulfilled")
    def fulfil_commitment(
        self, commitment: str, when: str, evidence: list[str] | None = None
    ) -> None:
        self.commitments[commitment]["status"] = "fulfilled"
        self.commitments[commitment]["fulfilled"] = when
        self.last_activity = when

    @event("CommitmentCancelled")
    def cancel_commitment(self, commitment: str, by: list[str], when: str) -> None:
        self.commitments[commitment]["status"] = "cancelled"

    # --- obstacles

    @event("ObstacleReported")
    def report_obstacle(
        self, obstacle: str, subject: str, text: str, lies_with: list[str], when: str
    ) -> None:
        self.obstacles[obstacle] = {"subject": subject, "text": text, "lies_with": lies_with}

    @event("ObstacleRemoved")
    def remove_obstacle(self, obstacle: str, when: str) -> None:
        self.obstacles[obstacle]["removed"] = when

    def _active(self, stage: str, when: str) -> None:
        self.stage = stage
        self.last_activity = when
