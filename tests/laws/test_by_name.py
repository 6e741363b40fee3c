"""Facts that are read by name are those of the whole log, however much of it is read by name."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger import Ledger, View, events
from coopledger._checking import survey
from coopledger._facts import facts as facts_module
from coopledger._facts.facts import Facts
from coopledger._facts.listing import Targets, listing_of, mended
from coopledger._facts.visible import Visible
from coopledger._log.chain import Listing
from coopledger._log.vocabulary import CORE
from coopledger._recording.indexing import LogIndex
from coopledger._rules.duty import PackQuestions
from coopledger._snapshot import Snapshot
from coopledger.dates import to_day
from coopledger.errors import UnknownIdError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from coopledger.terms import Noun
from tests.builders import NAME
from tests.laws.answers import answers
from tests.laws.histories import new_office
from tests.laws.mending import mended_histories, record_all

pytestmark = pytest.mark.usefixtures("unmeasured")

INDEX = LogIndex(NAME, CORE)
LAST_DAY = to_day("2030-01-01")

Lister = Callable[[Event, Targets], Listing]


def store_with(acts: list[Event]) -> MemoryStore:
    """Return a store, with an index of names, that holds those of the acts that are not refused."""
    store = MemoryStore()
    ledger = new_office(store=store)
    record_all(ledger, acts)
    return store


def facts_of(store: MemoryStore, *, base: int) -> Facts:
    """Return the facts of the log, of which those up to the base are read by name."""
    facts = INDEX.facts(store, base=base)
    ledger = Ledger(store, name=NAME)
    for item in ledger.events(after=base):
        facts.add(item)
    return facts


def everything(facts: Facts, *, position: int, day: int) -> dict[str, object]:
    """Return all answers of one view, and all facts that it gives in one way or another."""
    then, now = Visible(facts, position), Visible(facts, facts.position)
    snapshot = Snapshot(then, day=day)
    view = View(snapshot, now=now, hindsight=True, questions=PackQuestions())
    return {
        **answers(view),
        "events": view.events(Event),
        "names": {noun: then.names(noun) for noun in Noun},
        "called": {title: then.party_called(title) for title in ("x", "Y", "CUBA", "rc")},
        "nouns": {name: then.noun_of(name) for name in ("i1", "i4", "p3", "m3", "c3", "x")},
        "lost": {name: str(then.loss_of(name)) for name in ("i1", "i4", "p1", "m1", "c1", "x")},
        "about": {each: then.about(each) for _, each in then.event_ids()},
    }


histories_and_places = st.tuples(
    mended_histories, st.floats(0, 1), st.lists(st.floats(0, 1), min_size=1, max_size=2)
)


def assert_by_name_is_in_whole(
    acts: list[Event], share: float, shares: list[float], *, lister: Lister = listing_of
) -> None:
    """Assert that all answers are the same, however much is read by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts_module, "listing_of", lister)
        store = store_with(acts)
    head = store.head(NAME).position
    whole, partly, by_name = (facts_of(store, base=base) for base in (0, round(share * head), head))
    for place in (1.0, *shares):
        position = round(place * head)
        for day in (LAST_DAY, to_day("2017-06-30")):
            expected = everything(whole, position=position, day=day)
            assert everything(by_name, position=position, day=day) == expected
            assert everything(partly, position=position, day=day) == expected
    check = partial(survey, day=LAST_DAY, today=LAST_DAY, now_us=0)
    assert check(Visible(by_name, head)) == check(Visible(whole, head))


@given(histories_and_places)
def test_by_name_is_in_whole(drawn: tuple[list[Event], float, list[float]]) -> None:
    """'All answers at random positions and days from an indexed store and from a replay.'"""
    assert_by_name_is_in_whole(*drawn)


@given(mended_histories)
def test_the_names_made_from_the_rows_alone_are_those_in_the_index(acts: list[Event]) -> None:
    """'No index is asked, so that one can be checked with it.'"""
    store = store_with(acts)
    lister = INDEX.lister(store)
    listings = {row.position: lister(row) for row in store.read(NAME)}
    names = {name for found in listings.values() for name in found.names}

    for name, positions in store.named(NAME, names).items():
        assert positions == tuple(at for at in listings if name in listings[at].names)
    for noun in (*Noun, *map(mended, Noun)):
        opened = [(at, name) for at in listings for its, name in listings[at].opened if its == noun]
        assert store.opened(NAME, noun) == opened


# --- bugs that the law must see


@given(mended_histories)
def test_a_restored_log_has_the_names_of_the_recorded_one(acts: list[Event]) -> None:
    """'The first view after a restoration need not write the index.'"""
    before, after, file = store_with(acts), MemoryStore(), BytesIO()
    position = Ledger(before, name=NAME).export_jsonl(file)
    Ledger(after, name=NAME).restore_jsonl(BytesIO(file.getvalue()))

    assert sorted(after.entries(NAME)) == sorted(before.entries(NAME))
    assert INDEX.reach(after, after.head(NAME)) == position


def _without_fulfilled(event: Event, targets: Targets) -> Listing:
    """Leave the commitments that a statement fulfils out of its names."""
    found = listing_of(event, targets)
    names = () if isinstance(event, events.Correction) else event.fulfils
    return attrs.evolve(found, names=tuple(name for name in found.names if name not in names))


def _without_new_names(event: Event, targets: Targets) -> Listing:
    """Leave the names that a correction brings in out of its names."""
    if not isinstance(event, events.EventCorrected):
        return listing_of(event, targets)
    as_retraction = events.EventRetracted(id=event.id, target=event.target, reason="a")
    return listing_of(as_retraction, targets)


def _without_names_of_the_target(event: Event, targets: Targets) -> Listing:
    """Leave the names of the target out of the names of a retraction."""
    found = listing_of(event, targets)
    if isinstance(event, events.EventRetracted):
        names = tuple(name for name in found.names if name.startswith(" about"))
        return attrs.evolve(found, names=names)
    return found


def _without_doubt(event: Event, targets: Targets) -> Listing:
    """Do not say that an id may be lost by a correction or a retraction."""
    found = listing_of(event, targets)
    opened = tuple(each for each in found.opened if not each[0].endswith("mended"))
    return attrs.evolve(found, opened=opened)


MADE = events.CommitmentMade(
    id="a1",
    commitment="c1",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="a",
    when="2016-01-01",
)
FULFILLED = events.StatementMade(
    id="a2", text="a", partnership="vnfr", fulfils="c1", when="2017-01-01"
)
MOVED = events.EventCorrected(id="a3", target="a2", changes={"fulfils": ["c2"]}, reason="a slip")
RETRACTED = events.EventRetracted(id="a5", target="a1", reason="a slip")
OTHER = attrs.evolve(MADE, id="a4", commitment="c2")


@pytest.mark.parametrize(
    ("lister", "acts"),
    [
        (_without_fulfilled, [MADE, FULFILLED]),
        (_without_new_names, [MADE, OTHER, FULFILLED, MOVED]),
        (_without_names_of_the_target, [MADE, RETRACTED]),
        (_without_doubt, [MADE, RETRACTED]),
    ],
)
def test_the_law_sees_a_name_that_is_missing(lister: Lister, acts: list[Event]) -> None:
    assert_by_name_is_in_whole(acts, 0.5, [0.5])

    with pytest.raises((AssertionError, UnknownIdError)):
        assert_by_name_is_in_whole(acts, 0.5, [0.5], lister=lister)
