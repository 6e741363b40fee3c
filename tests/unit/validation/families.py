"""Cases that are alike for each event type of a family: ids, answers to proposals, ended texts."""

from collections.abc import Mapping

from coopledger import events
from coopledger.events import Event
from tests.builders import build_event
from tests.unit.validation.case import Case

WHEN = "2022-08-16"
PROGRAMME = events.InstrumentRegistered(
    id="r", instrument="plan", partnership="vnfr", kind="programme"
)
COMPLETED = events.InstrumentCompleted(id="e", instrument="plan", when="2021-01-01")
TERM = events.InstrumentSigned(id="s", instrument="plan", when="2020-01-01")
TERMINATED = events.InstrumentTerminated(id="e", instrument="plan", when="2021-01-01")
PUT = events.ProposalMade(
    id="p", proposal="p1", partnership="vnfr", by="vn", text="a", when="2019-09-16"
)
DECLINED = events.ProposalDeclined(id="d", proposal="p1", by="fr", when="2019-12-01")
NOTE = events.NoteAdded(id="note-1", subject="vnfr", text="a")
RETRACTED = events.EventRetracted(id="x", target="note-1", reason="typed twice")

# How an event of each type brings an id in, with the field that holds it.
OPENINGS: dict[type[Event], tuple[str, dict[str, object]]] = {
    events.PartyRegistered: ("party", {"name": "A", "kind": "state"}),
    events.PartnershipOpened: ("partnership", {"parties": ["vn", "fr"]}),
    events.MeetingScheduled: (
        "meeting",
        {"kind": "visit", "partnership": "vnfr", "when": WHEN},
    ),
    events.InterestExpressed: ("proposal", {"partnership": "vnfr", "by": "vn", "when": WHEN}),
    events.ProposalMade: (
        "proposal",
        {"partnership": "vnfr", "by": "vn", "text": "a", "when": WHEN},
    ),
    events.ObstacleReported: ("obstacle", {"subject": "vnfr", "text": "a", "when": WHEN}),
    events.FigureReported: (
        "figure",
        {"measure": "texts", "value": 1, "period": "2021", "when": WHEN},
    ),
}
ANSWERS: tuple[type[Event], ...] = (
    *(events.ProposalAcknowledged, events.ProposalCountered, events.ProposalAgreedInPrinciple),
    *(events.ProposalAccepted, events.ProposalDeclined, events.ProposalWithdrawn),
)
# Acts on a text that was completed, with the fields that they need as well.
ACTS: dict[type[Event], dict[str, object]] = {
    events.InterestExpressed: {"proposal": "p1", "partnership": "vnfr", "by": "vn"},
    events.ProposalMade: {"proposal": "p1", "partnership": "vnfr", "by": "vn", "text": "a"},
    **{answer: {"proposal": "p1", "by": "vn"} for answer in ANSWERS[:4]},
    events.NegotiationOpened: {},
    events.NegotiationConcluded: {},
    events.NegotiationBrokenOff: {},
    events.InstrumentInitialled: {},
    events.InstrumentSigned: {},
    events.InstrumentProvisionallyApplied: {},
    events.InstrumentEnteredIntoForce: {},
    events.InstrumentExtended: {"until": "2030"},
    events.InstrumentRenewed: {"until": "2030"},
    events.InstrumentSuspended: {},
    events.TerminationNotified: {"by": "vn", "ends": "2023"},
    events.InstrumentTerminated: {},
}
# Acts on a text of which nothing is recorded.
SKIPPING: dict[type[Event], dict[str, object]] = {
    events.InstrumentRenewed: {"until": "2030"},
    events.TerminationNotified: {"by": "vn", "ends": "2023"},
    events.InstrumentCompleted: {},
}


def case_of(message: str, cls: type[Event], fields: Mapping[str, object], *given: Event) -> Case:
    """Return a case from a code and its text; the type and the id are put in."""
    code, text = message.split(" ", 1)
    return Case(
        message=f"{code} {cls.__name__} 't': {text}",
        given=given,
        act=lambda: build_event(cls, {"id": "t", **fields}),
    )


def dated(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields with a day and a source."""
    return {"when": WHEN, "source": "minutes", **fields}


FAMILIES = [
    *(
        case_of(
            f"E201 {field}: 'mesr' is already the id of a party (event w5): choose another",
            cls,
            {**fields, field: "mesr"},
        )
        for cls, (field, fields) in OPENINGS.items()
    ),
    *(
        case_of(
            "E201 proposal: 'mesr' is already the id of a party (event w5): choose another",
            cls,
            dated({"proposal": "mesr", "partnership": "vnfr", "by": "vn"}),
        )
        for cls in ANSWERS
    ),
    *(
        case_of(
            "E403 proposal: 'p1' was never recorded: "
            "say to which partnership or instrument it belongs",
            cls,
            dated({"proposal": "p1", "by": "vn"}),
        )
        for cls in ANSWERS
    ),
    *(
        case_of(
            "E404 proposal: 'p1' is declined since 2019-12-01 (event d): put a new one",
            cls,
            dated({"proposal": "p1", "by": "vn"}),
            PUT,
            DECLINED,
        )
        for cls in ANSWERS
    ),
    *(
        case_of(
            "W401 proposal: 'p1' was never recorded",
            cls,
            dated({"proposal": "p1", "partnership": "vnfr", "by": "vn"}),
        )
        for cls in ANSWERS
    ),
    *(
        case_of(
            "E501 instrument: 'plan' is completed since 2021-01-01 (event e): "
            "a text that has ended stays so: register a new one",
            cls,
            dated({"instrument": "plan", **fields}),
            PROGRAMME,
            COMPLETED,
        )
        for cls, fields in ACTS.items()
    ),
    case_of(
        "E501 instrument: 'plan' is terminated since 2021-01-01 (event e): "
        "a text that has ended stays so: register a new one",
        events.InstrumentCompleted,
        dated({"instrument": "plan"}),
        PROGRAMME,
        TERM,
        TERMINATED,
    ),
    *(
        case_of(
            "W501 instrument: nothing is recorded of 'plan' before",
            cls,
            dated({"instrument": "plan", **fields}),
            PROGRAMME,
        )
        for cls, fields in SKIPPING.items()
    ),
    case_of(
        "W506 until: the new end of 'plan' is unknown",
        events.InstrumentExtended,
        dated({"instrument": "plan"}),
        PROGRAMME,
        TERM,
    ),
    case_of(
        "E704 target: event 'note-1' is already retracted",
        events.SourceAdded,
        {"target": "note-1", "source": "minutes"},
        NOTE,
        RETRACTED,
    ),
    case_of(
        "E704 target: event 'note-1' is already retracted",
        events.FactDisputed,
        {"target": "note-1", "field": "text", "alternative": "b"},
        NOTE,
        RETRACTED,
    ),
]
