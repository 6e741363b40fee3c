"""Cases of the field, sentence by sentence, as the oracle answers them."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from tests.oracle.answers import Answer, answers_of
from tests.oracle.facts import Fact, visible_facts

WORLD: list[Fact] = [
    {"id": "w1", "type": "PartyRegistered", "party": "vn"},
    {"id": "w2", "type": "PartyRegistered", "party": "fr"},
    {"id": "w3", "type": "PartnershipOpened", "partnership": "p", "parties": ["vn", "fr"]},
]


def act(type_: str, when: str, **fields: object) -> Fact:
    return {"type": type_, "when": when, **fields}


def text(kind: str = "mou", **fields: object) -> Fact:
    return {
        "type": "InstrumentRegistered",
        "instrument": "t",
        "partnership": "p",
        "kind": kind,
        **fields,
    }


def on_text(type_: str, when: str, **fields: object) -> Fact:
    return act(type_, when, instrument="t", **fields)


def answers(*acts: Fact, on: str) -> dict[str, Answer]:
    log = [
        {"id": f"a{position}", **fact, "position": position, "recorded_us": position}
        for position, fact in enumerate([*WORLD, *acts], 1)
    ]
    day = date.fromisoformat(on).toordinal()
    visible = visible_facts(log, on=day, known_us=None, hindsight=True)
    return answers_of(visible, "p", day)


def values(answer: Answer, *fields: str) -> list[Any]:
    return [answer[field] for field in fields]


def test_a_year_after_the_last_day_of_february() -> None:
    """It ends on the last day of February, a leap day too."""
    acts = [
        text(),
        on_text("InstrumentSigned", "2020-03-01", until="2023-02-28"),
        on_text("InstrumentExtended", "2023-01-01", years=1),
    ]

    assert answers(*acts, on="2024-02-29")["t"]["state"] == "in_force"
    assert answers(*acts, on="2024-03-01")["t"]["state"] == "expired"


def test_what_rolled_is_counted_in() -> None:
    """Rolled twice by a year and extended by five, it ends seven years after its end."""
    acts = [
        text(renewal={"tacit": True, "years": 1}),
        on_text("InstrumentSigned", "2018-01-01", until="2020-12-31"),
        on_text("InstrumentExtended", "2022-06-01", years=5),
    ]

    assert answers(*acts, on="2022-07-01")["t"]["term_end"] == "2027-12-31"


def test_months_in_a_row_are_counted_at_once() -> None:
    acts = [
        text(),
        on_text("InstrumentSigned", "2020-01-01", until="2021-01-30"),
        on_text("InstrumentExtended", "2021-01-10", months=1),
        on_text("InstrumentExtended", "2021-02-10", months=1),
    ]

    assert answers(*acts, on="2021-01-20")["t"]["term_end"] == "2021-02-28"
    assert answers(*acts, on="2021-02-20")["t"]["term_end"] == "2021-03-30"


def test_a_renewal_after_a_gap_counts_from_its_own_effect() -> None:
    acts = [
        text(),
        on_text("InstrumentSigned", "2018-01-01", until="2020-12-31"),
        on_text("InstrumentRenewed", "2023-05-01", years=1),
    ]

    answer = answers(*acts, on="2023-06-01")["t"]

    assert values(answer, "state", "term_end", "flags") == ["in_force", "2024-04-30", ["gap"]]


def test_an_overrun_text_has_no_gap() -> None:
    acts = [
        text("project"),
        on_text("InstrumentSigned", "2018-01-01", until="2020-12-31"),
        on_text("InstrumentExtended", "2021-05-01", years=1),
    ]

    answer = answers(*acts, on="2021-06-01")["t"]

    assert values(answer, "state", "term_end", "flags") == ["in_force", "2021-12-31", []]


def test_years_at_a_signature_wait_for_the_entry_into_force() -> None:
    acts = [
        text("agreement"),
        on_text("InstrumentSigned", "2020-01-10", years=3),
        on_text("InstrumentEnteredIntoForce", "2020-07-01"),
    ]

    assert answers(*acts, on="2020-02-01")["t"]["term_end"] is None
    assert answers(*acts, on="2020-07-01")["t"]["term_end"] == "2023-06-30"
    assert answers(text(), acts[1], on="2020-02-01")["t"]["term_end"] == "2023-01-09"


def test_the_last_day_for_a_notice_is_a_day_before_the_same_day() -> None:
    acts = [
        text(renewal={"tacit": True, "years": 1, "notice_months": 3}),
        on_text("InstrumentSigned", "2020-01-01", until="2022-06-30"),
    ]

    assert answers(*acts, on="2022-01-01")["t"]["notice_deadline"] == "2022-03-31"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_provisional_term_runs_out_under_suspension_and_notice(order: tuple[int, ...]) -> None:
    """The acts of one day replay alike, whatever the order of recording."""
    acts = [
        on_text("InstrumentProvisionallyApplied", "2014-01-01", until="2016-06-30"),
        on_text("InstrumentSuspended", "2015-01-02"),
        on_text("TerminationNotified", "2015-01-02", by=["vn"], ends="2018-01-01"),
    ]

    log = [text("treaty"), *(acts[number] for number in order)]

    assert answers(*log, on="2015-01-02")["t"]["state"] == "terminating"
    answer = answers(*log, on="2016-07-01")["t"]
    assert values(answer, "state", "since") == ["expired", "2016-07-01"]


def test_an_open_proposal_is_as_new_as_its_making() -> None:
    """Late news of an answer makes it no older."""
    put = {"proposal": "q", "partnership": "p"}
    acts = [
        text(),
        on_text("InstrumentSigned", "2014-01-01", until="2016-06-30"),
        on_text("InstrumentTerminated", "2016-06-30"),
        act("ProposalMade", "2016-07-01", **put, by=["vn"], text="a"),
        act("ProposalAcknowledged", "2015-01-01", **put, by=["fr"]),
    ]

    assert answers(*acts, on="2016-08-01")["p"]["stage"] == "exploring"


@pytest.mark.parametrize(
    ("fulfilled", "late_by", "flags", "certain"),
    [
        ("2026", None, ["perhaps_late"], False),
        ("../2026-11-29", None, ["perhaps_late"], False),
        ("2026-05", 0, [], False),
        ("2026-08", 32, [], False),
        ("2026-07-02", 2, [], True),
    ],
)
def test_only_what_is_certainly_late_is_late(
    fulfilled: str, late_by: int | None, flags: list[str], *, certain: bool
) -> None:
    promise: Fact = {"commitment": "c", "partnership": "p"}
    acts = [
        act(
            *("CommitmentMade", "2025-01-01"),
            **{**promise, "debtors": ["vn"], "creditors": ["fr"], "due": "2026-06-30"},
        ),
        act("CommitmentFulfilled", fulfilled, **promise),
    ]

    answer = answers(*acts, on="2027-01-01")["c"]

    assert values(answer, "late_by", "flags", "certain") == [late_by, flags, certain]


@pytest.mark.parametrize(
    ("until", "on", "state", "certain"),
    [
        ("2022", "2021-12-31", "in_force", True),
        ("2022", "2022-06-01", "in_force", False),
        ("2022", "2023-06-01", "expired", True),
        ("2022~", "2021-12-31", "in_force", True),
        ("2022~", "2023-06-01", "expired", False),
    ],
)
def test_an_uncertain_end(until: str, on: str, state: str, *, certain: bool) -> None:
    evening = answers(text(), on_text("InstrumentSigned", "2020-01-01", until=until), on=on)

    assert values(evening["t"], "state", "certain") == [state, certain]
    assert evening["p"]["certain"] is certain


def test_a_length_keeps_the_mark_of_an_end() -> None:
    acts = [
        text(),
        on_text("InstrumentSigned", "2020-01-01", until="2022~"),
        on_text("InstrumentExtended", "2022-01-01", years=3),
    ]

    assert answers(*acts, on="2023-06-01")["t"]["term_end"] == "2025~"


@pytest.mark.parametrize(
    ("days", "on", "last", "flags", "certain"),
    [
        (["2025"], "2026-01-01", "2025-12-31~", [], False),
        (["2025-03-25/2025-03-27"], "2026-01-01", "2025-03-27", [], True),
        (["../2026-11-29"], "2027-01-01", "../2026-11-29", [], False),
        (["2020-05-01", "../2026-11-29"], "2027-01-01", "2020-05-01", ["dormant"], False),
        (["2020-05-01", "../2021-11-29"], "2027-01-01", "2020-05-01", ["dormant"], True),
    ],
)
def test_the_last_activity(
    days: list[str], on: str, last: str, flags: list[str], *, certain: bool
) -> None:
    """A day that is not known is passed over while another act has a known day."""
    acts = [act("StatementMade", day, partnership="p") for day in days]

    answer = answers(*acts, on=on)["p"]

    assert values(answer, "last_activity", "flags", "certain") == [last, flags, certain]


@pytest.mark.parametrize(
    ("days", "on", "flags", "certain"),
    [
        (["2025"], "2026-06-01", [], True),
        (["2025"], "2027-06-01", [], False),
        (["2025"], "2030-06-01", ["dormant"], True),
        (["2025~"], "2030-06-01", ["dormant"], False),
        (["2025/.."], "2030-06-01", ["dormant"], False),
        (["2025", "2025-11-01"], "2027-06-01", [], True),
        (["2025", "../2029-01-01"], "2030-06-01", ["dormant"], False),
    ],
)
def test_a_dormancy_on_a_fuzzy_day(
    days: list[str], on: str, flags: list[str], *, certain: bool
) -> None:
    """It is uncertain where the earliest and the latest day of the last activity differ in it."""
    acts = [text(), on_text("InstrumentSigned", "2020-01-01", until="2040-12-31")]
    acts += [act("StatementMade", day, partnership="p") for day in days]

    answer = answers(*acts, on=on)["p"]

    assert values(answer, "flags", "certain") == [flags, certain]


def test_a_meeting_announced_again_keeps_what_is_not_said() -> None:
    meeting = {"meeting": "m", "partnership": "p", "kind": "talks"}
    acts = [
        act("MeetingScheduled", "2020-01-01", **meeting, planned="2020-06", place="Hanoi"),
        act("MeetingScheduled", "2020-02-01", **meeting, host="fr"),
        act("MeetingPostponed", "2020-03-01", meeting="m"),
    ]

    again = answers(*acts[:2], on="2020-02-02")["m"]
    postponed = answers(*acts, on="2020-03-02")["m"]

    assert values(again, "planned", "place", "host") == ["2020-06", "Hanoi", "fr"]
    assert values(postponed, "planned", "place", "host") == [None, "Hanoi", "fr"]


def test_in_force_by_an_extension_alone_is_since_an_unknown_day() -> None:
    acts = [text(), on_text("InstrumentExtended", "2020-05-01", until="2022-12-31")]

    answer = answers(*acts, on="2021-01-01")["t"]

    assert values(answer, "state", "since") == ["in_force", None]


def test_silence_is_counted_from_the_last_act_on_a_proposal() -> None:
    put = {"proposal": "q", "partnership": "p"}
    acts = [
        act("ProposalMade", "2019-01-01", **put, by=["vn"], text="a"),
        act("ProposalAcknowledged", "2019-02-01", **put, by=["fr"]),
        act("InterestExpressed", "2019-01-01", partnership="p", proposal="w", by=["vn"]),
    ]

    evening = answers(*acts, on="2019-02-11")

    assert evening["q"]["unanswered_for"] == 10
    assert evening["w"]["unanswered_for"] is None


@pytest.mark.parametrize(
    ("put", "answered", "waits", "certain"),
    [
        ("2015-01-01", "../2021-11-29", 2557, False),
        ("../2015-01-01", "../2021-11-29", 33, False),
        ("../2015-01-01", "2021-11-29", 33, True),
    ],
)
def test_silence_passes_over_an_act_on_a_day_not_known(
    put: str, answered: str, waits: int, *, certain: bool
) -> None:
    words = {"proposal": "q", "partnership": "p"}
    acts = [
        act("ProposalMade", put, **words, by=["vn"], text="a"),
        act("ProposalAcknowledged", answered, **words, by=["fr"]),
    ]

    answer = answers(*acts, on="2022-01-01")["q"]

    assert values(answer, "unanswered_for", "certain") == [waits, certain]


def test_an_end_that_nobody_recorded() -> None:
    def flags(kind: str, **fields: object) -> list[str]:
        acts = [text(kind), on_text("InstrumentSigned", "2020-01-01", **fields)]
        names: list[str] = answers(*acts, on="2021-01-01")["t"]["flags"]
        return names

    assert flags("mou") == ["end_unknown"]
    assert flags("mou", until="2025") == flags("mou", until="2020/..") == []
    assert flags("mou", open_ended=True) == flags("statement") == flags("agreement") == []


def test_what_has_ended_is_not_dormant() -> None:
    acts = [
        text(),
        on_text("InstrumentSigned", "2010-01-01"),
        on_text("InstrumentTerminated", "2011-01-01"),
    ]

    assert answers(*acts, on="2021-01-01")["p"]["flags"] == []
