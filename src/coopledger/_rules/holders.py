"""Parties of one text, each under the name that it joined with, and who acts for them by the day.

Others take over from a party, alone or with others; what several have in common is one life until
some of them act alone: see `coopledger._rules.shares`.
"""

from collections.abc import Collection, Iterable, Iterator

import attrs

from coopledger._dates.asked_day import Day
from coopledger._rules.parties import STRANGERS, Relations
from coopledger._rules.party_case import ENOUGH, NEWCOMER, PartyCase


@attrs.define
class Holders:
    """Parties that have a text, here or gone, and those who stand in their place.

    Attributes:
        relations: The relations of the parties to others.
        cases: The life of each party.
        shares: Of lives that several heirs had in common until some acted alone: from which day
            each is that of whom, in order.
        settled_on: The day of the act that settled whose text it is; 0 where its registration does,
            None until then: the parties are those of the partnership.
    """

    relations: Relations = attrs.field(default=STRANGERS, eq=False)
    cases: dict[str, PartyCase] = attrs.field(factory=dict[str, PartyCase])
    shares: dict[str, tuple[tuple[int, tuple[str, ...]], ...]] = attrs.field(
        factory=dict[str, tuple[tuple[int, tuple[str, ...]], ...]]
    )
    settled_on: int | None = 0

    @property
    def is_unsettled(self) -> bool:
        """Return whether the parties are still those of the partnership, as they come and go."""
        return self.settled_on is None and self.relations is not STRANGERS

    def meant(self, names: Iterable[str], day: Day) -> list[str]:
        """Return the parties of the day for which the names act, under the names they joined with.

        A name acts for itself where it is a party, else for the nearest party above it, in both
        cases where others have taken over from it for those.
        """
        found = dict[str, None]()
        for name in names:
            own = self.holding(name, day)
            for now in () if own else self.relations.meant(name, day):
                own += self._nearest(now, day)
            found |= dict.fromkeys(own)
        return list(found)

    def _nearest(self, name: str, day: Day) -> list[str]:
        """Return the parties of the day in whose place the name stands, or the next above it."""
        held = self._held_now(name, day)
        if held:  # Then nobody is asked who is above it.
            return held
        above = (self._held_now(each, day) for each in self.relations.above(name)[1:])
        return next(filter(None, above), list[str]())

    def _held_now(self, name: str, day: Day) -> list[str]:
        """Return the parties of the day in whose place the name stands, or those after it."""
        heirs = self.relations.meant(name, day)
        return list(dict.fromkeys(held for heir in heirs for held in self.holding(heir, day)))

    def holding(self, name: str, day: Day) -> list[str]:
        """Return the parties of the day in whose place the name stands.

        Where it is one alone, its acts are not those of others with whom it shares another one.
        """
        held = self.holding_with_others(name, day)
        if len(held) > 1:
            alone = [party for party in held if self.followed(party, day) == (name,)]
            return alone or held
        return held

    def holding_with_others(self, name: str, day: Day) -> list[str]:
        """Return the parties of the day in whose place the name stands, alone or with others."""
        return [party for party in self.held_by(name, day) if self.cases[party].belongs_on(day)]

    def held_by(self, name: str, day: Day) -> list[str]:
        """Return the parties, here or gone, in whose place stands the name on the day."""
        if self.shares:
            return [party for party in self.cases if name in self.heirs(party, day)]
        return [
            party
            for party in self.relations.standing_for(name, day)
            if party in self.cases and not self._has_left_since(name, party, day)
        ]

    def had(self, names: Iterable[str], day: Day) -> bool:
        """Return whether one for which the names act was ever a party, here or gone by the day."""
        return any(
            self.held_by(heir, day)
            for name in names
            for above in self.relations.above(name)
            for heir in self.relations.meant(above, day)
        )

    def lives_on(self, day: Day) -> Iterable[tuple[str, PartyCase]]:
        """Return the parties of a day that is over, or those that may be, each with its life.

        Before the list was settled they were those of the partnership.
        """
        is_settled = self.settled_on is not None and self.settled_on <= day
        if is_settled or self.relations is STRANGERS:
            return self.cases.items()
        members = self.relations.members(day)
        return [(name, self.cases.get(name, NEWCOMER)) for name in members]

    def present(self, day: Day) -> list[str]:
        """Return the parties, under the names they joined with, whose text it is on the day."""
        return [name for name, case in self.cases.items() if case.belongs_on(day)]

    def acting(self, names: Iterable[str], day: Day) -> tuple[str, ...]:
        """Return the names under which the parties act on the day, each once."""
        return tuple(dict.fromkeys(heir for name in names for heir in self.heirs(name, day)))

    def heirs(self, name: str, day: Day) -> tuple[str, ...]:
        """Return those who stand in the place of a party, less those that have left since."""
        heirs = self.followed(name, day)
        if heirs == (name,):
            return heirs
        return tuple(heir for heir in heirs if not self._has_left_since(heir, name, day))

    def last_holders(self, name: str, day: Day) -> tuple[str, ...]:
        """Return those who stand in the place of a party, or stood there when it left."""
        case = self.cases[name]
        if case.left is None:
            return self.heirs(name, day)
        last, position = case.left
        # By a notice it left in the morning, before whoever took over on that day.
        holders = self.followed(name, last - 1 if position == case.notice else last)
        return tuple(heir for heir in holders if not self._has_left_since(heir, name, last - 1))

    def followed(self, name: str, day: Day) -> tuple[str, ...]:
        """Return those who took over from a party, less those that have the text apart."""
        return self._followed(name, day, self.relations, apart_by=day)

    def _followed(
        self, name: str, day: Day, relations: Relations, *, apart_by: Day
    ) -> tuple[str, ...]:
        """Return who took over from a party, less those that had the text apart by a day."""
        for first, holders in reversed(self.shares.get(name, ())):
            if first <= apart_by:
                return relations.later_successors(holders, day, after=first)
        return relations.successors(name, day)

    def _has_left_since(self, heir: str, name: str, day: Day) -> bool:
        """Return whether an heir that was a party itself has left after it took over."""
        own = self.cases.get(heir)
        if heir == name or own is None or own.left is None or own.left[0] > day:
            return False
        return heir in self.relations.successors(name, own.left[0])

    def hold(self, name: str, holders: tuple[str, ...], day: int) -> None:
        """Let those alone stand in the place of a party from the day on, and who comes after."""
        self.shares[name] = (*self.shares.get(name, ()), (day, holders))

    def are_several(self, day: Day, *, leaving: Collection[str] = frozenset()) -> bool:
        """Return whether more than two parties have the text on the day, less those that leave."""
        acting = set[str]()
        for name, case in self.cases.items():
            if name in leaving or (case.left is not None and case.left[0] <= day):
                continue  # not asked: of a text of many parties most may have left
            if case.belongs_on(day):
                acting.update(self.staying(name, day, leaving))
                if len(acting) > ENOUGH:
                    return True
        return False

    def staying(self, name: str, day: Day, leaving: Collection[str]) -> list[str]:
        """Return those who stand in the place of a party, less heirs that leave themselves."""
        return [
            heir
            for heir in self.heirs(name, day)
            if heir == name
            or not leaving
            or not all(each in leaving for each in self.holding(heir, day))
        ]

    @property
    def have_left(self) -> bool:
        """Return whether somebody has left."""
        return any(case.left is not None for case in self.cases.values())

    def comings_and_goings(self) -> Iterator[int]:
        """Yield the days on which somebody left, or came back."""
        for case in self.cases.values():
            for spell in case.spells if case.earlier or case.left else ():
                yield spell.joined
                if spell.left is not None:
                    yield spell.left[0]
