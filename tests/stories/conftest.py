"""Stories and histories of examples/, each recorded once in an SQLite file."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from coopledger import Ledger
from tests.stories.catalogue import STORIES


@pytest.fixture(scope="session", name="ledgers")
def _ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ledger]]:
    """Return the ledgers by the letter of their story."""
    folder = tmp_path_factory.mktemp("stories")
    with ExitStack() as opened:
        ledgers: dict[str, Ledger] = {}
        for letter, story in STORIES.items():
            story.record(folder / f"{letter}.db")
            ledgers[letter] = opened.enter_context(Ledger.open(folder / f"{letter}.db"))
        yield ledgers
