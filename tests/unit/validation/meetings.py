"""Meetings: E105, E106, E301 to E304, W301 and W302."""

from coopledger import events
from tests.unit.validation.case import Case

TALKS = events.MeetingHeld(
    id="m", meeting="talks", kind="talks", partnership="vnfr", when="2022-08-16"
)
ELEVENTH = events.MeetingScheduled(
    id="s",
    meeting="jcm11",
    kind="joint committee",
    partnership="vnfr",
    series="jcm",
    number=11,
    when="2019-09-16",
)

PARTS = (
    events.MeetingScheduled(
        meeting="seminar", kind="seminar", partnership="vnfr", within="jcm11", when="2019-10"
    ),
    events.MeetingScheduled(
        meeting="working-lunch", kind="lunch", partnership="vnfr", within="seminar", when="2019-10"
    ),
)

MEETINGS = [
    Case(
        message="E301 MeetingHeld 't': number: 11 of 'jcm' is 'jcm11' (event s)",
        given=[ELEVENTH],
        act=lambda: events.MeetingHeld(
            id="t",
            meeting="other",
            kind="joint committee",
            partnership="vnfr",
            series="jcm",
            number=11,
            when="2020",
        ),
    ),
    Case(
        message="E301 MeetingScheduled 't': number: 11 of 'jcm' is 'jcm11' (event s)",
        given=[
            ELEVENTH,
            events.MeetingCancelled(id="g", meeting="jcm11", when="2019-12-01"),
        ],
        act=lambda: events.MeetingScheduled(
            id="t",
            meeting="other",
            kind="joint committee",
            partnership="vnfr",
            series="jcm",
            number=11,
            when="2020",
        ),
    ),
    Case(
        message="E302 MeetingPostponed 't': meeting: 'talks' was held on 2022-08-16 (event m)",
        given=[TALKS],
        act=lambda: events.MeetingPostponed(
            id="t", meeting="talks", planned="2023", when="2022-09-01"
        ),
    ),
    Case(
        message="E302 MeetingCancelled 't': meeting: 'talks' was held on 2022-08-16 (event m)",
        given=[TALKS],
        act=lambda: events.MeetingCancelled(id="t", meeting="talks", when="2022-08-16"),
    ),
    Case(
        message="E303 MeetingHeld 't': meeting: 'talks' was held on 2022-08-16 (event m): "
        "give another meeting another id",
        given=[TALKS],
        act=lambda: events.MeetingHeld(id="t", meeting="talks", when="2022-08-15"),
    ),
    Case(
        message="E105 MeetingHeld 't': 'kind' is missing: 'm2' was not scheduled\n"
        "E105 MeetingHeld 't': 'partnership' is missing: 'm2' was not scheduled",
        act=lambda: events.MeetingHeld(id="t", meeting="m2", when="2022-08-15"),
    ),
    Case(
        message="E106 MeetingHeld 't': partnership: 'jcm11' belongs to 'vnfr', not to 'vncu'",
        given=[ELEVENTH],
        act=lambda: events.MeetingHeld(id="t", meeting="jcm11", partnership="vncu", when="2020"),
    ),
    Case(
        message="W301 MeetingHeld 't': number: 13 of 'jcm' leaves out 12, "
        "of which nothing is recorded",
        given=[ELEVENTH],
        act=lambda: events.MeetingHeld(
            id="t",
            source="minutes",
            meeting="jcm13",
            kind="joint committee",
            partnership="vnfr",
            series="jcm",
            number=13,
            when="2022",
        ),
    ),
    Case(
        message="W301 MeetingScheduled 't': number: 8 of 'jcm' leaves out 9 to 10, "
        "of which nothing is recorded",
        given=[ELEVENTH],
        act=lambda: events.MeetingScheduled(
            id="t",
            source="minutes",
            meeting="jcm8",
            kind="joint committee",
            partnership="vnfr",
            series="jcm",
            number=8,
            when="2017",
        ),
    ),
    Case(
        message="W302 MeetingScheduled 't': planned: 2018 is before the act itself, 2019-09-16",
        act=lambda: events.MeetingScheduled(
            id="t",
            source="minutes",
            meeting="m1",
            kind="visit",
            partnership="vnfr",
            planned="2018",
            when="2019-09-16",
        ),
    ),
    Case(
        message="W302 MeetingPostponed 't': planned: 2019 is before the act itself, 2020-01-02",
        given=[ELEVENTH],
        act=lambda: events.MeetingPostponed(
            id="t", source="minutes", meeting="jcm11", planned="2019", when="2020-01-02"
        ),
    ),
    Case(
        message="E304 MeetingScheduled 't': within: 'm1' cannot lie within itself",
        act=lambda: events.MeetingScheduled(
            id="t", meeting="m1", kind="visit", partnership="vnfr", within="m1", when="2022"
        ),
    ),
    Case(
        message="E304 MeetingHeld 't': within: 'working-lunch' lies within 'jcm11'",
        given=[ELEVENTH, *PARTS],
        act=lambda: events.MeetingHeld(
            id="t", meeting="jcm11", within="working-lunch", when="2020"
        ),
    ),
    Case(
        message="E304 EventCorrected 't': changes: within: 'working-lunch' lies within 'jcm11'",
        given=[ELEVENTH, *PARTS],
        act=lambda: events.EventCorrected(
            id="t", target="s", changes={"within": "working-lunch"}, reason="a"
        ),
    ),
]
