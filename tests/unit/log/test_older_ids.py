"""Ids that an older log holds in another normal form, or with signs that nobody sees."""

from io import BytesIO
from unicodedata import normalize

import attrs
import pytest

from coopledger import Ledger, events
from coopledger._log.codec import encode
from coopledger._log.vocabulary import CORE
from coopledger._recording.indexing import LogIndex
from coopledger.errors import RefusedError
from coopledger.stores import Draft, MemoryStore, digest
from coopledger.stores.verification import index_fault
from tests.builders import NAME, Clock, office, rows

COMPOSED, TWO_SIGNS = "h\u00e0", "ha\u0300"
HANOI = b'{"kind":"unit","name":"Hanoi","party":"%s"}'


def draft(event_id: str, payload: bytes, *, tag: str = "party-registered") -> Draft:
    """Return an event as an older version stored it."""
    content = digest(NAME, event_id=event_id, type=tag, v=1, effective=None, payload=payload)
    return Draft(event_id=event_id, type=tag, v=1, effective=None, payload=payload, digest=content)


def older_log(*drafts: Draft) -> MemoryStore:
    """Return a store with the events, to which no rule of today was applied."""
    store = MemoryStore()
    store.append(NAME, drafts, seen=0, clock_us=0, revise=lambda _: None)
    return store


def registered(name: str, *, event_id: str) -> Draft:
    """Return the registration of a party under the id, letter by letter."""
    return draft(event_id, HANOI % name.encode())


def test_an_id_is_found_in_whichever_form_it_is_written() -> None:
    ledger = Ledger(older_log(registered(TWO_SIGNS, event_id="e\u0301")), name=NAME, clock=Clock())

    assert ledger.view().party(TWO_SIGNS) == ledger.view().party(COMPOSED)
    assert ledger.view().party(COMPOSED).id == COMPOSED
    ledger.record(events.NoteAdded(id="n1", subject=COMPOSED, text="a"))
    ledger.record(events.NoteAdded(id="n2", subject=TWO_SIGNS, text="b"))
    ledger.record(events.EventCorrected(target="e\u0301", changes={"name": "Ha Noi"}, reason="a"))
    assert ledger.view().party(COMPOSED).name == "Ha Noi"


def test_the_bytes_of_older_events_stay_as_they_are() -> None:
    store = older_log(registered(TWO_SIGNS, event_id="e\u0301"))
    ledger = Ledger(store, name=NAME, clock=Clock())
    file = BytesIO()

    ledger.export_jsonl(file)
    restored = MemoryStore()
    file.seek(0)
    Ledger(restored, name=NAME).restore_jsonl(file)

    assert rows(restored) == rows(store)
    assert TWO_SIGNS.encode() in rows(restored)[0].payload
    assert Ledger(restored, name=NAME).verify().fault is None


def test_the_same_event_in_the_other_form_is_recorded_already() -> None:
    ledger = Ledger(older_log(registered(TWO_SIGNS, event_id="e\u0301")), name=NAME, clock=Clock())
    again = events.PartyRegistered(id="\u00e9", party=COMPOSED, name="Hanoi", kind="unit")

    assert ledger.record(again).replayed


def test_an_id_in_any_form_is_found_by_the_index_too() -> None:
    mixed, nfc = "ho\u0323\u0302i-\u1ed9", "h\u1ed9i-\u1ed9"  # Neither composed nor apart.
    store = older_log(
        registered(TWO_SIGNS, event_id=mixed),
        draft(
            "c1",
            f'{{"changes":{{"party":"new"}},"reason":"a","target":"{nfc}"}}'.encode(),
            tag="event-corrected",
        ),
    )
    index = LogIndex(NAME, CORE)
    assert index.write(store, store.head(NAME)) == 2
    assert index_fault(store, NAME, index.lister(store)) is None

    ledger = Ledger(store, name=NAME, clock=Clock())
    for event_id in (mixed, nfc, normalize("NFD", nfc)):
        again = events.PartyRegistered(id=event_id, party=COMPOSED, name="Hanoi", kind="unit")
        assert ledger.record(again).replayed
        other = attrs.evolve(again, party="another")
        with pytest.raises(RefusedError, match="E107"):
            ledger.record(other)
    ledger.record(events.SourceAdded(target=nfc, source="x"))
    assert [party.id for party in ledger.view().parties()] == ["new"]


def test_new_ids_are_stored_in_nfc_and_texts_as_they_are() -> None:
    event = events.PartyRegistered(id="e\u0301", party=TWO_SIGNS, name=TWO_SIGNS, kind="unit")

    assert event.id == "\u00e9"
    assert encode(event).decode() == f'{{"kind":"unit","name":"{TWO_SIGNS}","party":"{COMPOSED}"}}'


def test_a_correction_may_write_the_id_in_the_other_form() -> None:
    ledger = office(
        events.PartyRegistered(id="r1", party=COMPOSED, name="Hanoi", kind="unit"),
        events.NoteAdded(subject=COMPOSED, text="a"),
    )
    correction = events.EventCorrected(target="r1", changes={"party": TWO_SIGNS}, reason="a")

    assert [finding.code for finding in ledger.record(correction).warnings] == []
    assert ledger.view().party(COMPOSED).name == "Hanoi"


def test_things_whose_ids_are_now_the_same_are_told_by_the_check() -> None:
    one, other = registered(COMPOSED, event_id="e1"), registered(TWO_SIGNS, event_id="e2")
    ledger = Ledger(older_log(one, other), name=NAME, clock=Clock())

    clashes = [each for each in ledger.check() if each.code == "E201"]

    assert [clash.events for clash in clashes] == [("e1",), ("e2",)]


def test_events_whose_ids_are_now_the_same_are_told_by_the_check() -> None:
    one = registered("a", event_id=COMPOSED)
    other, third = registered("b", event_id=TWO_SIGNS), registered("c", event_id="e3")
    ledger = Ledger(older_log(one, other, third), name=NAME, clock=Clock())

    [clash] = [each for each in ledger.check() if each.code == "E107"]

    assert str(clash) == (
        f"E107 '{COMPOSED}' at 1, '{COMPOSED}' at 2: id: 2 events have the id '{COMPOSED}', "
        "written with other signs: the last alone is found under it"
    )


def test_an_older_id_with_a_sign_that_nobody_sees_can_be_named_and_is_told() -> None:
    ledger = Ledger(older_log(registered("a\u200b", event_id="e1")), name=NAME, clock=Clock())

    ledger.record(events.NoteAdded(subject="a\u200b", text="a"))

    assert ledger.view().party("a\u200b").name == "Hanoi"
    [finding] = [each for each in ledger.check() if each.code == "E106"]
    assert finding.message == (
        r"party: 'a\u200b' holds U+200B ZERO WIDTH SPACE, which nobody sees: write 'a'"
    )
