"""Laws of kept answers: whatever is taken from them is what a fold of all facts would give."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopledger import Ledger, View
from tests.builders import Clock
from tests.laws.histories import new_office
from tests.laws.mended import Step, mended_histories, take
from tests.strategies import days
from tests.whole import whole

pytestmark = pytest.mark.usefixtures("unmeasured")

# A third of the examples: each asks at every step.
FEW = settings(max_examples=max(5, settings().max_examples // 3))
TODAY = "2018-06-30"


def told(view: View) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every list that kept answers serve, and each answer for itself, as texts."""
    yield "partnerships", _texts(view.partnerships())
    yield "instruments", _texts(view.instruments())
    yield "open commitments", _texts(view.commitments())
    yield "commitments", _texts(view.commitments(open=None))
    yield "proposals", _texts(view.proposals())
    yield "meetings", _texts(view.meetings())
    yield "expiring", _texts(view.expiring())
    yield "agenda", _texts(view.agenda())
    yield "long agenda", _texts(view.agenda(within_days=900))
    yield "sums", _texts(view.sums(by="debtor"))
    for each in view.partnerships():
        yield each.id, _texts((view.partnership(each.id),))
        yield f"instruments of {each.id}", _texts(view.instruments(partnership=each.id))
        yield f"commitments of {each.id}", _texts(view.commitments(partnership=each.id))
        yield f"proposals of {each.id}", _texts(view.proposals(partnership=each.id))
        yield f"meetings of {each.id}", _texts(view.meetings(partnership=each.id))
    for text in view.instruments():
        yield text.id, _texts((view.instrument(text.id),))
    for proposal in view.proposals():
        yield proposal.id, _texts((view.proposal(proposal.id),))
    for promise in view.commitments(open=None):
        yield promise.id, _texts((view.commitment(promise.id),))
    for meeting in view.meetings():
        yield meeting.id, _texts((view.meeting(meeting.id),))


def _texts(answers: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(map(whole, answers))


def assert_warm_is_cold(view: View) -> None:
    """Compare with the same view without any event left out, which takes no kept answers."""
    assert dict(told(view)) == dict(told(view.without()))


def warmed(steps: list[Step]) -> tuple[Ledger, list[View]]:
    """Return a ledger with the history, and the views asked after each event; all warm is cold."""
    clock = Clock(TODAY)
    ledger, views = new_office(clock), list[View]()
    for number, step in enumerate(steps):
        if take(ledger, step, number):
            views.append(ledger.view())
            assert_warm_is_cold(views[-1])
    return ledger, views


@given(mended_histories)
def test_after_each_event_a_kept_answer_is_a_fresh_one(steps: list[Step]) -> None:
    warmed(steps)


@given(mended_histories, st.lists(days, min_size=2, max_size=5))
def test_on_any_day_a_kept_answer_is_a_fresh_one(steps: list[Step], asked: list[date]) -> None:
    """The days come in any order, and between them the ledger grows."""
    ledger = new_office(Clock(TODAY))
    for number, step in enumerate(steps):
        take(ledger, step, number)
        if number % 6 == 0:
            assert_warm_is_cold(ledger.view(asked[number % len(asked)]))
    for day in asked:
        assert_warm_is_cold(ledger.view(day))


@given(mended_histories, days, st.integers(1, 100))
def test_on_many_days_a_kept_answer_is_a_fresh_one(
    steps: list[Step], first: date, pause: int
) -> None:
    """Nothing is recorded between them: what holds on the next day is carried on."""
    ledger = new_office(Clock(TODAY))
    for number, step in enumerate(steps):
        take(ledger, step, number)
    for number in range(12):
        assert_warm_is_cold(ledger.view(first + timedelta(days=number * pause)))


@given(mended_histories, st.integers(1, 400))
def test_as_days_go_by_a_kept_answer_is_a_fresh_one(steps: list[Step], pause: int) -> None:
    clock = Clock(TODAY)
    ledger = new_office(clock)
    for number, step in enumerate(steps):
        take(ledger, step, number)
        if number % 5 == 0:
            clock.wait(timedelta(days=pause))
            assert_warm_is_cold(ledger.view())
    for _ in range(4):
        clock.wait(timedelta(days=pause))
        assert_warm_is_cold(ledger.view())


@FEW
@given(mended_histories, st.booleans())
def test_an_old_view_answers_as_before(steps: list[Step], asked_before: bool) -> None:  # noqa: FBT001
    clock = Clock(TODAY)
    ledger, views = new_office(clock), list[View]()
    for number, step in enumerate(steps):
        take(ledger, step, number)
        views.append(ledger.view())
        if asked_before and number % 3 == 0:
            dict(told(views[-1]))

    for view in reversed(views):
        assert_warm_is_cold(view)
    for view in views[::3]:
        assert_warm_is_cold(view)


@FEW
@given(mended_histories, st.integers(1, 400), st.booleans())
def test_news_from_kept_answers_are_what_a_comparison_tells(
    steps: list[Step],
    pause: int,
    asked_before: bool,  # noqa: FBT001
) -> None:
    """Only what may differ is looked at; nothing that differs is left out, and nothing moved."""
    clock = Clock(TODAY)
    ledger = new_office(clock)
    for number, step in enumerate(steps[:-6]):
        take(ledger, step, number)
    then = ledger.view()
    day, position = then.on, then.position
    clock.wait(timedelta(days=pause))
    for number, step in enumerate(steps[-6:], len(steps)):
        if asked_before:
            dict(told(ledger.view()))
        take(ledger, step, number)
    dict(told(ledger.view()))

    news = ledger.view().news(since=day.isoformat())
    assert news.since_position == position
    assert whole(news.changed) == whole(ledger.view(day, known_at=day).compare(ledger.view()))
