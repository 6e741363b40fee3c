"""Commands that ask, as real processes: whole pages, JSON, CSV, refusals, pipes."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlencode

import pytest
from psycopg.conninfo import conninfo_to_dict

from coopledger import Ledger, events, render
from coopledger._display.tables import wrapped
from coopledger.plain import as_dict
from coopledger.view import View
from tests.servers import new_database
from tests.unit.cli.programs import COMMAND, RunHere, environment, make_office, run

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
        sentence = "\n".join(wrapped(view.explain("north").sentence, 100))
        parts = (
            f"{sentence}\nlast heard: 2022-05-20",
            render.pending(view),
            render.timeline(view, "north"),
        )
    assert shown == "\n\n".join(parts) + "\n"


def test_pages_are_as_wide_as_is_said(office: Path) -> None:
    for words in (("board",), ("show", "north"), ("why", "north"), ("pending",)):
        command, *others = words
        page = run(command, office, *others, "--on", DAY, COLUMNS="72").stdout
        assert max(map(len, page.splitlines())) <= 72


def test_every_page_says_by_when_what_counts_was_known(office: Path) -> None:
    with Ledger.open(office, readonly=True) as ledger:
        board = render.board(ledger.view(DAY, known_at="2019-12-31"))
    known = "--on", DAY, "--known-at", "2019-12-31"

    assert run("board", office, *known).stdout == f"{board}\n"
    for words in (("pending",), ("agenda",), ("why", "north"), ("show", "north"), ("show", "HC")):
        command, *others = words
        assert "as known 2019-12-31" in run(command, office, *others, *known).stdout
    shown = run("pending", office, "--with", "NU", "--on", DAY, "--known-at", "2100-01-01").stdout
    assert shown.startswith(f"With Nordhavn [red]\n\nPending on {DAY}, as known 2100-01-01")
    assert "nown" not in run("board", office, *known, "--json").stdout


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
        (
            ("board", "--with", "nroth"),
            "--with 'nroth' is neither a partnership nor a party; did you mean 'north'?",
        ),
        (
            ("pending", "--with", "XX"),
            (
                "--with 'XX' is neither a partnership nor a party: give the id of one, such as"
                " 'north', 'HC', 'NU'"
            ),
        ),
        (("show", "XX"), "unknown id 'XX': `coopledger board` shows the ids of partnerships"),
        (("why", "HC"), "'HC' is a party, which has no state: see `coopledger show HC`"),
        (
            ("verify", "--signed-by", "/none.pem"),
            (
                "--signed-by '/none.pem' cannot be read (No such file or directory): give the file"
                " of a public key in PEM"
            ),
        ),
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
    assert "ID is missing: give it after the ledger" in run("why").stderr
    assert "ID is missing: give it after the ledger" in run("show", office).stderr
    assert "'x' is one word too many: leave it out" in run("board", office, "x").stderr
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


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("bord",), "'bord' is no command; did you mean 'board'?"),
        (("board", "--onn", "x"), "--onn is no option here; did you mean '--on'?"),
        (("board", "--on"), "--on: its value is missing: write --on DAY"),
        (("board", "--json=1"), "--json takes no value: leave out what follows the sign ="),
        (("board", "--json", "--csv"), "--json and --csv exclude each other: give one of them"),
        (("agenda", "--within", "-3"), "--within '-3' is no number of days: give a whole one, "),
        (("report", "--language", "fri"), "--language 'fri' is none of en, fr, vi; did you mean "),
        (("completion", "tcsh"), "SHELL 'tcsh' is none of bash, zsh, fish"),
        (("completion",), "SHELL is missing: give it as SHELL"),
        (("new", "--party", "A", "B", "state"), "--zone is missing: give it as --zone ZONE"),
        (("new", "--zone", "UTC", "--party", "A"), "--party: some of its 3 values are missing: "),
        (("completion", "bash", "zsh"), "Got unexpected extra argument (zsh)"),
    ],
    ids=str,
)
def test_a_mistake_in_the_words_is_told_with_its_remedy_and_where_help_is(
    words: tuple[str, ...], message: str, run_here: RunHere
) -> None:
    refused = run_here(*words, COOPLEDGER_LEDGER="/nowhere/office.db")

    assert (refused.stdout, refused.returncode) == ("", 2)
    first, second = refused.stderr.splitlines()
    command = "" if words[0] == "bord" else f" {words[0]}"
    assert first.startswith(f"✗ {message}")
    assert second == f"  see: coopledger{command} --help"


WITH_US = ("board", "pending", "agenda", "show north", "show HC", "why north", "report --out -")
FORMS = ("", "--json", "--csv")
NO_CSV = {("why north", "--csv"), ("report --out -", "--json"), ("report --out -", "--csv")}


@pytest.mark.parametrize(
    ("asked", "form"),
    [(each, form) for each in WITH_US for form in FORMS if (each, form) not in NO_CSV],
)
def test_who_we_are_is_a_party_in_every_form(
    asked: str, form: str, office: Path, run_here: RunHere
) -> None:
    command, *others = (*asked.split(), *form.split())
    refused = run_here(command, office, *others, "--us", "HCC")

    assert (refused.stdout, refused.returncode) == ("", 2)
    assert refused.stderr == "✗ --us 'HCC' is no party; did you mean 'HC'?\n"


def test_who_we_are_is_told_with_what_would_do(tmp_path: Path, run_here: RunHere) -> None:
    path = tmp_path / "office.db"
    make_office(path)
    with Ledger.open(path) as ledger:
        ledger.record(
            events.PartyRegistered(party="ZZ", name="Zz", kind="centre"),
            events.PartyRegistered(party="HOST", name="Host", kind="agency"),
            events.CommitmentMade(
                commitment="room",
                partnership="north",
                debtors="HOST",
                creditors="NU",
                what="lend a room",
                when="2022-06",
            ),
            events.PartyRegistered(party="HC2", name="Hải Châu", kind="centre"),
            events.SameAs(duplicate="HC2", same_as="HC"),
        )

    def told(us: str, **variables: str) -> str:
        words = ("--us", us) if us else ()
        return run_here("board", path, *words, **variables).stderr

    party = ": give the id of one, such as 'HC', 'NU'\n"
    assert told("XX") == f"✗ --us 'XX' is no party{party}"
    assert told("north") == f"✗ --us 'north' is a partnership, and no party{party}"
    assert told("ZZ") == f"✗ --us 'ZZ' is a party without partnership or promise{party}"
    assert told("", COOPLEDGER_US="XX") == f"✗ COOPLEDGER_US 'XX' is no party{party}"
    assert told("HOST") == ""
    duplicate = run_here("pending", path, "--us", "HC2", "--on", DAY)
    assert duplicate.stdout == run_here("pending", path, "--us", "HC", "--on", DAY).stdout


def test_an_office_whose_ledger_has_no_partnership_yet_may_ask(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    run("new", path, "--zone", "UTC", "--party", "HC", "Hải Châu", "centre")

    assert ": no partnership is known.\nAsk about" in run("board", path, "--us", "HC").stdout
    assert run("board", path, "--with", "XX").stderr.endswith(
        ": give the id of one, such as 'HC'\n"
    )


def test_plain_pages_leave_our_own_name_out(office: Path, run_here: RunHere) -> None:
    def shown(*words: str) -> str:
        command, *others = words
        return run_here(command, office, *others, "--us", "HC", "--on", DAY).stdout

    page = shown("show", "north")
    assert page.startswith("Nordhavn [red] (north) is active since 2022-05-20")
    assert f"\nPending on {DAY}, owed by Viện Hải Châu, most urgent first\n" in page
    assert f"\nPending on {DAY}, owed to Viện Hải Châu, most urgent first\n" in page
    assert f"\nTimeline of Nordhavn [red] (north) by {DAY}\n" in page
    assert shown("why", "north").startswith("Nordhavn [red] (north) is active since")
    lines = shown("agenda", "--within", "120").splitlines()
    assert lines[0] == f"Agenda of Viện Hải Châu on {DAY} and the 120 days after it"
    assert lines[2].split() == ["DUE", "STATUS", "WHAT", "WHO", "WITH"]
    assert lines[3].endswith("we owe    Nordhavn [red]")
    assert lines[4].endswith("they owe  Nordhavn [red]")


@pytest.fixture(name="busy", scope="module")
def _busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger with something of each kind that an agenda holds."""
    path = tmp_path_factory.mktemp("busy") / "busy.db"
    make_office(path)
    with Ledger.open(path) as ledger:
        ledger.record(
            events.InstrumentRegistered(
                instrument="plan",
                partnership="north",
                kind="programme",
                renewal={"tacit": True, "years": 1, "notice_months": 1},
            ),
            events.InstrumentSigned(instrument="plan", when="2022-05-21", until="2023-01-31"),
            events.MeetingScheduled(
                meeting="talks",
                kind="talks",
                partnership="north",
                when="2022-12-01",
                planned="2023-01-10",
            ),
            events.ProposalMade(
                proposal="fair", partnership="north", by="HC", text="a fair", when="2022-06"
            ),
        )
    return path


