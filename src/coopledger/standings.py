"""Where everything stands at one place in the replay: the visible facts, folded by the rules.

Every noun is folded on its own, when it is first asked for: asking about one partnership costs
what that partnership holds, however large the ledger.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from heapq import merge

from coopledger import events
from coopledger.events import Event
from coopledger.facts import BEGINNING, Fact, Visible, by_place
from coopledger.kinship import Kinship
from coopledger.membership import Membership
from coopledger.rules import commitment_acts, instrument_life, instrument_standing
from coopledger.rules import meeting as meetings
from coopledger.rules import proposal as proposals
from coopledger.rules.commitment import DUE_SOON_DAYS, Setting
from coopledger.rules.commitment_standing import Standing as CommitmentStanding
from coopledger.rules.commitment_standing import is_closed
from coopledger.rules.instrument import ENDED, IN_EFFECT
from coopledger.terms import Noun, ProposalStatus

__all__ = ["Place", "Standings"]

Place = tuple[int, int, int]


class Standings:
    """Every noun's standing on one day, from the facts that count by then.

    Without hindsight, only acts up to the day count; with ``acts_by``, those up to that day. With
    ``before``, only facts whose place in the replay comes before it count: this is how an
    event is validated just before its own place. With children, what belongs to a child of a
    partnership belongs to its parent too.
    """

    def __init__(  # noqa: PLR0913 - one bound for each way in which facts may not count
        self,
        visible: Visible,
        *,
        day: int,
        hindsight: bool = True,
        acts_by: int | None = None,
        before: Place | None = None,
        with_children: bool = False,
    ) -> None:
        """Bounds the facts; folds nothing yet."""
        self._with_children = with_children
        self.visible = visible
        self.day = day
        self._acts_by = acts_by if hindsight else day
        self._before = before
        self.kinship: Kinship = Kinship(visible, self.facts)
        self.membership: Membership = Membership(visible, self.facts, with_children=with_children)
        self._cases: dict[str, instrument_standing.Case] = {}
        self._instruments: dict[str, instrument_standing.Standing] = {}
        self._proposals: dict[str, proposals.Standing] = {}
        self._meetings: dict[str, meetings.Standing] = {}
        self._commitments: dict[str, CommitmentStanding] = {}

    def without(self, *positions: int) -> "Standings":
        """Where everything stands on the same day, had the events not been recorded."""
        return self._over(self.visible.without(*positions), day=self.day)

    def supposing(self, event: Event) -> "Standings":
        """Where everything stands on the same day, had the event been recorded last."""
        return self._over(self.visible.supposing(event), day=self.day)

    def on(self, day: int) -> "Standings":
        """Where everything stood on an earlier day, as it is known from here."""
        return self._over(self.visible, day=day)

    def with_children(self) -> "Standings":
        """The same, where what belongs to a child of a partnership belongs to its parent too."""
        return self._over(self.visible, day=self.day, with_children=True)

    def _over(self, visible: Visible, *, day: int, with_children: bool = False) -> "Standings":
        """The same place in the replay, over other facts or on another day."""
        return Standings(
            visible,
            day=day,
            acts_by=self._acts_by,
            before=self._before,
            with_children=with_children or self._with_children,
        )

    def counts(self, fact: Fact) -> bool:
        """Whether the fact counts by the day asked about."""
        return (
            fact.effect <= self.day
            and (self._acts_by is None or fact.act <= self._acts_by)
            and (self._before is None or fact.place < self._before)
        )

    def place_on(self, day: int, position: int) -> Place:
        """The place in the replay of what the event at the position brought about on the day."""
        fact = self.visible.fact(position)
        return day, fact.act if fact is not None else BEGINNING, position

    def facts(self, name: str) -> list[Fact]:
        """The facts that name the id and count, in the order of their replay."""
        named = self.visible.naming(name)
        if self._before is None and self._acts_by is None:
            day = self.day
            return [fact for fact in named if fact.effect <= day]
        return [fact for fact in named if self.counts(fact)]

    def _in_sight(self, name: str) -> list[Fact]:
        """The facts that name the id, on any day; without hindsight none of later acts."""
        named, by = self.visible.naming(name), self._acts_by
        return named if by is None else [fact for fact in named if fact.act <= by]

    def registration(self, noun: Noun, name: str) -> Event | None:
        """The event that brought the id into the ledger, as known then; on any day."""
        fact = self.opening(noun, name)
        return fact.event if fact is not None else None

    def opening(self, noun: Noun, name: str) -> Fact | None:
        """The fact that brought the id into the ledger, as known then; on any day."""
        return next(iter(self.visible.openings(noun, name)), None)

    def parties(self, partnership: str) -> tuple[str, ...]:
        """The parties of the partnership on the day."""
        opened = self.registration(Noun.PARTNERSHIP, partnership)
        return (
            self.kinship.heirs(opened.parties)
            if isinstance(opened, events.PartnershipOpened)
            else ()
        )

    # --- nouns

    def proposal(self, name: str) -> proposals.Standing:
        """Where the proposal stands."""
        if name not in self._proposals:
            self._proposals[name] = proposals.fold(self.facts(name), name)
        return self._proposals[name]

    def meeting(self, name: str) -> meetings.Standing:
        """Where the meeting stands."""
        if name not in self._meetings:
            self._meetings[name] = meetings.fold(self.facts(name), name, day=self.day)
        return self._meetings[name]

    def commitment(self, name: str) -> CommitmentStanding:
        """What is recorded of the commitment."""
        if name not in self._commitments:
            own = self.facts(name)
            parties = [party for fact in own for party in commitment_acts.parties_in(fact.event)]
            facts = sorted([*own, *self.kinship.successions(parties)], key=by_place)
            self._commitments[name] = commitment_acts.fold(facts, name)
        return self._commitments[name]

    def instrument(self, name: str) -> instrument_standing.Standing:
        """Where the instrument stands."""
        if name not in self._instruments:
            case = self.case(name)
            facts = self._instrument_facts(name)
            self._instruments[name] = instrument_life.fold(facts, case, day=self.day)
        return self._instruments[name]

    def case(self, name: str) -> instrument_standing.Case:
        """What is known of the instrument beside the acts on it."""
        if name not in self._cases:
            self._cases[name] = self._find_case(name, replaceable=True)
        return self._cases[name]

    def _find_case(self, name: str, *, replaceable: bool) -> instrument_standing.Case:
        """The same; what is not replaceable is taken by itself."""
        opening = self.opening(Noun.INSTRUMENT, name)
        if opening is None or not isinstance(opening.event, events.InstrumentRegistered):
            return instrument_standing.UNKNOWN
        registered = opening.event
        parties = registered.parties or self._first_parties(registered.partnership)
        return instrument_standing.Case(
            kind=registered.kind,
            force=registered.force,
            renewal=registered.renewal,
            registered=opening.position,
            parties=parties,
            stands_for=partial(self.kinship.stands_for, parties),
            replacement=self._replacement(name) if replaceable else None,
        )

    def _first_parties(self, partnership: str) -> tuple[str, ...]:
        """The parties with which the partnership was opened."""
        opened = self.registration(Noun.PARTNERSHIP, partnership)
        return opened.parties if isinstance(opened, events.PartnershipOpened) else ()

    def _instrument_facts(self, name: str) -> list[Fact]:
        """The acts on the instrument and on the proposals about it, as they replay."""
        named = self.facts(name)
        own = [
            fact
            for fact in named
            if isinstance(fact.event, INSTRUMENT_ACTS) and fact.event.instrument == name
        ]
        about = dict.fromkeys(
            fact.event.proposal
            for fact in self._in_sight(name)  # What a proposal is about is known on any day.
            if isinstance(fact.event, events.ProposalAct)
        )
        answers = [
            fact
            for proposal in about
            for fact in self.facts(proposal)
            if getattr(fact.event, "proposal", None) == proposal
            and fact.position not in self.proposal(proposal).idle
        ]
        return list(merge(own, sorted(answers, key=by_place), key=by_place)) if answers else own

    def _replacement(self, name: str) -> instrument_standing.Replacement | None:
        """The first instrument to take effect in the place of this one."""
        found: list[instrument_standing.Replacement] = []
        for fact in self.visible.naming(name):
            event = fact.event
            if isinstance(event, events.InstrumentRegistered) and name in event.supersedes:
                found += self._taking_effect(event.instrument)
        return min(found, key=lambda first: self.place_on(first.day, first.position), default=None)

    def _taking_effect(self, name: str) -> Iterator[instrument_standing.Replacement]:
        """When the instrument, taken by itself, first comes into effect."""
        case = self._find_case(name, replaceable=False)
        life = instrument_life.fold(self._instrument_facts(name), case, day=self.day)
        for change in life.history:
            if change.state in IN_EFFECT:
                yield instrument_standing.Replacement(change.day, name, change.position)
                return

    def setting(self, name: str, *, horizon: int = DUE_SOON_DAYS) -> Setting:
        """What the commitment rests on outside itself."""
        terms = self.commitment(name).terms
        if terms is None:
            return Setting(day=self.day, horizon=horizon)
        meeting = self.meeting(terms.due_meeting) if terms.due_meeting else None
        return Setting(
            day=self.day,
            horizon=horizon,
            meeting=(meeting.status, meeting.set_by) if meeting else None,
            held=meeting.held if meeting else None,
            dependencies=tuple(self._still_open(terms.depends_on)),
            cleared=tuple(self._cleared(terms.depends_on)),
            instrument_ended=self._ending(terms.under) if terms.under else None,
        )

    def _still_open(self, names: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Those of the proposals and commitments that are open, with the event that shows it."""
        for name in names:
            proposal = self.proposal(name)
            if proposal.status in proposals.OPEN and proposal.set_by is not None:
                yield name, proposal.set_by
            made = self.commitment(name).made
            if made is not None and self.closed(name) is None:
                yield name, made.position

    def _cleared(self, names: Iterable[str]) -> Iterator[tuple[int, int]]:
        """For those that are closed: the day on which they were, and the event that closed them."""
        for name in names:
            proposal = self.proposal(name)
            if proposal.status not in {*proposals.OPEN, ProposalStatus.NONE}:
                yield proposal.since, proposal.set_by or 0
            closed = self.closed(name)
            if closed is not None:
                yield closed

    def closed(self, commitment: str) -> tuple[int, int] | None:
        """The day on which a commitment was closed, and the event that closed it."""
        standing = self.commitment(commitment)
        closer = is_closed(standing)
        if closer is not None:
            return closer.effect, closer.position
        under = standing.terms.under if standing.terms and not standing.terms.survives else None
        return self._ending(under) if under else None

    def _ending(self, instrument: str) -> tuple[int, int] | None:
        """The day on which the instrument ended, and the event that ended it."""
        history = self.instrument(instrument).history
        ended = bool(history) and history[-1].state in ENDED
        return (history[-1].day, history[-1].position) if ended else None


INSTRUMENT_ACTS = (events.InstrumentRegistered, events.InstrumentAct)
