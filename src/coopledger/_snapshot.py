"""Snapshot of where everything stands on a day: the visible facts, folded by the rules."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from heapq import merge

from coopledger import events
from coopledger._facts.index import BEGINNING, Fact, by_replay_key
from coopledger._facts.visible import Visible
from coopledger._rules import commitment as commitments
from coopledger._rules import instrument as instruments
from coopledger._rules import meeting as meetings
from coopledger._rules import proposal as proposals
from coopledger._rules.commitment import (
    DUE_SOON_DAYS,
    CommitmentCase,
    CommitmentContext,
    is_closed,
)
from coopledger._rules.instrument import (
    ENDED,
    IN_EFFECT,
    InstrumentCase,
    InstrumentContext,
    Replacement,
)
from coopledger._rules.meeting import MeetingCase
from coopledger._rules.proposal import ProposalCase
from coopledger.events import Event, PartnershipOpened, PartyRegistered, PartySucceeded
from coopledger.events._references import once_per_class
from coopledger.terms import Noun, ProposalStatus


def _lineage(name: str | None, parent_of: Callable[[str], str | None]) -> Iterator[str]:
    """Yield the name, its parent, and so on upwards, each once."""
    seen: set[str] = set()
    while name is not None and name not in seen:
        yield name
        seen.add(name)
        name = parent_of(name)


class Parties:
    """The parties known, and those that had taken over by the day asked about."""

    def __init__(self, visible: Visible, facts: Callable[[str], list[Fact]]) -> None:
        """``facts`` gives the facts about a party that count by the day."""
        self._visible = visible
        self._facts = facts
        self._takeovers: dict[str, list[tuple[Fact, tuple[str, ...]]]] = {}

    def ancestors(self, party: str) -> frozenset[str]:
        """Return the party, its parent, and so on upwards."""
        return frozenset(_lineage(party, self._parent))

    def countries(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The countries of the parties, or of the nearest above them that have one, sorted."""
        found = {
            next(filter(None, map(self._country, _lineage(party, self._parent))), None)
            for party in parties
        }
        return tuple(sorted(code for code in found if code is not None))

    def successors(self, parties: Iterable[str], *, by_day: int | None = None) -> tuple[str, ...]:
        """The parties, each replaced by those that have taken over from it, be it by a day."""
        acting = list(parties)
        takeovers = sorted(self._successions(acting), key=lambda takeover: takeover[0].replay_key)
        for fact, party, by in takeovers:
            if by_day is not None and fact.effect > by_day:
                break
            acting = [heir for name in acting for heir in (by if name == party else (name,))]
        return tuple(dict.fromkeys(acting))

    def successions(self, parties: Iterable[str]) -> list[Fact]:
        """The facts by which others took over from the parties, and from those in turn."""
        return [fact for fact, _, _ in self._successions(parties)]

    def represented_by(self, parties: tuple[str, ...], signer: str, day: int) -> frozenset[str]:
        """For whom a signer signs on a day: itself, those above it, and whom these took over."""
        speaks = self.ancestors(signer)
        return speaks.union(
            party
            for party in parties
            if not speaks.isdisjoint(self.successors([party], by_day=day))
        )

    def _successions(self, parties: Iterable[str]) -> list[tuple[Fact, str, tuple[str, ...]]]:
        """Each takeover from the parties, and from those in turn: the fact, from whom, by whom."""
        waiting, seen = list(parties), set[str]()
        found: list[tuple[Fact, str, tuple[str, ...]]] = []
        while waiting:
            party = waiting.pop()
            if party not in seen:
                seen.add(party)
                for fact, by in self._taken_over(party):
                    found.append((fact, party, by))
                    waiting += by
        return found

    def _parent(self, party: str) -> str | None:
        """Return the party to which the party belongs."""
        registered = self._registered(party)
        return registered.parent if registered is not None else None

    def _country(self, party: str) -> str | None:
        """The country with which the party is registered."""
        registered = self._registered(party)
        return registered.country if registered is not None else None

    def _registered(self, party: str) -> PartyRegistered | None:
        """The registration of the party, if it is known."""
        for fact in self._visible.openings(Noun.PARTY, party):
            if isinstance(fact.event, PartyRegistered):
                return fact.event
        return None

    def _taken_over(self, party: str) -> list[tuple[Fact, tuple[str, ...]]]:
        """The facts by which others took over from the party, with those others."""
        if party not in self._takeovers:
            self._takeovers[party] = [
                (fact, fact.event.by)
                for fact in self._facts(party)
                if isinstance(fact.event, PartySucceeded) and fact.event.party == party
            ]
        return self._takeovers[party]


