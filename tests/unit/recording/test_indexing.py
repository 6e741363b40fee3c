"""Index of names of a log: made by one way of listing events, and made once more by another."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import attrs
import pytest

from coopledger import Ledger, View, events
from coopledger._log.vocabulary import CORE
from coopledger._recording.indexing import LogIndex
from coopledger.events.envelope import NAMES
from coopledger.packs import Pack, event, readers
from coopledger.stores import MemoryStore
from coopledger.stores.protocol import IndexPage, Listed
from coopledger.stores.verification import index_fault
from coopledger.terms import Noun
from tests.builders import NAME, office
from tests.counting import Calls
from tests.unit.packs.lab import LAB, device_lent

TAG = "lab.device-lent"


@event
@attrs.frozen(kw_only=True)
class DeviceLent(events.Deed):
    """We lent a device, which is an id in this pack.

    Attributes:
        partnership: To whom.
        device: What is lent.
        back: Whether it is back.
    """

    partnership: str = attrs.field(converter=readers.identifier)
    device: str = attrs.field(converter=readers.identifier, metadata={NAMES: (Noun.PROPOSAL,)})
    back: bool = attrs.field(default=False, converter=readers.boolean)


OTHER = Pack(name="lab", types={TAG: (1, DeviceLent)})
NOTE = events.NoteAdded(id="note", subject="vnfr", text="a")


def rules(store: MemoryStore) -> Mapping[str, str]:
    return store.listed(NAME).rules


def indexed(*notes: events.Event) -> MemoryStore:
    """Return a store with an office whose index has rules."""
    store = MemoryStore()
    office(NOTE, *notes, store=store)
    return store


def spoil(store: MemoryStore) -> None:
    """Change a rule, as if events were listed in another way."""
    store.list_rows(NAME, (), rules={"note-added": "2 other"}, since=store.listed(NAME))


def is_sound(store: MemoryStore, index: LogIndex) -> bool:
    return index_fault(store, NAME, index.lister(store)) is None


def test_a_rule_that_somebody_changed_leads_to_a_new_index_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = indexed()
    before = rules(store)
    spoil(store)
    index, head = LogIndex(NAME, CORE), store.head(NAME)

    assert index.reach(store, head) == 0
    assert index.write(store, head) == head.position
    assert rules(store) == before
    assert is_sound(store, index)
    assert Calls(monkeypatch, store, "list_rows").during(lambda: index.write(store, head)) == 0


def test_a_pack_with_other_key_fields_makes_an_index_of_its_own() -> None:
    store = MemoryStore()
    office(store=store, packs=[LAB]).record(device_lent(partnership="vnfr"))
    one, other = (LogIndex(NAME, CORE.enlarged(pack.types, pack.steps)) for pack in (LAB, OTHER))
    first, head = rules(store)[TAG], store.head(NAME)
    assert one.reach(store, head) == head.position

    assert other.write(store, head) == head.position
    assert rules(store)[TAG] != first
    assert one.reach(store, head) == 0
    assert is_sound(store, other)
    assert not is_sound(store, one)


def test_a_rule_is_not_written_over_that_of_another_way() -> None:
    store = indexed()
    spoil(store)

    assert not LogIndex(NAME, CORE).write_rules(store, {"note-added"})
    assert rules(store)["note-added"] == "2 other"


def test_programs_with_and_without_a_pack_share_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    store = indexed()
    asked = Calls(monkeypatch, store, "list_rows")
    head = store.head(NAME)

    def share() -> None:
        for _ in range(2):
            for vocabulary in (CORE, CORE.enlarged(LAB.types, LAB.steps)):
                assert LogIndex(NAME, vocabulary).write(store, head) == head.position

    assert asked.during(share) == 0


class Watched(MemoryStore):
    """Store that shows how far its index can be used while it is made.

    Attributes:
        index: The index.
        reached: How far it could be used after each page.
    """

    index: LogIndex = LogIndex(NAME, CORE)

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[int] = []

    def list_rows(
        self, ledger: str, pages: Iterable[IndexPage], *, rules: Mapping[str, str], since: Listed
    ) -> bool:
        def watched() -> Iterator[IndexPage]:
            for page in pages:
                yield page
                self.reached.append(self.index.reach(self, self.head(NAME)))

        return super().list_rows(ledger, watched(), rules=rules, since=since)


def test_an_index_that_is_being_made_is_nobodys() -> None:
    store = Watched()
    office(NOTE, store=store)
    spoil(store)
    head = store.head(NAME)
    store.reached.clear()

    assert store.index.write(store, head) == head.position
    assert store.reached == [0]


class Interleaved(MemoryStore):
    """Store in which another program begins a new index just before this one asks the index.

    Attributes:
        begins: Whether it does.
    """

    begins: bool = False

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        self._begin()
        return super().named(ledger, names)

    def opened(self, ledger: str, noun: str, *, after: int = 0) -> list[tuple[int, str]]:
        self._begin()
        return super().opened(ledger, noun, after=after)

    def _begin(self) -> None:
        if self.begins:
            since = attrs.evolve(self.listed(NAME), position=0)
            self.list_rows(NAME, (), rules={"note-added": "2 -"}, since=since)


QUESTIONS: dict[str, Callable[[View], object]] = {
    "partnership": lambda view: view.partnership("vnfr"),
    "partnerships": lambda view: view.partnerships(),
    "events": lambda view: view.events(events.NoteAdded),
    "meetings": lambda view: view.meetings(),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_another_program_is_listing_anew_is_read_from_the_log(question: str) -> None:
    ask = QUESTIONS[question]
    store = Interleaved()
    office(
        NOTE,
        events.EventCorrected(target="note", changes={"text": "b"}, reason="a slip"),
        events.MeetingScheduled(
            meeting="m1", partnership="vnfr", kind="talks", when="2022", planned="2023"
        ),
        store=store,
    )
    expected = ask(Ledger(store, name=NAME).view(on="2024-01-01"))
    ledger = Ledger(store, name=NAME)
    view = ledger.view(on="2024-01-01")
    store.begins = True

    assert ask(view) == expected
    assert store.listed(NAME).position == 0
