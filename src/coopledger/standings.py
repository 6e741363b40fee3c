"""Where everything stands at one place in the replay: the visible facts, folded by the rules.

Every noun is folded on its own, when it is first asked for: asking about one partnership costs
what that partnership holds, however large the ledger.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from heapq import merge

from coopledger import events
from coopledger.events import Event
from coopledger.events.references import opened_by
from coopledger.facts import Fact, Visible
from coopledger.kinship import Kinship
from coopledger.rules import commitment_acts, instrument_life, instrument_standing
from coopledger.rules import meeting as meetings
from coopledger.rules import proposal as proposals
from coopledger.rules.commitment import DUE_SOON_DAYS, OPEN, Setting, status
from coopledger.rules.commitment_standing import Standing as CommitmentStanding
from coopledger.rules.instrument import ENDED, IN_EFFECT
from coopledger.terms import Noun

__all__ = ["Place", "Standings"]

Place = tuple[int, int, int]


class Standings:
    """Every noun's standing on one day, from the facts that count by then.

    With ``before``, only facts whose place in the replay comes before it count: this is how an
    event is validated just before its own place.
    """

    def __init__(
        self, visible: Visible, *, day: int, hindsight: bool = True, before: Place | None = None
    ) -> None:
        """Bounds the facts; folds nothing yet."""
        self.visible = visible
        self.day = day
        self._hindsight = hindsight
        self._before = before
        self.kinship = Kinship(visible, self.facts)
        self._members: dict[str, dict[Noun, list[str]]] = {}
        self._acts: dict[str, list[Fact]] = {}
        self._instruments: dict[str, instrument_standing.Standing] = {}
        self._proposals: dict[str, proposals.Standing] = {}
        self._meetings: dict[str, meetings.Standing] = {}
        self._commitments: dict[str, CommitmentStanding] = {}

    def counts(self, fact: Fact) -> bool:
        """Whether the fact counts by the day asked about."""
        return (
            fact.effect <= self.day
            and (self._hindsight or fact.act <= self.day)
            and (self._before is None or fact.place < self._before)
        )

    def facts(self, name: str) -> list[Fact]:
        """The facts that name the id and count, in the order of their replay."""
        named = self.visible.naming(name)
        if self._before is None and self._hindsight:
            day = self.day
            return [fact for fact in named if fact.effect <= day]
        return [fact for fact in named if self.counts(fact)]

    def registration(self, noun: Noun, name: str) -> Event | None:
        """The event that brought the id into the ledger, as known then; on any day."""
        fact = self.opening(noun, name)
        return fact.event if fact is not None else None

    def opening(self, noun: Noun, name: str) -> Fact | None:
        """The fact that brought the id into the ledger, as known then; on any day."""
        return next(iter(self.visible.openings(noun, name)), None)

    # --- partnerships

    def home(self, noun: Noun, name: str) -> str | None:
        """The partnership to which a meeting, proposal, instrument or commitment belongs."""
        if noun is Noun.PARTNERSHIP:
            return name
        for fact in self.visible.openings(noun, name):
            partnership: str | None = getattr(fact.event, "partnership", None)
            instrument: str | None = getattr(fact.event, "instrument", None)
            if partnership is None and instrument is not None and noun is Noun.PROPOSAL:
                partnership = self.home(Noun.INSTRUMENT, instrument)
            if partnership is not None:
                return partnership
        return None

    def members(self, noun: Noun, partnership: str) -> list[str]:
        """The ids of the noun that belong to the partnership, in the order of their recording."""
        if partnership not in self._members:
            self._members[partnership] = self._find_members(partnership)
        return self._members[partnership].get(noun, [])

    def _find_members(self, partnership: str) -> dict[Noun, list[str]]:
        """What the partnership holds, by noun."""
        openings = sorted(self._openings_in(partnership), key=lambda opening: opening[0])
        found: dict[Noun, list[str]] = {}
        for _, noun, name in dict.fromkeys(openings):
            names = found.setdefault(noun, [])
            if name not in names and self.home(noun, name) == partnership:
                names.append(name)
        return found

    def _openings_in(self, partnership: str) -> Iterator[tuple[int, Noun, str]]:
        """What may be opened in the partnership, be it through an instrument, with positions."""
        for position, noun, name in _opened(self.visible.naming(partnership)):
            yield position, noun, name
            if noun is Noun.INSTRUMENT:
                yield from _opened(self.visible.naming(name))

    def acts(self, partnership: str) -> list[Fact]:
        """The facts of the partnership itself and of all that belongs to it, as they replay."""
        if partnership not in self._acts:
            self._acts[partnership] = self._find_acts(partnership)
        return self._acts[partnership]

    def _find_acts(self, partnership: str) -> list[Fact]:
        """The facts under the names of the partnership and its members that belong there."""
        own = {partnership}
        for noun in (Noun.MEETING, Noun.PROPOSAL, Noun.INSTRUMENT, Noun.COMMITMENT):
            own.update(self.members(noun, partnership))
        found = {fact.position: fact for name in own for fact in self.facts(name)}
        kept = [fact for fact in found.values() if not own.isdisjoint(_main_names(fact.event))]
        return sorted(kept, key=_place)

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
            facts = sorted([*own, *self.kinship.successions(parties)], key=_place)
            self._commitments[name] = commitment_acts.fold(facts, name)
        return self._commitments[name]

    def instrument(self, name: str) -> instrument_standing.Standing:
        """Where the instrument stands."""
        if name not in self._instruments:
            case = self.case(name)
            facts = self._instrument_facts(name)
            self._instruments[name] = instrument_life.fold(facts, case, day=self.day)
        return self._instruments[name]

    def case(self, name: str, *, replaceable: bool = True) -> instrument_standing.Case:
        """What is known of the instrument beside the acts on it."""
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
            fact.event.proposal for fact in named if isinstance(fact.event, PROPOSAL_ACTS)
        )
        answers = [
            fact
            for proposal in about
            for fact in self.facts(proposal)
            if getattr(fact.event, "proposal", None) == proposal
            and fact.position not in self.proposal(proposal).ignored
        ]
        return list(merge(own, sorted(answers, key=_place), key=_place)) if answers else own

    def _replacement(self, name: str) -> instrument_standing.Replacement | None:
        """The first instrument to take effect in the place of this one."""
        found: list[instrument_standing.Replacement] = []
        for fact in self.visible.naming(name):
            event = fact.event
            if isinstance(event, events.InstrumentRegistered) and name in event.supersedes:
                found += self._taking_effect(event.instrument)
        return min(found, key=lambda replacement: replacement.day, default=None)

    def _taking_effect(self, name: str) -> Iterator[instrument_standing.Replacement]:
        """When the instrument, taken by itself, first comes into effect."""
        case = self.case(name, replaceable=False)
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
            instrument_ended=self._ending(terms.under) if terms.under else None,
        )

    def _still_open(self, names: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Those of the proposals and commitments that are open, with the event that shows it."""
        for name in names:
            proposal = self.proposal(name)
            if proposal.status in proposals.OPEN and proposal.set_by is not None:
                yield name, proposal.set_by
            commitment = self.commitment(name)
            if commitment.made is None or commitment.terms is None:
                continue
            ended = self._ending(commitment.terms.under) if commitment.terms.under else None
            alone = Setting(day=self.day, instrument_ended=ended)
            if status(commitment, alone) in OPEN:
                yield name, commitment.made.position

    def _ending(self, instrument: str) -> tuple[int, int] | None:
        """The day on which the instrument ended, and the event that ended it."""
        history = self.instrument(instrument).history
        ended = bool(history) and history[-1].state in ENDED
        return (history[-1].day, history[-1].position) if ended else None


PROPOSAL_ACTS = (events.InterestExpressed, events.ProposalMade, events.ProposalAnswer)
INSTRUMENT_ACTS = (events.InstrumentRegistered, events.InstrumentAct)
# The fields that say to what an event belongs, unlike those that merely mention something.
MAIN_FIELDS = ("partnership", "meeting", "proposal", "instrument", "commitment", "subject")


def _place(fact: Fact) -> Place:
    """The place of the fact in the replay."""
    return fact.place


def _opened(facts: Iterable[Fact]) -> Iterator[tuple[int, Noun, str]]:
    """What the facts may bring into the ledger, each with its position, noun and id."""
    for fact in facts:
        opened = opened_by(type(fact.event))
        if opened is not None:
            yield fact.position, opened[1], getattr(fact.event, opened[0])


def _main_names(event: Event) -> Iterator[str]:
    """The ids to which the event belongs, and those of what it also closes or meets."""
    for field in MAIN_FIELDS:
        name = getattr(event, field, None)
        if isinstance(name, str):
            yield name
    yield from event.fulfils
    yield from event.realises
    for condition in event.meets:
        yield condition.rpartition("/")[0]