# What belongs to which partnership: meetings, proposals, instruments, commitments, and acts.

# The fields that say to what an event belongs, unlike those that merely mention something.
MAIN_FIELDS = ("partnership", "meeting", "proposal", "instrument", "commitment", "subject")


class Contents:
    """Who belongs where, as known then; acts are those that count by the day asked about."""

    def __init__(
        self, visible: Visible, facts: Callable[[str], list[Fact]], *, with_children: bool
    ) -> None:
        """``facts`` gives the facts that name an id and count by the day.

        With children, what belongs to a child belongs to its parent too.
        """
        self._with_children = with_children
        self._visible = visible
        self._facts = facts
        self._members: dict[str, dict[Noun, list[str]]] = {}
        self._acts: dict[str, list[Fact]] = {}

    def partnership_of(self, noun: Noun, name: str) -> str | None:
        """The partnership to which a meeting, proposal, instrument or commitment belongs."""
        return home_of(self._visible, noun, name)

    def ancestors(self, partnership: str | None) -> frozenset[str]:
        """Return the partnership, its parent, and so on upwards; none for None."""
        return frozenset(_lineage(partnership, self._parent))

    def _parent(self, partnership: str) -> str | None:
        """Return the partnership to which the partnership belongs."""
        opening = next(iter(self._visible.openings(Noun.PARTNERSHIP, partnership)), None)
        event = opening.event if opening is not None else None
        return event.parent if isinstance(event, PartnershipOpened) else None

    def members(self, noun: Noun, partnership: str) -> list[str]:
        """The ids of the noun that belong to the partnership, in the order of their recording."""
        if partnership not in self._members:
            self._members[partnership] = self._find_members(partnership)
        return self._members[partnership].get(noun, [])

    def _find_members(self, partnership: str) -> dict[Noun, list[str]]:
        """What the partnership holds, by noun."""
        family = self._family(partnership)
        openings = sorted(
            (opening for each in family for opening in self._openings_in(each)),
            key=lambda opening: opening[0],
        )
        found: dict[Noun, dict[str, None]] = {}
        for _, noun, name in dict.fromkeys(openings):
            if self.partnership_of(noun, name) in family:
                found.setdefault(noun, {})[name] = None
        return {noun: list(names) for noun, names in found.items()}

    def _family(self, partnership: str) -> list[str]:
        """The partnership, and where children count those below it."""
        found = [partnership]
        for each in found if self._with_children else ():  # It grows on the way.
            below = (fact.event for fact in self._visible.naming(each))
            found += [
                event.partnership
                for event in below
                if isinstance(event, PartnershipOpened)
                and event.parent == each
                and event.partnership not in found
            ]
        return found

    def _openings_in(self, partnership: str) -> Iterator[tuple[int, Noun, str]]:
        """What may be opened in the partnership, be it through an instrument, with positions."""
        for position, noun, name in _opened(self._visible.naming(partnership)):
            yield position, noun, name
            if noun is Noun.INSTRUMENT:
                yield from _opened(self._visible.naming(name))

    def facts_of(self, partnership: str) -> list[Fact]:
        """The facts of the partnership itself and of all that belongs to it, as they replay."""
        if partnership not in self._acts:
            self._acts[partnership] = self._find_acts(partnership)
        return self._acts[partnership]

    def _find_acts(self, partnership: str) -> list[Fact]:
        """The facts under the names of the partnership and its members that belong there."""
        own = set(self._family(partnership))
        for noun in (Noun.MEETING, Noun.PROPOSAL, Noun.INSTRUMENT, Noun.COMMITMENT):
            own.update(self.members(noun, partnership))
        found = {fact.position: fact for name in own for fact in self._facts(name)}
        return sorted(filter(partial(_belongs, own), found.values()), key=by_replay_key)


