"""Marks of fuzzy dates: which date is fuzzy, and the day that it lends with its mark."""

import re
from functools import lru_cache

from coopledger._dates.asked_day import Day
from coopledger._dates.days import day_text
from coopledger._dates.edtf import EdtfDate, edtf

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAYS = re.compile(f"{_DAY}/{_DAY}")


def is_fuzzy(when: EdtfDate) -> bool:
    """Return whether a date is neither one certain day nor a closed interval of days.

    >>> is_fuzzy(EdtfDate("2022")), is_fuzzy(EdtfDate("2018-03-25/2018-03-27"))
    (True, False)
    """
    return not (when.exact or _is_span_of_days(when.text))


@lru_cache(4096)
def _is_span_of_days(text: str) -> bool:
    """Return whether the text is a closed interval of days; most others are fuzzy dates."""
    return _DAYS.fullmatch(text) is not None


def day_lent(when: EdtfDate) -> EdtfDate:
    """Return the day at which an act so dated counts, with the mark of a fuzzy date.

    A day that is not known is an interval with an open start, and stays one.

    >>> day_lent(EdtfDate("2025")), day_lent(EdtfDate("../2026-11"))
    (EdtfDate('2025-12-31~'), EdtfDate('../2026-11-30'))
    """
    day = day_text(when.settled)
    if when.first is None:
        return edtf(f"../{day}")
    return marked(when.settled, by=when)


def marked(day: int, *, by: EdtfDate) -> EdtfDate:
    """Return the day with the ordinal, with ``~`` where the date behind it is fuzzy."""
    return edtf(f"{day_text(day)}{'~' if is_fuzzy(by) else ''}")


def is_doubtful_on(end: EdtfDate, day: Day) -> bool:
    """Return whether it is uncertain on the day that an end so dated has come.

    An end `2022` is uncertain on the days within it, `2022~` on later days too.
    """
    if not is_fuzzy(end) or end.last is None or (end.first is not None and end.first > day):
        return False
    return day <= end.last or end.text[-1] in "~?%"


def is_doubtful_before(act: EdtfDate, day: Day) -> bool:
    """Return whether it is uncertain that an act so dated was before the day.

    `2025` is uncertain before the days within it, `2025~` before later days too. An act with an
    open end may have been at any time since its start.
    """
    if not is_fuzzy(act) or (act.first is not None and act.first >= day):
        return False
    return act.last is None or act.last >= day or act.text[-1] in "~?%"


def days_late(act: EdtfDate, due: EdtfDate) -> int | None:
    """Return the least number of days by which an act is late, 0 if in time.

    None where nothing can be claimed: the due date has no last day, or the act is fuzzy and
    straddles it.

    >>> due = EdtfDate("2026-06-30")
    >>> [days_late(EdtfDate(act), due) for act in ("2026-07-02", "2026", "2026-07")]
    [2, None, 1]
    """
    if due.last is None:
        return None
    if not is_fuzzy(act):
        return max(0, act.settled - due.last)
    if act.last is not None and act.last <= due.last:
        return 0
    return act.first - due.last if act.first is not None and act.first > due.last else None
