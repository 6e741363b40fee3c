"""Events about events, and reports that must say what they are about: E701 to E705, E105,
W701."""

from coopledger import events
from tests.unit.validation.case import Case

NOTE = events.NoteAdded(id="note-1", subject="vnfr", text="a")
WRONG = events.EventRetracted(id="retracted", target="note-1", reason="typed twice")
MOU = events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou")
SIGNED = events.InstrumentSigned(id="s", instrument="mou", when="2022")

PROMISE = events.CommitmentMade(
    id="c",
    commitment="c1",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="a",
    when="2022",
    amount="500000 VND",
)

CORRECTIONS = [
    Case(
        message="E106 EventCorrected 't': changes: amount: '500.000 VND' can be read in two ways: "
        "write it plainly, '500000 VND'",
        given=[PROMISE],
        act=lambda: events.EventCorrected(
            id="t",
            target="c",
            changes={"amount": {"value": "500.000", "currency": "VND"}},
            reason="a",
        ),
    ),
    Case(
        message="E701 EventCorrected 't': target: no event 'note-2' is recorded; "
        "did you mean 'note-1'?",
        given=[NOTE],
        act=lambda: events.EventCorrected(
            id="t", target="note-2", changes={"text": "b"}, reason="a"
        ),
    ),
    Case(
        message="E701 EventRetracted 't': target: no event 'zzz' is recorded",
        act=lambda: events.EventRetracted(id="t", target="zzz", reason="a"),
    ),
    Case(
        message="E701 SourceAdded 't': target: no event 'zzz' is recorded",
        act=lambda: events.SourceAdded(id="t", target="zzz", source="a"),
    ),
    Case(
        message="E701 FactDisputed 't': target: no event 'zzz' is recorded",
        act=lambda: events.FactDisputed(id="t", target="zzz", field="when", alternative="2020"),
    ),
    Case(
        message="E702 EventCorrected 't': target: 'k' is itself a correction (EventCorrected): "
        "mend 'note-1' again",
        given=[
            NOTE,
            events.EventCorrected(id="k", target="note-1", changes={"text": "b"}, reason="a"),
        ],
        act=lambda: events.EventCorrected(id="t", target="k", changes={"reason": "b"}, reason="a"),
    ),
    Case(
        message="E702 EventRetracted 't': target: 'retracted' is itself a correction "
        "(EventRetracted): mend 'note-1' again",
        given=[NOTE, WRONG],
        act=lambda: events.EventRetracted(id="t", target="retracted", reason="a"),
    ),
    Case(
        message="E703 EventCorrected 't': changes: 'id' is fixed once recorded: retract instead\n"
        "E703 EventCorrected 't': changes: 'type' is fixed once recorded: retract instead\n"
        "E703 EventCorrected 't': changes: 'recorded_at' is fixed once recorded: retract instead",
        given=[NOTE],
        act=lambda: events.EventCorrected(
            id="t",
            target="note-1",
            changes={"id": "b", "type": "c", "recorded_at": "2020"},
            reason="a",
        ),
    ),
    Case(
        message="E704 EventRetracted 't': target: event 'note-1' is already retracted",
        given=[NOTE, WRONG],
        act=lambda: events.EventRetracted(id="t", target="note-1", reason="a"),
    ),
    Case(
        message="E704 EventCorrected 't': target: event 'note-1' is already retracted",
        given=[NOTE, WRONG],
        act=lambda: events.EventCorrected(
            id="t", target="note-1", changes={"text": "b"}, reason="a"
        ),
    ),
    Case(
        message="E705 FactDisputed 't': field: NoteAdded has no field 'txt'; did you mean 'text'?",
        given=[NOTE],
        act=lambda: events.FactDisputed(id="t", target="note-1", field="txt", alternative="b"),
    ),
    Case(
        message="E705 FactDisputed 't': field: NoteAdded has no field 'date'; did you mean 'when'?",
        given=[NOTE],
        act=lambda: events.FactDisputed(id="t", target="note-1", field="date", alternative="b"),
    ),
    Case(
        message="E103 EventCorrected 't': changes: 'txt' is no field of NoteAdded; "
        "did you mean 'text'?",
        given=[NOTE],
        act=lambda: events.EventCorrected(
            id="t", target="note-1", changes={"txt": "b"}, reason="a"
        ),
    ),
    Case(
        message="E103 EventCorrected 't': changes: 'txt' is no field of NoteAdded; "
        "did you mean 'text'?",
        given=[NOTE],
        act=lambda: events.EventCorrected(
            id="t", target="note-1", changes={"txt": None, "tags": None}, reason="a"
        ),
    ),
    Case(
        message="E104 EventCorrected 't': changes: when: '31/12/2022' is not a date: "
        "did you mean 2022-12-31?",
        given=[NOTE],
        act=lambda: events.EventCorrected(
            id="t", target="note-1", changes={"when": "31/12/2022"}, reason="a"
        ),
    ),
    Case(
        message="E105 EventCorrected 't': changes: 'text' is missing: NoteAdded needs it",
        given=[NOTE],
        act=lambda: events.EventCorrected(
            id="t", target="note-1", changes={"text": None}, reason="a"
        ),
    ),
    Case(
        message="E106 EventCorrected 't': changes: text: 5 is no text",
        given=[NOTE],
        act=lambda: events.EventCorrected(id="t", target="note-1", changes={"text": 5}, reason="a"),
    ),
    Case(
        message="E102 EventCorrected 't': changes: subject: unknown id 'vnfrr'; "
        "did you mean 'vnfr'?",
        given=[NOTE],
        act=lambda: events.EventCorrected(
            id="t", target="note-1", changes={"subject": "vnfrr"}, reason="a"
        ),
    ),
    Case(
        message="E606 EventCorrected 't': changes: commitment: 'c1' cannot be fulfilled in 2018: "
        "it was made on 2019-09-16 (event c)",
        given=[
            events.CommitmentMade(
                id="c",
                commitment="c1",
                partnership="vnfr",
                debtors="vn",
                creditors="fr",
                what="a",
                when="2019-09-16",
            ),
            events.CommitmentFulfilled(id="f", commitment="c1", when="2020"),
        ],
        act=lambda: events.EventCorrected(id="t", target="f", changes={"when": "2018"}, reason="a"),
    ),
    Case(
        message="E105 ImplementationReported 't': 'instrument' or 'partnership' is missing: "
        "ImplementationReported needs one of them",
        act=lambda: events.ImplementationReported(id="t", when="2020"),
    ),
    Case(
        message="E105 MilestoneReached 't': 'instrument' or 'partnership' is missing: "
        "MilestoneReached needs one of them",
        act=lambda: events.MilestoneReached(id="t", name="a", when="2020"),
    ),
    Case(
        message="E105 EventCorrected 't': 'changes' is empty: name the fields to replace",
        given=[NOTE],
        act=lambda: events.EventCorrected(id="t", target="note-1", changes={}, reason="a"),
    ),
    Case(
        message="W701 EventRetracted 't': target: 'mou' becomes unknown, and event 's' names it: "
        "mend what names it too",
        given=[MOU, SIGNED],
        act=lambda: events.EventRetracted(id="t", target="r", reason="a"),
    ),
    Case(
        message="W701 EventRetracted 't': target: 'm1' belongs to no partnership then, and event "
        "'h' names it: mend what names it too",
        given=[
            events.MeetingScheduled(
                id="m", meeting="m1", kind="visit", partnership="vnfr", when="2022"
            ),
            events.MeetingHeld(id="h", meeting="m1", when="2023"),
        ],
        act=lambda: events.EventRetracted(id="t", target="m", reason="a"),
    ),
    Case(
        message="W701 EventCorrected 't': changes: 'mou' becomes unknown, and event 's' and "
        "another name it: mend what names it too",
        given=[MOU, SIGNED, events.NoteAdded(subject="mou", text="a")],
        act=lambda: events.EventCorrected(
            id="t", target="r", changes={"instrument": "moa"}, reason="a"
        ),
    ),
    Case(
        message="W701 EventRetracted 't': target: 'most' becomes unknown, and event 'm' and "
        "2 others name it: mend what names it too",
        given=[
            events.MeetingHeld(
                id="m",
                meeting="m1",
                kind="visit",
                partnership="vnfr",
                participants={"person": "A", "party": "most"},
                when="2022",
            ),
            events.InstrumentRegistered(
                instrument="a", partnership="vnfr", kind="mou", parties=["most", "fr"]
            ),
            events.NoteAdded(subject="most", text="a"),
        ],
        act=lambda: events.EventRetracted(id="t", target="w4", reason="a"),
    ),
]
