"""Arguments of questions: words of a list, countries, and ids that the ledger holds."""

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from functools import partial
from typing import TypeVar, cast

from coopledger._facts.visible import Visible
from coopledger._fields.reading import argument as read_argument
from coopledger._fields.reading import (
    boolean,
    event_id,
    identifier,
    optional_argument,
    short_repr,
    text,
)
from coopledger._fields.words import country, one_of
from coopledger._frozen import frozen
from coopledger._rules.duty import Obligation
from coopledger._suggest import did_you_mean, nearest
from coopledger.answers._scope import Filters, Scope
from coopledger.errors import ArgumentError, UnknownIdError
from coopledger.events import Event, MeetingHeld, MeetingScheduled
from coopledger.events.envelope import about
from coopledger.terms import Noun

Kind = TypeVar("Kind", bound=Event)
Word = TypeVar("Word", bound=StrEnum)


def word(words: type[Word], argument: str, value: Word | str | None) -> Word | None:
    """Return the word of the list that a filter names.

    Raises:
        ArgumentError: The text is not in the list.
    """
    return optional_argument(argument, partial(one_of, words), value)


def code(value: str | None) -> str | None:
    """Return the country code that a filter names.

    Raises:
        ArgumentError: The text is no code of ISO 3166-1 alpha-2.
    """
    return optional_argument("country", country, value)


def event_class(value: type[Kind]) -> type[Kind]:
    """Return the class of events that a question names.

    Raises:
        ArgumentError: The value is no class of events.
    """
    named = cast(object, value)  # For callers whom no type checker has warned.
    if not (isinstance(named, type) and issubclass(named, Event)):
        raise ArgumentError("kind", short_repr(value), "is no class of events: give one of them")
    return value


@frozen
class Ids:
    """Ids that a question may name, known at the time asked about or when the view was made.

    Attributes:
        then: What was visible at the time asked about.
        now: What was visible when the view was made.
    """

    then: Visible
    now: Visible

    def known(self, noun: Noun, name: str, *, argument: str = "id") -> str:
        """Return the id, if the ledger holds it as one of the noun.

        Raises:
            UnknownIdError: It is no id of the noun; with the nearest that is one.
            ArgumentError: It is no text.
        """
        name = read_argument(argument, identifier, name)
        if not self._holds(noun, name):
            raise self._refusal(noun, name, lambda: self._nearest(name, (noun,)))
        return self.then.merged.id_of(name)

    def if_given(self, noun: Noun, name: str | None, *, argument: str) -> str | None:
        """Return the id as `known` does, or None where none is given."""
        return None if name is None else self.known(noun, name, argument=argument)

    def scope(self, method: str, filters: Filters) -> Scope:
        """Return the part of the ledger that the filters of a method of a view name.

        Raises:
            TypeError: There is no such filter.
            UnknownIdError: The ledger does not hold an id among them.
            ArgumentError: A value cannot be read, or children are asked for of nothing.
        """
        known = Filters.__annotations__
        for name in filters:
            if name not in known:
                hint = did_you_mean(name, known)
                message = f"View.{method}() got an unexpected keyword argument {name!r}{hint}"
                raise TypeError(message)
        partnership = filters.get("partnership")
        with_children = read_argument("with_children", boolean, filters.get("with_children", False))
        party = filters.get("party")
        if with_children and partnership is None and party is None:
            remedy = "needs a partnership or a party: name one"
            raise ArgumentError("with_children", "True", remedy)
        return Scope(
            partnership=self.if_given(Noun.PARTNERSHIP, partnership, argument="partnership"),
            with_children=with_children,
            party=self.if_given(Noun.PARTY, party, argument="party"),
            country=code(filters.get("country")),
            tag=optional_argument("tag", text, filters.get("tag")),
            responsible=optional_argument("responsible", text, filters.get("responsible")),
        )

    def noun(self, name: str, nouns: Collection[Noun]) -> tuple[Noun, str]:
        """Return the first noun of which the text is an id, and the id.

        Raises:
            UnknownIdError: There is none, or it is not one of the nouns asked for.
            ArgumentError: It is no text.
        """
        name = read_argument("id", identifier, name)
        noun = self._noun_of(name)
        if noun is None or noun not in nouns:
            raise self._refusal("id", name, lambda: self._nearest(name, nouns))
        return noun, self.then.merged.id_of(name)

    def event(self, name: str, *, argument: str) -> int:
        """Return the position of an event, also of one retracted or recorded afterwards.

        Raises:
            UnknownIdError: The ledger holds no such event; with the nearest that it holds.
            ArgumentError: It is no text.
        """
        position = self.now.position_of(read_argument(argument, event_id, name))
        if position is None:
            raise self._refusal("event", name, lambda: self.now.nearest_event(name))
        return position

    def obligation(self, obligation: Obligation) -> Obligation:
        """Return the obligation that a rule gives, if the ledger holds each id that it names.

        Raises:
            UnknownIdError: The ledger does not hold one of them.
        """
        self.noun(obligation.about, tuple(Noun))
        for party in obligation.owed_by:
            self.known(Noun.PARTY, party, argument="owed_by")
        for event in obligation.because:
            self.event(event, argument="because")
        return obligation

    def unknown_series(self, name: str) -> UnknownIdError:
        """Return the refusal of a series to which no meeting belongs."""
        series = {
            fact.event.series
            for meeting in self._ids_of(Noun.MEETING)
            for fact in self.now.openings(Noun.MEETING, meeting)
            if isinstance(fact.event, MeetingScheduled | MeetingHeld)
        }
        known = sorted(filter(None, series))
        return self._refusal("series", name, lambda: nearest(name, known))

    def _nearest(self, name: str, nouns: Iterable[Noun]) -> str | None:
        """Return the id of the nouns, known now or then, that is nearest; None if none is near."""
        return self.now.nearest(name, nouns) or self.then.nearest(name, nouns)

    def _refusal(self, sought: str, name: str, find: Callable[[], str | None]) -> UnknownIdError:
        """Return the refusal of an id: what has it, how it was lost, or the nearest one known."""
        instead = self._stands_for(name)
        loss = self.now.loss_of(name) if instead is None else None
        if sought == "series":
            loss = loss or self.now.series_lost(name)
        near = None if instead or loss else find()
        return UnknownIdError(sought, name, near, instead, str(loss) if loss else None)

    def _stands_for(self, name: str) -> str | None:
        """Return in words what has the id; None if the ledger does not hold it."""
        noun = self._noun_of(name)
        if noun is not None:
            return noun.with_article
        fact = self.now.find(name)
        if fact is None:
            return None
        return f"an event ({type(fact.event).__name__} {about(fact.event)})"

    def _ids_of(self, *nouns: Noun) -> Iterator[str]:
        """Yield every id of the nouns; some come twice."""
        for noun in nouns:
            yield from self.now.names(noun)
            yield from self.then.names(noun)

    def _noun_of(self, name: str) -> Noun | None:
        """Return the first noun of which the text is an id."""
        return next((noun for noun in Noun if self._holds(noun, name)), None)

    def _holds(self, noun: Noun, name: str) -> bool:
        """Return whether the text is an id of the noun."""
        return bool(self.then.openings(noun, name) or self.now.openings(noun, name))
