"""Reader of dates that others wrote in their own hand, in English, French or Vietnamese."""

import datetime

from coopledger._dates.days import shortened, unreadable
from coopledger._dates.edtf import EdtfDate, edtf
from coopledger._dates.grammar import Span
from coopledger._dates.grammar import read as read_grammar
from coopledger.errors import ArgumentError

_ORDERS = frozenset({bool, type(None)})


def read(text: str | datetime.date | EdtfDate, *, day_first: bool | None = None) -> EdtfDate:
    """Return the one date that a text in another hand means, such as ``Q3 2024``.

    A date in EDTF, and a calendar day, is itself. A text that may mean several dates is
    refused with all of them, and nothing is mended: a fault is refused with what would do.

    Args:
        text: The text as somebody wrote it.
        day_first: The order of day and month where both are numbers: ``08-09-2022`` is
            8 September with True, 9 August with False, and refused with None. A French or
            Vietnamese word in the text says that the day is first; such a text is refused
            with False where the order matters.

    Raises:
        FieldError: E104, if the text has no reading, or several; E106, if it is no text.
        ArgumentError: `day_first` is neither True nor False nor None.

    >>> read("quý III/2024").text, read("08-09-2022", day_first=True).text
    ('2024-07/2024-09', '2022-09-08')
    >>> read("08-09-2022")
    Traceback (most recent call last):
    coopledger.errors.FieldError: E104 '08-09-2022' is ambiguous: 2022-08-09 or 2022-09-08
    """
    if type(day_first) not in _ORDERS:
        words = "is no order: give True, False or None"
        raise ArgumentError("day_first", shortened(day_first), words)
    if not isinstance(text, str):
        return edtf(text)
    reason = read_grammar(text)
    if isinstance(reason, Span):
        return edtf(text)
    # The patterns of the forms take longer to load than reading a date in EDTF.
    from coopledger._dates.hints import remedy
    from coopledger._dates.readings import readings

    dates = readings(text, day_first=day_first)
    if len(dates) == 1:
        return edtf(dates[0])
    raise unreadable(text, remedy(text, reason, day_first=day_first))
