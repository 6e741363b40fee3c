"""Losses of ids that were once known."""

from typing import Literal

from coopledger._frozen import frozen
from coopledger.terms import Noun


@frozen
class Loss:
    """Loss of an id that was once known: it was retracted, or a correction gave another one.

    Attributes:
        noun: The noun of the id, or ``series``, whose meetings were all retracted.
        name: The id.
        event: The retraction or the correction.
        new: The id that the correction gave.
    """

    noun: Noun | Literal["series"]
    name: str
    event: str
    new: str | None

    def __str__(self) -> str:
        """Return the id, what became of it, and by which event."""
        what = f"is called {self.new!r} since" if self.new else "was retracted by"
        return f"{self.noun} {self.name!r} {what} event {self.event!r}"
