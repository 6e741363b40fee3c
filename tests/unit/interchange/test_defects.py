"""A thousand random defects are reported in plain words, each once, in bounded memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coopledger import Ledger
from coopledger._interchange.lines import LONGEST
from coopledger.errors import RefusedError
from coopledger.stores import MemoryStore
from tests.builders import Clock, rows
from tests.unit.interchange.defects import LONG, MANY, write

ROOT = Path(__file__).parents[3]
# What reading a file may add to the memory of a process, in MiB: some thousand events, and a line
# as long as is admitted; and the same with the most wasteful JSON that goes into such a line.
BOUND_MIB = 64
WASTEFUL_MIB = 192


@pytest.fixture(scope="module", name="defective")
def _defective(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, str]]:
    path = tmp_path_factory.mktemp("defects") / "somebody.jsonl"
    return path, write(path, MANY)


def memory_and_bad_lines(path: Path) -> tuple[float, int]:
    """Return the MiB that another process grows by reading the file, and its bad lines."""
    run = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-m", "tests.unit.interchange.defects", str(path)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        text=True,
    )
    grown, bad = run.stdout.split()
    return float(grown), int(bad)


def test_every_defect_is_told_once_in_plain_words_and_nothing_is_changed(
    defective: tuple[Path, dict[int, str]],
) -> None:
    path, expected = defective
    store = MemoryStore()
    ledger = Ledger(store, name="office", clock=Clock())

    with pytest.raises(RefusedError) as caught:
        ledger.import_jsonl(path)

    findings = caught.value.findings
    assert len(expected) == MANY
    assert sorted({finding.line or 0 for finding in findings}) == sorted(expected)
    assert [
        str(finding) for finding in findings if expected[finding.line or 0] not in finding.message
    ] == []
    assert len(findings) == MANY
    assert rows(store, "office") == []


def test_a_line_of_100_mib_among_them_is_read_in_bounded_memory(
    defective: tuple[Path, dict[int, str]],
) -> None:
    path, _ = defective
    grown, bad = memory_and_bad_lines(path)

    assert path.stat().st_size > LONG
    assert bad == MANY
    assert grown < BOUND_MIB


def test_the_most_wasteful_line_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "wasteful.jsonl"
    start, end = b'{"type":"note-added","ext":[', b"[]]}"
    path.write_bytes(start + b"[]," * ((LONGEST - len(start + end)) // 3) + end + b"\n")

    grown, bad = memory_and_bad_lines(path)

    assert bad == 1
    assert grown < WASTEFUL_MIB
