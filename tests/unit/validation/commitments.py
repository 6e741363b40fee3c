"""Commitments: E106, E601 to E614, W601 to W603."""

from coopledger import events
from tests.unit.validation.case import Case

PROMISE = events.CommitmentMade(
    id="c",
    commitment="c1",
    partnership="vnfr",
    debtors=["vn", "most"],
    creditors="fr",
    what="a report",
    conditions=["money", "visa"],
    when="2019-09-16",
)
LATER = events.CommitmentMade(
    id="l",
    commitment="c2",
    partnership="vnfr",
    debtors="fr",
    creditors="vn",
    what="an answer",
    depends_on="c1",
    not_before="2020-06",
    when="2019-09-16",
)
LAST = events.CommitmentMade(
    id="z",
    commitment="c3",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="thanks",
    depends_on=["c2"],
    when="2019-09-16",
)
TALKS = events.MeetingHeld(
    id="h", meeting="m1", kind="talks", partnership="vnfr", when="2019-03-25/2019-03-27"
)


def report(id: str = "t", **fields: object) -> events.CommitmentMade:
    return events.CommitmentMade(
        id=id,
        commitment="c4",
        partnership="vnfr",
        debtors="vn",
        creditors="fr",
        what="a report",
        when="2024-01-01",
        **fields,  # type: ignore[arg-type]
    )


EACH_MONTH = report(due="2024-01-31", recurs={"months": 1, "until": "2024-12"}, id="r")
KEPT = events.CommitmentFulfilled(id="f", commitment="c1", when="2019-12-01")
PRICED = events.CommitmentVaried(id="v", commitment="c1", amount="80 EUR", when="2019-10-01")

