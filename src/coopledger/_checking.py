"""Findings on a whole log, by the facts that are known now; nothing is recorded.

Every recorded event is tried again against the facts that are visible now. A log has findings of
its own too: acts that were recorded twice and things that were registered twice, meetings that
are not recorded, promises that are paid and still open, declared states that are not the derived
ones, and record times of a clock ahead.

Codes: C101-C701, E107, W109, W301, W701.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise
from math import inf
from typing import cast

import attrs

from coopledger._facts.in_turn import EachLeftOut
from coopledger._facts.index import Fact, by_replay_key
from coopledger._facts.visible import Visible
from coopledger._folding import folded
from coopledger._log.chain import Fault
from coopledger._progress import Counted, uncounted
from coopledger._rules.commitment import OPEN
from coopledger._rules.instrument_table import ENDED, IN_EFFECT
from coopledger._rules.lives import UNSETTLING, Lives
from coopledger._rules.party_case import ENOUGH
from coopledger._rules.payment import dates_paid
from coopledger._snapshot import Snapshot
from coopledger._validation.candidate import LAST_DAY, Candidate, OwnChecks
from coopledger._validation.checks import findings
from coopledger._validation.general import unknown_names
from coopledger._validation.ties import Graphs
from coopledger.answers._contradictions import contradictions
from coopledger.answers._wording import label, money
from coopledger.answers.commitments import commitment
from coopledger.answers.instruments import is_within
from coopledger.dates import EdtfDate, instant_text
from coopledger.errors import Finding
from coopledger.events import (
    Act,
    CommitmentProgressed,
    Correction,
    Event,
    InstrumentRegistered,
    InstrumentSigned,
    MeetingHeld,
    MeetingScheduled,
    PartnershipOpened,
    PartyRegistered,
)
from coopledger.events._references import once_per_class, references
from coopledger.terms import MeetingStatus, Noun, Weight

ORDER = {weight: rank for rank, weight in enumerate(Weight)}

# Lives rest on these without naming them, so that an event that is one of them is tried without.
BASES = (*UNSETTLING, PartnershipOpened)

DatedFact = tuple[EdtfDate, Fact]
# Where a thing is at home: things of one likeness may be one where their homes agree.
Home = tuple[str | None, ...] | frozenset[str]
# The words for the same values, the values, and the home.
Likeness = tuple[str, Hashable, Home]


def survey(  # noqa: PLR0913 - what is known, and each day by which it is judged
    visible: Visible,
    *,
    day: int,
    today: int,
    now_us: int,
    own: OwnChecks = (),
    index: Fault | None = None,
    count: Counted = uncounted,
) -> tuple[Finding, ...]:
    """Return every finding, by weight and then by the position of its first event.

    ``day`` is the day on which meetings may be unrecorded and declared states are compared;
    ``today`` is the day of the last recording, after which nothing can have happened;
    ``now_us`` is the time by the ledger's clock, in microseconds; ``own`` are checks beyond
    those of the library; ``index`` is what is wrong with the index of names; ``count`` is given the
    facts on their way.
    """
    snapshot = Snapshot(visible, day=day)
    results = chain(
        revalidated(visible, today=today, own=own, count=count),
        clock_ahead(visible, now_us=now_us),
        ids_shared(visible),
        duplicates(visible),
        registered_twice(visible),
        skipped(snapshot),
        unrecorded(snapshot),
        in_force_alone(snapshot),
        paid_in_full(snapshot),
        contradicted(snapshot),
        misfiled(visible, index),
    )
    return tuple(sorted(results, key=_rank))


def _rank(finding: Finding) -> tuple[int, tuple[int, ...], str]:
    """Return the key that sorts by weight, then by position."""
    return ORDER[finding.weight], finding.positions, finding.code


def _about(facts: Iterable[Fact], finding: Finding) -> Finding:
    """Return the finding with the events behind it, in log order."""
    ids = {fact.position: fact.id for fact in facts}
    positions = tuple(sorted(ids))
    events = tuple(ids[position] for position in positions)
    return attrs.evolve(finding, events=events, positions=positions)


def revalidated(
    visible: Visible, *, today: int, own: OwnChecks, count: Counted = uncounted
) -> Iterator[Finding]:
    """Yield the findings on each event, if it were recorded now and all others were known.

    An id that is not known any more is one finding, and its events are not tried further.
    """
    lost: dict[int, tuple[Fact, list[str]]] = {}
    all_others = EachLeftOut(visible)
    graphs, lives = Graphs(Snapshot(visible, day=LAST_DAY)), Lives(of_one_log=True)
    # As they replay, each goes on from the life that the one before left, however late it came.
    facts = sorted(visible.all(), key=by_replay_key)
    for fact in count(facts, len(facts)):
        # A correction was right at its time: its target may have been retracted since.
        if isinstance(fact.event, Correction):
            continue
        candidate = Candidate(
            fact=fact,
            visible=all_others.without(fact.position),
            today=today,
            own=own,
            lives=None if isinstance(fact.event, BASES) else lives,
            graphs=graphs,
        )
        names = [name for _, name, _ in unknown_names(candidate) if candidate.noun_of(name) is None]
        if names:
            lost[fact.position] = fact, names
        for finding in findings(candidate) if not names else ():
            yield _about([fact], finding)
    yield from _lost_ids(visible, lost)


def _lost_ids(visible: Visible, lost: Mapping[int, tuple[Fact, list[str]]]) -> Iterator[Finding]:
    """Yield a warning for each id that is lost; the facts that name it are given by position."""
    users: dict[str, list[Fact]] = {}
    for fact, names in (lost[position] for position in sorted(lost)):
        for name in names:
            users.setdefault(name, []).append(fact)
    for name, facts in users.items():
        yield _lost_id(visible, name, facts)


def _lost_id(visible: Visible, name: str, facts: list[Fact]) -> Finding:
    """Return the warning of an id that is not known any more, and that the facts name (W701)."""
    mends = visible.corrections_of(name)
    since = f" since event {mends[-1].id!r}" if mends else ""
    users = "1 event names" if len(facts) == 1 else f"{len(facts)} events name"
    message = (
        f"{name!r} is unknown{since}, and {users} it: mend what names it, or register it again"
    )
    return _about([*mends[-1:], *facts], Finding("W701", message, unknown=name))


def misfiled(visible: Visible, fault: Fault | None) -> Iterator[Finding]:
    """Yield C102 for the first event that the index of names does not find as it is."""
    if fault is not None and fault.position <= visible.up_to:
        fact = Fact.of(fault.position, visible.recorded_event(fault.position))
        yield _about([fact], Finding("C102", fault.reason))


def ids_shared(visible: Visible) -> Iterator[Finding]:
    """Yield E107 for events whose ids are the same in NFC, as an older log may hold them."""
    positions: dict[str, list[int]] = {}
    for position, event_id in visible.event_ids():
        positions.setdefault(event_id, []).append(position)
    for event_id, places in positions.items():
        if len(places) > 1:
            message = (
                f"id: {len(places)} events have the id {event_id!r}, written with other signs: "
                "the last alone is found under it"
            )
            names = (event_id,) * len(places)
            yield Finding("E107", message, "id", events=names, positions=tuple(places))


def clock_ahead(visible: Visible, *, now_us: int) -> Iterator[Finding]:
    """Yield W109 for the first record time ahead of the clock, if the last one is ahead too.

    Records of one instant are a microsecond apart; that many are no sign of another clock.
    """
    head = visible.up_to
    if not head or visible.recorded_us(head) - now_us < head:
        return
    # Record times differ by a microsecond at least, so that from the first one all are ahead.
    position = 1 + bisect_left(
        range(1, head + 1), 0, key=lambda each: visible.recorded_us(each) - now_us - each
    )
    first_us = visible.recorded_us(position)
    message = (
        f"recorded_at: {instant_text(first_us)} is ahead of the clock, which says "
        f"{instant_text(now_us)}: record times go on from there until the clock has passed it"
    )
    yield Finding("W109", message, events=(visible.id_at(position),), positions=(position,))


def duplicates(visible: Visible) -> Iterator[Finding]:
    """Yield C101 for acts of one type and subject under several ids, on dates that agree."""
    alike: dict[Hashable, list[DatedFact]] = {}
    for fact in visible.all():
        event = fact.event
        if isinstance(event, Act):
            key = tuple(_folded(getattr(event, field)) for field in same_fields(type(event)))
            if any(key):  # A meeting held as announced has no such field, and is held but once.
                alike.setdefault((type(event), key), []).append((event.when, fact))
    for dated in alike.values():
        for group in _nested(dated):
            if len(group) > 1:
                yield _duplicate([fact for _, fact in group])


def _nested(dated: Iterable[DatedFact]) -> Iterator[list[DatedFact]]:
    """Yield the acts in groups, the date of each within the date of the one before.

    A vague date goes with the first exact one within it: another exact one is another act.
    """
    groups: list[list[DatedFact]] = []
    for when, fact in sorted(dated, key=_widest_first):
        yield from (group for group in groups if _is_over(group, when))
        groups = [group for group in groups if not _is_over(group, when)]
        group = next((group for group in groups if is_within(when, group[-1][0])), None)
        if group is None:
            groups.append([(when, fact)])
        else:
            group.append((when, fact))
    yield from groups


def _is_over(group: Sequence[DatedFact], when: EdtfDate) -> bool:
    """Return whether nothing from the date on can be within the last date of the group."""
    return group[-1][0].surely_before(when)


def _widest_first(dated: DatedFact) -> tuple[float, float, int]:
    """Return the key that sorts by first day, the longest first among equals."""
    when, fact = dated
    first = -inf if when.first is None else when.first
    return first, -inf if when.last is None else -when.last, fact.position


def _duplicate(facts: list[Fact]) -> Finding:
    """Return the finding on one act that was likely recorded several times (C101)."""
    facts = sorted(facts, key=lambda fact: fact.position)
    event = facts[0].event
    dates = dict.fromkeys(str(fact.event.when) for fact in facts)
    shared = [field for field in same_fields(type(event)) if getattr(event, field)]
    message = (
        f"{type(event).__name__} of {' or '.join(dates)} is recorded {len(facts)} times with the "
        f"same {', '.join(shared)}: retract what was recorded twice"
    )
    return _about(facts, Finding("C101", message))


def _folded(value: object) -> object:
    """Return a text without regard to case and blanks, several values in any order."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return frozenset(cast(tuple[str, ...], value)) if isinstance(value, tuple) else value


