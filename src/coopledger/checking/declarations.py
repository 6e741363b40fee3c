"""Declared states that are not the derived ones."""

from collections.abc import Iterator

from coopledger.checking.concerns import resting_on
from coopledger.errors import Finding
from coopledger.projections.declarations import contradictions
from coopledger.standings import Standings

__all__ = ["contradicted"]


def contradicted(standings: Standings) -> Iterator[Finding]:
    """C701: a state declared by the day that is not what the events of its own day amount to."""
    for found in contradictions(standings, standings.visible.all()):
        yield resting_on(
            [found.fact],
            Finding(
                "C701",
                f"state: {found.report.subject!r} was declared {found.declared} on "
                f"{found.report.when}, and by what is recorded it was {found.derived}",
                "state",
            ),
        )