def home_of(visible: Visible, noun: Noun, name: str) -> str | None:
    """Return the partnership to which a meeting, proposal, instrument or commitment belongs."""
    if noun is Noun.PARTNERSHIP:
        return name
    for fact in visible.openings(noun, name):
        partnership: str | None = getattr(fact.event, "partnership", None)
        instrument: str | None = getattr(fact.event, "instrument", None)
        if partnership is None and instrument is not None and noun is Noun.PROPOSAL:
            partnership = home_of(visible, Noun.INSTRUMENT, instrument)
        if partnership is not None:
            return partnership
    return None


def _opened(facts: Iterable[Fact]) -> Iterator[tuple[int, Noun, str]]:
    """What the facts may bring into the ledger, each with its position, noun and id."""
    for fact in facts:
        noun = fact.event.__opens__
        if noun is not None:
            yield fact.position, noun, getattr(fact.event, noun)


def _belongs(own: set[str], fact: Fact) -> bool:
    """Whether the fact belongs to one of the ids, or closes or meets one of them."""
    event = fact.event
    if not own.isdisjoint(_main_ids(event)):
        return True
    closed = (*event.fulfils, *event.realises, *(met.rpartition("/")[0] for met in event.meets))
    return not own.isdisjoint(closed)


def _main_ids(event: Event) -> Iterator[str | None]:
    """The ids of that to which the event belongs by what it says."""
    for field in _main_fields(type(event)):
        value: str | tuple[str, ...] | None = getattr(event, field)
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


@once_per_class
def _main_fields(cls: type[Event]) -> tuple[str, ...]:
    """The fields of the class that say to what its events belong."""
    return tuple(field for field in MAIN_FIELDS if hasattr(cls, field))


# Where everything stands at one place in the replay: the visible facts, folded by the rules.
#
# Every noun is folded on its own, when it is first asked for: asking about one partnership costs
# what that partnership holds, however large the ledger.

Place = tuple[int, int, int]


