"""The contract of stores lets a sound store pass, and finds out a broken one."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.contracts import broken_stores
from tests.contracts.broken_stores import BROKEN
from tests.contracts.dictionary_store import DictionaryStore
from tests.contracts.store.contract import StoreContract
from tests.contracts.store.logs import Opener
from tests.contracts.store.naming import NamingContract

FAILED = re.compile(r"^FAILED \S+::Test(\w+)::(\w+)", re.MULTILINE)


class TestDictionaryStore(StoreContract, NamingContract):
    tells_of_others = False

    @classmethod
    def new_logs(cls, folder: Path) -> Opener:
        del folder
        logs = DictionaryStore()
        return lambda: logs


@cache
def failures() -> dict[str, set[str]]:
    """Return the tests that fail, by the name of the broken store."""
    selection = " or ".join(f"(Test{cls.__name__} and {test})" for cls, test in BROKEN.items())
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]
    options = [
        "-o",
        "addopts=--import-mode=importlib",
        "--hypothesis-profile",
        "brief",
        "-rf",
        "-k",
        selection,
    ]
    run = subprocess.run(  # noqa: S603 - it starts only itself
        [*command, *options, str(Path(broken_stores.__file__))],
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    tests: dict[str, set[str]] = {cls.__name__: set() for cls in BROKEN}
    for name, test in FAILED.findall(run.stdout):
        tests[name].add(test)
    return tests


@pytest.mark.parametrize("cls", BROKEN, ids=lambda cls: cls.__name__)
def test_a_broken_store_is_found_out(cls: type[DictionaryStore]) -> None:
    assert BROKEN[cls] in failures()[cls.__name__]


def test_a_contract_that_does_not_say_how_its_store_is_made_says_so(tmp_path: Path) -> None:
    class TestNothing(StoreContract):
        pass

    with pytest.raises(NotImplementedError, match=r"TestNothing.new_logs\(folder\) must say how"):
        TestNothing.new_logs(tmp_path)
