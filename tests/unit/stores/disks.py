"""Disks that are full or read only: made with `mount` where that is permitted, else by limits."""

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path

from tests.needs import skip_without

__all__ = ["FULL", "READ_ONLY", "Limit", "Room", "as_nobody", "open_folder", "small_files"]

NOBODY = 65534
BYTES = 600_000

# Makes room on a disk that was full.
Room = Callable[[], object]
# Limits the room in a folder for a while.
Limit = Callable[[Path], AbstractContextManager[Room]]


@contextmanager
def mounted(folder: Path, *options: str) -> Generator[None, None, None]:
    """Mount something at the folder for a while."""
    if not can_mount():
        skip_without("mount")
    _run("mount", *options, str(folder))
    try:
        yield
    finally:
        _run("umount", "--lazy", str(folder))


@cache
def can_mount() -> bool:
    """Tell whether this process may mount, as root of a machine may, and of most containers not."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            _run("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder)
        except (OSError, subprocess.CalledProcessError):
            return False
        _run("umount", "--lazy", folder)
    return True


@contextmanager
def small_disk(folder: Path) -> Generator[Room, None, None]:
    """Make the folder a disk of its own, with little room."""
    with mounted(folder, "-t", "tmpfs", "-o", f"size={BYTES}", "none"):
        yield lambda: _run("mount", "-o", "remount,size=64m", str(folder))


@contextmanager
def small_files(_: Path, *, largest: int = BYTES) -> Generator[Room, None, None]:
    """Limit the size of this process's files, as a quota does; Python ignores the signal."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def make_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        yield make_room
    finally:
        make_room()


@contextmanager
def as_nobody() -> Generator[None, None, None]:
    """Make root, for whom permissions do not hold, somebody else meanwhile."""
    with ExitStack() as stack:
        if os.geteuid() == 0:
            stack.callback(os.setegid, os.getegid())
            os.setegid(NOBODY)
            stack.callback(os.seteuid, 0)
            os.seteuid(NOBODY)
        yield


@contextmanager
def without_permission(folder: Path) -> Generator[None, None, None]:
    """Let nobody write in the folder."""
    modes = {path: path.stat().st_mode for path in [folder, *folder.iterdir()]}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with as_nobody():
            yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@contextmanager
def read_only_disk(folder: Path) -> Generator[None, None, None]:
    """Make the folder a disk that takes no writing."""
    with mounted(folder, "--bind", str(folder)):
        _run("mount", "-o", "remount,ro,bind", str(folder))
        yield


@contextmanager
def open_folder() -> Generator[Path, None, None]:
    """Make a folder that everybody can reach, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


FULL: dict[str, Limit] = {"a quota": small_files, "a small disk": small_disk}
READ_ONLY = {"no permission": without_permission, "a read-only disk": read_only_disk}
