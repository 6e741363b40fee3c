"""What is read of a file after one more record does not depend on how much it holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coopledger import Ledger, View, events
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock, numbered, office
from tests.unit.kept.growing import TODAY, lists, partnership

READ: dict[str, Callable[[View], object]] = {
    "the board": lambda view: view.partnerships(),
    "what is pending": lambda view: view.commitments(),
    "the agenda": lambda view: view.agenda(),
    "one partnership": lambda view: view.partnership("ps1"),
    "its promises": lambda view: view.commitments(partnership="ps1"),
}


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many rows each statement gives in the test."""
    counts: list[int] = []
    ask: Callable[..., list[Any]] = getattr(SqliteStore, "_ask")  # noqa: B009

    def counted(self: SqliteStore, statement: str, values: tuple[str | int, ...]) -> list[Any]:
        found = ask(self, statement, values)
        counts.append(len(found))
        return found

    monkeypatch.setattr(SqliteStore, "_ask", counted)
    return counts


def written(path: Path, partnerships: int) -> Path:
    """Return the path of a log with so many partnerships, of which every list was asked for."""
    file = path / f"{partnerships}.db"
    acts = [event for number in range(partnerships) for event in partnership(number)]
    with office(*acts, clock=Clock(TODAY), store=SqliteStore(file)) as ledger:
        lists(ledger.view())
    return file


@pytest.mark.parametrize("what", READ)
def test_one_more_record_has_as_much_read_of_a_long_log_as_of_a_short_one(
    what: str, tmp_path: Path, rows: list[int]
) -> None:
    counts: list[tuple[int, int]] = []
    for partnerships in (4, 60):
        path = written(tmp_path, partnerships)
        with Ledger(SqliteStore(path), name=NAME, clock=Clock(TODAY), ids=numbered("n")) as ledger:
            READ[what](ledger.view())
            ledger.record(events.CommitmentFulfilled(commitment="c1", when="2020-06-01"))
            rows.clear()
            READ[what](ledger.view())
        counts.append((len(rows), sum(rows)))

    assert counts[0] == counts[1]


def test_opening_reads_of_what_is_pending_the_answers_alone(
    tmp_path: Path, rows: list[int]
) -> None:
    path = written(tmp_path, 60)
    with Ledger(SqliteStore(path), name=NAME, clock=Clock(TODAY), ids=numbered("n")) as ledger:
        ledger.record(
            *(
                events.CommitmentFulfilled(commitment=f"c{number}", when="2020-06-01")
                for number in range(50)
            )
        )
        ledger.view().commitments()
    rows.clear()

    with Ledger(SqliteStore(path), name=NAME, clock=Clock(TODAY)) as ledger:
        assert len(ledger.view().commitments()) == 10

    assert max(rows) < 60  # the rules of the index by type are the most
    assert sum(rows) < 150
