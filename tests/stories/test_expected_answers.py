"""Five real stories give the 43 answers that were worked out by hand."""

from typing import NamedTuple

import pytest

from coopledger import Ledger
from tests.stories.questions import (
    Question,
    commitment,
    dormant,
    flags,
    last_session,
    meeting,
    open_commitments,
    proposal,
    signed,
    stage,
    state,
)


class Expected(NamedTuple):
    """Answer to a question about a story on a day."""

    story: str
    question: Question
    on: str
    answer: object
    known_at: str | None = None


EXPECTED = [
    Expected("A", stage("VISTIP-CCIFV"), "2022-08-15", "none"),
    Expected("A", stage("VISTIP-CCIFV"), "2022-08-31", "exploring"),
    Expected("A", state("CCIFV-MOU"), "2022-08-31", "contemplated"),
    Expected(
        "A",
        open_commitments("VISTIP-CCIFV"),
        "2022-12-31",
        ("hanoi-2022/c1", "hanoi-2022/c2", "hanoi-2022/c3", "hanoi-2022/c4"),
    ),
    Expected("A", commitment("hanoi-2022/c1"), "2023-12-31", "pending"),
    Expected("A", commitment("hanoi-2022/c2"), "2023-12-31", "standing"),
    Expected("A", proposal("hanoi-2022/p1"), "2023-12-31", "open"),
    Expected("A", dormant("VISTIP-CCIFV"), "2024-09-30", answer=True),
    Expected("B", stage("VNFR"), "2022-07-31", "active"),
    Expected("B", state("NEW"), "2022-07-31", "negotiating"),
    Expected("B", proposal("journey-2022/p1"), "2022-07-31", "agreed_in_principle"),
    Expected(
        "B",
        open_commitments("VNWIPO"),
        "2022-07-31",
        ("journey-2022/c1", "journey-2022/c2", "journey-2022/c3"),
    ),
    Expected("B", commitment("journey-2022/c3"), "2022-12-15", "due_soon"),
    Expected("B", commitment("journey-2022/c3"), "2023-01-15", "overdue"),
    Expected("B", commitment("journey-2022/c2"), "2023-01-15", "standing"),
    Expected("B", state("MOU22"), "2022-07-31", "in_force"),
    Expected("B", state("UK"), "2022-07-31", "in_force"),
    Expected("B", stage("VNUNESCO"), "2022-07-31", "exploring"),
    Expected("B", signed("2022"), "2022-12-31", 1),
    Expected("C", signed("2019"), "2020-12-31", 0),
    Expected("C", state("IPP2"), "2020-05-01", "completed"),
    Expected("C", state("IPP2"), "2020-03-01", "none", known_at="2020-03-01"),
    Expected("C", stage("VNFI"), "2020-05-01", "ended"),
    Expected("C", stage("VNKR"), "2020-05-01", "active"),
    Expected("D", stage("VNFR"), "2018-04-30", "negotiating"),
    Expected("D", stage("VNCU"), "2018-04-30", "active"),
    Expected("D", signed("2018"), "2018-12-31", 2),
    Expected("D", signed("2018", "VNFR"), "2018-12-31", 0),
    Expected("D", proposal("journey-2018/p1"), "2019-12-31", "agreed_in_principle"),
    Expected("D", state("PLAN"), "2021-06-01", "in_force"),
    Expected("D", flags("PLAN"), "2021-06-01", ()),
    Expected("E", stage("VISTIP-CSTEC"), "2019-12-31", "exploring"),
    Expected("E", state("CSTEC-MOU"), "2019-12-31", "contemplated"),
    Expected("E", proposal("visit-2019/p1"), "2019-12-31", "under_consideration"),
    Expected("E", proposal("visit-2019/p4"), "2019-12-31", "open"),
    Expected("E", commitment("visit-2019/c1"), "2019-12-31", "pending"),
    Expected("E", commitment("visit-2019/c2"), "2019-12-31", "blocked"),
    Expected("E", commitment("visit-2019/c2"), "2021-06-30", "blocked"),
    Expected("E", meeting("JCM11"), "2019-12-31", "scheduled"),
    Expected("E", meeting("JCM11"), "2021-06-30", "unrecorded"),
    Expected(
        "E", open_commitments("VISTIP-CSTEC"), "2019-12-31", ("visit-2019/c1", "visit-2019/c2")
    ),
    Expected("E", last_session("JCM-VNCN"), "2019-12-31", 10),
    Expected("E", dormant("VISTIP-CSTEC"), "2021-10-31", answer=True),
]


def _name(expected: Expected) -> str:
    known = f", known at {expected.known_at}" if expected.known_at else ""
    return f"{expected.story}: {expected.question.words} on {expected.on}{known}"


def test_there_are_43_expected_answers() -> None:
    assert len({_name(each) for each in EXPECTED}) == 43


@pytest.mark.parametrize("expected", EXPECTED, ids=_name)
def test_a_story_gives_the_answer_worked_out_by_hand(
    ledgers: dict[str, Ledger], expected: Expected
) -> None:
    view = ledgers[expected.story].view(on=expected.on, known_at=expected.known_at)

    assert expected.question.ask(view) == expected.answer
