"""Notices of termination: 'kept by party'."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.days import settled
from tests.oracle.facts import Fact

__all__ = ["Notice", "notice_that_ends"]


@dataclass(frozen=True)
class Notice:
    """Running notice of one party.

    Attributes:
        party: The party that would leave.
        given: The act.
        order: Its place among the notices of the text.
    """

    party: str
    given: Fact
    order: int

    @property
    def event(self) -> str:
        return str(self.given["id"])

    @property
    def ends(self) -> str:
        """Return the first day out of effect, as it was said."""
        return str(self.given["ends"])

    @property
    def day(self) -> int:
        return settled(self.ends)

    @property
    def is_for_all(self) -> bool:
        return bool(self.given.get("for_all"))


def notice_that_ends(
    notices: list[Notice],
    parties: list[str],
    counted: list[str],
    are_two: Callable[[list[str]], bool],
) -> Notice | None:
    """Return the notice that ends the text; None where it lives on, with those who stay.

    'Between two: the earliest end bites. With more than two: that party is leaving until then and
    has left after; with `for_all` it ends for all. The text is terminating only where fewer than
    two would stay. Only a leaving ends a text so, never that few have entered.'
    """
    staying, bound = list(parties), list(counted)
    for day in sorted({notice.day for notice in notices}):
        group = sorted(
            (notice for notice in notices if notice.day == day), key=lambda each: each.order
        )
        for notice in group:
            if len(staying) <= 2 or notice.is_for_all:
                return notice
        for notice in group:
            staying.remove(notice.party)
            if notice.party in bound:
                bound.remove(notice.party)
                if not are_two(bound):
                    return notice
    return None
