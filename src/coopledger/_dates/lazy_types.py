"""Types of pendulum for annotations, without loading pendulum.

No other module has an import for type checkers only: pendulum takes longer to load than the
rest of the package, and most programs that import coopledger need no pendulum value.
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
