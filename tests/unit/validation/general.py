"""Checks of every event, and of reports: E101 to E107, W102, W105, W106, W108,
W110, W111 and W202.
"""

from functools import partial
from unicodedata import normalize

from coopledger import events
from coopledger._fields.reading import short_repr
from coopledger.events import Event
from tests.builders import build_event
from tests.unit.validation.case import Case

MEETING = events.MeetingHeld(
    id="m", meeting="m1", kind="meeting", partnership="vnfr", when="2022-08-16"
)
PUT = events.ProposalMade(
    id="p", proposal="p1", partnership="vnfr", by="vn", text="a", when="2022-08-16"
)
# What may say when to ask again, with what else it needs.
ASKING: dict[type[Event], dict[str, object]] = {
    events.ProposalMade: {"proposal": "p2", "partnership": "vnfr", "by": "vn", "text": "a"},
    events.CommitmentMade: {
        "commitment": "c1",
        "partnership": "vnfr",
        "debtors": "vn",
        "creditors": "fr",
        "what": "a",
    },
    events.ReminderSent: {"subject": "p1", "by": "vn"},
}
PROMISE = events.CommitmentMade(
    id="c",
    commitment="c1",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="a",
    when="2022-08-16",
)

CALLED = events.PartyRegistered(
    id="p",
    party="CSTEC",
    name="China Science and Technology Exchange Center",
    kind="centre",
    acronyms="CSTEC-MOST",
)

UNSEEN = {
    "v\u200bn": "U+200B ZERO WIDTH SPACE",
    "v\ufeffn": "U+FEFF ZERO WIDTH NO-BREAK SPACE",
    "v\xadn": "U+00AD SOFT HYPHEN",
    "v\u200en": "U+200E LEFT-TO-RIGHT MARK",
    "v\xa0n": "U+00A0 NO-BREAK SPACE",
    "v\u3164n": "U+3164 HANGUL FILLER",
    "v\ufe0fn": "U+FE0F VARIATION SELECTOR-16",
}
LETTERS = "\u0958" * 150  # Each of them is two in NFC.
SHOWN = short_repr(normalize("NFC", LETTERS))

HUE = events.InstrumentRegistered(id="g", instrument="Huế-1", partnership="vnfr", kind="minutes")

