"""Ledger that the tests of the command line read."""

import subprocess
import sys
from pathlib import Path

import pytest

from coopledger.cli.commands import run
from tests.unit.cli.programs import RunHere, make_office


@pytest.fixture(name="office", scope="session")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a small office, which nobody may write."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    make_office(path)
    path.chmod(0o444)
    return path


@pytest.fixture(name="run_here")
def _run_here(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> RunHere:
    """Return a call that runs a command in this process."""

    def run_here(*words: str | Path, **variables: str) -> "subprocess.CompletedProcess[str]":
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["coopledger", *map(str, words)])
            for name in ("COOPLEDGER_LEDGER", "COOPLEDGER_US"):
                patch.delenv(name, raising=False)
            for name, value in variables.items():
                patch.setenv(name, value)
            code = run()
        return subprocess.CompletedProcess(words, code, *capfd.readouterr())

    return run_here
