"""How a finding names the recorded events behind it."""

from collections.abc import Iterable

import attrs

from coopledger.errors import Finding
from coopledger.facts import Fact

__all__ = ["resting_on"]


def resting_on(facts: Iterable[Fact], finding: Finding) -> Finding:
    """Return the finding with the events behind it, in log order."""
    ids = {fact.position: fact.id for fact in facts}
    positions = tuple(sorted(ids))
    events = tuple(ids[position] for position in positions)
    return attrs.evolve(finding, events=events, positions=positions)
