"""Which ids a question may name: those that the ledger held when the view was made."""

from collections.abc import Collection, Iterator

import attrs

from coopledger._facts.visible import Visible
from coopledger._fields.reading import argument as asked
from coopledger._fields.reading import event_id, identifier
from coopledger._rules.duty import Obligation
from coopledger._suggest import nearest
from coopledger.errors import UnknownIdError
from coopledger.events import MeetingHeld, MeetingScheduled
from coopledger.events._wording import about
from coopledger.terms import Noun


@attrs.frozen
class Ids:
    """The ids that a ledger held when a view of it was made, or at the time the view asks about.

    Attributes:
        then: What was visible at the time asked about.
        made: What was visible when the view was made.
    """

    then: Visible
    made: Visible

    def known(self, noun: Noun, name: str, *, argument: str = "id") -> str:
        """The id itself.

        Raises:
            UnknownIdError: It is no id of the noun; with the nearest that is one.
            ArgumentError: It is no text.
        """
        if not self._holds(noun, asked(argument, identifier, name)):
            raise self._unknown(noun, name, (noun,))
        return name

    def known_if_given(self, noun: Noun, **names: str | None) -> None:
        """Refuse each id that is given and is no id of the noun, as `known` does."""
        for argument, name in names.items():
            if name is not None:
                self.known(noun, name, argument=argument)

    def noun(self, name: str, nouns: Collection[Noun]) -> Noun:
        """The first noun of which it is an id.

        Raises:
            UnknownIdError: There is none, or it is not one of the nouns asked for.
            ArgumentError: It is no text.
        """
        asked("id", identifier, name)
        found = next((noun for noun in Noun if self._holds(noun, name)), None)
        if found is None or found not in nouns:
            raise self._unknown("id", name, nouns)
        return found

    def event(self, name: str, *, argument: str) -> int:
        """The position of the event, be it retracted or recorded later than the time asked about.

        Raises:
            UnknownIdError: The ledger holds no such event; with the nearest that it holds.
            ArgumentError: It is no text.
        """
        position = self.made.position_of(asked(argument, event_id, name))
        if position is None:
            instead = self._stands_for(name)
            near = None if instead else nearest(name, (fact.id for fact in self.made.all()))
            raise UnknownIdError("event", name, near, instead)
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
        """The refusal of a series of which no meeting is one."""
        series = {
            fact.event.series
            for meeting in self._of(Noun.MEETING)
            for fact in self.made.openings(Noun.MEETING, meeting)
            if isinstance(fact.event, MeetingScheduled | MeetingHeld)
        }
        near = nearest(name, sorted(filter(None, series)))
        return UnknownIdError("series", name, near, self._stands_for(name))

    def _unknown(self, what: str, name: str, nouns: Collection[Noun]) -> UnknownIdError:
        """The refusal of an id, with what it stands for, or else the nearest that would do."""
        instead = self._stands_for(name)
        near = None if instead else nearest(name, self._of(*nouns))
        return UnknownIdError(what, name, near, instead)

    def _stands_for(self, name: str) -> str | None:
        """What the id stands for; None if the ledger does not hold it."""
        noun = next((noun for noun in Noun if self._holds(noun, name)), None)
        if noun is not None:
            return noun.with_article
        fact = self.made.find(name)
        if fact is None:
            return None
        return f"an event ({type(fact.event).__name__} {about(fact.event)})"

    def _of(self, *nouns: Noun) -> Iterator[str]:
        """Every id of the nouns; some come twice."""
        for noun in nouns:
            yield from self.made.names(noun)
            yield from self.then.names(noun)

    def _holds(self, noun: Noun, name: str) -> bool:
        """Whether it is an id of the noun."""
        return bool(self.then.openings(noun, name) or self.made.openings(noun, name))
