"""Recurrence, sentence by sentence, as the oracle answers."""

from typing import Any

import pytest

from tests.oracle.facts import Fact
from tests.oracle.recurrence import dates
from tests.oracle.test_sentences import act, answers


@pytest.mark.parametrize(
    ("first", "recurs", "expected"),
    [
        ("2024-01-31", {"months": 1}, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]),
        ("2024-02-29", {"years": 1, "times": 3}, ["2024-02-29", "2025-02-28", "2026-02-28"]),
        ("2024-06", {"months": 6, "until": "2025-06"}, ["2024-06", "2024-12", "2025-06"]),
        ("2024-06-01", {"days": 7, "until": "2024-06-14"}, ["2024-06-01", "2024-06-08"]),
        ("2024-21~", {"months": 3, "times": 2}, ["2024-21~", "2024-22~"]),
        (
            "2024-12-30/2025-01-02",
            {"days": 30, "times": 2},
            ["2024-12-30/2025-01-02", "2025-01-29/2025-02-01"],
        ),
        ("../2024-06-30", {"months": 6, "times": 2}, ["../2024-06-30", "../2024-12-30"]),
        ("2024", {"months": 6}, ["2024"]),
    ],
)
def test_the_dates_follow_from_the_first(first: str, recurs: Fact, expected: list[str]) -> None:
    assert dates(first, recurs)[: len(expected)] == expected
    if len(recurs) > 1:
        assert dates(first, recurs) == expected


def report(*acts: Fact, on: str, **recurs: object) -> dict[str, Any]:
    made = act(
        "CommitmentMade",
        "2024-01-10",
        commitment="c",
        partnership="p",
        debtors=["vn"],
        creditors=["fr"],
        due="2024-06-30",
        recurs={"months": 6, **recurs},
    )
    return answers(made, *acts, on=on)["c"]


def done(when: str, **fields: object) -> Fact:
    return act("CommitmentFulfilled", when, commitment="c", **fields)


def test_the_oldest_open_one_gives_the_status_and_the_next_is_told() -> None:
    answer = report(on="2025-01-10")

    assert (answer["status"], answer["days_overdue"]) == ("overdue", 194)
    assert answer["next_due"] == "2025-06-30"
    assert answer["occurrences"] == [
        "2024-06-30 2024-06-30 overdue None",
        "2024-12-30 2024-12-30 overdue None",
        "2025-06-30 2025-06-30 pending None",
    ]


def test_a_fulfilment_closes_the_oldest_open_one_or_the_one_that_it_names() -> None:
    acts = [done("2025-01-03", occurrence="2024-12-30"), done("2025-01-05")]
    answer = report(*acts, on="2025-02-01")

    assert (answer["status"], answer["since"]) == ("pending", "2025-01-05")
    assert answer["occurrences"] == [
        "2024-06-30 2024-06-30 fulfilled 189",
        "2024-12-30 2024-12-30 fulfilled 4",
        "2025-06-30 2025-06-30 pending None",
    ]


def test_all_done_is_fulfilled_with_the_largest_delay() -> None:
    acts = [done("2024-07-05"), act("StatementMade", "2024-12-01", partnership="p", fulfils=["c"])]
    answer = report(*acts, on="2025-01-10", times=2)

    assert (answer["status"], answer["late_by"], answer["next_due"]) == ("fulfilled", 5, None)


def test_a_new_date_moves_the_oldest_open_one() -> None:
    moved = act("CommitmentRescheduled", "2024-06-01", commitment="c", due="2025-01-31")
    answer = report(moved, on="2024-12-31")

    # That of December is due first now, so that it is the oldest.
    assert (answer["status"], answer["due"], answer["days_overdue"]) == ("overdue", "2024-12-30", 1)
    assert answer["occurrences"][0] == "2024-06-30 2025-01-31 pending None"
    assert answer["next_due"] == "2025-01-31"


def test_a_cancellation_ends_it() -> None:
    cancelled = act("CommitmentCancelled", "2025-01-01", commitment="c", by=["vn"])
    answer = report(done("2024-06-01"), cancelled, on="2026-01-01")

    assert answer["occurrences"] == [
        "2024-06-30 2024-06-30 fulfilled 0",
        "2024-12-30 2024-12-30 cancelled None",
    ]
