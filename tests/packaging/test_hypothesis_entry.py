"""Hypothesis learns of our types by itself, whoever is imported first, and is not slowed down."""

import os
import subprocess
import sys
from importlib.metadata import entry_points

import pytest

import _coopledger_hypothesis

# Where the package is not installed there is no entry point: then it is called as Hypothesis would.
PROGRAM = """
import sys
{first}
import hypothesis
from _coopledger_hypothesis import register
register()
register()
print("coopledger" in sys.modules, "coopledger.testing" in sys.modules)
from coopledger import EdtfDate, events
import coopledger
from hypothesis import strategies as st
print("coopledger.testing.strategies" in sys.modules)
print(type(coopledger.__loader__).__name__, type(coopledger.__spec__.loader).__name__)
print([finder for finder in sys.meta_path if type(finder).__module__.startswith("_coop")])
print(st.from_type(EdtfDate).validate(), st.from_type(events.MeetingHeld).validate())
print("coopledger.testing.strategies" in sys.modules)
"""
WITHOUT = """
import sys
sys.modules["hypothesis"] = sys.modules["pytest"] = None
import coopledger.testing
print(coopledger.testing.Clock().now.year)
"""


def run(program: str) -> list[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        capture_output=True,
        check=True,
        env=environment,
        text=True,
    )
    return told.stdout.splitlines()


@pytest.mark.parametrize(
    ("first", "imported"),
    [("", "False False"), ("import coopledger", "True True")],
    ids=["hypothesis first", "coopledger first"],
)
def test_types_are_known_and_nothing_is_imported_before_it_is_used(
    first: str, imported: str
) -> None:
    assert run(PROGRAM.format(first=first)) == [
        imported,
        "False",
        "SourceFileLoader SourceFileLoader",
        "[]",
        "None None",
        "True",
    ]


def test_the_scenarios_and_the_clock_need_neither_hypothesis_nor_pytest() -> None:
    assert run(WITHOUT) == ["2030"]


def test_hypothesis_finds_the_entry_point() -> None:
    found = [entry for entry in entry_points(group="hypothesis") if entry.name == "coopledger"]
    if not found:
        pytest.skip("not installed: there is no entry point to look at")

    assert found[0].load() is _coopledger_hypothesis.register
