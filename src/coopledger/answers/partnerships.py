"""Partnerships: the stage of each, its instruments, and the flags that go with the stage."""

from collections.abc import Iterator

from coopledger import events
from coopledger._dates.asked_day import AFTER_ALL_DAYS
from coopledger._dates.lazy_types import Date
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger._rules.stage import EXPIRING_WITHIN_DAYS
from coopledger._snapshot import Snapshot
from coopledger.answers._activity import activity, heard
from coopledger.answers._answers import Answers
from coopledger.answers._conduct import given_up_flags, liveliest
from coopledger.answers._contradictions import contradictions
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers._filters import Things, passing
from coopledger.answers._following import responsible_for
from coopledger.answers._fuzzy_ends import rests_on_fuzzy_end
from coopledger.answers._obstructions import Obstruction, obstructing
from coopledger.answers._scope import EVERYWHERE, Scope, listed_in
from coopledger.answers._shown import Shown
from coopledger.answers._silence import silence
from coopledger.answers._titles import title_of_partnership
from coopledger.answers._wording import comma_list, label, named, one_line, phrase, state_since
from coopledger.answers.instruments import Instrument, instrument, next_end
from coopledger.answers.parties import other_than
from coopledger.answers.stages import present_stage
from coopledger.dates import EdtfDate
from coopledger.terms import Conduct, Flag, InstrumentState, MeetingStatus, Noun, Stage

S = InstrumentState
# They rest on the end of a text.
FLAGS_OF_ENDS = frozenset({Flag.OVERRUN, Flag.TERMINATING, Flag.EXPIRING})


@frozen(kw_only=True)
class Partnership(Shown):
    """Stage of a partnership on the day, with its instruments and flags.

    Attributes:
        id: Its id.
        title: The names of its parties on the day.
        parties: Its parties on the day.
        scope: What it is about.
        parent: The partnership to which it belongs.
        stage: Its stage.
        since: The first day of the stage.
        since_certain: Whether the first day comes from no fuzzy date; it prints with ``~`` if not.
        flags: Its flags, sorted.
        instruments: All its instruments, in the order of their recording.
        last_activity: The last day on which the parties did something, with ``~`` where the act
            is fuzzy, or as ``../2026-11-29`` where it was on that day or before.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided the stage, the day since when, and the flags.
        conduct: The conduct of its liveliest text in effect.
        conduct_since: The first day of that; None where it is unknown or the beginning.
        conduct_certain: Whether no date behind the conduct is fuzzy.
        conduct_by: The events that decided the conduct.
        last_heard: The last day on which anybody said something, in it or about it, written as
            the last activity is.
        obstructed_since: The first day of the oldest obstacle in its way, or in that of a thing
            of its own.
        responsible: Who of us sees to it, and to what belongs to it; where nobody was named, who
            sees to the partnership above it.
    """

    id: str
    title: str
    parties: tuple[str, ...]
    scope: str | None
    parent: str | None
    stage: Stage
    since: Date | None
    since_certain: bool
    flags: tuple[Flag, ...]
    instruments: tuple[Instrument, ...]
    last_activity: EdtfDate | None
    certain: bool
    decided_by: tuple[str, ...]
    conduct: Conduct | None
    conduct_since: Date | None
    conduct_certain: bool
    conduct_by: tuple[str, ...]
    last_heard: EdtfDate | None
    obstructed_since: Date | None
    responsible: str | None

    def __str__(self) -> str:
        """Return its stage, instruments, last activity, last word and flags, on one line."""
        texts = (
            f"{named(item.short_title, item.id)} {label(item.state)}" for item in self.instruments
        )
        return one_line(
            named(self.title, self.id),
            self.scope,
            state_since(self.stage, self.since, certain=self.since_certain),
            comma_list(texts),
            phrase("last activity ", self.last_activity),
            phrase(
                "last heard ", self.last_heard if self.last_heard != self.last_activity else None
            ),
            phrase("", self.responsible, " is responsible"),
            *map(label, self.flags),
        )


