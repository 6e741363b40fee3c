"""How many rows a question or a record reads, however many events the ledger holds."""

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from coopledger import Ledger, events
from coopledger._facts import source
from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._kept import folding, stored_board
from coopledger._kept.bundle import KeptAnswer
from coopledger._kept.tracing import TracingVisible
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Things
from coopledger.errors import StoreError
from coopledger.stores import Draft, MemoryStore, Row
from coopledger.stores.protocol import Appended, Names, Revise
from tests.builders import Clock


class CountingStore(MemoryStore):
    """Store in memory that counts the rows that it gives away."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        for row in super().read(ledger, after=after, up_to=up_to):
            self.given += 1
            yield row

    def rows(self, ledger: str, positions: Collection[int]) -> dict[int, Row]:
        rows = super().rows(ledger, positions)
        self.given += len(rows)
        return rows

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        rows = super().find(ledger, event_ids)
        self.given += len(rows)
        return rows


Counting = TypeVar("Counting", bound=CountingStore)


def parties() -> list[events.Event]:
    """Return the registrations of two parties."""
    return [
        events.PartyRegistered(party="a", name="A", kind="state"),
        events.PartyRegistered(party="b", name="B", kind="state"),
    ]


def filled(store: Counting, *, partnerships: int) -> Counting:
    """Fill a store with partnerships, each with a text, a promise and its correction."""
    ledger = Ledger(store, clock=Clock())
    ledger.record(*parties())
    for number in range(partnerships):
        name = f"p{number}"
        ledger.record(
            events.PartnershipOpened(partnership=name, parties=["a", "b"]),
            events.InstrumentRegistered(
                id=f"{name}-text", instrument=f"{name}-i", partnership=name, kind="mou"
            ),
            events.InstrumentSigned(instrument=f"{name}-i", when="2020-01-01"),
            events.CommitmentMade(
                id=f"{name}-made",
                commitment=f"{name}-c",
                partnership=name,
                debtors="a",
                creditors="b",
                what="money",
                when="2020-01-01",
            ),
            events.EventCorrected(
                target=f"{name}-made", changes={"what": "more money"}, reason="a slip"
            ),
        )
    return store


def opened(ledger: Ledger) -> object:
    return ledger.view()


def asked(ledger: Ledger) -> object:
    return ledger.view("2021-12-31").partnership("p3"), ledger.view().commitment("p3-c")


def asked_of_the_past(ledger: Ledger) -> object:
    view = ledger.view("2021-12-31", known_at="2030-01-01")
    return view.timeline("p3"), view.dependents("p3-i"), view.without("p3-text").partnership("p3")


def recorded(ledger: Ledger) -> object:
    note = events.NoteAdded(id="new", subject="p3", text="a")
    return ledger.record(note), ledger.record(note), ledger.view().timeline("p3")


def corrected(ledger: Ledger) -> object:
    ledger.record(events.EventRetracted(target="p3-made", reason="a slip"))
    return ledger.view().commitments(partnership="p3", open=None)


@pytest.mark.parametrize("work", [opened, asked, asked_of_the_past, recorded, corrected])
def test_the_rows_read_do_not_grow_with_the_ledger(work: Callable[[Ledger], object]) -> None:
    counts: list[int] = []
    for partnerships in (10, 40):
        store = filled(CountingStore(), partnerships=partnerships)
        before = store.given
        work(Ledger(store, clock=Clock()))
        counts.append(store.given - before)

    assert counts[0] == counts[1] < 30


def checked(ledger: Ledger) -> object:
    return ledger.check()


def party_retracted(ledger: Ledger) -> object:
    """Take back a party that all partnerships name, which is found in the whole log alone."""
    registered = next(iter(ledger.events()))
    receipt = ledger.record(events.EventRetracted(target=registered.id, reason="a slip"))
    return [warning.code for warning in receipt.warnings] == ["W701"]


@pytest.mark.parametrize("work", [checked, party_retracted])
def test_who_goes_through_the_log_reads_twice_the_rows_of_twice_the_log(
    work: Callable[[Ledger], object],
) -> None:
    counts: list[int] = []
    for partnerships in (20, 40, 80):
        store = filled(CountingStore(), partnerships=partnerships)
        before = store.given
        assert work(Ledger(store, clock=Clock()))
        counts.append(store.given - before)

    assert counts[1] <= 2.1 * counts[0]
    assert counts[2] <= 2.1 * counts[1]


def test_what_others_recorded_is_read_once() -> None:
    store = filled(CountingStore(), partnerships=10)
    ledger = Ledger(store, clock=Clock())
    ledger.view().partnership("p3")
    Ledger(store, clock=Clock()).record(events.NoteAdded(subject="p4", text="a"))

    before = store.given
    ledger.view()
    ledger.view().partnership("p3")

    assert store.given == before + 1


class ForgetfulStore(CountingStore):
    """Store in memory that tells nothing of others when it is appended to."""

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        before = self.given
        appended = super().append(
            ledger, drafts, seen=seen, clock_us=clock_us, revise=revise, rests_on=rests_on
        )
        self.given = before
        return Appended(rows=appended.rows)


@pytest.mark.parametrize("make", [CountingStore, ForgetfulStore])
def test_what_others_recorded_is_read_once_by_who_records(make: type[CountingStore]) -> None:
    store = filled(make(), partnerships=10)
    ledger = Ledger(store, clock=Clock())
    ledger.record(events.NoteAdded(subject="p3", text="a"))
    Ledger(store, clock=Clock()).record(events.NoteAdded(subject="p4", text="a"))

    before = store.given
    ledger.record(events.NoteAdded(subject="p3", text="b"))
    assert store.given == before + 1
    ledger.record(events.NoteAdded(subject="p3", text="c"))

    assert store.given == before + 1
    assert len(list(ledger.view().timeline("p4"))) == len(list(ledger.view().timeline("p5"))) + 1


def promised_and_kept(name: str) -> list[events.Event]:
    """Return the events of a partnership with a promise, the last of which is that it is kept."""
    promise = f"{name}-c"
    return [
        events.PartnershipOpened(partnership=name, parties=["a", "b"]),
        events.CommitmentMade(
            commitment=promise,
            partnership=name,
            debtors="a",
            creditors="b",
            what="money",
            when="2020-01-01",
        ),
        events.CommitmentFulfilled(commitment=promise, when="2020-02-01"),
    ]


class AskedStore(CountingStore):
    """Store in memory that counts how often it is asked for rows or names."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def rows(self, ledger: str, positions: Collection[int]) -> dict[int, Row]:
        self.asked += 1
        return super().rows(ledger, positions)

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        self.asked += 1
        return super().named(ledger, names)


