"""Settings that all tests share."""

import os

from hypothesis import HealthCheck, Phase, settings
from xdist.workermanage import NodeManager  # type: ignore[import-untyped]  # it has no types

from tests.seeds import SEED
from tests.servers import versions_tried

# A process of pytest-xdist stops its servers before it writes what it has covered: after ten
# seconds, which a busy machine may need, it would be killed, and what it measured be lost.
NodeManager.EXIT_TIMEOUT = 120  # pyright: ignore[reportAttributeAccessIssue] - its type is 10

# pytest-xdist tells its processes how wide the window is: pages are printed as in a pipe.
os.environ.pop("COLUMNS", None)

# No deadline: a slow machine is no bug. With CI in the environment Hypothesis takes the profile
# "ci" (the same examples at every run, and fewer); elsewhere every run looks for new ones. What
# draws from tests/seeds.py looks for new ones everywhere.
# Of what fails, one case is made small, which takes minutes where each try folds a history; it
# is not tried which of its values matter, which takes as long again.
PATIENT = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=set(Phase) - {Phase.explain},
    report_multiple_bugs=False,
)
settings.register_profile("brief", PATIENT, derandomize=True, max_examples=20)
settings.register_profile("thorough", PATIENT, max_examples=1000)
settings.register_profile(
    "ci", PATIENT, derandomize=True, database=None, print_blob=True, max_examples=40
)
if settings.get_current_profile_name() == "default":
    settings.register_profile("default", PATIENT)


def pytest_report_header() -> list[str]:
    """Name what the tests try the stores on, and how to run the fresh searches again."""
    return [", ".join(versions_tried()), f"fresh searches: COOPLEDGER_SEED={SEED}"]
