"""Wrote the files of tests/golden/v3, once; kept for the record. See README.md.

    python -m tests.golden.write_v3

A desk records late, corrects which things its events are about, takes back corrections, and gives
ids in either normal form. The story is made up.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

from coopledger import Ledger, events
from coopledger.events import Event
from coopledger.stores.sqlite import SqliteStore
from tests.builders import Clock
from tests.golden.answers import answer_lines
from tests.golden.logs import name_lines
from tests.golden.write_v1 import NAME, ZONE, line

FOLDER = Path(__file__).parent / "v3"
LONG_NAME = "Viện Nghiên cứu " + "và Phát triển " * 20 + "Quốc gia"  # Longer than an id may be.


def _decomposed(text: str) -> str:
    """Return an id as some keyboards write it: it is stored in normal form C."""
    return normalize("NFD", text)


def _parties() -> Iterator[Event]:
    """Yield parties with titles, a family of partnerships, and one that is corrected later."""
    yield events.PartyRegistered(
        party="vn", name="Việt Nam", kind="state", country="VN", other_names=["VIETNAM"]
    )
    yield events.PartyRegistered(party="fr", name="France", kind="state", country="FR")
    yield events.PartyRegistered(
        party=_decomposed("bộ-khoa-học"),
        name="Bộ Khoa học và Công nghệ",
        kind="ministry",
        acronyms=["MOST", "BKHCN"],
        other_names=["STRASSE der Wissenschaft"],
        parent="vn",
    )
    yield events.PartyRegistered(
        id="lab-registered", party="viện", name=LONG_NAME, kind="agency", parent="vn"
    )
    yield events.PartyRegistered(party="mesr", name="Ministère", kind="ministry", parent="fr")
    yield events.PartyRegistered(party="cnrs", name="CNRS", kind="agency", parent="mesr")
    yield events.PartnershipOpened(partnership="vnfr", parties=["vn", "fr"], dormant_after=400)
    yield events.PartnershipOpened(
        partnership=_decomposed("nước"), parties=["bộ-khoa-học", "mesr"], parent="vnfr"
    )
    yield events.PartnershipOpened(
        id="health-opened", partnership="y-tế", parties=["vn", "fr"], parent="vnfr"
    )
    yield events.PartnershipOpened(
        partnership="labs", parties=["viện", "cnrs"], parent=_decomposed("nước")
    )


def _texts() -> Iterator[Event]:
    """Yield instruments, and what happened to them."""
    yield events.InstrumentRegistered(
        instrument="treaty", partnership="vnfr", kind="agreement", title="Hiệp định"
    )
    yield events.InstrumentRegistered(
        id="mou-registered", instrument="mou-2", partnership="nước", kind="mou"
    )
    yield events.InstrumentSigned(
        id="treaty-signed", instrument="treaty", until="2024-12-31", when="2019-10-21"
    )
    yield events.InstrumentEnteredIntoForce(
        id="in-force", instrument="treaty", until="2024-12-31", when="2020-01-01"
    )
    yield events.InstrumentSigned(
        id="wrong-text", instrument="treaty", signers=["vn", "fr"], when="2021-06-01T18:00:00Z"
    )


def _meetings() -> Iterator[Event]:
    """Yield meetings in a series, one of them numbered and placed wrongly."""
    for number in (1, 2, 3, 4):
        yield events.MeetingScheduled(
            meeting=_decomposed(f"ủy-ban-{number}"),
            kind="committee",
            partnership="nước",
            planned=f"202{number}-05",
            series="ủy-ban",
            number=number,
            when="2020-12-01",
        )
    yield events.MeetingHeld(
        id="held-1",
        meeting="ủy-ban-1",
        kind="committee",
        partnership="nước",
        series="ủy-ban",
        number=1,
        when="2021-05-10",
    )
    yield events.MeetingHeld(
        id="held-wrong", meeting="visit", kind="visit", partnership="y-tế", when="2022-05-19"
    )
    yield events.MeetingPostponed(meeting="ủy-ban-3", planned="2023-09", when="2023-04-30")
    yield events.MeetingCancelled(id="called-off", meeting="ủy-ban-4", when="2024-01-31")


def _promises() -> Iterator[Event]:
    """Yield proposals and commitments of the children, of which some are about others in truth."""
    yield events.ProposalMade(
        proposal="trạm", partnership="nước", by="mesr", text="a station", when="2021-05-10"
    )
    yield events.ProposalAccepted(
        proposal="trạm",
        partnership="nước",
        by="bộ-khoa-học",
        creates="station",
        when="2021-06-30",
    )
    yield events.CommitmentMade(
        id="station-made",
        commitment="station",
        partnership="nước",
        debtors="mesr",
        creditors="bộ-khoa-học",
        what="build a station",
        conditions=[{"id": "land", "text": "đất"}],
        due="2023-06-30",
        under="treaty",
        when="2021-06-30",
    )
    yield events.ConditionMet(
        id="land-met", commitment="station", condition="land", when="2021-12-01"
    )
    for name in ("grant", "gift"):
        yield events.CommitmentMade(
            id=f"{name}-made",
            commitment=name,
            partnership="labs",
            debtors="viện",
            creditors="cnrs",
            what=f"pay the {name}",
            due="2024-06-01",
            amount="1000 EUR",
            when="2022-01-05",
        )
    yield events.CommitmentFulfilled(
        id="paid", commitment="grant", evidence="a receipt", when="2024-05-31T17:30:00Z"
    )
    yield events.NoteAdded(id="noted", subject=["grant", "trạm"], text="hai việc", when="2022-02")
    yield events.StatusReported(id="said", subject="treaty", state="expired", when="2022-03-01")
    yield events.FigureReported(
        figure="papers", measure="papers", value=12, period="2021", partnership="labs", when="2022"
    )


def _corrected() -> Iterator[Event]:
    """Yield corrections that bring in other ids, sources, and disputes."""
    yield events.EventCorrected(
        id="to-committee",
        target="held-wrong",
        changes={
            "meeting": _decomposed("ủy-ban-2"),
            "kind": "committee",
            "partnership": "nước",
            "series": "ủy-ban",
            "number": 2,
        },
        reason="it was the committee",
    )
    yield events.EventCorrected(
        id="other-mou", target="mou-registered", changes={"instrument": "mou"}, reason="nhầm số"
    )
    yield events.EventCorrected(
        id="to-gift", target="paid", changes={"commitment": "gift"}, reason="it was the gift"
    )
    yield events.EventCorrected(
        id="about-less", target="noted", changes={"subject": ["trạm", "cnrs"]}, reason="rõ hơn"
    )
    yield events.EventCorrected(
        id="new-name",
        target="lab-registered",
        changes={"name": "Viện Toán học", "other_names": [LONG_NAME.upper()]},
        reason="the short one",
    )
    yield events.EventRetracted(id="no-text", target="wrong-text", reason="another treaty")
    yield events.SourceAdded(id="gazette", target="in-force", source="Công báo 9")
    yield events.FactDisputed(
        id="another-day", target="in-force", field="when", alternative="2020-02-01", source="Le 9"
    )
    yield events.FactDisputed(
        id="another-sum", target="grant-made", field="amount", alternative=2000, source="a letter"
    )
    yield events.SourceAdded(id="letter", target="another-sum", source="a second letter")


def _late() -> Iterator[Event]:
    """Yield what was recorded years later, and corrections of corrections and of disputes."""
    yield events.PartyRenamed(party="cnrs", name="Centre national", acronyms="C", when="2021-01-01")
    yield events.PartySucceeded(party="mesr", by="fr", when="2023-12-31")
    yield events.MeetingHeld(
        meeting=_decomposed("hội-thảo"), kind="seminar", partnership="labs", when="2019-12-24"
    )
    yield events.CommitmentRescheduled(
        id="later", commitment="station", due="2025-06-30", by="mesr", when="2023-05-01"
    )
    yield events.InstrumentSigned(id="mou-signed", instrument="mou", when="2022-05-19")
    yield events.EventRetracted(id="no-dispute", target="another-day", reason="a misprint")
    yield events.EventRetracted(id="not-cancelled", target="called-off", reason="it was held")
    yield events.EventCorrected(
        id="to-both", target="noted", changes={"subject": ["gift", "labs"]}, reason="both"
    )
    yield events.EventCorrected(
        id="to-grant", target="paid", changes={"commitment": "grant"}, reason="as first said"
    )
    yield events.EventCorrected(
        id="home", target="health-opened", changes={"parent": "nước", "scope": "y"}, reason="nhầm"
    )


# When it was recorded, and what. In the zone of the ledger, the third page is of 2 March; before
# the last, the clock ran back.
DIARY = (
    ("2022-03-31T16:59:59.999999+00:00", _parties),
    ("2022-03-31T17:00:00+00:00", _texts),
    ("2024-03-01T17:30:00+00:00", _meetings),
    ("2024-06-10T08:00:00+07:00", _promises),
    ("2024-12-31T23:59:59.999999+07:00", _corrected),
    ("2024-12-31T12:00:00+07:00", _late),
)


def write(folder: Path) -> dict[str, str]:
    """Return the texts of the files by their names, from a ledger in a file of SQLite."""
    clock, numbers = Clock(), count(1)
    with SqliteStore(folder / "log.db") as store:
        ledger = Ledger(
            store, name=NAME, timezone=ZONE, clock=clock, ids=lambda: f"e{next(numbers)}"
        )
        for now, page in DIARY:
            clock.set(now)
            ledger.record(*page(), by="Lê")
        export = BytesIO()
        ledger.export_jsonl(export)
        return {
            "log.jsonl": "".join(map(line, store.read(NAME))),
            "export.jsonl": export.getvalue().decode(),
            "answers.jsonl": "".join(answer_lines(ledger)),
            "names.jsonl": "".join(name_lines(store)),
        }


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        texts = write(Path(place))
    FOLDER.mkdir()  # never over an older one
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="")
