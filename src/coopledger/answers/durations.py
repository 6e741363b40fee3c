"""Answers about how long a partnership took: to its first signature, and at each stage."""

from collections.abc import Iterable
from itertools import zip_longest

from coopledger._dates.lazy_types import Date
from coopledger._dates.marks import day_lent, is_fuzzy
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence
from coopledger.answers._shown import Shown
from coopledger.answers._wording import approx, comma_list, days, label, one_line, phrase
from coopledger.answers.stages import StageChange, stage_history
from coopledger.dates import EdtfDate
from coopledger.events import Contact
from coopledger.terms import Noun, Stage


@frozen(kw_only=True)
class StageSpell(Shown):
    """Time of a partnership at one stage without a break.

    Attributes:
        stage: The stage.
        since: Its first day; None for the beginning.
        ended: The first day of the next stage; None while it lasts.
        days: Days from its first day to that of the next stage, or to the day asked about while
            it lasts; None where it began at the beginning.
        certain: Whether no date behind it is fuzzy.
        decided_by: The events that began it and that ended it.
    """

    stage: Stage
    since: Date | None
    ended: Date | None
    days: int | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the stage, its first and last day and their number, on one line."""
        about = approx(certain=self.certain)
        return one_line(
            label(self.stage),
            phrase("since ", self.since, about) or "from the beginning",
            phrase("until ", self.ended, about) or "so far",
            phrase("", days(self.days), about),
        )


@frozen(kw_only=True)
class Durations(Shown):
    """Time of a partnership from its first contact to its first signature, and at each stage.

    Attributes:
        partnership: Its id.
        first_contact: The first day by then on which the parties did something, with the mark of
            a fuzzy date, or as ``../2018-05-31`` where it was on that day or before.
        first_signature: The first day by then on which a text of theirs was signed by all who
            must, shown likewise.
        days_to_signature: Days from the one to the other; None while there is no signature.
        spells: Each stage with its days, in order of days; the last one still lasts.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The first contact, the first signature, and the events behind the spells.
    """

    partnership: str
    first_contact: EdtfDate | None
    first_signature: EdtfDate | None
    days_to_signature: int | None
    spells: tuple[StageSpell, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the first days, the days between them, and those at each stage, on one line."""
        about = approx(certain=self.certain)
        stages = (_short(spell) for spell in self.spells if spell.days is not None)
        return one_line(
            self.partnership,
            phrase("first contact ", self.first_contact) or "no contact recorded",
            phrase("first signature ", self.first_signature),
            phrase("", days(self.days_to_signature), f"{about} between"),
            phrase("days at each stage: ", comma_list(stages)),
        )


def _short(spell: StageSpell) -> str:
    """Return the stage and the number of its days."""
    so_far = "" if spell.ended else " so far"
    return f"{label(spell.stage)} {spell.days}{approx(certain=spell.certain)}{so_far}"


def durations(snapshot: Snapshot, name: str) -> Durations:
    """Return how long the partnership took, up to the day."""
    acts = snapshot.contents.facts_of(name)
    texts = snapshot.contents.members(Noun.INSTRUMENT, name)
    contacts = _by(snapshot, (fact for fact in acts if isinstance(fact.event, Contact)))
    signings = _by(
        snapshot, (fact for text in texts for fact in snapshot.instrument(text).signings)
    )
    contact, signature = _first(contacts), _first(signings)
    spells = _spells(snapshot, name)
    firsts = [fact for fact in (contact, signature) if fact is not None]
    behind = (event for spell in spells for event in spell.decided_by)
    basis = evidence(
        snapshot, [*(fact.position for fact in firsts), *map(snapshot.visible.position_of, behind)]
    )
    return Durations(
        partnership=name,
        first_contact=_day_of(contact),
        first_signature=_day_of(signature),
        days_to_signature=signature.act - contact.act if contact and signature else None,
        spells=spells,
        certain=basis.certain
        and _is_certainly_first(contact, contacts)
        and _is_certainly_first(signature, signings)
        and all(spell.certain for spell in spells),
        decided_by=basis.events,
    )


def _day_of(fact: Fact | None) -> EdtfDate | None:
    """Return the day of the act, with its mark."""
    when = fact.event.when if fact is not None else None
    return day_lent(when) if when is not None else None


def _by(snapshot: Snapshot, facts: Iterable[Fact]) -> list[Fact]:
    """Return the acts by the day; acts after it never count, whatever their effect."""
    return [fact for fact in facts if fact.act <= snapshot.day]


def _first(acts: Iterable[Fact]) -> Fact | None:
    """Return the first act by its date."""
    return min(acts, key=lambda fact: (fact.act, fact.replay_key), default=None)


def _is_certainly_first(first: Fact | None, acts: Iterable[Fact]) -> bool:
    """Return whether the day of the first act is certain, and no other may have come before."""
    if first is None:
        return True
    dates = [fact.event.when for fact in acts if fact.event.when is not None]
    return not any(
        is_fuzzy(when)
        and (when.first is None or when.first < first.act or when.settled == first.act)
        for when in dates
    )


def _spells(snapshot: Snapshot, name: str) -> tuple[StageSpell, ...]:
    """Return the stages up to the day, each with its days."""
    changes = stage_history(snapshot, name)
    return tuple(_spell(snapshot, *pair) for pair in zip_longest(changes, changes[1:]))


def _spell(snapshot: Snapshot, start: StageChange, end: StageChange | None) -> StageSpell:
    """Return one stage, from the change that brought it to the one that ended it."""
    next_day = end.day if end is not None else None
    until = next_day.toordinal() if next_day is not None else snapshot.ordinal
    turns = [turn for turn in (start, end) if turn is not None]
    behind = [event for turn in turns for event in turn.decided_by]
    basis = evidence(snapshot, map(snapshot.visible.position_of, behind))
    return StageSpell(
        stage=start.stage,
        since=start.day,
        ended=next_day,
        days=until - start.day.toordinal() if start.day is not None else None,
        certain=all(turn.certain for turn in turns),
        decided_by=basis.events,
    )
