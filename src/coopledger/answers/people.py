"""People: where they took part, in which posts, and what they signed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import attrs

from coopledger._escape import printable
from coopledger._facts.index import Fact, by_day, by_position
from coopledger._facts.words import PEOPLE
from coopledger._folding import pieces, words
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger._suggest import nearest
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence
from coopledger.answers._filters import listed, passing
from coopledger.answers._nouns import THINGS
from coopledger.answers._scope import EVERYWHERE, Scope, Within, is_told
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._wording import one_line, phrase
from coopledger.dates import EdtfDate
from coopledger.errors import UnknownIdError
from coopledger.events import Event, InstrumentSigned, MeetingHeld, ResponsibilityAssigned
from coopledger.events._texts import people_in
from coopledger.events.envelope import subjects
from coopledger.terms import Role
from coopledger.values import Participant


@frozen(kw_only=True)
class Post(Shown):
    """Post in which somebody took part.

    Attributes:
        post: The office held; None where none is said.
        party: The party; None where none is said.
        first: The first date of an act in it; None where no act has a date.
        last: The last one.
    """

    post: str | None
    party: str | None
    first: EdtfDate | None
    last: EdtfDate | None

    def __str__(self) -> str:
        """Return the post, the party and the dates, on one line."""
        office = " of ".join(filter(None, (self.post, self.party)))
        dates = " to ".join(dict.fromkeys(map(str, filter(None, (self.first, self.last)))))
        return printable(f"{office} ({dates})" if dates else office)


@frozen(kw_only=True)
class Person(Shown):
    """Person who took part by the day, whatever the case and diacritics of the name.

    Attributes:
        name: The name as it was first written.
        other_names: The other ways in which it was written.
        posts: The posts and parties, in the order of the first act in each.
        meetings: The meetings in which the person took part, in the order of their days.
        signed: The texts that the person signed.
        responsible_for: The partnerships, texts, open promises, proposals and meetings that the
            person is to see to.
        decided_by: The events that name the person.
    """

    name: str
    other_names: tuple[str, ...]
    posts: tuple[Post, ...]
    meetings: tuple[str, ...]
    signed: tuple[str, ...]
    responsible_for: tuple[str, ...]
    decided_by: tuple[str, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the parties for which the person took part, each once."""
        return tuple(dict.fromkeys(each.party for each in self.posts if each.party is not None))

    def __str__(self) -> str:
        """Return the name, the posts, the meetings and the texts, on one line."""
        return one_line(
            self.name,
            phrase("also written ", self.other_names),
            *map(str, self.posts),
            phrase("meetings: ", self.meetings),
            phrase("signed ", self.signed),
            phrase("responsible for ", self.responsible_for),
        )


# Fact that names a person, and how.
Mention = tuple[Fact, Participant]
# Who is responsible, as that is written, and the id of a thing.
Held = tuple[str, str]


def person(snapshot: Snapshot, name: str) -> Person:
    """Return what the person of that name took part in.

    Raises:
        UnknownIdError: No event by the day names such a person; with the nearest name.
    """
    form = _form(name)
    mentions = _mentions(snapshot, words(name)).get(form, [])
    hands = _hands(snapshot) if not mentions or _may_have_in_hand(snapshot, form) else {}
    if not mentions and form not in hands:
        known = [who for each in _everybody(snapshot).values() for who in _names(each)]
        known += [who for its in hands.values() for who, _ in its]
        raise UnknownIdError("person", name, nearest(name, known))
    return _person(snapshot, mentions, hands.get(form, []))


def people(snapshot: Snapshot, *, scope: Scope = EVERYWHERE) -> Answers[Person]:
    """Return the people who took part by the day, in the order in which they were first named.

    The scope keeps those for whose parties, acts or things in hand its filters fit.
    """
    hands = _hands(snapshot)
    every = (
        _person(snapshot, mentions, hands.get(form, []))
        for form, mentions in _everybody(snapshot).items()
    )
    within = Within(snapshot, scope)
    own = attrs.evolve(scope, party=None, country=None)
    return passing(
        Answers(every, kind=Person),
        (scope.party, lambda each: within.party(each.parties)),
        (scope.country, lambda each: within.country(each.parties)),
        About(snapshot, own).filter(partial(_subjects_of, snapshot)),
    )


