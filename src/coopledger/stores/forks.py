"""No connection survives a fork; each store says what has to happen around one.

A connection that a forked child inherits is a trap even if the child never uses it. SQLite
in the child believes that the parent's locks are its own, and a log opened there can lose its
WAL when the parent closes: every connection is closed just before a fork, and opened again, by
whoever needs it, on either side. To a server, parent and child would speak through one socket:
the child lets go of what it inherited, without a word, and connects anew.
"""

import os
from functools import cache
from typing import Protocol
from weakref import WeakSet


class Forkable(Protocol):
    """Something that holds connections."""

    def pause(self) -> None:
        """Called just before a fork; what is under way in other threads may be waited for."""
        ...

    def resume(self) -> None:
        """Called just after it, in the parent and in the child: connections are lent again."""
        ...


def close_at_fork(holder: Forkable) -> None:
    """Lets the holder pause at every fork for as long as it lives; it is not kept alive."""
    _holders().add(holder)


@cache
def _holders() -> WeakSet[Forkable]:
    """The holders of this process: hooks at a fork can be added but never removed."""
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
