"""What follows a thing up: reminders, the day from which to ask again, and who of us sees to it."""

from collections.abc import Iterator
from typing import Any, Protocol

from coopledger._dates.asked_day import AFTER_ALL_DAYS
from coopledger._facts.index import Fact, by_replay_key, handover_name
from coopledger._frozen import frozen
from coopledger._rules import asking
from coopledger._rules.asking import Asked
from coopledger._rules.hands import Said, assigned, holder, statements
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import Evidence, evidence
from coopledger.answers._wording import phrase
from coopledger.dates import EdtfDate
from coopledger.events import ProposalMade
from coopledger.terms import Noun

# Whose registration is known on every day, and says who is responsible.
REGISTERED = frozenset({Noun.PARTNERSHIP, Noun.INSTRUMENT})
# Nobody asks about these once they are closed; about others, until somebody acts.
ENDING = frozenset({Noun.COMMITMENT, Noun.PROPOSAL})
MANY = 2  # from which on reminders are counted


def following(
    snapshot: Snapshot, noun: Noun, name: str, *, basis: Evidence, closed: int | None
) -> dict[str, Any]:
    """Return the fields of an answer that tell what follows the thing up, and its evidence.

    ``closed`` is the day on which it was closed: it keeps who saw to it then, and nobody asks
    again about a promise or proposal. How a reminder is dated makes no answer uncertain.
    """
    made = snapshot.commitment(name).made if noun is Noun.COMMITMENT else None
    asked = asking.fold(snapshot.facts(name), noun, name, made=made)
    again = asked.again if closed is None or noun not in ENDING else None
    last_at = asked.last.position if asked.last is not None else None
    again_at = _said_by(snapshot, noun, name, asked) if again is not None else None
    return {
        "decided_by": _with(snapshot, basis.events, last_at, again_at),
        "last_asked": asked.last.event.when if asked.last is not None else None,
        "times_asked": asked.times,
        "ask_again": again,
        "responsible": responsible_for(snapshot, noun, name, closed=closed),
    }


def _with(snapshot: Snapshot, ids: tuple[str, ...], *positions: int | None) -> tuple[str, ...]:
    """Return the ids of the events and of those at the positions, in log order."""
    if not any(positions):
        return ids
    return evidence(snapshot, (*map(snapshot.visible.position_of, ids), *positions)).events


def _said_by(snapshot: Snapshot, noun: Noun, name: str, asked: Asked) -> int | None:
    """Return the position of the event that says when to ask again.

    Of a commitment that was made twice, that may be the making under the other id.
    """
    by = asked.again_by
    if by is None or noun is not Noun.COMMITMENT or by is not snapshot.commitment(name).made:
        return by.position if by is not None else None
    twins = filter(snapshot.counts, snapshot.visible.twins(noun, name))
    telling = (fact.position for fact in twins if "ask_again" in vars(fact.event))
    return next(telling, by.position)


def responsible_for(
    snapshot: Snapshot, noun: Noun, name: str, *, closed: int | None = None
) -> str | None:
    """Return who of us sees to the thing: by what was said of it, or of its partnership.

    ``closed`` is the day on which it was closed: from then on it keeps who it had.
    """
    said = _said_of(snapshot, noun, name)
    handovers = _Handovers(snapshot)
    who = holder(said, handovers.of, upto=closed)
    home = snapshot.contents.partnership_of(noun, name) if who is None else None
    for each in snapshot.contents.upwards(home):
        if who is None and (each, noun) != (name, Noun.PARTNERSHIP):
            partly = _said_of(snapshot, Noun.PARTNERSHIP, each, upto=closed)
            who = holder(partly, handovers.of, upto=closed)
    return None if who is None else snapshot.visible.merged.id_of(who)


def _said_of(snapshot: Snapshot, noun: Noun, name: str, *, upto: int | None = None) -> list[Said]:
    """Return what was said of who is responsible for the thing itself, up to a day."""
    first = list(_said_at_first(snapshot, noun, name))
    if noun is Noun.PARTNERSHIP:
        facts = snapshot.contents.assignments(name)
    else:
        facts = assigned(snapshot.facts(name), name)
    if upto is not None:
        facts = [fact for fact in facts if fact.effect <= upto]
    said = statements(first, facts)
    if noun is Noun.PROPOSAL and facts:
        said.sort(key=lambda each: each.by.replay_key)
    return said


def _said_at_first(snapshot: Snapshot, noun: Noun, name: str) -> Iterator[Said]:
    """Yield what the events say that bring the thing in."""
    if noun in REGISTERED:
        openings = [snapshot.opening(noun, name)]
    elif noun is Noun.COMMITMENT:
        openings = [snapshot.commitment(name).made]
    elif noun is Noun.PROPOSAL:
        openings = [
            fact
            for fact in snapshot.facts(name)
            if isinstance(fact.event, ProposalMade) and fact.event.proposal == name
        ]
    else:
        return
    for fact in openings:
        who: str | None = getattr(fact.event, "responsible", None) if fact is not None else None
        if fact is not None and who is not None:
            yield Said(who, fact)


@frozen
class _Handovers:
    """Takeovers that count by the day of a snapshot."""

    snapshot: Snapshot

    def of(self, who: str) -> list[Fact]:
        """Return the facts by which another took over from the person or post, as they replay."""
        visible, counts = self.snapshot.visible, self.snapshot.counts
        ids = visible.merged.ids(who) if visible.merged.same else (who,)
        facts = (fact for each in ids for fact in visible.naming(handover_name(each)))
        return sorted(filter(counts, facts), key=by_replay_key)


class FollowedUp(Protocol):
    """Answer that tells of reminders and of who is responsible."""

    @property
    def last_asked(self) -> EdtfDate | None:
        """Return the date of the last reminder."""
        ...

    @property
    def times_asked(self) -> int:
        """Return how many reminders there were."""
        ...

    @property
    def ask_again(self) -> EdtfDate | None:
        """Return the day from which to ask again."""
        ...

    @property
    def responsible(self) -> str | None:
        """Return who of us sees to it."""
        ...


def is_to_be_asked(snapshot: Snapshot, answer: FollowedUp, *, within_days: int = 0) -> bool:
    """Return whether the day from which to ask again has come, or comes within the days."""
    return asked_from(answer) - snapshot.ordinal <= within_days


def asked_from(answer: FollowedUp) -> int:
    """Return the day from which to ask again, as an ordinal, or the day after all days.

    A fuzzy date is its last day.
    """
    day = answer.ask_again.last if answer.ask_again is not None else None
    return AFTER_ALL_DAYS if day is None else day


def followed_up(answer: FollowedUp) -> Iterator[str]:
    """Yield the phrases of an answer that tell of reminders and of who is responsible."""
    times = "" if answer.times_asked < MANY else f" ({answer.times_asked} times)"
    yield phrase("asked ", answer.last_asked, times)
    yield phrase("ask again ", answer.ask_again)
    yield phrase("", answer.responsible, " is responsible")


def is_responsible(answer_says: str | None, wanted: str | None) -> bool:
    """Return whether both name one person, post or party, in whichever case."""
    if answer_says is None or wanted is None:
        return answer_says is wanted
    return handover_name(answer_says) == handover_name(wanted)
