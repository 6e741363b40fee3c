"""Kept answers of two programs at once: what one asks for while the other records is fresh."""

from pathlib import Path

import pytest

from coopledger import Ledger
from tests.builders import Clock, office
from tests.servers import new_schema
from tests.unit.kept import another_program
from tests.unit.kept.another_program import PARTNERSHIPS
from tests.unit.kept.growing import TODAY, lists, partnership
from tests.unit.stores.processes import log_argument, open_log

ROUNDS = 25


@pytest.fixture(params=["file", "database"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the place of a log of which every list was asked for."""
    log = str(tmp_path / "office.db") if request.param == "file" else log_argument(new_schema())
    acts = [
        event for number in range(another_program.PARTNERSHIPS) for event in partnership(number)
    ]
    with office(*acts, clock=Clock(TODAY), store=open_log(log)) as ledger:
        lists(ledger.view())
    return log


def assert_fresh(ledger: Ledger) -> None:
    """Compare lists and single answers with those of a view that takes no kept answers."""
    view = ledger.view()
    cold = view.without()
    assert view.commitments(open=None) == cold.commitments(open=None)
    assert view.commitments() == cold.commitments()
    assert view.commitments(partnership="ps1") == cold.commitments(partnership="ps1")
    assert view.commitment("c3") == cold.commitment("c3")


def test_what_is_asked_for_while_another_program_records_is_fresh(log: str) -> None:
    with (
        another_program.opened(log, ids="held") as held,
        another_program.start(log, rounds=ROUNDS) as another,
    ):
        while another.poll() is None:
            assert_fresh(held)
            with another_program.opened(log, ids="new") as ledger:
                assert_fresh(ledger)
        assert another.returncode == 0
        assert_fresh(held)
        assert len(held.view().commitments(open=None)) == PARTNERSHIPS + ROUNDS
