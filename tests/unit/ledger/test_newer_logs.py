"""Logs to which a newer version has written: never guessed at, and never written to."""

from collections.abc import Callable
from io import BytesIO

import attrs
import pytest

from coopledger import Ledger, events
from coopledger._log.chain import Listing
from coopledger.errors import NewerLogError, RefusedError
from coopledger.stores import Draft, MemoryStore, digest
from tests.builders import NAME, office, rows

NOTE = events.NoteAdded(id="mine", subject="vnfr", text="a")
NEWER = [("note-added", 3), ("moon-landed", 1)]
LINE = b'{"subject":["vn"],"text":"a","type":"note-added"}'
ABOUT_VNFR = Listing(names=("vnfr",))


def newer(tag: str, v: int) -> MemoryStore:
    """Return a store to which a newer version has written the last event."""
    store, payload = MemoryStore(), b'{"of":"tomorrow"}'
    ledger = office(store=store)
    content = digest(NAME, event_id="odd", type=tag, v=v, effective=None, payload=payload)
    odd = Draft(
        event_id="odd",
        type=tag,
        v=v,
        effective=None,
        payload=payload,
        digest=content,
        listing=ABOUT_VNFR,
    )
    store.append(NAME, [odd], seen=ledger.position, clock_us=0, revise=lambda _: None)
    store.list_rows(NAME, (), rules={tag: f"{v} a"}, since=store.listed(NAME))
    return store


ENTRIES: dict[str, Callable[[Ledger], object]] = {
    "view": lambda ledger: ledger.view(),
    "view of the past": lambda ledger: ledger.view(known_at="1999-12-31"),
    "events": lambda ledger: ledger.events(),
    "check": lambda ledger: ledger.check(),
    "record": lambda ledger: ledger.record(NOTE),
    "try": lambda ledger: ledger.record(NOTE, dry_run=True),
    "import": lambda ledger: ledger.import_jsonl(BytesIO(LINE)),
}


@pytest.mark.parametrize(("tag", "v"), NEWER)
@pytest.mark.parametrize("entry", ENTRIES)
def test_what_a_newer_version_wrote_is_refused_and_nothing_is_written(
    entry: str, tag: str, v: int
) -> None:
    store = newer(tag, v)
    before = rows(store)

    for _ in range(2):  # Also by a ledger that has been refused before.
        with pytest.raises(NewerLogError, match=f"'{tag}' version {v} is newer than this program"):
            ENTRIES[entry](Ledger(store, name=NAME))
    assert rows(store) == before


@pytest.mark.parametrize(("tag", "v"), NEWER)
def test_a_ledger_that_is_open_while_a_newer_version_writes_is_refused_too(
    tag: str, v: int
) -> None:
    store = newer(tag, v)
    *older_rows, odd = rows(store)
    ours = MemoryStore()
    ours.restore(NAME, iter(older_rows))
    ledger = Ledger(ours, name=NAME)
    ledger.view()
    columns = attrs.asdict(odd)
    names = attrs.fields_dict(Draft).keys() & columns
    draft = Draft(**{name: columns[name] for name in names}, listing=ABOUT_VNFR)
    ours.append(NAME, [draft], seen=len(older_rows), clock_us=0, revise=lambda _: None)

    for _ in range(2):
        with pytest.raises(NewerLogError):
            ledger.record(NOTE)
    assert len(rows(ours)) == len(older_rows) + 1


@pytest.mark.parametrize(("tag", "v"), NEWER)
def test_its_hashes_are_verified_all_the_same(tag: str, v: int) -> None:
    ledger = Ledger(newer(tag, v), name=NAME)

    assert ledger.verify().fault is None
    assert ledger.verify().position == ledger.position
    assert ledger.verify(since=ledger.checkpoint()).fault is None


@pytest.mark.parametrize(("tag", "v"), NEWER)
def test_it_is_exported_as_it_lies_and_restored_only_where_it_can_be_read(tag: str, v: int) -> None:
    store, stream = newer(tag, v), BytesIO()
    Ledger(store, name=NAME).export_jsonl(stream)
    empty = MemoryStore()

    assert f'"type":"{tag}","v":{v}'.encode() in stream.getvalue()
    with pytest.raises(NewerLogError):
        Ledger(empty, name=NAME).restore_jsonl(BytesIO(stream.getvalue()))
    assert rows(empty) == []


@pytest.mark.parametrize(("tag", "v"), NEWER)
def test_a_line_of_a_newer_version_is_told_with_its_place(tag: str, v: int) -> None:
    line = f'{{"type":"{tag}","v":{v},"of":"tomorrow"}}\n'.encode()

    with pytest.raises(RefusedError, match=r"^E106 <stream>:1"):
        office().import_jsonl(BytesIO(line))
