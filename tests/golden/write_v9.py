"""Wrote the files of tests/golden/v9, once; kept for the record. See README.md.

    python -m tests.golden.write_v9

A framework agreement and the texts under it: terms as they are written, an annex that ends with
the agreement, and what an office decides about their ends. The story is made up.
"""

from collections.abc import Iterator
from pathlib import Path

from coopledger import events
from coopledger._log.vocabulary import CORE
from coopledger.events import Event
from tests.golden.writing import files_of, put

FOLDER = Path(__file__).parent / "v9"
# Of each of these, one event has every field of the envelope.
NEW = (events.RenewalDecided,)


def _beginnings() -> Iterator[Event]:
    """Yield two countries, their agreement, and the texts under it."""
    for party, country in (("vn", "VN"), ("la", "LA")):
        yield events.PartyRegistered(party=party, name=party.upper(), kind="state", country=country)
    yield events.PartnershipOpened(partnership="biên-giới", parties=["vn", "la"])
    clauses: dict[str, dict[str, object]] = {
        "agreement": {"tacit": True, "years": 1, "months": 6, "times": 2, "notice_days": 90},
        "annex": {},
        "plan": {"tacit": True, "years": 1},
    }
    for name, kind in (("agreement", "agreement"), ("annex", "mou"), ("plan", "mou")):
        yield events.InstrumentRegistered(
            instrument=name,
            partnership="biên-giới",
            kind=kind,
            title=f"Văn bản {name}",
            renewal=clauses[name] or None,
            implements=None if name == "agreement" else "agreement",
            ends_with="agreement" if name == "annex" else None,
        )
    yield events.InstrumentRegistered(
        instrument="friendship",
        partnership="biên-giới",
        kind="treaty",
        state="in_force",
        open_ended=True,
    )


def _errands() -> Iterator[Event]:
    """Yield what the envelopes of new types name: a session, a proposal, and commitments."""
    yield events.MeetingHeld(
        meeting="session-0", kind="session", partnership="biên-giới", when="2010-04-30"
    )
    yield events.ProposalMade(
        proposal="idea", partnership="biên-giới", by="vn", text="Ghi lại.", when="2010-04-30"
    )
    for name in ("filing", *(f"errand-{CORE.tag_of(cls)[0]}" for cls in NEW)):
        yield events.CommitmentMade(
            commitment=name,
            partnership="biên-giới",
            debtors="vn",
            creditors="la",
            what=f"see to the {name}",
            conditions="copies" if name == "filing" else (),
            when="2010-04-30",
        )


def _terms() -> Iterator[Event]:
    """Yield signatures and entries, with lengths and without an end."""
    yield events.InstrumentSigned(instrument="agreement", years=2, months=3, when="2011-01-15")
    yield events.InstrumentEnteredIntoForce(instrument="agreement", when="2011-03-01")
    yield events.InstrumentSigned(instrument="annex", open_ended=True, when="2011-06-01")
    yield events.InstrumentSigned(instrument="plan", until="2013-12-31", when="2012-01-01")
    yield events.InstrumentExtended(instrument="plan", months=6, when="2013-06-01")
    for name in ("treaty", "protocol"):
        yield events.InstrumentRegistered(instrument=name, partnership="biên-giới", kind="treaty")
        yield events.InstrumentSigned(instrument=name, when="2012-01-01")
    yield events.InstrumentEnteredIntoForce(
        instrument="treaty", years=5, months=1, when="2012-02-01"
    )
    yield events.InstrumentEnteredIntoForce(
        instrument="protocol", open_ended=True, when="2012-02-01"
    )
    yield events.InstrumentRenewed(instrument="treaty", months=5, when="2015-01-01")
    yield events.InstrumentExtended(instrument="treaty", open_ended=True, when="2016-01-01")
    yield events.InstrumentRenewed(instrument="treaty", open_ended=True, when="2017-01-01")


def _decisions() -> Iterator[Event]:
    """Yield every decision about an end."""
    yield events.RenewalDecided(
        instrument="plan", decision="let_lapse", by="vn", reason="đã xong", when="2014-05-01"
    )
    yield events.RenewalDecided(instrument="agreement", decision="renew", when="2013-03-01")
    yield events.RenewalDecided(instrument="agreement", decision="renegotiate", when="2014-10-01")
    yield events.RenewalDecided(instrument="protocol", decision="end", when="2014-10-02")
    yield events.InstrumentSuspended(instrument="agreement", when="2015-02-01")
    yield events.InstrumentResumed(instrument="agreement", when="2015-04-01")


DIARY = (
    ("2020-01-01T08:00:00+07:00", _beginnings),
    ("2020-01-01T09:00:00+07:00", _errands),
    ("2021-12-31T17:00:00+00:00", _terms),
    ("2024-03-01T17:30:00+00:00", _decisions),
)


if __name__ == "__main__":
    put(FOLDER, files_of(DIARY, new=NEW))
