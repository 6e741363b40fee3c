"""Option for the number of processes that the tests of this folder kill."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option for this folder: ``python -m pytest tests/crash --rounds 1000``."""
    parser.addoption("--rounds", type=int, default=20, help="how many processes to kill")
