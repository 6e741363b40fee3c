"""A cooperation that is given up, and what is said of no text: E102, E105, W108, W509."""

from coopledger import events
from tests.unit.validation.case import Case

MOU = events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou")
SIGNED = events.InstrumentSigned(id="s", instrument="mou", when="2020-01-01", until="2021-12-31")
NEITHER = "'instrument' or 'partnership' is missing: {} needs one of them"

COOPERATION = [
    Case(
        message=f"E105 CooperationGivenUp 't': {NEITHER.format('CooperationGivenUp')}",
        act=lambda: events.CooperationGivenUp(id="t", source="minutes", when="2022"),
    ),
    Case(
        message=f"E105 CooperationResumed 't': {NEITHER.format('CooperationResumed')}",
        act=lambda: events.CooperationResumed(id="t", source="minutes", when="2022"),
    ),
    Case(
        message=f"E105 NothingDone 't': {NEITHER.format('NothingDone')}",
        act=lambda: events.NothingDone(id="t", source="minutes", period="2021", when="2022"),
    ),
    Case(
        message="E102 ObstacleReported 't': subject: 'vn' is a party, and no instrument or "
        "commitment or proposal or partnership",
        act=lambda: events.ObstacleReported(
            id="t", source="minutes", obstacle="o", subject="vn", text="a", when="2022"
        ),
    ),
    Case(
        message="E102 ObstacleRemoved 't': obstacle: unknown obstacle 'vias'; did you mean 'visa'?",
        given=[
            events.ObstacleReported(obstacle="visa", subject="vnfr", text="a", when="2022-01-01")
        ],
        act=lambda: events.ObstacleRemoved(id="t", source="minutes", obstacle="vias", when="2022"),
    ),
    Case(
        message="W108 NothingDone 't': period: 2022 ends after the act itself, 2022-06-30",
        act=lambda: events.NothingDone(
            id="t", source="minutes", partnership="vnfr", period="2022", when="2022-06-30"
        ),
    ),
    Case(
        message="W509 CooperationGivenUp 't': instrument: 'mou' is expired, and not in effect: "
        "there is nothing to give up",
        given=[MOU, SIGNED],
        act=lambda: events.CooperationGivenUp(
            id="t", source="minutes", instrument="mou", when="2022-01-01"
        ),
    ),
    Case(
        message="W509 CooperationGivenUp 't': partnership: no text of 'vnfr' is in effect: there "
        "is nothing to give up",
        given=[MOU],
        act=lambda: events.CooperationGivenUp(
            id="t", source="minutes", partnership="vnfr", when="2022-01-01"
        ),
    ),
]
