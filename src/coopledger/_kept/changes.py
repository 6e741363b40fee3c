"""Memory of what changed lately, by which a board serves views of earlier positions."""

from collections import deque

_MOST_CHANGES = 256
_MOST_NAMES = 4096  # in all of them


class Changes:
    """Things whose answers may have changed, by position: also those that came or went."""

    def __init__(self, position: int = 0) -> None:
        """Begin at a position, with nothing before it."""
        self._from = position
        self._names = 0
        self._changes: deque[tuple[int, frozenset[str]]] = deque()

    def remember(self, position: int, names: frozenset[str]) -> None:
        """Remember what may have changed up to the position; the oldest are forgotten."""
        if not names:
            return
        self._changes.append((position, names))
        self._names += len(names)
        while self._changes and (len(self._changes) > _MOST_CHANGES or self._names > _MOST_NAMES):
            self._from, forgotten = self._changes.popleft()
            self._names -= len(forgotten)

    def since(self, position: int) -> set[str] | None:
        """Return the things that may have changed since; None if that is not remembered."""
        if position < self._from:
            return None
        names = set[str]()
        for after, changed in reversed(self._changes):
            if after <= position:
                break
            names |= changed
        return names

    def as_json(self) -> list[object]:
        """Return the memory as values that JSON has."""
        return [self._from, [[position, sorted(names)] for position, names in self._changes]]

    @classmethod
    def of_json(cls, value: list[object]) -> "Changes":
        """Return the memory that the values hold."""
        start, changes = value
        memory = cls(start)  # type: ignore[arg-type]
        for position, names in changes:  # type: ignore[attr-defined]
            memory.remember(position, frozenset(names))
        return memory
