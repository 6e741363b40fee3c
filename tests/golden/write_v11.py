"""Wrote the files of tests/golden/v11, once; kept for the record. See README.md.

    python -m tests.golden.write_v11

A committee that comes round every two years and is put off, and what was done under a programme:
visits, courses, trade, in numbers that are whole or not. The story is made up.
"""

from collections.abc import Iterator
from pathlib import Path

from coopledger import events
from coopledger.events import Event
from coopledger.terms import YieldKind
from tests.golden.writing import files_of, put

FOLDER = Path(__file__).parent / "v11"


def _beginnings() -> Iterator[Event]:
    """Yield two countries, their programme, and the first sessions of their committee."""
    for party, country in (("vn", "VN"), ("fr", "FR")):
        yield events.PartyRegistered(party=party, name=party.upper(), kind="state", country=country)
    yield events.PartnershipOpened(partnership="khoa-học", parties=["vn", "fr"])
    yield events.InstrumentRegistered(
        instrument="programme", partnership="khoa-học", kind="programme", title="Chương trình"
    )
    yield events.InstrumentSigned(instrument="programme", until="2026", when="2016-03-01")
    yield events.MeetingScheduled(
        meeting="ủy-ban-1",
        kind="committee",
        partnership="khoa-học",
        planned="2016-05",
        series="ủy-ban",
        number=1,
        every_months=24,
        host="vn",
        place="Hà Nội",
        when="2016-03-01",
    )
    yield events.MeetingHeld(id="first", meeting="ủy-ban-1", when="2016-05-10/2016-05-11")
    yield events.MeetingHeld(
        meeting="hội-thảo-1",
        kind="seminar",
        partnership="khoa-học",
        series="hội-thảo",
        every_months=6,
        when="2016-11",
    )


def _slips() -> Iterator[Event]:
    """Yield a session that is put off twice and goes to another host, and is announced again."""
    yield events.MeetingScheduled(
        meeting="ủy-ban-2",
        kind="committee",
        partnership="khoa-học",
        planned="2018-05",
        series="ủy-ban",
        number=2,
        host="fr",
        place="Paris",
        when="2018-01-10",
    )
    yield events.MeetingPostponed(
        meeting="ủy-ban-2", planned="2018-10", host="vn", place="Huế", when="2018-04-01"
    )
    yield events.MeetingPostponed(meeting="ủy-ban-2", when="2018-09-01")
    yield events.MeetingScheduled(
        meeting="ủy-ban-2",
        kind="committee",
        partnership="khoa-học",
        planned="2019",
        place="Đà Nẵng",
        when="2018-12-01",
    )


def _yields() -> Iterator[Event]:
    """Yield a report of each kind, in each direction, in whole numbers and others."""
    for place, kind in enumerate(YieldKind):
        yield events.ImplementationReported(
            id=f"{kind}-2018",
            instrument="programme",
            kind=kind,
            counts={"người": place, "tháng": place + 0.5},
            direction=("in", "out", "both")[place % 3],
            text=f"đã thực hiện: {kind}",
            period="2018",
            when="2019-02-01",
        )
    yield events.ImplementationReported(
        id="plain", partnership="khoa-học", text="đoàn ra", period="2018~", when="2019-02-02"
    )
    yield events.ImplementationReported(
        id="twice",
        instrument="programme",
        kind="training",
        counts={"người": 40},
        direction="both",
        period="2018",
        when="2019-03-01",
    )
    yield events.FigureReported(
        id="people",
        figure="people",
        measure="người",
        value=30,
        period="2018",
        partnership="khoa-học",
        when="2019-04-01",
    )
    yield events.FigureReported(
        id="trade-figure",
        figure="trade",
        measure="trade",
        value=1234.5,
        unit="million EUR",
        period="2018",
        partnership="khoa-học",
        when="2019-04-01",
    )
    yield events.FactDisputed(
        target="trade-figure",
        field="value",
        alternative=1200.25,
        source="another desk",
        when="2019-05-01",
    )


def _mended() -> Iterator[Event]:
    """Yield that a report was wrong, and that the committee comes round each year from now on."""
    yield events.EventCorrected(
        target="visit-2018", changes={"counts": {"người": 9.25}}, reason="đếm lại"
    )
    yield events.EventCorrected(target="first", changes={"every_months": 12}, reason="biên bản")


DIARY = (
    ("2018-01-02T08:00:00+07:00", _beginnings),
    ("2019-01-02T08:00:00+07:00", _slips),
    ("2020-01-02T08:00:00+07:00", _yields),
    ("2021-01-02T08:00:00+07:00", _mended),
)


if __name__ == "__main__":
    files = files_of(DIARY)
    del files["names.jsonl"]  # Those of v3, v4, v9 and v10 are enough.
    put(FOLDER, files)
