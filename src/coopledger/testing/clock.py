"""A clock and ids that a test sets, so that the same test gives the same log."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count

from coopledger._fields.reading import argument, require, text
from coopledger.dates import day_text, instant, instant_us, read_instant, to_day

NOON = "2030-01-01T12:00:00Z"
STILL = timedelta(0)
MICROSECOND = timedelta(microseconds=1)


class Clock:
    """Gives the instant that it was set to, to be the ``clock=`` of a ledger.

    It stands still, or moves on by ``tick`` each time that it was asked. The instants of a day
    are those of noon UTC.

    >>> clock = Clock("2022-08-16")
    >>> str(clock()), str(clock())
    ('2022-08-16 12:00:00+00:00', '2022-08-16 12:00:00+00:00')
    >>> clock.wait(timedelta(days=30))
    >>> str(clock())
    '2022-09-15 12:00:00+00:00'
    """

    def __init__(self, now: str | date = NOON, *, tick: timedelta = STILL) -> None:
        """Set to an instant with its offset from UTC, or to noon UTC of a day.

        Raises:
            ArgumentError: The instant cannot be read, or has no offset; the tick is no length.
        """
        self._us: int = argument("now", _us, now)
        self._tick: timedelta = argument("tick", _length, tick)

    def __call__(self) -> datetime:
        """The instant, in UTC; the tick comes after it."""
        now = self.now
        self.wait(self._tick)
        return now

    @property
    def now(self) -> datetime:
        """The instant, in UTC; looking does not move it."""
        return instant(self._us)

    def set(self, now: str | date) -> None:
        """Turn it to an instant with its offset from UTC, or to noon UTC of a day.

        It may be turned back, as clocks are: record times go on all the same.

        Raises:
            ArgumentError: The instant cannot be read, or has no offset.
        """
        self._us = argument("now", _us, now)

    def wait(self, length: timedelta) -> None:
        """Let the length pass.

        Raises:
            ArgumentError: It is no length.
        """
        self._us += argument("length", _length, length) // MICROSECOND


def numbered(prefix: str = "e") -> Callable[[], str]:
    """Ids to be the ``ids=`` of a ledger: ``e1``, ``e2``, ``e3`` and so on.

    >>> new_id = numbered("e")
    >>> new_id(), new_id()
    ('e1', 'e2')
    """
    prefix, numbers = argument("prefix", text, prefix), count(1)
    return lambda: f"{prefix}{next(numbers)}"


def _us(now: str | date) -> int:
    """The microseconds since 1970 UTC."""
    if isinstance(now, datetime):
        return instant_us(now)
    if isinstance(now, str) and "T" in now:
        return read_instant(now)
    return read_instant(f"{day_text(to_day(now))}T12:00:00Z")


def _length(value: timedelta) -> timedelta:
    """The length; E106 for anything else."""
    require(value, timedelta, "is no length of time: give a timedelta")
    return value
