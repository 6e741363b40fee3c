"""Proposals: E401 to E406, W401 and W402."""

from coopledger import events
from tests.unit.validation.case import Case

PUT = events.ProposalMade(
    id="p", proposal="p1", partnership="vnfr", by="vn", text="a", when="2019-09-16"
)
COUNTER = events.ProposalMade(
    id="q",
    proposal="p2",
    partnership="vnfr",
    by="fr",
    text="b",
    counter_to="p1",
    when="2019-10-01",
)
WISHED = events.InterestExpressed(
    id="w", proposal="p1", partnership="vnfr", by="vn", when="2019-09-16"
)
DECLINED = events.ProposalDeclined(id="d", proposal="p1", by="fr", when="2019-12-01")

PROPOSALS = [
    Case(
        message="E401 InterestExpressed 't': to: 'vn' is the proposer itself",
        act=lambda: events.InterestExpressed(
            id="t", proposal="p1", partnership="vnfr", by="vn", to="vn", when="2022"
        ),
    ),
    Case(
        message="E401 ProposalMade 't': to: 'fr' is the proposer itself",
        act=lambda: events.ProposalMade(
            id="t", proposal="p1", partnership="vnfr", by="fr", to=["fr"], text="a", when="2022"
        ),
    ),
    Case(
        message="E402 ProposalMade 't': proposal: 'p1' was already proposed on 2019-09-16 "
        "(event p): give a new proposal a new id",
        given=[PUT],
        act=lambda: events.ProposalMade(
            id="t", proposal="p1", partnership="vnfr", by="vn", text="b", when="2020"
        ),
    ),
    Case(
        message="E403 ProposalAcknowledged 't': proposal: 'p1' was never recorded: "
        "say to which partnership or instrument it belongs",
        act=lambda: events.ProposalAcknowledged(id="t", proposal="p1", by="fr", when="2020"),
    ),
    Case(
        message="E404 ProposalAccepted 't': proposal: 'p1' is declined since 2019-12-01 "
        "(event d): put a new one",
        given=[PUT, DECLINED],
        act=lambda: events.ProposalAccepted(id="t", proposal="p1", by="fr", when="2020"),
    ),
    Case(
        message="E404 InterestExpressed 't': proposal: 'p1' is declined since 2019-12-01 "
        "(event d): put a new one",
        given=[PUT, DECLINED],
        act=lambda: events.InterestExpressed(
            id="t", proposal="p1", partnership="vnfr", by="vn", when="2020"
        ),
    ),
    Case(
        message="E404 StatementMade 't': realises: 'p1' is declined",
        given=[PUT, DECLINED],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", realises="p1", when="2020"
        ),
    ),
    Case(
        message="E405 ProposalWithdrawn 't': by: fr did not put 'p1': "
        "only vn can withdraw it, others decline it",
        given=[PUT],
        act=lambda: events.ProposalWithdrawn(id="t", proposal="p1", by="fr", when="2020"),
    ),
    Case(
        message="W401 ProposalCountered 't': proposal: 'p1' was never recorded",
        act=lambda: events.ProposalCountered(
            id="t", source="minutes", proposal="p1", partnership="vnfr", by="fr", when="2020"
        ),
    ),
    Case(
        message="E404 ProposalMade 't': counter_to: 'p1' is declined",
        given=[PUT, DECLINED],
        act=lambda: events.ProposalMade(
            id="t",
            proposal="p2",
            partnership="vnfr",
            by="fr",
            text="b",
            counter_to="p1",
            when="2020",
        ),
    ),
    Case(
        message="E406 ProposalMade 't': counter_to: 'p1' cannot counter itself",
        given=[WISHED],
        act=lambda: events.ProposalMade(
            id="t",
            proposal="p1",
            partnership="vnfr",
            by="vn",
            text="a",
            counter_to="p1",
            when="2020",
        ),
    ),
    Case(
        message="E406 ProposalMade 't': counter_to: 'p2' counters 'p1'",
        given=[WISHED, COUNTER],
        act=lambda: events.ProposalMade(
            id="t",
            proposal="p1",
            partnership="vnfr",
            by="vn",
            text="a",
            counter_to="p2",
            when="2020",
        ),
    ),
    Case(
        message="E406 EventCorrected 't': changes: counter_to: 'p2' counters 'p1'",
        given=[PUT, COUNTER],
        act=lambda: events.EventCorrected(
            id="t", target="p", changes={"counter_to": "p2"}, reason="a"
        ),
    ),
    Case(
        message="E106 ProposalAccepted 't': partnership: 'p1' belongs to 'vnfr', not to 'vncu'",
        given=[PUT],
        act=lambda: events.ProposalAccepted(
            id="t", proposal="p1", partnership="vncu", by="fr", when="2020"
        ),
    ),
    Case(
        message="W402 ProposalMade 't': due: 2019-12 is before the act itself, 2020",
        act=lambda: events.ProposalMade(
            id="t",
            source="minutes",
            proposal="p1",
            partnership="vnfr",
            by="vn",
            text="a",
            due="2019-12",
            when="2020",
        ),
    ),
]
