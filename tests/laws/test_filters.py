"""The same filters exist on every list that has such a thing, and keep what a hand would keep.

The lists are found by their signatures, so that a new one is held to this without being named.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Unpack, cast, get_args, get_origin, get_type_hints

import attrs
import pytest

from coopledger import View, events
from coopledger.answers import Answers, Duty, Obstacle, Partnership, Party, Person, Signature
from coopledger.events.envelope import subjects
from coopledger.terms import Noun
from coopledger.view import Filters
from examples import sample_office

# Lists about one thing, which is named: there is nothing to narrow.
OF_ONE_THING = {"stage_history", "timeline", "participations", "outcomes", "dependents"}
# Sums are narrowed by what they are sums of.
SUMS = {"sums", "yields"}
# What is asked for, so that the list is as long as can be.
ASKED: dict[str, dict[str, Any]] = {
    "find": {"text": "the"},
    "events": {"kind": events.Event},
    "commitments": {"open": None},
    "obstacles": {"open": None},
    "expiring": {"within_days": 4000},
    "agenda": {"within_days": 4000},
    "asking_again": {"within_days": 4000},
    "calendar": {"past_days": 4000},
}
# The fields of an answer by which its list is narrowed, each with the name of the filter.
OWN = {
    **{name: name for name in ("stage", "state", "status", "kind", "noun", "firmness", "conduct")},
    "flags": "flag",
    "kinds": "kind",
}
# Lists without one of them, and why.
WITHOUT = {
    ("asking_again", "status"): "that of several nouns, which `noun` tells apart",
    ("unassigned", "status"): "that of several nouns, which `noun` tells apart",
    ("calendar", "status"): "that of several nouns: `state` says how an entry stands",
}
SCOPES: tuple[Filters, ...] = (
    {"partnership": "nord"},
    {"partnership": "nord", "with_children": True},
    {"party": "CORAL"},
    {"party": "MIN", "with_children": True},
    {"country": "CU"},
    {"tag": "OCEAN"},
    {"responsible": "Desk Europe"},
    {"responsible": "our head"},
    {"country": "VN", "partnership": "nord"},
)
MORE = (
    events.PartnershipOpened(
        partnership="below", parties=["SEA", "LAGOON"], parent="nord", tags="ocean"
    ),
    events.MeetingHeld(
        meeting="below-visit",
        kind="visit",
        partnership="below",
        when="2024-03-01",
        participants=[{"person": "A Guest", "party": "LAGOON"}, {"person": "Our Head"}],
        tags="Ocean",
    ),
    events.CommitmentMade(
        commitment="below-list",
        partnership="below",
        debtors="LAGOON",
        creditors="SEA",
        what="send the list",
        when="2024-03-01",
        due="2024-11-01",
        ask_again="2024-10-20",
        responsible="Our Head",
    ),
    events.ObstacleReported(
        obstacle="below-strike", subject="below-list", text="a strike", when="2024-04-01"
    ),
    events.NoteAdded(subject=["nord", "CORAL"], text="the ocean", tags="ocean"),
)


def _lists() -> Iterator[tuple[str, type[Any]]]:
    """Yield every question that answers with a list, and the class of its answers."""
    for name, method in vars(View).items():
        if not name.startswith("_") and inspect.isfunction(method):
            answer = get_type_hints(method)["return"]
            if get_origin(answer) is Answers:
                yield name, get_args(answer)[0]


LISTS = dict(_lists())
NARROWED = sorted(LISTS.keys() - OF_ONE_THING)
COMPARED = sorted(LISTS.keys() - OF_ONE_THING - SUMS - {"compare"})
FIELDS = sorted(
    (name, field.name)
    for name in NARROWED
    if attrs.has(LISTS[name])
    for field in attrs.fields(LISTS[name])
    if field.name in OWN and (name, field.name) not in WITHOUT
)


@pytest.fixture(name="view", scope="module")
def _view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path = tmp_path_factory.mktemp("filters") / "office.db"
    with sample_office.open_office(path) as ledger:
        ledger.record(*MORE)
        yield ledger.view(sample_office.TODAY)


@pytest.fixture(name="hand", scope="module")
def _hand(view: View) -> "Hand":
    return Hand(view)


def ask(view: View, name: str, filters: Mapping[str, object]) -> tuple[Any, ...]:
    """Return the answers of a list, as long as the filters leave it."""
    answers: tuple[Any, ...] = getattr(view, name)(**ASKED.get(name, {}), **filters)
    return answers


class Hand:
    """What each thing of a view belongs to, read off the lists that nothing narrows."""

    def __init__(self, view: View) -> None:
        """Read the lists."""
        self._view = view
        self.parties = {each.id: each for each in view.parties()}
        self.partnerships = {each.id: each for each in view.partnerships()}
        lists = (
            *(view.partnerships(), view.instruments(), view.commitments(open=None)),
            *(view.proposals(), view.meetings(), view.obstacles(open=None), view.figures()),
        )
        self.things: dict[str, Any] = {each.id: each for answers in lists for each in answers}
        # An obstacle belongs where that belongs in the way of which it is.
        for each in view.obstacles(open=None):
            self.things[each.id] = self.things[each.subject or each.id]
        self.tags = {
            (name, tag.casefold())
            for event in view.events(events.Event)
            for tag in event.tags
            for name in subjects(event)
        }

    def keeps(self, answer: object, scope: Filters) -> bool:
        """Return whether each filter of the scope fits something that the answer is about."""
        about = tuple(self.subjects(answer))
        family = self.family(scope)
        tests: dict[str, Callable[[], bool]] = {
            "partnership": lambda: not family.isdisjoint(self.homes(answer, about)),
            "party": lambda: self.is_party(scope, self.members(answer, about)),
            "country": lambda: scope.get("country") in self.countries(self.members(answer, about)),
            "tag": lambda: any(
                (name, str(scope.get("tag")).casefold()) in self.tags for name in about
            ),
            "responsible": lambda: self.is_in_hands(answer, about, str(scope.get("responsible"))),
        }
        return all(test() for name, test in tests.items() if name in scope)

    def family(self, scope: Filters) -> set[str | None]:
        """Return the partnership of the scope, with the one below it if children count."""
        return {scope.get("partnership"), *(["below"] if scope.get("with_children") else [])}

    def subjects(self, answer: object) -> Iterable[str]:
        """Return the ids of what the answer is about."""
        if isinstance(answer, events.Event):
            return subjects(answer)
        if isinstance(answer, Person):
            acts = {event.id: event for event in self._view.events(events.Event)}
            named = (name for each in answer.decided_by for name in subjects(acts[each]))
            return (*named, *answer.responsible_for)
        if isinstance(answer, Signature):
            return (answer.instrument,)
        if isinstance(answer, Obstacle):
            return (answer.id, answer.subject or answer.id)
        about: str = getattr(answer, "about", "") or getattr(answer, "id", "")
        return about.split(", ")

    def homes(self, answer: object, about: Iterable[str]) -> set[str | None]:
        """Return the partnerships to which these belong; a party, those that it is a party to."""
        if isinstance(answer, Party):
            return set(answer.partnerships)
        things = [self.things.get(name) for name in about]
        return {
            each.id if isinstance(each, Partnership) else each.partnership
            for each in filter(None, things)
        }

    def members(self, answer: object, about: Iterable[str]) -> set[str]:
        """Return the parties of these; of people those for which they took part."""
        if isinstance(answer, Person):
            return set(answer.parties)
        mine = {name for each in about for name in self._members(each)}
        return mine | set(answer.owed_by) if isinstance(answer, Duty) else mine

    def _members(self, name: str) -> set[str]:
        thing = self.things.get(name)
        if thing is None:
            return {name} & self.parties.keys()
        own = [getattr(thing, field, ()) for field in ("parties", "debtors", "creditors")]
        own += [getattr(thing, "by", ()), getattr(thing, "to", ())]
        if any(own):
            return {each for names in own for each in names}
        people = {each.party for each in getattr(thing, "participants", ()) if each.party}
        whole = self.partnerships.get(thing.partnership)
        host: str | None = getattr(thing, "host", None)
        return {*people, *filter(None, [host]), *(whole.parties if whole else ())}

    def is_party(self, scope: Filters, members: Iterable[str]) -> bool:
        """Return whether the party of the scope is one of these, or is above one."""
        above = {up for each in members for up in self._upwards(each)}
        return scope.get("party") in (above if scope.get("with_children") else set(members))

    def _upwards(self, party: str | None) -> Iterator[str]:
        while party is not None:
            yield party
            party = self.parties[party].parent

    def countries(self, members: Iterable[str]) -> set[str | None]:
        """Return the countries of the parties."""
        return {self.parties[each].country for each in members}

    def is_in_hands(self, answer: object, about: Iterable[str], who: str) -> bool:
        """Return whether one of these is in the hands of somebody."""
        mine = answer.partnerships if isinstance(answer, Party) else about
        hands = [getattr(self.things.get(name), "responsible", None) for name in mine]
        hands += [self._whole_of(name) for name in mine]
        return who.casefold() in {each.casefold() for each in hands if each is not None}

    def _whole_of(self, name: str) -> str | None:
        thing = self.things.get(name)
        if thing is None or hasattr(thing, "responsible"):
            return None  # Says it itself.
        whole = self.partnerships.get(thing.partnership)
        return whole.responsible if whole is not None else None


@pytest.mark.parametrize("name", NARROWED)
def test_every_list_has_the_same_filters(name: str) -> None:
    said = inspect.signature(getattr(View, name)).parameters["filters"]

    assert said.kind is inspect.Parameter.VAR_KEYWORD
    assert said.annotation == Unpack[Filters]


@pytest.mark.parametrize("name", sorted(OF_ONE_THING))
def test_a_list_without_them_is_about_one_thing_that_is_named(name: str) -> None:
    _, first, *_ = inspect.signature(getattr(View, name)).parameters.values()

    assert first.default is inspect.Parameter.empty
    assert first.name in {"id", *Noun}


def _words(value: object) -> tuple[object, ...]:
    """Return the words of a field: one, several, or none."""
    if isinstance(value, tuple):
        return cast(tuple[object, ...], value)
    return () if value is None else (value,)


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_list_is_narrowed_by_each_word_that_its_answers_have(
    view: View, name: str, field: str
) -> None:
    assert OWN[field] in inspect.signature(getattr(View, name)).parameters
    if name == "compare":
        return
    every = ask(view, name, {})
    words = [_words(getattr(each, field)) for each in every]
    for word in {word for own in words for word in own}:
        by_hand = [each for each, own in zip(every, words, strict=True) if word in own]
        assert list(ask(view, name, {OWN[field]: word})) == by_hand


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("name", COMPARED)
def test_a_list_keeps_what_a_hand_would_keep(
    view: View, hand: Hand, name: str, scope: Filters
) -> None:
    by_hand = [each for each in ask(view, name, {}) if hand.keeps(each, scope)]

    assert list(ask(view, name, scope)) == by_hand


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_sums_are_of_what_the_filters_keep(view: View, scope: Filters) -> None:
    owed = [each.id for each in view.commitments(open=None, **scope) if each.amount is not None]
    done = [each.id for each in view.events(events.ImplementationReported, **scope)]

    assert sorted(name for each in view.sums(**scope) for name in each.commitments) == sorted(owed)
    assert {name for each in view.yields(**scope) for name in each.decided_by} == set(done)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_news_are_of_what_the_filters_keep(view: View, hand: Hand, scope: Filters) -> None:
    every, kept = view.news("2024-01-01"), view.news("2024-01-01", **scope)

    for name in ("due", "overdue", "expired", "renewed", "dormant", "changed", "recorded"):
        by_hand = [each for each in getattr(every, name) if hand.keeps(each, scope)]
        assert list(getattr(kept, name)) == by_hand


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_two_views_are_compared_in_what_the_filters_keep(
    view: View, hand: Hand, scope: Filters
) -> None:
    without = view.without("j7")

    assert list(without.compare(view, **scope)) == [
        each for each in without.compare(view) if hand.keeps(each, scope)
    ]
