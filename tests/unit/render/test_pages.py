from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from coopledger import Ledger, events
from coopledger.errors import UnknownIdError
from coopledger.render import board, explanation, findings, pending

Record = Callable[..., Ledger]


def _promise(name: str, **more: object) -> events.CommitmentMade:
    """Return a promise of the institute to the university, of 10 January 2024."""
    fields: dict[str, object] = {
        "id": f"made-{name}",
        "commitment": name,
        "partnership": "ocean",
        "when": "2024-01-10",
        "debtors": "institute",
        "creditors": "university",
        "what": f"deliver {name}",
    }
    return events.CommitmentMade(**(fields | more))  # type: ignore[arg-type]


@pytest.fixture(name="record")
def _record() -> Record:
    """Return a recorder of acts between an institute and a university, in memory."""
    ledger = Ledger.in_memory(clock=lambda: datetime(2025, 1, 1, tzinfo=UTC))
    ledger.record(
        events.PartyRegistered(party="institute", name="Institute", kind="centre"),
        events.PartyRegistered(party="university", name="University", kind="university"),
        events.PartnershipOpened(partnership="ocean", parties=["institute", "university"]),
        events.InstrumentRegistered(instrument="mou", partnership="ocean", kind="mou"),
    )

    def record(*acts: events.Event) -> Ledger:
        ledger.record(*acts)
        return ledger

    return record


def _column(page: str, header: str) -> list[str]:
    """Return the cells below the header, without blank ones."""
    _, _, headers, *lines = page.split("\n")
    start = headers.index(header)
    following = headers[start + len(header) :]
    end = len(headers) - len(following.lstrip()) if following else None
    return [cell for line in lines if (cell := line[start:end].strip())]


def test_a_board_shows_where_every_partnership_stands(record: Record) -> None:
    ledger = record(
        events.InstrumentSigned(instrument="mou", when="2024-01-10"),
        _promise("data", due="2024-02"),
        _promise("staff"),
    )

    assert board(ledger.view(on="2024-03-15")) == (
        "Board on 2024-03-15\n"
        "\n"
        "PARTNERSHIP  STAGE      SINCE       TEXTS         OPEN  OVERDUE  LAST ACTIVITY  ID\n"
        "Institute    active     2024-01-10  MoU in force     2        1  2024-01-10     ocean\n"
        "University   not begun"
    )


def test_a_board_marks_a_day_that_is_not_exact_and_says_what_the_mark_means(
    record: Record,
) -> None:
    page = board(
        record(events.InstrumentSigned(instrument="mou", when="2024-01")).view(on="2024-03-15")
    )

    assert "2024-01-31~" in page
    assert page.endswith("\n\n~ rests on a date that is not exact")


def test_a_board_shows_the_flags_one_below_the_other(record: Record) -> None:
    ledger = record(
        events.MeetingScheduled(
            meeting="m", partnership="ocean", kind="talks", when="2020-01-10", planned="2020"
        )
    )

    assert _column(board(ledger.view(on="2024-03-15")), "FLAGS") == [
        "dormant",
        "unrecorded meetings",
    ]


def test_a_board_of_a_day_before_everything_says_so() -> None:
    assert board(Ledger.in_memory().view(on="2024-01-01")) == (
        "Board on 2024-01-01: no partnership is known.\n"
        "Ask about a later day, or record one: PartnershipOpened opens it."
    )


def test_a_board_of_ours_names_partners_and_counts_each_side(record: Record) -> None:
    ledger = record(
        _promise("data"), _promise("staff", debtors="university", creditors="institute")
    )

    assert board(ledger.view(on="2024-03-15"), us="institute") == (
        "Board of Institute on 2024-03-15\n"
        "\n"
        "PARTNER     STAGE    SINCE       WE OWE  THEY OWE  ID\n"
        "University  contact  2024-01-10       1         1  ocean"
    )


def test_pending_says_who_owes_whom_what_by_when(record: Record) -> None:
    page = pending(record(_promise("data", due="2024-02")).view(on="2024-03-15"))

    assert page == (
        "Pending on 2024-03-15, most urgent first\n"
        "\n"
        "STATUS           WHAT                      OWED BY    TO          DUE      ID\n"
        "15 days overdue  commitment: deliver data  Institute  University  2024-02  data"
    )


def test_pending_begins_with_what_presses_most(record: Record) -> None:
    ledger = record(
        _promise("for-good", standing=True),
        _promise("undated"),
        _promise("if-paid", conditions="paid", due="2024-02"),
        _promise("after-data", depends_on="undated"),
        _promise("next-year", due="2025"),
        _promise("this-month", due="2024-03-31"),
        _promise("late", due="2024-02-29"),
        _promise("later-still", due="2024-01-31"),
    )

    assert _column(pending(ledger.view(on="2024-03-15")), "ID") == [
        "later-still",
        "late",
        "this-month",
        "next-year",
        "undated",
        "after-data",
        "if-paid",
        "for-good",
    ]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-01-15", "pending"),
        ("2024-02-15", "due in 14 days"),
        ("2024-02-28", "due in 1 day"),
        ("2024-02-29", "due today"),
        ("2024-03-01", "1 day overdue"),
        ("2024-03-02", "2 days overdue"),
    ],
)
def test_pending_counts_the_days_where_they_press(record: Record, day: str, status: str) -> None:
    page = pending(record(_promise("data", due="2024-02")).view(on=day))

    assert _column(page, "STATUS") == [status]


