"""Answers about everything that concerns a party or a country."""

import attrs

from coopledger.projections.answers.commitments import Commitment
from coopledger.projections.answers.figures import Figure
from coopledger.projections.answers.instruments import Instrument
from coopledger.projections.answers.meetings import Meeting
from coopledger.projections.answers.partnerships import Moment, Partnership
from coopledger.projections.answers.proposals import Proposal
from coopledger.projections.answers.wording import line
from coopledger.values import Source

__all__ = ["Dossier"]

HELD = (
    *("partnerships", "instruments", "commitments", "proposals", "meetings", "figures"),
    *("timeline", "sources"),
)


@attrs.frozen(kw_only=True)
class Dossier:
    """Everything about a party, or about the parties of a country, with sources.

    Each list holds what belongs to its partnerships, and what names one of its parties
    elsewhere, in the order in which the things were first recorded.

    Attributes:
        subject: The id of the party, or the code of the country.
        name: The full name on the day: of the party, or of the state whose country it is; None
            if it is not known then.
        parties: The party and those below it, or the parties of the country.
        partnerships: Those in which one of the parties works, or once did.
        instruments: The texts.
        commitments: What was promised, open and closed.
        proposals: What was proposed, open and closed.
        meetings: What was announced or held.
        figures: What was reported, where it names one of the parties or their country.
        timeline: Everything that counts by the day, in the order in which it counts.
        sources: Every source behind the timeline, each once, in the order of their first use.
        events: The ids of the events of the timeline, in log order.
    """

    subject: str
    name: str | None
    parties: tuple[str, ...]
    partnerships: tuple[Partnership, ...]
    instruments: tuple[Instrument, ...]
    commitments: tuple[Commitment, ...]
    proposals: tuple[Proposal, ...]
    meetings: tuple[Meeting, ...]
    figures: tuple[Figure, ...]
    timeline: tuple[Moment, ...]
    sources: tuple[Source, ...]
    events: tuple[str, ...]

    def __str__(self) -> str:
        """How much it holds of each, on one line."""
        return line(
            f"{self.subject} ({self.name})" if self.name else self.subject,
            *(f"{name} {len(held)}" for name in HELD if (held := getattr(self, name))),
        )
