"""Pages of the busy office, as a browser would get them."""

from collections.abc import Generator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coopledger import Ledger
from coopledger.web import app
from examples.busy_office import US, open_office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Generator[Ledger, None, None]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(folder / "office.db") as ledger:
        yield ledger


@pytest.fixture(scope="session")
def client(office: Ledger) -> TestClient:
    return TestClient(app(office, us=US))
