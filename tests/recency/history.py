"""History of the calls of some programs, and which of their views were not recent enough.

The checker knows nothing of ledgers: only when each call began and ended, by one clock for all
programs, and which position it gave.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from typing import Literal, TypeAlias

import attrs

__all__ = ["History", "Look", "Program", "Receipt", "Stale", "stale_looks"]

Promise: TypeAlias = Literal["own receipt", "earlier view", "told position", "content"]


@attrs.frozen
class Program:
    """Process that makes calls.

    Attributes:
        name: Its name.
        parent: The program that forked it; none for those that the harness began.
        forked_ns: When that was, just before the fork.
    """

    name: str
    parent: str | None = None
    forked_ns: int = 0


@attrs.frozen(kw_only=True)
class Receipt:
    """Receipt that a program holds.

    Attributes:
        program: The name of the program.
        ended_ns: When it was given.
        position: The last position of what was recorded.
    """

    program: str
    ended_ns: int
    position: int


@attrs.frozen(kw_only=True)
class Look:
    """View that a program made.

    Attributes:
        program: The name of the program.
        began_ns: When the call began.
        ended_ns: When it returned.
        position: The last position that the view knows.
        at_least: The position of which another program had told; 0 for none.
        holds: Whether the view knew the thing asked for, which was recorded up to its position.
    """

    program: str
    began_ns: int
    ended_ns: int
    position: int
    at_least: int = 0
    holds: bool = True


@attrs.frozen
class History:
    """Everything that some programs did.

    Attributes:
        programs: The programs.
        receipts: What they recorded.
        looks: The views that they made.
    """

    programs: list[Program] = attrs.field(factory=list[Program])
    receipts: list[Receipt] = attrs.field(factory=list[Receipt])
    looks: list[Look] = attrs.field(factory=list[Look])

    def add(self, other: "History") -> None:
        """Add what other programs did."""
        self.programs.extend(other.programs)
        self.receipts.extend(other.receipts)
        self.looks.extend(other.looks)


@attrs.frozen
class Stale:
    """View that was not as recent as is promised.

    Attributes:
        promise: What it breaks.
        look: The view.
        needed: The position that it had to know.
    """

    promise: Promise
    look: Look
    needed: int


def stale_looks(history: History) -> list[Stale]:
    """Return the views that are older than a call of the same program which had ended before.

    A forked program holds what its parent held at the fork.
    """
    programs = {program.name: program for program in history.programs}
    receipts, views = _Ended.of(history.receipts), _Ended.of(history.looks)
    found = list[Stale]()
    for look in history.looks:
        program = programs[look.program]
        needs: dict[Promise, int] = {
            "own receipt": _last(receipts, programs, program, before_ns=look.began_ns),
            "earlier view": _last(views, programs, program, before_ns=look.began_ns),
            "told position": look.at_least,
        }
        found += [
            Stale(promise, look, needed)
            for promise, needed in needs.items()
            if look.position < needed
        ]
        found += [] if look.holds else [Stale("content", look, look.position)]
    return found


@attrs.frozen
class _Ended:
    """Calls of each program in the order in which they ended, and the last position by then."""

    ends_ns: dict[str, list[int]]
    positions: dict[str, list[int]]

    @classmethod
    def of(cls, calls: Iterable[Receipt] | Iterable[Look]) -> "_Ended":
        by_program = defaultdict[str, list[tuple[int, int]]](list)
        for call in calls:
            by_program[call.program].append((call.ended_ns, call.position))
        ended = {name: sorted(pairs) for name, pairs in by_program.items()}
        return cls(
            {name: [end for end, _ in pairs] for name, pairs in ended.items()},
            {name: list(accumulate((p for _, p in pairs), max)) for name, pairs in ended.items()},
        )

    def last(self, name: str, *, before_ns: int) -> int:
        number = bisect_left(self.ends_ns.get(name, []), before_ns)
        return self.positions[name][number - 1] if number else 0


def _last(calls: _Ended, programs: dict[str, Program], program: Program, *, before_ns: int) -> int:
    """Return the last position that the program held at a time, from its parents too."""
    last = calls.last(program.name, before_ns=before_ns)
    while program.parent is not None:
        before_ns = min(before_ns, program.forked_ns)
        program = programs[program.parent]
        last = max(last, calls.last(program.name, before_ns=before_ns))
    return last