def test_an_agenda_holds_what_is_to_be_asked_again(tmp_path: Path, run_here: RunHere) -> None:
    path = tmp_path / "asking.db"
    make_office(path)
    with Ledger.open(path) as ledger:
        ledger.record(
            events.ProposalMade(
                proposal="fair",
                partnership="north",
                by="HC",
                text="a fair",
                ask_again="2022-12-01",
                when="2022-06",
            )
        )
    asked = ("agenda", path, "--on", DAY)
    rows = json.loads(run_here(*asked, "--json").stdout)
    page = run_here(*asked).stdout

    assert [(row["kind"], row["id"], row["days_left"]) for row in rows] == [
        ("promise", "buoys", -76),
        ("ask_again", "fair", 0),
    ]
    assert "2022-12-01  ask again  a fair" in page


def test_an_agenda_holds_the_same_rows_in_every_form(busy: Path, run_here: RunHere) -> None:
    asked = ("agenda", busy, "--within", "120", "--on", DAY)
    rows = json.loads(run_here(*asked, "--json").stdout)
    lines = list(csv.DictReader(io.StringIO(run_here(*asked, "--csv").stdout)))
    page = run_here(*asked).stdout.splitlines()[3:]

    assert [(row["kind"], row["id"], row["days_left"]) for row in rows] == [
        ("promise", "buoys", -76),
        ("last_day_for_notice", "plan", 16),
        ("meeting", "talks", 26),
        ("term_ends", "plan", 47),
        ("promise", "visit", 106),
    ]
    assert [row["id"] for row in lines] == [row["id"] for row in rows]
    assert list(lines[0]) == list(rows[0])
    first_lines = [line for line in page if not line.startswith(" ")]
    assert [line.split()[0] for line in first_lines] == [row["when"] for row in rows]


