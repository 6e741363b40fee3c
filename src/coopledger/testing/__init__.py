"""For the tests of what you build on coopledger; ``pip install "coopledger[testing]"``.

Here is what needs nothing else: a fixed clock and ids, and given, when, then. Beside it lie
`coopledger.testing.stores`, the contract of stores (needs pytest and hypothesis), and
`coopledger.testing.strategies` (needs hypothesis).
"""

import sys

from coopledger.testing.fixed import NOON, Clock, numbered
from coopledger.testing.scenarios import Scenario, given
from coopledger.testing.steps import check_step
from coopledger.testing.world import WORLD

__all__ = ["NOON", "WORLD", "Clock", "Scenario", "check_step", "given", "numbered"]

# Pytest explains the asserts of its own test files, and of modules that ask for it before they are
# imported. Where it is not loaded, there is nobody to explain them to.
if (_pytest := sys.modules.get("pytest")) is not None:
    _pytest.register_assert_rewrite("coopledger.testing.stores")
