"""Pages of a real terminal: signs, colours, and what falls back to the plain pages."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from tests.unit.cli.programs import COMMAND, environment, run

BOARD = """\
Board of Viện Hải Châu on 15 Dec 2022 · 1 partnership · 2 open, 1 overdue

PARTNER         STAGE     CONDUCT    SINCE        TEXTS         WE OWE  THEY OWE  SILENT  ID
Nordhavn [red]  ● active  not begun  20 May 2022  MoU in force  1 ◆     1 ◇        209 d  north
"""
PENDING = """\
Pending on 15 Dec 2022, most urgent first

   WHEN             WHAT                   WHO                        DUE, AS SAID  FIRMNESS    ID
◆  76 days overdue  Send the \\x1b[2J data  we owe · Nordhavn [red]    Sep 2022      @  buoys
◇  pending          Arrange a visit        they owe · Nordhavn [red]  Mar 2023      @  visit
""".replace("@", "commitment")
CODES = ("\x1b[1;31m", "\x1b[36m", "\x1b[1m", "\x1b[2m", "\x1b[0m")


def on_terminal(*words: str | Path, columns: int = 120, code: int = 0, **variables: str) -> str:
    """Run a command on a pseudo-terminal; return what it wrote there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(  # noqa: S603 - it starts only itself
        [*COMMAND, *map(str, words)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(**{"TERM": "xterm", **variables}),
    ) as program:
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says so where the other side is closed.
                break
            if not part:
                break
            written += part
    os.close(ours)
    assert program.returncode == code
    return written.decode().replace("\r\n", "\n")


def without_colours(text: str) -> str:
    """Return the text without the codes of colours, and without blanks at the ends of lines."""
    for code in CODES:
        text = text.replace(code, "")
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_a_board_has_signs_words_and_few_colours(office: Path) -> None:
    shown = on_terminal("board", office, "--us", "HC", "--on", "2022-12-15")

    assert without_colours(shown) == BOARD
    assert "\x1b[36m● active" in shown
    assert "\x1b[1;31m◆" in shown


def test_what_is_pending_is_told_in_words_and_escaped(office: Path) -> None:
    shown = on_terminal("pending", office, "--us", "HC", "--on", "2022-12-15")

    assert without_colours(shown) == PENDING
    assert "\x1b[1;31m76 days overdue" in shown


def test_a_page_says_by_when_what_counts_was_known(office: Path) -> None:
    shown = on_terminal("board", office, "--on", "2022-12-15", "--known-at", "2100-01-01")

    assert "on 15 Dec 2022, as known 1 Jan 2100 " in without_colours(shown)
    why = on_terminal("why", office, "north", "--known-at", "2100-01-01")
    assert without_colours(why).splitlines()[-1] == "as known 1 Jan 2100"


def test_why_is_a_tree(office: Path) -> None:
    shown = without_colours(on_terminal("why", office, "north", "--on", "2022-12-15"))

    lines = shown.splitlines()
    assert lines[0].startswith(
        "● Viện Hải Châu – Nordhavn [red] (north) is active since 20 May 2022: MoU (north-mou) is"
    )
    assert lines[1] == "└── 20 May 2022  Signed: MoU, Viện Hải Châu – Nordhavn [red]  north-mou"
    assert re.fullmatch(r"    └── no source; recorded \d+ \w{3} \d{4}", lines[2])
    assert lines[-1].startswith("rule: ")


def test_a_partnership_is_shown_with_signs_of_how_firm_acts_are(office: Path) -> None:
    asked = ("show", office, "north", "--us", "HC", "--on", "2022-12-15")
    shown = without_colours(on_terminal(*asked))

    assert shown.startswith("● Nordhavn [red] (north) is active since")
    assert "\nPending with Nordhavn [red] on 15 Dec 2022, most urgent first\n" in shown
    assert "\nTimeline of Nordhavn [red], by 15 Dec 2022\n" in shown
    assert re.search(r"\n20 May 2022 +▁▃▅▇ +commitment +.*Arrange a visit", shown, re.IGNORECASE)


def test_titles_name_the_partner_and_the_agenda_holds_ends_of_terms(office: Path) -> None:
    asked = ("--us", "HC", "--with", "NU", "--on", "2022-12-15")

    assert without_colours(on_terminal("pending", office, *asked)).startswith(
        "Pending with Nordhavn [red] on 15 Dec 2022, most urgent first\n"
    )
    assert without_colours(on_terminal("agenda", office, *asked)).startswith(
        "Agenda with Nordhavn [red] on 15 Dec 2022 and the 30 days after it\n"
    )


def test_progress_and_marks_are_for_a_terminal(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    shown = on_terminal("export", office, file)
    marked = on_terminal("verify", office)
    made = on_terminal("report", office, "--out", tmp_path / "report.html")

    assert "\r\x1b[K" in shown
    assert run("export", office, file).stderr == ""
    mark = "\x1b[36m✓\x1b[0m 7 events, chain unbroken, head "
    assert marked.startswith(f"\r\x1b[KVerified: 7 of 7\r\x1b[K{mark}")
    page = f"\r\x1b[K{tmp_path / 'report.html'}: the report of "
    assert made.startswith(f"\r\x1b[KPages: 1 of 1\r\x1b[KPages: 1 of 1{page}")
    assert "\r\x1b[KChecked: 7 of 7\r\x1b[KCheck: " in on_terminal("check", office, code=1)
    assert run("verify", office).stderr == run("check", office).stderr == ""


@pytest.mark.parametrize("command", ["board", "pending", "agenda"])
@pytest.mark.parametrize(
    ("columns", "variables"), [(60, {}), (120, {"NO_COLOR": "1"}), (120, {"TERM": "dumb"})]
)
def test_narrow_windows_and_readers_without_colours_get_the_plain_page(
    command: str, columns: int, variables: dict[str, str], office: Path
) -> None:
    asked = (command, office, "--on", "2022-12-15")

    plain = run(*asked, COLUMNS=str(columns)).stdout
    assert on_terminal(*asked, columns=columns, code=0, **variables) == plain


def test_a_terminal_that_holds_ascii_alone_gets_other_signs(office: Path) -> None:
    asked = ("board", office, "--us", "HC", "--on", "2022-12-15")
    shown = on_terminal(*asked, PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert shown.isascii()
    signs = {"·": "-", "●": "*", "◆": "!", "◇": "o"}
    board = BOARD.translate({ord(key): signs[key] for key in signs})
    assert without_colours(shown) == board.encode("ascii", "backslashreplace").decode()
