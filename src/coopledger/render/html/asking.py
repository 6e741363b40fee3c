"""Questions that the pages of HTML put to a view."""

from typing import Protocol, TypeVar

from coopledger._dates.lazy_types import Date
from coopledger.answers import (
    Commitment,
    Conflict,
    Durations,
    Explanation,
    Figure,
    Matter,
    Meeting,
    Obstacle,
    Outcome,
    Participation,
    Partnership,
    Party,
    Proposal,
    Series,
    Signature,
    Sourcing,
    StageChange,
    TimelineEntry,
    Yield,
)
from coopledger.events import Event

E = TypeVar("E", bound=Event)


class Asking(Protocol):
    """View of a ledger, or any other object that answers these questions in the same way."""

    position: int
    hindsight: bool
    known_at: str | None

    @property
    def on(self) -> Date:
        """Return the day asked about."""
        ...

    def title(self, id: str, *, us: str | None = None, language: str = "en") -> str:
        """Return the words by which people know a party or thing."""
        ...

    def party(self, id: str) -> Party:
        """Return who a party is."""
        ...

    def partnership(self, id: str) -> Partnership:
        """Return the stage, the flags and the texts of a partnership."""
        ...

    def meeting(self, id: str) -> Meeting:
        """Return the status of a meeting, with its date, place and participants."""
        ...

    def parties(self) -> tuple[Party, ...]:
        """Return the parties known then."""
        ...

    def partnerships(self) -> tuple[Partnership, ...]:
        """Return the partnerships known then."""
        ...

    def commitments(self, *, open: bool | None = True) -> tuple[Commitment, ...]:  # noqa: A002
        """Return the commitments made by then: the open ones, or all of them."""
        ...

    def proposals(self) -> tuple[Proposal, ...]:
        """Return the proposals put by then."""
        ...

    def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings announced or held by then, by date."""
        ...

    def series(self, id: str) -> Series:
        """Return the numbers held in a series of meetings, those missing, and the next one."""
        ...

    def outcomes(self, meeting: str) -> tuple[Outcome, ...]:
        """Return what came out of a meeting, each with its state on the day."""
        ...

    def obstacles(self) -> tuple[Obstacle, ...]:
        """Return what stands in the way of things and is not removed, the oldest first."""
        ...

    def yields(self, *, partnership: str) -> tuple[Yield, ...]:
        """Return what was done in a partnership, as reports say, by kind."""
        ...

    def asking_again(self, *, within_days: int = ...) -> tuple[Matter, ...]:
        """Return what to ask about again, on the day or within the days."""
        ...

    def stage_history(self, partnership: str) -> tuple[StageChange, ...]:
        """Return every change of the partnership's stage up to the day."""
        ...

    def durations(self, partnership: str) -> Durations:
        """Return how long a partnership took to its first signature."""
        ...

    def timeline(self, partnership: str) -> tuple[TimelineEntry, ...]:
        """Return everything about a partnership that counts by the day."""
        ...

    def participations(self, instrument: str) -> tuple[Participation, ...]:
        """Return what each party of a text did under it, and since when it is bound."""
        ...

    def explain(self, id: str) -> Explanation:
        """Return the events and the rule behind a stage, state or status."""
        ...

    def signatures(self) -> tuple[Signature, ...]:
        """Return the texts that came to be signed, by date."""
        ...

    def figures(self) -> tuple[Figure, ...]:
        """Return the reported figures, each with what is recorded of the same."""
        ...

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return where sources disagree."""
        ...

    def sourcing(self) -> tuple[Sourcing, ...]:
        """Return on which sources each act rests."""
        ...

    def events(self, kind: type[E]) -> tuple[E, ...]:
        """Return the events of a class that count by the day."""
        ...
