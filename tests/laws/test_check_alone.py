"""A check finds what each event by itself would be told, if it were recorded after all others."""

from collections.abc import Iterable

import attrs
import pytest
from hypothesis import given

from coopledger._checking import revalidated
from coopledger._facts.facts import Facts
from coopledger._facts.in_turn import EachLeftOut
from coopledger._facts.index import keys
from coopledger._facts.visible import Visible
from coopledger._log.chain import Recorded
from coopledger._log.codec import lifted
from coopledger._validation.candidate import LAST_DAY, Candidate
from coopledger._validation.checks import findings
from coopledger._validation.general import unknown_names
from coopledger.events import Correction, Event
from coopledger.terms import Noun
from tests.laws.histories import histories, new_office
from tests.laws.mending import mended_histories, record_all

pytestmark = pytest.mark.usefixtures("unmeasured")

Told = tuple[int, str, str]


def visible_of(recorded: Iterable[Recorded]) -> Visible:
    """Return all facts of a log."""
    facts = Facts(lift=lifted)
    for item in recorded:
        facts.add(item)
    return Visible(facts, facts.position)


def mended(acts: list[Event]) -> Visible:
    """Return the facts of a ledger in which those of the acts are that it takes."""
    ledger = new_office()
    record_all(ledger, acts)
    return visible_of(ledger.events())


def untried(acts: list[Event]) -> Visible:
    """Return the facts of an older log, which holds the acts although many are impossible."""
    ledger = new_office()
    given_first = list(ledger.events())
    position = len(given_first)
    recorded = [
        attrs.evolve(given_first[-1], position=number, event=act)
        for number, act in enumerate(acts, start=position + 1)
    ]
    return visible_of([*given_first, *recorded])


def told_together(visible: Visible) -> list[Told]:
    """Return what a check finds about single events."""
    found = revalidated(visible, today=LAST_DAY, own=())
    return sorted(
        (finding.positions[0], finding.code, finding.message)
        for finding in found
        if finding.code != "W701"
    )


def told_alone(visible: Visible) -> list[Told]:
    """Return what each event is told by itself; nothing is carried on from one to the next."""
    told: list[Told] = []
    for fact in visible.all():
        others = visible.without(fact.position)
        candidate = Candidate(fact=fact, visible=others, today=LAST_DAY)
        lost = any(candidate.noun_of(name) is None for _, name, _ in unknown_names(candidate))
        if not lost and not isinstance(fact.event, Correction):
            told += [
                (fact.position, finding.code, finding.message)
                for finding in findings(candidate)
                if finding.code != "W301"
            ]
    return sorted(told)


@given(mended_histories)
def test_events_of_a_mended_log_are_told_what_they_are_told_alone(acts: list[Event]) -> None:
    visible = mended(acts)

    assert told_together(visible) == told_alone(visible)


@given(histories)
def test_events_of_an_older_log_are_told_what_they_are_told_alone(acts: list[Event]) -> None:
    visible = untried(acts)

    assert told_together(visible) == told_alone(visible)


def looked_up(visible: Visible, names: list[str]) -> dict[str, object]:
    """Return all that is found of the facts in one way or another."""
    return {
        "all": list(visible.all()),
        "naming": [list(visible.naming(name)) for name in names],
        "nouns": [visible.noun_of(name) for name in names],
        "openings": [list(visible.openings(noun, name)) for name in names for noun in Noun],
        "called": [visible.party_called(title) for title in (*names, "CUBA", "rc")],
        "names": [visible.names(noun) for noun in Noun],
        "lost": [str(visible.loss_of(name)) for name in names],
        "events": [(visible.find(each), visible.about(each)) for _, each in visible.event_ids()],
        "left out": visible.left_out,
    }


@given(mended_histories)
def test_facts_without_one_are_found_as_if_nothing_was_looked_up_of_all(acts: list[Event]) -> None:
    visible = mended(acts)
    names = sorted({name for fact in visible.all() for name in keys(fact.event)})
    each_left_out = EachLeftOut(visible)

    for fact in visible.all():
        if not isinstance(fact.event, Correction):
            left_out = each_left_out.without(fact.position)
            expected = visible.without(fact.position)

            assert looked_up(left_out, names) == looked_up(expected, names)
