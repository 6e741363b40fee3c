"""Ledger that the tests of the command line read."""

from pathlib import Path

import pytest

from tests.unit.cli.programs import make_office


@pytest.fixture(name="office", scope="session")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a small office, which nobody may write."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    make_office(path)
    path.chmod(0o444)
    return path
