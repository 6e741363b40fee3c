"""What the pages tell a reader to type on the command line does what they say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from examples.sample_office import open_office
from tests.unit.cli.programs import environment

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to"
PAGE, MONDAY = HOW_TO / "use-the-command-line.md", HOW_TO / "welcome-a-monday.md"
ELSEWHERE = ("pip ", "eval ", "coopledger board --json | jq")  # other programs, other shells
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
FOUND = {"check"}  # An office may have something to look at.


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of another kind")


def _lines(page: Path) -> list[str]:
    """Return the lines of the page that a reader types."""
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if not line.startswith(ELSEWHERE)]


def _type(lines: list[str], tmp_path: Path) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Type the lines in a shell; return how it ended, and each command with its exit code."""
    program = tmp_path / "bin" / "coopledger"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\n"{sys.executable}" -m coopledger "$@"\ncode=$?\n'
        f'echo "$1 $code" >> "{tmp_path}/codes"\nexit $code\n'
    )
    program.chmod(0o755)
    path = f"{program.parent}:{environment()['PATH']}"

    ended = subprocess.run(
        ["/bin/sh"],
        input="\n".join(lines),
        capture_output=True,
        check=False,
        cwd=tmp_path,
        encoding="utf-8",
        env=environment(PATH=path),
    )

    return ended, (tmp_path / "codes").read_text().splitlines()


def test_what_a_reader_types_works(tmp_path: Path) -> None:
    typed = _lines(PAGE)
    ended, codes = _type(typed, tmp_path)

    assert ended.stderr == ""
    assert {name for name, code in map(str.split, codes) if code != "0"} <= FOUND
    assert len(codes) == sum(line.count("coopledger ") for line in typed)
    assert "6 events recorded" in ended.stdout
    assert "0 events recorded, 6 recorded before" in ended.stdout


def test_the_commands_of_a_monday_ask_the_office(tmp_path: Path) -> None:
    open_office(tmp_path / "office.db").close()
    ended, codes = _type(_lines(MONDAY), tmp_path)

    assert ended.stderr == ""
    assert codes == ["news 0", "agenda 0", "obstacles 0", "board 0", "unassigned 0"]
    assert "2 obstacles" in ended.stdout
