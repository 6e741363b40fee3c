"""Commitments that recur: their dates, what closes them, and what is told of each."""

from datetime import date, timedelta
from functools import partial

import attrs
import pytest

from coopledger import EdtfDate, Ledger, events
from coopledger._rules.recurrence import Rhythm, Rounds
from coopledger.events import Event
from coopledger.values import Recurrence
from tests.builders import office
from tests.counting import Calls
from tests.unit.rules.commitments import commitment_on, statuses


def daily() -> events.CommitmentMade:
    """Return a promise that is kept every day."""
    made = report(due=on(1))
    return attrs.evolve(made, recurs={"days": 1}, when=on(1))


def report(due: str = "2024-06-30", **recurs: object) -> events.CommitmentMade:
    return events.CommitmentMade(
        id="made",
        commitment="c",
        partnership="vnfr",
        debtors="vn",
        creditors="fr",
        what="a report",
        due=due,
        recurs={"months": 6, **recurs},
        when="2024-01-10",
    )


def kept(when: str, id: str, **fields: object) -> events.CommitmentFulfilled:
    return events.CommitmentFulfilled(id=id, commitment="c", when=when, **fields)  # type: ignore[arg-type]


def told(ledger: Ledger, day: str) -> list[str]:
    """Return the dates that are told on the day, each as one line."""
    return list(map(str, commitment_on(ledger, day).occurrences))


@pytest.mark.parametrize(
    ("date", "number"),
    [
        ("2024-01-31", 1),
        ("2024-02-29", 2),
        ("2024-02-29~", 2),
        ("2024-03-31", 3),
        ("2124-01-31", 1201),
        ("2024-02-28", None),
        ("2023-12-31", None),
        ("2024-02", None),
        ("2024-03/..", None),
    ],
)
def test_a_date_has_a_number_however_it_is_written(date: str, number: int | None) -> None:
    rhythm = Rhythm(EdtfDate("2024-01-31"), Recurrence(months=1))

    assert rhythm.number(EdtfDate(date)) == number


def test_the_last_date_is_on_the_last_day_or_before() -> None:
    rhythm = Rhythm(EdtfDate("2024-06"), Recurrence(months=6, until="2025-06"))

    assert [str(rhythm.date(number)) for number in (1, 3, 4)] == ["2024-06", "2025-06", "None"]
    assert rhythm.number(EdtfDate("2025-12")) is None


def test_a_first_date_less_precise_than_the_length_is_the_only_one() -> None:
    """Two records of one thing may say the date and the length."""
    rhythm = Rhythm(EdtfDate("2024"), Recurrence(months=6))

    assert (rhythm.holds, rhythm.date(1), rhythm.date(2)) == (False, EdtfDate("2024"), None)


def test_the_oldest_open_date_gives_the_status_and_the_next_one_is_told() -> None:
    ledger = office(report(), kept("2024-06-28", "k1"))
    answer = commitment_on(ledger, "2025-01-04")

    assert statuses(ledger, "2024-06-28", "2024-11-29", "2024-11-30", "2024-12-31") == [
        *("pending", "pending", "due_soon", "overdue"),
    ]
    assert (str(answer.due), answer.days_overdue, str(answer.next_due)) == (
        *("2024-12-30", 5, "2025-06-30"),
    )
    assert told(ledger, "2025-01-04") == [
        *("2024-06-30 fulfilled", "2024-12-30 overdue", "2025-06-30 pending"),
    ]
    assert str(answer) == (
        "a report (c): overdue since 2024-12-31; commitment of vn to fr; due 2024-12-30; "
        "every 6 months, next 2025-06-30; 5 days overdue"
    )


def test_pending_since_the_fulfilment_that_closed_the_date_before() -> None:
    ledger = office(report(), kept("2024-07-20", "k1"))
    answer = commitment_on(ledger, "2024-08-01")

    assert (str(answer.since), answer.decided_by) == ("2024-07-20", ("made", "k1"))
    assert [each.decided_by for each in answer.occurrences] == [("k1",), ()]


def test_a_fulfilment_in_the_envelope_closes_the_oldest_open_date() -> None:
    named = kept("2024-12-01", "k1", occurrence="2024-12-30")
    said = events.StatementMade(
        id="s", partnership="vnfr", text="sent", fulfils="c", when="2024-12-02"
    )
    ledger = office(report(times=2), named, said)
    answer = commitment_on(ledger, "2025-01-04")

    assert (answer.status, answer.late_by, answer.next_due) == ("fulfilled", 155, None)
    assert told(ledger, "2025-01-04") == [
        *("2024-06-30 fulfilled, 155 days late", "2024-12-30 fulfilled"),
    ]


