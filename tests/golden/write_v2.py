"""Wrote tests/golden/v2/log.jsonl and its export, once; kept for the record. See README.md.

    python -m tests.golden.write_v2

An office goes on with the log that it has: its first notes are of version 1, about one thing each,
and so are the corrections and the dispute of them; then comes version 2. The story is made up.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import attrs

from coopledger import Ledger, events
from coopledger._log.codec import canonical
from coopledger._log.vocabulary import Fields
from coopledger.dates import instant_us
from coopledger.events import Event
from coopledger.stores import Draft, MemoryStore, digest
from tests.builders import Clock
from tests.golden.write_v1 import NAME, ZONE, line

FOLDER = Path(__file__).parent / "v2"


def _first_page() -> Iterator[Event]:
    """Yield the events that the notes are about."""
    for party, country in (("vn", "VN"), ("se", "SE")):
        yield events.PartyRegistered(party=party, name=party.upper(), kind="state", country=country)
    yield events.PartnershipOpened(partnership="science", parties=["vn", "se"])
    yield events.PartnershipOpened(partnership="trade", parties=["vn", "se"])
    yield events.InstrumentRegistered(instrument="treaty", partnership="science", kind="treaty")
    yield events.InstrumentRegistered(instrument="mou", partnership="trade", kind="mou")
    yield events.MeetingScheduled(
        meeting="session",
        kind="session",
        partnership="science",
        when="2023-01-10",
        planned="2023-05",
    )
    yield events.ProposalMade(
        proposal="idea", partnership="science", by="vn", text="Ghi lại.", when="2023-01-11"
    )
    yield events.CommitmentMade(
        commitment="filing",
        partnership="science",
        debtors="vn",
        creditors="se",
        what="file two copies",
        conditions="copies",
        when="2023-01-12",
    )


# Notes as version 1 wrote them: id, date, and fields.
NOTES_OF_VERSION_1: dict[str, Fields] = {
    "kept": {"subject": "treaty", "text": "giữ bản gốc\u2028two copies", "when": "2023-02"},
    "moved": {"subject": "mou", "text": "ask whose turn it is"},
    "moved-twice": {"subject": "mou", "text": "lost in the post?", "when": "2023-02-02"},
    "reworded": {"subject": "session", "text": "they wll come", "tags": ["a", "á"]},
    "disputed": {"subject": "idea", "text": "whose idea was it"},
}


def _mended_by_version_1() -> Iterator[Event]:
    """Yield corrections that hold a field as version 1 had it, and a dispute of it."""
    yield events.EventCorrected(
        id="move", target="moved", changes={"subject": "treaty"}, reason="nhầm"
    )
    yield events.EventCorrected(
        id="move-once", target="moved-twice", changes={"subject": "idea"}, reason="it was that"
    )
    yield events.EventCorrected(
        id="reword", target="reworded", changes={"text": "they will come"}, reason="a slip"
    )
    yield events.FactDisputed(
        id="doubt", target="disputed", field="subject", alternative="filing", source="a letter"
    )


def _second_page() -> Iterator[Event]:
    """Yield notes of version 2, about several things or one."""
    yield events.NoteAdded(
        id="whole",
        subject=["treaty", "mou", "vn"],
        text="ghi chú về cả ba",
        when="2024-03-01",
        effective="2024-03-02",
        source={"publisher": "Bộ Khoa học", "basis": "minutes"},
        inferred="when",
        participants=[{"person": "Đỗ Thị B", "post": "Vụ trưởng", "party": "vn", "role": "member"}],
        place={"name": "Huế", "country": "VN"},
        at_meeting="session",
        fulfils="filing",
        realises="idea",
        meets="filing/copies",
        note="chú thích",
        tags=["b"],
        ext={"loại": "note-added"},
        recorded_by="Phạm C",
    )
    yield events.NoteAdded(id="short", subject="science", text="about one thing still")
    yield events.NoteAdded(id="wrong", subject=["idea", "filing"], text="of no use")


def _mended_by_version_2() -> Iterator[Event]:
    """Yield corrections with a field as version 2 has it, of notes of both versions."""
    yield events.EventCorrected(
        id="move-again",
        target="moved-twice",
        changes={"subject": ["treaty", "session"]},
        reason="of both",
    )
    yield events.EventCorrected(
        id="narrow", target="whole", changes={"subject": "mou", "place": None}, reason="too much"
    )
    yield events.EventRetracted(id="take-back", target="wrong", reason="nhầm")


def write() -> tuple[str, Ledger]:
    """Return the log as text, one row a line, and the ledger that holds it."""
    clock, store, numbers = Clock("2023-02-28T09:30:00.000001+00:00"), MemoryStore(), count(1)
    ledger = Ledger(store, name=NAME, timezone=ZONE, clock=clock, ids=lambda: f"e{next(numbers)}")
    ledger.record(*_first_page(), by="Lê")
    drafts = [_of_version_1(event_id, fields) for event_id, fields in NOTES_OF_VERSION_1.items()]
    seen, now = store.head(NAME).position, instant_us(clock())
    store.append(NAME, drafts, seen=seen, clock_us=now, revise=lambda _: None)
    clock.set("2023-06-30T16:59:59.999999+00:00")
    ledger.record(*_mended_by_version_1(), by="Lê")
    clock.set("2024-03-05T08:00:00+07:00")
    ledger.record(*_second_page(), by="Lê")
    clock.set("2024-04-30T12:00:00+00:00")
    ledger.record(*_mended_by_version_2(), by="Lê")
    return "".join(map(line, store.read(NAME))), ledger


def _of_version_1(event_id: str, fields: Fields) -> Draft:
    """Return a note as version 1 wrote it."""
    effective, payload = fields.get("when"), canonical(fields | {"recorded_by": "Lê"})
    kind = Draft(
        event_id=event_id,
        type="note-added",
        v=1,
        effective=effective if isinstance(effective, str) else None,
        payload=payload,
        digest=b"",
    )
    return attrs.evolve(kind, digest=_digest(kind))


def _digest(draft: Draft) -> bytes:
    """Return the hash over the content."""
    return digest(
        NAME,
        event_id=draft.event_id,
        type=draft.type,
        v=draft.v,
        effective=draft.effective,
        payload=draft.payload,
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    text, written = write()
    with (FOLDER / "log.jsonl").open("x", encoding="utf-8", newline="") as log:  # never over one
        log.write(text)
    with (FOLDER / "export.jsonl").open("xb") as export:
        written.export_jsonl(export)
