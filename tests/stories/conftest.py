"""Stories and histories of examples/, each recorded once in an SQLite file, and asked in all ways.

Their kept answers are dropped after each call, or never; and each day is another day, whose answers
are kept in memory, or today, whose answers are kept in the file.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from coopledger import Ledger
from tests.keeping import AskedToday, Kept, keeping
from tests.stories.catalogue import STORIES

ASKED: dict[str, tuple[Kept, type[Ledger]]] = {
    "dropped": ("never", Ledger),
    "kept": ("always", Ledger),
    "dropped in the file": ("never", AskedToday),
    "kept in the file": ("always", AskedToday),
}


@pytest.fixture(scope="session", name="ledgers", params=ASKED)
def _ledgers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Ledger]]:
    """Return the ledgers by the letter of their story."""
    folder = tmp_path_factory.mktemp("stories")
    kept, opened_as = ASKED[request.param]
    with ExitStack() as opened:
        opened.enter_context(keeping(kept))
        ledgers: dict[str, Ledger] = {}
        for letter, story in STORIES.items():
            story.record(folder / f"{letter}.db")
            ledgers[letter] = opened.enter_context(
                opened_as.open(folder / f"{letter}.db", clock=AskedToday.today)
            )
        yield ledgers
