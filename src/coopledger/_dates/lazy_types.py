"""The types that pendulum makes, for annotations, without loading pendulum.

This is the one place with an import for type checkers only: pendulum takes longer to
load than the rest of the package, and most programs that import it need no pendulum value.
Type checkers see pendulum's types; at run time the annotations name their base classes.
"""

import datetime
from typing import TYPE_CHECKING

# Without it type checkers take the names for imports that are not handed on.
__all__ = ["Date", "DateTime", "Timezone"]

if TYPE_CHECKING:
    from pendulum import Date, DateTime, Timezone
else:
    Date, DateTime, Timezone = datetime.date, datetime.datetime, datetime.tzinfo
