"""Commands that ask, as real processes: whole pages, JSON, CSV, refusals, pipes."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from psycopg.conninfo import conninfo_to_dict

from coopledger import Ledger, render
from coopledger.plain import as_dict
from coopledger.view import View
from tests.servers import new_database
from tests.unit.cli.programs import COMMAND, environment, make_office, run

DAY = "2022-12-15"
PAGES: dict[tuple[str, ...], Callable[[View], str]] = {
    ("board",): render.board,
    ("pending",): render.pending,
    ("pending", "--us", "HC"): lambda view: render.pending(view, us="HC"),
    ("board", "--us", "HC"): lambda view: render.board(view, us="HC"),
    ("pending", "--with", "north"): lambda view: (
        f"With Viện Hải Châu – Nordhavn [red]\n\n{render.pending(view)}"
    ),
    ("pending", "--with", "NU"): lambda view: f"With Nordhavn [red]\n\n{render.pending(view)}",
    ("why", "north"): lambda view: render.explanation(view, "north"),
    ("show", "buoys"): lambda view: render.explanation(view, "buoys"),
    ("show", "HC"): lambda view: render.dossier(view, party="HC"),
}


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_a_page_is_that_of_the_library(words: tuple[str, ...], office: Path) -> None:
    command, *others = words
    shown = run(command, office, *others, "--on", DAY)

    with Ledger.open(office, readonly=True) as ledger:
        page = PAGES[words](ledger.view(DAY))
    assert (shown.stdout, shown.stderr, shown.returncode) == (f"{page}\n", "", 0)
    assert "\x1b" not in shown.stdout


def test_a_partnership_is_shown_with_what_is_pending_and_what_happened(office: Path) -> None:
    shown = run("show", office, "north", "--on", DAY).stdout

    with Ledger.open(office, readonly=True) as ledger:
        view = ledger.view(DAY)
        parts = view.explain("north").sentence, render.pending(view), render.timeline(view, "north")
    assert shown == "\n\n".join(parts) + "\n"


def test_the_agenda_holds_what_is_late_or_near(office: Path) -> None:
    page = f"Agenda on {DAY} and the 30 days after it\n\nDUE"
    assert run("agenda", office, "--on", DAY).stdout.startswith(page)
    assert run("agenda", office, "--on", "2022-06-01").stdout == (
        "Agenda on 2022-06-01 and the 30 days after it: nothing.\n"
    )


def test_the_ledger_may_be_named_by_the_environment(office: Path) -> None:
    named = run("why", "north", "--on", DAY, COOPLEDGER_LEDGER=str(office))

    assert named.stdout == run("why", office, "north", "--on", DAY).stdout
    unnamed = run("why", "north")
    assert unnamed.returncode == 2
    assert unnamed.stderr == (
        "✗ no ledger is named: give its file first, or set COOPLEDGER_LEDGER\n"
        "  see: coopledger why --help\n"
    )


def test_json_is_the_plain_form_of_the_answers(office: Path) -> None:
    with Ledger.open(office, readonly=True) as ledger:
        view = ledger.view(DAY)
        expected = {
            ("board",): [as_dict(each) for each in view.partnerships()],
            ("pending",): [as_dict(each) for each in view.commitments()],
            ("why", "north"): as_dict(view.explain("north")),
            ("show", "north"): {
                **as_dict(view.partnership("north")),
                "timeline": [as_dict(each) for each in view.timeline("north")],
            },
            ("show", "buoys"): {**as_dict(view.commitment("buoys")), "timeline": []},
            ("show", "HC"): as_dict(view.dossier(party="HC")),
        }
    for (command, *others), value in expected.items():
        shown = run(command, office, *others, "--on", DAY, "--json", PYTHONIOENCODING="ascii")
        assert json.loads(shown.stdout) == value


def test_csv_has_the_names_of_the_fields_also_without_rows(office: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("pending", office, "--on", DAY, "--csv").stdout)))
    none = run("pending", office, "--on", "2020-01-01", "--csv").stdout

    assert [row["id"] for row in rows] == ["buoys", "visit"]
    assert none.rstrip("\n").split(",") == list(rows[0])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("why", "nroth"), "unknown id 'nroth'; did you mean 'north'?"),
        (("show", "nroth"), "unknown id 'nroth'; did you mean 'north'?"),
        (("board", "--with", "nroth"), "unknown partnership 'nroth'; did you mean 'north'?"),
        (
            ("board", "--on", "15/12/2022"),
            "--on '15/12/2022' is not a date: did you mean 2022-12-15?",
        ),
        (("board", "--name", "legder"), "unknown ledger 'legder'; did you mean 'ledger'?"),
    ],
)
def test_a_refusal_names_place_value_and_remedy(
    words: tuple[str, ...], message: str, office: Path
) -> None:
    command, *others = words
    refused = run(command, office, *others)

    assert (refused.stderr, refused.stdout, refused.returncode) == (f"✗ {message}\n", "", 2)


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    refused = run("board", tmp_path / "none.db")

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"✗ {tmp_path / 'none.db'}: there is no such file")
    assert list(tmp_path.iterdir()) == []


def test_the_only_ledger_of_a_file_needs_no_name(tmp_path: Path) -> None:
    make_office(tmp_path / "one.db", name="hai-chau")
    make_office(tmp_path / "two.db", name="hai-chau")
    make_office(tmp_path / "two.db", name="da-nang")

    assert "north" in run("board", tmp_path / "one.db").stdout
    assert run("board", tmp_path / "two.db").stderr.startswith("✗ unknown ledger 'ledger'")
    assert "north" in run("board", tmp_path / "two.db", "--name", "da-nang").stdout


def test_a_stream_that_holds_ascii_alone_gets_escapes(office: Path) -> None:
    shown = run("show", office, "HC", "--on", DAY, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    refused = run("why", office, "nroth", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert (shown.returncode, refused.returncode) == (0, 2)
    assert "Vi\\u1ec7n H\\u1ea3i Ch\\xe2u" in shown.stdout
    assert refused.stderr == "x unknown id 'nroth'; did you mean 'north'?\n"


def test_a_pipe_that_is_closed_ends_the_program_quietly(office: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - it starts only itself
        [*COMMAND, "board", str(office)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 141


def test_a_ledger_on_postgresql_is_read_at_its_address() -> None:
    with new_database() as connection:
        address = f"postgresql:///?{urlencode(conninfo_to_dict(connection))}"
        make_office(address)
        shown = run("why", address, "north", "--on", DAY)

    assert shown.stdout.startswith("Viện Hải Châu – Nordhavn [red] (north) is active")
    assert shown.returncode == 0


def test_words_that_are_missing_or_too_many_are_refused(office: Path) -> None:
    assert "ID is missing" in run("why").stderr
    assert "one word too many: 'x'" in run("board", office, "x").stderr
    assert "No such command 'bord'" in run("bord").stderr
    assert run().returncode == 0
    assert "COOPLEDGER_US" in run("board", "--help").stdout


def test_a_shell_completes_the_ids_of_the_ledger(office: Path) -> None:
    def complete(*words: str, word: str) -> list[str]:
        line = " ".join(("coopledger", *words, word))
        shown = run(
            _COOPLEDGER_COMPLETE="bash_complete",
            COMP_WORDS=line,
            COMP_CWORD=str(len(words) + 1),
            COOPLEDGER_LEDGER="/nowhere" if str(office) in words else str(office),
        )
        return shown.stdout.split()

    assert complete("why", str(office), word="no") == ["plain,north", "plain,north-mou"]
    assert complete("board", "--with", word="N") == ["plain,NU"]
    assert complete("board", str(office), "--us", word="N") == ["plain,NU"]
    assert complete("why", "/nowhere", word="no") == []
    assert complete(word="ve") == ["plain,verify"]
    assert "_COOPLEDGER_COMPLETE" in run("completion", "bash").stdout


def test_a_report_is_one_file_of_html(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "office.html"
    asked = ("report", office, "--us", "HC", "--period", "2022", "--on", DAY)
    shown = run(*asked, "--out", file)

    assert (shown.stdout, shown.stderr, shown.returncode) == (
        f"{file}: the report of {DAY}\n",
        "",
        0,
    )
    assert run(*asked, "--out", "-").stdout == file.read_text(encoding="utf-8")
    assert '<html lang="vi">' in run(*asked, "--language", "vi", "--out", "-").stdout
    refused = run("report", office, "--period", "last year", "--out", file)
    assert refused.stderr.startswith("✗ --period 'last year' ")
    assert refused.returncode == 2
