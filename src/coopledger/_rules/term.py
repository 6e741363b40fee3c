"""Term of an instrument: the end that was said, and the lengths that are counted from it."""

import attrs

from coopledger._dates.lengths import later
from coopledger._dates.marks import marked
from coopledger._frozen import frozen
from coopledger.dates import EdtfDate
from coopledger.errors import FieldError

MONTHS_OF_A_YEAR = 12


@frozen
class Term:
    """Last end that was said, and the lengths in a row that count from it at once.

    Counted one by one, lengths would creep: 31 January and a month, and another month.

    Attributes:
        said: The end that was said; of a length that begins on its own day, the day before; None
            where it was said that there is none.
        set_by: The position of the event that set the term.
        months: The length that acts have added to it.
        rolled: The length that tacit renewal has added to it since, in months.
        renewals: How often it was renewed tacitly since an end was said.
    """

    said: EdtfDate | None
    set_by: int
    months: int = 0
    rolled: int = 0
    renewals: int = 0

    @property
    def end(self) -> EdtfDate | None:
        """Return the last day of the term, as precise as it was said.

        None where there is none, or none by the year 9999.
        """
        months = self.months + self.rolled
        return later(self.said, months) if months and self.said is not None else self.said

    @property
    def last(self) -> int | None:
        """Return its latest last day, as an ordinal; None if it has no end."""
        end = self.end
        return end.last if end is not None else None

    def rolled_by(self, months: int) -> "Term":
        """Return the term that tacit renewal has made so much longer, or shorter if negative."""
        renewals = self.renewals + (1 if months > 0 else -1)
        return attrs.evolve(self, rolled=self.rolled + months, renewals=renewals)

    def prolonged(self, months: int, *, set_by: int) -> "Term":
        """Return the term that an act has made so much longer; what rolled on is counted in."""
        added = self.months + self.rolled + months
        return attrs.evolve(self, set_by=set_by, months=added, rolled=0, renewals=0)


def months_of(years: int | None, months: int | None) -> int:
    """Return the whole length in months, of years and months beside them; 0 where none is said."""
    return MONTHS_OF_A_YEAR * (years or 0) + (months or 0)


def term_from(begins: EdtfDate, months: int, *, set_by: int) -> Term | None:
    """Return the term so long that begins on the day at which an act so dated counts.

    None if the day before is outside of the years 0001 to 9999.
    """
    try:
        return Term(marked(begins.settled - 1, by=begins), set_by, months)
    except FieldError:
        return None