@pytest.mark.parametrize(
    ("id", "column", "values"),
    [
        ("buoys", "status", ["overdue"]),
        ("north-mou", "state", ["in_force"]),
        ("talks", "status", ["scheduled"]),
        ("fair", "status", ["open"]),
        ("HC", "type", None),
        ("north", "type", None),
    ],
)
def test_everything_that_is_shown_is_shown_as_csv(
    id: str, column: str, values: list[str] | None, busy: Path, run_here: RunHere
) -> None:
    shown = run_here("show", busy, id, "--csv", "--on", DAY)
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))

    if values is not None:
        assert [row[column] for row in rows] == values
    else:
        assert {"InstrumentSigned", "CommitmentMade"} <= {row[column] for row in rows}


def test_the_list_of_commands_is_whole_and_the_version_is_told() -> None:
    listed = run("--help").stdout
    commands = listed[listed.index("Commands:") :].splitlines()[1:]

    assert "..." not in "".join(commands)
    assert all(len(line) < 80 and len(line.split()) > 2 for line in commands)
    assert run("--version").stdout == f"coopledger {version('coopledger')}\n"


@pytest.mark.parametrize(
    "words", [("board",), ("board", "--json"), ("export", "-"), ("report", "--out", "-")]
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_a_full_disk_is_told_in_words(words: tuple[str, ...], office: Path) -> None:
    command, *others = words
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(  # noqa: S603 - it starts only itself
            [*COMMAND, command, str(office), *others],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            encoding="utf-8",
            env=environment(),
        )

    assert ended.stderr == (
        "✗ the standard output: No space left on device: make room on the disk, or write"
        " elsewhere\n"
    )
    assert ended.returncode == 2
