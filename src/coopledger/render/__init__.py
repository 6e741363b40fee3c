"""Plain text for a terminal or a mail: the board, what is pending, and why.

Each function gives one text without a line break at its end: print it, or put it where you like.

>>> from coopledger.render import table
>>> print(table([["VNFR", 3], ["VNCU", 12]], headers=["partnership", "open"]))
PARTNERSHIP  OPEN
VNFR            3
VNCU           12
"""

from coopledger.render.pages import board, explanation, pending
from coopledger.render.tables import table

__all__ = ["board", "explanation", "pending", "table"]
