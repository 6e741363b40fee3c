"""Instruments: E501 to E512, W501 to W507."""

from coopledger import events
from tests.unit.validation.case import Case

# An agreement waits for its entry into force, an mou is in force on signature.
AGREEMENT = events.InstrumentRegistered(
    id="ra", instrument="treaty-text", partnership="vnfr", kind="agreement"
)
MOU = events.InstrumentRegistered(
    id="rm",
    instrument="mou",
    partnership="vnfr",
    kind="mou",
    renewal={"tacit": True, "years": 5, "notice_months": 6},
)
OLD = events.InstrumentRegistered(
    id="ro", instrument="old", partnership="vnfr", kind="mou", state="in_force", until="2020"
)
SIGNED = events.InstrumentSigned(id="s", instrument="mou", until="2024-12-31", when="2020-01-01")
AGREEMENT_SIGNED = events.InstrumentSigned(id="s", instrument="treaty-text", when="2007-03-07")
TERMINATED = events.InstrumentTerminated(id="e", instrument="mou", when="2021-01-01")

FOLLOWING = (
    events.InstrumentRegistered(
        instrument="second", partnership="vnfr", kind="mou", supersedes="mou", extends="mou"
    ),
    events.InstrumentRegistered(
        instrument="third", partnership="vnfr", kind="mou", supersedes="second", implements="mou"
    ),
)

