"""What a trial looks up in a growing ledger, and carries on, is what it would look up again."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from coopledger._facts.facts import Facts
from coopledger._facts.in_turn import LatestVisible
from coopledger._facts.index import keys
from coopledger._facts.visible import Visible
from coopledger._log.codec import lifted
from coopledger.events import Event
from coopledger.terms import Noun
from tests.laws.histories import new_office
from tests.laws.mending import mended_histories, record_all

Found = dict[str, object]


def looked_up(visible: Visible, names: list[str]) -> Found:
    """Return all that is found under the names."""
    return {
        name: (
            list(visible.naming(name)),
            visible.noun_of(name),
            [list(visible.openings(noun, name)) for noun in Noun],
        )
        for name in names
    }


@given(mended_histories, st.data())
def test_facts_are_found_as_if_nothing_had_been_looked_up_before(
    acts: list[Event], data: st.DataObject
) -> None:
    ledger = new_office()
    record_all(ledger, acts)
    recorded = list(ledger.events())
    names = sorted({name for item in recorded for name in keys(item.event)})
    facts, latest = Facts(lift=lifted), LatestVisible()

    for item in recorded:
        if data.draw(st.booleans()):  # Another event is tried at its place, and not stored.
            facts.add(attrs.evolve(item, event=recorded[0].event))
            latest.at(facts, facts.position, asked=set())
            facts.forget(after=facts.position - 1)
        facts.add(item)
        if data.draw(st.booleans()):  # Others recorded it, and nothing is tried at its place.
            continue
        asked, names_asked = set[str](), set[str]()
        found = looked_up(latest.at(facts, facts.position, asked=asked), names)

        assert found == looked_up(Visible(facts, facts.position, asked=names_asked), names)
        # A correction of a fact is listed under the names of that fact too.
        assert {name for name in names_asked - asked if not name.startswith(" about")} == set()
