"""Cases of warnings about any event: W102, W105, W106."""

from coopledger import events
from tests.unit.validation.case import Case

CALLED = events.PartyRegistered(
    id="p",
    party="CSTEC",
    name="China Science and Technology Exchange Center",
    kind="centre",
    acronyms="CSTEC-MOST",
)

GENERAL_WARNINGS = [
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
]
