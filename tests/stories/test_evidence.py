"""Every answer about a story names the events behind it, in the order of the log."""

from typing import NamedTuple

import pytest

from coopledger import Ledger
from tests.stories.questions import (
    Question,
    commitment_decided_by,
    instrument_decided_by,
    last_activity,
    meeting_decided_by,
    partnership_decided_by,
    proposal_decided_by,
    series_decided_by,
)


class Evidence(NamedTuple):
    """Events on which an answer about a story rests."""

    story: str
    question: Question
    on: str
    answer: object


EVIDENCE = [
    # The wish for a memorandum decides; a dormant partnership names its last activity too.
    Evidence("A", partnership_decided_by("VISTIP-CCIFV"), "2022-08-15", ()),
    Evidence("A", partnership_decided_by("VISTIP-CCIFV"), "2022-08-31", ("a5",)),
    Evidence("A", partnership_decided_by("VISTIP-CCIFV"), "2024-09-30", ("a5", "a7")),
    Evidence("A", instrument_decided_by("CCIFV-MOU"), "2022-08-31", ("a5",)),
    Evidence("A", commitment_decided_by("hanoi-2022/c1"), "2023-12-31", ("a2",)),
    Evidence("A", commitment_decided_by("hanoi-2022/c2"), "2023-12-31", ("a3",)),
    Evidence("A", proposal_decided_by("hanoi-2022/p1"), "2023-12-31", ("a7",)),
    Evidence("A", meeting_decided_by("hanoi-2022"), "2022-08-31", ("a1",)),
    Evidence("B", partnership_decided_by("VNFR"), "2022-07-31", ("b0",)),
    Evidence("B", instrument_decided_by("NEW"), "2022-07-31", ("b4",)),
    Evidence("B", proposal_decided_by("journey-2022/p1"), "2022-07-31", ("b4",)),
    # The target, and the request for help on which it depends.
    Evidence("B", commitment_decided_by("journey-2022/c3"), "2023-01-15", ("b13", "b14")),
    Evidence("B", instrument_decided_by("MOU22"), "2022-07-31", ("b15",)),
    Evidence("B", instrument_decided_by("UK"), "2022-07-31", ("b16",)),
    Evidence("B", partnership_decided_by("VNUNESCO"), "2022-07-31", ("b8",)),
    Evidence("C", instrument_decided_by("IPP2"), "2020-05-01", ("c6",)),
    Evidence("C", partnership_decided_by("VNFI"), "2020-05-01", ("c6",)),
    Evidence("C", partnership_decided_by("VNKR"), "2020-05-01", ("c7",)),
    Evidence("D", partnership_decided_by("VNFR"), "2018-04-30", ("d4",)),
    Evidence("D", partnership_decided_by("VNCU"), "2018-04-30", ("d8",)),
    Evidence("D", instrument_decided_by("PLAN"), "2021-06-01", ("d8",)),
    Evidence("D", proposal_decided_by("journey-2018/p1"), "2019-12-31", ("d4",)),
    Evidence("E", partnership_decided_by("VISTIP-CSTEC"), "2019-12-31", ("e9",)),
    Evidence("E", proposal_decided_by("visit-2019/p1"), "2019-12-31", ("e5",)),
    Evidence("E", proposal_decided_by("visit-2019/p4"), "2019-12-31", ("e9",)),
    # Once its planned year is over, the meeting without a record is named beside the promise.
    Evidence("E", commitment_decided_by("visit-2019/c2"), "2019-12-31", ("e11",)),
    Evidence("E", commitment_decided_by("visit-2019/c2"), "2021-06-30", ("e10", "e11")),
    Evidence("E", meeting_decided_by("JCM11"), "2021-06-30", ("e10",)),
    Evidence("E", series_decided_by("JCM-VNCN"), "2019-12-31", ("e12", "e10")),
]

ACTIVITY = [
    Evidence("A", last_activity("VISTIP-CCIFV"), "2022-08-15", "None"),
    Evidence("A", last_activity("VISTIP-CCIFV"), "2024-09-30", "2022-08-16"),
    Evidence("B", last_activity("VNFR"), "2022-07-31", "2022-07-14"),
    Evidence("C", last_activity("VNFI"), "2020-05-01", "2019-12-31~"),
    Evidence("D", last_activity("VNCU"), "2021-06-01", "2018-03-30"),
    Evidence("E", last_activity("VNCN"), "2019-12-31", "2019-09-16"),
]


def _name(evidence: Evidence) -> str:
    return f"{evidence.story}: {evidence.question.words} on {evidence.on}"


@pytest.mark.parametrize("evidence", EVIDENCE, ids=_name)
def test_an_answer_names_the_events_that_decided_it(
    ledgers: dict[str, Ledger], evidence: Evidence
) -> None:
    view = ledgers[evidence.story].view(on=evidence.on)

    assert evidence.question.ask(view) == evidence.answer


@pytest.mark.parametrize("activity", ACTIVITY, ids=_name)
def test_the_last_activity_is_the_last_thing_that_the_parties_did(
    ledgers: dict[str, Ledger], activity: Evidence
) -> None:
    view = ledgers[activity.story].view(on=activity.on)

    assert activity.question.ask(view) == activity.answer