def partnership(snapshot: Snapshot, name: str) -> Partnership:
    """Return the answer about the partnership."""
    known = _registered(snapshot, name)
    present = snapshot.once(present_stage, name)
    done, said = snapshot.once(activity, name), snapshot.once(heard, name)
    texts, obstacles = snapshot.once(_Texts.of, name), obstacles_within(snapshot, name)
    flags = [*texts.flags, *_unrecorded(snapshot, name), *snapshot.once(_conflicts, name)]
    flags += obstacles.flags
    quiet = silence(snapshot, name, present.stage, done=done, heard=said)
    basis = evidence(snapshot, [*present.set_by, *(position for _, position in flags)])
    flags += quiet.flags
    decisive = evidence(snapshot, [*present.set_by, *(position for _, position in flags)])
    parties = snapshot.parties_of(name)
    conducted = liveliest(snapshot, [each for each in texts.instruments if _runs(each)])
    return Partnership(
        id=name,
        title=title_of_partnership(snapshot, name, parties),
        parties=parties,
        scope=known.scope if known else None,
        parent=other_than(name, known.parent if known else None),
        stage=present.stage,
        since=first_day(present.since),
        since_certain=present.since_certain,
        flags=tuple(sorted({flag for flag, _ in flags})),
        instruments=texts.instruments,
        last_activity=done.shown,
        certain=basis.certain and present.certain and not (quiet.is_doubtful or texts.is_doubtful),
        decided_by=decisive.events,
        conduct=conducted.conduct,
        conduct_since=conducted.since,
        conduct_certain=conducted.certain,
        conduct_by=conducted.decided_by,
        last_heard=said.shown,
        obstructed_since=obstacles.since,
        responsible=responsible_for(
            snapshot,
            Noun.PARTNERSHIP,
            name,
            closed=present.since if present.stage is Stage.ENDED else None,
        ),
    )


def _runs(text: Instrument) -> bool:
    """Return whether the text is in effect."""
    return text.state in IN_EFFECT


def obstacles_within(snapshot: Snapshot, name: str) -> Obstruction:
    """Return the obstacles in the way of the partnership, or of a thing of its own."""
    reports = snapshot.for_days(_reports_of_obstacles, name)
    return obstructing(snapshot, filter(snapshot.counts, reports))


def _reports_of_obstacles(snapshot: Snapshot, name: str) -> list[Fact]:
    """Return the reports of obstacles there, removed since or not."""
    facts = snapshot.contents.facts_of(name)
    return [fact for fact in facts if isinstance(fact.event, events.ObstacleReported)]


PARTNERSHIPS = Things(noun=Noun.PARTNERSHIP, kind=Partnership, answer=partnership)


def partnerships(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    stage: Stage | None = None,
    flag: Flag | None = None,
    conduct: Conduct | None = None,
    unheard_days: int | None = None,
) -> Answers[Partnership]:
    """Return the partnerships of the scope that are known then.

    ``unheard_days``: of which nobody was heard for at least so many days, those ended left out.
    """
    return passing(
        listed_in(snapshot, PARTNERSHIPS, scope),
        (stage, lambda each: each.stage is stage),
        (flag, lambda each: flag in each.flags),
        (conduct, lambda each: each.conduct is conduct),
        (unheard_days, lambda each: _is_unheard(each, snapshot.ordinal, unheard_days or 0)),
    )


def _is_unheard(answer: Partnership, day: int, least: int) -> bool:
    """Return whether nobody was heard for at least so many days."""
    if answer.stage is Stage.ENDED:
        return False
    return answer.last_heard is None or day - answer.last_heard.settled >= least


def _registered(snapshot: Snapshot, name: str) -> events.PartnershipOpened | None:
    """Return the event that brought the partnership into the ledger, if it is known then."""
    registered = snapshot.registration(Noun.PARTNERSHIP, name)
    return registered if isinstance(registered, events.PartnershipOpened) else None


# Flag, and the position of an event that sets it.
_Raised = tuple[Flag, int | None]


@frozen
class _Texts:
    """What the texts of a partnership show on the day.

    Attributes:
        instruments: All of them, in the order of their recording.
        flags: The flags that they give to the partnership.
        is_doubtful: Whether some of these flags rest on a fuzzy end.
    """

    instruments: tuple[Instrument, ...]
    flags: tuple[_Raised, ...]
    is_doubtful: bool

    @classmethod
    def of(cls, snapshot: Snapshot, name: str) -> "_Texts":
        """Return what the texts of the partnership show."""
        names = snapshot.contents.members(Noun.INSTRUMENT, name)
        each = [snapshot.once(_Text.of, item) for item in names]
        flags = [flag for text in each for flag in text.flags]
        in_effect = [text.in_effect for text in each if text.in_effect is not None]
        if in_effect and all(state is S.PROVISIONAL for state, _ in in_effect):
            flags.append((Flag.PROVISIONAL_ONLY, in_effect[-1][1]))
        return cls(
            instruments=tuple([text.instrument for text in each]),
            flags=tuple(flags),
            is_doubtful=any(text.is_doubtful for text in each),
        )


