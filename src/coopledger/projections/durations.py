"""How long a partnership took: to its first signature, and at each stage."""

from collections.abc import Iterable
from itertools import zip_longest

from coopledger.dates import to_date
from coopledger.events import Contact
from coopledger.facts import Fact
from coopledger.projections.answers import Durations, StageChange, StageSpell
from coopledger.projections.evidence import evidence
from coopledger.projections.stages import stage_history
from coopledger.standings import Standings
from coopledger.terms import Noun

__all__ = ["durations"]


def durations(standings: Standings, name: str) -> Durations:
    """How long the partnership took, up to the day."""
    contact, signature = _first_contact(standings, name), _first_signature(standings, name)
    spells = _spells(standings, name)
    firsts = [fact.position for fact in (contact, signature) if fact is not None]
    behind = (event for spell in spells for event in spell.decided_by)
    basis = evidence(standings, [*firsts, *map(standings.visible.position_of, behind)])
    return Durations(
        partnership=name,
        first_contact=to_date(contact.act) if contact else None,
        first_signature=to_date(signature.act) if signature else None,
        days_to_signature=signature.act - contact.act if contact and signature else None,
        spells=spells,
        certain=basis.certain,
        decided_by=basis.events,
    )


def _first_contact(standings: Standings, name: str) -> Fact | None:
    """The first thing that the parties did, by the date of the act."""
    acts = standings.membership.acts(name)
    return _first(standings, (fact for fact in acts if isinstance(fact.event, Contact)))


def _first_signature(standings: Standings, name: str) -> Fact | None:
    """The first signature that made a text complete, by the date of the act."""
    texts = standings.membership.members(Noun.INSTRUMENT, name)
    return _first(
        standings, (fact for text in texts for fact in standings.instrument(text).signings)
    )


def _first(standings: Standings, facts: Iterable[Fact]) -> Fact | None:
    """The first act by the day; nothing after it counts, even if its effect reaches back."""
    done = (fact for fact in facts if fact.act <= standings.day)
    return min(done, key=lambda fact: (fact.act, fact.place), default=None)


def _spells(standings: Standings, name: str) -> tuple[StageSpell, ...]:
    """Each stage up to the day, with the one that follows it."""
    changes = stage_history(standings, name)
    following = zip_longest(changes, changes[1:])
    return tuple(_spell(standings, began, ended) for began, ended in following)


def _spell(standings: Standings, began: StageChange, ended: StageChange | None) -> StageSpell:
    """One stage, from the change that brought it to the one that ended it."""
    over = ended.day if ended is not None else None
    until = over.toordinal() if over is not None else standings.day
    behind = began.decided_by + (ended.decided_by if ended is not None else ())
    basis = evidence(standings, map(standings.visible.position_of, behind))
    return StageSpell(
        stage=began.stage,
        since=began.day,
        ended=over,
        days=until - began.day.toordinal() if began.day is not None else None,
        certain=basis.certain,
        decided_by=basis.events,
    )
