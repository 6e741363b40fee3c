"""What deserves a look in a whole log, by what is known of it now; nothing is recorded."""

from coopledger.checking.concerns import Concern
from coopledger.checking.survey import concerns

__all__ = ["Concern", "concerns"]
