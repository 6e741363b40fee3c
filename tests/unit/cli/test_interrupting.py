"""Ctrl-C ends long work with one line and its exit code, and nothing is half written."""

import os
import pty
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from coopledger import Ledger, events
from coopledger.cli.exits import Exit
from tests.unit.cli.programs import COMMAND, run, unmeasured

NOTES = 4_000  # Far more than a pipe holds: a command that has taken half of them is at work.


@pytest.fixture(autouse=True)
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C interrupt children, also where a shell has begun the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(name="lines", scope="module")
def _lines(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("export")
    with Ledger.open(folder / "whole.db", name="ledger") as ledger:
        ledger.record(
            events.PartyRegistered(party="HC", name="Hải Châu", kind="centre"),
            *(events.NoteAdded(subject="HC", text=f"{each} {'x' * 200}") for each in range(NOTES)),
        )
        ledger.export_jsonl(folder / "whole.jsonl")
    return (folder / "whole.jsonl").read_bytes()


def interrupted(
    *words: str | Path, lines: bytes, folder: Path, stderr: int = subprocess.PIPE
) -> "subprocess.CompletedProcess[bytes]":
    """Run a command, interrupt it when it has read half of the lines, and return how it ended."""
    folder.mkdir()
    with subprocess.Popen(  # noqa: S603 - it starts only itself
        [*COMMAND, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=unmeasured(TMPDIR=str(folder)),
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(lines[: len(lines) // 2])  # Returns when all but a pipe is read.
        program.send_signal(signal.SIGINT)
        said = program.stderr.read() if program.stderr is not None else b""
        written = program.stdout.read()
        program.wait()
    return subprocess.CompletedProcess(words, program.returncode, written, said)


def test_an_interrupted_restoring_leaves_no_file_and_can_be_done_again(
    tmp_path: Path, lines: bytes
) -> None:
    path, spool = tmp_path / "copy.db", tmp_path / "spool"

    ended = interrupted("restore", path, "-", lines=lines, folder=spool)

    assert (ended.returncode, ended.stdout) == (Exit.INTERRUPTED, b"")
    assert ended.stderr.decode() == "\N{BALLOT X} Interrupted\n"
    assert [*spool.iterdir()] == []
    assert [*tmp_path.iterdir()] == [spool]
    (tmp_path / "whole.jsonl").write_bytes(lines)
    restored = run("restore", path, tmp_path / "whole.jsonl")
    assert restored.stdout == f"{path}: {NOTES + 1} events\n"


def test_an_interrupted_recording_records_nothing(
    office: Path, tmp_path: Path, lines: bytes
) -> None:
    path, spool = tmp_path / "office.db", tmp_path / "spool"
    with Ledger.open(office, name="ledger", readonly=True) as ledger:
        ledger.backup(path)
        before = ledger.position

    ended = interrupted("record", path, "-", lines=lines, folder=spool)

    assert (ended.returncode, ended.stdout) == (Exit.INTERRUPTED, b"")
    assert ended.stderr.decode() == "\N{BALLOT X} Interrupted\n"
    assert [*spool.iterdir()] == []
    with Ledger.open(path, name="ledger", readonly=True) as ledger:
        assert ledger.position == before
        assert str(ledger.verify())


def test_on_a_terminal_the_line_stands_below_what_the_keys_show(
    tmp_path: Path, lines: bytes
) -> None:
    ours, theirs = pty.openpty()
    seen: list[bytes] = []

    def look() -> None:
        while part := os.read(ours, 65536):
            seen.append(part)
            if b"Interrupted" in part:
                return

    reader = threading.Thread(target=look)
    reader.start()
    ended = interrupted(
        *("restore", tmp_path / "copy.db", "-"),
        lines=lines,
        folder=tmp_path / "spool",
        stderr=theirs,
    )
    reader.join()
    os.close(ours)
    os.close(theirs)

    assert ended.returncode == Exit.INTERRUPTED
    assert b"\n\x1b[31m\x1b[1m\xe2\x9c\x97 Interrupted\x1b[0m\r\n" in b"".join(seen)
