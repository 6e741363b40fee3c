"""Answers about how long things took."""

from collections.abc import Iterable
from itertools import zip_longest

import attrs

from coopledger._dates.lazy_types import Date
from coopledger._facts.index import Fact
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence
from coopledger.answers._wording import approx, comma_list, days, label, one_line, phrase
from coopledger.answers.stages import StageChange, stage_history
from coopledger.dates import to_date
from coopledger.events import Contact
from coopledger.terms import Noun, Stage


@attrs.frozen(kw_only=True)
class StageSpell:
    """How long a partnership was at a stage without a break.

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
        """The stage, its days and how many they are, on one line."""
        about = approx(certain=self.certain)
        return one_line(
            label(self.stage),
            phrase("since ", self.since, about) or "from the beginning",
            phrase("until ", self.ended, about) or "so far",
            phrase("", days(self.days), about),
        )


@attrs.frozen(kw_only=True)
class Durations:
    """How long a partnership took from the first contact to the first signature, and each stage.

    Attributes:
        partnership: Its id.
        first_contact: The first day by then on which the parties did something.
        first_signature: The first day by then on which a text of theirs was signed by all who must.
        days_to_signature: Days from the one to the other; None while there is no signature.
        spells: Each stage with its days, in order of days; the last one still lasts.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The first contact, the first signature, and the events behind the spells.
    """

    partnership: str
    first_contact: Date | None
    first_signature: Date | None
    days_to_signature: int | None
    spells: tuple[StageSpell, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The first days, and the days between them and at each stage, on one line."""
        about = approx(certain=self.certain)
        stages = (_lasted(spell) for spell in self.spells if spell.days is not None)
        return one_line(
            self.partnership,
            phrase("first contact ", self.first_contact, about) or "no contact recorded",
            phrase("first signature ", self.first_signature, about),
            phrase("", days(self.days_to_signature), f"{about} between"),
            phrase("days at each stage: ", comma_list(stages)),
        )


def _lasted(spell: StageSpell) -> str:
    """The stage and its days."""
    so_far = "" if spell.ended else " so far"
    return f"{label(spell.stage)} {spell.days}{approx(certain=spell.certain)}{so_far}"


# How long a partnership took: to its first signature, and at each stage.


def durations(snapshot: Snapshot, name: str) -> Durations:
    """How long the partnership took, up to the day."""
    contact, signature = _first_contact(snapshot, name), _first_signature(snapshot, name)
    spells = _spells(snapshot, name)
    firsts = [fact.position for fact in (contact, signature) if fact is not None]
    behind = (event for spell in spells for event in spell.decided_by)
    basis = evidence(snapshot, [*firsts, *map(snapshot.visible.position_of, behind)])
    return Durations(
        partnership=name,
        first_contact=to_date(contact.act) if contact else None,
        first_signature=to_date(signature.act) if signature else None,
        days_to_signature=signature.act - contact.act if contact and signature else None,
        spells=spells,
        certain=basis.certain,
        decided_by=basis.events,
    )


def _first_contact(snapshot: Snapshot, name: str) -> Fact | None:
    """The first thing that the parties did, by the date of the act."""
    acts = snapshot.contents.facts_of(name)
    return _first(snapshot, (fact for fact in acts if isinstance(fact.event, Contact)))


def _first_signature(snapshot: Snapshot, name: str) -> Fact | None:
    """The first signature that made a text complete, by the date of the act."""
    texts = snapshot.contents.members(Noun.INSTRUMENT, name)
    return _first(snapshot, (fact for text in texts for fact in snapshot.instrument(text).signings))


def _first(snapshot: Snapshot, facts: Iterable[Fact]) -> Fact | None:
    """The first act by the day; nothing after it counts, even if its effect reaches back."""
    done = (fact for fact in facts if fact.act <= snapshot.day)
    return min(done, key=lambda fact: (fact.act, fact.replay_key), default=None)


def _spells(snapshot: Snapshot, name: str) -> tuple[StageSpell, ...]:
    """Each stage up to the day, with the one that follows it."""
    changes = stage_history(snapshot, name)
    following = zip_longest(changes, changes[1:])
    return tuple(_spell(snapshot, began, ended) for began, ended in following)


def _spell(snapshot: Snapshot, began: StageChange, ended: StageChange | None) -> StageSpell:
    """One stage, from the change that brought it to the one that ended it."""
    over = ended.day if ended is not None else None
    until = over.toordinal() if over is not None else snapshot.day
    behind = began.decided_by + (ended.decided_by if ended is not None else ())
    basis = evidence(snapshot, map(snapshot.visible.position_of, behind))
    return StageSpell(
        stage=began.stage,
        since=began.day,
        ended=over,
        days=until - began.day.toordinal() if began.day is not None else None,
        certain=basis.certain,
        decided_by=basis.events,
    )
