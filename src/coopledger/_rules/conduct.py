"""Conduct of a text in effect: the first rule that matches over all that was done under it.

In words: "Conduct" in docs/reference/rules.md.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from coopledger._dates.asked_day import Day
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger.events import CooperationGivenUp
from coopledger.terms import Conduct

# The liveliest first: a partnership shows that of its liveliest text.
LIVELIEST = (
    *(Conduct.UNDER_WAY, Conduct.AT_REST, Conduct.NOT_BEGUN),
    *(Conduct.GIVEN_UP, Conduct.DONE),
)


@frozen
class Promise:
    """Commitment under a text.

    Attributes:
        made: The day from which it counts, as an ordinal.
        closed: The day on which it was fulfilled or released; None while it is not.
        closed_by: The position of that event.
    """

    made: int
    closed: int | None
    closed_by: int | None


@frozen
class Word:
    """Word of some parties that they give the cooperation up, or go on.

    Attributes:
        fact: The event.
        parties: For whom it speaks.
    """

    fact: Fact
    parties: AbstractSet[str]


@frozen
class Deed:
    """Something that was done under a text.

    Attributes:
        day: The day of it, as an ordinal.
        fact: The event.
    """

    day: int
    fact: Fact


@frozen
class Record:
    """All that is known of what was done under a text that is in effect, or suspended.

    Attributes:
        start: The day since which it is so without a break, as an ordinal; 0 if unknown.
        parties: Its parties on the day asked about.
        promises: The commitments under it.
        said: What was said about giving it up since that day, in the order of replay.
        deeds: What was done under it, in the order of their days.
        rest: Days without a deed after which it is at rest.
    """

    start: int
    parties: AbstractSet[str]
    promises: Sequence[Promise]
    said: Sequence[Word]
    deeds: Sequence[Deed]
    rest: int


def given_up(said: Sequence[Word], day: Day) -> dict[str, Fact]:
    """Return the parties whose last word by the day gives it up, each with that word."""
    last: dict[str, Fact] = {}
    for word in said:
        if word.fact.effect <= day:
            last |= dict.fromkeys(sorted(word.parties), word.fact)
    return {
        party: fact for party, fact in last.items() if isinstance(fact.event, CooperationGivenUp)
    }


def last_deed(record: Record, day: Day) -> Deed | None:
    """Return the last thing done under it by the day."""
    number = bisect_right(record.deeds, day, key=lambda deed: deed.day)
    return record.deeds[number - 1] if number else None


@frozen
class Course:
    """Record in the order of its days, so that one day is found without a look at all others.

    Attributes:
        record: The record.
        made: The days on which promises were made, sorted.
        closed: The days on which they were fulfilled or released, sorted.
        spoken: The days of the words about giving it up, sorted.
        given_up: Whether all parties had given it up after each of these words.
    """

    record: Record
    made: Sequence[int]
    closed: Sequence[int]
    spoken: Sequence[int]
    given_up: Sequence[bool]


def course_of(record: Record) -> Course:
    """Return the record in the order of its days."""
    giving_up, everybody = set[str](), list[bool]()
    for word in record.said:
        if isinstance(word.fact.event, CooperationGivenUp):
            giving_up |= word.parties
        else:
            giving_up -= word.parties
        everybody.append(bool(record.parties) and giving_up == record.parties)
    return Course(
        record,
        made=sorted(promise.made for promise in record.promises),
        closed=sorted(each.closed for each in record.promises if each.closed is not None),
        spoken=[word.fact.effect for word in record.said],
        given_up=everybody,
    )


def _is_done(course: Course, day: Day) -> bool:
    """Return whether it had commitments, all of which are fulfilled or released.

    None is closed before it was made, so that as many closed as made means all of them.
    """
    made = bisect_right(course.made, day)
    return made > 0 and made == bisect_right(course.closed, day)


def _is_given_up(course: Course, day: Day) -> bool:
    """Return whether all its parties have given it up."""
    words = bisect_right(course.spoken, day)
    return words > 0 and course.given_up[words - 1]


def _is_under_way(course: Course, day: Day) -> bool:
    """Return whether something was done lately."""
    last = last_deed(course.record, day)
    return last is not None and last.day + course.record.rest >= day


# The first rule that matches gives the conduct; none of them gives `not_begun`.
RULES: tuple[tuple[Conduct, Callable[[Course, Day], bool]], ...] = (
    (Conduct.DONE, _is_done),
    (Conduct.GIVEN_UP, _is_given_up),
    (Conduct.UNDER_WAY, _is_under_way),
    (Conduct.AT_REST, lambda course, day: last_deed(course.record, day) is not None),
)


def conduct_on(course: Course, day: Day) -> Conduct:
    """Return the conduct on the day, by what is known on the day asked about."""
    return next((name for name, rule in RULES if rule(course, day)), Conduct.NOT_BEGUN)


def first_day_of(course: Course, conduct: Conduct, day: Day) -> int:
    """Return the first day since which the conduct of the day has held without a break."""
    record = course.record
    turns = {turn for turn in _turns(record) if turn <= day}
    days = sorted({record.start, *(turn for turn in turns if turn > record.start)}, reverse=True)
    first = days[0]
    for turn in days:
        if conduct_on(course, turn) is not conduct:
            break
        first = turn
    return first


def _turns(record: Record) -> Iterator[int]:
    """Yield the days on which the conduct may have changed."""
    for promise in record.promises:
        yield promise.made
        if promise.closed is not None:
            yield promise.closed
    yield from (word.fact.effect for word in record.said)
    for deed in record.deeds:
        yield deed.day
        yield deed.day + record.rest + 1
