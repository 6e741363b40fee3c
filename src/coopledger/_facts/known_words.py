"""Words of all events of a log: those that the store keeps, and in memory those said since.

They are kept in stretches of the log, each a bundle of kept answers: a row is a word with the
positions of its events. Nothing in a stretch is changed, since words are only a hint: of an event
that was corrected the new words are in the stretch of the correction.
"""

from collections.abc import Callable, Collection, Iterable
from itertools import accumulate, pairwise
from threading import Lock
from unicodedata import unidata_version

from coopledger._dates.asked_day import AFTER_ALL_DAYS, BEFORE_ALL_DAYS
from coopledger._facts.index import Fact
from coopledger._facts.source import Source
from coopledger._facts.words import WordIndex, words_of
from coopledger._forks import is_orphaned
from coopledger._log.chain import Recorded
from coopledger.events import EventCorrected
from coopledger.stores.kept import Shelf, StoredBundle, Upkeep

# Beside the nouns of kept answers. Programs that fold letters otherwise have words of their own.
NOUN = f"word {unidata_version}"
_PAGE = 20_000  # events in one stretch
_LEAST = 1_000  # fewer are quickly read, and many short stretches are not
_LONGEST = 64  # letters of a word that is kept, as a database lists no long ones
_ATTEMPTS = 5
_AFTER_ALL_LETTERS = "\U0010ffff"

# Returns the event that a correction at a position is about, as it is from then on.
AsCorrected = Callable[[EventCorrected, int], Fact | None]


class KnownWords:
    """Words of all events of one log, found by their beginnings; safe for several threads."""

    def __init__(self, source: Source | None, as_corrected: AsCorrected) -> None:
        """Begin with what is kept, if the source keeps anything."""
        self._source = source
        self._as_corrected = as_corrected
        self._begin()

    def _begin(self) -> None:
        """Begin without words in memory."""
        shelf = self._source.shelf if self._source is not None else None
        self._kept = KeptWords(shelf) if shelf is not None else None
        self._new = WordIndex()
        self._is_refused = False  # What cannot be written once is not written later.
        self._lock = Lock()

    def begin_in_child(self) -> None:
        """Gather the words again where another thread was gathering them."""
        if is_orphaned(self._lock):
            self._begin()

    def forget(self, *, after: int) -> None:
        """Look again at the events after a position: others are there from now on."""
        self._new.position = min(self._new.position, after)

    def holding(
        self,
        beginnings: Iterable[str],
        *,
        base: int,
        later: Iterable[Recorded],
    ) -> set[int]:
        """Return positions of events with a word for each beginning: too many, never too few.

        Events up to the base are read from the log; the later ones are given.
        """
        wanted = tuple(beginnings)
        with self._lock:
            for _ in range(_ATTEMPTS):
                found = self._holding(wanted, base, later)
                if found is not None:
                    return found
            self._kept = None  # Others begin anew again and again: all is taken into memory.
            return self._holding(wanted, base, later) or set()

    def _holding(
        self, wanted: Collection[str], base: int, later: Iterable[Recorded]
    ) -> set[int] | None:
        """Return the positions; None if others have begun anew meanwhile."""
        reached = self._kept.reach() if self._kept is not None else 0
        if reached != self._new.since:
            self._new, self._is_refused = WordIndex(reached), False
        self._take_in(base)
        for item in later:
            if item.position > self._new.position:
                self._take_in_words_of(item)
        stored = self._kept.holding(wanted) if self._kept is not None else set[int]()
        return None if stored is None else stored | self._new.holding(wanted)

    def _take_in(self, base: int) -> None:
        """Take in the words of the events up to the base, stretch by stretch."""
        if self._source is None or self._new.position >= base:
            return
        last: Recorded | None = None
        for last in self._source.stream(after=self._new.position, up_to=base):
            self._take_in_words_of(last)
            if self._new.position - self._new.since >= _PAGE:
                self._keep(last)
        if last is not None and self._new.position - self._new.since >= _LEAST:
            self._keep(last)

    def _keep(self, last: Recorded) -> None:
        """Move what is in memory into the store; where that cannot be, it stays."""
        if self._kept is None or self._is_refused:
            return
        if self._kept.add(self._new, chain=last.chain):
            self._new = WordIndex(last.position)
        else:
            self._is_refused = True

    def _take_in_words_of(self, item: Recorded) -> None:
        """Take in the words of an event, or of the one that it corrects as it is from then on."""
        event, position = item.event, item.position
        if isinstance(event, EventCorrected):
            then = self._as_corrected(event, position)
            if then is not None:
                self._new.add(then.position, words_of(then.event))
        else:
            self._new.add(position, words_of(event))
        self._new.position = position


