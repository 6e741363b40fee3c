"""Wrote the files of tests/golden/v6, once; kept for the record. See README.md.

    python -m tests.golden.write_v6

What an office owes again and again: with each length and each end, put off, done out of turn,
cancelled, and corrected. The story is made up.
"""

from collections.abc import Iterator
from pathlib import Path

from coopledger import events
from coopledger.events import Event
from tests.golden.writing import files_of, put

FOLDER = Path(__file__).parent / "v6"
PROMISES: dict[str, tuple[str, dict[str, object]]] = {
    "báo-cáo": ("2020-03-31", {"months": 3}),
    "niên-liễm": ("2020", {"years": 1, "times": 3}),
    "số-liệu": ("2020-06~", {"months": 6, "until": "2022"}),
    "mực-nước": ("2020-01-06", {"days": 7, "until": "2020-02-03"}),
}


def _beginnings() -> Iterator[Event]:
    """Yield two states, and what one of them owes the other again and again."""
    for party in ("vn", "la"):
        yield events.PartyRegistered(party=party, name=party.upper(), kind="state")
    yield events.PartnershipOpened(partnership="sông", parties=["vn", "la"])
    for name, (due, recurs) in PROMISES.items():
        yield events.CommitmentMade(
            id=f"made {name}",
            commitment=name,
            partnership="sông",
            debtors="vn",
            creditors="la",
            what=name,
            due=due,
            recurs=recurs,
            amount="100 EUR" if name == "niên-liễm" else None,
            when="2019-12-01",
        )


def _deeds() -> Iterator[Event]:
    """Yield what was done, put off and cancelled."""
    done = (
        ("báo-cáo", "2020-04-02", None),
        ("báo-cáo", "2020-09-20", "2020-09-30"),
        ("niên-liễm", "2020-11-01", None),
        ("niên-liễm", "2022-01-15", "2021"),
        ("niên-liễm", "2022", None),
        ("số-liệu", "2020", None),
        ("mực-nước", "2020-01-14", "2020-01-13"),
    )
    for name, when, occurrence in done:
        yield events.CommitmentFulfilled(commitment=name, when=when, occurrence=occurrence)
    yield events.CommitmentRescheduled(commitment="báo-cáo", due="2020-07-15", when="2020-06-20")
    yield events.StatementMade(
        partnership="sông", text="Đã gửi.", fulfils="báo-cáo", when="2020-07-20"
    )
    yield events.CommitmentCancelled(commitment="mực-nước", by="vn", when="2020-01-25")


def _corrections() -> Iterator[Event]:
    """Yield that a length was written down wrongly, so that a date named before is none."""
    yield events.EventCorrected(
        target="made mực-nước",
        changes={"recurs": {"days": 10, "times": 5}},
        reason="mười ngày",
    )


DIARY = (
    ("2024-01-01T08:00:00+07:00", _beginnings),
    ("2024-01-01T09:00:00+07:00", _deeds),
    ("2024-06-01T09:00:00+07:00", _corrections),
)


if __name__ == "__main__":
    files = files_of(DIARY)
    del files["names.jsonl"]  # Those of v3, v4, v9 and v10 are enough.
    put(FOLDER, files)
