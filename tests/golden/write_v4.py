"""Wrote the files of tests/golden/v4, once; kept for the record. See README.md.

    python -m tests.golden.write_v4

A convention that many may join: a conference adopts it, some sign, ratify and accede, one leaves,
and a desk finds that it has registered a country twice. The story is made up.
"""

from collections.abc import Iterator
from pathlib import Path

from coopledger import events
from coopledger._log.vocabulary import CORE
from coopledger.events import Event
from tests.golden.writing import files_of, put

FOLDER = Path(__file__).parent / "v4"
# Of each of these, one event has every field of the envelope.
NEW = (
    events.PartyJoined,
    events.PartyLeft,
    events.InstrumentAdopted,
    events.InstrumentAcceded,
    events.SignatureWithdrawn,
    events.ReservationMade,
    events.ReservationWithdrawn,
    events.SameAs,
)


def _beginnings() -> Iterator[Event]:
    """Yield countries, one of them twice, a union of them, and a convention that is open."""
    for party, country in (("vn", "VN"), ("la", "LA"), ("kh", "KH"), ("th", "TH"), ("my", "MY")):
        yield events.PartyRegistered(party=party, name=party.upper(), kind="state", country=country)
    yield events.PartyRegistered(
        party="lào", name="Lào", kind="state", acronyms="CHDCND", identifiers={"m49": "418"}
    )
    yield events.PartyRegistered(party="bộ", name="Bộ Thủy sản", kind="ministry", parent="vn")
    yield events.PartnershipOpened(partnership="sông", parties=["vn", "la", "kh"])
    yield events.InstrumentRegistered(
        instrument="convention",
        partnership="sông",
        kind="treaty",
        title="Công ước về sông",
        open_for_signature=True,
        enters_after={"consents": 3, "days": 30},
        identifiers={"unts": "0"},
        depositary="vn",
    )
    yield events.InstrumentRegistered(
        instrument="rules",
        partnership="sông",
        kind="protocol",
        enters_after={"consents": 2, "months": 6},
    )


def _errands() -> Iterator[Event]:
    """Yield what the envelopes of new types name: a session, a proposal, and commitments."""
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


def _signatures() -> Iterator[Event]:
    """Yield adoption, signatures, one of them taken back, and consents of every kind."""
    yield events.InstrumentAdopted(instrument="convention", when="2010-05-01")
    for party in ("vn", "lào", "kh", "my"):
        yield events.InstrumentSigned(instrument="convention", signers=party, when="2010-06-01")
    yield events.SignatureWithdrawn(instrument="convention", by="my", when="2010-07-01")
    yield events.ReservationMade(
        instrument="convention",
        party="kh",
        kind="reservation",
        article="12",
        text="không áp dụng",
        when="2010-06-01",
    )
    yield events.ReservationMade(
        instrument="convention", party="vn", kind="declaration", text="rõ", when="2010-06-02"
    )
    yield events.ReservationMade(
        instrument="convention", party="lào", kind="objection", text="no", when="2010-06-03"
    )
    yield events.ReservationWithdrawn(
        instrument="convention", party="kh", article="12", when="2012-01-01"
    )
    for party, how in (("vn", "approval"), ("lào", "acceptance"), ("kh", "ratification")):
        yield events.InstrumentRatified(
            instrument="convention", party=party, how=how, when="2011-01-15"
        )
    yield events.InstrumentEnteredIntoForce(instrument="convention", when="2011-02-14")
    for party, how in (("th", "accession"), ("my", "succession")):
        yield events.InstrumentAcceded(
            instrument="convention", party=party, how=how, when="2013-03-01"
        )
    for party, how in (
        ("vn", "notification"),
        ("la", "definitive_signature"),
        ("kh", "formal_confirmation"),
    ):
        yield events.InstrumentRatified(instrument="rules", party=party, how=how, when="2014-01-01")


def _changes() -> Iterator[Event]:
    """Yield notices, members that come and go, and affairs that pass on."""
    yield events.TerminationNotified(
        instrument="convention", by="kh", ends="2016-01-01", when="2015-01-01"
    )
    yield events.TerminationNotified(
        instrument="convention", by="th", ends="2017-01-01", when="2015-02-01"
    )
    yield events.TerminationNoticeWithdrawn(instrument="convention", by="th", when="2015-06-01")
    yield events.TerminationNotified(
        instrument="rules", by="vn", ends="2030-01-01", for_all=True, when="2016-01-01"
    )
    yield events.PartyJoined(partnership="sông", party="th", when="2013-03-01")
    yield events.PartyLeft(partnership="sông", party="kh", when="2016-01-01")
    yield events.PartySucceeded(party="my", by="vn", affairs="rules", when="2018-01-01")


def _twice() -> Iterator[Event]:
    """Yield that one country was registered twice, and a text that was not."""
    yield events.SameAs(id="one-country", duplicate="lào", same_as="la")
    yield events.SameAs(id="one-text", duplicate="rules", same_as="convention")
    yield events.EventRetracted(id="two-texts", target="one-text", reason="hai văn bản")


DIARY = (
    ("2020-01-01T08:00:00+07:00", _beginnings),
    ("2020-01-01T09:00:00+07:00", _errands),
    ("2021-12-31T17:00:00+00:00", _signatures),
    ("2024-03-01T17:30:00+00:00", _changes),
    ("2024-12-31T12:00:00+07:00", _twice),
)


if __name__ == "__main__":
    put(FOLDER, files_of(DIARY, new=NEW))