def test_pending_names_what_a_promise_waits_for(record: Record) -> None:
    ledger = record(
        events.MeetingScheduled(
            meeting="JCM", partnership="ocean", kind="committee", when="2024-01-10", planned="2024"
        ),
        _promise("data", due_meeting="JCM"),
        _promise("staff", depends_on="data"),
        _promise("money", conditions="approval"),
    )

    assert _column(pending(ledger.view(on="2024-03-15")), "WAITS FOR") == [
        "committee (scheduled)",
        "deliver data",
        "approval",
    ]


def test_pending_keeps_a_due_date_in_words(record: Record) -> None:
    page = pending(record(_promise("data", due_text="upcoming")).view(on="2024-03-15"))

    assert _column(page, "DUE") == ["upcoming"]


def test_pending_for_us_has_what_we_owe_and_what_we_wait_for(record: Record) -> None:
    ledger = record(
        _promise("data"),
        _promise("staff", debtors="university", creditors="institute"),
        _promise(
            "peace",
            debtors=["institute", "university"],
            creditors=["institute", "university"],
        ),
    )

    owed, awaited = pending(ledger.view(on="2024-03-15"), us="institute").split("\n\nPending")

    assert owed.startswith("Pending on 2024-03-15, owed by Institute, most urgent first\n")
    assert ("data" in owed, "staff" in owed, "peace" in owed) == (True, False, True)
    assert awaited.startswith(" on 2024-03-15, owed to Institute, most urgent first\n")
    assert ("data" in awaited, "staff" in awaited, "peace" in awaited) == (False, True, True)


def test_pending_for_us_names_us_beside_what_both_owe_and_nowhere_else(record: Record) -> None:
    both = ["institute", "university"]
    alone = record(_promise("data")).view(on="2024-03-15")
    mixed = record(_promise("peace", debtors=both, creditors=both))

    owed, _ = pending(alone, us="university").split("\n\nPending")
    first, _ = pending(mixed.view(on="2024-03-15"), us="university").split("\n\nPending")
    ours, _ = pending(mixed.view(on="2024-03-15"), us="institute").split("\n\nPending")

    assert "OWED BY" not in owed + pending(alone, us="institute").split("\n\nPending")[0]
    assert _column(first, "OWED BY")[0] == "Institute"
    assert _column(ours, "OWED BY") == ["Institute", "Institute", "University"]


def test_pending_says_when_nothing_is(record: Record) -> None:
    assert pending(record().view(on="2024-03-15")) == "Pending on 2024-03-15: nothing."


def test_an_explanation_is_the_sentence_and_the_events_behind_it(record: Record) -> None:
    view = record(_promise("data", due="2024-02")).view(on="2024-03-15")
    why = view.explain("data")

    sentence, *events_behind, rule = explanation(view, "data", width=1000).split("\n")

    assert sentence == why.sentence
    assert events_behind == [f"  {line}" for line in why.events]
    assert rule == "  rule: the last day of its due date has passed"


def test_an_explanation_goes_on_below_where_it_is_long(record: Record) -> None:
    view = record(_promise("data", what="words " * 40)).view(on="2024-03-15")

    lines = explanation(view, "data", width=60).split("\n")

    assert max(map(len, lines)) <= 60
    assert lines[-2].startswith("    words")


def test_a_sentence_that_is_its_rule_has_it_once(record: Record) -> None:
    page = explanation(record().view(on="2024-03-15"), "mou", width=1000)

    assert page.count("no act on it, and no open proposal about it, counts by that day") == 1


def test_two_texts_of_one_kind_and_state_have_their_titles(record: Record) -> None:
    second = events.InstrumentRegistered(
        instrument="mou-2", partnership="ocean", kind="mou", title="On sediment cores"
    )
    signed = (
        events.InstrumentSigned(instrument="mou", when="2024-01-10"),
        events.InstrumentSigned(instrument="mou-2", when="2024-01-11"),
    )

    page = board(record(second, *signed).view(on="2024-03-15"), width=200)

    assert _column(page, "TEXTS") == ["MoU mou in force", "On sediment cores in force"]


def test_an_explanation_of_an_unknown_id_names_the_nearest(record: Record) -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'ocean'"):
        explanation(record().view(on="2024-03-15"), "ocaen")


def test_findings_stand_below_what_they_weigh(record: Record) -> None:
    ledger = record(
        _promise("a", source="minutes"),
        _promise("b", id="made-b", what="deliver a", source="minutes"),
        _promise("c"),
    )

    assert findings(ledger.check(), width=60).splitlines() == [
        "Check: 2 to look at, the weightiest first",
        "",
        "Doubtful",
        "  C101 'made-a' at 5, 'made-b' at 6: CommitmentMade of",
        "    2024-01-10 is recorded 2 times with the same",
        "    partnership, debtors, creditors, what: retract what was",
        "    recorded twice",
        "",
        "Incomplete",
        "  W105 'made-c' at 7: CommitmentMade: 'source' is missing:",
        "    say what it rests on, be it only memory",
    ]


def test_a_check_that_found_nothing_says_so(record: Record) -> None:
    assert findings(record().check()) == "Check: nothing to look at."
