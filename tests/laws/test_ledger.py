"""Laws of every ledger, whatever was recorded in it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import cast

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from coopledger import Ledger, View, events
from coopledger.answers import Difference
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from coopledger.terms import Stage
from tests.builders import Clock, office, rows
from tests.laws.answers import Answers, answers
from tests.laws.histories import histories, instant_of, new_office, record_valid
from tests.strategies import ACTS, GIVEN, days

DAYS = [date(2014, 12, 31), *(date(2016, 1, 1) + timedelta(180 * half) for half in range(16))]
asked = st.sampled_from(DAYS)


def everywhere(ledger: Ledger) -> list[Answers]:
    """Return all answers on days of the whole history, each with the changes up to its day."""
    return [answers(ledger.view(day)) for day in DAYS[6::5]]


def standing(ledger: Ledger, day: date) -> list[object]:
    """Return the answer about every thing; evidence in any order, lists by id."""
    view = ledger.view(day)
    found: Sequence[attrs.AttrsInstance] = [
        *view.partnerships(),
        *view.instruments(),
        *view.commitments(open=None),
        *view.proposals(),
        *view.meetings(),
    ]
    return sorted((_plain(attrs.asdict(answer)) for answer in found), key=repr)


def _plain(answer: dict[str, object]) -> dict[str, object]:
    answer.pop("instruments", None)
    decided = cast(tuple[str, ...], answer.pop("decided_by"))
    return answer | {"decided_by": sorted(decided)}


@given(acts=histories, crowded=st.booleans(), data=st.data())
def test_any_order_of_recording_gives_the_same_answers(
    acts: list[Event], data: st.DataObject, *, crowded: bool
) -> None:
    """'Replay order: (effect day, latest day of act, position): independent of recording.'

    The position only breaks ties: acts of the same day and effect keep their order. Crowded acts
    share few days of effect. What one of the two orders refuses is in neither.
    """
    if crowded:
        acts = [attrs.evolve(act, effective=data.draw(asked)) for act in acts]
    first, second = _both_ways(acts, _in_turn(acts, data.draw(st.permutations(acts))))

    for day in DAYS[::3]:
        assert standing(first, day) == standing(second, day)


def _in_turn(acts: list[Event], shuffled: list[Event]) -> list[Event]:
    """Return the shuffled acts, with those of one place in the replay in their old order."""
    waiting: dict[tuple[int, int], list[Event]] = {}
    for act in acts:
        waiting.setdefault(_place(act), []).append(act)
    return [waiting[_place(act)].pop(0) for act in shuffled]


def _both_ways(acts: list[Event], others: list[Event]) -> tuple[Ledger, Ledger]:
    """Return two ledgers that hold the same acts, recorded in two orders."""
    first, second = new_office(), new_office()
    kept, others = record_valid(first, *acts), record_valid(second, *others)
    common = {act.id for act in kept}.intersection(act.id for act in others)
    if len(common) == len(kept) == len(others):
        return first, second
    return _both_ways(
        [act for act in kept if act.id in common], [act for act in others if act.id in common]
    )


def _place(event: Event) -> tuple[int, int]:
    return _effect(event), _act(event)


def _act(event: Event) -> int:
    return event.when.settled if event.when else 0


def _effect(event: Event) -> int:
    return event.effective.settled if event.effective else _act(event)


@given(histories, histories, asked)
def test_a_view_never_changes_when_the_ledger_grows(
    acts: list[Event], more: list[Event], day: date
) -> None:
    """'view(...) is cheap to make and immutable: it never changes when the ledger grows.'"""
    ledger = new_office()
    record_valid(ledger, *acts)
    asked_before, asked_after = ledger.view(day), ledger.view(day)
    before = answers(asked_before)

    record_valid(ledger, *(attrs.evolve(act, id=f"{act.id}-more") for act in more))

    assert answers(asked_after) == before
    assert answers(asked_before) == before


@given(acts=histories, day=asked, hindsight=st.booleans())
def test_what_was_known_at_a_time_is_what_a_view_said_then(
    acts: list[Event], day: date, *, hindsight: bool
) -> None:
    """'known_at: a record time: what was recorded by then.'"""
    clock = Clock(instant_of(0))
    ledger = new_office(clock)
    said: dict[str, Answers] = {}
    for number, act in enumerate(acts, 1):
        clock.set(instant_of(number))
        if record_valid(ledger, act):
            said[instant_of(number)] = answers(ledger.view(day, hindsight=hindsight))

    for instant, then in said.items():
        assert answers(ledger.view(day, known_at=instant, hindsight=hindsight)) == then


@given(histories, asked)
def test_without_hindsight_later_acts_might_as_well_not_be_recorded(
    acts: list[Event], day: date
) -> None:
    """'Without: acts later than the day are ignored even if their effect reaches back.'"""
    ledger, past = new_office(), new_office()
    kept = record_valid(ledger, *acts)
    by_then = [act for act in kept if _act(act) <= day.toordinal()]
    assume(len(record_valid(past, *by_then)) == len(by_then))

    ahead = answers(ledger.view(day, hindsight=False))
    behind = answers(past.view(day))
    # Lists come in the order of first recording, and a later act may have come first; a dossier
    # holds such lists, and each of them is compared on its own.
    assert {name: sorted(ahead[name]) for name in behind if name != "France"} == {
        name: sorted(found) for name, found in behind.items() if name != "France"
    }


@given(histories)
def test_a_ledger_opened_anew_gives_the_same_answers(acts: list[Event]) -> None:
    """'The same log always gives the same answer.'"""
    store = MemoryStore()
    ledger = office(*GIVEN, store=store)
    record_valid(ledger, *acts)

    again = Ledger(store, name=ledger.name, clock=Clock())

    assert everywhere(again) == everywhere(ledger)


@given(histories, st.lists(st.lists(ACTS, min_size=1, max_size=3), max_size=5))
def test_what_is_only_tried_leaves_no_trace(acts: list[Event], tries: list[list[Event]]) -> None:
    """'dry_run=True: the receipt, nothing stored'; 'a refusal changes nothing'."""
    store, untouched = MemoryStore(), new_office()
    ledger = office(*GIVEN, store=store)
    for number, act in enumerate(acts):
        for batch in tries[number::5]:
            before = rows(store)
            _try(ledger, batch, number=number)
            assert rows(store) == before
        record_valid(ledger, act)
        record_valid(untouched, act)

    assert everywhere(ledger) == everywhere(untouched)


def _try(ledger: Ledger, batch: list[Event], *, number: int) -> None:
    """Try the batch, then record one that is refused at its end; both include corrections."""
    batch_with_ids = [
        attrs.evolve(act, id=f"try-{number}-{index}") for index, act in enumerate(batch)
    ]
    correction = events.EventCorrected(
        target=batch_with_ids[0].id or "", changes={"note": "a", "instrument": "i2"}, reason="a"
    )
    for closing in ([], [correction], [events.NoteAdded(subject="nothing", text="a")]):
        with suppress(RefusedError):
            ledger.record(*batch_with_ids, *closing, dry_run=True)
    with suppress(RefusedError):
        ledger.record(*batch_with_ids, correction, events.NoteAdded(subject="nothing", text="a"))


@given(histories, histories)
def test_recording_the_same_events_again_changes_nothing(
    acts: list[Event], more: list[Event]
) -> None:
    """'... give back the first receipt with replayed=True, even when other events came between.'"""
    store = MemoryStore()
    ledger = office(*GIVEN, store=store)
    receipts = [(act, ledger.record(act)) for act in acts if _accepted(ledger, act)]
    record_valid(ledger, *(attrs.evolve(act, id=f"{act.id}-more") for act in more))
    before = rows(store)

    for act, receipt in receipts:
        again = ledger.record(act)
        assert again == attrs.evolve(receipt, replayed=True)
    everything = [act for act, _ in receipts]
    if everything:
        whole = ledger.record(*everything)
        assert whole.replayed
        assert whole.events == tuple(receipt.events[0] for _, receipt in receipts)
    assert rows(store) == before


def _accepted(ledger: Ledger, act: Event) -> bool:
    try:
        ledger.record(act, dry_run=True)
    except RefusedError:
        return False
    return True


@given(histories, st.integers(0, 20))
def test_a_retracted_event_might_as_well_not_be_recorded(acts: list[Event], index: int) -> None:
    """'EventRetracted: as if never recorded, from now on.'"""
    ledger, without = new_office(), new_office()
    kept = record_valid(ledger, *acts)
    assume(index < len(kept))
    rest = kept[:index] + kept[index + 1 :]
    assume(len(record_valid(without, *rest)) == len(rest))

    ledger.record(events.EventRetracted(target=kept[index].id or "", reason="a"))

    assert everywhere(ledger) == everywhere(without)


@given(acts=histories, data=st.data(), day=asked, hindsight=st.booleans())
def test_without_events_a_view_is_that_of_a_ledger_that_never_held_them(
    acts: list[Event], data: st.DataObject, day: date, *, hindsight: bool
) -> None:
    """'view.without(*event_ids): the same view had those events not been recorded.'"""
    ledger, without = new_office(), new_office()
    kept = record_valid(ledger, *acts)
    left_out = data.draw(st.sets(st.sampled_from([act.id or "" for act in kept])))
    rest = [act for act in kept if act.id not in left_out]
    assume(len(record_valid(without, *rest)) == len(rest))

    told = answers(ledger.view(day, hindsight=hindsight).without(*left_out))

    assert told == answers(without.view(day, hindsight=hindsight))


@given(histories, asked)
def test_without_all_events_a_view_is_that_of_an_empty_ledger(acts: list[Event], day: date) -> None:
    """'view.without(*event_ids): the same view had those events not been recorded.'"""
    ledger = new_office()
    record_valid(ledger, *acts)
    everything = [recorded.id for recorded in ledger.events()]

    told = answers(ledger.view(day).without(*everything))

    assert told == answers(Ledger.in_memory(clock=Clock()).view(day))


Asked = tuple[date, str, bool]
views = st.tuples(
    asked, st.sampled_from([instant_of(number) for number in range(0, 24, 4)]), st.booleans()
)


def timed(acts: list[Event]) -> Ledger:
    """Return a ledger that heard of each act a minute after the one before."""
    clock = Clock(instant_of(0))
    ledger = new_office(clock)
    for number, act in enumerate(acts, 1):
        clock.set(instant_of(number))
        record_valid(ledger, act)
    return ledger


def viewed(ledger: Ledger, how: Asked) -> View:
    day, known_at, hindsight = how
    return ledger.view(day, known_at=known_at, hindsight=hindsight)


@given(histories, views)
def test_nothing_changed_from_a_view_to_itself(acts: list[Event], how: Asked) -> None:
    """'view.compare(other): what changed between two views.'"""
    ledger = timed(acts)

    assert viewed(ledger, how).compare(viewed(ledger, how)) == ()


@given(histories, views, views)
def test_what_changed_there_changed_back_here(acts: list[Event], here: Asked, there: Asked) -> None:
    """'view.compare(other): what changed between two views.'"""
    ledger = timed(acts)
    one, other = viewed(ledger, here), viewed(ledger, there)

    def told(changes: tuple[Difference, ...], *, back: bool) -> set[object]:
        return {
            (each.id, each.field, *((each.new, each.old) if back else (each.old, each.new)))
            for each in changes
        }

    assert told(one.compare(other), back=False) == told(other.compare(one), back=True)


@given(histories, views, views)
def test_a_change_is_because_of_what_only_one_view_knows(
    acts: list[Event], here: Asked, there: Asked
) -> None:
    """'... and the events responsible (recorded between, when knowledge differs)'; only those."""
    ledger = timed(acts)
    one, other = viewed(ledger, here), viewed(ledger, there)
    first, last = sorted((one.position, other.position))
    between = {each.id for each in ledger.events(after=first) if each.position <= last}

    assert all(between.issuperset(each.because_of) for each in one.compare(other))


@given(histories, asked)
def test_a_change_of_knowledge_alone_is_always_because_of_something(
    acts: list[Event], day: date
) -> None:
    """'What changed in our picture of that day since?'"""
    ledger = timed(acts)
    then = ledger.view(day, known_at=instant_of(3))

    assert [each for each in then.compare(ledger.view(day)) if not each.because_of] == []


@given(histories, st.integers(0, 20), days)
def test_a_corrected_event_counts_as_if_recorded_so(
    acts: list[Event], index: int, when: date
) -> None:
    """'EventCorrected: replaces fields of an earlier event from now on.'"""
    ledger, so = new_office(), new_office()
    kept = record_valid(ledger, *acts)
    assume(index < len(kept))
    changed = attrs.evolve(kept[index], when=when, note="corrected", effective=None)
    acts_as_corrected = [*kept[:index], changed, *kept[index + 1 :]]
    assume(len(record_valid(so, *acts_as_corrected)) == len(acts_as_corrected))

    correction = events.EventCorrected(
        target=kept[index].id or "",
        changes={"when": when, "note": "corrected", "effective": None},
        reason="a",
    )
    assume(_accepted(ledger, correction))
    ledger.record(correction)

    assert everywhere(ledger) == everywhere(so)


@given(histories, asked)
def test_the_stage_history_says_what_the_views_of_its_days_say(
    acts: list[Event], day: date
) -> None:
    """'The stage history is the list of (day, stage) changes.'"""
    ledger = new_office()
    record_valid(ledger, *acts)

    for partnership in ("vnfr", "vncu"):
        history = ledger.view(day).stage_history(partnership)
        changed = {item.day or date(1, 1, 1): item.stage for item in history}
        around = {found + timedelta(ahead) for found in changed for ahead in (0, 1, 200)}
        for earlier in sorted(found for found in around if found <= day):
            told = [stage for since, stage in changed.items() if since <= earlier] or [Stage.NONE]
            assert ledger.view(earlier).partnership(partnership).stage == told[-1]
        for since, stage in changed.items():
            if since > date(1, 1, 1):
                before = ledger.view(since - timedelta(1)).partnership(partnership).stage
                assert before != stage


@given(histories, asked)
def test_since_its_first_day_everything_stands_as_it_does(acts: list[Event], day: date) -> None:
    """'since: the first day of the state or status.'

    What is in force by an extension alone is so since a day that nobody knows.
    """
    ledger = new_office()
    record_valid(ledger, *acts)
    now = _states(ledger.view(day))

    for name, (state, since) in now.items():
        first = day if state == "in_force" else date(2014, 1, 1)
        for earlier in _between(since or first, day):
            assert (name, earlier, _states(ledger.view(earlier))[name][0]) == (
                name,
                earlier,
                state,
            )


def _states(view: View) -> dict[str, tuple[str, date | None]]:
    """Return the state or status of every thing, and its first day."""
    return {
        **{item.id: (item.stage, item.since) for item in view.partnerships()},
        **{item.id: (item.state, item.since) for item in view.instruments()},
        **{item.id: (item.status, item.since) for item in view.commitments(open=None)},
        **{item.id: (item.status, item.since) for item in view.proposals()},
        **{item.id: (item.status, item.since) for item in view.meetings()},
    }


def _between(since: date, day: date) -> list[date]:
    """Return the first day, the last, and some between."""
    length = (day - since).days
    return [since + timedelta(length * part // 4) for part in range(5)]
