"""Wrote the files of tests/golden/v7, once; kept for the record. See README.md.

    python -m tests.golden.write_v7

An office asks again, and hands its work over: two desks share a river, one of them reminds, and
somebody leaves. Version 1 had an owner in the place of who is responsible. The story is made up.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import attrs

from coopledger import Ledger, events
from coopledger._log.chain import Draft, digest
from coopledger._log.codec import canonical
from coopledger._log.vocabulary import CORE
from coopledger.dates import instant_us
from coopledger.events import Event
from coopledger.stores import MemoryStore
from coopledger.terms import Basis, Role
from tests.builders import Clock
from tests.golden.write_v1 import NAME, ZONE, line, whole

FOLDER = Path(__file__).parent / "v7"
# Of each of these, one event has every field of the envelope.
NEW = (events.PartnershipOpened, events.ReminderSent, events.ResponsibilityAssigned)
OF_VERSION_1: dict[str, object] = {
    "inferred": ["owner"],
    "owner": "Phòng 1",
    "parties": ["vn", "kh"],
    "partnership": "hồ",
    "recorded_by": "Lê",
}


def _beginnings() -> Iterator[Event]:
    """Yield countries, partnerships, texts, and what the envelopes of new types name."""
    for party, country in (("vn", "VN"), ("la", "LA"), ("kh", "KH")):
        yield events.PartyRegistered(party=party, name=party.upper(), kind="state", country=country)
    yield events.PartnershipOpened(partnership="sông", parties=["vn", "la"], responsible="Lan")
    yield events.MeetingHeld(
        meeting="session-0", kind="session", partnership="sông", when="2010-04-30"
    )
    yield events.ProposalMade(
        proposal="idea", partnership="sông", by="vn", text="Ghi lại.", when="2010-04-30"
    )
    for name in ("filing", *(f"errand-{CORE.tag_of(cls)[0]}" for cls in NEW)):
        yield events.CommitmentMade(
            commitment=name,
            partnership="sông",
            debtors="vn",
            creditors="la",
            what=f"see to the {name}",
            conditions="copies" if name == "filing" else (),
            when="2010-04-30",
        )


def _things() -> Iterator[Event]:
    """Yield things that are in somebody's hands, and when to ask again about them."""
    yield whole(
        events.PartnershipOpened(
            partnership="nhánh",
            parties=["vn", "la"],
            scope="thủy văn",
            parent="sông",
            responsible="Phòng 2",
            dormant_after=365,
            report_every=12,
        ),
        published="2010",
        basis=Basis.MINUTES,
        role=Role.CHAIR,
    )
    yield events.InstrumentRegistered(
        instrument="mou", partnership="sông", kind="mou", responsible="LAN"
    )
    yield events.CommitmentMade(
        commitment="data",
        partnership="sông",
        debtors="la",
        creditors="vn",
        what="gửi số liệu",
        responsible="Minh",
        ask_again="2011-03",
        when="2011-01-10",
    )
    yield events.ProposalMade(
        proposal="gauge",
        partnership="nhánh",
        by="vn",
        text="đặt một trạm đo",
        responsible="Lan",
        ask_again="2011-02-01",
        when="2011-01-10",
    )
    yield events.MeetingScheduled(
        meeting="session-1", kind="session", partnership="sông", planned="2012", when="2011-01-10"
    )


def _reminders() -> Iterator[Event]:
    """Yield reminders, one with every field of the envelope, and what ends asking again."""
    yield whole(
        events.ReminderSent(
            subject="data",
            by="vn",
            to="la",
            text="xin nhắc lại",
            via="Đại sứ quán",
            ask_again="2011-06-01",
            when="2011-03-31",
        ),
        published="2011",
        basis=Basis.MINUTES,
        role=Role.CHAIR,
    )
    yield events.ReminderSent(subject="gauge", by="vn", when="2011-02-01")
    yield events.ReminderSent(subject="mou", by="vn", ask_again="2011-09-01", when="2011-04-01")
    yield events.ReminderSent(subject="session-1", by="la", ask_again="2011-09", when="2011-04-02")
    yield events.MeetingScheduled(
        meeting="session-1",
        kind="session",
        partnership="sông",
        planned="2012-05",
        when="2011-08-01",
    )
    yield events.CommitmentFulfilled(commitment="data", when="2011-12-01")


def _hands() -> Iterator[Event]:
    """Yield assignments, one with every field of the envelope, and a handover."""
    yield whole(
        events.ResponsibilityAssigned(subject="session-1", to="la", when="2011-09-01"),
        published="2011",
        basis=Basis.MINUTES,
        role=Role.CHAIR,
    )
    yield events.ResponsibilityAssigned(
        id="handover", in_place_of="lan", to="Hoa", when="2012-01-01"
    )
    yield events.ResponsibilityAssigned(
        id="second", in_place_of="Minh", to="Hoa", when="2012-01-01"
    )


def _corrections() -> Iterator[Event]:
    """Yield corrections in the words of both versions, and a handover that never was."""
    yield events.EventCorrected(target="old", changes={"owner": "Phòng 3"}, reason="nhầm phòng")
    yield events.EventCorrected(
        target="old", changes={"responsible": "Phòng 4"}, reason="nhầm phòng"
    )
    yield events.FactDisputed(target="old", field="owner", alternative="Phòng 5")
    yield events.EventRetracted(target="second", reason="Minh ở lại")


DIARY = (
    ("2020-01-01T08:00:00+07:00", _beginnings),
    ("2021-12-31T17:00:00+00:00", _things),
    ("2022-03-01T09:00:00+07:00", _reminders),
    ("2024-03-01T17:30:00+00:00", _hands),
    ("2024-12-31T12:00:00+07:00", _corrections),
)


def write() -> tuple[str, Ledger]:
    """Return the log as text, one row a line, and the ledger that holds it."""
    clock, store, numbers = Clock(), MemoryStore(), count(1)
    ledger = Ledger(store, name=NAME, timezone=ZONE, clock=clock, ids=lambda: f"e{next(numbers)}")
    for number, (now, page) in enumerate(DIARY):
        clock.set(now)
        if number == 1:
            seen = store.head(NAME).position
            drafts, us = [_of_version_1()], instant_us(clock())
            store.append(NAME, drafts, seen=seen, clock_us=us, revise=lambda _: None)
        ledger.record(*page(), by="Lê")
    return "".join(map(line, store.read(NAME))), ledger


def _of_version_1() -> Draft:
    """Return a partnership as version 1 wrote it."""
    payload = canonical(OF_VERSION_1)
    kind = Draft(
        event_id="old", type="partnership-opened", v=1, effective=None, payload=payload, digest=b""
    )
    hashed = digest(NAME, event_id="old", type=kind.type, v=1, effective=None, payload=payload)
    return attrs.evolve(kind, digest=hashed)


if __name__ == "__main__":
    text, written = write()
    FOLDER.mkdir()  # never over an older one
    (FOLDER / "log.jsonl").write_bytes(text.encode())
    export = BytesIO()
    written.export_jsonl(export)
    (FOLDER / "export.jsonl").write_bytes(export.getvalue())
