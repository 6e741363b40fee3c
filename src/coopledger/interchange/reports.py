"""What is wrong with the lines of a file, all of it, in bounded memory."""

import attrs

from coopledger.errors import Finding, RefusedError

__all__ = ["Reports"]

MOST = 10_000  # So many findings are kept; of further ones only the number of their lines.


@attrs.define
class Reports:
    """Collects findings on bad lines.

    Attributes:
        kept: The findings, in the order of the lines.
        lines: How many lines are bad.
        unlisted: On how many of them no finding was kept.
    """

    kept: list[Finding] = attrs.field(factory=list[Finding])
    lines: int = 0
    unlisted: int = 0

    def add(self, findings: tuple[Finding, ...]) -> None:
        """One more bad line."""
        self.lines += 1
        if len(self.kept) + len(findings) > MOST:
            self.unlisted += 1
        else:
            self.kept += findings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that was kept, and at the end how many bad lines are not listed."""
        if not self.unlisted:
            return tuple(self.kept)
        message = f"{self.unlisted} more bad lines are not listed: mend these, then try again"
        return (*self.kept, Finding("E106", message, file=self.kept[-1].file))

    def refuse(self) -> None:
        """Raise what was found, if anything was.

        Raises:
            RefusedError: With every finding.
        """
        if self.lines:
            raise RefusedError(self.findings)
