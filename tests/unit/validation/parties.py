"""Parties and partnerships: E201 to E206, W207."""

import attrs

from coopledger import events
from tests.unit.validation.case import Case

MOU = events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou")

PARTIES = [
    Case(
        message="E201 PartyRegistered 't': party: 'vn' is already the id of a party (event w1): "
        "choose another",
        act=lambda: events.PartyRegistered(id="t", party="vn", name="A", kind="state"),
    ),
    Case(
        message="E201 InstrumentRegistered 't': instrument: 'mou' is already the id of an "
        "instrument (event r): the same is recorded at position 9; given again, it needs its id",
        given=[MOU],
        act=lambda: attrs.evolve(MOU, id="t"),
    ),
    Case(
        message="E201 PartyRegistered 't': party: 'cu' is already the id of a party (event w2), "
        "read as 'fr': choose another",
        given=[events.SameAs(duplicate="cu", same_as="fr")],
        act=lambda: events.PartyRegistered(id="t", party="cu", name="A", kind="state"),
    ),
    Case(
        message="E201 InstrumentRegistered 't': instrument: 'vnfr' is already the id of a "
        "partnership (event w7): choose another",
        act=lambda: events.InstrumentRegistered(
            id="t", instrument="vnfr", partnership="vnfr", kind="mou"
        ),
    ),
    Case(
        message="E201 InstrumentRegistered 't': instrument: 'mou' is already the id of an "
        "instrument (event r): choose another",
        given=[MOU],
        act=lambda: events.InstrumentRegistered(
            id="t", instrument="mou", partnership="vncu", kind="mou"
        ),
    ),
    Case(
        message="E201 MeetingHeld 't': meeting: 'mou' is already the id of an instrument "
        "(event r): choose another",
        given=[MOU],
        act=lambda: events.MeetingHeld(
            id="t", meeting="mou", kind="visit", partnership="vnfr", when="2022"
        ),
    ),
    Case(
        message="E201 ProposalDeclined 't': proposal: 'vn' is already the id of a party "
        "(event w1): choose another",
        act=lambda: events.ProposalDeclined(
            id="t", proposal="vn", partnership="vnfr", by="fr", when="2022"
        ),
    ),
    Case(
        message="E202 PartyRegistered 't': parent: unknown party 'mots'; did you mean 'most'?",
        act=lambda: events.PartyRegistered(id="t", party="a", name="A", kind="unit", parent="mots"),
    ),
    Case(
        message="E202 PartyRegistered 't': parent: 'a' cannot be its own parent",
        act=lambda: events.PartyRegistered(id="t", party="a", name="A", kind="unit", parent="a"),
    ),
    Case(
        message="E202 EventCorrected 't': changes: parent: 'b' lies below 'vn'",
        given=[
            events.PartyRegistered(party="a", name="A", kind="agency", parent="vn"),
            events.PartyRegistered(party="b", name="B", kind="unit", parent="a"),
        ],
        act=lambda: events.EventCorrected(id="t", target="w1", changes={"parent": "b"}, reason="a"),
    ),
    Case(
        message="E203 PartyRegistered 't': country: 'UK' is not a country code of ISO 3166-1 "
        "alpha-2; did you mean 'GB'?",
        act=lambda: events.PartyRegistered(
            id="t", party="a", name="A", kind="agency", country="UK"
        ),
    ),
    Case(
        message="E203 PartyRegistered 't': country: 'Atlantis' is not a country code of "
        "ISO 3166-1 alpha-2, such as 'VN'",
        act=lambda: events.PartyRegistered(
            id="t", party="a", name="A", kind="state", country="Atlantis"
        ),
    ),
    Case(
        message="E203 StatementMade 't': place.country: 'fr' is not a country code of "
        "ISO 3166-1 alpha-2; did you mean 'FR'?",
        act=lambda: events.StatementMade(
            id="t",
            partnership="vnfr",
            text="a",
            place={"name": "Paris", "country": "fr"},
            when="2022",
        ),
    ),
    Case(
        message="E204 PartySucceeded 't': by: 'most' cannot take over from itself",
        act=lambda: events.PartySucceeded(id="t", party="most", by=["mesr", "most"], when="2022"),
    ),
    Case(
        message="E205 PartnershipOpened 't': parties: vn is fewer than two: name every party",
        act=lambda: events.PartnershipOpened(id="t", partnership="a", parties="vn"),
    ),
    Case(
        message="E205 PartnershipOpened 't': parties: none is fewer than two: name every party",
        act=lambda: events.PartnershipOpened(id="t", partnership="a", parties=[]),
    ),
    Case(
        message="E206 PartnershipOpened 't': parent: 'a' lies below 'a'",
        act=lambda: events.PartnershipOpened(
            id="t", partnership="a", parties=["vn", "fr"], parent="a"
        ),
    ),
    Case(
        message="E206 EventCorrected 't': changes: parent: 'b' lies below 'vnfr'",
        given=[
            events.PartnershipOpened(id="o1", partnership="a", parties=["vn", "fr"], parent="vnfr"),
            events.PartnershipOpened(id="o2", partnership="b", parties=["vn", "fr"], parent="a"),
        ],
        act=lambda: events.EventCorrected(id="t", target="w7", changes={"parent": "b"}, reason="a"),
    ),
    Case(
        message="E105 MeetingHeld 't': 'kind' is missing: 'm2' was not scheduled\n"
        "E105 MeetingHeld 't': 'partnership' is missing: 'm2' was not scheduled",
        act=lambda: events.MeetingHeld(id="t", meeting="m2", when="2022-08-15"),
    ),
    Case(
        message="W207 PartnershipClosed 't': partnership: 'vnfr' stays active while 'mou' is in "
        "effect: record how it ends too",
        given=[MOU, events.InstrumentSigned(instrument="mou", when="2022-01-01")],
        act=lambda: events.PartnershipClosed(
            id="t", source="minutes", partnership="vnfr", when="2022-01-02"
        ),
    ),
    Case(
        message="W207 PartnershipClosed 't': partnership: 'vnfr' stays active while 'mou', 'loi' "
        "are in effect: record how they end too",
        given=[
            MOU,
            events.InstrumentSigned(instrument="mou", when="2022-01-01"),
            events.InstrumentRegistered(
                instrument="loi", partnership="vnfr", kind="loi", state="in_force"
            ),
        ],
        act=lambda: events.PartnershipClosed(
            id="t", source="minutes", partnership="vnfr", when="2022-01-02"
        ),
    ),
]
