"""Acts of docs/reference/events.md that random histories draw: how often, with which fields."""

from tests.oracle.histories import STATES, Draw, History

__all__ = ["ACTS"]

Optional = dict[str, tuple[float, Draw]]


def _one(field: str) -> Draw:
    return lambda history: history.one(field)


def _fresh(field: str) -> Draw:
    return lambda history: history.fresh(field)


def _choice(*values: object) -> Draw:
    return lambda history: history.random.choice(values)


def _any_noun(history: History) -> str | None:
    noun = history.random.choice(("instrument", "proposal", "commitment", "meeting", None))
    return history.one(noun) if noun else history.partnership


def _obstructed(history: History) -> str | None:
    noun = history.random.choice(("instrument", "proposal", "commitment", None))
    return history.one(noun) if noun else history.partnership


def _any_state(history: History) -> str:
    return history.random.choice([*STATES, history.party()])


def _some(field: str) -> Draw:
    return lambda history: [name] if (name := history.one(field)) else None


def _home(history: History) -> str:
    return history.partnership


def _condition(history: History) -> list[str] | None:
    promise = history.one("commitment")
    return [f"{promise}/money"] if promise else None


def _signers(history: History) -> list[str]:
    return list(dict.fromkeys(history.party() for _ in range(history.random.choice([1, 1, 2]))))


def _dependencies(history: History) -> list[str] | None:
    fields = history.random.choices(["proposal", "commitment"], k=history.random.randint(1, 2))
    names = {name: None for field in fields if (name := history.one(field))}
    return list(names) or None


def _parts(history: History) -> list[str]:
    """Return who delivers: mostly some of those who promise."""
    return list(dict.fromkeys(history.party() for _ in range(history.random.choice([1, 1, 2, 3]))))


def _text_given_up(history: History) -> str | None:
    return history.one("instrument") if history.random.random() < 0.7 else None


def _counts(history: History) -> dict[str, float]:
    names = history.random.sample(["students", "papers", "days"], history.random.choice([1, 1, 2]))
    return {name: history.random.choice([0, 1, 7, 12.5, 0.1, 0.2]) for name in names}


def _series(history: History) -> str:
    return f"{history.partnership}-series"


YES, NO = True, False
SUM = _choice("1000 EUR", "250.50 EUR", "300000 VND")
PART = _choice("100 EUR", "250.50 EUR", "900.5 EUR", "150000 VND")
DECLARED = (
    *("signed", "in force", "Active", "open", "pending", "held", "none", "going well"),
    *("Under way", "at_rest", "not begun", "given up"),
)
TEXT: dict[str, Draw] = {"instrument": _one("instrument")}
GIVEN: dict[str, Draw] = {"instrument": _text_given_up, "partnership": _home}
PROMISE: dict[str, Draw] = {"commitment": _one("commitment")}
CLOSES: Optional = {
    "fulfils": (0.04, _some("commitment")),
    "realises": (0.03, _some("proposal")),
    "meets": (0.03, _condition),
}
ANSWER: dict[str, Draw] = {"proposal": _fresh("proposal"), "by": History.parties_of}
ANSWERED: Optional = {"partnership": (0.6, _home), "instrument": (0.4, _one("instrument"))}
PUT: dict[str, Draw] = {
    "proposal": _fresh("proposal"),
    "partnership": _home,
    "by": History.parties_of,
}
UNTIL: Optional = {"until": (0.4, History.later)}
LENGTH: Optional = {
    "years": (0.1, _choice(1, 2, 5)),
    "months": (0.05, _choice(6, 18)),
    "open_ended": (0.05, _choice(YES)),
}
PROLONGED: Optional = {
    "until": (0.4, History.later),
    "years": (0.6, _choice(1, 2, 5)),
    "months": (0.1, _choice(1, 6, 12)),
    "open_ended": (0.05, _choice(YES)),
    "tacit": (0.3, _choice(YES)),
}
WHERE: Optional = {
    "place": (0.3, _choice("Hanoi", "Paris")),
    "host": (0.3, History.party),
}
OF_SERIES: Optional = {
    "series": (0.4, _series),
    "number": (0.4, _choice(1, 2, 3, 4, 6)),
    "every_months": (0.2, _choice(6, 12, 24)),
}

