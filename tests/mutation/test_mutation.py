"""Mutants of the tables are made, and tests kill them."""

import subprocess
import sys
from pathlib import Path

import pytest

from coopledger.terms import MeetingStatus
from tests.mutation.tables import Table, mutants, tables
from tests.needs import FORK

pytestmark = FORK

TEST = """
from coopledger._rules import meeting

def test_a_meeting_waits_that_is_announced_or_put_off():
    assert meeting.WAITING {}
"""


def changes(value: object) -> list[str]:
    return [mutant.change for mutant in mutants(Table("a.A", value))]


def test_a_cell_takes_every_other_value_of_its_table() -> None:
    table = {"open": {"close": "closed", "wait": "="}, "closed": {"close": "=", "wait": "E1"}}

    assert [change for change in changes(table) if change.startswith("open/")] == [
        "open/close: closed becomes =",
        "open/close: closed becomes E1",
        "open/wait: = becomes closed",
        "open/wait: = becomes E1",
    ]


def test_a_row_is_dropped_and_neighbours_are_swapped() -> None:
    assert changes({"one": 1, "two": 2}) == [
        "one: 1 becomes 2",
        "two: 2 becomes 1",
        "without one",
        "without two",
        "one and two swapped",
    ]
    assert changes(("one", "two")) == [
        "without row 0, one",
        "without row 1, two",
        "rows 0 and 1 swapped",
    ]


def test_a_set_loses_each_member_and_gains_each_other_word() -> None:
    waiting = frozenset({MeetingStatus.SCHEDULED, MeetingStatus.POSTPONED})

    assert changes(waiting) == [
        *("without postponed", "without scheduled"),
        *("with none", "with held", "with cancelled", "with unrecorded"),
    ]


def test_a_table_that_a_module_imports_is_mutated_once() -> None:
    names = [table.name for table in tables()]

    assert {"stage.STAGES", "instrument_table.TABLE", "instrument_table.HELD"} <= set(names)
    assert "stage.GONE" not in names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("asserted", "code", "told"),
    [
        ("== {'scheduled', 'postponed'}", 0, "6 mutants, 6 killed, 0 explained | 0 findings"),
        (">= {'scheduled'}", 1, "6 mutants, 1 killed, 2 explained | 3 findings"),
        ("== {'held'}", 1, "fails without a mutant"),
    ],
)
def test_a_mutant_dies_where_a_test_asserts_what_it_changes(
    asserted: str, code: int, told: str, tmp_path: Path
) -> None:
    test = tmp_path / "test_meeting.py"
    test.write_text(TEST.format(asserted), encoding="utf-8")
    command = ("-m", "tests.mutation", "--tables", "meeting.WAITING", "--tests", str(test))

    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)

    assert done.returncode == code, done.stderr
    assert told in done.stdout + done.stderr
