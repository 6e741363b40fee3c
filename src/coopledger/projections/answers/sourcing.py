"""Answers about what facts rest on."""

import attrs

from coopledger.projections.answers.wording import line, listed, said
from coopledger.terms import Footing

__all__ = ["Sourcing"]


@attrs.frozen(kw_only=True)
class Sourcing:
    """What one fact rests on.

    Attributes:
        event: The id of the event.
        type: The type of the event.
        about: The id of what it is about.
        text: What happened, in words.
        bases: On what its sources rest, in the order of the list, each once; ``unstated`` for
            a source that does not say, ``none`` where there is no source.
        sources: How many different sources say it, those added later among them.
        inferred: The names of the fields that the recorder inferred.
        decided_by: The event, and those that added sources.
    """

    event: str
    type: str
    about: str
    text: str
    bases: tuple[Footing, ...]
    sources: int
    inferred: tuple[str, ...]
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The act, what it rests on, and what was inferred, on one line."""
        number = "1 source" if self.sources == 1 else f"{self.sources} sources"
        return line(
            f"{self.type} {self.about} ({self.event})",
            f"{number}{said(', ', listed(self.bases))}" if self.sources else "no source",
            said("inferred: ", self.inferred),
            self.text,
        )
