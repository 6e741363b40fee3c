"""Minutes of a meeting, recorded from a file of TOML by a real process."""

from pathlib import Path

import pytest

from coopledger import Ledger
from tests.unit.cli.programs import make_office, run

MINUTES = """\
meeting = "hanoi"
partnership = "north"
kind = "talks"
when = 2022-08-16
source = "minutes"
agreed = ["meet each year"]

[[commitments]]
debtors = "NU"
creditors = "HC"
what = "a list"
"""


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    make_office(path)
    return path


def _written(folder: Path, text: str) -> Path:
    file = folder / "minutes.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_minutes_are_recorded_for_the_parties_of_the_partnership(
    office: Path, tmp_path: Path
) -> None:
    file = _written(tmp_path, MINUTES)

    trial = run("record", office, file, "--dry-run")
    assert (trial.stdout, trial.returncode) == ("3 events would be recorded\n", 0)
    made = run("record", office, file, "--by", "desk 2")
    assert (made.stdout, made.stderr, made.returncode) == ("3 events recorded\n", "", 0)
    with Ledger.open(office, name="ledger", readonly=True) as ledger:
        agreed = ledger.view().commitment("hanoi/a1")
        assert agreed.debtors == agreed.creditors == ("HC", "NU")
        assert {event.event.recorded_by for event in ledger.events(after=7)} == {"desk 2"}


def test_minutes_sent_twice_are_recorded_once(office: Path, tmp_path: Path) -> None:
    file = _written(tmp_path, MINUTES)
    run("record", office, file)

    again = run("record", office, file)

    assert (again.stdout, again.returncode) == ("0 events recorded, 3 recorded before\n", 0)


def test_minutes_with_more_than_before_are_refused(office: Path, tmp_path: Path) -> None:
    run("record", office, _written(tmp_path, MINUTES))

    again = run("record", office, _written(tmp_path, MINUTES + "[next]\nplanned = 2023-08-16\n"))

    assert again.returncode == 2
    assert "'hanoi/c1' is recorded at position 10 already: record what is new apart" in again.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            MINUTES + "due = 2022-09-31x\n",
            "line 12  the file is no TOML at column 7: invalid date or datetime",
        ),
        (
            MINUTES + "due = 2022-09\n",
            'all but a whole day stands in quotation marks, such as "2022-08" (E106)',
        ),
        (
            MINUTES + 'dew = "2022"\n',
            "commitments[0]  'dew' is no field of CommitmentMade; did you mean 'due'? (E103)",
        ),
        (MINUTES.replace("north", "nord"), "did you mean 'north'?"),
        (
            MINUTES.replace("minutes", "m\xe9mo"),
            "byte 85, 0xE9, is no UTF-8: save the file as",
        ),
    ],
)
def test_faults_are_told_with_their_places(
    office: Path, tmp_path: Path, text: str, told: str
) -> None:
    file = tmp_path / "minutes.toml"
    file.write_text(text, encoding="latin-1")

    refused = run("record", office, file)

    assert told in refused.stderr
    assert refused.returncode == 2
    with Ledger.open(office, name="ledger", readonly=True) as ledger:
        assert ledger.position == 7


def test_what_minutes_do_not_have_is_refused(office: Path, tmp_path: Path) -> None:
    missing = run("record", office, tmp_path / "other.toml")
    assert "other.toml: No such file or directory: check the path" in missing.stderr

    rejects = run("record", office, _written(tmp_path, MINUTES), "--rejects", tmp_path / "bad")
    assert rejects.stderr.startswith(
        "✗ --rejects is for lines: minutes are recorded whole, leave it out"
    )
