"""Dates as people write them, and the clock."""

from coopledger._dates.days import add_months, add_years, day_text, to_date
from coopledger._dates.edtf import EdtfDate, edtf, known_date, to_day
from coopledger._dates.instants import (
    Known,
    day_of,
    end_of_day_us,
    instant,
    instant_text,
    instant_us,
    known_by,
    known_us,
    read_instant,
    system_clock,
    system_us,
    zone_name,
)
from coopledger._dates.reader import read

__all__ = [
    "EdtfDate",
    "Known",
    "add_months",
    "add_years",
    "day_of",
    "day_text",
    "edtf",
    "end_of_day_us",
    "instant",
    "instant_text",
    "instant_us",
    "known_by",
    "known_date",
    "known_us",
    "read",
    "read_instant",
    "system_clock",
    "system_us",
    "to_date",
    "to_day",
    "zone_name",
]
