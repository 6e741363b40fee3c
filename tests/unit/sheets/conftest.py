"""Folder for the files of tests, in which a test is."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, which is the one in which the test is: names of files are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
