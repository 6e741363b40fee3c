"""Importing `coopledger.testing` is what tells Hypothesis of the types, and nothing else does."""

import subprocess
import sys
from importlib.metadata import distribution, entry_points

import pytest

from tests.needs import skip_without

REGISTERED = """
{first}
import coopledger.testing
from coopledger import EdtfDate, events
from hypothesis import strategies as st
print(st.from_type(EdtfDate).validate(), st.from_type(events.MeetingHeld).validate())
print(type(st.from_type(EdtfDate).example()).__name__)
"""
LIGHT = """
import sys
import coopledger
print(sorted({"coopledger.testing", "hypothesis", "pytest"} & set(sys.modules)))
"""
WITHOUT = """
import sys
sys.modules["hypothesis"] = sys.modules["pytest"] = None
from coopledger import testing
print(testing.Clock().now.year, testing.given(*testing.WORLD).ledger.position)
"""


def run(program: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, check=True, text=True
    )
    return run.stdout.splitlines()


@pytest.mark.parametrize("first", ["import hypothesis", "import coopledger", ""])
def test_types_are_known_once_testing_is_imported(first: str) -> None:
    assert run(REGISTERED.format(first=first)) == ["None None", "EdtfDate"]


def test_the_package_loads_neither_hypothesis_nor_what_is_for_tests() -> None:
    assert run(LIGHT) == ["[]"]


def test_the_scenarios_and_the_clock_need_neither_hypothesis_nor_pytest() -> None:
    assert run(WITHOUT) == ["2030 8"]


def test_hypothesis_loads_nothing_of_the_package_by_itself() -> None:
    if '"editable": true' in (distribution("coopledger").read_text("direct_url.json") or ""):
        skip_without("wheel")

    assert "coopledger" not in {entry.name for entry in entry_points(group="hypothesis")}
