"""Findings on a whole log, by what is known of it now; nothing is recorded."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from math import inf
from typing import cast

import attrs

from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._snapshot import Snapshot
from coopledger._validation.candidate import Candidate, OwnChecks
from coopledger._validation.checks import findings
from coopledger._validation.general import unknown_names
from coopledger.answers._declared import contradictions
from coopledger.answers.instruments import lies_within
from coopledger.dates import EdtfDate
from coopledger.errors import Finding
from coopledger.events import Act, Correction, Event, MeetingHeld, MeetingScheduled
from coopledger.events._references import references
from coopledger.terms import MeetingStatus, Noun, Weight


def resting_on(facts: Iterable[Fact], finding: Finding) -> Finding:
    """Return the finding with the events behind it, in log order."""
    ids = {fact.position: fact.id for fact in facts}
    positions = tuple(sorted(ids))
    events = tuple(ids[position] for position in positions)
    return attrs.evolve(finding, events=events, positions=positions)


# Declared states that are not the derived ones.


def contradicted(snapshot: Snapshot) -> Iterator[Finding]:
    """C701: a state declared by the day that is not what the events of its own day amount to."""
    for found in contradictions(snapshot, snapshot.visible.all()):
        yield resting_on(
            [found.fact],
            Finding(
                "C701",
                f"state: {found.report.subject!r} was declared {found.declared} on "
                f"{found.report.when}, and by what is recorded it was {found.derived}",
                "state",
            ),
        )


# Acts that were likely recorded twice: of one type, about the same thing, on dates that agree.

Told = tuple[EdtfDate, Fact]


def duplicates(visible: Visible) -> Iterator[Finding]:
    """C101: acts of the same type and subject under different ids, each date within another."""
    alike: dict[Hashable, list[Told]] = {}
    for fact in visible.all():
        event = fact.event
        if isinstance(event, Act):
            said = tuple(_folded(getattr(event, field)) for field in same_fields(type(event)))
            if any(said):  # A meeting held as announced says nothing, and is held but once.
                alike.setdefault((type(event), said), []).append((event.when, fact))
    for told in alike.values():
        yield from map(_recorded_often, filter(_is_repeated, _nested(told)))


def _nested(told: Iterable[Told]) -> Iterator[list[Told]]:
    """The acts in groups, the date of each within that of the one before.

    A vague date goes with the first exact one within it: another exact one is another act.
    """
    groups: list[list[Told]] = []
    for when, fact in sorted(told, key=_widest_first):
        yield from (group for group in groups if _is_over(group, when))
        groups = [group for group in groups if not _is_over(group, when)]
        group = next((group for group in groups if lies_within(when, group[-1][0])), None)
        if group is None:
            groups.append([(when, fact)])
        else:
            group.append((when, fact))
    yield from groups


def _is_over(group: Sequence[Told], when: EdtfDate) -> bool:
    """Whether nothing from the date on can be within the last date of the group."""
    return group[-1][0].surely_before(when)


def _widest_first(told: Told) -> tuple[float, float, int]:
    """Sorts by first day, and of those that begin together the longest first."""
    when, fact = told
    first = -inf if when.first is None else when.first
    return first, -inf if when.last is None else -when.last, fact.position


def _is_repeated(group: Sequence[Told]) -> bool:
    """Whether the group has more than one act."""
    return len(group) > 1


def _recorded_often(group: Sequence[Told]) -> Finding:
    """C101 for one group."""
    facts = sorted((fact for _, fact in group), key=lambda fact: fact.position)
    event = facts[0].event
    dates = dict.fromkeys(str(fact.event.when) for fact in facts)
    shared = [field for field in same_fields(type(event)) if getattr(event, field)]
    message = (
        f"{type(event).__name__} of {' or '.join(dates)} is recorded {len(facts)} times with the "
        f"same {', '.join(shared)}: retract what was recorded twice"
    )
    return resting_on(facts, Finding("C101", message))


def _folded(value: object) -> object:
    """The value; a text without regard to case and blanks, several in any order."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return frozenset(cast(tuple[str, ...], value)) if isinstance(value, tuple) else value


def _find_fields(cls: type[Event]) -> tuple[str, ...]:
    """The fields of the class that two records of one act share: what it names itself."""
    if cls.__alike__ is not None:
        return cls.__alike__
    everywhere = attrs.fields_dict(Event)
    return tuple(name for name, _ in references(cls) if name not in everywhere)


