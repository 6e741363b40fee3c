"""Events and answers that the tests of commitments need again and again."""

from collections.abc import Iterable

from coopledger import Ledger, events
from coopledger.answers import Commitment
from coopledger.events import Event

__all__ = ["commitment", "commitment_on", "fulfilment", "statuses"]


def commitment(
    when: str = "2020-01-01",
    *,
    name: str = "c",
    debtors: str | Iterable[str] = "vn",
    creditors: str | Iterable[str] = "fr",
    due: str | None = None,
    due_text: str | None = None,
    due_meeting: str | None = None,
    conditions: Iterable[str] = (),
    depends_on: str | Iterable[str] = (),
    standing: bool = False,
    under: str | None = None,
    survives: bool = False,
) -> Event:
    """Return a commitment of Viet Nam to France, unless the arguments say otherwise."""
    return events.CommitmentMade(
        id=f"made-{name}",
        commitment=name,
        partnership="vnfr",
        debtors=debtors,
        creditors=creditors,
        what="a report",
        due=due,
        due_text=due_text,
        due_meeting=due_meeting,
        conditions=conditions,
        depends_on=depends_on,
        standing=standing,
        under=under,
        survives=survives,
        when=when,
    )


def fulfilment(when: str, *, name: str = "c") -> Event:
    """Return the fulfilment of the commitment."""
    return events.CommitmentFulfilled(id=f"kept-{name}", commitment=name, when=when)


def commitment_on(ledger: Ledger, day: str, name: str = "c") -> Commitment:
    """Return the answer about the commitment on the day."""
    return ledger.view(day).commitment(name)


def statuses(ledger: Ledger, *days: str, name: str = "c") -> list[str]:
    """Return the statuses of the commitment on the days."""
    return [str(commitment_on(ledger, day, name).status) for day in days]
