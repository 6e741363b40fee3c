"""Memory of what changed lately, by which a board serves views of earlier positions."""

import json
from collections import deque

_MOST_CHANGES = 256
_MOST_NAMES = 4096  # in all of them
_MOST_WRITTEN = 256  # likewise, where they are kept


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

    def written(self) -> str:
        """Return the latest of the memory as JSON."""
        start, names, latest = self._from, 0, list[tuple[int, list[str]]]()
        for position, changed in reversed(self._changes):
            names += len(changed)
            if names > _MOST_WRITTEN:
                start = position
                break
            latest.append((position, sorted(changed)))
        return json.dumps([start, latest[::-1]], separators=(",", ":"))

    @classmethod
    def read(cls, text: str, position: int) -> "Changes":
        """Return the memory as it was written; one that begins at the position, if it was not."""
        try:
            start, changes = json.loads(text)
            memory = cls(int(start))
            for after, names in changes:
                memory.remember(int(after), frozenset(map(str, names)))
        except (TypeError, ValueError):
            return cls(position)
        return memory
