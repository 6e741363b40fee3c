"""Lives that a writer keeps are those that a beginner folds from the first act on."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger import events
from coopledger._facts.facts import Facts
from coopledger._facts.visible import Visible
from coopledger._rules.lives import Lives
from coopledger._snapshot import Snapshot
from coopledger.events import Event
from tests.laws.histories import new_office, record_valid
from tests.laws.mended import OF_PARTIES, ONE_TEXT_FOR_MANY
from tests.strategies import ACTS, OPENINGS, days

pytestmark = pytest.mark.usefixtures("unmeasured")

CORRECTIONS = st.one_of(
    st.builds(
        events.EventCorrected,
        target=st.integers(1, 30).map("a{}".format),
        changes=st.just({"when": "2016-05"}),
        reason=st.just("a"),
    ),
    st.builds(
        events.EventRetracted, target=st.integers(1, 30).map("a{}".format), reason=st.just("a")
    ),
)
SUCCESSIONS = st.builds(
    events.PartySucceeded,
    when=days.map(date.isoformat),
    party=st.sampled_from(["vn", "fr"]),
    by=st.sampled_from(["most", "mesr", "cu"]),
)
MANY = st.lists(
    st.one_of(*[ACTS] * 8, *[OF_PARTIES] * 4, CORRECTIONS, SUCCESSIONS), min_size=10, max_size=40
)


def _day(act: Event) -> str:
    """Return the day of the act as text, which sorts well enough."""
    return "9" if act.when is None else act.when.text.lstrip("./")


def _cases(snapshot: Snapshot) -> list[object]:
    """Return the case of every thing on which the acts are."""
    return [
        *map(snapshot.instrument, ("i1", "i2", "i3", "i5")),
        *map(snapshot.proposal, ("p1", "p2")),
        *map(snapshot.commitment, ("c1", "c2")),
        *map(snapshot.meeting, ("m1", "m2")),
    ]


@given(openings=st.tuples(ONE_TEXT_FOR_MANY, *OPENINGS), acts=MANY, in_order=st.booleans())
def test_a_life_that_was_carried_on_is_the_one_folded_from_the_start(
    openings: tuple[Event, ...], acts: list[Event], *, in_order: bool
) -> None:
    """'Facts that replay later carry it on; anything else has it folded from the start.'"""
    if in_order:
        acts.sort(key=_day)
    ledger = new_office()
    record_valid(
        ledger,
        *(attrs.evolve(act, id=f"a{at}") for at, act in enumerate((*openings, *acts), 1)),
    )
    facts, lives = Facts(lift=lambda _, fields: fields), Lives()

    for item in ledger.events():
        facts.add(item)
        lives.follow(Visible(facts, facts.position))
        fact = facts.fact(item.position)
        for day, before in ((fact.effect, fact.replay_key), (fact.effect, None)):
            kept, fresh = (
                Snapshot(
                    Visible(facts, facts.position),
                    day=day,
                    before=before,
                    lives=lives.before if carried else None,
                )
                for carried in (True, False)
            )
            assert _cases(kept) == _cases(fresh)
