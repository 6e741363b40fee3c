"""Parties of texts and members of partnerships: E207, E503, E508, E510 to E514, W201, W508."""

from collections.abc import Sequence

from coopledger import events
from coopledger.events import Event
from tests.builders import build_event
from tests.unit.validation.case import Case

SOURCE = "a register"


def act(cls: type[Event], **fields: object) -> Event:
    """Return an act on the text, with a source."""
    return build_event(cls, {"instrument": "text", "source": SOURCE, **fields})


TEXT = events.InstrumentRegistered(
    id="r", instrument="text", partnership="vnfr", kind="treaty", parties=["vn", "fr", "cu"]
)
PAIR = events.InstrumentRegistered(id="p", instrument="pair", partnership="vnfr", kind="treaty")
SIGNED = act(events.InstrumentSigned, id="s", when="2020-01-01")
RATIFIED = act(events.InstrumentRatified, id="c", party="vn", when="2020-06-01")
ENTERED = act(events.InstrumentEnteredIntoForce, id="e", when="2020-07-01")
NOTICES: Sequence[Event] = [
    TEXT,
    SIGNED,
    ENTERED,
    act(events.TerminationNotified, by="vn", ends="2023-01-01", when="2022-01-01"),
    act(events.TerminationNotified, by="fr", ends="2023-02-01", when="2022-01-02"),
]
RESERVED = act(
    events.ReservationMade,
    party="vn",
    kind="reservation",
    article="12",
    text="not applied",
    when="2020-01-01",
)


def nobody(field: str, cls: type[Event]) -> str:
    """Return the message on somebody who is no party."""
    return (
        f"E503 {cls.__name__} 't': {field}: 'unesco' is no party of 'text', nor does it belong to "
        "one: its parties are vn, fr, cu"
    )


def stranger(field: str, cls: type[Event], **more: object) -> Case:
    """Return the case of an act by somebody who is no party."""
    return Case(
        message=nobody(field, cls),
        given=[TEXT, SIGNED],
        act=lambda: act(cls, id="t", when="2021", **{field: "unesco"}, **more),
    )


