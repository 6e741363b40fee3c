"""Forks of the process, which no connection survives, and the steps of a store around one.

A connection that a forked child inherits is a trap even if the child never uses it. SQLite
in the child believes that the parent's locks are its own, and a log opened there can lose its
WAL when the parent closes: every connection is closed just before a fork, and opened again, when
it is needed, on either side. To a server, parent and child would speak through one socket: the
child lets go of what it inherited, without a word, and makes connections of its own.
"""

import os
from functools import cache
from typing import Protocol
from weakref import WeakSet


class Forkable(Protocol):
    """Something that holds connections."""

    def pause(self) -> None:
        """Lend no more connections: a fork is next. May wait for other threads."""
        ...

    def resume(self) -> None:
        """Lend connections again, just after the fork, in the parent and in the child."""
        ...


def close_at_fork(holder: Forkable) -> None:
    """Let the holder pause at every fork for as long as it lives; it is not kept alive."""
    _holders().add(holder)


@cache
def _holders() -> WeakSet[Forkable]:
    """Return the holders of this process, hooked in once: hooks can never be removed."""
    holders: WeakSet[Forkable] = WeakSet()
    paused: list[Forkable] = []

    def pause() -> None:
        paused.extend(holders)
        for holder in paused:
            holder.pause()

    def resume() -> None:
        while paused:
            paused.pop().resume()

    if hasattr(os, "register_at_fork"):  # pragma: no branch - where a process can fork at all
        os.register_at_fork(before=pause, after_in_parent=resume, after_in_child=resume)
    return holders
