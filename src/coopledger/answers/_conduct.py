"""Conduct of texts: what was done under each, and who of its parties has given it up."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from coopledger._dates.lazy_types import Date
from coopledger._facts.index import Fact, by_replay_key, stances_name
from coopledger._frozen import frozen
from coopledger._obligations import settled
from coopledger._rules.commitment import CommitmentCase
from coopledger._rules.conduct import (
    LIVELIEST,
    Deed,
    Promise,
    Record,
    Word,
    conduct_on,
    course_of,
    first_day_of,
    given_up,
    last_deed,
)
from coopledger._rules.instrument_table import HELD
from coopledger._rules.parties import meant_by
from coopledger._rules.stage import DORMANT_AFTER_DAYS
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers.participations import parties_on
from coopledger.events import (
    CommitmentFulfilled,
    CommitmentMade,
    CommitmentProgressed,
    CooperationGivenUp,
    CooperationResumed,
    ImplementationReported,
    MilestoneReached,
    PartnershipOpened,
)
from coopledger.terms import Conduct, Flag, Noun

STANCES = (CooperationGivenUp, CooperationResumed)
REPORTS = (ImplementationReported, MilestoneReached)
STEPS = (CommitmentProgressed, CommitmentFulfilled)


@frozen
class Conducted:
    """Conduct of a text or of a partnership on the day.

    Attributes:
        conduct: The conduct; None of a text that is neither in effect nor suspended.
        since: The first day of it; None where that is unknown or the beginning.
        certain: Whether no date behind it is fuzzy.
        decided_by: The events that decided it, in log order.
    """

    conduct: Conduct | None = None
    since: Date | None = None
    certain: bool = True
    decided_by: tuple[str, ...] = ()


class HasConduct(Protocol):
    """Answer about a text, as far as its conduct goes."""

    @property
    def conduct(self) -> Conduct | None:
        """Return its conduct."""
        ...

    @property
    def conduct_since(self) -> Date | None:
        """Return the first day of it."""
        ...

    @property
    def conduct_certain(self) -> bool:
        """Return whether no date behind it is fuzzy."""
        ...

    @property
    def conduct_by(self) -> tuple[str, ...]:
        """Return the events that decided it."""
        ...


def liveliest(snapshot: Snapshot, texts: Sequence[HasConduct]) -> Conducted:
    """Return the conduct of the liveliest of the texts; of several such, since the first day."""
    for conduct in LIVELIEST:
        same = [text for text in texts if text.conduct is conduct]
        if same:
            days = [text.conduct_since for text in same]
            ids = {each: None for text in same for each in text.conduct_by}
            return Conducted(
                conduct,
                None if None in days else min(filter(None, days)),
                all(text.conduct_certain for text in same),
                evidence(snapshot, map(snapshot.visible.position_of, ids)).events,
            )
    return Conducted()


def conduct_of_text(snapshot: Snapshot, name: str) -> Conducted:
    """Return the conduct of the text on the day."""
    start = _start(snapshot, name)
    if start is None:
        return Conducted()
    record, day = _record(snapshot, name, start[0]), snapshot.day
    course = course_of(record)
    conduct = conduct_on(course, day)
    basis = evidence(snapshot, _deciding(record, conduct, snapshot, start[1]))
    since = first_day_of(course, conduct, day)
    return Conducted(conduct, first_day(since), basis.certain, basis.events)


def who_gave_up(snapshot: Snapshot, name: str) -> dict[str, Fact]:
    """Return the parties that gave the text up, each with its word."""
    start = _start(snapshot, name)
    said = _said(snapshot, name, start[0]) if start is not None else ()
    return given_up(said, snapshot.day) if said else {}


def given_up_flags(snapshot: Snapshot, name: str) -> list[tuple[Flag, int]]:
    """Return the flag that parties gave the text up, all of them or some, with each word."""
    given = who_gave_up(snapshot, name)
    everybody = given.keys() == set(parties_on(snapshot, name)) if given else False
    flag = Flag.GIVEN_UP if everybody else Flag.GIVEN_UP_BY_SOME
    return [(flag, fact.position) for fact in given.values()]


def _start(snapshot: Snapshot, name: str) -> tuple[int, int] | None:
    """Return the day since which the text is in effect, or suspended, and the event; 0 if unknown.

    In force by an extension of a text never recorded, it was so before on days unknown.
    """
    case = snapshot.instrument(name)
    start = case.last_time_held if case.state in HELD else None
    if start is None:
        return None
    return (0 if start.position == case.implied_by else start.day), start.position


def _record(snapshot: Snapshot, name: str, start: int) -> Record:
    """Return all that is known of what was done under the text."""
    cases = dict(_commitments(snapshot, name))
    deeds = {fact.position: fact for fact in _deeds(snapshot, name, cases)}
    days = [Deed(max(fact.act, fact.effect), fact) for fact in deeds.values()]
    return Record(
        start=start,
        parties=set(parties_on(snapshot, name)),
        promises=[_promise(case, settled(snapshot, each)) for each, case in cases.items()],
        said=_said(snapshot, name, start),
        deeds=sorted(days, key=lambda deed: (deed.day, deed.fact.replay_key)),
        rest=_rest(snapshot, name),
    )


def _deciding(
    record: Record, conduct: Conduct, snapshot: Snapshot, start: int
) -> Iterator[int | None]:
    """Yield the positions of the closings, the last words, the last deed, or of the beginning."""
    last = last_deed(record, snapshot.day)
    if conduct is Conduct.DONE:
        yield from (promise.closed_by for promise in record.promises)
    elif conduct is Conduct.GIVEN_UP:
        yield from (fact.position for fact in given_up(record.said, snapshot.day).values())
    else:
        yield start if last is None else last.fact.position


def _commitments(snapshot: Snapshot, name: str) -> Iterator[tuple[str, CommitmentCase]]:
    """Yield the commitments that were made under the text by the day."""
    made = [fact.event for fact in snapshot.facts(name) if isinstance(fact.event, CommitmentMade)]
    names = dict.fromkeys(event.commitment for event in made if event.under == name)
    snapshot.visible.prefetch(names)
    for each in names:
        case = snapshot.commitment(each)
        if case.terms is not None and case.terms.under == name:
            yield each, case


def _promise(case: CommitmentCase, closer: Fact | None) -> Promise:
    """Return when the commitment was made, and since when it is fulfilled or released."""
    made = case.made.effect if case.made is not None else 0
    if closer is None:
        return Promise(made, None, None)
    return Promise(made, max(made, closer.effect), closer.position)


def _deeds(snapshot: Snapshot, name: str, commitments: Iterable[str]) -> Iterator[Fact]:
    """Yield the reports of what was done under the text, and the steps of its commitments."""
    for fact in snapshot.facts(name):
        if isinstance(fact.event, REPORTS) and fact.event.instrument == name:
            yield fact
    for each in commitments:
        for fact in snapshot.facts(each):
            event = fact.event
            is_step = isinstance(event, STEPS) and event.commitment == each
            if is_step or each in event.fulfils:
                yield fact


def _rest(snapshot: Snapshot, name: str) -> int:
    """Return after how many days without a deed the text is at rest."""
    home = snapshot.contents.partnership_of(Noun.INSTRUMENT, name)
    opened = snapshot.registration(Noun.PARTNERSHIP, home) if home is not None else None
    own = opened.dormant_after if isinstance(opened, PartnershipOpened) else None
    return DORMANT_AFTER_DAYS if own is None else own


def _said(snapshot: Snapshot, name: str, start: int) -> list[Word]:
    """Return what was said about giving the text up since a day, in the order of replay."""
    facts = [fact for fact in _stances(snapshot, name) if fact.effect >= start]
    if not facts:  # As of nearly every text.
        return []
    parties, relations = set(parties_on(snapshot, name)), snapshot.participants(name).relations
    words: list[Word] = []
    for fact in facts:
        by: tuple[str, ...] = getattr(fact.event, "by", ())
        acting = {
            party
            for each in by
            for party, _, nearer in meant_by(relations, each, snapshot.day)
            if party in parties and parties.isdisjoint(nearer)
        }
        words.append(Word(fact, acting if by else parties))
    return words


def _stances(snapshot: Snapshot, name: str) -> list[Fact]:
    """Return the facts that give up or resume the text, or its partnership, as they replay."""
    home = snapshot.contents.partnership_of(Noun.INSTRUMENT, name)
    ids = snapshot.visible.merged.ids(home) if home is not None else ()
    facts = [fact for each in ids for fact in snapshot.facts(stances_name(each))]
    facts = [fact for fact in facts if getattr(fact.event, "instrument", None) is None]
    facts += [
        fact
        for fact in snapshot.facts(name)
        if isinstance(fact.event, STANCES) and fact.event.instrument == name
    ]
    return sorted(facts, key=by_replay_key)
