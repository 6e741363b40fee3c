"""What belongs to which partnership: meetings, proposals, instruments, commitments, and acts."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import cast

from coopledger.events import Event, PartnershipOpened
from coopledger.events.references import opened_by
from coopledger.facts import Fact, Visible, by_place
from coopledger.terms import Noun

__all__ = ["Membership", "home_of"]

# The fields that say to what an event belongs, unlike those that merely mention something.
MAIN_FIELDS = ("partnership", "meeting", "proposal", "instrument", "commitment", "subject")


class Membership:
    """Who belongs where, as known then; acts are those that count by the day asked about."""

    def __init__(
        self, visible: Visible, facts: Callable[[str], list[Fact]], *, with_children: bool
    ) -> None:
        """``facts`` gives the facts that name an id and count by the day.

        With children, what belongs to a child belongs to its parent too.
        """
        self._with_children = with_children
        self._visible = visible
        self._facts = facts
        self._members: dict[str, dict[Noun, list[str]]] = {}
        self._acts: dict[str, list[Fact]] = {}

    def home(self, noun: Noun, name: str) -> str | None:
        """The partnership to which a meeting, proposal, instrument or commitment belongs."""
        return home_of(self._visible, noun, name)

    def members(self, noun: Noun, partnership: str) -> list[str]:
        """The ids of the noun that belong to the partnership, in the order of their recording."""
        if partnership not in self._members:
            self._members[partnership] = self._find_members(partnership)
        return self._members[partnership].get(noun, [])

    def _find_members(self, partnership: str) -> dict[Noun, list[str]]:
        """What the partnership holds, by noun."""
        family = self._family(partnership)
        openings = sorted(
            (opening for each in family for opening in self._openings_in(each)),
            key=lambda opening: opening[0],
        )
        found: dict[Noun, dict[str, None]] = {}
        for _, noun, name in dict.fromkeys(openings):
            if self.home(noun, name) in family:
                found.setdefault(noun, {})[name] = None
        return {noun: list(names) for noun, names in found.items()}

    def _family(self, partnership: str) -> list[str]:
        """The partnership, and where children count those below it."""
        found = [partnership]
        for each in found if self._with_children else ():  # It grows on the way.
            below = (fact.event for fact in self._visible.naming(each))
            found += [
                event.partnership
                for event in below
                if isinstance(event, PartnershipOpened)
                and event.parent == each
                and event.partnership not in found
            ]
        return found

    def _openings_in(self, partnership: str) -> Iterator[tuple[int, Noun, str]]:
        """What may be opened in the partnership, be it through an instrument, with positions."""
        for position, noun, name in _opened(self._visible.naming(partnership)):
            yield position, noun, name
            if noun is Noun.INSTRUMENT:
                yield from _opened(self._visible.naming(name))

    def acts(self, partnership: str) -> list[Fact]:
        """The facts of the partnership itself and of all that belongs to it, as they replay."""
        if partnership not in self._acts:
            self._acts[partnership] = self._find_acts(partnership)
        return self._acts[partnership]

    def _find_acts(self, partnership: str) -> list[Fact]:
        """The facts under the names of the partnership and its members that belong there."""
        own = set(self._family(partnership))
        for noun in (Noun.MEETING, Noun.PROPOSAL, Noun.INSTRUMENT, Noun.COMMITMENT):
            own.update(self.members(noun, partnership))
        found = {fact.position: fact for name in own for fact in self._facts(name)}
        return sorted(filter(partial(_belongs, own), found.values()), key=by_place)


def home_of(visible: Visible, noun: Noun, name: str) -> str | None:
    """Return the partnership to which a meeting, proposal, instrument or commitment belongs."""
    if noun is Noun.PARTNERSHIP:
        return name
    for fact in visible.openings(noun, name):
        partnership: str | None = getattr(fact.event, "partnership", None)
        instrument: str | None = getattr(fact.event, "instrument", None)
        if partnership is None and instrument is not None and noun is Noun.PROPOSAL:
            partnership = home_of(visible, Noun.INSTRUMENT, instrument)
        if partnership is not None:
            return partnership
    return None


def _opened(facts: Iterable[Fact]) -> Iterator[tuple[int, Noun, str]]:
    """What the facts may bring into the ledger, each with its position, noun and id."""
    for fact in facts:
        opened = opened_by(type(fact.event))
        if opened is not None:
            yield fact.position, opened[1], getattr(fact.event, opened[0])


def _belongs(own: set[str], fact: Fact) -> bool:
    """Whether the fact belongs to one of the ids, or closes or meets one of them."""
    event = fact.event
    if not own.isdisjoint(_main_ids(event)):
        return True
    closed = (*event.fulfils, *event.realises, *(met.rpartition("/")[0] for met in event.meets))
    return not own.isdisjoint(closed)


def _main_ids(event: Event) -> Iterator[str | None]:
    """The ids of that to which the event belongs by what it says."""
    for field in _main_fields(type(event)):
        value: str | tuple[str, ...] | None = getattr(event, field)
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _find_main_fields(cls: type[Event]) -> tuple[str, ...]:
    """The fields of the class that say to what its events belong."""
    return tuple(field for field in MAIN_FIELDS if hasattr(cls, field))


# The cast is for type checkers, which take the hash of a class for that of its instances.
_main_fields = cast(Callable[[type[Event]], tuple[str, ...]], cache(_find_main_fields))
