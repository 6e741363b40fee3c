"""Board of kept answers that a store holds: in memory are only the answers of lists asked for.

Whatever has changed since the store was brought up to a position is folded, given, and then
written, unless somebody else was faster or the store cannot be written: then it stays in memory.

It is no board in memory with another home: that one holds a part where nobody asked for all, and
moves to any day; this one is whole, asks for the revision, and folds and writes page by page.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from coopledger._dates.asked_day import AFTER_ALL_DAYS, BEFORE_ALL_DAYS
from coopledger._facts.visible import Visible
from coopledger._kept.board import Board
from coopledger._kept.bodies import read, write
from coopledger._kept.bundle import Bundle, KeptAnswer
from coopledger._kept.changes import Changes
from coopledger._kept.folding import folded, listings, names_at, pages, rows_then
from coopledger._kept.sorted_answers import SortedAnswers, answers_within
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Things
from coopledger.stores.kept import Shelf, StoredBundle, Upkeep

_ATTEMPTS = 5
_MOST_UNSAID = 64  # events that bear on nothing before the store is told of them

_Answer = TypeVar("_Answer")


class _List:
    """Answers of one list in memory, found by where they are at home."""

    def __init__(self, *, only_open: bool) -> None:
        """Begin without answers."""
        self.only_open = only_open
        self._rows: dict[str, list[KeptAnswer]] = {}
        self.sorted = SortedAnswers()

    def replace(self, bundles: Mapping[str, Iterable[KeptAnswer]]) -> None:
        """Put the rows in the place of those at the same homes."""
        old = [row for at in bundles for row in self._rows.pop(at, ())]
        listed = {at: self.listed(rows) for at, rows in bundles.items()}
        self._rows.update((at, rows) for at, rows in listed.items() if rows)
        self.sorted.replace(old, [row for rows in listed.values() for row in rows])

    def move_to(self, day: int) -> None:
        """Let the days go by that the answers count."""
        for row in self.sorted:
            row.move_to(day)
        self.sorted.renew()

    def listed(self, rows: Iterable[KeptAnswer]) -> list[KeptAnswer]:
        """Return those of the rows that are in the list."""
        listed = [row for row in rows if row.order is not None]
        return [row for row in listed if row.is_open] if self.only_open else listed


class StoredBoard:
    """Kept answers of one noun in a store.

    Attributes:
        position: The position at which the lists in memory hold.
        day: The day on which they hold.
    """

    def __init__(self, things: Things[Any], shelf: Shelf) -> None:
        """Read nothing yet."""
        self.things = things
        self.joined: list[StoredBoard] = [self]
        self._shelf = shelf
        self._is_readable = True
        self._is_mine = False
        self._has_read = False
        self._latest_day = 0
        self._memory = Board(things)  # for what the store does not keep
        self._forget()

    def join(self, other: "StoredBoard") -> None:
        """Let both boards be filled at once, when all answers of one are asked for."""
        self.joined = other.joined = [self, other]

    def _forget(self) -> None:
        """Forget what was read, and what could not be written."""
        self.position, self.day = 0, 0
        self._is_sound = True
        self._revision = 0
        self._said = 0  # the position of which the store knows
        self._own: dict[str, Bundle] = {}
        self._lists: dict[bool, _List] = {}
        self._changes = Changes()

    # Questions, as of a board in memory.

    def one(self, visible: Visible, name: str, *, day: int) -> Any:  # noqa: ANN401 - of the noun
        """Return the answer about the thing; None where it has to be folded."""
        return self._undisturbed(lambda: self._one(visible, name, day=day))

    def within(
        self, visible: Visible, partnership: str, *, only_open: bool, day: int
    ) -> tuple[Any, ...] | None:
        """Return the answers of the partnership in order; None where they have to be folded."""
        return self._undisturbed(
            lambda: self._within(visible, partnership, only_open=only_open, day=day)
        )

    def every(self, snapshot: Snapshot, *, only_open: bool, day: int) -> tuple[Any, ...] | None:
        """Return all answers in order; None where they have to be folded."""
        return self._undisturbed(lambda: self._every(snapshot, only_open=only_open, day=day))

    def differing(
        self, visible: Visible, *, day: int, position: int, then: int
    ) -> tuple[set[str], set[str]] | None:
        """Return the homes where answers may be others than then, and the ids listed since."""
        return self._undisturbed(
            lambda: self._differing(visible, day=day, position=position, then=then)
        )

    def _undisturbed(self, ask: Callable[[], _Answer]) -> _Answer | None:
        """Return the answer, if all that was read for it is of one revision; else ask again."""
        for _ in range(_ATTEMPTS):
            self._has_read, was_readable = False, self._is_readable
            answer = ask()
            if was_readable and not self._is_readable:
                pass  # Then the store is left aside, or all is written once more.
            elif not self._has_read or self._is_current():
                return answer
            self._forget()
        return None

    def _is_current(self) -> bool:
        """Return whether nobody has changed the kept answers since they were read."""
        now = self._shelf.log.upkeep(self._shelf.ledger, self.things.noun)
        return now is not None and now.revision == self._revision

    def _one(self, visible: Visible, name: str, *, day: int) -> Any:  # noqa: ANN401 - of the noun
        """Return the answer about the thing, as `one`."""
        if not self._bring_to(visible, day):
            return self._memory.one(visible, name, day=day)
        home = next((at for at in self._own if name in names_at([at], self._own)), None)
        if home is None:
            home = self._shelf.log.home_of(self._shelf.ledger, self.things.noun, name)
        rows = self._rows_at(home, visible.up_to) if home is not None else None
        return next((row.answer for row in rows or () if row.name == name), None)

    def _within(
        self, visible: Visible, partnership: str, *, only_open: bool, day: int
    ) -> tuple[Any, ...] | None:
        """Return the answers of the partnership, as `within`."""
        if not self._bring_to(visible, day):
            return self._memory.within(visible, partnership, only_open=only_open, day=day)
        rows = self._rows_at(partnership, visible.up_to)
        if rows is None:
            return None
        return answers_within(rows, only_open=only_open)

    def _every(self, snapshot: Snapshot, *, only_open: bool, day: int) -> tuple[Any, ...] | None:
        """Return all answers, as `every`."""
        visible = snapshot.visible
        if not self._bring_to(visible, day):
            built = self._build(visible, day, only_open=only_open)
            if built is not None:
                return built.sorted.answers()
            return self._memory.every(snapshot, only_open=only_open, day=day)
        changed = self._changes.since(visible.up_to)
        if changed is None:
            return None
        answers = self._list(only_open=only_open).sorted
        if not changed:
            return answers.answers()
        then = rows_then(snapshot, self.things, changed, only_open=only_open)
        return answers.answers_then(changed, then)

    def _differing(
        self, visible: Visible, *, day: int, position: int, then: int
    ) -> tuple[set[str], set[str]] | None:
        """Return the homes and the ids, as `differing`."""
        if not self._bring_to(visible, day) or visible.up_to < self.position:
            return None
        listed, opened = listings(visible, self.things.noun, after=position)
        return self._stale(listed, then), listed | opened

    # What is in the store and in memory.

    def _rows_at(self, at: str, position: int) -> list[KeptAnswer] | None:
        """Return the rows at the home; None if they were folded after the position."""
        own = self._own.get(at)
        if own is not None:
            return [*own.rows] if own.position <= position else None
        for bundle in self._shelf.log.bundles(self._shelf.ledger, self.things.noun, homes=[at]):
            if bundle.position > position:
                return None
            return self._read(bundle.rows)
        return [] if position >= self.position else None

    def _read(self, rows: Iterable[tuple[bool, str, str]]) -> list[KeptAnswer]:
        """Return the rows that the store gave, on the day of the board."""
        self._has_read = True
        found = read(self.things.kind, [(name, body) for _, name, body in rows], day=self.day)
        self._is_readable = self._is_readable and found is not None
        return found or []

    def _list(self, *, only_open: bool) -> _List:
        """Return the list, which is read when it is first asked for."""
        if only_open not in self._lists:
            log, ledger, noun = self._shelf.log, self._shelf.ledger, self.things.noun
            rows: dict[str, list[KeptAnswer]] = {}
            stored = log.kept_rows(ledger, noun, only_open=only_open)
            read_rows = self._read((True, name, body) for _, name, body in stored)
            for (at, _, _), row in zip(stored, read_rows, strict=False):
                rows.setdefault(at, []).append(row)
            rows.update((at, [*bundle.rows]) for at, bundle in self._own.items())
            new = _List(only_open=only_open)
            new.replace(rows)
            self._lists[only_open] = new
        return self._lists[only_open]

    # The way to a later position and day.

    def _bring_to(self, visible: Visible, day: int) -> bool:
        """Let the answers hold at the position of the facts and on the day; return whether.

        For facts of an earlier position they hold as far as nothing has changed since. On an
        earlier day than was asked about here before, which is that of a view held for long, they
        stay as they are. But where others went on to a later day, by a clock that is ahead, they
        go back.
        """
        self._latest_day = max(self._latest_day, day)
        if not self._is_sound:
            self._forget()
        if self._revision and (self.position, self.day) == (visible.up_to, day):
            return True
        if self._revision and visible.up_to < self.position:
            return self.day == day
        now = self._upkeep()
        if now is None or not now.is_whole:
            return False
        if now.revision != self._revision:
            self._take_over(now)
        if visible.up_to < self.position or day < self._latest_day:
            return self.day == day
        self._advance(visible, day)
        return True

    def _upkeep(self) -> Upkeep | None:
        """Return the state in the store, if it is of this log and of these rules."""
        shelf = self._shelf
        now = shelf.log.upkeep(shelf.ledger, self.things.noun)
        if now is None or not self._is_readable or now.fingerprint != shelf.fingerprint():
            return None
        is_known = now.revision == self._revision or not now.is_whole
        return now if is_known or shelf.chain_at(now.position) == now.chain else None

    def _take_over(self, now: Upkeep) -> None:
        """Take over what the store holds: what others have changed, or all of it."""
        changed: list[StoredBundle] = []
        if self._own:
            self._lists.clear()  # Others were faster: theirs holds as well.
        elif self._lists:
            shelf = self._shelf
            changed = shelf.log.bundles(shelf.ledger, self.things.noun, after=self._revision)
        self._is_sound = False
        self._own.clear()
        self.position, self._said, self._revision = now.position, now.position, now.revision
        self._changes = Changes.read(now.changes, now.position)
        self._move_to(now.day)
        self._patch({bundle.home: self._read(bundle.rows) for bundle in changed})
        self._is_sound = True

    def _advance(self, visible: Visible, day: int) -> None:
        """Fold what has changed since, and write it."""
        noun, things = self.things.noun, self.things
        listed, names = listings(visible, noun, after=self.position)
        touched, turned = self._stale(listed, self.day), self._stale((), day)
        turned -= touched
        names |= self._names_kept(touched)
        bundles = folded(visible, things, touched | turned, names, day=day)
        moved = touched | (bundles.keys() - turned)
        names |= self._names_kept(moved - touched) | names_at(moved, bundles)
        self._is_sound = False
        self._changes.remember(visible.up_to, frozenset(names))
        self._own |= bundles
        self.position = visible.up_to
        self._move_to(day)
        self._patch({at: bundle.rows for at, bundle in bundles.items()})
        self._is_sound = True
        if self._own or self.position - self._said > _MOST_UNSAID:
            self._say(self._own.values())

    def _stale(self, names: Iterable[str], day: int) -> set[str]:
        """Return the homes of the bundles that rest on a name, or do not hold on the day."""
        self._has_read, names = True, set(names)
        stored = self._shelf.log.stale_homes(
            self._shelf.ledger, self.things.noun, names=names, day=day, is_earlier=day < self.day
        )
        own = {
            at
            for at, bundle in self._own.items()
            if not (bundle.spell.holds_on(day) and names.isdisjoint(bundle.rests_on))
        }
        return (stored - self._own.keys()) | own

    def _names_kept(self, homes: Iterable[str]) -> set[str]:
        """Return the ids of the things that are kept at the homes."""
        others = [at for at in homes if at not in self._own]
        shelf = self._shelf
        stored = shelf.log.bundles(shelf.ledger, self.things.noun, homes=others) if others else []
        names = {name for bundle in stored for _, name, _ in bundle.rows}
        return names | names_at(homes, self._own)

    def _patch(self, rows: Mapping[str, Iterable[KeptAnswer]]) -> None:
        """Put the rows at the homes into the lists in memory."""
        for each in self._lists.values():
            each.replace(rows)

    def _move_to(self, day: int) -> None:
        """Let the lists in memory tell the days for the day."""
        if day != self.day:
            self.day = day
            for each in self._lists.values():
                each.move_to(day)
            for bundle in self._own.values():
                for row in bundle.rows:
                    row.move_to(day)

    # Writing.

    def _say(self, bundles: Iterable[Bundle], *, is_whole: bool = True) -> bool:
        """Write the bundles and the state, if nobody was faster; return whether."""
        shelf = self._shelf
        then = Upkeep(
            revision=self._revision + 1,
            position=self.position if is_whole else 0,
            chain=shelf.chain_at(self.position) if is_whole else b"",
            day=self.day if is_whole else 0,
            is_whole=is_whole,
            fingerprint=shelf.fingerprint(),
            changes=self._changes.written(),
        )
        stored = [_stored(bundle) for bundle in bundles]
        is_kept = shelf.log.keep(
            shelf.ledger, self.things.noun, stored, since=self._revision, then=then
        )
        if is_kept:
            self._revision, self._said = then.revision, self.position
            self._own.clear()
        return is_kept

    def _build(self, visible: Visible, day: int, *, only_open: bool) -> _List | None:
        """Fold all bundles and write them, page by page; return the list that was asked for.

        None, and nothing is folded, where the store cannot be written, or holds answers of a
        later position or day.
        """
        if not self.begin(visible, day):
            return None
        boards = [each for each in self.joined if each is self or each.begin(visible, day)]
        nouns, rows = [each.things for each in boards], dict[str, list[KeptAnswer]]()
        asked = _List(only_open=only_open)
        for page in pages(visible, nouns, day=day):
            for board, bundles in zip(boards, page, strict=True):
                board.write(bundles)
                if board is self:
                    # Of all the others there are too many to hold them until the end.
                    rows.update((at, asked.listed(bundle.rows)) for at, bundle in bundles.items())
        asked.replace(rows)
        for board in boards:
            board.end(asked if board is self else None)
        return asked

    def begin(self, visible: Visible, day: int) -> bool:
        """Begin to write all answers; return whether there is need of it, and it can be done."""
        shelf, noun = self._shelf, self.things.noun
        now = shelf.log.upkeep(shelf.ledger, noun)
        if now is not None and now.is_whole and self._upkeep() is not None:
            return False
        since = now.revision if now is not None else 0
        self._forget()
        if not shelf.log.begin_upkeep(
            shelf.ledger, noun, fingerprint=shelf.fingerprint(), since=since
        ):
            return False
        self._is_readable, self._is_sound, self._is_mine = True, False, True
        self._revision, self.position, self.day = since + 1, visible.up_to, day
        self._changes = Changes(visible.up_to)
        return True

    def write(self, bundles: Mapping[str, Bundle]) -> None:
        """Write some of all the bundles, unless somebody else has begun meanwhile."""
        own = filter(_has_rows, bundles.values())
        self._is_mine = self._is_mine and self._say(own, is_whole=False)

    def end(self, asked: _List | None) -> None:
        """Write that all answers are there, and keep the list that was asked for."""
        if self._is_mine and self._say(()):
            if asked is not None:
                self._lists[asked.only_open] = asked
            self._is_sound = True
        else:  # Theirs is taken next time.
            self._forget()


def _stored(bundle: Bundle) -> StoredBundle:
    """Return the bundle as the store keeps it; without answers, it rests on nothing."""
    if not bundle.rows:
        return StoredBundle(
            home=bundle.home,
            position=bundle.position,
            since=BEFORE_ALL_DAYS,
            until=AFTER_ALL_DAYS,
        )
    return StoredBundle(
        home=bundle.home,
        position=bundle.position,
        since=bundle.spell.since,
        until=bundle.spell.until,
        rests_on=bundle.rests_on,
        rows=[(row.is_open and row.order is not None, row.name, write(row)) for row in bundle.rows],
    )


def _has_rows(bundle: Bundle) -> bool:
    """Return whether the bundle holds an answer."""
    return bool(bundle.rows)
