"""Answers about how long things took."""

import attrs

from coopledger.dates.lazy_types import Date
from coopledger.projections.answers.wording import days, line, listed, mark, said, spoken
from coopledger.terms import Stage

__all__ = ["Durations", "StageSpell"]


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
        about = mark(certain=self.certain)
        return line(
            spoken(self.stage),
            said("since ", self.since, about) or "from the beginning",
            said("until ", self.ended, about) or "so far",
            said("", days(self.days), about),
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
        about = mark(certain=self.certain)
        stages = (_lasted(spell) for spell in self.spells if spell.days is not None)
        return line(
            self.partnership,
            said("first contact ", self.first_contact, about) or "no contact recorded",
            said("first signature ", self.first_signature, about),
            said("", days(self.days_to_signature), f"{about} between"),
            said("days at each stage: ", listed(stages)),
        )


def _lasted(spell: StageSpell) -> str:
    """The stage and its days."""
    so_far = "" if spell.ended else " so far"
    return f"{spoken(spell.stage)} {spell.days}{mark(certain=spell.certain)}{so_far}"