def moved(due: str, when: str) -> events.CommitmentRescheduled:
    return events.CommitmentRescheduled(id=f"moved-{due}", commitment="c", due=due, when=when)


def test_a_new_date_moves_the_oldest_open_one_alone() -> None:
    ledger = office(report(times=2), moved("2024-08-31", "2024-06-01"), kept("2024-08-20", "k1"))

    assert statuses(ledger, "2024-05-31", "2024-06-01", "2024-08-01") == [
        *("due_soon", "pending", "due_soon"),
    ]
    assert told(ledger, "2024-09-01") == [
        *("2024-06-30 fulfilled, due 2024-08-31, 51 days late", "2024-12-30 pending"),
    ]
    ledger.record(kept("2024-12-30", "k2"))
    answer = commitment_on(ledger, "2025-01-01")
    assert (answer.late_by, answer.late_by_rescheduled) == (51, 0)


def test_a_date_put_off_beyond_the_next_one_is_the_oldest_no_more() -> None:
    ledger = office(report(), moved("2025-03-31", "2024-06-01"), kept("2024-12-20", "k1"))

    assert statuses(ledger, "2024-12-01", "2024-12-20", "2025-03-31") == [
        *("due_soon", "pending", "due_soon"),
    ]
    assert told(ledger, "2025-01-01") == [
        "2024-06-30 pending, due 2025-03-31",
        "2024-12-30 fulfilled",
    ]


@pytest.mark.parametrize(
    ("closing", "status"),
    [
        (events.CommitmentCancelled(commitment="c", by="vn", when="2024-12-30"), "cancelled"),
        (events.CommitmentReleased(commitment="c", by="fr", when="2024-12-30"), "released"),
    ],
)
def test_what_comes_after_the_closing_never_comes_about(closing: Event, status: str) -> None:
    ledger = office(report(), closing)

    assert told(ledger, "2026-01-01") == [f"2024-06-30 {status}", f"2024-12-30 {status}"]
    assert commitment_on(ledger, "2026-01-01").next_due is None


def test_a_fuzzy_fulfilment_leaves_the_delay_of_its_date_open() -> None:
    ledger = office(report(times=2), kept("2024", "k1"), kept("2025-01-02", "k2"))
    answer = commitment_on(ledger, "2025-02-01")

    assert (answer.late_by, answer.flags) == (3, ("perhaps_late",))
    assert [each.late_by for each in answer.occurrences] == [None, 3]


def test_a_month_stays_one() -> None:
    ledger = office(report(due="2024-06"))

    assert told(ledger, "2024-07-01") == ["2024-06 overdue", "2024-12 pending"]


def test_nothing_is_overdue_while_it_waits_for_a_condition() -> None:
    made = report()
    ledger = office(
        events.CommitmentMade(
            id="made",
            commitment="c",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a report",
            conditions="money",
            due=made.due,
            recurs=made.recurs,
            when="2024-01-10",
        )
    )

    assert told(ledger, "2024-07-01") == ["2024-06-30 conditional", "2024-12-30 conditional"]


def test_a_date_that_a_correction_took_away_closes_nothing() -> None:
    named = kept("2024-12-01", "k1", occurrence="2024-12-30")
    longer = events.EventCorrected(target="made", changes={"recurs": {"years": 1}}, reason="a slip")
    ledger = office(report(), named, longer)

    assert told(ledger, "2024-12-31") == ["2024-06-30 overdue", "2025-06-30 pending"]
    assert [finding.code for finding in ledger.check() if finding.is_refusal] == ["E614"]


def test_a_percentage_is_of_the_oldest_open_date() -> None:
    half = events.CommitmentProgressed(id="p", commitment="c", percent=50, when="2024-06-01")
    ledger = office(report(), half, kept("2024-06-28", "k1"))

    assert [commitment_on(ledger, day).percent for day in ("2024-06-02", "2024-06-28")] == [
        50,
        None,
    ]