class Snapshot:
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
        self.parties: Parties = Parties(visible, self.facts)
        self.contents: Contents = Contents(visible, self.facts, with_children=with_children)
        self._contexts: dict[str, InstrumentContext] = {}
        self._instruments: dict[str, InstrumentCase] = {}
        self._proposals: dict[str, ProposalCase] = {}
        self._meetings: dict[str, MeetingCase] = {}
        self._commitments: dict[str, CommitmentCase] = {}

    def without(self, *positions: int) -> "Snapshot":
        """Where everything stands on the same day, had the events not been recorded."""
        return self._over(self.visible.without(*positions), day=self.day)

    def supposing(self, event: Event) -> "Snapshot":
        """Where everything stands on the same day, had the event been recorded last."""
        return self._over(self.visible.supposing(event), day=self.day)

    def on(self, day: int) -> "Snapshot":
        """Where everything stood on an earlier day, as it is known from here."""
        return self._over(self.visible, day=day)

    def with_children(self) -> "Snapshot":
        """The same, where what belongs to a child of a partnership belongs to its parent too."""
        return self._over(self.visible, day=self.day, with_children=True)

    def _over(self, visible: Visible, *, day: int, with_children: bool = False) -> "Snapshot":
        """The same place in the replay, over other facts or on another day."""
        return Snapshot(
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
            and (self._before is None or fact.replay_key < self._before)
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

    def parties_of(self, partnership: str) -> tuple[str, ...]:
        """The parties of the partnership on the day."""
        opened = self.registration(Noun.PARTNERSHIP, partnership)
        return (
            self.parties.successors(opened.parties)
            if isinstance(opened, events.PartnershipOpened)
            else ()
        )

    # --- nouns

    def proposal(self, name: str) -> ProposalCase:
        """Where the proposal stands."""
        if name not in self._proposals:
            self._proposals[name] = proposals.fold(self.facts(name), name)
        return self._proposals[name]

    def meeting(self, name: str) -> MeetingCase:
        """Where the meeting stands."""
        if name not in self._meetings:
            self._meetings[name] = meetings.fold(self.facts(name), name, day=self.day)
        return self._meetings[name]

    def commitment(self, name: str) -> CommitmentCase:
        """What is recorded of the commitment."""
        if name not in self._commitments:
            own = self.facts(name)
            parties = [party for fact in own for party in commitments.parties_in(fact.event)]
            facts = sorted([*own, *self.parties.successions(parties)], key=by_replay_key)
            self._commitments[name] = commitments.fold(facts, name)
        return self._commitments[name]

    def instrument(self, name: str) -> InstrumentCase:
        """Where the instrument stands."""
        if name not in self._instruments:
            facts, context = self._instrument_facts(name), self.instrument_context(name)
            self._instruments[name] = instruments.fold(facts, context, day=self.day)
        return self._instruments[name]

    def instrument_context(self, name: str) -> InstrumentContext:
        """Return the context of the instrument: what is known of it apart from the acts on it."""
        if name not in self._contexts:
            self._contexts[name] = self._find_context(name, replaceable=True)
        return self._contexts[name]

    def _find_context(self, name: str, *, replaceable: bool) -> InstrumentContext:
        """Return the context; an instrument that is not replaceable is taken by itself."""
        opening = self.opening(Noun.INSTRUMENT, name)
        if opening is None or not isinstance(opening.event, events.InstrumentRegistered):
            return instruments.UNKNOWN
        registered = opening.event
        parties = registered.parties or self._first_parties(registered.partnership)
        return InstrumentContext(
            kind=registered.kind,
            force=registered.force,
            renewal=registered.renewal,
            registered=opening.position,
            parties=parties,
            represented_by=partial(self.parties.represented_by, parties),
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
        return (
            list(merge(own, sorted(answers, key=by_replay_key), key=by_replay_key))
            if answers
            else own
        )

    def _replacement(self, name: str) -> Replacement | None:
        """The first instrument to take effect in the place of this one."""
        found: list[Replacement] = []
        for fact in self.visible.naming(name):
            event = fact.event
            if isinstance(event, events.InstrumentRegistered) and name in event.supersedes:
                found += self._taking_effect(event.instrument)
        return min(found, key=lambda first: self.place_on(first.day, first.position), default=None)

    def _taking_effect(self, name: str) -> Iterator[Replacement]:
        """When the instrument, taken by itself, first comes into effect."""
        context = self._find_context(name, replaceable=False)
        alone = instruments.fold(self._instrument_facts(name), context, day=self.day)
        for change in alone.history.changes:
            if change.status in IN_EFFECT:
                yield Replacement(change.day, name, change.position)
                return

    def commitment_context(self, name: str, *, horizon: int = DUE_SOON_DAYS) -> CommitmentContext:
        """Return the facts about other nouns on which the commitment rests."""
        terms = self.commitment(name).terms
        if terms is None:
            return CommitmentContext(day=self.day, horizon=horizon)
        meeting = self.meeting(terms.due_meeting) if terms.due_meeting else None
        return CommitmentContext(
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
        case = self.commitment(commitment)
        closer = is_closed(case)
        if closer is not None:
            return closer.effect, closer.position
        under = case.terms.under if case.terms and not case.terms.survives else None
        return self._ending(under) if under else None

    def _ending(self, instrument: str) -> tuple[int, int] | None:
        """The day on which the instrument ended, and the event that ended it."""
        history = self.instrument(instrument).history
        if history.set_by is None or history.status not in ENDED:
            return None
        return history.since, history.set_by


INSTRUMENT_ACTS = (events.InstrumentRegistered, events.InstrumentAct)
