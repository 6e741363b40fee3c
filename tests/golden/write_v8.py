"""Wrote the files of tests/golden/v8, once; kept for the record. See README.md.

    python -m tests.golden.write_v8

A desk asks what is done under its texts, what stands in the way, and of whom nothing is heard. The
story is made up.
"""

from collections.abc import Iterator
from pathlib import Path

from coopledger import events
from coopledger._log.vocabulary import CORE
from coopledger.events import Event
from tests.golden.writing import files_of, put

FOLDER = Path(__file__).parent / "v8"
# Of each of these, one event has every field of the envelope.
NEW = (
    events.CooperationGivenUp,
    events.CooperationResumed,
    events.ObstacleReported,
    events.ObstacleRemoved,
    events.NothingDone,
)


def _beginnings() -> Iterator[Event]:
    """Yield two states, their partnership and texts, and what the envelopes of new types name."""
    for party in ("vn", "se"):
        yield events.PartyRegistered(
            party=party, name=party.upper(), kind="state", country=party.upper()
        )
    yield events.PartyRegistered(party="bộ", name="Bộ Nội vụ", kind="ministry", parent="vn")
    yield events.PartnershipOpened(partnership="rừng", parties=["vn", "se"], report_every=12)
    for name in ("mou", "plan"):
        yield events.InstrumentRegistered(instrument=name, partnership="rừng", kind="mou")
        yield events.InstrumentSigned(instrument=name, when="2015-01-01")
    yield events.MeetingHeld(
        meeting="session-0", kind="session", partnership="rừng", when="2015-06-30"
    )
    yield events.ProposalMade(
        proposal="idea",
        partnership="rừng",
        by="vn",
        text="Ghi lại.",
        via=["Đại sứ quán", "bộ"],
        when="2015-06-30",
    )
    for name in ("filing", *(f"errand-{CORE.tag_of(cls)[0]}" for cls in NEW)):
        yield events.CommitmentMade(
            commitment=name,
            partnership="rừng",
            debtors="vn",
            creditors="se",
            what=f"see to the {name}",
            conditions="copies" if name == "filing" else (),
            under="plan" if name == "filing" else None,
            when="2015-06-30",
        )


def _cooperation() -> Iterator[Event]:
    """Yield what was given up and taken up again, obstacles, and years without anything."""
    yield events.ImplementationReported(instrument="plan", when="2016-03-01")
    yield events.ObstacleReported(
        obstacle="thị-thực",
        subject="plan",
        text="không có thị thực",
        lies_with=["bộ", "the consulate"],
        via="the embassy",
        when="2017-01-10",
    )
    yield events.ObstacleReported(
        obstacle="money", subject="filing", text="no funds", lies_with="se", when="2017-02-01"
    )
    yield events.ObstacleRemoved(obstacle="thị-thực", when="2018-05-01")
    yield events.CooperationGivenUp(instrument="mou", by="se", reason="hết tiền", when="2018-01-01")
    yield events.CooperationGivenUp(partnership="rừng", when="2019-01-01")
    yield events.CooperationResumed(instrument="plan", by=["vn", "se"], when="2019-06-01")
    yield events.CooperationResumed(partnership="rừng", by="vn", when="2020-06-01")
    yield events.NothingDone(
        instrument="mou", period="2018", by="se", reason="hết tiền", when="2019-01-15"
    )
    yield events.NothingDone(partnership="rừng", period="2020", when="2021-01-15")
    yield events.StatusReported(subject="mou", state="ngừng hoạt động", when="2021-02-01")
    yield events.StatusReported(subject="plan", state="Under way", when="2021-02-01")


DIARY = (
    ("2022-01-01T08:00:00+07:00", _beginnings),
    ("2022-03-01T09:00:00+07:00", _cooperation),
)


if __name__ == "__main__":
    files = files_of(DIARY, new=NEW, published="2017")
    del files["names.jsonl"]  # Those of v3, v4, v9 and v10 are enough.
    put(FOLDER, files)
