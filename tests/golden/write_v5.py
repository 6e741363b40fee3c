"""Wrote the files of tests/golden/v5, once; kept for the record. See README.md.

    python -m tests.golden.write_v5

Two countries owe a dam to a third: they pay in part, one delivers before the other, what was done
is opened again, and due dates slip. The story is made up.
"""

from collections.abc import Iterator
from pathlib import Path

from coopledger import events
from coopledger._log.vocabulary import CORE
from coopledger.events import Event
from tests.golden.writing import files_of, put

FOLDER = Path(__file__).parent / "v5"
# Of each of these, one event has every field of the envelope.
NEW = (events.CommitmentVaried, events.CommitmentReopened)


def _beginnings() -> Iterator[Event]:
    """Yield countries, one with a ministry, and what the envelopes of new types name."""
    for party, country in (("vn", "VN"), ("la", "LA"), ("kh", "KH")):
        yield events.PartyRegistered(party=party, name=party.upper(), kind="state", country=country)
    yield events.PartyRegistered(party="bộ", name="Bộ Thủy lợi", kind="ministry", parent="vn")
    yield events.PartnershipOpened(partnership="đập", parties=["vn", "la", "kh"])
    yield events.MeetingHeld(
        meeting="session-0", kind="session", partnership="đập", when="2010-04-30"
    )
    yield events.MeetingScheduled(
        meeting="session-1", kind="session", partnership="đập", planned="2013-03", when="2010-05-01"
    )
    yield events.ProposalMade(
        proposal="idea", partnership="đập", by="vn", text="Ghi lại.", when="2010-04-30"
    )
    for name in ("filing", *(f"errand-{CORE.tag_of(cls)[0]}" for cls in NEW)):
        yield events.CommitmentMade(
            commitment=name,
            partnership="đập",
            debtors="vn",
            creditors="la",
            what=f"see to the {name}",
            conditions="copies" if name == "filing" else (),
            when="2010-04-30",
        )


def _promises() -> Iterator[Event]:
    """Yield what two countries owe together: a sum, a dam, and a report at a session."""
    for name, amount in (("money", "1000000.50 USD"), ("dam", None)):
        yield events.CommitmentMade(
            commitment=name,
            partnership="đập",
            debtors=["vn", "la"],
            creditors="kh",
            what=name,
            amount=amount,
            due="2012-06-30",
            when="2011-01-01",
        )
    yield events.CommitmentMade(
        commitment="report",
        partnership="đập",
        debtors="la",
        creditors="kh",
        what="báo cáo",
        due_meeting="session-1",
        when="2011-01-01",
    )


def _deliveries() -> Iterator[Event]:
    """Yield payments, a change of the sum, and what each of the two has done."""
    yield events.CommitmentProgressed(
        commitment="money", amount="250000.25 USD", by="bộ", percent=25, when="2011-06-01"
    )
    yield events.CommitmentProgressed(commitment="money", amount="100000 USD", when="2011-07-01")
    yield events.CommitmentVaried(
        commitment="money", what="tiền cho đập", amount="900000 USD", when="2011-08-01"
    )
    yield events.CommitmentFulfilled(commitment="dam", by="la", when="2012-05-01")
    yield events.CommitmentFulfilled(commitment="dam", by="bộ", when="2012-07-02")


def _slips() -> Iterator[Event]:
    """Yield a reopening, and due dates that became words, a meeting and a date again."""
    yield events.CommitmentReopened(
        commitment="dam", reason="nứt", due="2014-06-30", when="2013-01-15"
    )
    yield events.CommitmentFulfilled(commitment="dam", when="2014-07-10")
    yield events.CommitmentRescheduled(commitment="money", due_text="sau lũ", when="2012-07-01")
    yield events.CommitmentRescheduled(
        commitment="money", due_meeting="session-1", by="la", when="2012-09-01"
    )
    yield events.MeetingPostponed(meeting="session-1", planned="2013-10", when="2013-02-01")
    yield events.MeetingHeld(
        meeting="session-1", kind="session", partnership="đập", when="2013-10-20/2013-10-21"
    )
    yield events.CommitmentFulfilled(commitment="report", when="2013-11-05")


def _corrections() -> Iterator[Event]:
    """Yield a payment that was written wrongly."""
    yield events.CommitmentProgressed(
        id="paid", commitment="money", amount="10000 USD", when="2013-12-01"
    )
    yield events.EventCorrected(
        id="mended", target="paid", changes={"amount": "100000 USD"}, reason="thiếu số không"
    )


DIARY = (
    ("2020-01-01T08:00:00+07:00", _beginnings),
    ("2021-12-31T17:00:00+00:00", _promises),
    ("2022-03-01T09:00:00+07:00", _deliveries),
    ("2024-03-01T17:30:00+00:00", _slips),
    ("2024-12-31T12:00:00+07:00", _corrections),
)


if __name__ == "__main__":
    files = files_of(DIARY, new=NEW)
    del files["names.jsonl"]  # Those of v3, v4, v9 and v10 are enough.
    put(FOLDER, files)
