"""Library in C that stands between this process and the files below a folder: see shim.c."""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from enum import IntEnum, IntFlag
from functools import cache
from pathlib import Path

import attrs

from tests.needs import needs

__all__ = [
    "COMPILER",
    "CUTS",
    "ENDED",
    "FAILURES",
    "Event",
    "Fault",
    "calls",
    "is_loaded",
    "mend",
    "run_with_shim",
]

SOURCE = Path(__file__).with_name("shim.c")
ENDED = 77  # the exit code of a process that the shim has ended
COMPILER = needs("cc", is_met=sys.platform == "linux" and shutil.which("cc") is not None)


class Event(IntEnum):
    """Event at the call with the number, as in shim.c."""

    NOTHING = 0
    ENDS_AFTER = 1
    ENDS_WITHIN = 2
    POWER_CUT = 3
    FAILS_ONCE = 4
    FAILS_ON = 5


class Call(IntFlag):
    """Kind of call that is counted, as in shim.c."""

    READS = 1
    SYNCS = 2
    WRITES = 4
    OPENS = 8


@attrs.frozen
class Fault:
    """Fault at a call: what happens, at which kinds of calls, and the error of one that fails."""

    event: Event
    calls: Call = Call.SYNCS | Call.WRITES
    code: int = 0

    def __str__(self) -> str:
        """Return the event, and the name of the error if there is one."""
        name = f" {errno.errorcode[self.code]}" if self.code else ""
        return f"{self.event.name.lower().replace('_', ' ')}{name}"

    def arm(self, folder: Path, *, at: int, seed: int) -> None:
        """Let it happen at the call of that number, from 1; at 0 only count the calls."""
        stash = folder.with_name(f"{folder.name}.stash")
        stash.mkdir()
        paths = os.fsencode(folder), os.fsencode(stash)
        _library().power_arm(
            *paths, self.event, self.calls, ctypes.c_long(at), self.code, ctypes.c_uint64(seed)
        )


CUTS = (Fault(Event.ENDS_AFTER), Fault(Event.ENDS_WITHIN), Fault(Event.POWER_CUT))
_EVERY = Call.READS | Call.SYNCS | Call.WRITES | Call.OPENS
FAILURES = tuple(
    Fault(event, calls, code)
    for event in (Event.FAILS_ONCE, Event.FAILS_ON)
    for calls, code in (
        (_EVERY, errno.EIO),
        (Call.WRITES, errno.ENOSPC),
        (Call.OPENS, errno.EMFILE),
    )
)


def mend() -> None:
    """Let every call succeed from now on."""
    _library().power_arm(b"", b"", Event.NOTHING, 0, ctypes.c_long(0), 0, ctypes.c_uint64(0))


def calls() -> int:
    """Return how many calls were counted since the shim was armed."""
    return int(_library().power_calls())


def run_with_shim(folder: Path) -> int:
    """Build the shim in the folder, run this very program with it, and return its exit code."""
    library = folder / "shim.so"
    flags = ("-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror")
    subprocess.run(["cc", *flags, "-o", library, SOURCE], check=True)  # noqa: S607 - the one found
    environment = os.environ | {"LD_PRELOAD": str(library)}
    return subprocess.run(sys.orig_argv, check=False, env=environment).returncode


def is_loaded() -> bool:
    """Tell whether this program runs with the shim."""
    return hasattr(ctypes.CDLL(None), "power_arm")


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None)  # what this process has loaded
    library.power_calls.restype = ctypes.c_long
    return library
