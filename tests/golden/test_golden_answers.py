"""Logs of every version give the answers that they gave when they were written."""

from datetime import date
from functools import cache
from typing import NamedTuple

import pytest

from coopledger import EdtfDate, Ledger
from coopledger.values import Amount, Document, Place
from tests.golden.logs import VERSIONS, restore_log


class Answer(NamedTuple):
    """Value of a field of the answer about a thing on a day."""

    on: str
    thing: str
    field: str
    answer: object
    known_at: str | None = None


BEFORE = "2023-12-31"  # The corrections of v1 were recorded in 2024.
BEFORE_LATE = "2024-12-31T17:00:00.000008Z"  # The last page of v3 comes after.


def _usd(value: str) -> Amount:
    return Amount(value=value, currency="USD")


ANSWERS = {
    "v1": [
        Answer("2018-03-10", "partnership states", "stage", "negotiating"),
        Answer("2018-05-04", "partnership states", "stage", "signed"),
        Answer("2018-05-05", "partnership states", "stage", "active"),
        Answer("2018-05-05", "partnership states", "flags", ("provisional_only",)),
        Answer("2019-03-01", "partnership states", "stage", "suspended"),
        Answer("2019-03-01", "partnership lake", "stage", "none"),
        Answer("2023-01-15", "partnership science", "stage", "active"),
        Answer(
            "2025-01-01",
            "partnership science",
            "flags",
            ("conflicts", "dormant", "renegotiating", "unrecorded_meetings"),
        ),
        Answer(
            "2025-01-01",
            "partnership science",
            "flags",
            ("dormant", "renegotiating", "unrecorded_meetings"),
            BEFORE,
        ),
        Answer("2018-05-03", "instrument treaty", "state", "initialled"),
        Answer("2018-05-03", "instrument treaty", "flags", ("partially_signed",)),
        Answer("2018-05-03", "instrument treaty", "missing_signers", ("se",)),
        Answer("2018-05-04", "instrument treaty", "state", "signed"),
        Answer(
            "2018-05-04", "instrument treaty", "decided_by", ("signed-by-one", "signed-by-both")
        ),
        Answer("2018-05-05", "instrument treaty", "state", "provisional"),
        Answer("2018-09-01", "instrument treaty", "state", "in_force"),
        Answer("2019-06-15", "instrument treaty", "state", "terminating"),
        Answer("2019-07-01", "instrument treaty", "state", "in_force"),
        Answer("2020-12-31", "instrument treaty", "term_end", EdtfDate("2021-06-30")),
        Answer("2021-07-01", "instrument treaty", "term_end", EdtfDate("2026-06-30")),
        Answer("2019-09-08", "instrument letter", "state", "in_force"),
        Answer("2019-09-09", "instrument letter", "state", "superseded"),
        Answer("2019-09-09", "instrument letter", "decided_by", ("mou-signed",)),
        Answer("2021-03-30", "instrument lab", "state", "in_force"),
        Answer("2021-03-31", "instrument lab", "state", "completed"),
        Answer("2021-01-31", "instrument fund", "state", "in_force"),
        Answer("2021-02-01", "instrument fund", "state", "terminated"),
        Answer("2022-12-31", "instrument protocol", "state", "abandoned"),
        Answer("2022-05-10", "commitment loan", "status", "conditional"),
        Answer("2022-05-10", "commitment loan", "conditions_open", ("money",)),
        Answer("2023-01-15", "commitment loan", "status", "overdue"),
        Answer("2023-01-15", "commitment loan", "status", "pending", BEFORE),
        Answer("2023-01-15", "commitment loan", "days_overdue", 15),
        Answer("2023-01-15", "commitment loan", "due", EdtfDate("2023-06-30"), BEFORE),
        Answer("2023-01-15", "commitment loan", "flags", ("dependency_open",)),
        Answer("2023-01-15", "commitment loan", "amount", None),
        Answer(
            "2023-01-15",
            "commitment loan",
            "amount",
            Amount(value="250000.50", currency="EUR"),
            BEFORE,
        ),
        Answer("2023-01-15", "commitment talk", "flags", ("undated",)),
        Answer("2023-01-15", "commitment host", "status", "blocked"),
        Answer("2023-01-15", "commitment done", "status", "fulfilled"),
        Answer("2023-01-15", "commitment off", "status", "cancelled"),
        Answer("2023-01-15", "commitment free", "status", "released"),
        Answer("2023-01-15", "commitment risky", "status", "expired"),
        Answer("2023-01-15", "commitment filing", "status", "standing"),
        Answer("2023-01-15", "commitment moved", "debtors", ("vn",)),
        Answer("2023-01-15", "commitment moved", "creditors", ("se",)),
        Answer("2023-01-15", "commitment errand-note-added", "status", "pending"),
        Answer("2023-01-15", "commitment errand-note-added", "status", "fulfilled", BEFORE),
        Answer("2023-01-15", "commitment errand-note-added", "decided_by", ("wrong-note",), BEFORE),
        Answer("2023-01-15", "proposal exchange", "status", "countered"),
        Answer("2023-01-15", "proposal put-as-wish", "unanswered_for", None),
        Answer("2023-01-15", "proposal put-as-proposal", "status", "agreed_in_principle"),
        Answer("2023-01-15", "proposal put-as-offer", "status", "accepted"),
        Answer("2023-01-15", "proposal put-as-request", "status", "declined"),
        Answer("2023-01-15", "proposal put-as-invitation", "status", "withdrawn"),
        Answer("2023-01-15", "meeting board-1", "held", EdtfDate("2021-05-18")),
        Answer("2023-01-15", "meeting board-1", "held", EdtfDate("2021-05-17"), BEFORE),
        Answer("2023-01-15", "meeting board-1", "place", Place(name="Huế")),
        Answer(
            "2023-01-15", "meeting board-1", "place", Place(name="Hà Nội", country="VN"), BEFORE
        ),
        Answer("2023-01-15", "meeting board-2", "status", "unrecorded"),
        Answer("2023-01-15", "meeting board-3", "status", "cancelled"),
        Answer("2023-01-15", "series board", "next", 2),
    ],
    "v2": [
        Answer("2024-06-01", "partnership science", "stage", "contact"),
        Answer("2024-06-01", "partnership trade", "stage", "none"),
        Answer("2024-06-01", "instrument treaty", "state", "none"),
        Answer("2024-06-01", "commitment filing", "status", "fulfilled"),
        Answer("2024-06-01", "commitment filing", "decided_by", ("whole",)),
        Answer("2024-06-01", "commitment filing", "status", "conditional", BEFORE),
        Answer("2024-06-01", "proposal idea", "status", "realised"),
        Answer("2024-06-01", "meeting session", "status", "unrecorded"),
    ],
    # All others of v3 are in v3/answers.jsonl.
    "v3": [
        Answer("2025-08-01", "commitment grant", "status", "fulfilled"),
        Answer("2025-08-01", "commitment gift", "status", "overdue"),
        Answer("2025-08-01", "commitment gift", "status", "fulfilled", BEFORE_LATE),
        Answer("2025-08-01", "meeting ủy-ban-2", "held", EdtfDate("2022-05-19")),
        Answer("2025-08-01", "meeting ủy-ban-4", "status", "unrecorded"),
        Answer("2025-08-01", "meeting ủy-ban-4", "status", "cancelled", BEFORE_LATE),
        Answer("2025-08-01", "partnership y-tế", "parent", "nước"),
        Answer("2025-08-01", "partnership y-tế", "parent", "vnfr", BEFORE_LATE),
        Answer("2025-08-01", "instrument mou", "state", "in_force"),
    ],
    "v4": [
        Answer("2010-05-31", "instrument convention", "state", "agreed"),
        Answer("2010-06-01", "instrument convention", "state", "signed"),
        Answer("2010-06-30", "instrument convention", "parties", ("vn", "la", "kh", "my")),
        Answer("2010-06-30", "instrument convention", "not_ratified", ("vn", "la", "kh", "my")),
        Answer("2010-06-30", "instrument convention", "missing_consents", 3),
        Answer("2011-02-14", "instrument convention", "in_force_for", ("vn", "la", "kh")),
        Answer("2013-03-30", "instrument convention", "in_force_for", ("vn", "la", "kh")),
        Answer("2013-03-31", "instrument convention", "parties", ("vn", "la", "kh", "th", "my")),
        Answer("2015-01-01", "instrument convention", "flags", ("party_leaving",)),
        Answer("2016-01-01", "instrument convention", "in_force_for", ("vn", "la", "th", "my")),
        Answer("2014-07-01", "instrument rules", "flags", ("may_be_in_force", "partially_signed")),
        Answer("2016-01-01", "partnership sông", "title", "VN – LA – TH"),
        Answer("2020-01-01", "party lào", "id", "la"),
        Answer("2020-01-01", "party la", "other_names", ("Lào",)),
        Answer("2020-01-01", "party la", "other_names", (), "2024-06-01"),
    ],
    "v5": [
        Answer("2012-05-01", "commitment dam", "debtors_open", ("vn",)),
        Answer("2012-07-02", "commitment dam", "late_by", 2),
        Answer("2013-01-15", "commitment dam", "debtors_open", ("vn", "la")),
        Answer("2014-07-10", "commitment dam", "late_by", 740),
        Answer("2014-07-10", "commitment dam", "late_by_rescheduled", 10),
        Answer("2011-06-01", "commitment money", "percent", None),
        Answer("2011-06-01", "commitment money", "paid", _usd("250000.25")),
        Answer("2011-08-01", "commitment money", "outstanding", _usd("549999.75")),
        Answer("2013-12-01", "commitment money", "outstanding", _usd("449999.75")),
        Answer("2013-12-01", "commitment money", "outstanding", _usd("549999.75"), "2024-06-01"),
        Answer("2013-12-01", "commitment money", "due", EdtfDate("2013-10-20/2013-10-21")),
        Answer("2013-12-01", "commitment money", "first_due", EdtfDate("2012-06-30")),
        Answer("2013-12-01", "commitment money", "times_rescheduled", 2),
        Answer("2013-12-01", "commitment report", "first_due", EdtfDate("2013-03")),
        Answer("2013-12-01", "commitment report", "late_by", 219),
        Answer("2013-12-01", "commitment report", "late_by_rescheduled", 15),
    ],
    "v6": [
        Answer("2020-06-01", "commitment báo-cáo", "due", EdtfDate("2020-06-30")),
        Answer("2020-07-01", "commitment báo-cáo", "due", EdtfDate("2020-07-15")),
        Answer("2020-08-01", "commitment báo-cáo", "since", date(2020, 7, 20)),
        Answer("2020-10-01", "commitment báo-cáo", "next_due", EdtfDate("2020-12-31")),
        Answer("2021-02-01", "commitment báo-cáo", "days_overdue", 32),
        Answer("2022-02-01", "commitment niên-liễm", "status", "pending"),
        Answer(
            "2022-02-01",
            "commitment niên-liễm",
            "promised",
            Amount(value="200", currency="EUR"),
        ),
        Answer("2022-12-31", "commitment niên-liễm", "status", "fulfilled"),
        Answer("2022-12-31", "commitment niên-liễm", "late_by", 15),
        Answer("2021-01-01", "commitment số-liệu", "due", EdtfDate("2020-12~")),
        Answer("2030-01-01", "commitment số-liệu", "next_due", None),
        Answer("2020-02-01", "commitment mực-nước", "status", "cancelled"),
    ],
    "v7": [
        Answer("2011-02-28", "commitment data", "ask_again", EdtfDate("2011-03")),
        Answer("2011-06-01", "commitment data", "ask_again", EdtfDate("2011-06-01")),
        Answer("2011-06-01", "commitment data", "last_asked", EdtfDate("2011-03-31")),
        Answer("2011-12-01", "commitment data", "ask_again", None),
        Answer("2011-02-01", "proposal gauge", "times_asked", 1),
        Answer("2011-02-01", "proposal gauge", "ask_again", None),
        Answer("2011-02-01", "proposal gauge", "unanswered_for", 22),
        Answer("2011-09-30", "instrument mou", "ask_again", EdtfDate("2011-09-01")),
        Answer("2011-07-31", "meeting session-1", "ask_again", EdtfDate("2011-09")),
        Answer("2011-08-01", "meeting session-1", "ask_again", None),
        Answer("2011-12-31", "partnership sông", "responsible", "Lan"),
        Answer("2012-01-01", "partnership sông", "responsible", "Hoa"),
        Answer("2012-01-01", "partnership nhánh", "responsible", "Phòng 2"),
        Answer("2012-01-01", "instrument mou", "responsible", "Hoa"),
        Answer("2012-01-01", "commitment data", "responsible", "Minh"),
        Answer("2012-01-01", "commitment filing", "responsible", "Hoa"),
        Answer("2012-01-01", "meeting session-0", "responsible", "Lan"),
        Answer("2012-01-01", "meeting session-1", "responsible", "la"),
        Answer("2012-01-01", "partnership hồ", "responsible", "Phòng 4"),
        Answer("2012-01-01", "partnership hồ", "responsible", "Phòng 1", "2024-06-01"),
    ],
    "v8": [
        Answer("2016-02-29", "instrument plan", "conduct", "not_begun"),
        Answer("2016-03-01", "instrument plan", "conduct", "under_way"),
        Answer("2018-03-02", "instrument plan", "conduct", "at_rest"),
        Answer("2019-01-01", "instrument plan", "conduct", "given_up"),
        Answer("2019-06-01", "instrument plan", "conduct", "at_rest"),
        Answer("2018-01-01", "instrument mou", "flags", ("end_unknown", "given_up_by_some")),
        Answer("2019-01-01", "instrument mou", "conduct", "given_up"),
        Answer("2020-06-01", "instrument mou", "conduct", "not_begun"),
        Answer("2017-06-01", "instrument plan", "flags", ("end_unknown", "obstructed")),
        Answer("2018-05-01", "instrument plan", "flags", ("end_unknown",)),
        Answer("2019-03-01", "commitment filing", "flags", ("given_up", "obstructed", "undated")),
        Answer("2019-01-01", "partnership rừng", "conduct", "given_up"),
        Answer("2021-03-01", "partnership rừng", "last_heard", EdtfDate("2021-02-01")),
        Answer("2021-03-01", "partnership rừng", "last_activity", EdtfDate("2016-03-01")),
        Answer(
            "2022-02-02",
            "partnership rừng",
            "flags",
            ("conflicts", "dormant", "given_up_by_some", "obstructed", "unheard"),
        ),
    ],
    "v9": [
        Answer("2013-02-01", "instrument agreement", "term_end", EdtfDate("2013-05-31")),
        Answer("2013-02-01", "instrument agreement", "flags", ("to_decide",)),
        Answer("2013-03-01", "instrument agreement", "decision", "renew"),
        Answer("2013-06-01", "instrument agreement", "term_end", EdtfDate("2014-11-30")),
        Answer("2013-06-01", "instrument agreement", "notice_deadline", EdtfDate("2014-09-01")),
        Answer("2013-06-01", "instrument annex", "term_end", EdtfDate("2014-11-30")),
        Answer("2013-06-01", "instrument annex", "flags", ("following",)),
        Answer("2013-06-01", "instrument agreement", "implemented_by", ("annex", "plan")),
        Answer("2013-07-01", "instrument plan", "term_end", EdtfDate("2014-06-30")),
        Answer("2014-07-01", "instrument plan", "flags", ("decided_otherwise", "tacitly_renewed")),
        Answer("2015-03-01", "instrument annex", "state", "suspended"),
        Answer("2015-04-01", "instrument annex", "state", "in_force"),
        Answer("2016-06-01", "instrument annex", "state", "expired"),
        Answer("2016-01-01", "instrument treaty", "term_end", None),
        Answer("2020-01-01", "instrument friendship", "flags", ()),
    ],
    "v10": [
        Answer("2020-05-31", "instrument mou", "documents", (Document(title="Draft of May"),)),
        Answer(
            "2020-06-01",
            "instrument mou",
            "documents",
            (Document(title="Draft of May"), Document(title="Signed copy", language="vi")),
        ),
        Answer(
            "2020-06-01",
            "instrument mou",
            "documents",
            (
                Document(title="Draft of May"),
                Document(
                    title="Bản ghi nhớ đã ký",
                    address="https://archive.example/17",
                    sha256="a1" * 32,
                    language="vi",
                    authentic=True,
                ),
                Document(address="archive/17/fr", language="fr", authentic=True),
            ),
            BEFORE,
        ),
        Answer("2021-01-01", "meeting hue-1", "id", "Huế-1"),
        Answer("2021-01-01", "person zhao xinli", "signed", ("mou",)),
    ],
    "v11": [
        Answer("2018-12-31", "meeting ủy-ban-2", "first_planned", EdtfDate("2018-05")),
        Answer("2018-12-31", "meeting ủy-ban-2", "times_postponed", 2),
        Answer("2018-12-31", "meeting ủy-ban-2", "host", "vn"),
        Answer("2018-12-31", "meeting ủy-ban-2", "place", Place(name="Đà Nẵng")),
        Answer("2018-05-12", "series ủy-ban", "flags", ("session_overdue",)),
        Answer("2017-06-01", "series hội-thảo", "next_due", EdtfDate("2017-05")),
        Answer("2017-06-01", "series ủy-ban", "next_due", EdtfDate("2017-05-11")),
        Answer("2017-06-01", "series ủy-ban", "next_due", EdtfDate("2018-05-11"), "2020-12-31"),
    ],
}
# Which notes stand on the timelines of v2's partnerships, and what they are about: as the first
# version knew them, as its corrections left them, and with what the second version recorded.
NOTES: dict[str | None, dict[str, list[tuple[str, str]]]] = {
    "2023-03-01": {
        "science": [("reworded", "session"), ("disputed", "idea"), ("kept", "treaty")],
        "trade": [("moved", "mou"), ("moved-twice", "mou")],
    },
    BEFORE: {
        "science": [
            *(("moved", "treaty"), ("reworded", "session"), ("disputed", "idea")),
            *(("moved-twice", "idea"), ("kept", "treaty")),
        ],
        "trade": [],
    },
    "2024-04-01": {
        "science": [
            *(("moved", "treaty"), ("reworded", "session"), ("disputed", "idea")),
            *(("short", "science"), ("wrong", "idea, filing"), ("moved-twice", "idea")),
            *(("kept", "treaty"), ("whole", "treaty, mou, vn")),
        ],
        "trade": [("whole", "treaty, mou, vn")],
    },
    None: {
        "science": [
            *(("moved", "treaty"), ("reworded", "session"), ("disputed", "idea")),
            *(("short", "science"), ("moved-twice", "treaty, session"), ("kept", "treaty")),
            ("whole", "mou"),
        ],
        "trade": [("whole", "mou")],
    },
}
ASKED = [
    pytest.param(
        version, asked, id=f"{version}-{asked.on}-{asked.thing}-{asked.field}-{asked.known_at}"
    )
    for version, answers in ANSWERS.items()
    for asked in answers
]


