"""Evidence of an answer: event ids in log order, and whether none of their dates is fuzzy."""

from collections.abc import Iterable

from coopledger._dates.lazy_types import Date
from coopledger._facts.index import BEGINNING
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.dates import to_date


@frozen
class Evidence:
    """Events on which an answer rests.

    Attributes:
        events: The ids of the events, in log order.
        certain: Whether none of them counts from a fuzzy date.
    """

    events: tuple[str, ...]
    certain: bool


def evidence(snapshot: Snapshot, positions: Iterable[int | None]) -> Evidence:
    """Return the events at the positions as evidence; None and repetitions are passed over."""
    in_order = sorted({position for position in positions if position is not None})
    facts = [fact for fact in map(snapshot.visible.fact, in_order) if fact is not None]
    return Evidence(tuple([fact.id for fact in facts]), all(fact.certain for fact in facts))


def is_certain_since(snapshot: Snapshot, day: int | None, positions: Iterable[int | None]) -> bool:
    """Return whether no event at the positions that counts from the day has a fuzzy date."""
    facts = [snapshot.visible.fact(position) for position in positions if position is not None]
    return all(fact.certain for fact in facts if fact is not None and fact.effect == day)


def first_day(day: int | None) -> Date | None:
    """Return the day with the ordinal; None where it is unknown or the beginning."""
    return None if day is None or day <= BEGINNING else to_date(day)