def both(**fields: object) -> events.CommitmentMade:
    """Return a report that Viet Nam and Cuba owe to France."""
    return events.CommitmentMade(
        id="made",
        commitment="c",
        partnership="vnfr",
        debtors=["vn", "cu"],
        creditors="fr",
        what="a report",
        due="2024-06-30",
        recurs={"months": 6},
        when="2024-01-10",
        **fields,  # type: ignore[arg-type]
    )


def test_a_date_is_done_once_all_debtors_are_named() -> None:
    """What one delivers again is for the next date."""
    ledger = office(
        both(),
        kept("2024-06-01", "k1", by="vn"),
        kept("2024-07-05", "k2", by="vn"),
        kept("2024-07-20", "k3", by="cu"),
    )

    assert [commitment_on(ledger, day).debtors_open for day in ("2024-06-01", "2024-07-20")] == [
        ("cu",),
        ("cu",),
    ]
    assert told(ledger, "2024-08-01") == [
        "2024-06-30 fulfilled, 20 days late",
        "2024-12-30 pending",
    ]


def test_who_takes_over_takes_over_each_date() -> None:
    """One who takes over from a debtor owes what that one had not done yet."""
    ledger = office(
        both(),
        kept("2024-06-01", "k1", by="vn"),
        events.CommitmentDelegated(commitment="c", by="cu", to="vn", when="2024-06-10"),
    )

    assert commitment_on(ledger, "2024-06-20").debtors_open == ("vn",)


def reopened(when: str, due: str | None = None) -> events.CommitmentReopened:
    return events.CommitmentReopened(id=f"r-{when}", commitment="c", when=when, due=due)


def test_the_date_done_last_is_open_again() -> None:
    ledger = office(report(), kept("2024-06-28", "k1"), reopened("2024-07-10", due="2024-08-31"))
    answer = commitment_on(ledger, "2024-08-01")

    assert (answer.status, answer.times_rescheduled) == ("due_soon", 0)
    assert told(ledger, "2024-08-01") == ["2024-06-30 due soon, due 2024-08-31"]


def test_what_was_given_up_and_is_opened_again_keeps_what_was_done() -> None:
    cancelled = events.CommitmentCancelled(id="x", commitment="c", by="vn", when="2024-07-01")
    ledger = office(report(), kept("2024-06-28", "k1"), cancelled, reopened("2025-01-10"))

    assert told(ledger, "2025-01-10") == [
        *("2024-06-30 fulfilled", "2024-12-30 overdue", "2025-06-30 pending"),
    ]


def paid(amount: str, when: str) -> events.CommitmentProgressed:
    return events.CommitmentProgressed(id=f"p-{when}", commitment="c", amount=amount, when=when)


def test_the_amount_is_for_each_date_and_promised_are_those_due_by_the_day() -> None:
    ledger = office(
        both(amount="100 EUR"),
        paid("30 EUR", "2024-05-01"),
        kept("2024-06-28", "k1"),
        events.CommitmentVaried(id="v", commitment="c", amount="120 EUR", when="2024-07-01"),
        paid("20 EUR", "2024-12-01"),
    )
    sums = [
        tuple(each.value for each in (answer.promised, answer.paid, answer.outstanding) if each)
        for day in ("2024-05-01", "2024-06-30", "2024-12-30", "2025-06-30")
        for answer in (commitment_on(ledger, day),)
    ]

    assert sums == [
        ("0", "30", "0"),
        ("100", "100", "0"),
        ("220", "120", "100"),
        ("340", "120", "220"),
    ]
    [row] = ledger.view("2025-06-30").sums()
    assert (row.promised.value, row.paid.value, row.outstanding.value) == ("340", "120", "220")
    assert [finding.code for finding in ledger.check() if finding.code == "C601"] == []


def test_a_life_that_is_carried_on_shares_nothing_with_the_one_before() -> None:
    """A ledger in memory folds each act onto what it folded before."""
    acts: list[Event] = [both(amount="100 EUR")]
    for number in range(8):
        acts += [
            paid("10 EUR", f"2024-02-{number + 1:02}"),
            kept(f"2024-03-{number + 1:02}", f"k{number}", by="vn" if number % 2 else "cu"),
        ]
    one_by_one, at_once = office(), office(*acts)
    for act in acts:
        one_by_one.record(act)

    assert commitment_on(one_by_one, "2030-01-01") == commitment_on(at_once, "2030-01-01")


