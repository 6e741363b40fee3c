"""Subjects of answers: the things of any noun that an answer is about, as filters see them."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from coopledger._facts.index import Fact
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._filters import Filter, Things, one, passing
from coopledger.answers._nouns import THINGS
from coopledger.answers._scope import Scope, Within
from coopledger.answers.parties import Party
from coopledger.events.envelope import subjects
from coopledger.terms import Noun


class About:
    """Test of whether the things that an answer is about, of any noun, are in a scope.

    Of several things each filter of the scope has to fit one.
    """

    def __init__(self, snapshot: Snapshot, scope: Scope) -> None:
        """Keep the tests of the filters that are given; nothing is looked up yet."""
        within = Within(snapshot, scope)
        tests: dict[Callable[[str], bool], object] = {
            lambda name: within.partnership(home_of(snapshot, name)): scope.partnership,
            lambda name: within.party(parties_of(snapshot, name)): scope.party,
            lambda name: within.country(parties_of(snapshot, name)): scope.country,
            within.tag: scope.tag,
            lambda name: within.responsible(who_sees_to(snapshot, name)): scope.responsible,
        }
        self._tests = [test for test, wanted in tests.items() if wanted is not None]

    def fits(self, names: Collection[str]) -> bool:
        """Return whether each filter fits one of the things with these ids."""
        return all(any(map(test, names)) for test in self._tests)

    def filter(self, names: Callable[[Any], Collection[str]]) -> Filter[Any]:
        """Return the filter of answers, of which ``names`` gives the ids of what they are about."""
        return bool(self._tests), lambda each: self.fits(names(each))

    def facts(self, facts: Iterable[Fact]) -> Iterable[Fact]:
        """Return those of the facts that are about something in the scope, in their order."""
        return (fact for fact in facts if self.fits(subjects(fact.event)))


def home_of(snapshot: Snapshot, name: str) -> str | None:
    """Return the partnership to which the thing belongs; None for what belongs to none."""
    noun = snapshot.visible.noun_of(name)
    return snapshot.contents.partnership_of(noun, name) if noun is not None else None


def parties_of(snapshot: Snapshot, name: str) -> Collection[str]:
    """Return the parties of the thing; of what has none of its own, those of its partnership."""
    things, name = _things_of(snapshot, name)
    if things is not None:
        return things.parties(snapshot, one(snapshot, things, name))
    if snapshot.visible.noun_of(name) is Noun.PARTY:
        return (name,)
    home = home_of(snapshot, name)
    return snapshot.parties_of(home) if home is not None else ()


def who_sees_to(snapshot: Snapshot, name: str) -> str | None:
    """Return who of us sees to the thing, or to its partnership."""
    things, name = _things_of(snapshot, name)
    if things is None:
        home = home_of(snapshot, name)
        things, name = (THINGS[Noun.PARTNERSHIP], home) if home is not None else (None, name)
    who: str | None = one(snapshot, things, name).responsible if things is not None else None
    return who


def _things_of(snapshot: Snapshot, name: str) -> tuple[Things[Any] | None, str]:
    """Return how the thing is answered, and its id; of an obstacle those of what it hinders."""
    noun = snapshot.visible.noun_of(name)
    if noun is Noun.OBSTACLE:
        facts = filter(snapshot.counts, snapshot.visible.openings(noun, name))
        name = next((str(getattr(fact.event, "subject", name)) for fact in facts), name)
        noun = snapshot.visible.noun_of(name)
    return (THINGS.get(noun) if noun is not None else None), name


def parties_in(snapshot: Snapshot, every: Answers[Party], scope: Scope) -> Answers[Party]:
    """Return the parties that are in the scope, by their partnerships, themselves and their tags.

    In somebody's hands are the parties of a partnership that is.
    """
    within, partnerships = Within(snapshot, scope), THINGS[Noun.PARTNERSHIP]
    return passing(
        every,
        (scope.partnership, lambda each: any(map(within.partnership, each.partnerships))),
        (scope.party, lambda each: within.party((each.id,))),
        (scope.country, lambda each: within.country((each.id,))),
        (scope.tag, lambda each: within.tag(each.id)),
        (
            scope.responsible,
            lambda each: any(
                within.responsible(one(snapshot, partnerships, name).responsible)
                for name in each.partnerships
            ),
        ),
    )