@once_per_class
def same_fields(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields that two records of one act share: by default, those that name ids."""
    if cls.__alike__ is not None:
        return cls.__alike__
    everywhere = attrs.fields_dict(Event)
    return tuple(name for name, _ in references(cls) if name not in everywhere)


def registered_twice(visible: Visible) -> Iterator[Finding]:
    """Yield C201 for parties, partnerships and texts that look alike under several ids."""
    for noun, likeness in LIKENESSES.items():
        alike: dict[tuple[str, Hashable], dict[Home, dict[str, Fact]]] = {}
        openings = ((name, visible.openings(noun, name)) for name in visible.names(noun))
        for name, fact in ((name, facts[0]) for name, facts in openings if facts):
            for words, values, home in likeness(visible, fact.event):
                alike.setdefault((words, values), {}).setdefault(home, {})[name] = fact
        groups: dict[tuple[str, ...], Finding] = {}
        for (words, _), by_home in alike.items():
            for facts in filter(_are_several, _of_one_home(by_home)):
                groups.setdefault(tuple(facts), _registered_twice(noun, words, facts))
        yield from groups.values()


def _are_several(facts: Mapping[str, Fact]) -> bool:
    """Return whether there are several."""
    return len(facts) > 1


def _of_one_home(by_home: dict[Home, dict[str, Fact]]) -> Iterator[dict[str, Fact]]:
    """Yield together what is at one home; all of it where all homes agree."""
    if all(_agree(one, other) for one, other in combinations(by_home, 2)):
        facts = {name: fact for facts in by_home.values() for name, fact in facts.items()}
        yield dict(sorted(facts.items(), key=lambda item: item[1].position))
    else:
        yield from by_home.values()


def _agree(one: Home, other: Home) -> bool:
    """Return whether two homes may be one: they share two parties, or what both say is the same."""
    if isinstance(one, frozenset):
        return len(one.intersection(other)) >= ENOUGH
    return all(None in pair or pair[0] == pair[1] for pair in zip(one, other, strict=True))


def _registered_twice(noun: Noun, words: str, facts: dict[str, Fact]) -> Finding:
    """Return the finding on one thing that was likely registered under several ids (C201)."""
    *names, last = map(repr, facts)
    message = (
        f"{noun}: {', '.join(names)} and {last} have the same {words}: are they one? SameAs reads "
        "them as one"
    )
    return _about(facts.values(), Finding("C201", message, noun.value))


def _like_parties(_: Visible, event: Event) -> Iterator[Likeness]:
    """Yield a likeness for each name and acronym of a party, at home in its country and parent."""
    if isinstance(event, PartyRegistered):
        home = event.country, event.parent
        for name in {event.name, *event.other_names}:
            yield "name", _spelling(name), home
        for name in event.acronyms:
            yield "acronym", _spelling(name), home


def _like_partnerships(_: Visible, event: Event) -> Iterator[Likeness]:
    """Yield the likeness of a partnership: its parties and scope; a part of another is none."""
    if isinstance(event, PartnershipOpened):
        scope = _spelling(event.scope) if event.scope else None
        yield "parties and scope", (frozenset(event.parties), scope, event.parent), ()


def _like_instruments(visible: Visible, event: Event) -> Iterator[Likeness]:
    """Yield a likeness for each day on which a text with a title was signed, by its parties."""
    if isinstance(event, InstrumentRegistered) and event.title:
        home = frozenset(event.parties) or _parties_of(visible, event.partnership)
        for fact in visible.naming(event.instrument):
            if isinstance(fact.event, InstrumentSigned):
                yield "title and date", (_spelling(event.title), fact.event.when), home


def _parties_of(visible: Visible, partnership: str) -> frozenset[str]:
    """Return the parties with which the partnership was opened."""
    opened = (fact.event for fact in visible.openings(Noun.PARTNERSHIP, partnership))
    return frozenset(
        party for event in opened if isinstance(event, PartnershipOpened) for party in event.parties
    )


# By noun, the likenesses that one thing under two ids shares.
LIKENESSES: dict[Noun, Callable[[Visible, Event], Iterator[Likeness]]] = {
    Noun.PARTY: _like_parties,
    Noun.PARTNERSHIP: _like_partnerships,
    Noun.INSTRUMENT: _like_instruments,
}


def _spelling(name: str) -> str:
    """Return a name without regard to case, diacritics, blanks and signs."""
    return "".join(letter for letter in folded(name) if letter.isalnum()) or name


def skipped(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield W301 for numbers of a series between two that were held."""
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
                yield _about(facts, Finding("W301", message, "number"))


def _held_in_series(snapshot: Snapshot) -> dict[str, dict[int, Fact]]:
    """Return the record of each meeting that was held as one of a series, by its number."""
    series: dict[str, dict[int, Fact]] = {}
    for fact in snapshot.visible.all():
        event = fact.event
        if not isinstance(event, MeetingScheduled | MeetingHeld):
            continue
        held = snapshot.meeting(event.meeting).held
        if held is not None and event.series is not None and event.number is not None:
            series.setdefault(event.series, {})[event.number] = held
    return series


def unrecorded(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield C301 for a meeting whose planned date is over, and of which there is no record."""
    for name in snapshot.visible.names(Noun.MEETING):
        case = snapshot.meeting(name)
        if case.status is MeetingStatus.UNRECORDED and case.planned_by is not None:
            message = (
                f"meeting: {name!r} was planned for {case.planned}, and nothing is recorded "
                "since: was it held, put off or cancelled?"
            )
            yield _about([case.planned_by], Finding("C301", message, "meeting"))


def in_force_alone(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield C501 for a text in effect under one that has ended, with which it does not end."""
    for name in snapshot.visible.names(Noun.INSTRUMENT):
        opening = snapshot.opening(Noun.INSTRUMENT, name)
        event = opening.event if opening is not None else None
        if opening is None or not isinstance(event, InstrumentRegistered):
            continue
        above = event.implements
        if above is None or event.ends_with is not None or above == name:
            continue
        state, ended = snapshot.instrument(name).state, snapshot.instrument(above).state
        if state in IN_EFFECT and ended in ENDED:
            message = (
                f"implements: {name!r} is {state} under a text that has ended: {above!r} is "
                f"{ended}; if they end together, say so by ends_with"
            )
            yield _about([opening], Finding("C501", message, "implements"))


def paid_in_full(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield C601 for what is open, though all that was promised has been delivered.

    Of what recurs: for each such date.
    """
    payments: dict[str, list[Fact]] = {}
    for fact in filter(snapshot.counts, snapshot.visible.all()):
        if isinstance(fact.event, CommitmentProgressed) and fact.event.amount is not None:
            payments.setdefault(fact.event.commitment, []).append(fact)
    for name, facts in payments.items():
        answer = commitment(snapshot, name)
        if answer.paid is not None and answer.is_paid_in_full:
            message = (
                f"amount: {name!r} is paid in full, {money(answer.paid)}, and still "
                f"{label(answer.status)}: is it fulfilled?"
            )
            yield _about(facts, Finding("C601", message, "amount"))
        elif answer.status in OPEN:
            for date in dates_paid(snapshot.commitment(name)):
                message = f"amount: {date} of {name!r} is paid in full, and not fulfilled: is it?"
                yield _about(facts, Finding("C601", message, "amount"))


def contradicted(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield C701 for a state declared by the day that is not the derived one of its own day."""
    for contradiction in contradictions(snapshot, snapshot.visible.all()):
        report = contradiction.report
        message = (
            f"state: {report.subject!r} was declared {contradiction.declared} on {report.when}, "
            f"and by what is recorded it was {contradiction.derived}"
        )
        yield _about([contradiction.fact], Finding("C701", message, "state"))
