"""Days, fuzzy dates, instants and time zones: the only door to pendulum.

Days are proleptic Gregorian ordinals (``date.toordinal()``, 0001-01-01 is 1) and
instants are whole microseconds since 1970-01-01T00:00:00Z, both plain integers;
pendulum values are made when asked for, because they are much slower.
"""

from coopledger.dates.days import add_months, add_years, day_text, to_date
from coopledger.dates.instants import (
    instant,
    instant_text,
    instant_us,
    read_instant,
    system_clock,
)
from coopledger.dates.value import EdtfDate, edtf, to_day
from coopledger.dates.zones import day_of, end_of_day_us, known_us, zone_name

__all__ = [
    "EdtfDate",
    "add_months",
    "add_years",
    "day_of",
    "day_text",
    "edtf",
    "end_of_day_us",
    "instant",
    "instant_text",
    "instant_us",
    "known_us",
    "read_instant",
    "system_clock",
    "to_date",
    "to_day",
    "zone_name",
]
