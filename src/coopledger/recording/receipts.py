"""What recording gives back."""

import attrs

from coopledger.errors import Finding
from coopledger.record import Recorded

__all__ = ["Receipt"]


@attrs.frozen(kw_only=True, repr=False)
class Receipt:
    """What recording gave.

    Attributes:
        events: The events as they lie in the log, in the order given. In a dry run, as they
            would lie there, without digest and chain.
        warnings: What is odd but was recorded all the same.
        replayed: Whether all of them had been recorded before, with the same content; then
            nothing was stored now.
    """

    events: tuple[Recorded, ...]
    warnings: tuple[Finding, ...]
    replayed: bool

    def __repr__(self) -> str:
        """How many events lie at which positions, and how many warnings there are."""
        return f"{type(self).__name__}({', '.join(filter(None, self._parts()))})"

    def __str__(self) -> str:
        """The events and the warnings, one line each."""
        return "\n".join(map(str, (*self.events, *self.warnings)))

    def _parts(self) -> list[str]:
        """What the receipt is about, in a few words each."""
        return [
            _counted(len(self.events), "event"),
            _positions([item.position for item in self.events]),
            _counted(len(self.warnings), "warning"),
            "replayed" if self.replayed else "",
        ]


def _counted(number: int, noun: str) -> str:
    """So many of them."""
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _positions(found: list[int]) -> str:
    """The positions, as few as say it."""
    if not found:
        return ""
    first, last = found[0], found[-1]
    if first == last:
        return f"position {first}"
    if found == list(range(first, last + 1)):
        return f"positions {first}-{last}"
    return f"positions {', '.join(map(str, found))}"
