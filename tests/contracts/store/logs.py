"""Logs that a subclass of the contract makes, and their fixtures."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from coopledger.stores import Store

# Opens a store; called again, opens the same logs once more, as another process would.
Opener = Callable[[], Store]

# A slow store is no bug.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

_names = (f"ledger-{number}" for number in count(1))


class Logs:
    """Stores of one class of tests, and the ledgers that its tests write to.

    Attributes:
        timeout_seconds: How long a call may take before a test says that it is stuck.
    """

    timeout_seconds: float = 10.0

    @classmethod
    def new_logs(cls, folder: Path) -> Opener:
        """Make new, empty logs, and return a function that opens them, the same ones each time.

        A subclass says how. ``folder`` is empty, and nobody else's; a store that keeps its logs
        elsewhere need not use it.
        """
        message = f"{cls.__name__}.new_logs(folder) must say how the store is made and opened"
        raise NotImplementedError(message)

    @pytest.fixture(scope="class")
    @classmethod
    def open_again(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
        """Open the same logs once more; every store is closed at the end."""
        opener = cls.new_logs(tmp_path_factory.mktemp("logs"))
        with ExitStack() as stack:
            yield lambda: stack.enter_context(closing(opener()))

    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, open_again: Opener) -> Store:
        """Return one store for all tests of the class, which each write to ledgers of their own."""
        return open_again()

    @pytest.fixture(scope="class")
    @classmethod
    def new_ledger(cls) -> Callable[[], str]:
        """Return a source of names that no ledger has."""
        return lambda: next(_names)

    @pytest.fixture
    def ledger(self, new_ledger: Callable[[], str]) -> str:
        """Return the name of a ledger that no other test has used."""
        return new_ledger()

    @pytest.fixture
    def own_store(self, tmp_path: Path) -> Iterator[Store]:
        """Yield a store of new logs, which the test may close."""
        with closing(self.new_logs(tmp_path)()) as store:
            yield store
