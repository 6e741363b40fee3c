"""A process that appends to a log beside others: ``python racing.py <log> <name> <count>``."""

import sys
from contextlib import closing

from coopledger.testing.stores.drafts import anybody, drafts
from tests.unit.stores.starting import opened


def race(log: str, *, name: str, count: int) -> None:
    """Appends that many events, half of them in pairs."""
    with closing(opened(log)) as store:
        for number in range(0, count, 2):
            first, second = drafts("vistip", f"{name}/{number}", f"{name}/{number + 1}")
            store.append("vistip", [first, second], seen=0, clock_us=number, revise=anybody)


if __name__ == "__main__":
    race(sys.argv[1], name=sys.argv[2], count=int(sys.argv[3]))