def _subjects_of(snapshot: Snapshot, who: Person) -> tuple[str, ...]:
    """Return the ids of what the person took part in, and is responsible for."""
    facts = filter(None, map(snapshot.visible.find, who.decided_by))
    return (*(name for fact in facts for name in subjects(fact.event)), *who.responsible_for)


def _everybody(snapshot: Snapshot) -> dict[str, list[Mention]]:
    """Return what names each person, by the form of the name."""
    return _mentions(snapshot, (PEOPLE,))


def _hands(snapshot: Snapshot) -> dict[str, list[Held]]:
    """Return what is in the hands of whom, by the form of the name."""
    hands: dict[str, list[Held]] = {}
    for things in THINGS.values():
        for each in listed(snapshot, things, only_open=True):
            if each.responsible is not None:
                hands.setdefault(_form(each.responsible), []).append((each.responsible, each.id))
    return hands


def _may_have_in_hand(snapshot: Snapshot, form: str) -> bool:
    """Return whether something may be in the hands of the person: an event puts it there.

    Two records of a party may be one, so that what one is given is told of the other.
    """
    said = words(form)
    if not said or snapshot.visible.merged.same:
        return True
    facts = snapshot.visible.holding(said)
    named = (_given_to(fact.event) for fact in facts)
    return any(who is not None and _form(who) == form for who in named)


def _given_to(event: Event) -> str | None:
    """Return into whose hands the event puts something; None where it does not."""
    if isinstance(event, ResponsibilityAssigned):
        return event.to
    who: str | None = getattr(event, "responsible", None)
    return who


def _mentions(snapshot: Snapshot, beginnings: Iterable[str]) -> dict[str, list[Mention]]:
    """Return what names people by the day, by the form of their names, in log order."""
    mentions: dict[str, list[Mention]] = {}
    for fact in snapshot.visible.holding(beginnings):
        for someone in people_in(fact.event) if is_told(snapshot, fact) else ():
            mentions.setdefault(_form(someone.person or ""), []).append((fact, someone))
    return mentions


def _form(name: str) -> str:
    """Return the name in the form in which it is compared."""
    return " ".join(pieces(name)) or name


def _names(mentions: Iterable[Mention]) -> list[str]:
    """Return the ways in which the name is written, the first one first."""
    return list(dict.fromkeys(someone.person or "" for _, someone in mentions))


def _person(snapshot: Snapshot, mentions: Sequence[Mention], hands: Sequence[Held]) -> Person:
    """Return the answer about a person."""
    names = list(dict.fromkeys([*_names(mentions), *(who for who, _ in hands)]))
    acts = sorted(mentions, key=lambda mention: by_day(mention[0]))
    return Person(
        name=names[0],
        other_names=tuple(names[1:]),
        posts=tuple(_posts(acts)),
        meetings=_once(map(_meeting, acts)),
        signed=_once(map(_signed, acts)),
        responsible_for=tuple(name for _, name in hands),
        decided_by=evidence(snapshot, [by_position(fact) for fact, _ in acts]).events,
    )


def _once(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return the names that there are, each once."""
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _posts(acts: Iterable[Mention]) -> Iterator[Post]:
    """Yield each post in which the acts were, those without a party or post apart."""
    dates: dict[tuple[str | None, str | None], list[EdtfDate]] = {}
    for fact, someone in acts:
        if someone.post is not None or someone.party is not None:
            when = fact.event.when
            its = dates.setdefault((someone.post, someone.party), [])
            its += [when] if when is not None else []
    for (post, party), its in dates.items():
        last = max(its, key=lambda each: each.settled, default=None)
        yield Post(post=post, party=party, first=min(its, default=None), last=last)


def _meeting(mention: Mention) -> str | None:
    """Return the meeting in which the person took part."""
    event = mention[0].event
    return event.meeting if isinstance(event, MeetingHeld) else event.at_meeting


def _signed(mention: Mention) -> str | None:
    """Return the text that the person signed: as its signer, or in no other role."""
    event, someone = mention[0].event, mention[1]
    is_signer = someone.role is None or someone.role is Role.SIGNER
    return event.instrument if isinstance(event, InstrumentSigned) and is_signer else None