@cache
def _ledger(version: str) -> Ledger:
    _, ledger = restore_log(version)
    return ledger


@pytest.mark.parametrize(("version", "asked"), ASKED)
def test_a_golden_log_gives_the_answer_that_it_gave(version: str, asked: Answer) -> None:
    view = _ledger(version).view(asked.on, known_at=asked.known_at)
    question, name = asked.thing.split(maxsplit=1)
    found = getattr(view, question)(name)

    assert getattr(found, asked.field) == asked.answer


def test_every_version_has_answers() -> None:
    assert list(ANSWERS) == VERSIONS


@pytest.mark.parametrize(
    ("known_at", "position"),
    [
        ("1969-12-31T23:59:59.999989Z", 0),
        ("1969-12-31T23:59:59.999990Z", 1),
        ("1969-12-31T23:59:59.999999Z", 10),
        ("1970-01-01T00:00:00Z", 11),
        ("2018-01-31", 63),
        ("2024-03-01", 179),
    ],
)
def test_v1_knows_at_each_time_what_was_recorded_by_then(known_at: str, position: int) -> None:
    assert _ledger("v1").view("2023-01-15", known_at=known_at).position == position


def test_v1_counts_the_texts_that_were_signed() -> None:
    signed = _ledger("v1").view("2022-12-31").signatures(period="2018/2019-09")

    assert [found.event for found in signed] == ["signed-by-both", "mou-signed"]