# The weight among all, the fields that it needs, and those that it may have.
ACTS: dict[str, tuple[int, dict[str, Draw], Optional]] = {
    "NegotiationOpened": (4, TEXT, CLOSES),
    "NegotiationConcluded": (3, TEXT, {}),
    "NegotiationBrokenOff": (2, TEXT, {}),
    "InstrumentInitialled": (2, TEXT, {}),
    "InstrumentApproved": (1, {**TEXT, "by": History.parties_of}, {}),
    "InstrumentRatified": (
        5,
        {**TEXT, "party": History.party},
        {"how": (0.4, _choice("acceptance", "definitive_signature", "definitive_signature"))},
    ),
    "InstrumentAdopted": (1, TEXT, {}),
    "InstrumentAcceded": (
        4,
        {**TEXT, "party": _any_state},
        {"how": (0.3, _choice("accession", "succession"))},
    ),
    "SignatureWithdrawn": (3, {**TEXT, "by": History.parties_of}, {}),
    "ReservationMade": (
        1,
        {
            **TEXT,
            "party": History.party,
            "kind": _choice("reservation", "declaration", "objection"),
            "text": _choice("a"),
        },
        {"article": (0.5, _choice("5", "7"))},
    ),
    "ReservationWithdrawn": (
        1,
        {**TEXT, "party": History.party},
        {"article": (0.5, _choice("5", "7"))},
    ),
    "InstrumentAmended": (1, TEXT, {}),
    "InstrumentSigned": (
        8,
        TEXT,
        {
            "signers": (0.35, _signers),
            "missing_signers": (0.1, History.parties_of),
            "in_force": (0.1, _choice(YES, NO)),
            **UNTIL,
            **LENGTH,
            **CLOSES,
        },
    ),
    "InstrumentProvisionallyApplied": (3, TEXT, UNTIL),
    "InstrumentEnteredIntoForce": (
        7,
        TEXT,
        {"parties": (0.4, History.some_parties), **UNTIL, **LENGTH},
    ),
    "InstrumentExtended": (4, TEXT, PROLONGED),
    "InstrumentRenewed": (3, TEXT, PROLONGED),
    "InstrumentSuspended": (3, TEXT, {}),
    "InstrumentResumed": (2, TEXT, {}),
    "TerminationNotified": (
        7,
        {**TEXT, "by": History.parties_of, "ends": History.later},
        {"for_all": (0.1, _choice(YES))},
    ),
    "TerminationNoticeWithdrawn": (3, TEXT, {"by": (0.6, History.parties_of)}),
    "InstrumentTerminated": (
        3,
        TEXT,
        {"by": (0.7, History.parties_of), "mutual": (0.1, _choice(YES))},
    ),
    "InstrumentCompleted": (1, TEXT, CLOSES),
    "RenewalDecided": (
        4,
        {**TEXT, "decision": _choice("renew", "renegotiate", "let_lapse", "end")},
        {"by": (0.3, History.parties_of)},
    ),
    "ImplementationReported": (
        3,
        {},
        {
            "instrument": (0.5, _one("instrument")),
            "partnership": (0.5, _home),
            "kind": (0.7, _choice("visit", "training", "other")),
            "counts": (0.7, _counts),
            "direction": (0.3, _choice("in", "out", "both")),
            "period": (0.4, History.when),
            "text": (0.1, _choice("a")),
        },
    ),
    "MilestoneReached": (1, {"name": _choice("a"), "instrument": _one("instrument")}, CLOSES),
    "CooperationGivenUp": (3, GIVEN, {"by": (0.5, History.some_parties)}),
    "CooperationResumed": (1, GIVEN, {"by": (0.5, History.some_parties)}),
    "ObstacleReported": (
        2,
        {"obstacle": _fresh("obstacle"), "subject": _obstructed, "text": _choice("a")},
        {"lies_with": (0.4, lambda history: [history.party()]), "via": (0.1, _choice("a"))},
    ),
    "ObstacleRemoved": (1, {"obstacle": _one("obstacle")}, {}),
    "NothingDone": (1, {**GIVEN, "period": History.exact}, {"by": (0.5, History.parties_of)}),
    "StatusReported": (3, {"subject": _any_noun, "state": _choice(*DECLARED)}, {}),
    "InterestExpressed": (4, PUT, {"instrument": (0.5, _one("instrument"))}),
    "ProposalMade": (
        6,
        {**PUT, "text": _choice("a")},
        {
            "instrument": (0.5, _one("instrument")),
            "counter_to": (0.1, _one("proposal")),
            "due": (0.3, History.later),
            "firmness": (0.3, _choice("wish", "request")),
        },
    ),
    "ProposalAcknowledged": (2, ANSWER, ANSWERED),
    "ProposalCountered": (2, ANSWER, ANSWERED),
    "ProposalAgreedInPrinciple": (2, ANSWER, ANSWERED),
    "ProposalAccepted": (2, ANSWER, ANSWERED),
    "ProposalDeclined": (3, ANSWER, ANSWERED),
    "ProposalWithdrawn": (2, ANSWER, ANSWERED),
    "MeetingScheduled": (
        4,
        {"meeting": _fresh("meeting"), "partnership": _home, "kind": _choice("talks")},
        {"planned": (0.8, History.later), **WHERE, **OF_SERIES},
    ),
    "MeetingPostponed": (
        2,
        {"meeting": _one("meeting")},
        {"planned": (0.6, History.later), **WHERE},
    ),
    "MeetingCancelled": (2, {"meeting": _one("meeting")}, {}),
    "MeetingHeld": (
        3,
        {"meeting": _fresh("meeting"), "partnership": _home, "kind": _choice("talks")},
        {**WHERE, **OF_SERIES, **CLOSES},
    ),
    "CommitmentMade": (
        8,
        {
            "commitment": _fresh("commitment"),
            "partnership": _home,
            "what": _choice("a"),
            "debtors": _signers,
            "creditors": _signers,
        },
        {
            "due": (0.4, History.later),
            "due_meeting": (0.25, _one("meeting")),
            "due_text": (0.05, _choice("upcoming")),
            "conditions": (0.2, _choice([{"id": "money"}])),
            "depends_on": (0.25, _dependencies),
            "under": (0.25, _one("instrument")),
            "survives": (0.2, _choice(YES)),
            "standing": (0.15, _choice(YES)),
            "amount": (0.3, SUM),
            "recurs": (0.4, History.recurrence),
        },
    ),
    "ConditionMet": (1, {**PROMISE, "condition": _choice("money")}, {}),
    "ConditionFailed": (1, {**PROMISE, "condition": _choice("money")}, {}),
    "CommitmentProgressed": (
        2,
        PROMISE,
        {"percent": (0.5, _choice(10, 50)), "by": (0.2, _parts), "amount": (0.5, PART)},
    ),
    "CommitmentFulfilled": (
        6,
        PROMISE,
        {"by": (0.6, _parts), "occurrence": (0.3, _choice(YES))},
    ),
    "CommitmentVaried": (1, PROMISE, {"what": (0.4, _choice("b")), "amount": (0.7, SUM)}),
    "CommitmentReopened": (2, PROMISE, {"due": (0.4, History.later)}),
    "CommitmentReleased": (2, {**PROMISE, "by": History.parties_of}, {}),
    "CommitmentCancelled": (1, {**PROMISE, "by": History.parties_of}, {}),
    "CommitmentDelegated": (1, {**PROMISE, "to": History.parties_of}, {}),
    "CommitmentAssigned": (
        1,
        {**PROMISE, "to": History.parties_of},
        {"by": (0.3, History.parties_of)},
    ),
    "CommitmentRescheduled": (
        4,
        PROMISE,
        {
            "due": (0.6, History.later),
            "due_meeting": (0.3, _one("meeting")),
            "due_text": (0.1, _choice("upcoming")),
        },
    ),
    "StatementMade": (2, {"partnership": _home, "text": _choice("a")}, CLOSES),
    "PartnershipClosed": (1, {"partnership": _home}, {}),
    "PartyJoined": (1, {"partnership": _home, "party": _any_state}, {}),
    "PartyLeft": (1, {"partnership": _home, "party": History.party}, {}),
    "PartyRenamed": (1, {"party": History.party, "name": _choice("another name")}, {}),
    "PartySucceeded": (
        1,
        {"party": History.party, "by": History.heirs},
        {"affairs": (0.8, History.affairs)},
    ),
}
