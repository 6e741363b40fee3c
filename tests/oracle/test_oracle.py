"""The two time axes, against an oracle that folds everything from scratch for every question.

The oracle is plain Python over the events as dictionaries; it shares no code with the package.
"""

import ast
from pathlib import Path

import pytest

from coopledger import events
from coopledger.events.envelope import is_event
from tests.keeping import KEPT, Kept
from tests.oracle.comparison import Tally, compare
from tests.oracle.minimising import fewest, smallest

HERE = Path(__file__).parent
PRODUCT_SIDE = {
    *("comparison.py", "minimising.py", "__main__.py"),
    *("test_oracle.py", "test_seeded_bugs.py"),
}
DRAWING = ("acts.py", "histories.py", "reminders.py")
PLAIN = sorted(file.name for file in HERE.glob("*.py") if file.name not in PRODUCT_SIDE)


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize(("seed", "partnerships"), [(2, 100), (3, 100), (4, 12), (6, 12), (7, 12)])
def test_the_ledger_says_what_the_oracle_says(seed: int, partnerships: int, kept: Kept) -> None:
    """On random days and record times, with hindsight and without; with few acts, and many."""
    tally = compare([seed], partnerships=partnerships, events=350, cases=30, kept=kept)

    print(tally)
    assert tally.differences == []
    assert tally.cases == 30
    assert tally.recorded >= 350


def test_every_type_of_event_that_bears_on_an_answer_is_drawn() -> None:
    drawn = "".join((HERE / name).read_text(encoding="utf-8") for name in DRAWING)
    types = {name for name in events.__all__ if is_event(getattr(events, name))}

    assert {name for name in types if f'"{name}"' not in drawn} == {"NoteAdded", "SourceAdded"}


def test_what_differs_is_told() -> None:
    tally = Tally(recorded=3, refused=2, cases=1, answers=4, values=20, differences=["a"])

    assert str(tally) == (
        "3 events recorded and 2 refused; 1 cases, 4 answers, 20 values compared; 1 differ"
    )


def test_of_a_history_that_differs_the_fewest_events_are_kept() -> None:
    assert fewest(range(100), {3, 4, 71}.issubset) == [3, 4, 71]


def test_of_a_history_in_which_nothing_differs_nothing_is_told() -> None:
    assert list(smallest(2, partnerships=4, events=60, cases=2, kept="never")) == []


@pytest.mark.parametrize("name", PLAIN)
def test_the_oracle_shares_nothing_with_the_package(name: str) -> None:
    tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
    imported: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")

    foreign = {module for module in imported if module.startswith(("coopledger", "tests"))}
    assert {module for module in foreign if not module.startswith("tests.oracle")} == set()
