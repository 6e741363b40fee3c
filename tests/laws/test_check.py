"""Laws of a check of any ledger."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from coopledger import Ledger, events
from coopledger._facts.index import Fact
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from coopledger.terms import Weight
from tests.builders import NAME, Clock, office, rows
from tests.laws.histories import histories, new_office, record_valid
from tests.strategies import GIVEN


def impossible(ledger: Ledger, event_id: str | None) -> set[str]:
    """Return the codes with which a check calls the event impossible."""
    return {
        finding.code
        for finding in ledger.check()
        if finding.weight is Weight.IMPOSSIBLE and event_id in finding.events
    }


def refused_now(ledger: Ledger, act: Event) -> set[str]:
    """Return the codes of the refusal when the act is taken back and recorded once more."""
    ledger.record(events.EventRetracted(target=act.id or "", reason="typed twice"))
    try:
        ledger.record(attrs.evolve(act, id="again"))
    except RefusedError as error:
        return {finding.code for finding in error.findings}
    return set()


@given(histories, st.data())
def test_what_a_check_calls_impossible_would_be_refused_now(
    acts: list[Event], data: st.DataObject
) -> None:
    """'A later correction can make an older event impossible: `check()` re-validates the log.'

    Only acts with a place in the replay of their own are looked at: among those of one day the
    position in the log decides, and an act recorded once more comes last.
    """
    ledger = new_office()
    kept = record_valid(ledger, *acts)
    places = [Fact.of(0, act).replay_key for act in kept]
    alone = [act for act in kept if places.count(Fact.of(0, act).replay_key) == 1]
    for act in data.draw(st.permutations(alone))[:1]:
        said = impossible(ledger, act.id)

        assert refused_now(ledger, act) == said


@given(histories)
def test_a_check_changes_nothing_and_says_the_same_again(acts: list[Event]) -> None:
    store = MemoryStore()
    ledger = office(*GIVEN, store=store)
    record_valid(ledger, *acts)
    before = rows(store)

    found = ledger.check()

    assert ledger.check() == found
    assert Ledger(store, name=NAME, clock=Clock()).check() == found
    assert rows(store) == before


@given(histories)
def test_the_weightiest_finding_comes_first_and_then_the_earliest(acts: list[Event]) -> None:
    """'As values with positions, sorted by weight.'"""
    ledger = new_office()
    record_valid(ledger, *acts)
    weights = list(Weight)
    found = [(weights.index(item.weight), item.positions) for item in ledger.check()]

    assert found == sorted(found)
