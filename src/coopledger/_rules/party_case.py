"""Life of one party under a text, with its notices, and the entries into force that bind it."""

from typing import Literal, NamedTuple

from coopledger._dates.asked_day import Day
from coopledger._facts.index import Fact, ReplayKey
from coopledger._frozen import frozen
from coopledger.terms import ConsentMeans


@frozen
class Notice:
    """Notice of one party, which runs until the party leaves.

    Attributes:
        ends: The first day out of effect, as an ordinal.
        position: The position of the event.
        given: Its place in the replay: of notices that end alike the first given ends the text.
        for_all: Whether it ends the text for all.
    """

    ends: int
    position: int
    given: ReplayKey
    for_all: bool = False


# A tuple, as facts are: one is made for every signature and consent.
class PartyCase(NamedTuple):
    """Life of one party under the text, in its present spell.

    Attributes:
        joined: The day from which the text is its own, as an ordinal; 0 from the beginning.
        signed: Its signature.
        consented: Its first consent to be bound.
        again: A later one, given while it was not bound.
        how: The means of that consent.
        left: The day from which the text is no longer its own, and the event by which it left.
        notice: The position of the notice that it had given before it left.
        reservations: What it said about how the text binds it.
        earlier: Its spells before it left and came back.
        apart: The day from which it has the text apart from others with whom it took over.
    """

    joined: int = 0
    signed: Fact | None = None
    consented: Fact | None = None
    again: Fact | None = None
    how: ConsentMeans | None = None
    left: tuple[int, int] | None = None
    notice: int | None = None
    reservations: tuple[Fact, ...] = ()
    earlier: tuple["PartyCase", ...] = ()
    apart: int = 0

    @property
    def spells(self) -> tuple["PartyCase", ...]:
        """Return its spells, the present one last."""
        return (*self.earlier, self)

    @property
    def consent(self) -> Fact | None:
        """Return the last consent to be bound."""
        return self.again or self.consented

    def belongs_on(self, day: Day) -> bool:
        """Return whether the text is its own on the day, in this spell."""
        if self.apart and day < self.apart:
            return False
        return self.joined <= day and (self.left is None or day < self.left[0])


ACCESSIONS = frozenset({ConsentMeans.ACCESSION, ConsentMeans.SUCCESSION})
NEWCOMER = PartyCase()
ENOUGH = 2  # parties, for a text to live, or to be in force on signature


@frozen(kw_only=True)
class Entry:
    """Entry into force of the text for some of its parties.

    Attributes:
        day: The first day, as an ordinal.
        position: The position of the event.
        whom: For which parties: ``both`` of two, those ``named``, those that had ``consented``
            by then, or ``all`` but those whose consent is recorded as later.
    """

    day: int
    position: int
    whom: Literal["both", "named", "consented", "all"]
