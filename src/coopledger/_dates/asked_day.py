"""Day asked about that notes from which day until which day the answer would be the same.

Rules and answers only compare a day with whole numbers, and count from it. So the days on which an
answer changes without a new event are found by asking, and no rule says them by hand.
"""

from datetime import date
from typing import TypeAlias, cast, final

import attrs

BEFORE_ALL_DAYS = 0
AFTER_ALL_DAYS = date.max.toordinal() + 1


@attrs.define
class Spell:
    """Days around one day, as ordinals, on which everything compared so far stays as it is.

    Attributes:
        day: The day asked about.
        since: The first of the days; 0 for the beginning.
        until: The day after the last of them.
    """

    day: int
    since: int = BEFORE_ALL_DAYS
    until: int = AFTER_ALL_DAYS

    def reaches(self, turn: int) -> bool:
        """Return whether the day is the turn or later, and note that this changes on the turn."""
        if turn > self.day:
            self.until = min(self.until, turn)
            return False
        self.since = max(self.since, turn)
        return True

    def holds_on(self, day: int) -> bool:
        """Return whether the day is one of the days."""
        return self.since <= day < self.until

    def move_to(self, day: int) -> None:
        """Begin anew on the day, with nothing compared yet."""
        self.day, self.since, self.until = day, BEFORE_ALL_DAYS, AFTER_ALL_DAYS

    def begin_part(self) -> tuple[int, int]:
        """Note by itself what is compared from now on; return what `end_part` needs."""
        whole = self.since, self.until
        self.since, self.until = BEFORE_ALL_DAYS, AFTER_ALL_DAYS
        return whole

    def end_part(self, whole: tuple[int, int]) -> tuple[int, int]:
        """Return the days of the part, within which the whole is too."""
        part = self.since, self.until
        self.since, self.until = whole
        self.rest_on(part)
        return part

    def rest_on(self, part: tuple[int, int]) -> None:
        """Note the days of a part that is not compared again."""
        since, until = part
        self.since, self.until = max(self.since, since), min(self.until, until)


class _Noting:
    """Number that is another one on each day: it compares, and understands nothing else.

    It has neither a hash nor a truth value, and is no index, so that what it cannot note is a
    TypeError and never a wrong answer.
    """

    __slots__ = ("_offset", "_spell")

    def __init__(self, spell: Spell, offset: int = 0) -> None:
        """Note in the spell; the offset is the number on the day 0."""
        self._spell = spell
        self._offset = offset

    def __bool__(self) -> bool:
        """Refuse to be true or false, which would note nothing."""
        raise _misuse(self)

    def __eq__(self, other: object) -> bool:
        """Refuse to be equal, which nothing asks of a day."""
        raise _misuse(self)

    def __hash__(self) -> int:
        """Refuse to be a key."""
        raise _misuse(self)


@final
class AskedDay(_Noting):
    """Day asked about, or days since another one: it grows by one each day."""

    __slots__ = ()

    def on(self, day: int) -> int:
        """Return the number on the day."""
        return day + self._offset

    def __ge__(self, other: int) -> bool:
        """Return whether it has reached the other day."""
        return self._spell.reaches(_whole(other) - self._offset)

    def __gt__(self, other: int) -> bool:
        """Return whether it is past the other day."""
        return self._spell.reaches(_whole(other) + 1 - self._offset)

    def __lt__(self, other: int) -> bool:
        """Return whether it has not reached the other day."""
        return not self >= other

    def __le__(self, other: int) -> bool:
        """Return whether it is not past the other day."""
        return not self > other

    def __add__(self, days: int) -> "AskedDay":
        """Return the day so many days later."""
        return AskedDay(self._spell, self._offset + _whole(days))

    def __sub__(self, days: int) -> "AskedDay":
        """Return the day so many days earlier, or the days since a day."""
        return AskedDay(self._spell, self._offset - _whole(days))

    def __rsub__(self, day: int) -> "DaysLeft":
        """Return the days from it to a day."""
        return DaysLeft(self._spell, _whole(day) - self._offset)


@final
class DaysLeft(_Noting):
    """Days from the day asked about to another one: they become fewer by one each day."""

    __slots__ = ()

    def on(self, day: int) -> int:
        """Return the number on the day."""
        return self._offset - day

    def __le__(self, other: int) -> bool:
        """Return whether no more days are left."""
        return self._spell.reaches(self._offset - _whole(other))

    def __lt__(self, other: int) -> bool:
        """Return whether fewer days are left."""
        return self._spell.reaches(self._offset - _whole(other) + 1)

    def __ge__(self, other: int) -> bool:
        """Return whether no fewer days are left."""
        return not self < other

    def __gt__(self, other: int) -> bool:
        """Return whether more days are left."""
        return not self <= other


def _whole(number: object) -> int:
    """Return the whole number with which a day is compared.

    Raises:
        TypeError: It is none, such as another day that notes.
    """
    if not isinstance(number, int):
        raise _misuse(number)
    return number


def _misuse(value: object) -> TypeError:
    """Return the error about a day or days of which something is asked that nobody could note."""
    return TypeError(f"{type(value).__name__} is only compared with, and counted from, a whole day")


# Rules take both: the one of answers that are folded for one question, the other of kept ones.
Day: TypeAlias = int | AskedDay


def days_since(day: Day, other: int) -> int:
    """Return the days since the other day, which an answer shows.

    Of a day that notes they note too, and are moved on when the kept answer is read.
    """
    return cast(int, day - other)
