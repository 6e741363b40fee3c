"""What deserves a look in a whole log, by what is known of it now; nothing is recorded."""

from coopledger.checking.survey import survey

__all__ = ["survey"]