PARTICIPANTS = [
    stranger("parties", events.InstrumentEnteredIntoForce),
    stranger("by", events.TerminationNotified, ends="2025"),
    stranger("by", events.SignatureWithdrawn),
    stranger("by", events.InstrumentTerminated),
    stranger("party", events.ReservationMade, kind="declaration", text="a"),
    Case(
        message="E207 PartyJoined 't': party: 'fr' is a member of 'vnfr' already",
        act=lambda: events.PartyJoined(id="t", partnership="vnfr", party="fr", when="2022"),
    ),
    Case(
        message="E207 PartyLeft 't': party: 'cu' is no member of 'vnfr': its members are vn, fr",
        act=lambda: events.PartyLeft(id="t", partnership="vnfr", party="cu", when="2022"),
    ),
    Case(
        message="E207 PartyJoined 't': party: 'fr' is a member of 'vnfr' already",
        given=[events.PartySucceeded(party="fr", by="cu", when="2020")],
        act=lambda: events.PartyJoined(id="t", partnership="vnfr", party="fr", when="2022"),
    ),
    Case(
        message="W201 PartyLeft 't': party: fewer than two stay in 'vnfr': record how it ends too",
        given=[events.PartySucceeded(party="fr", by="cu", when="2020")],
        act=lambda: events.PartyLeft(
            id="t", partnership="vnfr", party="fr", when="2022", source=SOURCE
        ),
    ),
    Case(
        message="E503 TerminationNoticeWithdrawn 't': by: 'unesco' is no party of 'text', nor does "
        "it belong to one: its parties are vn, fr, cu\n"
        "E508 TerminationNoticeWithdrawn 't': by: no notice of 'unesco' is pending for 'text'",
        given=[TEXT, SIGNED],
        act=lambda: act(events.TerminationNoticeWithdrawn, id="t", by="unesco", when="2021"),
    ),
    Case(
        message="E508 TerminationNoticeWithdrawn 't': by: no notice of 'cu' is pending for 'text'",
        given=NOTICES,
        act=lambda: act(events.TerminationNoticeWithdrawn, id="t", by="cu", when="2022-03-01"),
    ),
    Case(
        message="E510 InstrumentAcceded 't': party: 'vn' has consented to 'text' already, on "
        "2020-06-01 (event c): it may accede again after it has left",
        given=[TEXT, SIGNED, RATIFIED],
        act=lambda: act(events.InstrumentAcceded, id="t", party="vn", when="2021"),
    ),
    Case(
        message="E511 TerminationNoticeWithdrawn 't': by: notices of 'vn', 'fr' run for 'text': "
        "name whose is taken back",
        given=NOTICES,
        act=lambda: act(events.TerminationNoticeWithdrawn, id="t", when="2022-03-01"),
    ),
    Case(
        message="E513 SignatureWithdrawn 't': by: 'cu' has not signed",
        given=[TEXT, act(events.InstrumentSigned, signers=["vn", "fr"], when="2020-01-01")],
        act=lambda: act(events.SignatureWithdrawn, id="t", by="cu", when="2021"),
    ),
    Case(
        message="E513 SignatureWithdrawn 't': by: 'vn' has consented on 2020-06-01: give notice",
        given=[TEXT, SIGNED, RATIFIED],
        act=lambda: act(events.SignatureWithdrawn, id="t", by="vn", when="2021"),
    ),
    Case(
        message="E513 SignatureWithdrawn 't': by: 'vn' is bound by its signature of 2020-01-01: "
        "give notice",
        given=[
            events.InstrumentRegistered(
                id="r", instrument="text", partnership="vnfr", kind="mou", parties=["vn", "fr"]
            ),
            SIGNED,
        ],
        act=lambda: act(events.SignatureWithdrawn, id="t", by="vn", when="2021"),
    ),
    Case(
        message="E514 ReservationWithdrawn 't': party: no reservation of 'fr' to 'text' is "
        "recorded",
        given=[TEXT, SIGNED, RESERVED],
        act=lambda: act(events.ReservationWithdrawn, id="t", party="fr", when="2021"),
    ),
    Case(
        message="E514 ReservationWithdrawn 't': party: no reservation of 'vn' on 13 to 'text' is "
        "recorded",
        given=[TEXT, SIGNED, RESERVED],
        act=lambda: act(events.ReservationWithdrawn, id="t", party="vn", article="13", when="2021"),
    ),
    Case(
        message="E501 InstrumentAcceded 't': instrument: 'text' is terminated since 2021-01-01 "
        "(event x): a text that has ended stays so: register a new one",
        given=[TEXT, SIGNED, ENTERED, act(events.InstrumentTerminated, id="x", when="2021-01-01")],
        act=lambda: act(events.InstrumentAcceded, id="t", party="unesco", when="2022"),
    ),
    Case(
        message="E501 InstrumentAdopted 't': instrument: 'text' is terminated since 2021-01-01 "
        "(event x): a text that has ended stays so: register a new one",
        given=[TEXT, SIGNED, ENTERED, act(events.InstrumentTerminated, id="x", when="2021-01-01")],
        act=lambda: act(events.InstrumentAdopted, id="t", when="2022"),
    ),
    Case(
        message="E210 SameAs 't': same_as: 'vn' is a party and 'vnfr' is a partnership: name two "
        "ids of one noun",
        act=lambda: events.SameAs(id="t", duplicate="vn", same_as="vnfr"),
    ),
    Case(
        message="E211 SameAs 't': same_as: 'vn' is the duplicate itself: name the other id",
        act=lambda: events.SameAs(id="t", duplicate="vn", same_as="vn"),
    ),
    Case(
        message="E211 SameAs 't': same_as: 'mesr' and 'most' are read as one already",
        given=[events.SameAs(duplicate="most", same_as="mesr")],
        act=lambda: events.SameAs(id="t", duplicate="mesr", same_as="most"),
    ),
    Case(
        message="W201 PartyLeft 't': party: fewer than two stay in 'vnfr': record how it ends too",
        act=lambda: events.PartyLeft(
            id="t", partnership="vnfr", party="fr", when="2022", source=SOURCE
        ),
    ),
    Case(
        message="W508 InstrumentRegistered 't': supersedes: 'pair' is between vn, fr, and this "
        "text is not: it will end when this one takes effect",
        given=[PAIR],
        act=lambda: events.InstrumentRegistered(
            id="t",
            instrument="other",
            partnership="vncu",
            kind="treaty",
            supersedes="pair",
        ),
    ),
]
