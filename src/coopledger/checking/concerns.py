"""A concern: something in a log that deserves a look, with the events behind it."""

from collections.abc import Iterable

import attrs

from coopledger.facts import Fact
from coopledger.terms import Weight

__all__ = ["Concern", "about"]

NAMED = 3  # So many events are named on one line; of the others, the number.
# What is merely not there yet; a refusal is impossible, and any other warning doubtful.
INCOMPLETE = frozenset({"C301", "W105", "W301", "W401", "W501", "W502", "W506"})
IMPOSSIBLE = frozenset({"W701"})


@attrs.frozen(kw_only=True)
class Concern:
    """Something in a log that deserves a look.

    Attributes:
        weight: Impossible, doubtful or incomplete.
        code: Of a refusal (E...), of a warning (W...), or of what only a check finds (C...).
        positions: Where the events behind it lie, in log order.
        events: The ids of these events, in the same order.
        message: What was found and what would do.
    """

    weight: Weight
    code: str
    positions: tuple[int, ...]
    events: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        """The code, the events and the message on one line."""
        told = [
            f"{event!r} at {position}"
            for event, position in zip(self.events, self.positions, strict=True)
        ]
        if len(told) > NAMED:
            told[NAMED:] = [f"{len(told) - NAMED} more"]
        return f"{self.code} {', '.join(told)}: {self.message}"


def about(code: str, facts: Iterable[Fact], message: str) -> Concern:
    """A concern about the facts; its code says how much it weighs."""
    found = {fact.position: fact.id for fact in facts}
    positions = tuple(sorted(found))
    return Concern(
        weight=_weight(code),
        code=code,
        positions=positions,
        events=tuple(found[position] for position in positions),
        message=message,
    )


def _weight(code: str) -> Weight:
    """How much a concern with the code weighs."""
    if code in INCOMPLETE:
        return Weight.INCOMPLETE
    return Weight.IMPOSSIBLE if code[0] == "E" or code in IMPOSSIBLE else Weight.DOUBTFUL
