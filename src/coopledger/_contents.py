"""Contents of partnerships: the things that belong to each, and the acts on them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import attrs

from coopledger._facts.index import Fact, by_replay_key, members_name, stances_name
from coopledger._facts.visible import Visible
from coopledger._fields.reading import condition_parts
from coopledger._rules.hands import assigned
from coopledger._rules.parties import with_ancestors
from coopledger.events import Event, ObstacleReported, PartnershipOpened
from coopledger.events._references import once_per_class
from coopledger.terms import Noun

# An event belongs to the things in these fields; other fields merely mention things.
MAIN_FIELDS = (
    *("partnership", "meeting", "proposal", "instrument", "commitment", "subject"),
    "obstacle",
)


class Contents:
    """Contents of each partnership as known then, and the acts that count on the day."""

    def __init__(
        self, visible: Visible, facts: Callable[[str], list[Fact]], *, with_children: bool
    ) -> None:
        """Start without answers; ``facts`` gives the facts that name an id and count by the day.

        With children, what belongs to a child belongs to its parent too.
        """
        self._with_children = with_children
        self._visible = visible
        self._facts = facts
        self._members: dict[str, dict[Noun, list[str]]] = {}
        self._acts: dict[str, list[Fact]] = {}
        self._homes: dict[tuple[Noun, str], str | None] = {}
        self._assignments: dict[str, list[Fact]] = {}

    def partnership_of(self, noun: Noun, name: str) -> str | None:
        """Return the partnership to which the thing of the noun belongs."""
        if (noun, name) not in self._homes:
            self._homes[noun, name] = home_of(self._visible, noun, name)
        return self._homes[noun, name]

    def ancestors(self, partnership: str | None) -> frozenset[str]:
        """Return the partnership, its parent, and so on upwards; none for None."""
        return frozenset(self.upwards(partnership))

    def upwards(self, partnership: str | None) -> Iterator[str]:
        """Yield the partnership, its parent, and so on upwards; nothing for None."""
        return with_ancestors(partnership, self._parent)

    def _parent(self, partnership: str) -> str | None:
        """Return the partnership to which the partnership belongs."""
        opening = next(iter(self._visible.openings(Noun.PARTNERSHIP, partnership)), None)
        event = opening.event if opening is not None else None
        return event.parent if isinstance(event, PartnershipOpened) else None

    def members(self, noun: Noun, partnership: str) -> list[str]:
        """Return the ids of the noun that belong to the partnership, in the order of recording."""
        if partnership not in self._members:
            self._members[partnership] = self._find_members(partnership)
        return self._members[partnership].get(noun, [])

    def _find_members(self, partnership: str) -> dict[Noun, list[str]]:
        """Return the ids that belong to the partnership, by noun."""
        family = self.family(partnership)
        openings = sorted(
            (opening for each in family for opening in self._openings_in(each)),
            key=lambda opening: opening[0],
        )
        self._visible.prefetch(name for _, _, name in openings)
        members: dict[Noun, dict[str, None]] = {}
        for _, noun, name in dict.fromkeys(openings):
            if self.partnership_of(noun, name) in family:
                members.setdefault(noun, {})[name] = None
        return {noun: list(names) for noun, names in members.items()}

    def family(self, partnership: str) -> list[str]:
        """Return the partnership and, where children count, the partnerships below."""
        family = [partnership]
        for each in family if self._with_children else ():  # It grows on the way.
            below = (fact.event for fact in self._visible.naming(each))
            family += [
                event.partnership
                for event in below
                if isinstance(event, PartnershipOpened)
                and event.parent == each
                and event.partnership not in family
            ]
        return family

    def _openings_in(self, partnership: str) -> Iterator[tuple[int, Noun, str]]:
        """Yield the openings in the partnership, through its instruments too, with positions."""
        opened = list(_opened(self._visible.naming(partnership)))
        texts = (name for _, noun, name in opened if noun is Noun.INSTRUMENT)
        common = (members_name(partnership), stances_name(partnership))
        self._visible.prefetch([*common, *texts])
        for position, noun, name in opened:
            yield position, noun, name
            if noun is Noun.INSTRUMENT:
                yield from _opened(self._visible.naming(name))

    def facts_of(self, partnership: str) -> list[Fact]:
        """Return the facts of the partnership and of its contents, in the order of replay."""
        if partnership not in self._acts:
            self._acts[partnership] = self._find_acts(partnership)
        return self._acts[partnership]

    def assignments(self, partnership: str) -> list[Fact]:
        """Return the facts that say who is responsible for the partnership, as they replay."""
        if partnership not in self._assignments:
            self._assignments[partnership] = assigned(self._facts(partnership), partnership)
        return self._assignments[partnership]

    def _find_acts(self, partnership: str) -> list[Fact]:
        """Return the facts of the partnership, with children and contents."""
        own = set(self.family(partnership))
        for noun in (Noun.MEETING, Noun.PROPOSAL, Noun.INSTRUMENT, Noun.COMMITMENT):
            own.update(self.members(noun, partnership))
        own.update(list(self._obstacles(own)))
        facts = {fact.position: fact for name in own for fact in self._facts(name)}
        return sorted(filter(partial(_belongs, own), facts.values()), key=by_replay_key)

    def _obstacles(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the obstacles that stand in the way of the things."""
        for name in names:
            for fact in self._visible.naming(name):
                event = fact.event
                if isinstance(event, ObstacleReported) and event.subject == name:
                    yield event.obstacle


def home_of(visible: Visible, noun: Noun, name: str) -> str | None:
    """Return the partnership to which a thing belongs; an obstacle belongs to its subject's."""
    if noun is Noun.PARTNERSHIP:
        return name
    if noun is Noun.OBSTACLE:
        return _home_of_subject(visible, name)
    for fact in visible.openings(noun, name):
        partnership: str | None = getattr(fact.event, "partnership", None)
        if partnership is None and noun is Noun.PROPOSAL:
            instrument: str | None = getattr(fact.event, "instrument", None)
            if instrument is not None:
                partnership = home_of(visible, Noun.INSTRUMENT, instrument)
        if partnership is not None:
            return partnership
    return None


def _home_of_subject(visible: Visible, obstacle: str) -> str | None:
    """Return the partnership of what the obstacle stands in the way of."""
    for fact in visible.openings(Noun.OBSTACLE, obstacle):
        if isinstance(fact.event, ObstacleReported):
            noun = visible.noun_of(fact.event.subject)
            return None if noun is None else home_of(visible, noun, fact.event.subject)
    return None


def _opened(facts: Iterable[Fact]) -> Iterator[tuple[int, Noun, str]]:
    """Yield the openings among the facts, each with its position, noun and id."""
    for fact in facts:
        noun = fact.event.__opens__
        if noun is not None:
            yield fact.position, noun, getattr(fact.event, noun)


def _belongs(own: set[str], fact: Fact) -> bool:
    """Return whether the fact belongs to one of the ids, or closes or meets one of them."""
    event = fact.event
    said = vars(event)
    for field in _main_fields(type(event)):
        if field not in said:
            continue  # Most fields are not.
        value: str | tuple[str, ...] | None = said[field]
        if not own.isdisjoint(value) if isinstance(value, tuple) else value in own:
            return True
    if not (event.fulfils or event.realises or event.meets):
        return False
    closed = (*event.fulfils, *event.realises, *(condition_parts(met)[0] for met in event.meets))
    return not own.isdisjoint(closed)


@once_per_class
def _main_fields(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields of the class whose things its events belong to."""
    return tuple(field for field in MAIN_FIELDS if field in attrs.fields_dict(cls))
