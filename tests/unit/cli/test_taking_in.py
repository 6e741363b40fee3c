"""A spreadsheet is taken in, and a workbook written, by the command line."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from coopledger import Ledger
from tests.unit.cli.programs import RunHere

ROWS = """\
No.;Title;Partner;Type;Signed on;Valid until
T1;Seeds;Quiet Engines;MoU;16/08/2022;2026
T2;Rails;Quiet Engine;MoU;2021;31/02/2023
"""
ZONE = ("--zone", "Asia/Ho_Chi_Minh")


@pytest.fixture(name="sheet")
def _sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("office.csv").write_text(ROWS, encoding="utf-8")
    return "office.csv"


def test_a_new_ledger_is_begun_with_the_good_rows(sheet: str, run_here: RunHere) -> None:
    options = ("--us", "OC", "--accept-names", "--rest", "rest.csv", "--by", "desk 2")

    done = run_here("import", "office.db", sheet, *ZONE, *options)
    again = run_here("import", "office.db", sheet, *options)

    assert done.stdout.splitlines()[0] == "5 events recorded, 1 row left"
    assert done.stdout.splitlines()[-1] == (
        "E104 office.csv:3, F3: Valid until: '31/02/2023' is not a date: there is no such day; "
        "write it as 2022, 2022-08, 2022-08-16 or 2022-08-01/2022-08-16"
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "T2;Rails" in Path("rest.csv").read_text("utf-8-sig").replace(",", ";")
    assert again.stdout.splitlines()[0] == "0 events recorded, 2 recorded before, 1 row left"
    with Ledger.open("office.db", name="ledger", readonly=True) as ledger:
        assert ledger.timezone == "Asia/Ho_Chi_Minh"
        assert {each.event.recorded_by for each in ledger.events()} == {"desk 2"}


def test_bad_cells_and_names_in_doubt_refuse_all_and_leave_no_file(
    sheet: str, run_here: RunHere
) -> None:
    done = run_here("import", "office.db", sheet, "--us", "OC", *ZONE, "--marked", "marked.csv")

    assert done.returncode == 2
    assert [line.split("  ")[0:3] for line in done.stderr.splitlines()[:1]] == [
        ["✗ Nothing was recorded: 1 row cannot be recorded"]
    ]
    assert "F3  Valid until  '31/02/2023' is not a date" in done.stderr
    assert "C3  Partner      'Quiet Engine' may be 'Quiet Engines': spelled almost alike" in (
        done.stderr
    )
    assert not Path("office.db").exists()
    assert Path("marked.csv").exists()


def test_a_draft_is_written_looked_at_and_given_back(sheet: str, run_here: RunHere) -> None:
    drafted = run_here(
        "import", "office.db", sheet, "--draft", "office.toml", "--us", "OC", "--month-first"
    )
    text = Path("office.toml").read_text(encoding="utf-8")
    Path("office.toml").write_text(text.replace('# "Quiet', '"Quiet'), encoding="utf-8")
    options = ("--mapping", "office.toml", "--us", "OC", "--day-first", "--rest", "rest.csv")
    done = run_here("import", "office.db", sheet, *ZONE, *options, "--json")

    assert drafted.returncode == 0
    assert drafted.stdout.startswith("We are OC; month before day; as of no day\n\ntexts, headers")
    assert drafted.stdout.endswith("office.toml: look at it, then give it as --mapping\n")
    assert "day_first = false" in text
    assert (done.returncode, json.loads(done.stdout)["rejected_lines"]) == (1, 1)


def test_we_and_the_partners_can_be_told_without_an_editor(sheet: str, run_here: RunHere) -> None:
    ours = ("--us", "OC", "--us-name", "Office of Cooperation", "--us-kind", "agency")
    apart = ("--partner", "Quiet Engine", "Quiet Engine", "--rest", "rest.csv")
    run_here("import", "office.db", sheet, *ZONE, *ours, "--us-country", "VN", *apart)

    with Ledger.open("office.db", name="ledger", readonly=True) as ledger:
        us = ledger.view().party("OC")
        ids = [party.id for party in ledger.view().parties()]
    assert (us.name, us.kind, us.country) == ("Office of Cooperation", "agency", "VN")
    assert ids == ["OC", "quiet-engines"]
    assert "Quiet Engine'" not in Path("rest.csv").read_text("utf-8-sig")


def test_the_command_line_changes_what_a_mapping_says_of_us(sheet: str, run_here: RunHere) -> None:
    draft = ("--draft", "office.toml")
    run_here("import", "office.db", sheet, *draft, "--us", "OC", "--us-kind", "agency")
    first = Path("office.toml").read_text("utf-8")
    changed = ("--mapping", "office.toml", "--us-name", "The Office")
    run_here("import", "office.db", sheet, *draft, *changed)
    second = Path("office.toml").read_text("utf-8")
    run_here("import", "office.db", sheet, *draft, *changed, "--us", "OTHER")

    assert '[us]\n"party" = "OC"\n"kind" = "agency"\n# "name" = "OC"\n# "country" = ""' in first
    assert '[us]\n"party" = "OC"\n"kind" = "agency"\n"name" = "The Office"\n#' in second
    assert '"party" = "OTHER"\n"name" = "The Office"\n#' in Path("office.toml").read_text("utf-8")


def test_a_draft_proposes_the_names_of_the_ledger(sheet: str, run_here: RunHere) -> None:
    begun = ("--party", "ENGINES", "Quiet Engines", "company")
    run_here("new", "office.db", *ZONE, *begun)

    run_here("import", "office.db", sheet, "--draft", "office.toml", "--us", "OC", "--accept-names")

    assert '"Quiet Engine" = "Quiet Engines"\n' in Path("office.toml").read_text("utf-8")


def test_a_trial_writes_nothing(sheet: str, run_here: RunHere) -> None:
    options = ("--us", "OC", "--accept-names", "--rest", "rest.csv", "--dry-run")

    new = run_here("import", "office.db", sheet, *ZONE, *options)

    assert new.stdout.startswith("5 events would be recorded, 1 row left")
    assert [each.name for each in Path().iterdir()] == [sheet]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("office.db", "office.csv"), "--us is missing: say our own id, or give a --mapping"),
        (
            ("office.db", "office.csv", "--us", "OC"),
            "there is no ledger office.db: say its --zone to begin one, or mend the name",
        ),
        (
            ("office.db", "office.csv", "--us", "OC", "--as-of", "yesterday"),
            "--as-of 'yesterday' is not a date",
        ),
        (("office.db", "none.csv", "--us", "OC"), "none.csv: No such file or directory"),
    ],
)
def test_what_is_missing_is_told(
    sheet: str, run_here: RunHere, words: tuple[str, ...], told: str
) -> None:
    assert sheet
    done = run_here("import", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_workbook_of_what_stands_where_is_exported(
    office: Path, tmp_path: Path, run_here: RunHere
) -> None:
    path = tmp_path / "all.xlsx"

    done = run_here("export", office, path, "--on", "2022-12-31")

    assert done.stdout == f"{path}: where all stands on 2022-12-31\n"
    book = load_workbook(path)
    assert book.sheetnames == [
        *("Board", "Texts", "Promises", "Proposals", "Meetings", "Signatures")
    ]
    assert book["Board"]["A2"].value == "Viện Hải Châu – Nordhavn [red]"


def test_a_workbook_names_the_other_side_or_has_every_column(
    office: Path, tmp_path: Path, run_here: RunHere
) -> None:
    path = tmp_path / "all.xlsx"

    run_here("export", office, path, "--us", "HC")
    seen = load_workbook(path)["Board"]
    run_here("export", office, path, "--all-columns")
    whole = load_workbook(path)["Board"]

    assert (seen["A1"].value, seen["A2"].value) == ("partnership", "Nordhavn [red]")
    assert (whole["A1"].value, whole["A2"].value) == ("id", "north")


@pytest.mark.parametrize(
    ("file", "option", "told"),
    [
        ("all.xlsx", ("--plain",), "--plain is for JSON Lines: leave it out"),
        ("all.jsonl", ("--on", "2022"), "--on is for a workbook (.xlsx): every event is written"),
        ("all.jsonl", ("--us", "HC"), "--us is for a workbook (.xlsx): every event is written"),
        ("all.jsonl", ("--all-columns",), "--all-columns is for a workbook (.xlsx)"),
    ],
)
def test_options_of_one_kind_of_export_are_refused_for_the_other(
    office: Path, run_here: RunHere, file: str, option: tuple[str, ...], told: str
) -> None:
    assert told in run_here("export", office, file, *option).stderr
