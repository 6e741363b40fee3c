"""What the page on the command line tells a reader to type does what the page says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.programs import environment

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "use-the-command-line.md"
ELSEWHERE = ("pip ", "eval ", "coopledger board --json | jq")  # other programs, other shells
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
FOUND = {"check"}  # An office may have something to look at.


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of another kind")
def test_what_a_reader_types_works(tmp_path: Path) -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    lines = [line for block in blocks for line in block.splitlines()]
    typed = [line for line in lines if not line.startswith(ELSEWHERE)]
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
        input="\n".join(typed),
        capture_output=True,
        check=False,
        cwd=tmp_path,
        encoding="utf-8",
        env=environment(PATH=path),
    )

    codes = [line.split() for line in (tmp_path / "codes").read_text().splitlines()]
    assert ended.stderr == ""
    assert {name for name, code in codes if code != "0"} <= FOUND
    assert len(codes) == sum(line.count("coopledger ") for line in typed)
    assert "6 events recorded" in ended.stdout
    assert "0 events recorded, 6 recorded before" in ended.stdout