INSTRUMENTS = [
    Case(
        message="E501 InstrumentSuspended 't': instrument: 'mou' is terminated since 2021-01-01 "
        "(event e): a text that has ended stays so: register a new one",
        given=[MOU, SIGNED, TERMINATED],
        act=lambda: events.InstrumentSuspended(id="t", instrument="mou", when="2022"),
    ),
    Case(
        message="E501 NegotiationOpened 't': instrument: 'mou' is terminated since 2021-01-01 "
        "(event e): a text that has ended stays so: register a new one",
        given=[MOU, SIGNED, TERMINATED],
        act=lambda: events.NegotiationOpened(id="t", instrument="mou", when="2022"),
    ),
    Case(
        message="E501 InstrumentExtended 't': instrument: 'mou' is terminated since 2021-01-01 "
        "(event e): a text that has ended stays so: register a new one",
        given=[MOU, SIGNED, TERMINATED],
        act=lambda: events.InstrumentExtended(id="t", instrument="mou", until="2030", when="2022"),
    ),
    Case(
        message="E501 ProposalAgreedInPrinciple 't': instrument: 'mou' is terminated since "
        "2021-01-01 (event e): a text that has ended stays so: register a new one",
        given=[
            MOU,
            SIGNED,
            events.ProposalMade(
                proposal="p1",
                partnership="vnfr",
                instrument="mou",
                by="vn",
                text="a",
                when="2020-06-01",
            ),
            TERMINATED,
        ],
        act=lambda: events.ProposalAgreedInPrinciple(id="t", proposal="p1", by="fr", when="2022"),
    ),
    Case(
        message="E501 InstrumentSigned 't': instrument: 'old' is superseded since 2020-01-01 "
        "(event s): a text that has ended stays so: register a new one",
        given=[
            events.InstrumentRegistered(
                instrument="old", partnership="vnfr", kind="mou", state="in_force"
            ),
            events.InstrumentRegistered(
                instrument="mou", partnership="vnfr", kind="mou", supersedes="old"
            ),
            SIGNED,
        ],
        act=lambda: events.InstrumentSigned(id="t", instrument="old", when="2021"),
    ),
    Case(
        message="E502 InstrumentInitialled 't': instrument: 'treaty-text' was signed "
        "on 2007-03-07 (event s)",
        given=[AGREEMENT, AGREEMENT_SIGNED],
        act=lambda: events.InstrumentInitialled(id="t", instrument="treaty-text", when="2008"),
    ),
    Case(
        message="E503 InstrumentSigned 't': signers: 'cu' is no party of 'mou', nor does it "
        "belong to one: its parties are vn, fr",
        given=[MOU],
        act=lambda: events.InstrumentSigned(
            id="t", instrument="mou", signers=["vn", "cu"], when="2020"
        ),
    ),
    Case(
        message="E503 InstrumentSigned 't': missing_signers: 'cu' is no party of 'mou', nor does "
        "it belong to one: its parties are vn, fr",
        given=[MOU],
        act=lambda: events.InstrumentSigned(
            id="t", instrument="mou", missing_signers="cu", when="2020"
        ),
    ),
    Case(
        message="E503 InstrumentRatified 't': party: 'unesco' is no party of 'mou', nor does it "
        "belong to one: its parties are vn, fr",
        given=[MOU],
        act=lambda: events.InstrumentRatified(
            id="t", instrument="mou", party="unesco", when="2020"
        ),
    ),
    Case(
        message="E504 InstrumentSigned 't': until: 2019 is before the signature, 2020-01-01",
        given=[MOU],
        act=lambda: events.InstrumentSigned(
            id="t", instrument="mou", until="2019", when="2020-01-01"
        ),
    ),
    Case(
        message="E504 InstrumentSigned 't': until: 2020-06 is before the effect of the act, "
        "2020-07-01",
        given=[MOU],
        act=lambda: events.InstrumentSigned(
            id="t", instrument="mou", until="2020-06", when="2020-01-01", effective="2020-07-01"
        ),
    ),
    Case(
        message="E504 InstrumentProvisionallyApplied 't': until: 2006-12-31 is before the act "
        "itself, 2008-01-01",
        given=[AGREEMENT, AGREEMENT_SIGNED],
        act=lambda: events.InstrumentProvisionallyApplied(
            id="t", instrument="treaty-text", until="2006-12-31", when="2008-01-01"
        ),
    ),
    Case(
        message="E504 InstrumentEnteredIntoForce 't': until: 2008 is before the effect of the "
        "act, 2009-01",
        given=[AGREEMENT, AGREEMENT_SIGNED],
        act=lambda: events.InstrumentEnteredIntoForce(
            id="t", instrument="treaty-text", until="2008", when="2008-01-01", effective="2009-01"
        ),
    ),
    Case(
        message="E504 InstrumentExtended 't': until: 2021 is before the act itself, 2022-02-01",
        given=[MOU],
        act=lambda: events.InstrumentExtended(
            id="t", instrument="mou", until="2021", when="2022-02-01"
        ),
    ),
    Case(
        message="E504 InstrumentRenewed 't': until: 2025-06-01 is before the act itself, "
        "2025-06-02",
        given=[MOU],
        act=lambda: events.InstrumentRenewed(
            id="t", instrument="mou", until="2025-06-01", when="2025-06-02"
        ),
    ),
    Case(
        message="E505 InstrumentEnteredIntoForce 't': 'treaty-text' cannot enter into force in "
        "2006: its first signature is 2007-03-07 (event s)",
        given=[AGREEMENT, AGREEMENT_SIGNED],
        act=lambda: events.InstrumentEnteredIntoForce(
            id="t", instrument="treaty-text", when="2006"
        ),
    ),
    Case(
        message="E506 InstrumentExtended 't': until: 2024 is not beyond the end so far, 2024-12-31",
        given=[MOU, SIGNED],
        act=lambda: events.InstrumentExtended(id="t", instrument="mou", until="2024", when="2023"),
    ),
    Case(
        message="E506 InstrumentRenewed 't': until: 2028 is not beyond the end so far, 2029-12-31",
        given=[MOU, SIGNED],
        act=lambda: events.InstrumentRenewed(
            id="t", instrument="mou", until="2028", when="2025-06-01"
        ),
    ),
    Case(
        message="E507 TerminationNotified 't': ends: 2022-05-31 is before the notice itself, "
        "2022-06",
        given=[MOU, SIGNED],
        act=lambda: events.TerminationNotified(
            id="t", instrument="mou", by="vn", ends="2022-05-31", when="2022-06"
        ),
    ),
    Case(
        message="E508 TerminationNoticeWithdrawn 't': instrument: no notice is pending for 'mou'",
        given=[MOU, SIGNED],
        act=lambda: events.TerminationNoticeWithdrawn(id="t", instrument="mou", when="2021"),
    ),
    Case(
        message="E508 TerminationNoticeWithdrawn 't': instrument: no notice is pending for 'mou'",
        given=[
            MOU,
            SIGNED,
            events.TerminationNotified(
                instrument="mou", by="vn", ends="2021-01-01", when="2020-06-01"
            ),
        ],
        act=lambda: events.TerminationNoticeWithdrawn(id="t", instrument="mou", when="2021-01-02"),
    ),
    Case(
        message="E509 InstrumentTerminated 't': instrument: 'treaty-text' is none: "
        "it was never in effect: use NegotiationBrokenOff",
        given=[AGREEMENT],
        act=lambda: events.InstrumentTerminated(id="t", instrument="treaty-text", when="2022"),
    ),
    Case(
        message="E509 InstrumentTerminated 't': instrument: 'treaty-text' is initialled since "
        "2007-01-01 (event i): it was never in effect: use NegotiationBrokenOff",
        given=[
            AGREEMENT,
            events.InstrumentInitialled(id="i", instrument="treaty-text", when="2007-01-01"),
        ],
        act=lambda: events.InstrumentTerminated(id="t", instrument="treaty-text", when="2022"),
    ),
    Case(
        message="W501 InstrumentExtended 't': instrument: nothing is recorded of 'mou' before",
        given=[MOU],
        act=lambda: events.InstrumentExtended(
            id="t", source="minutes", instrument="mou", until="2030", when="2022"
        ),
    ),
    Case(
        message="W501 InstrumentSuspended 't': instrument: nothing is recorded of 'mou' before",
        given=[MOU],
        act=lambda: events.InstrumentSuspended(
            id="t", source="minutes", instrument="mou", when="2022"
        ),
    ),
    Case(
        message="W502 InstrumentProvisionallyApplied 't': instrument: 'treaty-text' is "
        "negotiating, not agreed or signed",
        given=[AGREEMENT, events.NegotiationOpened(instrument="treaty-text", when="2006")],
        act=lambda: events.InstrumentProvisionallyApplied(
            id="t", source="minutes", instrument="treaty-text", when="2007"
        ),
    ),
    Case(
        message="W503 InstrumentResumed 't': instrument: 'mou' is in_force, not suspended",
        given=[MOU, SIGNED],
        act=lambda: events.InstrumentResumed(
            id="t", source="minutes", instrument="mou", when="2021"
        ),
    ),
    Case(
        message="W504 TerminationNotified 't': ends: 2025-01-01 is the end of the term, for which "
        "notice of 6 months was due by 2024-06-30",
        given=[MOU, SIGNED],
        act=lambda: events.TerminationNotified(
            id="t",
            source="minutes",
            instrument="mou",
            by="vn",
            ends="2025-01-01",
            when="2024-07-01",
        ),
    ),
    Case(
        message="W507 InstrumentRenewed 't': until: the new end, 2023-04-30, is before the act "
        "itself, 2025-06-01: 'old' had run out, and would have been over again by then",
        given=[OLD],
        act=lambda: events.InstrumentRenewed(
            id="t",
            source="minutes",
            instrument="old",
            years=1,
            effective="2022-05-01",
            when="2025-06-01",
        ),
    ),
    Case(
        message="W507 InstrumentExtended 't': until: the new end, 2023, is before the act itself, "
        "2025-06-01: 'old' had run out, and would have been over again by then",
        given=[OLD],
        act=lambda: events.InstrumentExtended(
            id="t",
            source="minutes",
            instrument="old",
            until="2023",
            effective="2022-05-01",
            when="2025-06-01",
        ),
    ),
    Case(
        message="E106 InstrumentRenewed 't': years: 5 beside until, 2030: give the end or the "
        "length",
        given=[MOU, SIGNED],
        act=lambda: events.InstrumentRenewed(
            id="t", instrument="mou", until="2030", years=5, when="2022"
        ),
    ),
    Case(
        message="W504 TerminationNotified 't': ends: 2022-12-15 is sooner than the agreed "
        "6 months, which end on 2022-12-30",
        given=[MOU, SIGNED],
        act=lambda: events.TerminationNotified(
            id="t",
            source="minutes",
            instrument="mou",
            by="vn",
            ends="2022-12-15",
            when="2022-06-30",
        ),
    ),
    Case(
        message="W505 InstrumentCompleted 't': instrument: 'mou' is a text of kind mou, which "
        "has no completion: it expires or is terminated",
        given=[MOU, SIGNED],
        act=lambda: events.InstrumentCompleted(
            id="t", source="minutes", instrument="mou", when="2022"
        ),
    ),
    Case(
        message="W506 InstrumentRenewed 't': until: the new end of 'mou' is unknown",
        given=[MOU, SIGNED],
        act=lambda: events.InstrumentRenewed(
            id="t", source="minutes", instrument="mou", when="2022"
        ),
    ),
    Case(
        message="W501 InstrumentEnteredIntoForce 't': instrument: nothing is recorded of "
        "'treaty-text' before",
        given=[AGREEMENT],
        act=lambda: events.InstrumentEnteredIntoForce(
            id="t", source="minutes", instrument="treaty-text", when="2007"
        ),
    ),
    Case(
        message="W501 InstrumentEnteredIntoForce 't': instrument: 'treaty-text' is initialled: "
        "earlier steps are not recorded",
        given=[
            AGREEMENT,
            events.InstrumentInitialled(id="i", instrument="treaty-text", when="2007-01-01"),
        ],
        act=lambda: events.InstrumentEnteredIntoForce(
            id="t", source="minutes", instrument="treaty-text", when="2008"
        ),
    ),
    Case(
        message="E512 InstrumentRegistered 't': supersedes: 'mou' cannot take the place of itself",
        act=lambda: events.InstrumentRegistered(
            id="t", instrument="mou", partnership="vnfr", kind="mou", supersedes="mou"
        ),
    ),
    Case(
        message="E512 EventCorrected 't': changes: supersedes: 'third' takes the place of 'mou'",
        given=[MOU, *FOLLOWING],
        act=lambda: events.EventCorrected(
            id="t", target="rm", changes={"supersedes": ["third"]}, reason="a"
        ),
    ),
    Case(
        message="E512 EventCorrected 't': changes: extends: 'second' prolongs 'mou'",
        given=[MOU, *FOLLOWING],
        act=lambda: events.EventCorrected(
            id="t", target="rm", changes={"extends": "second"}, reason="a"
        ),
    ),
    Case(
        message="E512 EventCorrected 't': changes: implements: 'third' carries out 'mou'",
        given=[MOU, *FOLLOWING],
        act=lambda: events.EventCorrected(
            id="t", target="rm", changes={"implements": "third"}, reason="a"
        ),
    ),
    Case(
        message="E512 InstrumentAmended 't': by_instrument: 'mou' cannot amend itself",
        given=[MOU, SIGNED],
        act=lambda: events.InstrumentAmended(
            id="t", instrument="mou", by_instrument="mou", when="2021"
        ),
    ),
    Case(
        message="E512 EventCorrected 't': changes: ends_with: 'annex' ends with 'mou'",
        given=[
            MOU,
            events.InstrumentRegistered(
                instrument="annex", partnership="vnfr", kind="mou", ends_with="mou"
            ),
        ],
        act=lambda: events.EventCorrected(
            id="t", target="rm", changes={"ends_with": "annex"}, reason="a"
        ),
    ),
    Case(
        message="E512 InstrumentRegistered 't': ends_with: 'mou' cannot end with itself",
        act=lambda: events.InstrumentRegistered(
            id="t", instrument="mou", partnership="vnfr", kind="mou", ends_with="mou"
        ),
    ),
    Case(
        message="E106 InstrumentSigned 't': months: 6 beside until, 2030: give the end or the "
        "length",
        given=[MOU],
        act=lambda: events.InstrumentSigned(
            id="t", instrument="mou", until="2030", months=6, when="2022"
        ),
    ),
    Case(
        message="E106 InstrumentEnteredIntoForce 't': open_ended: beside years and months: a text "
        "without an end has none of them",
        given=[AGREEMENT, AGREEMENT_SIGNED],
        act=lambda: events.InstrumentEnteredIntoForce(
            id="t", instrument="treaty-text", open_ended=True, years=1, months=6, when="2022"
        ),
    ),
    Case(
        message="E106 InstrumentRegistered 't': open_ended: beside until, 2030: a text without an "
        "end has none of them",
        act=lambda: events.InstrumentRegistered(
            id="t", instrument="mou", partnership="vnfr", kind="mou", until="2030", open_ended=True
        ),
    ),
    Case(
        message="W504 TerminationNotified 't': ends: 2022-02-01 is sooner than the agreed 90 days, "
        "which end on 2022-04-01",
        given=[
            events.InstrumentRegistered(
                instrument="mou", partnership="vnfr", kind="mou", renewal={"notice_days": 90}
            ),
            SIGNED,
        ],
        act=lambda: events.TerminationNotified(
            id="t",
            source="minutes",
            instrument="mou",
            by="vn",
            ends="2022-02-01",
            when="2022-01-01",
        ),
    ),
]
