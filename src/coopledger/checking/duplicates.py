"""Acts that were likely recorded twice: of one type, about the same thing, on dates that agree."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from math import inf
from typing import cast

import attrs

from coopledger.checking.concerns import resting_on
from coopledger.dates import EdtfDate
from coopledger.errors import Finding
from coopledger.events import Act, Event
from coopledger.events.references import references
from coopledger.facts import Fact, Visible
from coopledger.projections.instruments import lies_within

__all__ = ["duplicates"]

Told = tuple[EdtfDate, Fact]


def duplicates(visible: Visible) -> Iterator[Finding]:
    """C101: acts of the same type and subject under different ids, each date within another."""
    alike: dict[Hashable, list[Told]] = {}
    for fact in visible.all():
        event = fact.event
        if isinstance(event, Act):
            said = tuple(_folded(getattr(event, field)) for field in same_fields(type(event)))
            if any(said):  # A meeting held as announced says nothing, and is held but once.
                alike.setdefault((type(event), said), []).append((event.when, fact))
    for told in alike.values():
        yield from map(_recorded_often, filter(_is_repeated, _nested(told)))


def _nested(told: Iterable[Told]) -> Iterator[list[Told]]:
    """The acts in groups, the date of each within that of the one before.

    A vague date goes with the first exact one within it: another exact one is another act.
    """
    groups: list[list[Told]] = []
    for when, fact in sorted(told, key=_widest_first):
        yield from (group for group in groups if _is_over(group, when))
        groups = [group for group in groups if not _is_over(group, when)]
        group = next((group for group in groups if lies_within(when, group[-1][0])), None)
        if group is None:
            groups.append([(when, fact)])
        else:
            group.append((when, fact))
    yield from groups


def _is_over(group: Sequence[Told], when: EdtfDate) -> bool:
    """Whether nothing from the date on can be within the last date of the group."""
    return group[-1][0].surely_before(when)


def _widest_first(told: Told) -> tuple[float, float, int]:
    """Sorts by first day, and of those that begin together the longest first."""
    when, fact = told
    first = -inf if when.first is None else when.first
    return first, -inf if when.last is None else -when.last, fact.position


def _is_repeated(group: Sequence[Told]) -> bool:
    """Whether the group has more than one act."""
    return len(group) > 1


def _recorded_often(group: Sequence[Told]) -> Finding:
    """C101 for one group."""
    facts = sorted((fact for _, fact in group), key=lambda fact: fact.position)
    event = facts[0].event
    dates = dict.fromkeys(str(fact.event.when) for fact in facts)
    shared = [field for field in same_fields(type(event)) if getattr(event, field)]
    message = (
        f"{type(event).__name__} of {' or '.join(dates)} is recorded {len(facts)} times with the "
        f"same {', '.join(shared)}: retract what was recorded twice"
    )
    return resting_on(facts, Finding("C101", message))


def _folded(value: object) -> object:
    """The value; a text without regard to case and blanks, several in any order."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return frozenset(cast(tuple[str, ...], value)) if isinstance(value, tuple) else value


def _find_fields(cls: type[Event]) -> tuple[str, ...]:
    """The fields of the class that two records of one act share: what it names itself."""
    if cls.__alike__ is not None:
        return cls.__alike__
    everywhere = attrs.fields_dict(Event)
    return tuple(name for name, _ in references(cls) if name not in everywhere)


# Asked for every act; the cast is for type checkers, which take the hash of a class for that of
# its instances.
same_fields: Callable[[type[Event]], tuple[str, ...]] = cast(
    Callable[[type[Event]], tuple[str, ...]], cache(_find_fields)
)
