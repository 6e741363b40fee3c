"""Faults that are put in on purpose: the laws of kept answers catch each of them."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coopledger import events
from coopledger._dates.asked_day import Spell
from coopledger._facts import listing
from coopledger._facts.listing import Targets, own_names
from coopledger._facts.visible import Visible
from coopledger._kept.board import Board
from coopledger._kept.tracing import TracingVisible
from coopledger.events import Event
from tests.builders import Clock
from tests.laws.histories import new_office
from tests.laws.mended import Step, mended_histories, take
from tests.laws.test_kept import TODAY, assert_warm_is_cold, warmed
from tests.strategies import days

pytestmark = pytest.mark.usefixtures("unmeasured")

# The first failure is enough, and always the same one.
HUNT = settings(
    max_examples=400,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@HUNT
@given(mended_histories)
def after_each_event(steps: list[Step]) -> None:
    warmed(steps)


@HUNT
@given(mended_histories, st.lists(days, min_size=8, max_size=8))
def on_any_day(steps: list[Step], asked: list[date]) -> None:
    ledger = new_office(Clock(TODAY))
    for number, step in enumerate(steps):
        take(ledger, step, number)
    for day in asked:
        for near in (day, day.replace(day=1)):
            assert_warm_is_cold(ledger.view(near))


def test_a_comparison_noted_for_the_day_after_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    reaches = Spell.reaches

    def a_day_late(self: Spell, turn: int) -> bool:
        reaches(self, turn + 1)  # As of `<=` in the place of `<`.
        return self.day >= turn

    monkeypatch.setattr(Spell, "reaches", a_day_late)

    with pytest.raises(AssertionError):
        on_any_day()


def test_a_name_not_noted_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TracingVisible, "find_naming", Visible.find_naming)

    with pytest.raises(AssertionError):
        after_each_event()


# Where chance finds a history too seldom, it is written down.

A_SIGNER_CHANGES_SIDES: list[Step] = [
    events.PartyRegistered(party="his", name="His", kind="ministry", parent="vn"),
    events.PartyRegistered(party="hers", name="Hers", kind="ministry", parent="fr"),
    events.PartyRegistered(party="lab", name="Lab", kind="centre", parent="his"),
    events.InstrumentSigned(instrument="i1", signers=["lab"], when="2018-01-01"),
    (
        lambda _: events.EventCorrected(target="s2", changes={"parent": "hers"}, reason="a"),
        0,
    ),
]
# Who is above a party tells whether those that stay are two; nothing else is asked of it.
THOSE_THAT_STAY_ARE_OF_ONE: list[Step] = [
    events.PartnershipOpened(partnership="three", parties=["most", "mesr", "unesco"]),
    events.InstrumentRegistered(
        instrument="t3", partnership="three", kind="treaty", state="in_force"
    ),
    events.TerminationNotified(instrument="t3", by="unesco", ends="2018-06-01", when="2018-01-01"),
    (lambda _: events.EventCorrected(target="w2", changes={"parent": "vn"}, reason="a"), 0),
]
A_DISPUTE_IS_RETRACTED: list[Step] = [
    events.NegotiationOpened(instrument="i1", when="2018-01-01"),
    (
        lambda target: events.FactDisputed(
            target=target, field="when", alternative="2017", source="b", when="2018-02-01"
        ),
        0,
    ),
    (lambda target: events.EventRetracted(target=target, reason="a"), 0),
]


@pytest.mark.parametrize(
    "steps",
    [A_SIGNER_CHANGES_SIDES, THOSE_THAT_STAY_ARE_OF_ONE, A_DISPUTE_IS_RETRACTED],
    ids=["signer", "above", "dispute"],
)
def test_the_histories_written_down_are_lawful(steps: list[Step]) -> None:
    _, views = warmed(steps)

    assert len(views) == len(steps)


def test_a_bundle_moved_past_an_event_that_it_rests_on_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    touched: Callable[..., tuple[set[str], set[str]]] = getattr(Board, "_touched")  # noqa: B009

    def all_but_one(self: Board, visible: Visible) -> tuple[set[str], set[str]]:
        homes, names = touched(self, visible)
        return set(sorted(homes)[1:]), names

    monkeypatch.setattr(Board, "_touched", all_but_one)

    with pytest.raises(AssertionError):
        after_each_event()


def test_a_chain_of_targets_not_followed_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_the_nearest(events: Sequence[Event], _: Targets) -> set[str]:
        return {name for event in events for name in own_names(event)}

    monkeypatch.setattr(listing, "_names_of_all", of_the_nearest)

    with pytest.raises(AssertionError):
        warmed(A_DISPUTE_IS_RETRACTED)


def test_a_correction_without_the_names_of_its_target_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def own_alone(events: Sequence[Event], _: Targets) -> set[str]:
        return own_names(events[0])

    monkeypatch.setattr(listing, "_names_of_all", own_alone)

    with pytest.raises(AssertionError):
        after_each_event()
