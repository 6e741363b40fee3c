"""Index of words: in which events each word was said, as first recorded or as corrected."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from coopledger._folding import words
from coopledger.events import Event, ImplementationReported
from coopledger.events._texts import people_in, texts_in

# Words that no text has.
PEOPLE = " people"  # of every event that names a person
YIELDING = " yielding"  # of every report of what was done


def words_of(event: Event) -> set[str]:
    """Return the words of the event, in folded form."""
    found = set[str]()
    for _, text in texts_in(event):
        found |= words(text)
    if event.participants and any(people_in(event)):
        found.add(PEOPLE)
    if isinstance(event, ImplementationReported):
        found.add(YIELDING)
    return found


class WordIndex:
    """Positions of events by the words in them: perhaps too many, never too few.

    Attributes:
        since: The position after which events were taken in.
        position: The position up to which they were.
    """

    def __init__(self, since: int = 0) -> None:
        """Begin after a position, without words."""
        self.since = since
        self.position = since
        self._places: dict[str, array[int]] = {}
        self._in_order: list[str] = []
        self._new: list[str] = []

    def add(self, position: int, found: Iterable[str]) -> None:
        """List the event at a position under words."""
        for word in found:
            places = self._places.get(word)
            if places is None:
                places = self._places[word] = array("q")
                self._new.append(word)
            places.append(position)

    def places(self) -> Iterable[tuple[str, Iterable[int]]]:
        """Return each word with the positions of its events."""
        return self._places.items()

    def holding(self, beginnings: Iterable[str]) -> set[int]:
        """Return the positions of events with a word for each beginning; none for no beginning."""
        if self._new:
            self._in_order += self._new
            self._in_order.sort()  # Two sorted stretches are merged in one pass.
            self._new.clear()
        found = [set(self._beginning(each)) for each in beginnings]
        return found[0].intersection(*found[1:]) if found else set()

    def _beginning(self, beginning: str) -> Iterator[int]:
        """Yield the positions of events with a word that begins so."""
        in_order = self._in_order
        for place in range(bisect_left(in_order, beginning), len(in_order)):
            word = in_order[place]
            if not word.startswith(beginning):
                return
            yield from self._places[word]
