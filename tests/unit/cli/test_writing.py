"""Commands that write or prove, as real processes."""

import json
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from coopledger import Ledger
from tests.unit.cli.programs import environment, make_office, run

NEW = ("--zone", "Asia/Ho_Chi_Minh", "--party", "HC", "Hải Châu", "centre:VN")
GOOD = '{"type":"party-registered","id":"p","party":"NU","name":"Nord","kind":"university"}\n'
NOTE = '{"type":"note-added","id":"n%d","subject":"NU","text":"a note"}\n'
BAD = """\
{"type":"party-registered","id":"q","party":"XU","name":"X","kind":"univers"}
{"type":"meeting-held","id":"m","meeting":"m1","partnership":"HCC","when":"31/03/2027"}
"""


@pytest.fixture(name="ledger")
def _ledger(tmp_path: Path) -> Path:
    path = tmp_path / "new.db"
    run("new", path, *NEW)
    return path


def test_a_new_ledger_has_its_zone_and_parties(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    made = run("new", path, *NEW, "--us", "HC")

    assert made.stdout == (
        f"{path}: a new ledger in Asia/Ho_Chi_Minh, 1 event\n"
        "Shorter commands, in this shell:\n"
        f"  export COOPLEDGER_LEDGER={path}\n"
        "  export COOPLEDGER_US=HC\n"
    )
    with Ledger.open(path, readonly=True) as ledger:
        party = ledger.view().party("HC")
        assert (ledger.timezone, party.name, party.country) == (
            "Asia/Ho_Chi_Minh",
            "Hải Châu",
            "VN",
        )


def test_a_ledger_is_begun_once_and_by_a_party(ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"

    for zone in ((), ("--zone", "UTC")):
        again = run("new", ledger, *NEW, *zone)
        assert again.stderr.splitlines()[0] == (
            f"✗ {ledger} is a ledger with 1 event already: add to it with `coopledger record`,"
            " or name another file"
        )
        assert again.returncode == 2
    assert "--party is missing" in run("new", other, "--zone", "UTC").stderr
    assert run("new", other, *NEW, "--us", "XX").stderr == (
        "✗ --us 'XX' is none of the parties: give it as a --party too\n"
    )
    assert "--zone 'Utopia' is not a known" in run("new", other, *NEW, "--zone", "Utopia").stderr
    assert "E201" in run("new", other, *NEW, *NEW[2:]).stderr
    assert not other.exists()


def test_a_new_ledger_hides_no_other_of_its_file(ledger: Path, tmp_path: Path) -> None:
    other, exported = tmp_path / "other.db", tmp_path / "all.jsonl"
    make_office(other, name="hai-chau")
    run("export", ledger, exported)

    for words in (("new", other, *NEW), ("restore", other, exported)):
        refused = run(*words)
        assert refused.returncode == 2
        assert refused.stderr.splitlines()[0] == (
            f"✗ {other} holds the ledger 'hai-chau' already: name another file, or give the new"
            " one a --name"
        )
    assert "north" in run("board", other).stdout
    assert run("restore", other, exported, "--name", "ledger").returncode == 0


def test_lines_are_recorded_from_a_file_or_the_standard_input(ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(GOOD, encoding="utf-8")

    assert run("record", ledger, file, "--dry-run").stdout == "1 event would be recorded\n"
    assert run("record", ledger, "-", "--by", "an office", text=GOOD).stdout == "1 event recorded\n"
    assert run("record", ledger, file).stdout == "0 events recorded, 1 recorded before\n"
    receipt = json.loads(run("record", ledger, file, "--json").stdout)
    assert receipt["already"] == 1


def test_a_refusal_names_every_bad_line_and_records_nothing(ledger: Path, tmp_path: Path) -> None:
    refused = run("record", ledger, "-", text=GOOD + BAD)

    head, *lines = refused.stderr.splitlines()
    assert (head, refused.returncode) == ("✗ Nothing was recorded: 2 lines cannot be recorded", 2)
    assert [line.split()[:3] for line in lines[:-1]] == [
        ["line", "2", "kind"],
        ["line", "3", "when"],
    ]
    assert "did you mean 'university'?" in lines[0]
    assert "2027-03-31" in lines[1]
    assert lines[-1] == "  exit code 2; mend the file and run it again"
    with Ledger.open(ledger, readonly=True) as opened:
        assert opened.position == 1

    rejects = tmp_path / "rejects.jsonl"
    kept = run("record", ledger, "-", "--rejects", rejects, text=GOOD + BAD)
    assert kept.stdout.startswith("1 event recorded, 2 lines rejected\n")
    assert kept.returncode == 1
    assert rejects.read_text(encoding="utf-8") == BAD


def test_what_is_exported_is_restored(ledger: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / "all.jsonl", tmp_path / "copy.db"

    assert run("export", ledger, file).stdout == f"{file}: 1 event\n"
    assert run("export", ledger, "-").stdout == file.read_text(encoding="utf-8")
    assert run("restore", copy, file).stdout == f"{copy}: 1 event\n"
    assert run("export", copy, "-").stdout == file.read_text(encoding="utf-8")
    assert run("restore", copy, file).returncode == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["all.jsonl", "copy.db", "new.db"]


def test_a_restoring_that_is_refused_leaves_no_file(ledger: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(GOOD)

    assert run("restore", tmp_path / "copy.db", bad).returncode == 2
    assert run("restore", tmp_path / "copy.db", tmp_path / "none.jsonl").returncode == 2
    missing = run("restore", tmp_path / "none" / "copy.db", bad)
    assert missing.stderr.startswith(f"✗ {tmp_path / 'none' / 'copy.db'}: there is no folder")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.jsonl", ledger.name]


def test_a_trial_makes_no_file_and_changes_none(ledger: Path, tmp_path: Path) -> None:
    empty, file = tmp_path / "empty.db", tmp_path / "news.jsonl"
    empty.touch()
    file.write_text(GOOD + "".join(NOTE % each for each in range(2_000)))
    ledger.chmod(0o444)

    tried = run("record", ledger, file, "--dry-run")
    refused = run("record", empty, file, "--dry-run")

    assert (tried.stdout, tried.returncode) == ("2001 events would be recorded\n", 0)
    assert refused.returncode == 2
    assert empty.stat().st_size == 0
    names = ["empty.db", "new.db", "news.jsonl"]
    assert sorted(each.name for each in tmp_path.iterdir()) == names


def test_check_tells_by_its_exit_code_that_something_was_found(ledger: Path, office: Path) -> None:
    assert (run("check", ledger).stdout, run("check", ledger).returncode) == (
        "Check: nothing to look at.\n",
        0,
    )
    found = run("check", office)
    assert found.returncode == 1
    assert "W105" in found.stdout
    assert "W105" in {each["code"] for each in json.loads(run("check", office, "--json").stdout)}
    assert run("check", office, "--csv").stdout.startswith("code,message,field")


def test_verify_tells_by_its_exit_code_that_the_log_was_changed(ledger: Path) -> None:
    with Ledger.open(ledger, readonly=True) as opened:
        checkpoint = opened.checkpoint()
    sound = run("verify", ledger, "--since", str(checkpoint))
    assert sound.stdout.startswith("✓ 1 event, chain unbroken, head ")
    assert sound.returncode == 0
    assert run("verify", ledger, "--since", "nonsense").returncode == 2

    with sqlite3.connect(ledger) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            )
        ]
        for trigger in tables:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        changed = "CAST(replace(payload, 'centre', 'agency') AS BLOB)"
        connection.execute(f"UPDATE event SET payload = {changed}")  # noqa: S608 - as it stands
    connection.close()
    told = run("verify", ledger)
    assert told.stdout.startswith("✗ the log is not what was recorded: position 1: ")
    assert told.returncode == 1
    assert json.loads(run("verify", ledger, "--json").stdout)["fault"]["position"] == 1


def test_without_click_the_command_that_installs_it_is_told() -> None:
    program = "import sys; sys.modules['click'] = None; from coopledger.cli import main; main()"
    told = subprocess.run(  # noqa: S603 - it starts only itself
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment(),
    )

    assert told.stderr == "click is not installed: pip install 'coopledger[cli]'\n"
    assert told.returncode == 2


@pytest.mark.parametrize("words", [("report", "--out"), ("export",)], ids=["report", "export"])
def test_nothing_is_written_over_a_ledger(
    words: tuple[str, ...], ledger: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    run("new", other, *NEW)
    command, *option = words
    for target in (ledger, other):
        before = target.read_bytes()

        refused = run(command, ledger, *option, target)

        assert refused.returncode == 2
        assert f"{target.name}' " in refused.stderr
        assert refused.stderr.endswith(": name another file\n")
        assert target.read_bytes() == before


def test_a_slip_in_the_name_of_a_ledger_begins_no_other(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(GOOD)
    slip = tmp_path / "nwe.db"

    refused = run("record", slip, file)

    assert refused.returncode == 2
    assert f"there is no ledger {slip}: begin one with `coopledger new`" in refused.stderr
    assert not slip.exists()


def test_a_path_with_a_blank_is_told_as_a_shell_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "a b.db"

    made = run("new", path, *NEW)

    assert f"  export COOPLEDGER_LEDGER='{path}'\n" in made.stdout


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_report_is_made_on_the_first_and_the_last_of_all_days(ledger: Path, day: str) -> None:
    made = run("report", ledger, "--on", day, "--out", "-")

    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.endswith("</html>")


def test_a_program_without_an_output_ends_as_ever(ledger: Path) -> None:
    board = [sys.executable, "-m", "coopledger", "board", str(ledger)]
    shell = ["/bin/sh", "-c", f"{shlex.join(board)} >&- 2>&-"]

    ended = subprocess.run(shell, env=environment(), check=False)  # noqa: S603 - our own words

    assert ended.returncode == 0
