"""Questions that the pages put to a view, so that they need to know of no view."""

from typing import Protocol

from coopledger._dates.lazy_types import Date
from coopledger.answers import (
    Commitment,
    Dossier,
    Explanation,
    Figure,
    Meeting,
    Obstacle,
    Participation,
    Partnership,
    Series,
    Signature,
    TimelineEntry,
    Yield,
)
from coopledger.dates import EdtfDate


class Answering(Protocol):
    """View of a ledger, or any other object that answers these questions in the same way."""

    @property
    def known_at(self) -> str | None:
        """Return up to when something had to be known to count; None where all counts."""
        ...

    @property
    def on(self) -> Date:
        """Return the day asked about."""
        ...

    def title(self, id: str, *, us: str | None = None) -> str:
        """Return the words by which people know a party or thing."""
        ...

    def partnerships(self) -> tuple[Partnership, ...]:
        """Return the partnerships known then."""
        ...

    def commitments(
        self,
        *,
        partnership: str | None = None,
        debtor: str | None = None,
        creditor: str | None = None,
    ) -> tuple[Commitment, ...]:
        """Return the open commitments, by partnership, debtor or creditor."""
        ...

    def meeting(self, id: str) -> Meeting:
        """Return the status of a meeting."""
        ...

    def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings announced or held by then, by date."""
        ...

    def series(self, id: str) -> Series:
        """Return the numbers held in a series of meetings, those missing, and the next one."""
        ...

    def obstacles(
        self, *, party: str | None = None, country: str | None = None
    ) -> tuple[Obstacle, ...]:
        """Return what stands in the way of things there and is not removed, the oldest first."""
        ...

    def yields(self, *, partnership: str) -> tuple[Yield, ...]:
        """Return what was done in a partnership, as reports say, by kind."""
        ...

    def participations(self, instrument: str) -> tuple[Participation, ...]:
        """Return what each party of a text did under it, and since when it is bound."""
        ...

    def explain(self, id: str) -> Explanation:
        """Return the events and the rule behind a stage, state or status."""
        ...

    def signatures(self, *, period: str | EdtfDate | None = None) -> tuple[Signature, ...]:
        """Return the texts that came to be signed within the period, by date."""
        ...

    def figures(
        self,
        *,
        partnership: str | None = None,
        period: str | EdtfDate | None = None,
        measure: str | None = None,
    ) -> tuple[Figure, ...]:
        """Return the reported figures, by partnership, period and words of the measure."""
        ...

    def dossier(self, *, party: str | None = None, country: str | None = None) -> Dossier:
        """Return everything about a party or a country."""
        ...

    def timeline(self, partnership: str) -> tuple[TimelineEntry, ...]:
        """Return everything about a partnership that counts by the day, in order of effect."""
        ...
