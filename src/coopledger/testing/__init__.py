"""For the tests of what you build on coopledger; ``pip install "coopledger[testing]"``.

Here is what needs nothing else: a fixed clock and ids, and given, when, then. Beside it lie
`coopledger.testing.stores`, the contract of stores (needs pytest and hypothesis), and
`coopledger.testing.strategies` (needs hypothesis).
"""

from coopledger.testing.clock import NOON, Clock, numbered
from coopledger.testing.scenarios import WORLD, Scenario, given
from coopledger.testing.steps import check_step

__all__ = ["NOON", "WORLD", "Clock", "Scenario", "check_step", "given", "numbered"]
