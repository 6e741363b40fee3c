"""Wrote the files of tests/golden/v10, once; kept for the record. See README.md.

    python -m tests.golden.write_v10

An archive that keeps the documents of its texts, and in which several ids look alike. The story is
made up.
"""

from collections.abc import Iterator
from pathlib import Path

from coopledger import events
from coopledger.events import Event
from coopledger.values import Document
from tests.golden.writing import files_of, put

FOLDER = Path(__file__).parent / "v10"
SIGNED = Document(
    title="Bản ghi nhớ đã ký",
    address="https://archive.example/17",
    sha256="a1" * 32,
    language="vi",
    authentic=True,
)


def _beginnings() -> Iterator[Event]:
    """Yield two parties and what they do together, with ids in capitals and with diacritics."""
    yield events.PartyRegistered(party="VN", name="Viet Nam", kind="state", country="VN")
    yield events.PartyRegistered(party="Pháp", name="France", kind="state", country="FR")
    yield events.PartnershipOpened(partnership="Lưu trữ", parties=["VN", "Pháp"], scope="archive")
    yield events.InstrumentRegistered(
        instrument="mou",
        partnership="Lưu trữ",
        kind="mou",
        documents="Draft of May",
        tags="archive",
    )


def _signature() -> Iterator[Event]:
    """Yield a signature with the text in two languages, and a meeting with its minutes."""
    yield events.InstrumentSigned(
        id="signed",
        instrument="mou",
        when="2020-06-01",
        documents=[SIGNED, {"address": "archive/17/fr", "language": "fr", "authentic": True}],
        participants={"person": "Zhao Xinli", "post": "Director", "party": "VN", "role": "signer"},
    )
    yield events.MeetingHeld(
        meeting="Huế-1",
        partnership="Lưu trữ",
        kind="talks",
        when="2020-06-02",
        place="Huế",
        topics=["microfilm", "Đại học"],
        documents={"title": "Minutes", "sha256": "B2" * 32, "language": "en"},
    )


def _plans() -> Iterator[Event]:
    """Yield one thing of each other noun, with an id in capitals."""
    yield events.CommitmentMade(
        commitment="C1",
        partnership="Lưu trữ",
        debtors="VN",
        creditors="Pháp",
        what="scan",
        when="2021",
    )
    yield events.ProposalMade(
        proposal="P1", partnership="Lưu trữ", by="VN", text="a second scan", when="2021"
    )
    yield events.ProposalAcknowledged(proposal="P1", by="Pháp", when="2022")
    yield events.InterestExpressed(
        proposal="W1", partnership="Lưu trữ", by="VN", text="a third one", when="2021"
    )
    yield events.MeetingScheduled(meeting="M2", partnership="Lưu trữ", kind="talks", when="2021")
    yield events.FigureReported(
        figure="F1", measure="pages scanned", value=17, period="2021", when="2022"
    )


def _slips() -> Iterator[Event]:
    """Yield ids that look like others, and a document that was the wrong one."""
    yield events.MeetingHeld(meeting="hue-1", partnership="Lưu trữ", kind="talks", when="2020-07")
    yield events.PartyRegistered(party="V\u039d", name="Another", kind="other")
    yield events.MeetingHeld(meeting="M" * 199, partnership="Lưu trữ", kind="talks", when="2021")
    yield events.EventCorrected(
        id="right-copy",
        target="signed",
        changes={"documents": [{"title": "Signed copy", "language": "vi"}]},
        reason="the scan was of a draft",
    )
    yield events.SameAs(duplicate="hue-1", same_as="Huế-1")


DIARY = (
    ("2020-01-01T08:00:00+07:00", _beginnings),
    ("2020-07-31T09:00:00+07:00", _signature),
    ("2023-01-01T00:00:00+00:00", _plans),
    ("2024-03-01T17:30:00+00:00", _slips),
)


if __name__ == "__main__":
    put(FOLDER, files_of(DIARY))
