"""Snapshot of where everything stands on a day: the visible facts, folded by the rules.

Every noun is folded by itself, when it is first needed: a question about one partnership costs as
much as that partnership holds, however large the ledger is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Protocol, TypeVar, cast

import attrs

from coopledger import events
from coopledger._contents import Contents
from coopledger._dates.asked_day import Day
from coopledger._facts.index import BEGINNING, Fact, ReplayKey, by_replay_key, members_name
from coopledger._facts.visible import Visible
from coopledger._rules import commitment as commitments
from coopledger._rules import instrument as instruments
from coopledger._rules import meeting as meetings
from coopledger._rules import proposal as proposals
from coopledger._rules.case import Case
from coopledger._rules.commitment import CommitmentCase
from coopledger._rules.following import find_lead
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.instrument_context import UNKNOWN, InstrumentContext, Replacement
from coopledger._rules.instrument_facts import acts_on, replaces
from coopledger._rules.instrument_table import ENDED
from coopledger._rules.lives import KeptLives, Life
from coopledger._rules.meeting import MeetingCase
from coopledger._rules.members import members_after, with_successions
from coopledger._rules.participants import Participants
from coopledger._rules.parties import STRANGERS, Affair, Parties, Related
from coopledger._rules.proposal import ProposalCase
from coopledger._rules.prospects import Prospects
from coopledger._rules.replacement import Succession
from coopledger._rules.settling import follow
from coopledger.events import CommitmentMade, Event, PartnershipOpened
from coopledger.terms import Noun

Answer = TypeVar("Answer")
Key = TypeVar("Key", bound=Hashable)

# These may change a text that they name without being an act on it.
OTHER_THINGS = (events.ProposalAct, events.InstrumentRegistered)
FEW = 4  # Of fewer facts a life is sooner folded than looked for.


class KeptAnswers(Protocol):
    """Answers that were folded before, for snapshots of one log with all that is known there."""

    def one(self, snapshot: "Snapshot", noun: Noun, name: str) -> Any:  # noqa: ANN401 - of the noun
        """Return the answer about the thing with the id; None where it has to be folded."""
        ...

    def listed(
        self, snapshot: "Snapshot", noun: Noun, *, within: str | None, only_open: bool
    ) -> tuple[Any, ...] | None:
        """Return the answers in their order, all or those of a partnership; None likewise."""
        ...

    def changed(self, snapshot: "Snapshot", old: "Snapshot", noun: Noun) -> set[str] | None:
        """Return the ids whose answers may be others than in the old one; None: any may be."""
        ...


class Snapshot:
    """Cases of all nouns on one day, from the facts that count by then.

    Without hindsight, only acts up to the day count; with ``acts_by``, acts up to that day. With
    ``before``, only facts that replay before that key count: so an event is validated just before
    its own place. With children, what belongs to a child of a
    partnership belongs to its parent too.
    """

    def __init__(  # noqa: PLR0913 - one bound for each way in which facts may not count
        self,
        visible: Visible,
        *,
        day: Day,
        hindsight: bool = True,
        acts_by: Day | None = None,
        before: ReplayKey | None = None,
        with_children: bool = False,
        lives: KeptLives | None = None,
        kept: KeptAnswers | None = None,
    ) -> None:
        """Bound the facts, and fold nothing yet; what ``lives`` keeps is carried on.

        Answers that are ``kept`` are taken by those who ask for answers.
        """
        self._lives = lives
        self.kept = kept
        self._with_children = with_children
        self.visible = visible
        self.day = day
        self._acts_by = acts_by if hindsight else day
        self._before = before
        self.parties: Parties = Parties(visible, self)
        self.contents: Contents = Contents(visible, self.facts, with_children=with_children)
        self._counting: dict[str, list[Fact]] = {}
        self._contexts: dict[str, InstrumentContext] = {}
        self._ahead: dict[str, Prospects] = {}
        self._instruments: dict[str, InstrumentCase] = {}
        self._proposals: dict[str, ProposalCase] = {}
        self._meetings: dict[str, MeetingCase] = {}
        self._commitments: dict[str, CommitmentCase] = {}

    @property
    def ordinal(self) -> int:
        """Return the day as a whole number.

        Raises:
            TypeError: It notes from when until when an answer holds; this question could not.
        """
        if not isinstance(self.day, int):
            raise TypeError(type(self.day).__name__)
        return self.day

    def without(self, *positions: int) -> "Snapshot":
        """Return the snapshot of the same day, had the events not been recorded."""
        return self._over(self.visible.without(*positions), day=self.day)

    def supposing(self, event: Event) -> "Snapshot":
        """Return the snapshot of the same day, had the event been recorded last."""
        return self._over(self.visible.supposing(event), day=self.day)

    def on(self, day: Day, *, lives: KeptLives | None = None) -> "Snapshot":
        """Return the snapshot of an earlier day, with the knowledge of this one.

        Whoever asks about many days in order gives ``lives``, which go on from day to day.
        """
        return self._over(self.visible, day=day, lives=lives)

    def with_children(self) -> "Snapshot":
        """Return the snapshot in which a partnership holds the contents of its children too."""
        return self._over(self.visible, day=self.day, with_children=True)

    def _over(
        self,
        visible: Visible,
        *,
        day: Day,
        with_children: bool = False,
        lives: KeptLives | None = None,
    ) -> "Snapshot":
        """Return the snapshot with the same bounds, over other facts or on another day."""
        return Snapshot(
            visible,
            day=day,
            acts_by=self._acts_by,
            before=self._before,
            with_children=with_children or self._with_children,
            lives=lives,
        )

    def once(self, find: "Callable[[Snapshot, str], Answer]", name: str) -> Answer:
        """Return what is found out about the thing.

        A snapshot that is asked on many days finds it out once for all days that give the same.
        """
        return find(self, name)

    def for_days(self, find: "Callable[[Snapshot, Key], Answer]", key: "Key") -> Answer:
        """Return what is found out about the thing for this day and all days before it.

        For later days too, where many days are asked about: whoever asks looks at no more of it
        than counts by the day.
        """
        return find(self, key)

    def let_go(self) -> None:
        """Forget everything, after the last question, so that it is freed at once.

        The cases and the rules about parties hold the snapshot itself.
        """
        vars(self).clear()

    def counts(self, fact: Fact) -> bool:
        """Return whether the fact counts on the day of the snapshot."""
        return (
            fact.effect <= self.day
            and (self._acts_by is None or fact.act <= self._acts_by)
            and (self._before is None or fact.replay_key < self._before)
        )

    def replay_key_on(self, day: int, position: int) -> ReplayKey:
        """Return the replay key of a change that the event at the position made on the day."""
        fact = self.visible.fact(position)
        return (day, 0, 0, position) if fact is None else (day, *fact.replay_key[1:])

    def facts(self, name: str) -> list[Fact]:
        """Return the facts that name the id and count, in the order of their replay."""
        facts = self._counting.get(name)
        if facts is None:
            facts = self._counting[name] = self.find_facts(name)
        return facts

    def find_facts(self, name: str) -> list[Fact]:
        """Return what `facts` returns, when it is first asked."""
        facts = self.visible.naming(name)
        if self._acts_by is not None:
            return [fact for fact in facts if self.counts(fact)]
        if self._before is not None and facts and facts[-1].replay_key >= self._before:
            facts = facts[: bisect_left(facts, self._before, key=by_replay_key)]
        if not facts or facts[-1].effect <= self.day:
            return facts
        return facts[: bisect_right(facts, self.day, key=_effect)]

    def sees(self, fact: Fact) -> bool:
        """Return whether the fact is in sight; without hindsight no later act is."""
        return self._acts_by is None or fact.act <= self._acts_by

    def _in_sight(self, name: str) -> list[Fact]:
        """Return the facts that name the id and are in sight, on any day."""
        facts = self.visible.naming(name)
        return facts if self._acts_by is None else list(filter(self.sees, facts))

    def registration(self, noun: Noun, name: str) -> Event | None:
        """Return the event that brought the id into the ledger, on any day, as known then."""
        fact = self.opening(noun, name)
        return fact.event if fact is not None else None

    def opening(self, noun: Noun, name: str) -> Fact | None:
        """Return the fact that brought the id into the ledger, on any day, as known then."""
        return next(iter(self.visible.openings(noun, name)), None)

    def parties_of(self, partnership: str, by_day: int | None = None) -> tuple[str, ...]:
        """Return the parties of the partnership on the day, or on an earlier one."""
        return self._members(partnership, by_day=by_day, of=Affair(partnership, partnership))

    def _members(
        self, partnership: str, *, by_day: Day | None = None, of: Affair
    ) -> tuple[str, ...]:
        """Return the members on the day, or on an earlier one, as far as the affair has passed."""
        opened = self.registration(Noun.PARTNERSHIP, partnership)
        names = opened.parties if isinstance(opened, PartnershipOpened) else ()
        changes = self._comings_and_goings(partnership)
        self.visible.prefetch(names)
        changes = with_successions(self.parties, names, changes, of=of)
        if by_day is not None:
            changes = [fact for fact in changes if fact.effect <= by_day]
        return members_after(self.parties, names, changes, of=of)

    def _comings_and_goings(self, partnership: str) -> list[Fact]:
        """Return the facts that count by which members came and went."""
        ids = self.visible.merged.ids(partnership)
        naming = chain.from_iterable(self.visible.naming(members_name(each)) for each in ids)
        return list(filter(self.counts, naming))

    def proposal(self, name: str) -> ProposalCase:
        """Return the case of the proposal."""
        if name not in self._proposals:
            self._proposals[name] = self.find_proposal(name)
        return self._proposals[name]

    def find_proposal(self, name: str) -> ProposalCase:
        """Return what `proposal` returns, when it is first asked."""
        return self._folded(Noun.PROPOSAL, name, begin=ProposalCase, advance=proposals.advance)

    def meeting(self, name: str) -> MeetingCase:
        """Return the case of the meeting."""
        if name not in self._meetings:
            self._meetings[name] = self.find_meeting(name)
        return self._meetings[name]

    def find_meeting(self, name: str) -> MeetingCase:
        """Return what `meeting` returns, when it is first asked."""
        case = self._folded(Noun.MEETING, name, begin=MeetingCase, advance=meetings.advance)
        return meetings.on_day(case, self.day, is_kept=self._lives is not None)

    def _folded(
        self,
        noun: Noun,
        name: str,
        *,
        begin: Callable[[], Case],
        advance: Callable[[str, Case, Sequence[Fact]], Case],
    ) -> Case:
        """Return the case after the facts that name the thing, on which alone it rests."""
        facts, lives = self.facts(name), self._lives
        if lives is None or len(facts) < FEW:
            return advance(name, begin(), facts)
        life = lives.begun((noun, name), facts) or Life((), begin())
        return cast(Case, lives.carried_on((noun, name), facts, life, partial(advance, name)))

    def commitment(self, name: str) -> CommitmentCase:
        """Return the case of the commitment."""
        if name not in self._commitments:
            self._commitments[name] = self.find_commitment(name)
        return self._commitments[name]

    def find_commitment(self, name: str) -> CommitmentCase:
        """Return what `commitment` returns, when it is first asked."""
        makings = list(filter(self.counts, self.visible.twins(Noun.COMMITMENT, name)))
        own, lives = commitments.as_made(self.facts(name), makings), self._lives
        if lives is None:
            return commitments.fold(self._with_successions(name, own), name, self.parties.above)
        life = lives.begun((Noun.COMMITMENT, name), own)
        later = own[len(life.facts) :] if life is not None else own
        parties = set(commitments.parties_in(later))
        if not self._act_for_themselves(parties, lives):
            return commitments.fold(self._with_successions(name, own), name, self.parties.above)
        parties.update(*map(self.parties.above, commitments.deliverers(later)))
        if life and not any(isinstance(fact.event, CommitmentMade) for fact in later):
            self.visible.rest_on(life.parties)
            advance = partial(commitments.advance, name, above=self.parties.above)
            case = lives.carried_on((Noun.COMMITMENT, name), own, life, advance, parties=parties)
            return cast(CommitmentCase, case)
        folded = commitments.fold(own, name, self.parties.above)
        if len(own) >= FEW:
            parties.update(commitments.parties_in(own), *folded.above.values())
            lives.keep((Noun.COMMITMENT, name), Life(own, folded, parties=frozenset(parties)))
        return folded

    def _with_successions(self, name: str, own: list[Fact]) -> list[Fact]:
        """Return the acts on a commitment and the successions of its parties, as they replay."""
        successions = self.parties.successions(commitments.parties_in(own))
        if not successions:  # So it is of nearly all.
            return own
        affair = Affair(name, self.contents.partnership_of(Noun.COMMITMENT, name))
        passing = [fact for fact in successions if self.parties.passes(fact, affair)]
        return sorted([*own, *passing], key=by_replay_key) if passing else own

    def instrument(self, name: str) -> InstrumentCase:
        """Return the case of the instrument."""
        if name not in self._instruments:
            self._instruments[name] = self.find_instrument(name)
        return self._instruments[name]

    def find_instrument(self, name: str) -> InstrumentCase:
        """Return what `instrument` returns, when it is first asked."""
        case = self._carry_on_instrument(name) or self._fold_instrument(name)
        return instruments.on_day(case, self.day, is_kept=self._lives is not None)

    def _fold_instrument(self, name: str) -> InstrumentCase:
        """Return the case of the instrument after its last fact, folded from the first one on."""
        context, lives = self.instrument_context(name), self._lives
        answers = {proposal: self.facts(proposal) for proposal in self._proposals_about(name)}
        case = self._new_case(name, context)
        instruments.advance(case, self._instrument_facts(name, case, answers))
        own = self.facts(name)
        if (
            lives
            and len(own) >= FEW
            and context.lead is None
            and self._is_settled(case)
            and not any(replaces(name, fact) for fact in self._in_sight(name))
            and self._act_for_themselves(case.participants.cases, lives)
        ):
            # What is kept holds no snapshot, and with it all the facts.
            case.participants.relations, case.participants.ahead = STRANGERS, Prospects
            names = self.parties.consulted.union(case.participants.cases, [context.partnership])
            lives.keep((Noun.INSTRUMENT, name), Life(own, case, frozenset(names), answers))
        return case

    def _is_settled(self, case: InstrumentCase) -> bool:
        """Return whether no member that comes or goes changes whose text it is."""
        ids = self.visible.merged.ids(case.context.partnership)
        is_settled = case.participants.settled_on is not None
        return is_settled or not any(map(self.visible.naming, map(members_name, ids)))

    def participants(self, name: str) -> Participants:
        """Return the parties of the instrument, who know those above and after them."""
        case = self.instrument(name)
        if case.participants.relations is not STRANGERS:
            return case.participants
        return attrs.evolve(
            case.participants,
            relations=self._relations(name, case.context.partnership),
            ahead=partial(self._prospects, name),
            looked_ahead=set(),
        )

    def _new_case(self, name: str, context: InstrumentContext) -> InstrumentCase:
        """Return the case of an instrument before its first fact."""
        case = InstrumentCase(context)
        self._relate(case, name)
        follow(case.participants, BEGINNING)
        return case

    def _relate(self, case: InstrumentCase, name: str) -> None:
        """Let the parties of a text know those above and after them, and what is to come."""
        case.participants.relations = self._relations(name, case.context.partnership)
        case.participants.ahead = partial(self._prospects, name)

    def _relations(self, name: str, home: str, parties: Parties | None = None) -> Related:
        """Return the relations of the parties of a text of the partnership to others."""
        affair = Affair(name, home)

        def members(day: Day) -> tuple[str, ...]:
            return self._members(home, by_day=day, of=affair)

        days = partial(self._days_of_members, home)
        return Related(parties or self.parties, affair, members=members, days_of_members=days)

    def _days_of_members(self, partnership: str) -> list[int]:
        """Return the days on which members of the partnership came or went."""
        return [fact.effect for fact in self._comings_and_goings(partnership)]

    def _prospects(self, name: str) -> Prospects:
        """Return the consents to the text, and the entries that name parties, on any day."""
        if name not in self._ahead:
            self._ahead[name] = self._find_prospects(name)
        return self._ahead[name]

    def _find_prospects(self, name: str) -> Prospects:
        """Return the prospects of the parties of the text, when they are first asked for."""
        return self._told_ahead(name, self._in_sight(name))

    def _told_ahead(self, name: str, facts: Iterable[Fact]) -> Prospects:
        """Return what the facts tell of the text ahead, whoever acts for its parties by then."""
        home = self.contents.partnership_of(Noun.INSTRUMENT, name) or ""
        return Prospects.of(facts, self._relations(name, home, self.parties.on_any_day()))

    def _carry_on_instrument(self, name: str) -> InstrumentCase | None:
        """Return the case after its last fact, carried on where it was kept.

        None after news of proposals about it or of its successor, and where it was not kept.
        """
        own, lives = self.facts(name), self._lives
        life = lives.begun((Noun.INSTRUMENT, name), own) if lives is not None else None
        if not lives or not life or not self._is_alone(name, life):
            return None
        self.visible.rest_on(life.parties)

        def advance(case: InstrumentCase, later: Sequence[Fact]) -> InstrumentCase:
            self._relate(case, name)
            instruments.advance(case, [fact for fact in later if acts_on(name, fact)])
            case.participants.relations, case.participants.ahead = STRANGERS, Prospects
            return case

        consulted = self.parties.consulted
        case = lives.carried_on((Noun.INSTRUMENT, name), own, life, advance, parties=consulted)
        return cast(InstrumentCase, case)

    def _is_alone(self, name: str, life: Life) -> bool:
        """Return whether only acts on the text itself came after those in its life.

        None of them may replay before an answer to a proposal about it.
        """
        later = self._in_sight(name)[len(life.facts) :]
        if any(isinstance(fact.event, OTHER_THINGS) for fact in later):
            return False
        looked = life.case.participants.looked_ahead
        if looked and self._told_ahead(name, later).concern(looked):
            return False
        for proposal, answers in life.answers.items():
            if self.facts(proposal) != answers:
                return False
            if later and answers and answers[-1].replay_key > later[0].replay_key:
                return False
        return True

    def _act_for_themselves(self, parties: Collection[str], lives: KeptLives) -> bool:
        """Return whether nobody ever took over from one of the parties, on any day."""
        if lives.themselves.issuperset(parties):
            self.visible.rest_on(parties)
            return True
        if not self.parties.act_for_themselves(parties):
            return False
        lives.themselves.update(parties)
        return True

    def instrument_context(self, name: str) -> InstrumentContext:
        """Return the context of the instrument: what is known of it apart from the acts on it."""
        if name not in self._contexts:
            self._contexts[name] = self.find_context(name)
        return self._contexts[name]

    def find_context(self, name: str, *, replaceable: bool = True) -> InstrumentContext:
        """Return the context of the instrument, or of the instrument by itself."""
        opening = self.opening(Noun.INSTRUMENT, name)
        if opening is None or not isinstance(opening.event, events.InstrumentRegistered):
            return UNKNOWN
        registered = opening.event
        replacement = self._replacement(name) if replaceable else None
        return InstrumentContext(
            kind=registered.kind,
            partnership=registered.partnership,
            force=registered.force,
            renewal=registered.renewal,
            registered=opening.position,
            renewal_by=self.visible.position_telling(opening, Noun.INSTRUMENT, name, "renewal"),
            parties=registered.parties,
            replacement=replacement,
            open_for_signature=registered.open_for_signature,
            enters_after=registered.enters_after,
            lead=find_lead(self, opening) if replaceable else None,
        )

    def _proposals_about(self, name: str) -> Iterable[str]:
        """Return the proposals about the instrument: the text of one is known on any day."""
        return dict.fromkeys(
            fact.event.proposal
            for fact in self._in_sight(name)
            if isinstance(fact.event, events.ProposalAct)
        )

    def _instrument_facts(
        self, name: str, case: InstrumentCase, answers: Mapping[str, Sequence[Fact]]
    ) -> list[Fact]:
        """Return the acts on the instrument and on the proposals about it, as they replay.

        ``answers`` are the facts that name these proposals.
        """
        own = [fact for fact in self.facts(name) if acts_on(name, fact)]
        moving = [
            fact
            for proposal, facts in answers.items()
            for fact in facts
            if getattr(fact.event, "proposal", None) == proposal
            and fact.position not in self.proposal(proposal).idle
        ]
        if case.participants.settled_on is None:  # Its parties are those of the partnership.
            moving += self._comings_and_goings(case.context.partnership)
        return sorted((*own, *moving), key=by_replay_key) if moving else own

    def _replacement(self, name: str) -> Replacement | None:
        """Return the first instrument to take the place of this one as a whole."""
        replacements = (each.replacement() for each in self._successions_to(name))
        return min(
            filter(None, replacements),
            key=lambda first: self.replay_key_on(first.day, first.position),
            default=None,
        )

    def _successions_to(self, name: str) -> Iterator[Succession]:
        """Yield each text that is to take the place of this one, beside this one by itself."""
        newer = dict.fromkeys(
            fact.event.instrument
            for fact in self.visible.naming(name)
            if isinstance(fact.event, events.InstrumentRegistered) and name in fact.event.supersedes
        )
        old = self._by_itself(name) if newer else None
        for each in newer:
            told = self.registration(Noun.INSTRUMENT, each)
            if old is not None and name in getattr(told, "supersedes", ()):
                yield Succession(old, self._by_itself(each), each)

    def superseding(self, name: str) -> dict[str, str]:
        """Return the parties that another text binds in the place of this one, each with it.

        None once the text has ended.
        """
        if self.instrument(name).state in ENDED:
            return {}
        found: dict[str, str] = {}
        for succession in self._successions_to(name):
            found = dict.fromkeys(succession.inside(self.day), succession.name) | found
        return found

    def _by_itself(self, name: str) -> InstrumentCase:
        """Return the case of the instrument on the day, as if nothing ever took its place."""
        context = self.find_context(name, replaceable=False)
        answers = {proposal: self.facts(proposal) for proposal in self._proposals_about(name)}
        case = self._new_case(name, context)
        instruments.advance(case, self._instrument_facts(name, case, answers))
        return instruments.on_day(case, self.day, is_kept=False)


def _effect(fact: Fact) -> int:
    """Return the day from which the fact counts, in the order of which facts replay."""
    return fact.effect
