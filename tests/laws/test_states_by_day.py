"""States of one thing on many days are those of the answers on each day by itself."""

import pytest
from hypothesis import given

from coopledger._snapshot import Snapshot
from coopledger._validation.candidate import LAST_DAY
from coopledger.answers._contradictions import RULES
from coopledger.answers._nouns import THINGS
from coopledger.events import Event
from coopledger.terms import Noun
from tests.laws.histories import histories
from tests.laws.mending import mended_histories
from tests.laws.test_check_alone import mended, untried

pytestmark = pytest.mark.usefixtures("unmeasured")

STATE_FIELDS = ("stage", "state", "status")


def state_of(answer: object) -> object:
    """Return the state that the answer of any noun tells."""
    return next(getattr(answer, field) for field in STATE_FIELDS if hasattr(answer, field))


def check(snapshot: Snapshot) -> None:
    """Compare the states of all things on all days on which something counts, and after it."""
    effects = {fact.effect for fact in snapshot.visible.all()}
    days = {day + ahead for day in effects for ahead in (0, 1, 200) if day}
    for noun in filter(RULES.__contains__, Noun):
        answer = THINGS[noun].answer
        for name in snapshot.visible.names(noun):
            own, *conduct = (rule.states(snapshot, name, days) for rule in RULES[noun])
            answers = {day: answer(snapshot.on(day), name) for day in days}
            assert own == {day: state_of(each) for day, each in answers.items()}
            for by_day in conduct:
                expected = {day: each.conduct or state_of(each) for day, each in answers.items()}
                assert by_day == expected


@given(mended_histories)
def test_states_in_a_mended_log_are_those_of_each_day(acts: list[Event]) -> None:
    check(Snapshot(mended(acts), day=LAST_DAY))


@given(histories)
def test_states_in_an_older_log_are_those_of_each_day(acts: list[Event]) -> None:
    check(Snapshot(untried(acts), day=LAST_DAY))
