"""Conduct, obstacles and silence, sentence by sentence, as the oracle answers them."""

import pytest

from tests.oracle.facts import Fact
from tests.oracle.test_sentences import act, answers, on_text, text, values

SIGNED = [text(), on_text("InstrumentSigned", "2015-01-01")]


def promise(name: str, when: str, **fields: object) -> Fact:
    parties = {"debtors": ["vn"], "creditors": ["fr"]}
    made = {"commitment": name, "partnership": "p", "under": "t", "what": "a"}
    return act("CommitmentMade", when, **made, **parties, **fields)


def on_promise(type_: str, when: str, name: str = "c") -> Fact:
    return act(type_, when, commitment=name)


@pytest.mark.parametrize(
    ("acts", "on", "conduct", "since"),
    [
        ([], "2020-01-01", "not_begun", "2015-01-01"),
        (
            [on_text("ImplementationReported", "2015-03-01")],
            "2017-02-28",
            *("under_way", "2015-03-01"),
        ),
        (
            [on_text("MilestoneReached", "2015-03-01", name="a")],
            "2017-03-01",
            "at_rest",
            "2017-03-01",
        ),
        ([promise("c", "2016-01-01")], "2016-06-01", "not_begun", "2015-01-01"),
        (
            [promise("c", "2016-01-01"), on_promise("CommitmentProgressed", "2016-02-01")],
            "2016-06-01",
            *("under_way", "2016-02-01"),
        ),
        (
            [promise("c", "2016-01-01"), on_promise("CommitmentFulfilled", "2016-02-01")],
            "2020-06-01",
            *("done", "2016-02-01"),
        ),
        (
            [
                promise("c", "2016-01-01"),
                on_promise("CommitmentCancelled", "2016-02-01") | {"by": ["vn"]},
            ],
            "2016-06-01",
            *("not_begun", "2015-01-01"),
        ),
        ([on_text("CooperationGivenUp", "2016-01-01")], "2016-06-01", "given_up", "2016-01-01"),
        (
            [
                on_text("CooperationGivenUp", "2016-01-01", by=["vn"]),
                act("CooperationGivenUp", "2017-01-01", partnership="p", by=["fr"]),
            ],
            "2018-06-01",
            *("given_up", "2017-01-01"),
        ),
        (
            [
                on_text("CooperationGivenUp", "2016-01-01"),
                on_text("CooperationResumed", "2017-01-01", by=["fr"]),
            ],
            "2018-06-01",
            *("not_begun", "2017-01-01"),
        ),
        ([on_text("CooperationGivenUp", "2014-01-01")], "2018-06-01", "not_begun", "2015-01-01"),
        ([on_text("InstrumentTerminated", "2016-01-01")], "2018-06-01", None, None),
    ],
)
def test_the_first_conduct_that_matches(
    acts: list[Fact], on: str, conduct: str | None, since: str | None
) -> None:
    answer = answers(*SIGNED, *acts, on=on)

    assert values(answer["t"], "conduct", "conduct_since") == [conduct, since]
    assert values(answer["p"], "conduct", "conduct_since") == [conduct, since]


def test_a_text_given_up_by_some_and_its_open_commitments_are_flagged() -> None:
    acts = [promise("c", "2016-01-01"), on_text("CooperationGivenUp", "2016-02-01", by=["vn"])]

    answer = answers(*SIGNED, *acts, on="2016-06-01")

    assert [answer[each]["flags"] for each in ("t", "c", "p")] == [
        ["end_unknown", "given_up_by_some"],
        ["given_up_by_some", "undated"],
        ["given_up_by_some"],
    ]


def test_of_several_texts_the_liveliest_tells_the_conduct_of_the_partnership() -> None:
    other = {**text(), "instrument": "u"}
    acts = [
        other,
        act("InstrumentSigned", "2015-06-01", instrument="u"),
        act("ImplementationReported", "2016-01-01", instrument="u"),
        on_text("CooperationGivenUp", "2016-01-01"),
    ]

    assert values(answers(*SIGNED, *acts, on="2016-06-01")["p"], "conduct") == ["under_way"]


def test_an_obstacle_is_told_of_its_subject_and_of_the_partnership_until_it_is_removed() -> None:
    acts = [
        promise("c", "2016-01-01"),
        act("ObstacleReported", "2016-02-01", obstacle="o", subject="c", text="no visas"),
        act("ObstacleRemoved", "2016-05-01", obstacle="o"),
    ]

    then = answers(*SIGNED, *acts, on="2016-04-30")
    assert [then[each]["obstructed_since"] for each in ("c", "p", "t")] == [
        *("2016-02-01", "2016-02-01", None)
    ]
    assert "obstructed" in then["p"]["flags"]
    now = answers(*SIGNED, *acts, on="2016-05-01")
    assert values(now["o"], "is_open", "removed_on") == [False, "2016-05-01"]
    assert "obstructed" not in now["p"]["flags"]


def test_nothing_done_is_heard_and_is_no_activity() -> None:
    acts = [act("NothingDone", "2016-12-31", partnership="p", period="2016")]

    answer = answers(*SIGNED, *acts, on="2017-06-01")["p"]

    assert values(answer, "last_activity", "last_heard") == ["2015-01-01", "2016-12-31"]


def test_a_partnership_is_unheard_after_the_months_in_which_it_should_report() -> None:
    opened = act("PartnershipOpened", "2015-01-01", partnership="p", parties=["vn", "fr"])
    again = {**opened, "report_every": 12}
    acts = [again, act("StatementMade", "2016-02-29", partnership="p", text="a")]

    assert answers(*acts, on="2017-02-28")["p"]["flags"] == []
    assert answers(*acts, on="2017-03-01")["p"]["flags"] == ["unheard"]
