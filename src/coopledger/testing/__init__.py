"""For the tests of what you build on coopledger; ``pip install "coopledger[testing]"``.

A fixed clock, fixed ids and scenarios (given, when, then) need nothing else;
`coopledger.testing.strategies` needs Hypothesis. Where Hypothesis is installed, importing this
registers dates and events with it, for ``st.from_type``.
"""

from importlib.util import find_spec

from coopledger.testing.scenarios import (
    NOON,
    WORLD,
    Clock,
    Scenario,
    check_step,
    given,
    numbered,
)

__all__ = ["NOON", "WORLD", "Clock", "Scenario", "check_step", "given", "numbered"]

if find_spec("hypothesis") is not None:
    from coopledger.testing.strategies.fields import register_types

    register_types()
