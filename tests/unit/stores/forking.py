"""A process that forks with a log open: ``python forking.py <log>``.

The child goes on with the store that it inherits, also after the parent has closed its own.
"""

import os
import sys
from threading import Event

from coopledger.testing.stores.drafts import append, drafts
from tests.unit.stores.starting import opened


def fork(log: str) -> int:
    """Appends in the parent, in the child, and in the child after the parent has closed."""
    store = opened(log)
    append(store, "vistip", drafts("vistip", "parent"))
    store.wait("vistip", after=1, seconds=0.05, stopped=Event())
    child_has_appended, tell_parent = os.pipe()
    parent_has_closed, tell_child = os.pipe()
    child = os.fork()
    if child == 0:
        append(store, "vistip", drafts("vistip", "child"))
        store.take_bookmark("vistip", "child")
        store.wait("vistip", after=99, seconds=0.05, stopped=Event())
        os.write(tell_parent, b".")
        os.read(parent_has_closed, 1)
        append(store, "vistip", drafts("vistip", "child, alone"))
        store.close()
        os._exit(0)
    os.read(child_has_appended, 1)
    append(store, "vistip", drafts("vistip", "parent again"))
    store.wait("vistip", after=99, seconds=0.05, stopped=Event())
    store.close()
    os.write(tell_child, b".")
    _, status = os.waitpid(child, 0)
    return status


if __name__ == "__main__":
    sys.exit(fork(sys.argv[1]))
