"""Finding: the things about which words were said, and where."""

from collections.abc import Collection, Iterator

from coopledger._facts.index import Fact, opened_id
from coopledger._facts.merging import REGISTRATIONS
from coopledger._folding import holds, pieces, words
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence
from coopledger.answers._filters import passing
from coopledger.answers._scope import EVERYWHERE, Scope, is_told
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._wording import comma_list, named, one_line
from coopledger.answers.titles import title
from coopledger.errors import ArgumentError
from coopledger.events._texts import texts_in
from coopledger.events.envelope import subjects
from coopledger.terms import Noun


@frozen(kw_only=True)
class Passage:
    """Text in which words were found.

    Attributes:
        field: The field of the event, such as ``title``, ``topics`` or ``place.name``.
        text: The text.
        event: The id of the event.
    """

    field: str
    text: str
    event: str


@frozen(kw_only=True)
class Found(Shown):
    """Thing about which words were said.

    Attributes:
        id: Its id.
        noun: What it is.
        title: The words by which people know it.
        passages: Where the words were found, in log order.
        decided_by: The events that say them.
    """

    id: str
    noun: Noun
    title: str
    passages: tuple[Passage, ...]
    decided_by: tuple[str, ...]

    @property
    def where(self) -> str:
        """Return the fields in which the words were found, each once, with commas between them."""
        return comma_list(dict.fromkeys(passage.field for passage in self.passages or ()))

    @property
    def text(self) -> str:
        """Return the first text in which the words were found."""
        return self.passages[0].text if self.passages else ""

    def __str__(self) -> str:
        """Return the thing, and the texts in which the words were found, on one line."""
        texts = dict.fromkeys(f"{each.field}: {each.text}" for each in self.passages)
        return one_line(named(self.title, self.id), self.noun, *texts)


def find(
    snapshot: Snapshot, text: str, *, noun: Noun | None = None, scope: Scope = EVERYWHERE
) -> Answers[Found]:
    """Return the things of the scope about which the words were said, the first one first.

    Raises:
        ArgumentError: The text has no word.
    """
    wanted = tuple(dict.fromkeys(pieces(text)))
    if not wanted:
        raise ArgumentError("text", repr(text), "has no letter or digit to look for")
    passages: dict[str, list[Passage]] = {}
    for fact in _facts(snapshot, words(text)):
        here = list(_passages(fact, wanted))
        for name in subjects(fact.event) if here else ():
            passages.setdefault(name, []).extend(here)
    found = list[Found]()
    for name in snapshot.visible.ahead(passages, around=False):
        its = snapshot.visible.noun_of(name)
        if its is not None:
            found.append(_found(snapshot, name, its, passages[name]))
    return passing(
        Answers(found, kind=Found),
        (noun, lambda each: each.noun is noun),
        About(snapshot, scope).filter(lambda each: (each.id,)),
    )


def _facts(snapshot: Snapshot, beginnings: Collection[str]) -> Iterator[Fact]:
    """Yield the facts that may say the words and count by the day, each once.

    Of two registrations of one thing the one that stands comes in the place of both.
    """
    seen = set[int]()
    for listed in snapshot.visible.holding(beginnings):
        fact = _standing(snapshot, listed)
        if fact.position not in seen and is_told(snapshot, fact):
            seen.add(fact.position)
            yield fact


def _standing(snapshot: Snapshot, fact: Fact) -> Fact:
    """Return the registration that stands in the place of this one; of any other fact itself."""
    noun = fact.event.__opens__
    if noun is None or noun not in REGISTRATIONS or not snapshot.visible.merged.same:
        return fact
    openings = snapshot.visible.openings(noun, opened_id(fact.event, noun) or "")
    by_position = {opening.position: opening for opening in openings}
    return by_position.get(fact.position, next(iter(openings), fact))


def _passages(fact: Fact, wanted: Collection[str]) -> Iterator[Passage]:
    """Yield the texts of the event that have one of the words, if it has all of them."""
    missing, found = set(wanted), list[Passage]()
    for field, text in texts_in(fact.event):
        here = {piece for piece in wanted if holds(text, piece)}
        if here:
            found.append(Passage(field=field, text=text, event=fact.id))
        missing -= here
    yield from found if not missing else ()


def _found(snapshot: Snapshot, name: str, noun: Noun, passages: list[Passage]) -> Found:
    """Return the answer about one thing."""
    said_by = dict.fromkeys(passage.event for passage in passages)
    return Found(
        id=name,
        noun=noun,
        title=title(snapshot, name),
        passages=tuple(passages),
        decided_by=evidence(snapshot, map(snapshot.visible.position_of, said_by)).events,
    )