@frozen
class _Text:
    """What one text shows on the day.

    Attributes:
        instrument: The answer about it.
        flags: The flags that it gives to its partnership.
        in_effect: Its state and the position of the event that set it, if it is in effect.
        is_doubtful: Whether one of the flags rests on a fuzzy end.
    """

    instrument: Instrument
    flags: tuple[_Raised, ...]
    in_effect: tuple[InstrumentState, int | None] | None
    is_doubtful: bool

    @classmethod
    def of(cls, snapshot: Snapshot, name: str) -> "_Text":
        """Return what the text shows."""
        history = snapshot.instrument(name).history
        flags = tuple(_instrument_flags(snapshot, name))
        return cls(
            instrument=snapshot.once(instrument, name),
            flags=flags,
            in_effect=(history.status, history.set_by) if history.status in IN_EFFECT else None,
            is_doubtful=any(flag in FLAGS_OF_ENDS for flag, _ in flags)
            and rests_on_fuzzy_end(snapshot, name),
        )


def _unrecorded(snapshot: Snapshot, name: str) -> list[_Raised]:
    """Return the flag of each meeting of which nobody recorded whether it was held."""
    spells = snapshot.for_days(_unrecorded_spells, name)
    return [
        (Flag.UNRECORDED_MEETINGS, position)
        for since, until, position in spells
        if since <= snapshot.day < until
    ]


def _unrecorded_spells(snapshot: Snapshot, name: str) -> list[tuple[int, int, int]]:
    """Return the days from which and until which meetings were unrecorded, and by which event."""
    spells: list[tuple[int, int, int]] = []
    for item in snapshot.contents.members(Noun.MEETING, name):
        case = snapshot.meeting(item)
        by_day = dict(case.confirmed)  # Of one day the last.
        ends = [*list(by_day)[1:], AFTER_ALL_DAYS]
        for (day, position), until in zip(by_day.items(), ends, strict=False):  # none of a new one
            change = case.history.on(day)
            if change is not None and change.status is MeetingStatus.UNRECORDED:
                spells.append((day, until, position))
    return spells


def _conflicts(snapshot: Snapshot, name: str) -> list[_Raised]:
    """Return the flag of each dispute, and of each report that contradicts the events."""
    disputed, reports = snapshot.for_days(_contested, name)
    disputes = [dispute for fact, dispute in disputed if snapshot.counts(fact)]
    conflicts = [
        *filter(snapshot.counts, disputes),
        *(each.fact for each in contradictions(snapshot, reports)),
    ]
    return [(Flag.CONFLICTS, fact.position) for fact in conflicts]


def _contested(snapshot: Snapshot, name: str) -> tuple[list[tuple[Fact, Fact]], list[Fact]]:
    """Return the facts with their disputes, and the reports of a state."""
    facts = snapshot.contents.facts_of(name)
    disputed = [(fact, each) for fact in facts for each in snapshot.visible.disputes(fact)]
    return disputed, [fact for fact in facts if isinstance(fact.event, events.StatusReported)]


def _instrument_flags(snapshot: Snapshot, name: str) -> Iterator[_Raised]:
    """Yield the flags that an instrument gives to its partnership."""
    case = snapshot.instrument(name)
    for flag in (Flag.RENEGOTIATING, Flag.OVERRUN):
        if flag in case.flags:
            yield flag, case.set_by.get(flag)
    for flag, position in given_up_flags(snapshot, name):
        if flag is Flag.GIVEN_UP_BY_SOME:
            yield flag, position
    if case.state is S.TERMINATING:
        yield Flag.TERMINATING, case.set_by.get("notice")
    end = next_end(snapshot, name)
    if end is not None and 0 <= end[0] - snapshot.day <= EXPIRING_WITHIN_DAYS:
        yield Flag.EXPIRING, end[1]
