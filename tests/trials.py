"""Trials of a promise: what a harness did, what it found, and what was lost, as one row.

Every harness prints such rows, so that the rows of all of them make one table.
"""

from collections.abc import Mapping

import attrs

__all__ = ["Trials"]


@attrs.frozen(kw_only=True)
class Trials:
    """Trials of one harness.

    Attributes:
        harness: Its name, and that of what it tried, such as ``crash ledger``.
        seed: The seed that repeats its choices.
        counts: How much was done of what, such as ``{"kills": 250}``.
        findings: How many answers or logs were not what is promised.
        lost: How many events that had been acknowledged are not in the log.
        seconds: How long the trials took.
    """

    harness: str
    seed: int
    counts: Mapping[str, int]
    findings: int = 0
    lost: int = 0
    seconds: float = 0.0

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was found, and nothing lost."""
        return not (self.findings or self.lost)

    def __str__(self) -> str:
        """Return the row; its cells are parted by bars."""
        done = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        cells = (
            f"trials: {self.harness}",
            f"seed {self.seed}",
            done,
            f"{self.findings} findings",
            f"{self.lost} lost",
            f"{self.seconds:.0f} s",
        )
        return " | ".join(cells)