COMMITMENTS = [
    Case(
        message="E601 CommitmentMade 't': creditors: 'vn' is the debtor itself",
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="vn",
            what="a",
            when="2022",
        ),
    ),
    Case(
        message="E602 CommitmentMade 't': due and due_text are both given: keep one of them",
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            due="2023",
            due_text="soon",
            when="2022",
        ),
    ),
    Case(
        message="E603 CommitmentMade 't': commitment: 'c1' is already the id of a commitment "
        "(event c): choose another",
        given=[PROMISE],
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            when="2022",
        ),
    ),
    Case(
        message="E604 ConditionMet 't': condition: 'c1' has no condition 'mony'; "
        "it has money, visa",
        given=[PROMISE],
        act=lambda: events.ConditionMet(id="t", commitment="c1", condition="mony", when="2020"),
    ),
    Case(
        message="E604 ConditionFailed 't': condition: 'c1' has no condition 'mony'; "
        "it has money, visa",
        given=[PROMISE],
        act=lambda: events.ConditionFailed(id="t", commitment="c1", condition="mony", when="2020"),
    ),
    Case(
        message="E604 StatementMade 't': meets: 'c2' has no condition 'money'; it has none",
        given=[
            events.CommitmentMade(
                commitment="c2",
                partnership="vnfr",
                debtors="vn",
                creditors="fr",
                what="a",
                when="2019",
            )
        ],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", meets="c2/money", when="2020"
        ),
    ),
    Case(
        message="E605 CommitmentProgressed 't': commitment: 'c1' is closed since 2019-12-01 "
        "(CommitmentFulfilled f)",
        given=[PROMISE, KEPT],
        act=lambda: events.CommitmentProgressed(id="t", commitment="c1", when="2020"),
    ),
    Case(
        message="E605 CommitmentFulfilled 't': commitment: 'c1' is closed since 2019-12-01 "
        "(CommitmentFulfilled f)",
        given=[PROMISE, KEPT],
        act=lambda: events.CommitmentFulfilled(id="t", commitment="c1", when="2020"),
    ),
    Case(
        message="E605 CommitmentRescheduled 't': commitment: 'c1' is closed since 2019-11-01 "
        "(CommitmentReleased l)",
        given=[
            PROMISE,
            events.CommitmentReleased(id="l", commitment="c1", by="fr", when="2019-11-01"),
        ],
        act=lambda: events.CommitmentRescheduled(id="t", commitment="c1", due="2021", when="2020"),
    ),
    Case(
        message="E605 CommitmentReleased 't': commitment: 'c1' is closed since 2019-11-01 "
        "(CommitmentCancelled l)",
        given=[
            PROMISE,
            events.CommitmentCancelled(id="l", commitment="c1", by="vn", when="2019-11-01"),
        ],
        act=lambda: events.CommitmentReleased(id="t", commitment="c1", by="fr", when="2020"),
    ),
    Case(
        message="E605 CommitmentCancelled 't': commitment: 'c1' is closed since 2019-11-01 "
        "(ConditionFailed l)",
        given=[
            PROMISE,
            events.ConditionFailed(id="l", commitment="c1", condition="money", when="2019-11-01"),
        ],
        act=lambda: events.CommitmentCancelled(id="t", commitment="c1", by="vn", when="2020"),
    ),
    Case(
        message="E605 CommitmentDelegated 't': commitment: 'c1' is closed since 2019-12-01 "
        "(CommitmentFulfilled f)",
        given=[PROMISE, KEPT],
        act=lambda: events.CommitmentDelegated(id="t", commitment="c1", to="cu", when="2020"),
    ),
    Case(
        message="E605 CommitmentAssigned 't': commitment: 'c1' is closed since 2019-12-01 "
        "(CommitmentFulfilled f)",
        given=[PROMISE, KEPT],
        act=lambda: events.CommitmentAssigned(id="t", commitment="c1", to="cu", when="2020"),
    ),
    Case(
        message="E605 StatementMade 't': fulfils: 'c1' is closed since 2019-12-01 "
        "(CommitmentFulfilled f)",
        given=[PROMISE, KEPT],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", fulfils="c1", when="2020"
        ),
    ),
    Case(
        message="E606 CommitmentFulfilled 't': commitment: 'c1' cannot be fulfilled in 2018: "
        "it was made on 2019-09-16 (event c)",
        given=[PROMISE],
        act=lambda: events.CommitmentFulfilled(id="t", commitment="c1", when="2018"),
    ),
    Case(
        message="E606 StatementMade 't': fulfils: 'c1' cannot be fulfilled in 2019-09-15: "
        "it was made on 2019-09-16 (event c)",
        given=[PROMISE],
        act=lambda: events.StatementMade(
            id="t", partnership="vnfr", text="a", fulfils="c1", when="2019-09-15"
        ),
    ),
    Case(
        message="E607 CommitmentReleased 't': by: 'vn' is no creditor of 'c1': only fr can do this",
        given=[PROMISE],
        act=lambda: events.CommitmentReleased(
            id="t", commitment="c1", by=["fr", "vn"], when="2020"
        ),
    ),
    Case(
        message="E608 CommitmentCancelled 't': by: 'fr' is no debtor of 'c1': "
        "only vn, most can do this",
        given=[PROMISE],
        act=lambda: events.CommitmentCancelled(id="t", commitment="c1", by="fr", when="2020"),
    ),
    Case(
        message="E609 CommitmentDelegated 't': to: fr is the creditor of 'c1' already",
        given=[PROMISE],
        act=lambda: events.CommitmentDelegated(id="t", commitment="c1", to="fr", when="2020"),
    ),
    Case(
        message="E609 CommitmentAssigned 't': to: most, vn is the debtor of 'c1' already",
        given=[PROMISE],
        act=lambda: events.CommitmentAssigned(
            id="t", commitment="c1", to=["most", "vn"], when="2020"
        ),
    ),
    Case(
        message="W601 CommitmentMade 't': due: a standing commitment has no due date",
        act=lambda: events.CommitmentMade(
            id="t",
            source="minutes",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            standing=True,
            due="2023",
            when="2022",
        ),
    ),
    Case(
        message="W602 CommitmentRescheduled 't': due: 2019-10 is before the act itself, 2020-01-01",
        given=[PROMISE],
        act=lambda: events.CommitmentRescheduled(
            id="t", source="minutes", commitment="c1", due="2019-10", when="2020-01-01"
        ),
    ),
    Case(
        message="W602 CommitmentMade 't': due: 2019 is before the act itself, 2020",
        act=lambda: events.CommitmentMade(
            id="t",
            source="minutes",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            due="2019",
            when="2020",
        ),
    ),
    Case(
        message="E608 CommitmentDelegated 't': by: 'fr' is no debtor of 'c1': only vn, most is",
        given=[PROMISE],
        act=lambda: events.CommitmentDelegated(
            id="t", commitment="c1", by="fr", to="cu", when="2020"
        ),
    ),
    Case(
        message="E607 CommitmentAssigned 't': by: 'vn' is no creditor of 'c1': only fr is",
        given=[PROMISE],
        act=lambda: events.CommitmentAssigned(
            id="t", commitment="c1", by="vn", to="cu", when="2020"
        ),
    ),
    Case(
        message="E612 CommitmentMade 't': not_before: 2022-07 is after the due date, 2022-06-30",
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            due="2022-06-30",
            not_before="2022-07",
            when="2022",
        ),
    ),
    Case(
        message="E612 CommitmentRescheduled 't': due: 2020-05 is before the first day on which "
        "'c2' is expected, 2020-06 (event l)",
        given=[PROMISE, LATER],
        act=lambda: events.CommitmentRescheduled(
            id="t", commitment="c2", due="2020-05", when="2020"
        ),
    ),
    Case(
        message="E612 EventCorrected 't': changes: not_before: 2021 is after the due date, 2020",
        given=[
            events.CommitmentMade(
                id="c",
                commitment="c1",
                partnership="vnfr",
                debtors="vn",
                creditors="fr",
                what="a",
                due="2020",
                when="2019",
            )
        ],
        act=lambda: events.EventCorrected(
            id="t", target="c", changes={"not_before": "2021"}, reason="a"
        ),
    ),
    Case(
        message="E106 CommitmentMade 't': recurs: there is no first date: give due",
        act=lambda: report(recurs={"months": 6}),
    ),
    Case(
        message="E106 CommitmentMade 't': recurs: 2024/.. has no end: give a due date that has",
        act=lambda: report(recurs={"months": 6}, due="2024/.."),
    ),
    Case(
        message="E106 CommitmentMade 't': recurs: 2024 is less precise than every 6 months: give "
        "due as a day",
        act=lambda: report(recurs={"months": 6}, due="2024"),
    ),
    Case(
        message="E106 CommitmentMade 't': recurs: 2024-06 is less precise than every day: give "
        "due as a day",
        act=lambda: report(recurs={"days": 1}, due="2024-06"),
    ),
    Case(
        message="E106 CommitmentMade 't': recurs: 2024-06-29 is before the end of the first date, "
        "2024-06",
        act=lambda: report(recurs={"years": 1, "until": "2024-06-29"}, due="2024-06"),
    ),
    Case(
        message="E614 CommitmentFulfilled 't': occurrence: 'c1' does not recur: leave it out",
        given=[PROMISE],
        act=lambda: events.CommitmentFulfilled(
            id="t", commitment="c1", when="2024-03-01", occurrence="2024-02-29"
        ),
    ),
    Case(
        message="E614 CommitmentFulfilled 't': occurrence: 'c4' is not due on 2024-02-28; did you "
        "mean 2024-01-31 or 2024-02-29?",
        given=[EACH_MONTH],
        act=lambda: events.CommitmentFulfilled(
            id="t", commitment="c4", when="2024-03-01", occurrence="2024-02-28"
        ),
    ),
    Case(
        message="E614 CommitmentFulfilled 't': occurrence: 'c4' is not due on 2025-01-31; did you "
        "mean 2024-12-31?",
        given=[EACH_MONTH],
        act=lambda: events.CommitmentFulfilled(
            id="t", commitment="c4", when="2024-03-01", occurrence="2025-01-31"
        ),
    ),
    Case(
        message="E106 CommitmentRescheduled 't': due_text: 'c4' recurs, with dates: give due",
        given=[EACH_MONTH],
        act=lambda: events.CommitmentRescheduled(
            id="t", commitment="c4", when="2024-03-01", due_text="soon"
        ),
    ),
    Case(
        message="E610 CommitmentReopened 't': commitment: 'c4' is neither fulfilled, nor released, "
        "nor cancelled by then",
        given=[EACH_MONTH],
        act=lambda: events.CommitmentReopened(id="t", commitment="c4", when="2024-03-01"),
    ),
    Case(
        message="E605 CommitmentFulfilled 't': occurrence: 2024-01-31 of 'c4' is fulfilled since "
        "2024-02-03 (CommitmentFulfilled f)",
        given=[EACH_MONTH, events.CommitmentFulfilled(id="f", commitment="c4", when="2024-02-03")],
        act=lambda: events.CommitmentFulfilled(
            id="t", commitment="c4", when="2024-03-01", occurrence="2024-01-31"
        ),
    ),
    Case(
        message="E613 CommitmentMade 't': depends_on: 'c1' cannot wait for itself",
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            depends_on="c1",
            when="2022",
        ),
    ),
    Case(
        message="E613 EventCorrected 't': changes: depends_on: 'c3' waits for 'c1'",
        given=[PROMISE, LATER, LAST],
        act=lambda: events.EventCorrected(
            id="t", target="c", changes={"depends_on": ["c3"]}, reason="a"
        ),
    ),
    Case(
        message="E613 CommitmentMade 't': depends_on: 'c3' waits for 'c1'",
        given=[
            PROMISE,
            LATER,
            LAST,
            events.EventRetracted(id="r", target="c", reason="under another id"),
        ],
        act=lambda: events.CommitmentMade(
            id="t",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            depends_on="c3",
            when="2022",
        ),
    ),
    Case(
        message="W603 CommitmentMade 't': due_meeting: 'm1' was held on 2019-03-25/2019-03-27 "
        "(event h), before the act itself, 2019-03-28",
        given=[TALKS],
        act=lambda: events.CommitmentMade(
            id="t",
            source="minutes",
            commitment="c1",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            due_meeting="m1",
            when="2019-03-28",
        ),
    ),
    Case(
        message="E105 CommitmentRescheduled 't': 'due' is missing: CommitmentRescheduled needs it, "
        "or 'due_text' or 'due_meeting'",
        given=[PROMISE],
        act=lambda: events.CommitmentRescheduled(id="t", commitment="c1", when="2020"),
    ),
    Case(
        message="E602 CommitmentRescheduled 't': due and due_meeting are both given: "
        "keep one of them",
        given=[TALKS, PROMISE],
        act=lambda: events.CommitmentRescheduled(
            id="t", commitment="c1", due="2021", due_meeting="m1", when="2020"
        ),
    ),
    Case(
        message="W603 CommitmentRescheduled 't': due_meeting: 'm1' was held on "
        "2019-03-25/2019-03-27 (event h), before the act itself, 2020",
        given=[TALKS, PROMISE],
        act=lambda: events.CommitmentRescheduled(
            id="t", source="minutes", commitment="c1", due_meeting="m1", when="2020"
        ),
    ),
    Case(
        message="E608 CommitmentFulfilled 't': by: 'fr' is no debtor of 'c1': "
        "only vn, most can do this",
        given=[PROMISE],
        act=lambda: events.CommitmentFulfilled(id="t", commitment="c1", by="fr", when="2020"),
    ),
    Case(
        message="E608 CommitmentProgressed 't': by: 'cu' is no debtor of 'c1': "
        "only vn, most can do this",
        given=[PROMISE],
        act=lambda: events.CommitmentProgressed(
            id="t", commitment="c1", by=["vn", "cu"], when="2020"
        ),
    ),
    Case(
        message="E105 CommitmentVaried 't': 'what' or 'amount' is missing: CommitmentVaried needs "
        "one of them",
        given=[PROMISE],
        act=lambda: events.CommitmentVaried(id="t", commitment="c1", when="2020"),
    ),
    Case(
        message="E605 CommitmentVaried 't': commitment: 'c1' is closed since 2019-12-01 "
        "(CommitmentFulfilled f)",
        given=[PROMISE, KEPT],
        act=lambda: events.CommitmentVaried(id="t", commitment="c1", what="a", when="2020"),
    ),
    Case(
        message="E610 CommitmentReopened 't': commitment: 'c1' is neither fulfilled, nor released, "
        "nor cancelled by then",
        given=[PROMISE],
        act=lambda: events.CommitmentReopened(id="t", commitment="c1", when="2020"),
    ),
    Case(
        message="E612 CommitmentReopened 't': due: 2020-05 is before the first day on which "
        "'c2' is expected, 2020-06 (event l)",
        given=[
            PROMISE,
            LATER,
            events.CommitmentFulfilled(id="f", commitment="c2", when="2020-01-01"),
        ],
        act=lambda: events.CommitmentReopened(
            id="t", commitment="c2", due="2020-05", when="2020-02"
        ),
    ),
    Case(
        message="W602 CommitmentReopened 't': due: 2019-10 is before the act itself, 2020-01-01",
        given=[PROMISE, KEPT],
        act=lambda: events.CommitmentReopened(
            id="t", source="minutes", commitment="c1", due="2019-10", when="2020-01-01"
        ),
    ),
    Case(
        message="E611 CommitmentProgressed 't': amount: no sum is promised in 'c1': "
        "CommitmentVaried says one",
        given=[PROMISE],
        act=lambda: events.CommitmentProgressed(
            id="t", commitment="c1", amount="5 EUR", when="2020"
        ),
    ),
    Case(
        message="E611 CommitmentProgressed 't': amount: 'c1' is promised in EUR, and not in VND",
        given=[PROMISE, PRICED],
        act=lambda: events.CommitmentProgressed(
            id="t", commitment="c1", amount="500000 VND", when="2020"
        ),
    ),
    Case(
        message="E611 CommitmentVaried 't': amount: some of 'c1' was delivered in EUR already",
        given=[
            PROMISE,
            PRICED,
            events.CommitmentProgressed(commitment="c1", amount="5 EUR", when="2019-11-01"),
        ],
        act=lambda: events.CommitmentVaried(
            id="t", commitment="c1", amount="500000 VND", when="2020"
        ),
    ),
]
