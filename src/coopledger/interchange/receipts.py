"""What importing gives back."""

import attrs

from coopledger.errors import Finding
from coopledger.recording import Receipt

__all__ = ["ImportReceipt"]


@attrs.frozen(kw_only=True, repr=False)
class ImportReceipt(Receipt):
    """What importing a file gave: the receipt of its good lines, and what was wrong with others.

    Attributes:
        events: The events of the good lines as they lie in the log, in the order of the lines;
            those that were recorded before among them.
        already: How many of them had been recorded before, with the same content.
        rejected: What was wrong with the bad lines, in their order; one line may have several
            findings.
        rejected_lines: How many lines were not recorded, those included that only follow from
            other bad lines, of which nothing is said.
    """

    already: int
    rejected: tuple[Finding, ...] = ()
    rejected_lines: int = 0

    def __str__(self) -> str:
        """The events, the warnings and what was rejected, one line each."""
        return "\n".join(filter(None, (super().__str__(), *map(str, self.rejected))))

    def _parts(self) -> list[str]:
        """What the receipt of a recording says, and how many lines were known or bad."""
        more = (self.already, "recorded before"), (self.rejected_lines, "lines rejected")
        return [*super()._parts(), *(f"{number} {what}" for number, what in more if number)]
