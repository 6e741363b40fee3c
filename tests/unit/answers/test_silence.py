"""Silence: when somebody was heard last, and of which partnerships nothing is known for long."""

import pytest

from coopledger import Ledger, events
from coopledger.events import Event
from coopledger.testing import WORLD
from tests.builders import office


def opened(**fields: object) -> Ledger:
    opening = events.PartnershipOpened(
        id="o",
        partnership="few",
        parties=["vn", "cu"],
        report_every=6,
        **fields,  # type: ignore[arg-type]  # each of its own type
    )
    return office(opening)


def said(when: str, event_id: str = "s") -> Event:
    return events.StatementMade(id=event_id, partnership="few", text="a", when=when)


NOTHING = events.NothingDone(id="n", partnership="few", period="2015", when="2016-01-10")


def test_nothing_done_is_heard_and_is_no_activity() -> None:
    ledger = opened()
    ledger.record(said("2014-05-01"), NOTHING)
    answer = ledger.view("2016-06-01").partnership("few")

    assert (str(answer.last_activity), str(answer.last_heard)) == ("2014-05-01", "2016-01-10")
    assert (answer.stage, answer.flags) == ("contact", ("dormant",))
    assert "last activity 2014-05-01; last heard 2016-01-10; dormant" in str(answer)
    assert "LAST HEARD" in str(ledger.view("2016-06-01").partnerships())
    assert "heard" not in str(ledger.view("2014-06-01").partnerships()[0])


@pytest.mark.parametrize(
    "event",
    [
        events.StatusReported(subject="few", state="going well", when="2016-01-10"),
        events.ObstacleReported(obstacle="x", subject="few", text="a", when="2016-01-10"),
        events.CommitmentMade(
            commitment="c",
            partnership="few",
            debtors="vn",
            creditors="cu",
            what="a",
            when="2016-01-10",
        ),
    ],
    ids=lambda event: type(event).__name__,
)
def test_whatever_is_reported_or_said_is_heard(event: Event) -> None:
    ledger = opened()
    ledger.record(event)

    assert str(ledger.view("2016-06-01").partnership("few").last_heard) == "2016-01-10"


def test_a_partnership_is_unheard_after_its_months() -> None:
    ledger = opened()
    ledger.record(NOTHING)

    assert ledger.view("2016-07-10").partnership("few").flags == ()
    answer = ledger.view("2016-07-11").partnership("few")
    assert (answer.flags, answer.decided_by) == (("unheard",), ("n",))


@pytest.mark.parametrize(
    ("when", "flags", "certain"),
    [
        ("2016-10", (), True),
        ("2015", (), False),
        ("2015~", (), False),
        ("2014-07", ("unheard",), True),
    ],
)
def test_a_fuzzy_last_word_may_leave_it_open(
    when: str,
    flags: tuple[str, ...],
    certain: bool,  # noqa: FBT001 - of the table
) -> None:
    ledger = opened(dormant_after=9000)
    ledger.record(said("2010-01-01", "first"), said(when, "last"))
    answer = ledger.view("2016-05-01" if when != "2016-10" else "2017-01-01").partnership("few")

    assert (answer.flags, answer.certain) == (flags, certain)


def test_before_the_first_word_the_months_count_from_the_opening() -> None:
    dated = opened(when="2016-01-01")

    assert opened().view("2016-01-01").partnership("few").flags == ("unheard",)
    assert dated.view("2016-07-01").partnership("few").flags == ()
    assert dated.view("2016-07-02").partnership("few").flags == ("unheard",)


def test_a_partnership_that_has_ended_is_not_unheard() -> None:
    ledger = opened()
    ledger.record(events.PartnershipClosed(partnership="few", when="2016-01-01"))

    assert ledger.view("2020-01-01").partnership("few").flags == ()
    assert "few" not in {each.id for each in ledger.view("2020-01-01").partnerships(unheard_days=1)}


def test_partnerships_of_which_nobody_was_heard_are_listed() -> None:
    ledger = opened()
    ledger.record(NOTHING)
    others = {event.partnership for event in WORLD if isinstance(event, events.PartnershipOpened)}

    def unheard(on: str) -> set[str]:
        return {each.id for each in ledger.view(on).partnerships(unheard_days=90)}

    assert unheard("2016-04-08") == others
    assert unheard("2016-04-09") == {*others, "few"}