class KeptWords:
    """Words that a store keeps of the first events of a log."""

    def __init__(self, shelf: Shelf) -> None:
        """Read nothing yet."""
        self._shelf = shelf
        self._revision = 0
        self._position = 0  # up to which words can be used
        self._is_ours = False  # whether what is there can be added to

    def reach(self) -> int:
        """Return the position up to which words are kept; 0 where they cannot be used."""
        now = self._shelf.log.upkeep(self._shelf.ledger, NOUN)
        revision = now.revision if now is not None else 0
        if revision != self._revision:
            self._revision, self._is_ours = revision, now is not None and self._is_usable(now)
            self._position = now.position if now is not None and self._is_ours else 0
        return self._position

    def _is_usable(self, now: Upkeep) -> bool:
        """Return whether the words are of this log, and made as they are made here."""
        shelf = self._shelf
        if now.fingerprint != shelf.fingerprint():
            return False
        return not now.position or shelf.chain_at(now.position) == now.chain

    def holding(self, beginnings: Iterable[str]) -> set[int] | None:
        """Return the positions of events with a word for each; None if others wrote meanwhile."""
        if not self._position:
            return set()
        found, revision = [self._beginning(each[:_LONGEST]) for each in beginnings], self._revision
        self.reach()
        if self._revision != revision:
            return None
        sound = [each for each in found if each is not None]
        if len(sound) < len(found):
            self._position, self._is_ours = 0, False
            return None
        return sound[0].intersection(*sound[1:]) if sound else set()

    def _beginning(self, beginning: str) -> set[int] | None:
        """Return the positions of events with a word that begins so; None where one is damaged."""
        end, found = beginning + _AFTER_ALL_LETTERS, set[int]()
        log, ledger = self._shelf.log, self._shelf.ledger
        for text in log.texts_between(ledger, NOUN, first=beginning, end=end):
            positions = _read(text)
            if positions is None:
                return None
            found.update(positions)
        return found

    def add(self, words: WordIndex, *, chain: bytes) -> bool:
        """Add the next stretch, if nobody was faster and the store can be written; return whether.

        The hash is that of the last event. What cannot be used is removed first.
        """
        shelf, fingerprint = self._shelf, self._shelf.fingerprint()
        if not self._is_ours:
            if not shelf.log.begin_upkeep(
                shelf.ledger, NOUN, fingerprint=fingerprint, since=self._revision
            ):
                return False
            self._revision, self._is_ours = self._revision + 1, True
        revision, position = self._revision + 1, words.position
        then = state(revision, position=position, chain=chain, fingerprint=fingerprint)
        rows = ((word[:_LONGEST], _write(places)) for word, places in words.places())
        new = stretch(f"{words.since}", position=position, rows=rows)
        if not shelf.log.keep(shelf.ledger, NOUN, [new], since=self._revision, then=then):
            return False
        self._revision, self._position = then.revision, then.position
        return True


def state(revision: int, *, position: int, chain: bytes, fingerprint: str) -> Upkeep:
    """Return the state of kept words, which no day changes."""
    return Upkeep(
        revision=revision,
        position=position,
        chain=chain,
        day=BEFORE_ALL_DAYS,
        is_whole=True,
        fingerprint=fingerprint,
        changes="",
    )


def stretch(home: str, *, position: int, rows: Iterable[tuple[str, str]]) -> StoredBundle:
    """Return words with the texts that tell their positions, as they are kept."""
    return StoredBundle(
        home=home,
        position=position,
        since=BEFORE_ALL_DAYS,
        until=AFTER_ALL_DAYS,
        rows=[(False, name, text) for name, text in rows],
    )


def _write(positions: Iterable[int]) -> str:
    """Return the positions as text, each as its distance from the one before."""
    in_order = sorted(set(positions))
    return " ".join(str(later - earlier) for earlier, later in pairwise([0, *in_order]))


def _read(text: str) -> list[int] | None:
    """Return the positions in the text; None if it has been damaged."""
    steps = text.split()
    if not all(step.isdecimal() and step.isascii() and step != "0" for step in steps):
        return None
    return list(accumulate(map(int, steps)))
