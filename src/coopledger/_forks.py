"""Forks of the process, which neither connections nor other threads survive, and what is done then.

A connection that a forked child inherits is a trap even if the child never uses it. SQLite
in the child believes that the parent's locks are its own, and a log opened there can lose its
WAL when the parent closes: every connection is closed just before a fork, and opened again, when
it is needed, on either side. To a server, parent and child would speak through one socket: the
child lets go of what it inherited, without a word, and makes connections of its own.

A lock that another thread has at the fork is never released in the child, and what it guards may
be half changed. Stores wait for their own locks before a fork. All other locks are not awaited:
who has one may be waiting for the very thread that forks. In the child they are replaced, and
what they guard is made again. The locks of modules are those of Python, and a child could not
replace them: a fork waits, for some seconds, for threads that load a part of the package on first
need.
"""

import os
import sys
import time
from functools import cache
from threading import get_ident
from types import FrameType
from typing import Protocol
from weakref import WeakSet

from coopledger._frozen import MAKING

_IMPORT_SYSTEM = "importlib._bootstrap"
_PACKAGE = "coopledger."
_PATIENCE_SECONDS = 5.0  # Whoever loads a module may, in turn, wait for the thread that forks.
_PAUSE_SECONDS = 0.001


class Forkable(Protocol):
    """Something that holds connections."""

    def pause(self) -> None:
        """Lend no more connections: a fork is next. May wait for other threads."""
        ...

    def resume(self) -> None:
        """Lend connections again, just after the fork, in the parent and in the child."""
        ...


class Inherited(Protocol):
    """Something with locks, which a child may inherit from threads that it has not."""

    def begin_in_child(self) -> None:
        """Replace the locks that are taken, and make again what they guard."""
        ...


class Lock(Protocol):
    """Lock of one thread, or of one thread several times."""

    def acquire(self, *, blocking: bool = True) -> bool:
        """Take the lock; return whether it is taken."""
        ...

    def release(self) -> None:
        """Give the lock back."""
        ...


def close_at_fork(holder: Forkable) -> None:
    """Let the holder pause at every fork for as long as it lives; it is not kept alive."""
    holders, _ = _at_fork()
    holders.add(holder)


def begin_in_child(heir: Inherited) -> None:
    """Let the heir begin in every forked child for as long as it lives; it is not kept alive."""
    _, heirs = _at_fork()
    heirs.add(heir)


def is_orphaned(lock: Lock) -> bool:
    """Tell whether a lock, just after the fork in a child, was taken by another thread.

    One that only one thread may take, and took before it forked, counts as such too.
    """
    if lock.acquire(blocking=False):
        lock.release()
        return False
    return True


@cache
def _at_fork() -> tuple[WeakSet[Forkable], WeakSet[Inherited]]:
    """Return the holders and heirs of this process, hooked in once: hooks can never be removed."""
    holders, heirs = WeakSet[Forkable](), WeakSet[Inherited]()
    paused: list[Forkable] = []

    def pause() -> None:
        paused.extend(holders)
        for holder in paused:
            holder.pause()
        _take_making()  # Last: a class may be made while somebody is waited for.

    def resume() -> None:
        MAKING.release()
        while paused:
            paused.pop().resume()

    def begin() -> None:
        resume()
        for heir in list(heirs):
            heir.begin_in_child()

    if hasattr(os, "register_at_fork"):  # pragma: no branch - where a process can fork at all
        os.register_at_fork(before=pause, after_in_parent=resume, after_in_child=begin)
    return holders, heirs


def _take_making() -> None:
    """Take the lock of classes that are made, while no other thread loads a part of the package."""
    end = time.monotonic() + _PATIENCE_SECONDS
    MAKING.acquire()
    while _is_loaded_elsewhere() and time.monotonic() < end:
        MAKING.release()
        time.sleep(_PAUSE_SECONDS)
        MAKING.acquire()


def _is_loaded_elsewhere() -> bool:
    """Tell whether another thread loads a module which the package needs for the first time."""
    frames = sys._current_frames()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - documented
    return any(_loads(frame) for thread, frame in frames.items() if thread != get_ident())


def _loads(frame: FrameType | None) -> bool:
    """Tell whether a thread that is in the frame loads a module, asked by the package."""
    is_loading = False
    while frame is not None:
        name: str = frame.f_globals.get("__name__", "")
        if is_loading and name.startswith(_PACKAGE):
            return True
        is_loading = is_loading or name == _IMPORT_SYSTEM
        frame = frame.f_back
    return False