@pytest.mark.parametrize(("known_at", "notes"), NOTES.items(), ids=str)
def test_v2_finds_notes_of_both_versions_under_all_that_they_are_about(
    known_at: str | None, notes: dict[str, list[tuple[str, str]]]
) -> None:
    view = _ledger("v2").view("2024-06-01", known_at=known_at)
    found = {
        partnership: [
            (moment.event, moment.about)
            for moment in view.timeline(partnership)
            if moment.type == "NoteAdded"
        ]
        for partnership in notes
    }

    assert found == notes


def test_v2_shows_a_field_that_was_disputed_under_the_first_version() -> None:
    (conflict,) = _ledger("v2").view("2024-06-01").conflicts()

    assert (conflict.field, conflict.holds) == ("subject", "idea")
    assert [alternative.says for alternative in conflict.alternatives] == ["filing"]


def test_v11_sums_up_what_was_done() -> None:
    ledger = _ledger("v11")
    then, now = (ledger.view("2019-12-31", known_at=known) for known in ("2020-12-31", None))
    found = [
        [
            (each.name, each.number, each.conflicts)
            for each in view.yields(partnership="khoa-học", period="2018")
            if each.group in {"visit", "training"}
        ]
        for view in (then, now)
    ]
    claimed = "30 claimed for 2018 (people)"

    assert found[1] == [
        ("người", 9.25, (claimed,)),
        ("người", 42, ("40 for 2018 too (twice)", claimed)),
        ("tháng", 2.5, ()),
    ]
    assert found[0] == [("người", 0, (claimed,)), ("tháng", 0.5, ()), *found[1][1:]]


def test_v1_says_why_a_treaty_is_in_force() -> None:
    told = _ledger("v1").view("2018-09-01").explain("treaty")

    assert told.decided_by[-1] == "in-force"
