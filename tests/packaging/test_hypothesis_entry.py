"""Hypothesis learns of our types by itself, whoever is imported first, and is not slowed down."""

import os
import subprocess
import sys
from importlib.metadata import entry_points

import pytest

import _coopledger_hypothesis
from tests.needs import skip_without

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
# Somebody looks whether coopledger is there, and a first attempt to import it fails.
LOOKED_FOR = """
import sys
import hypothesis
from importlib.util import find_spec
from _coopledger_hypothesis import register
register()
print(find_spec("coopledger").name, "coopledger" in sys.modules)
"""
FAILED = """
sys.modules["attrs"] = None
try:
    import coopledger
except ImportError:
    print("failed")
del sys.modules["attrs"]
"""
USED = """
from coopledger import EdtfDate
from hypothesis import strategies as st
print([finder for finder in sys.meta_path if type(finder).__module__.startswith("_coop")])
print(type(st.from_type(EdtfDate).example()).__name__)
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


def test_types_are_known_to_whoever_looked_for_the_package_before_importing_it() -> None:
    assert run(LOOKED_FOR + USED) == ["coopledger False", "[]", "EdtfDate"]


def test_types_are_known_although_a_first_import_failed() -> None:
    assert run(LOOKED_FOR + FAILED + USED) == ["coopledger False", "failed", "[]", "EdtfDate"]


def test_the_scenarios_and_the_clock_need_neither_hypothesis_nor_pytest() -> None:
    assert run(WITHOUT) == ["2030"]


def test_hypothesis_finds_the_entry_point() -> None:
    found = [entry for entry in entry_points(group="hypothesis") if entry.name == "coopledger"]
    if not found:
        skip_without("wheel")

    assert found[0].load() is _coopledger_hypothesis.register
