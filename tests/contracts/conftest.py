"""One of the stores at a time, for tests beyond the contract."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import pytest

from coopledger.stores import Store
from tests.contracts.openers import OPENERS
from tests.contracts.store.logs import Opener

_names = (f"ledger-{number}" for number in count(1))


@pytest.fixture(params=OPENERS, scope="module")
def open_again(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opener]:
    """Open the same logs once more; every store is closed at the end."""
    opener = OPENERS[request.param](tmp_path_factory.mktemp("logs"))
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(opener()))


@pytest.fixture(scope="module")
def store(open_again: Opener) -> Store:
    """Return one store for all tests of a module, which each write to ledgers of their own."""
    return open_again()


@pytest.fixture(scope="module")
def new_ledger() -> Callable[[], str]:
    """Return the name of a ledger that no test has used."""
    return lambda: next(_names)


@pytest.fixture
def ledger(new_ledger: Callable[[], str]) -> str:
    """Return a ledger that no other test has used."""
    return new_ledger()


@pytest.fixture(params=OPENERS)
def own_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return a store that the test may close."""
    with closing(OPENERS[request.param](tmp_path)()) as store:
        yield store
