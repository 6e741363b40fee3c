"""A ledger that is copied from any store to any other is the same ledger there."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from functools import partial
from itertools import product
from pathlib import Path

import attrs
import pytest

from coopledger import Ledger, Verification, events
from coopledger._log.chain import head_at
from coopledger._log.vocabulary import CORE
from coopledger._recording.indexing import LogIndex
from coopledger.errors import (
    ArgumentError,
    CallOrderError,
    DamagedLogError,
    StoreConflictError,
    SubscriptionTakenError,
)
from coopledger.stores import Head, MemoryStore, Row, Store
from coopledger.stores.protocol import NamesOf
from coopledger.subscriptions import Batch, Retry
from tests.builders import NAME, Clock, office, rows
from tests.contracts.drafts import append, draft, numbered
from tests.contracts.openers import OPENERS
from tests.contracts.tampered_stores import TAMPERED_STORES
from tests.laws.answers import answers
from tests.stories.catalogue import STORIES
from tests.unit.interchange.lines import Progress, progress_listener

Two = tuple[Store, Store]
NOTE = events.NoteAdded(id="n1", subject="vn", text="Hà Nội\u2028", when="2022")


@pytest.fixture(params=product(OPENERS, OPENERS), ids="-to-".join)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Two]:
    """Yield two stores, of every two kinds."""
    with ExitStack() as stack:
        opened: list[Store] = []
        for number, kind in enumerate(request.param):
            (tmp_path / str(number)).mkdir()
            store = OPENERS[kind](tmp_path / str(number))()
            opened.append(stack.enter_context(closing(store)))
        yield opened[0], opened[1]


@pytest.fixture(params=OPENERS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(OPENERS[request.param](tmp_path)()) as store:
        yield store


def no_clock() -> datetime:
    raise AssertionError


def empty(store: Store, name: str = NAME) -> Ledger:
    """Return an empty ledger whose clock must not be asked."""
    return Ledger(store, name=name, clock=no_clock)


def record_story(store: Store, letter: str) -> Ledger:
    """Record a story day by day."""
    for day, page in STORIES[letter].DIARY.items():
        clock = partial(datetime.fromisoformat, f"{day}T12:00:00Z")
        Ledger(store, name=NAME, clock=clock).record(*page)
    return Ledger(store, name=NAME, clock=Clock())


def test_a_story_is_the_same_in_another_store(stores: Two) -> None:
    source, target = stores
    ledger, moved = record_story(source, "D"), empty(target)
    kept = str(ledger.checkpoint())

    assert ledger.copy_to(moved) == ledger.checkpoint()
    assert rows(target) == rows(source)
    assert target.head(NAME) == source.head(NAME)
    assert list(moved.events()) == list(ledger.events())
    assert moved.verify(since=kept) == Verification(ledger.position, None)
    assert str(moved.checkpoint()) == kept
    for on, known_at in (("2018-04-30", None), ("2018-04-30", "2018-03-29"), ("2026-01-01", None)):
        there, here = (each.view(on, known_at=known_at) for each in (moved, ledger))
        assert answers(there) == answers(here)


def test_a_copied_ledger_goes_on(stores: Two) -> None:
    source, target = stores
    office(store=source).copy_to(empty(target))

    assert Ledger(target, name=NAME, clock=Clock()).record(NOTE).events[0].position == 9
    assert len(rows(source)) == 8


def test_the_names_of_the_events_are_copied_with_them(stores: Two) -> None:
    source, target = stores
    ledger = office(NOTE, store=source)
    ledger.record(events.EventCorrected(target="n1", changes={"text": "b"}, reason="misread"))
    ledger.copy_to(empty(target))

    assert sorted(target.entries(NAME)) == sorted(source.entries(NAME))
    assert LogIndex(NAME, CORE).reach(target, target.head(NAME)) == 10


def test_a_log_that_cannot_be_read_here_is_copied_without_names(target: Store) -> None:
    source = MemoryStore()
    ledger = office(store=source)
    append(source, NAME, [draft(NAME, "e9", type="other-pack.act")])

    ledger.copy_to(empty(target))

    assert target.head(NAME) == source.head(NAME)
    assert not target.listed(NAME).rules


def test_a_ledger_that_knew_that_it_was_empty_knows_what_was_copied(target: Store) -> None:
    moved = empty(target)
    assert list(moved.events()) == []

    office().copy_to(moved)

    assert len(list(moved.events())) == 8


def test_no_other_ledger_goes_with_it_or_is_touched(stores: Two) -> None:
    source, target = stores
    append(source, "neighbour", numbered("neighbour", 1, 2))
    kept = append(target, "another", numbered("another", 1, 2))

    office(store=source).copy_to(empty(target))

    assert target.ledgers() == ("another", NAME)
    assert tuple(target.read("another")) == kept


def test_an_empty_ledger_is_copied_as_nothing(stores: Two) -> None:
    source, target = stores

    assert empty(source).copy_to(empty(target)).position == 0
    assert target.ledgers() == ()


def test_what_is_recorded_meanwhile_is_not_copied(target: Store) -> None:
    ledger, moved = office(), empty(target)

    def record_more(done: int, _: int | None) -> None:
        ledger.record(events.NoteAdded(subject="vn", text=str(done), when="2022"))

    assert ledger.copy_to(moved, progress=record_more).position == 8
    assert (ledger.position, moved.position) == (9, 8)


def test_progress_is_told_in_events(target: Store) -> None:
    source, progress = MemoryStore(), Progress()
    append(source, NAME, numbered(NAME, 1, 2500))

    Ledger(source, name=NAME).copy_to(empty(target), progress=progress_listener(progress))

    assert progress == [(1000, 2500), (2000, 2500), (2500, 2500)]


def test_nobody_records_in_the_other_while_it_is_copied(target: Store) -> None:
    moved = Ledger(target, name=NAME, clock=Clock())

    def record(_: int, __: int | None) -> None:
        moved.record(NOTE)

    with pytest.raises(CallOrderError, match="a copy is on its way into the ledger"):
        office().copy_to(moved, progress=record)
    assert moved.position == 0


def test_a_ledger_that_holds_events_is_not_copied_into(stores: Two) -> None:
    source, target = stores
    kept = append(target, NAME, numbered(NAME, 1, 1))

    with pytest.raises(StoreConflictError, match="at position 1: only an empty one"):
        office(store=source).copy_to(empty(target))

    assert tuple(target.read(NAME)) == kept


def test_a_ledger_is_not_copied_into_itself_through_another_door(tmp_path: Path) -> None:
    with (
        Ledger.open(tmp_path / "office.db", name=NAME) as one,
        Ledger.open(tmp_path / "office.db", name=NAME) as other,
    ):
        one.record(events.PartyRegistered(party="vn", name="Viet Nam", kind="state"))

        with pytest.raises(StoreConflictError):
            one.copy_to(other)


def test_readers_go_on_where_they_were(stores: Two) -> None:
    source, target = stores
    ledger = office(store=source)
    ledger.subscribe("mailer", after=3)
    ledger.subscribe("table").run(lambda _: None)
    ledger.subscribe("table").replay(after=2)
    ledger.subscribe("web", batch_size=5).run(fail_first, failing="park", retry=Retry(attempts=1))
    moved = empty(target)

    ledger.copy_to(moved)

    assert moved.subscriptions() == ledger.subscriptions()
    assert stretches(moved, "mailer") == [(3, 8, False)]
    assert stretches(moved, "table") == [(2, 8, True)]
    assert stretches(moved, "web") == []
    assert [len(batch.events) for batch in moved.subscribe("web").parked()] == [5]


def fail_first(batch: Batch) -> None:
    if batch.after == 0:
        raise ValueError("no address")  # noqa: TRY003 - as hosts raise


def stretches(ledger: Ledger, name: str) -> list[tuple[int, int, bool]]:
    batches = ledger.subscribe(name).batches()
    return [(batch.after, batch.up_to, batch.replayed) for batch in batches]


def test_a_reader_who_waited_in_the_other_ledger_loses_its_place(target: Store) -> None:
    ledger, moved = office(), empty(target)
    ledger.subscribe("web").run(lambda _: None)
    waiting = moved.subscribe("web")

    ledger.copy_to(moved)

    with pytest.raises(SubscriptionTakenError):
        next(waiting.batches())


def test_what_a_reader_has_seen_of_what_came_meanwhile_is_still_to_come_there(
    target: Store,
) -> None:
    """Its position is never beyond the copied events."""
    ledger, moved = office(), empty(target)
    reader = ledger.subscribe("web")

    def go_on(_: int, __: int | None) -> None:
        ledger.record(NOTE)
        reader.run(lambda _: None)

    ledger.copy_to(moved, progress=go_on)

    assert moved.subscriptions()[0].position == 0


class Forgetful(MemoryStore):
    """Store that restores one of the rows in another form."""

    def restore(self, ledger: str, rows: Iterable[Row], *, listing: NamesOf | None = None) -> Head:
        head = super().restore(ledger, rows, listing=listing)
        kept = self._log(ledger).rows
        kept[4] = attrs.evolve(kept[4], payload=b"{}")
        return head


def test_what_lies_in_the_other_store_is_read_back() -> None:
    with pytest.raises(DamagedLogError) as caught:
        office().copy_to(empty(Forgetful()))

    assert caught.value.position == 5


REFUSED: dict[str, tuple[Callable[[Ledger], object], str]] = {
    "another name": (
        lambda _: Ledger.in_memory(name="bureau"),
        "other='bureau' has another name: the hashes cover it, so open one named 'office'",
    ),
    "itself": (lambda ledger: ledger, "other='office' is this ledger: open another store"),
    "a path": (lambda _: "office.db", "other='office.db' is no ledger: open one of the same name"),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_what_is_no_other_ledger_of_that_name_is_refused(wrong: str) -> None:
    other, words = REFUSED[wrong]
    ledger = office()

    with pytest.raises(ArgumentError) as caught:
        ledger.copy_to(other(ledger))  # type: ignore[arg-type]  # on purpose

    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("kind", TAMPERED_STORES)
def test_a_damaged_log_is_not_copied(kind: str, tmp_path: Path, target: Store) -> None:
    (tmp_path / "attacked").mkdir()
    attacked = TAMPERED_STORES[kind](tmp_path / "attacked")
    with closing(attacked.store) as source:
        damaged = office(store=source)
        log = rows(source)
        for changed, position in (
            ([*log[:4], attrs.evolve(log[4], payload=b"{}"), *log[5:]], 5),
            (log[:-1], 8),
        ):
            attacked.lay(NAME, changed, head=head_at(log[-1]))

            with pytest.raises(DamagedLogError) as caught:
                damaged.copy_to(empty(target))

            assert caught.value.position == position
            assert target.ledgers() == ()