# Asked for every act; the cast is for type checkers, which take the hash of a class for that of
# its instances.
same_fields: Callable[[type[Event]], tuple[str, ...]] = cast(
    Callable[[type[Event]], tuple[str, ...]], cache(_find_fields)
)


# Meetings of which nothing is recorded: planned and past, or left out of a series.


def unrecorded(snapshot: Snapshot) -> Iterator[Finding]:
    """C301: a meeting whose planned date is over, and of which nothing is recorded since."""
    for name in snapshot.visible.names(Noun.MEETING):
        standing = snapshot.meeting(name)
        planner = standing.planned_by
        if standing.status is MeetingStatus.UNRECORDED and planner is not None:
            message = (
                f"meeting: {name!r} was planned for {standing.planned}, and nothing is recorded "
                "since: was it held, put off or cancelled?"
            )
            yield resting_on([planner], Finding("C301", message, "meeting"))


def skipped(snapshot: Snapshot) -> Iterator[Finding]:
    """W301: numbers of a series between two that were held."""
    for series, held in _held_in_series(snapshot).items():
        for below, above in pairwise(sorted(held)):
            if above - below > 1:
                first, last = below + 1, above - 1
                missing = first if first == last else f"{first} to {last}"
                message = (
                    f"number: {below} and {above} of {series!r} were held, and no record says that "
                    f"of {missing}"
                )
                facts = [held[below], held[above]]
                yield resting_on(facts, Finding("W301", message, "number"))


def _held_in_series(snapshot: Snapshot) -> dict[str, dict[int, Fact]]:
    """The record of each meeting that was held as one of a series, by its number."""
    found: dict[str, dict[int, Fact]] = {}
    for fact in snapshot.visible.all():
        told = fact.event
        if not isinstance(told, MeetingScheduled | MeetingHeld):
            continue
        held = snapshot.meeting(told.meeting).held
        if held is not None and told.series is not None and told.number is not None:
            found.setdefault(told.series, {})[told.number] = held
    return found


# Every recorded event as a candidate again, against all that is visible now.

ELSEWHERE = frozenset({"W301"})  # A hole in a series is told once, and not by each meeting.


def tried_again(visible: Visible, *, today: int, own: OwnChecks) -> Iterator[Finding]:
    """What would be refused or warned of if an event were recorded now, all others being known.

    What names an id that is not known any more is told once for each id, and not tried further.
    """
    lost: dict[str, list[Fact]] = {}
    for fact in visible.all():
        # One about an event was right at its time: its target may have been retracted since.
        if isinstance(fact.event, Correction):
            continue
        others = visible.without(fact.position)
        candidate = Candidate(fact=fact, visible=others, today=today, own=own)
        gone = [name for _, name, _ in unknown_names(candidate) if candidate.noun_of(name) is None]
        for name in gone:
            lost.setdefault(name, []).append(fact)
        for finding in findings(candidate) if not gone else ():
            if finding.code not in ELSEWHERE:
                yield resting_on([fact], finding)
    for name, facts in lost.items():
        yield _uprooted(visible, name, facts)


def _uprooted(visible: Visible, name: str, facts: list[Fact]) -> Finding:
    """W701: what the facts name is not known any more."""
    mends = visible.mends_of(name)
    since = f" since event {mends[-1].id!r}" if mends else ""
    named = "1 event names" if len(facts) == 1 else f"{len(facts)} events name"
    message = (
        f"{name!r} is unknown{since}, and {named} it: mend what names it, or register it again"
    )
    return resting_on([*mends[-1:], *facts], Finding("W701", message, unknown=name))


# Survey of a whole log: every finding, the weightiest first.

ORDER = {weight: place for place, weight in enumerate(Weight)}


def survey(visible: Visible, *, day: int, today: int, own: OwnChecks = ()) -> tuple[Finding, ...]:
    """Return every finding, by weight and then by the position of its first event.

    ``day`` is the day on which meetings may be unrecorded and declared states are compared;
    ``today`` is the day of the last recording, after which nothing can have happened;
    ``own`` are checks beyond those of the library.
    """
    snapshot = Snapshot(visible, day=day)
    findings = chain(
        tried_again(visible, today=today, own=own),
        duplicates(visible),
        skipped(snapshot),
        unrecorded(snapshot),
        contradicted(snapshot),
    )
    return tuple(sorted(findings, key=_place))


def _place(finding: Finding) -> tuple[int, tuple[int, ...], str]:
    """Return the key that sorts by weight, then by position."""
    return ORDER[finding.weight], finding.positions, finding.code