GENERAL = [
    Case(
        message="E105 ResponsibilityAssigned 't': 'subject' or 'in_place_of' is missing: "
        "say what passes, or from whom",
        act=lambda: events.ResponsibilityAssigned(id="t", to="Lan", when="2022"),
    ),
    Case(
        message="E106 ResponsibilityAssigned 't': in_place_of: subject and in_place_of are both "
        "given: keep one of them",
        act=lambda: events.ResponsibilityAssigned(
            id="t", subject="vnfr", in_place_of="Hoa", to="Lan", when="2022"
        ),
    ),
    Case(
        message="E102 ReminderSent 't': subject: 'vnfr' is a partnership, and no commitment or "
        "proposal or meeting or instrument",
        act=lambda: events.ReminderSent(id="t", subject="vnfr", by="vn", when="2022"),
    ),
    *(
        Case(
            message=f"W202 InstrumentRegistered 't': instrument: {name!r} looks like 'Huế-1', the "
            "id of an instrument: are they one, or would another id tell them apart?",
            given=[HUE],
            act=partial(
                events.InstrumentRegistered,
                id="t",
                instrument=name,
                partnership="vnfr",
                kind="minutes",
            ),
        )
        for name in ("hue-1", "HUẾ-1")
    ),
    Case(
        message="W202 PartyRegistered 't': party: 'm\u043est' looks like 'most', the id of a "
        "party: are they one, or would another id tell them apart?",
        act=lambda: events.PartyRegistered(id="t", party="m\u043est", name="A", kind="agency"),
    ),
    Case(
        message="E102 MeetingHeld 't': partnership: unknown partnership 'v\u0578fr'; did you mean "
        "'vnfr'?",
        act=lambda: events.MeetingHeld(
            id="t", meeting="m9", kind="talks", partnership="v\u0578fr", when="2023"
        ),
    ),
    *(
        Case(
            message=f"E106 PartyRegistered 't': party: {name!r} holds {sign}, which nobody sees: "
            f"write {'v n' if name[1].isspace() else 'vn'!r}",
            act=partial(events.PartyRegistered, id="t", party=name, name="a", kind="state"),
        )
        for name, sign in UNSEEN.items()
    ),
    Case(
        message=r"E106 NoteAdded 't\u200b': id: 't\u200b' holds U+200B ZERO WIDTH SPACE, which "
        "nobody sees: write 't'",
        act=lambda: events.NoteAdded(id="t\u200b", subject="vnfr", text="a"),
    ),
    Case(
        message=r"E106 MeetingHeld 't': series: 's\ufeff' holds U+FEFF ZERO WIDTH NO-BREAK SPACE, "
        "which nobody sees: write 's'",
        act=lambda: events.MeetingHeld(
            id="t",
            meeting="m1",
            kind="visit",
            partnership="vnfr",
            when="2022",
            series="s\ufeff",
            number=1,
        ),
    ),
    Case(
        message=r"E106 CommitmentMade 't': conditions: 'visa\xad' holds U+00AD SOFT HYPHEN, which "
        "nobody sees: write 'visa'",
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            when="2022",
            conditions="visa\xad",
        ),
    ),
    Case(
        message=f"E106 PartyRegistered 't': party: {SHOWN} is longer in NFC than 200 characters",
        act=lambda: events.PartyRegistered(id="t", party=LETTERS, name="a", kind="state"),
    ),
    Case(
        message=r"E102 NoteAdded 't': subject: unknown id 'vnfr\u200e', which holds U+200E "
        "LEFT-TO-RIGHT MARK; did you mean 'vnfr'?",
        act=lambda: events.NoteAdded(id="t", subject="vnfr\u200e", text="a"),
    ),
    Case(
        message="E101 StatementMade 't': when: 2030-01-02 is after the day of recording, "
        "2030-01-01: record it once it has happened",
        act=lambda: events.StatementMade(id="t", partnership="vnfr", text="a", when="2030-01-02"),
    ),
    Case(
        message="E101 NoteAdded 't': when: 2031/.. is after the day of recording, 2030-01-01: "
        "record it once it has happened",
        act=lambda: events.NoteAdded(id="t", subject="vnfr", text="a", when="2031/.."),
    ),
    Case(
        message="E101 MeetingHeld 't': when: 2031 is after the day of recording, 2030-01-01: "
        "announce it with MeetingScheduled",
        act=lambda: events.MeetingHeld(
            id="t", meeting="m1", kind="visit", partnership="vnfr", when="2031"
        ),
    ),
    Case(
        message="E101 MeetingScheduled 't': when: 2031 is after the day of recording, 2030-01-01: "
        "when is the day of the announcement, planned that of the meeting",
        act=lambda: events.MeetingScheduled(
            id="t", meeting="m1", kind="visit", partnership="vnfr", when="2031"
        ),
    ),
    Case(
        message="E102 StatementMade 't': partnership: unknown partnership 'vnfrr'; "
        "did you mean 'vnfr'?",
        act=lambda: events.StatementMade(id="t", partnership="vnfrr", text="a", when="2022"),
    ),
    Case(
        message="E102 MeetingScheduled 't': host: unknown party 'MESRI'; did you mean 'mesr'?",
        act=lambda: events.MeetingScheduled(
            id="t", meeting="m1", kind="visit", partnership="vnfr", host="MESRI", when="2022"
        ),
    ),
    Case(
        message="E102 CommitmentMade 't': depends_on: 'm1' is a meeting, "
        "and no proposal or commitment",
        given=[MEETING],
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            depends_on="m1",
            when="2022",
        ),
    ),
    Case(
        message="E102 StatementMade 't': participants: 'm1' is a meeting, and no party",
        given=[MEETING],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", participants={"party": "m1"}, when="2022"
        ),
    ),
    Case(
        message="E102 NoteAdded 't': subject: unknown id 'zzz'",
        act=lambda: events.NoteAdded(id="t", subject="zzz", text="a"),
    ),
    Case(
        message="E102 InstrumentSigned 't': instrument: unknown instrument 'x'",
        act=lambda: events.InstrumentSigned(id="t", instrument="x", when="2022"),
    ),
    Case(
        message="E102 CommitmentMade 't': depends_on: unknown proposal or commitment 'p2'",
        given=[PUT],
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            depends_on="p2",
            when="2022",
        ),
    ),
    Case(
        message="E102 StatementMade 't': at_meeting: unknown meeting 'm2'",
        given=[MEETING],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", at_meeting="m2", when="2022"
        ),
    ),
    Case(
        message="E102 StatementMade 't': fulfils: 'm1' is a meeting, and no commitment",
        given=[MEETING, PROMISE],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", fulfils="m1", when="2022"
        ),
    ),
    Case(
        message="E102 StatementMade 't': realises: unknown proposal 'p2'",
        given=[PUT],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", realises="p2", when="2022"
        ),
    ),
    Case(
        message="E102 StatementMade 't': meets: unknown commitment 'c2'",
        given=[PROMISE],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", meets="c2/money", when="2022"
        ),
    ),
    Case(
        message="E103 StatementMade 't': inferred: 'wen' is no field of the event; "
        "did you mean 'when'?",
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", inferred="wen", when="2022"
        ),
    ),
    Case(
        message="E103 StatementMade 't': inferred: 'date' is no field of the event; "
        "did you mean 'when'?",
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", inferred="date", when="2022"
        ),
    ),
    Case(
        message="E103 StatementMade 't': 'partership' is no field of StatementMade; "
        "did you mean 'partnership'?",
        act=lambda: events.StatementMade(  # type: ignore[call-arg]
            id="t",
            partership="vnfr",  # pyright: ignore[reportCallIssue]
            text="a",
            when="2022",
        ),
    ),
    Case(
        message="E104 StatementMade 't': when: '31/12/2022' is not a date: "
        "did you mean 2022-12-31?",
        act=lambda: events.StatementMade(id="t", partnership="vnfr", text="a", when="31/12/2022"),
    ),
    Case(
        message="E104 StatementMade 't': when: '08-09-2022' is ambiguous: 2022-08-09 or 2022-09-08",
        act=lambda: events.StatementMade(id="t", partnership="vnfr", text="a", when="08-09-2022"),
    ),
    Case(
        message="E104 NoteAdded 't': source.published: 'soon' is not a date: "
        "write it as 2022, 2022-08, 2022-08-16 or 2022-08-01/2022-08-16",
        act=lambda: events.NoteAdded(
            id="t", subject="vnfr", text="a", source={"title": "a", "published": "soon"}
        ),
    ),
    Case(
        message="E105 StatementMade 't': 'text' is missing: StatementMade needs it",
        act=lambda: events.StatementMade(  # type: ignore[call-arg]
            id="t", partnership="vnfr", when="2022"
        ),  # pyright: ignore[reportCallIssue]
    ),
    Case(
        message="E105 NoteAdded 't': 'when' is missing: an event with fulfils has a day",
        given=[PROMISE],
        act=lambda: events.NoteAdded(id="t", subject="vnfr", text="a", fulfils="c1"),
    ),
    Case(
        message="E105 ProposalMade 't': 'by' is empty: name at least one",
        act=lambda: events.ProposalMade(
            id="t", proposal="p1", partnership="vnfr", by=[], text="a", when="2022"
        ),
    ),
    Case(
        message="E105 SourceAdded 't': 'source' is missing: SourceAdded needs it",
        given=[MEETING],
        act=lambda: events.SourceAdded(id="t", target="m"),
    ),
    Case(
        message="E106 StatementMade 't': text: 5 is no text",
        act=lambda: events.StatementMade(
            id="t",
            partnership="vnfr",
            text=5,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            when="2022",
        ),
    ),
    Case(
        message="E106 StatementMade 't': text: '' is no text: say something",
        act=lambda: events.StatementMade(id="t", partnership="vnfr", text="", when="2022"),
    ),
    Case(
        message="E106 NoteAdded 't': note: ' ' is no text: say something, or leave it out",
        act=lambda: events.NoteAdded(id="t", subject="vnfr", text="a", note=" "),
    ),
    Case(
        message="E106 PartyRegistered 't': kind: 'minister' is not one of state, ministry, "
        "agency, centre, chamber, company, university, international_organisation, unit, "
        "person, other; did you mean 'ministry'?",
        act=lambda: events.PartyRegistered(id="t", party="a", name="A", kind="minister"),
    ),
    Case(
        message="E106 StatementMade 't': meets: 'money' names no condition: write it as "
        "commitment/condition, such as 'c3/visa'",
        given=[PROMISE],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", meets="money", when="2022"
        ),
    ),
    Case(
        message="E107 MeetingHeld 'm': id: is recorded at position 9 with other content "
        "(when): give a new event a new id, or correct the old one with EventCorrected",
        given=[MEETING],
        act=lambda: events.MeetingHeld(
            id="m", meeting="m1", kind="meeting", partnership="vnfr", when="2022-08-17"
        ),
    ),
    Case(
        message="W102 MeetingHeld 't': participants: 'Deputy Director' is a post of no party: "
        "say of which",
        act=lambda: events.MeetingHeld(
            id="t",
            source="minutes",
            meeting="m1",
            kind="visit",
            partnership="vnfr",
            participants=[{"post": "Deputy Director", "role": "head"}, {"person": "A"}],
            when="2022",
        ),
    ),
    Case(
        message="W102 MeetingHeld 't': participants: 'Viet nam' is a name of party 'vn': "
        "give it as party='vn'",
        act=lambda: events.MeetingHeld(
            id="t",
            source="minutes",
            meeting="m1",
            kind="visit",
            partnership="vnfr",
            participants=["Viet nam"],
            when="2022",
        ),
    ),
    Case(
        message="W102 FigureReported 't': partners: 'Cuba' is a name of party 'cu': write 'cu'",
        act=lambda: events.FigureReported(
            id="t",
            source="minutes",
            figure="f1",
            measure="documents signed",
            value=7,
            period="2019",
            partners=["fr", "Cuba", "SE"],
            when="2019",
        ),
    ),
    Case(
        message="W102 ImplementationReported 't': partners: 'cstec-most' is a name of party "
        "'CSTEC': write 'CSTEC'",
        given=[CALLED],
        act=lambda: events.ImplementationReported(
            id="t", source="minutes", partnership="vnfr", partners="cstec-most", when="2019"
        ),
    ),
    Case(
        message="W102 StatementMade 't': by: 'National Centre' is a name of party 'CSTEC': "
        "write 'CSTEC'",
        given=[
            CALLED,
            events.PartyRenamed(party="CSTEC", name="National Centre", when="2021"),
        ],
        act=lambda: events.StatementMade(
            id="t",
            source="minutes",
            partnership="vnfr",
            text="a",
            by=["CSTEC", "National Centre"],
            when="2022",
        ),
    ),
    Case(
        message="W105 StatementMade 't': 'source' is missing: say what it rests on, "
        "be it only memory",
        act=lambda: events.StatementMade(id="t", partnership="vnfr", text="a", when="2022"),
    ),
    Case(
        message="W106 FigureReported 't': partners: 9 joint committee meetings with 3 partners "
        "named do not add up: keep both as reported, and say so in a note",
        act=lambda: events.FigureReported(
            id="t",
            source="minutes",
            figure="f1",
            measure="joint committee meetings",
            value=9,
            period="2019",
            partners=["RU", "DE", "BY"],
            when="2019",
        ),
    ),
    Case(
        message="W106 FigureReported 't': partners: 5 sessions with 6 partners named do not add "
        "up: keep both as reported, and say so in a note",
        act=lambda: events.FigureReported(
            id="t",
            source="minutes",
            figure="f1",
            measure="sessions",
            value=5,
            period="2019",
            partners=["LA", "KR", "MN", "SE", "RO", "BE"],
            when="2019",
        ),
    ),
    Case(
        message="W108 FigureReported 't': period: 2023 ends after the act itself, 2022-12-30",
        act=lambda: events.FigureReported(
            id="t",
            source="minutes",
            figure="f1",
            measure="sessions",
            value=5,
            period="2023",
            when="2022-12-30",
        ),
    ),
    Case(
        message="W108 ImplementationReported 't': period: 2020/2024 ends after the act itself, "
        "2023",
        act=lambda: events.ImplementationReported(
            id="t", source="minutes", partnership="vnfr", period="2020/2024", when="2023"
        ),
    ),
    Case(
        message="W110 PartyRegistered 't': founded: 2201 is after the day of recording, "
        "2030-01-01: look at it again",
        act=lambda: events.PartyRegistered(
            id="t", party="new", name="N", kind="centre", founded="2201"
        ),
    ),
    *(
        Case(
            message=f"W110 NoteAdded 't': source[1].{field}: 2030-01-02 is after the day of "
            "recording, 2030-01-01: look at it again",
            act=partial(
                events.NoteAdded,
                id="t",
                subject="vnfr",
                text="a",
                source=["news", {"title": "a book", field: "2030-01-02"}],
            ),
        )
        for field in ("published", "retrieved")
    ),
    *(
        Case(
            message=f"W111 {cls.__name__} 't': ask_again: 2022-02 is before the act itself, "
            "2022-03-01",
            given=[PUT],
            act=partial(
                build_event,
                cls,
                {"id": "t", "source": "news", "ask_again": "2022-02", "when": "2022-03-01"} | more,
            ),
        )
        for cls, more in ASKING.items()
    ),
    Case(
        message="E102 StatementMade 't': at_meeting: meeting 'm1' was retracted by event 'r': "
        "register it again, or name another",
        given=[
            MEETING,
            events.MeetingHeld(id="o", meeting="m2", kind="talks", partnership="vnfr", when="2022"),
            events.EventRetracted(id="r", target=MEETING.id or "", reason="never held"),
        ],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", at_meeting="m1", when="2022"
        ),
    ),
    Case(
        message="E102 NoteAdded 't': subject: commitment 'c1' is called 'c10' since event 'l': "
        "write 'c10'",
        given=[
            PROMISE,
            events.EventCorrected(id="j", target="c", changes={"what": "b"}, reason="a"),
            events.EventCorrected(id="k", target="c", changes={"commitment": "c9"}, reason="a"),
            events.EventCorrected(id="l", target="c", changes={"commitment": "c10"}, reason="a"),
        ],
        act=lambda: events.NoteAdded(id="t", subject="c1", text="a"),
    ),
]
