"""A new file is there once it is whole, and never takes the place of another."""

import errno
import os
from pathlib import Path

import pytest

from coopledger.cli.new_files import new_file
from coopledger.errors import StoreError


def test_what_is_made_is_there_at_the_end_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "office.db"

    with new_file(path) as part:
        part.write_text("whole")
        assert not path.exists()

    assert [*tmp_path.iterdir()] == [path]
    assert path.read_text() == "whole"


def test_what_fails_leaves_nothing_of_its_own(tmp_path: Path) -> None:
    def fail() -> None:
        with new_file(tmp_path / "office.db") as part:
            part.write_text("half")
            part.with_name(f"{part.name}-wal").write_text("beside it")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert [*tmp_path.iterdir()] == []


def test_what_others_made_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "office.db"

    def make() -> None:
        with new_file(path) as part:
            part.write_text("ours")
            path.write_text("theirs")

    with pytest.raises(StoreError, match="File exists: name another file"):
        make()

    assert [*tmp_path.iterdir()] == [path]
    assert path.read_text() == "theirs"


def test_a_disk_without_links_serves_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    with new_file(tmp_path / "office.db") as part:
        part.write_text("whole")

    assert [each.name for each in tmp_path.iterdir()] == ["office.db"]
