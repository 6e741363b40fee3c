"""Texts with more than two parties that tests need again and again."""

from coopledger import Ledger, events
from coopledger.answers import Instrument, Participation
from coopledger.events import Event
from tests.builders import build_event

__all__ = [
    "THREE",
    "WHOLE",
    "act",
    "entry",
    "in_force_for",
    "more_parties",
    "notice",
    "participation",
    "parties",
    "ratification",
    "signing",
    "state",
    "text",
    "text_on",
]

THREE = ("vn", "fr", "cu")


def text(*parties: str, name: str = "t", kind: str = "treaty", **more: object) -> Event:
    """Return the registration of a text; of Viet Nam, France and Cuba unless parties are given."""
    fields = {"parties": parties or THREE, **more}
    return build_event(
        events.InstrumentRegistered,
        {"instrument": name, "partnership": "vnfr", "kind": kind, **fields},
    )


def act(cls: type[Event], when: str, *, name: str = "t", **fields: object) -> Event:
    """Return an act on the text."""
    return build_event(cls, {"instrument": name, "when": when, **fields})


def signing(when: str, *signers: str, name: str = "t", **more: object) -> Event:
    """Return the signature of the parties, of all if none is given."""
    return act(events.InstrumentSigned, when, name=name, signers=signers, **more)


def ratification(when: str, party: str, *, name: str = "t", **more: object) -> Event:
    """Return the consent of a party."""
    return act(events.InstrumentRatified, when, name=name, party=party, **more)


def entry(when: str, *parties: str, name: str = "t") -> Event:
    """Return the entry into force, for the parties if some are given."""
    return act(events.InstrumentEnteredIntoForce, when, name=name, parties=parties)


def notice(when: str, by: str, ends: str, *, name: str = "t", **more: object) -> Event:
    """Return the notice of a party."""
    return act(events.TerminationNotified, when, name=name, by=by, ends=ends, **more)


def more_parties(*names: str, parent: str | None = None) -> list[Event]:
    """Return the registrations of parties beside those of the world."""
    return [
        events.PartyRegistered(party=name, name=name.upper(), kind="state", parent=parent)
        for name in names
    ]


WHOLE = (text(), signing("2010-01-01"), entry("2010-06-01"))


def text_on(ledger: Ledger, day: str, name: str = "t") -> Instrument:
    """Return the answer about the text on the day."""
    return ledger.view(day).instrument(name)


def state(ledger: Ledger, day: str, name: str = "t") -> str:
    """Return the state of the text on the day."""
    return str(text_on(ledger, day, name).state)


def parties(ledger: Ledger, day: str, name: str = "t") -> tuple[str, ...]:
    """Return the parties of the text on the day."""
    return text_on(ledger, day, name).parties


def in_force_for(ledger: Ledger, day: str, name: str = "t") -> tuple[str, ...]:
    """Return the parties for which the text is in force on the day."""
    return text_on(ledger, day, name).in_force_for


def participation(ledger: Ledger, day: str, party: str, name: str = "t") -> Participation:
    """Return the participation of the party on the day."""
    (found,) = (each for each in ledger.view(day).participations(name) if each.party == party)
    return found
