"""Questions of one's own: the events themselves, and what packs ask."""

from typing import Any, TypeVar

from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.fields import asked, identifier, shown, whole
from coopledger.nearness import did_you_mean
from coopledger.projections import Duty
from coopledger.projections import duties as _duties
from coopledger.projections.selection import is_, word
from coopledger.rules.commitment import DUE_SOON_DAYS
from coopledger.rules.duty import Obligation
from coopledger.terms import DutyStatus, Noun
from coopledger.view.moment import AtMoment

__all__ = ["OwnQuestions"]

E = TypeVar("E", bound=Event)


class OwnQuestions(AtMoment):
    """The events that count, for questions of one's own, and the questions of packs."""

    def events(self, kind: type[E]) -> tuple[E, ...]:
        """The events of a class that count by the day, as corrected, in the order of replay.

        ``events.Event`` asks for all of them.

        Raises:
            ArgumentError: It is no class of events.
        """
        if not _is_event_class(kind):
            raise ArgumentError("kind", shown(kind), "is no class of events: give one of them")
        counting = filter(self._standings.counts, self._standings.visible.all())
        facts = sorted(counting, key=lambda fact: fact.place)
        return tuple(fact.event for fact in facts if isinstance(fact.event, kind))

    def duties(
        self, *, status: DutyStatus | str | None = None, within_days: int = DUE_SOON_DAYS
    ) -> tuple[Duty, ...]:
        """What the rules of the ledger's packs require of anybody, soonest due first.

        Due dates within the days are soon. Without a pack there are none.

        Raises:
            UnknownIdError: A rule names an id that the ledger does not hold.
        """
        wanted = word(DutyStatus, "status", status)
        horizon = asked("within_days", whole, within_days)
        found = [
            _duties.duty(self._standings, self._known_to_exist(obligation), horizon=horizon)
            for rule in self._own.duties
            for obligation in rule(self)
        ]
        kept = [duty for duty in found if is_(duty.status, wanted)]
        return tuple(sorted(kept, key=lambda duty: (duty.due, duty.about)))

    def _known_to_exist(self, obligation: Obligation) -> Obligation:
        """The obligation; a rule that names an id which the ledger does not hold is at fault."""
        self._ids.noun(obligation.about, tuple(Noun))
        for party in obligation.owed_by:
            self._ids.known(Noun.PARTY, party, argument="owed_by")
        for event in obligation.because:
            self._ids.event(event, argument="because")
        return obligation

    def ask(self, question: str, **arguments: Any) -> Any:  # noqa: ANN401 - the pack types it
        """What a projection of a pack answers, asked by its name.

        Raises:
            ArgumentError: No pack of the ledger has such a projection, with the nearest.
        """
        known = self._own.projections
        name = asked("question", identifier, question)
        if name not in known:
            hint = did_you_mean(name, known)
            raise ArgumentError("question", repr(name), f"is asked by no pack{hint}")
        return known[name](self, **arguments)


def _is_event_class(value: object) -> bool:
    """Whether the value is a class of events."""
    return isinstance(value, type) and issubclass(value, Event)
