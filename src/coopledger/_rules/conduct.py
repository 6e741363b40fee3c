"""Conduct of a text in effect: the first rule that matches over all that was done under it.

In words: "Conduct" in docs/reference/rules.md.
"""

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
    return next((deed for deed in reversed(record.deeds) if deed.day <= day), None)


def _is_done(record: Record, day: Day) -> bool:
    """Return whether it had commitments, all of which are fulfilled or released."""
    made = [each.closed for each in record.promises if each.made <= day]
    return bool(made) and all(closed is not None and closed <= day for closed in made)


def _is_given_up(record: Record, day: Day) -> bool:
    """Return whether all its parties have given it up."""
    return bool(record.parties) and given_up(record.said, day).keys() == record.parties


def _is_under_way(record: Record, day: Day) -> bool:
    """Return whether something was done lately."""
    last = last_deed(record, day)
    return last is not None and last.day + record.rest >= day


# The first rule that matches gives the conduct; none of them gives `not_begun`.
RULES: tuple[tuple[Conduct, Callable[[Record, Day], bool]], ...] = (
    (Conduct.DONE, _is_done),
    (Conduct.GIVEN_UP, _is_given_up),
    (Conduct.UNDER_WAY, _is_under_way),
    (Conduct.AT_REST, lambda record, day: last_deed(record, day) is not None),
)


def conduct_on(record: Record, day: Day) -> Conduct:
    """Return the conduct on the day, by what is known on the day asked about."""
    return next((name for name, rule in RULES if rule(record, day)), Conduct.NOT_BEGUN)


def first_day_of(record: Record, conduct: Conduct, day: Day) -> int:
    """Return the first day since which the conduct of the day has held without a break."""
    turns = {turn for turn in _turns(record) if turn <= day}
    days = sorted({record.start, *(turn for turn in turns if turn > record.start)}, reverse=True)
    first = days[0]
    for turn in days:
        if conduct_on(record, turn) is not conduct:
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
