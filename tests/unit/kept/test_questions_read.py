"""What a program that has just begun reads for a question does not depend on what else there is."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coopledger import Ledger, View, events
from coopledger._facts import known_words
from coopledger._snapshot import Snapshot
from coopledger.events import Event
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock, numbered, office
from tests.counting import Calls
from tests.unit.kept.growing import TODAY, partnership

EARLIER = "2020-06-10"
SHORT, LONG = 5, 30  # partnerships

ABOUT_ONE: dict[str, Callable[[View], Any]] = {
    "a word": lambda view: view.find("code1x"),
    "a person": lambda view: view.person("Person of ps1x"),
    "its obstacles": lambda view: view.obstacles(partnership="ps1"),
    "obstacles in the way of a text": lambda view: view.obstacles(subject="i1"),
    "its sums": lambda view: view.sums(partnership="ps1"),
}
LONG_LISTS: dict[str, Callable[[View], Any]] = {
    "a word of many": lambda view: view.find("code"),
    "what is nobody's": lambda view: view.unassigned(),
    "obstacles": lambda view: view.obstacles(),
    "yields": lambda view: view.yields(),
    "parties": lambda view: view.parties(),
}


def told(number: int) -> Iterator[Event]:
    """Yield a partnership with a word, a person, an obstacle and a sum of its own."""
    at = f"ps{number}"
    yield from partnership(number)
    yield events.NoteAdded(subject=f"c{number}", text=f"code{number}x")
    yield events.MeetingHeld(
        meeting=f"m{number}", participants={"person": f"Person of {at}x"}, when="2020-03-01"
    )
    yield events.ObstacleReported(
        obstacle=f"o{number}", subject=f"i{number}", text="a", when="2020-03-01"
    )
    yield events.CommitmentMade(
        commitment=f"sum{number}",
        partnership=at,
        debtors="fr",
        creditors="vn",
        what="a fund",
        amount={"value": "10", "currency": "EUR"},
        when="2020-01-01",
    )


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


def opened(path: Path) -> Ledger:
    """Return the ledger in the file, as the next program opens it."""
    return Ledger(SqliteStore(path), name=NAME, clock=Clock(TODAY), ids=numbered("n"))


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the paths of a short log and a long one, of which all was asked before."""
    folder = tmp_path_factory.mktemp("logs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known_words, "_LEAST", 1)
        return written(folder, SHORT), written(folder, LONG)


def written(folder: Path, partnerships: int) -> Path:
    """Return the path of a log with so many partnerships, of which all was asked before."""
    path = folder / f"{partnerships}.db"
    acts = [event for number in range(partnerships) for event in told(number)]
    office(*acts, clock=Clock(EARLIER), store=SqliteStore(path)).close()
    with opened(path) as ledger:
        ledger.view().people()
        ledger.view().news(EARLIER)
    return path


@pytest.mark.parametrize("what", ABOUT_ONE)
def test_a_question_about_one_thing_reads_as_much_of_a_long_log_as_of_a_short_one(
    what: str, logs: tuple[Path, Path], rows: list[int]
) -> None:
    counts: list[int] = []
    for path in logs:
        with opened(path) as ledger:
            view = ledger.view()
            rows.clear()
            assert ABOUT_ONE[what](view)
        counts.append(sum(rows))

    assert counts[1] <= counts[0] + 2


@pytest.mark.parametrize("what", LONG_LISTS)
def test_a_long_list_is_read_in_pages(what: str, logs: tuple[Path, Path], rows: list[int]) -> None:
    counts: list[int] = []
    for path in logs:
        with opened(path) as ledger:
            view = ledger.view()
            rows.clear()
            LONG_LISTS[what](view)
        counts.append(len(rows))

    assert counts[1] <= counts[0] + 6


def test_news_ask_who_belongs_to_partnerships_that_may_differ_alone(
    logs: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Calls(monkeypatch, Snapshot, "parties_of")
    counts: list[int] = []
    for path in logs:
        with opened(Path(shutil.copy(path, tmp_path))) as ledger:
            ledger.view().news(EARLIER)
            ledger.record(
                events.MeetingHeld(meeting="new", kind="a", partnership="ps1", when=TODAY)
            )
            before = calls.count
            assert "new" in {each.id for each in ledger.view().news(EARLIER).changed}
            counts.append(calls.count - before)

    assert counts[0] == counts[1]


def test_what_is_not_kept_yet_is_kept_for_the_news(tmp_path: Path, folds: list[str]) -> None:
    path = tmp_path / "office.db"
    office(*told(1), clock=Clock(EARLIER), store=SqliteStore(path)).close()
    with opened(path) as ledger:
        ledger.view().news(EARLIER)
    folds.clear()
    with opened(path) as ledger:
        ledger.view().news(EARLIER)
    assert folds == []
