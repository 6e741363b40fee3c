"""Tell a date in another language."""

from coopledger._display.day_words import day_words

assert day_words("vi").date("2026-11-27") == "27 thg 11, 2026"
assert day_words("fr").date("2026-11") == "nov. 2026"
