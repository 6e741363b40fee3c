"""Limits of what is read of a file, so that none takes all memory or goes on for ever.

An office has hundreds of rows. The limits of a workbook are those of its parts once unpacked: a
small file can unpack to a large one.
"""

MOST_BYTES = 50_000_000  # of a file
MOST_UNPACKED = 100_000_000  # bytes of all parts of a workbook
MOST_PARTS = 2_000
MOST_ROWS = 20_000  # of a table, blank ones left out
MOST_CELLS = 1_000_000  # of a file, blank ones left out
MOST_COLUMNS = 256
MOST_MERGED = 1_000_000  # cells that take their value from another
LONGEST_CELL = 32_767  # letters, as in programs of spreadsheets