@pytest.mark.parametrize("past", [False, True])
def test_a_list_asks_for_many_things_at_once(*, past: bool) -> None:
    store = filled(AskedStore(), partnerships=60)
    ledger = Ledger(store, clock=Clock())
    view = ledger.view(known_at="2030-01-01") if past else ledger.view()

    before = store.asked
    assert len(view.partnerships()) == len(view.commitments()) == 60

    assert store.asked - before < 40


@pytest.mark.parametrize("day", [None, "2021-12-31"])
@pytest.mark.parametrize("hindsight", [True, False])
def test_a_large_partnership_is_read_at_once(day: str | None, *, hindsight: bool) -> None:
    store = filled(AskedStore(), partnerships=1)
    texts = [
        events.InstrumentRegistered(instrument=f"text-{number}", partnership="p0", kind="mou")
        for number in range(60)
    ]
    Ledger(store, clock=Clock()).record(*texts)
    ledger = Ledger(store, clock=Clock())

    before = store.asked
    assert len(ledger.view(day, hindsight=hindsight).partnership("p0").instruments) == 61

    assert store.asked - before < 12


def test_a_list_keeps_little_of_what_it_has_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "_PAGE", 10)
    monkeypatch.setattr(source, "_MANY_FACTS", 50)
    walks, facts_of = set[source.Pages](), source.Pages.facts

    def noted(self: source.Pages, positions: Collection[int]) -> dict[int, Fact]:
        walks.add(self)
        return facts_of(self, positions)

    monkeypatch.setattr(source.Pages, "facts", noted)
    ledger = Ledger(filled(CountingStore(), partnerships=60), clock=Clock())

    assert len(ledger.view().partnerships()) == len(ledger.view().commitments()) == 60
    assert len(walks) > 3


def _count(kind: type) -> int:
    """Return how many objects of the class are in memory."""
    # By type: to ask a lazy object of somebody else for its class would make it.
    return sum(type(each) is kind for each in gc.get_objects())


def test_of_a_short_list_no_more_is_held_while_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "_PAGE", 10)
    held, pages = list[int](), folding.pages

    def counted(visible: Visible, nouns: Sequence[Things[Any]], *, day: int) -> Iterator[object]:
        for page in pages(visible, nouns, day=day):
            held.append(_count(KeptAnswer))
            yield page

    monkeypatch.setattr(stored_board, "pages", counted)
    with Ledger.open(tmp_path / "log.db", clock=Clock()) as ledger:
        ledger.record(*parties())
        for number in range(100):
            ledger.record(*promised_and_kept(f"p{number}"))
        ledger.record(*promised_and_kept("last")[:-1])
        before = _count(KeptAnswer)

        assert len(ledger.view().commitments()) == 1

    assert len(held) > 10
    assert max(held) - before <= 2 * 2 * 10  # Of two pages, the one before and this one.


def test_a_list_leaves_no_snapshot_to_the_collector() -> None:
    ledger = Ledger(filled(CountingStore(), partnerships=60), clock=Clock())
    gc.collect()
    gc.disable()
    try:
        before = _count(Snapshot)
        assert len(ledger.view().partnerships()) == 60
        assert _count(Snapshot) < before + 10
    finally:
        gc.enable()


def test_a_view_of_a_closed_ledger_answers_what_it_has_read() -> None:
    with Ledger(filled(CountingStore(), partnerships=10), clock=Clock()) as ledger:
        view = ledger.view()
        partnership = view.partnership("p3")

    assert view.partnership("p3") == partnership
    with pytest.raises(StoreError, match="closed"):
        view.partnership("p4")


def test_what_was_found_out_on_earlier_days_is_freed_at_once() -> None:
    """Nothing of a list waits for the collector, which would walk all of it."""
    ledger = Ledger.in_memory(clock=Clock())
    ledger.record(
        events.PartyRegistered(party="a", name="A", kind="state"),
        events.PartyRegistered(party="b", name="B", kind="state"),
        events.PartnershipOpened(partnership="p", parties=["a", "b"]),
        events.InstrumentRegistered(instrument="t", partnership="p", kind="mou"),
        events.InstrumentSigned(instrument="t", until="2012~", when="2010-01-01"),
        events.CommitmentMade(
            commitment="c",
            partnership="p",
            debtors="a",
            creditors="b",
            what="money",
            due="2011",
            under="t",
            when="2010-01-01",
        ),
        events.CommitmentRescheduled(commitment="c", due="2013", when="2010-06-01"),
    )
    gc.collect()
    gc.disable()
    try:
        assert ledger.view("2015-12-31").partnership("p").stage == "lapsed"
        assert ledger.view("2015-12-31").commitment("c").status == "expired"
        assert len(ledger.view("2014-12-31").partnerships()) == 1
        assert _count(TracingVisible) == 0
    finally:
        gc.enable()
