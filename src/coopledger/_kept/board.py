"""Board of kept answers: all bundles of one noun, as of one position and one day.

A board is brought to the position and day asked about: bundles that rest on a name under which an
event was listed since are folded again, and so are those whose spell does not hold on the day.
"""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from coopledger._facts.visible import Visible
from coopledger._gc import collector_paused, collector_paused_for
from coopledger._kept.bundle import Bundle, KeptAnswer
from coopledger._kept.changes import Changes
from coopledger._kept.folding import folded, listings, names_at, pages, rows_then
from coopledger._kept.lasting import LastingHomes
from coopledger._kept.sorted_answers import SortedAnswers, answers_within
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Things
from coopledger.terms import Noun

_MOST_BUNDLES = 4096  # of a board that is not whole
_MOST_UNASKED = 50_000  # answers that are kept before anybody asks for them


class Board:
    """Kept answers of one noun.

    Attributes:
        position: The position at which all of them hold.
        day: The day on which all of them hold.
        is_whole: Whether every thing that is known at the position is there.
        turning: The homes that turned on the way to this day, which soon turn again.
    """

    def __init__(self, things: Things[Any]) -> None:
        """Begin without answers."""
        self.things = things
        self.joined: list[Board] = [self]
        self.turning = LastingHomes()
        self._clear()

    def join(self, other: "Board") -> None:
        """Let both boards be filled at once, when all answers of one are asked for."""
        self.joined = other.joined = [self, other]
        self.turning = other.turning

    def _clear(self) -> None:
        """Forget all answers."""
        self.position, self.day, self.is_whole = 0, 0, False
        self._is_sound = True
        self._bundles: dict[str, Bundle] = {}
        self._resting: dict[str, set[str]] | None = None  # Made when an event first bears on it.
        self._home_of: dict[str, str] = {}
        self._counting: dict[str, KeptAnswer] = {}
        self._all = SortedAnswers()
        self._open = SortedAnswers()
        self._changes = Changes()

    # Questions. An answer of None has to be folded by the one who asks.

    def one(self, visible: Visible, name: str, *, day: int) -> Any:  # noqa: ANN401 - of the noun
        """Return the answer about the thing; a partnership that is not kept yet is from now on."""
        if not self._bring_to(visible, day):
            return None
        if self.things.noun is Noun.PARTNERSHIP:
            self._hold(visible, name)
        at = self._home_of.get(name)
        bundle = self._bundles[at] if at is not None else None
        if bundle is None or bundle.position > visible.up_to:
            return None
        return next(row.answer for row in bundle.rows if row.name == name)

    def within(
        self, visible: Visible, partnership: str, *, only_open: bool, day: int
    ) -> tuple[Any, ...] | None:
        """Return the answers of the partnership in order."""
        if not self._bring_to(visible, day):
            return None
        self._hold(visible, partnership)
        bundle = self._bundles.get(partnership)
        if bundle is None:
            return () if visible.up_to >= self.position else None
        if bundle.position > visible.up_to:
            return None
        return answers_within(bundle.rows, only_open=only_open)

    def every(self, snapshot: Snapshot, *, only_open: bool, day: int) -> tuple[Any, ...] | None:
        """Return all answers in order."""
        visible = snapshot.visible
        if not self._bring_to(visible, day):
            return None
        if not self.is_whole:
            if visible.up_to < self.position:
                return None
            self._complete(visible)
        changed = self._changes.since(visible.up_to)
        answers = self._open if only_open else self._all
        if not changed:
            return answers.answers() if changed is not None else None
        then = rows_then(snapshot, self.things, changed, only_open=only_open)
        return answers.answers_then(changed, then)

    def differing(
        self, visible: Visible, *, day: int, position: int, then: int
    ) -> tuple[set[str], set[str]] | None:
        """Return the homes where answers may be others than at an earlier position and day.

        And the ids under which an event was listed since. None where not all answers are kept.
        """
        if not (self.is_whole and self._bring_to(visible, day)) or visible.up_to < self.position:
            return None
        listed, opened = listings(visible, self.things.noun, after=position)
        resting = self._homes_by_name() if listed else {}
        homes = {at for at, bundle in self._bundles.items() if not bundle.spell.holds_on(then)}
        return homes.union(*(resting.get(name, ()) for name in listed)), listed | opened

    # The way to a later position, and to another day.

    def _bring_to(self, visible: Visible, day: int) -> bool:
        """Let the answers hold at the position of the facts, and on the day.

        Return whether they do, as far as nothing has changed since: a board never goes back.
        """
        if not self._is_sound:
            self._clear()
        if visible.up_to < self.position:
            return self.day == day
        if self.position != visible.up_to or self.day != day:
            homes, names = self._touched(visible)
            turned = self._turned(day) - homes
            with collector_paused_for(len(homes) + len(turned)):
                self._fold_again(visible, homes, names, turned, day=day)
        return True

    def _touched(self, visible: Visible) -> tuple[set[str], set[str]]:
        """Return the homes on which later events bear, and the ids that these may bring in."""
        homes, names = set[str](), set[str]()
        if self._bundles or self.is_whole:
            listed, names = listings(visible, self.things.noun, after=self.position)
            resting = self._homes_by_name() if listed else {}
            homes.update(*(resting.get(name, ()) for name in listed))
        return homes, names

    def _homes_by_name(self) -> dict[str, set[str]]:
        """Return under each name the homes of the answers that rest on it."""
        if self._resting is None:
            self._resting = {}
            for bundle in self._bundles.values():
                _note_rests(self._resting, bundle)
        return self._resting

    def _turned(self, day: int) -> set[str]:
        """Return the homes of the bundles whose spell does not hold on the day."""
        if day == self.day:
            return set()
        return {at for at, bundle in self._bundles.items() if not bundle.spell.holds_on(day)}

    def _fold_again(
        self, visible: Visible, homes: set[str], names: set[str], turned: set[str], *, day: int
    ) -> None:
        """Replace the bundles that do not hold, and those where things came, went or moved."""
        names |= names_at(homes, self._bundles)
        bundles: dict[str, Bundle] = {}
        if self.is_whole:
            bundles = folded(visible, self.things, homes, names, day=day)
            bundles |= self.turning.folded(visible, self.things, turned - bundles.keys(), day=day)
            homes |= bundles.keys() - turned
            names |= names_at(homes, self._bundles) | names_at(homes, bundles)
        self._is_sound = False
        if self.is_whole:
            self._changes.remember(visible.up_to, frozenset(names))
        has_moved = self.day != day
        self.position, self.day = visible.up_to, day
        self._replace(homes | turned, bundles)
        if has_moved:
            self._move_days()
        self._is_sound = True

    def _complete(self, visible: Visible) -> None:
        """Take in whatever is known and not kept yet.

        All of it is kept: the collector would walk it again and again as it grows.
        """
        with collector_paused():
            self._complete_all(visible)

    def _complete_all(self, visible: Visible) -> None:
        """Take in whatever is known and not kept yet, here and on boards that are filled too."""
        boards = [each for each in self.joined if each is self or self._fills(each, visible)]
        bundles = [dict[str, Bundle]() for _ in boards]
        nouns = [each.things for each in boards]
        for page in pages(visible, nouns, self._bundles, day=self.day):
            for its, new in zip(bundles, page, strict=True):
                its.update(new)
        for board, its in zip(boards, bundles, strict=True):
            board.fill(its, position=self.position, day=self.day)

    def _fills(self, other: "Board", visible: Visible) -> bool:
        """Return whether to fill the other board too: both are empty, and it will be small."""
        if self._bundles or not other.is_empty:
            return False
        return len(visible.fresh(Visible).names(other.things.noun)) <= _MOST_UNASKED

    @property
    def is_empty(self) -> bool:
        """Return whether no answer is kept, nor known to be missing."""
        return not self._bundles and not self.is_whole

    def fill(self, bundles: Mapping[str, Bundle], *, position: int, day: int) -> None:
        """Take in all the bundles that are not kept yet."""
        self._is_sound = False
        self.position, self.day = position, day
        self._replace((), bundles)
        self.is_whole, self._changes = True, Changes(position)
        self._is_sound = True

    def _hold(self, visible: Visible, at: str) -> None:
        """Take in the bundle at one home, if it is not kept yet; not for an earlier position."""
        if self.is_whole or at in self._bundles or visible.up_to < self.position:
            return
        bundle = folded(visible, self.things, [at], (), day=self.day)[at]
        oldest = list(islice(self._bundles, max(0, len(self._bundles) - _MOST_BUNDLES + 1)))
        self._is_sound = False
        self._replace(oldest, {at: bundle})
        self._is_sound = True

    # Changes of what is held. The board is unsound until they are done: an interruption in their
    # midst has everything folded again.

    def _replace(self, homes: Iterable[str], bundles: Mapping[str, Bundle]) -> None:
        """Drop the bundles at the homes, and take in those that hold answers."""
        gone = [self._bundles.pop(at) for at in homes if at in self._bundles]
        new = [bundle for bundle in bundles.values() if bundle.rows]
        stays = {id(bundle.rests_on) for bundle in gone} & {id(bundle.rests_on) for bundle in new}
        for bundle in gone:
            self._forget(bundle, rests=id(bundle.rests_on) in stays)
        for bundle in new:
            self._keep(bundle, rests=id(bundle.rests_on) in stays)
        old_rows, new_rows = _listed(gone), _listed(new)
        same = {id(row) for row in old_rows} & {id(row) for row in new_rows}
        old_rows = [row for row in old_rows if id(row) not in same]
        new_rows = [row for row in new_rows if id(row) not in same]
        self._all.replace(old_rows, new_rows)
        self._open.replace(_open(old_rows), _open(new_rows))

    def _keep(self, bundle: Bundle, *, rests: bool) -> None:
        """Note where the answers are, on what they rest, and which of them count days.

        Where it rests on the same names as the one before it, these are noted already.
        """
        self._bundles[bundle.home] = bundle
        if self._resting is not None and not rests:
            _note_rests(self._resting, bundle)
        for row in bundle.rows:
            self._home_of[row.name] = bundle.home
            if row.counts:
                self._counting[row.name] = row

    def _forget(self, bundle: Bundle, *, rests: bool) -> None:
        """Take back what was noted of the bundle."""
        if self._resting is not None and not rests:
            _forget_rests(self._resting, bundle)
        for row in bundle.rows:
            del self._home_of[row.name]
            self._counting.pop(row.name, None)

    def _move_days(self) -> None:
        """Let the answers that count days tell them for the day of the board."""
        for row in self._counting.values():
            row.move_to(self.day)
        self._all.renew()
        self._open.renew()


def _note_rests(resting: dict[str, set[str]], bundle: Bundle) -> None:
    """Note the home under each name on which its answers rest."""
    for name in bundle.rests_on:
        resting.setdefault(name, set()).add(bundle.home)


def _forget_rests(resting: dict[str, set[str]], bundle: Bundle) -> None:
    """Take back the home under each name on which its answers rested."""
    for name in bundle.rests_on:
        homes = resting[name]
        homes.discard(bundle.home)
        if not homes:
            del resting[name]


def _listed(bundles: Iterable[Bundle]) -> list[KeptAnswer]:
    """Return the rows of the bundles that are listed."""
    return [row for bundle in bundles for row in bundle.rows if row.order is not None]


def _open(rows: Iterable[KeptAnswer]) -> list[KeptAnswer]:
    """Return the rows of open things."""
    return [row for row in rows if row.is_open]