def test_of_two_fulfilments_of_a_date_the_first_counts() -> None:
    """The earlier one may be recorded later."""
    ledger = office(
        report(),
        kept("2024-07-05", "k1", occurrence="2024-06-30"),
        kept("2024-07-02", "k2", occurrence="2024-06-30"),
    )

    assert told(ledger, "2024-08-01") == ["2024-06-30 fulfilled, 2 days late", "2024-12-30 pending"]
    assert [each.id for each in ledger.view("2024-08-01").commitments(late=True)] == ["c"]
    assert commitment_on(ledger, "2024-08-01").occurrences[0].decided_by == ("k2",)


def test_a_date_and_a_length_in_two_records_of_one_thing_make_it_recur() -> None:
    twice = events.CommitmentMade(
        id="twice",
        commitment="d",
        partnership="vnfr",
        debtors="vn",
        creditors="fr",
        what="a report",
        due="2024-06-30",
        when="2024-01-05",
    )
    put_off = events.CommitmentRescheduled(
        id="off", commitment="d", due_text="soon", when="2024-02-01"
    )
    again = report(due="2024-03-31", times=2)
    ledger = office(twice, put_off, again, events.SameAs(duplicate="c", same_as="d"))

    assert list(map(str, commitment_on(ledger, "2024-07-01", "d").occurrences)) == [
        *("2024-06-30 overdue", "2024-12-30 pending"),
    ]
    assert str(commitment_on(ledger, "2024-07-01", "d").since) == "2024-07-01"


def test_a_sum_in_another_currency_is_passed_over() -> None:
    varied = events.CommitmentVaried(id="v", commitment="c", amount="9 USD", when="2024-07-01")
    ledger = office(both(amount="100 EUR"), kept("2024-06-28", "k1"), varied)
    answer = commitment_on(ledger, "2024-12-31")

    sums = (answer.promised, answer.paid, answer.outstanding)
    assert [each and f"{each.value} {each.currency}" for each in sums] == [
        *("9 USD", "0 USD", "9 USD"),
    ]


# What a daily promise costs: dates that are worked out are counted.

FIRST = date(2000, 1, 1)


def on(number: int) -> str:
    """Return the date with the number of a promise that is kept every day."""
    return (FIRST + timedelta(days=number - 1)).isoformat()


def test_the_next_date_is_found_without_going_through_those_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounds = Rounds(Rhythm(EdtfDate(on(1)), Recurrence(days=1)))
    calls = Calls(monkeypatch, Rhythm, "date")

    for number in (10, 100, 1000, 10_000):
        day = FIRST.toordinal() + number - 1
        assert calls.during(partial(rounds.following, day)) < 4 * number.bit_length()
        assert rounds.following(day) == number


def test_each_date_that_is_told_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = office(daily())
    calls = Calls(monkeypatch, Rhythm, "date")

    for number in (50, 400):
        count = calls.during(partial(commitment_on, ledger, on(number)))
        assert number < count < number + 200


@pytest.mark.parametrize("move", [False, True])
def test_dates_that_are_done_are_not_looked_at_again(
    move: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another date is asked for each act, and not all that were moved or done before it."""
    acts: list[Event] = [daily()]
    for number in range(1, 60):
        acts += [moved(on(number + 1), on(number))] if move else []
        acts.append(kept(on(number), f"k{number}", by="vn"))
    ledger = office(*acts)
    calls = Calls(monkeypatch, Rounds, "due")

    short, long = (calls.during(partial(commitment_on, ledger, on(each))) for each in (20, 40))
    assert long < 2.2 * short
    assert not ledger_rounds(ledger).waiting


def ledger_rounds(ledger: Ledger) -> Rounds:
    """Return the dates of the promise, as folded for a day after all."""
    snapshot = ledger.view("2040-01-01")._snapshot  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - the case
    rounds = snapshot.commitment("c").rounds
    assert rounds is not None
    return rounds


def test_a_line_says_how_many_dates_were_late_while_it_goes_on() -> None:
    ledger = office(report(times=3), kept("2024-07-01", "k1"), kept("2025-01-05", "k2"))

    assert "every 6 months; one date late, by 1 day" in str(commitment_on(ledger, "2024-08-01"))
    assert "every 6 months; 2 dates late, by 6 days at most" in str(
        commitment_on(ledger, "2025-02-01")
    )
    ledger.record(kept("2025-07-02", "k3"))
    assert str(commitment_on(ledger, "2025-08-01")).endswith("every 6 months; 6 days late")
