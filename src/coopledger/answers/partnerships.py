"""Partnerships: the stage of each, its instruments, and the flags that go with the stage."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from coopledger import events
from coopledger._dates.asked_day import AFTER_ALL_DAYS, Day
from coopledger._dates.lazy_types import Date
from coopledger._dates.marks import day_lent, is_doubtful_before
from coopledger._facts.index import BEGINNING, Fact
from coopledger._frozen import frozen
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger._rules.stage import DORMANT_AFTER_DAYS, EXPIRING_WITHIN_DAYS
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._contradictions import contradictions
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers._filters import Things, passing
from coopledger.answers._fuzzy_ends import rests_on_fuzzy_end
from coopledger.answers._scope import EVERYWHERE, Scope, listed_in
from coopledger.answers._shown import Shown
from coopledger.answers._titles import title_of_partnership
from coopledger.answers._wording import comma_list, label, named, one_line, phrase, state_since
from coopledger.answers.instruments import Instrument, instrument, next_end
from coopledger.answers.parties import other_than
from coopledger.answers.stages import present_stage
from coopledger.dates import EdtfDate
from coopledger.terms import Flag, InstrumentState, MeetingStatus, Noun, Stage

S = InstrumentState
# A partnership at one of these has nothing left to fall asleep over.
STAGES_AT_REST = frozenset({Stage.NONE, Stage.ENDED})
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
        owner: Who follows it up.
        stage: Its stage.
        since: The first day of the stage.
        since_certain: Whether the first day comes from no fuzzy date; it prints with ``~`` if not.
        flags: Its flags, sorted.
        instruments: All its instruments, in the order of their recording.
        last_activity: The last day on which the parties did something, with ``~`` where the act
            is fuzzy, or as ``../2026-11-29`` where it was on that day or before.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided the stage, the day since when, and the flags.
    """

    id: str
    title: str
    parties: tuple[str, ...]
    scope: str | None
    parent: str | None
    owner: str | None
    stage: Stage
    since: Date | None
    since_certain: bool
    flags: tuple[Flag, ...]
    instruments: tuple[Instrument, ...]
    last_activity: EdtfDate | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return its stage, its instruments, its last activity and its flags, on one line."""
        texts = (
            f"{named(item.short_title, item.id)} {label(item.state)}" for item in self.instruments
        )
        return one_line(
            named(self.title, self.id),
            self.scope,
            state_since(self.stage, self.since, certain=self.since_certain),
            comma_list(texts),
            phrase("last activity ", self.last_activity),
            *map(label, self.flags),
        )


def partnership(snapshot: Snapshot, name: str) -> Partnership:
    """Return the answer about the partnership."""
    known = _registered(snapshot, name)
    present = snapshot.once(present_stage, name)
    activity = snapshot.once(_Activity.of, name)
    texts = snapshot.once(_Texts.of, name)
    flags = [*texts.flags, *_unrecorded(snapshot, name), *snapshot.once(_conflicts, name)]
    basis = evidence(snapshot, [*present.set_by, *(position for _, position in flags)])
    awake_from = _awake_from(snapshot, name)
    may_sleep = present.stage not in STAGES_AT_REST
    decisive = basis
    if may_sleep and activity.last is not None and activity.last.act < awake_from:
        flags.append((Flag.DORMANT, activity.last.position))
        decisive = evidence(snapshot, [*present.set_by, *(position for _, position in flags)])
    may_be_awake = may_sleep and activity.is_doubtful_before(awake_from)
    parties = snapshot.parties_of(name)
    return Partnership(
        id=name,
        title=title_of_partnership(snapshot, name, parties),
        parties=parties,
        scope=known.scope if known else None,
        parent=other_than(name, known.parent if known else None),
        owner=known.owner if known else None,
        stage=present.stage,
        since=first_day(present.since),
        since_certain=present.since_certain,
        flags=tuple(sorted({flag for flag, _ in flags})),
        instruments=texts.instruments,
        last_activity=activity.shown,
        certain=basis.certain and present.certain and not (may_be_awake or texts.is_doubtful),
        decided_by=decisive.events,
    )


PARTNERSHIPS = Things(noun=Noun.PARTNERSHIP, kind=Partnership, answer=partnership)


def partnerships(
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    stage: Stage | None = None,
    flag: Flag | None = None,
) -> Answers[Partnership]:
    """Return the partnerships of the scope that are known then."""
    return passing(
        listed_in(snapshot, PARTNERSHIPS, scope),
        (stage, lambda each: each.stage is stage),
        (flag, lambda each: flag in each.flags),
    )


def _registered(snapshot: Snapshot, name: str) -> events.PartnershipOpened | None:
    """Return the event that brought the partnership into the ledger, if it is known then."""
    registered = snapshot.registration(Noun.PARTNERSHIP, name)
    return registered if isinstance(registered, events.PartnershipOpened) else None


@frozen
class _Activity:
    """Last things that the parties did by the day; nothing after it counts.

    Attributes:
        last: The last one on a known day; where there is none, the last one.
        latest: The last one, on a known day or not.
        earliest: The day, as an ordinal, before which the last one on a known day cannot be.
    """

    last: Fact | None
    latest: Fact | None
    earliest: int

    @classmethod
    def of(cls, snapshot: Snapshot, name: str) -> "_Activity":
        """Return the last activity of the partnership."""
        deeds = snapshot.for_days(_deeds, name)
        count = bisect_right(deeds, snapshot.day, key=_counts_from)
        return cls(*deeds[count - 1][1:]) if count else cls(None, None, BEGINNING)

    @property
    def shown(self) -> EdtfDate | None:
        """Return the day of the last one, with its mark."""
        when = self.last.event.when if self.last is not None else None
        return day_lent(when) if when is not None else None

    def is_doubtful_before(self, day: Day) -> bool:
        """Return whether it is uncertain that the last one was before the day.

        Its date may be fuzzy, or another one on a day that is not known may have been later.
        """
        if self.last is None or self.latest is None or self.earliest >= day:
            return False
        when = self.last.event.when
        is_fuzzy_there = when is not None and is_doubtful_before(when, day)
        return is_fuzzy_there or self.last.act < day <= self.latest.act


# Day by which a deed counts, and what `_Activity` holds after it.
_Deed = tuple[int, Fact, Fact, int]


def _deeds(snapshot: Snapshot, name: str) -> list[_Deed]:
    """Return what the parties did, in the order of the days by which it counts."""
    facts = snapshot.contents.facts_of(name)
    deeds = [
        (max(fact.act, fact.effect), fact) for fact in facts if isinstance(fact.event, events.Deed)
    ]
    deeds.sort(key=_counts_from)
    found: list[_Deed] = []
    known: Fact | None = None
    latest: Fact | None = None
    earliest = BEGINNING
    for day, fact in deeds:
        start = fact.event.when.first if fact.event.when is not None else None
        latest = fact if latest is None or _is_later(fact, latest) else latest
        if start is not None:
            known = fact if known is None or _is_later(fact, known) else known
            earliest = max(earliest, start)
        found.append((day, known or latest, latest, earliest))
    return found


def _is_later(fact: Fact, other: Fact) -> bool:
    """Return whether the act is of a later day than the other, or replays after it on that day."""
    return fact.act > other.act or (fact.act == other.act and fact.replay_key > other.replay_key)


def _counts_from(deed: tuple[Any, ...]) -> int:
    """Return the day by which a deed counts."""
    day: int = deed[0]
    return day


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
    if case.state is S.TERMINATING:
        yield Flag.TERMINATING, case.set_by.get("notice")
    end = next_end(snapshot, name)
    if end is not None and 0 <= end[0] - snapshot.day <= EXPIRING_WITHIN_DAYS:
        yield Flag.EXPIRING, end[1]


def _awake_from(snapshot: Snapshot, name: str) -> Day:
    """Return the first day, as an ordinal, of which an activity keeps the partnership awake."""
    known = _registered(snapshot, name)
    own_limit = known.dormant_after if known is not None else None
    limit = DORMANT_AFTER_DAYS if own_limit is None else own_limit
    return snapshot.day - limit
