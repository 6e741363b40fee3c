"""Events and answers that the tests of instruments need again and again."""

from coopledger import Ledger, events
from coopledger.answers import Instrument
from coopledger.events import Event
from coopledger.values import Renewal

__all__ = ["instrument_on", "registration", "signature", "states"]


def registration(
    kind: str = "mou",
    *,
    name: str = "x",
    renewal: Renewal | None = None,
    supersedes: str | tuple[str, ...] = (),
    ends_with: str | None = None,
    open_ended: bool = False,
    parties: tuple[str, ...] = (),
    state: str | None = None,
    until: str | None = None,
    force: str | None = None,
    when: str | None = None,
) -> Event:
    """Return the registration of a text of Viet Nam and France."""
    return events.InstrumentRegistered(
        instrument=name,
        partnership="vnfr",
        kind=kind,
        renewal=renewal,
        supersedes=supersedes,
        ends_with=ends_with,
        open_ended=open_ended,
        parties=parties,
        state=state,
        until=until,
        force=force,
        when=when,
    )


def signature(when: str, *, name: str = "x", until: str | None = None) -> Event:
    """Return the signature of all parties."""
    return events.InstrumentSigned(instrument=name, until=until, when=when)


def instrument_on(ledger: Ledger, day: str, name: str = "x") -> Instrument:
    """Return the answer about the text on the day."""
    return ledger.view(day).instrument(name)


def states(ledger: Ledger, *days: str, name: str = "x") -> list[str]:
    """Return the states of the text on the days."""
    return [str(instrument_on(ledger, day, name).state) for day in days]
