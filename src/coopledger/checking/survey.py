"""Survey of a whole log: every finding, the weightiest first."""

from itertools import chain

from coopledger.checking.declarations import contradicted
from coopledger.checking.duplicates import duplicates
from coopledger.checking.meetings import skipped, unrecorded
from coopledger.checking.trials import tried_again
from coopledger.errors import Finding
from coopledger.facts import Visible
from coopledger.standings import Standings
from coopledger.terms import Weight
from coopledger.validation import OwnChecks

__all__ = ["survey"]

ORDER = {weight: place for place, weight in enumerate(Weight)}


def survey(visible: Visible, *, day: int, today: int, own: OwnChecks = ()) -> tuple[Finding, ...]:
    """Return every finding, by weight and then by the position of its first event.

    ``day`` is the day on which meetings may be unrecorded and declared states are compared;
    ``today`` is the day of the last recording, after which nothing can have happened;
    ``own`` are checks beyond those of the library.
    """
    standings = Standings(visible, day=day)
    findings = chain(
        tried_again(visible, today=today, own=own),
        duplicates(visible),
        skipped(standings),
        unrecorded(standings),
        contradicted(standings),
    )
    return tuple(sorted(findings, key=_place))


def _place(finding: Finding) -> tuple[int, tuple[int, ...], str]:
    """Return the key that sorts by weight, then by position."""
    return ORDER[finding.weight], finding.positions, finding.code
