"""Answers about partnerships, their stages and their timelines."""

import attrs

from coopledger.dates import EdtfDate
from coopledger.dates.lazy_types import Date
from coopledger.projections.answers.instruments import Instrument
from coopledger.projections.answers.wording import line, listed, said, spoken, standing
from coopledger.terms import Flag, Stage
from coopledger.values import Source

__all__ = ["Moment", "Partnership", "StageChange"]


@attrs.frozen(kw_only=True)
class Partnership:
    """Where a partnership stands.

    Attributes:
        id: Its id.
        parties: Its parties on the day.
        scope: What it is about.
        parent: The partnership to which it belongs.
        owner: Who follows it up.
        stage: Its stage.
        since: The first day of the stage.
        flags: Its flags, sorted.
        instruments: All its instruments, in the order of their recording.
        last_activity: The last day on which the parties did something.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided the stage, the day since when, and the flags.
    """

    id: str
    parties: tuple[str, ...]
    scope: str | None
    parent: str | None
    owner: str | None
    stage: Stage
    since: Date | None
    flags: tuple[Flag, ...]
    instruments: tuple[Instrument, ...]
    last_activity: Date | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Its stage, its instruments, its last activity and its flags, on one line."""
        texts = (f"{item.id} {spoken(item.state)}" for item in self.instruments)
        return line(
            self.id,
            standing(self.stage, self.since, certain=self.certain),
            listed(texts),
            said("last activity ", self.last_activity),
            *map(spoken, self.flags),
        )


@attrs.frozen(kw_only=True)
class StageChange:
    """From a day on, a partnership is at a stage.

    Attributes:
        day: The first day; None for the beginning.
        stage: The stage.
        decided_by: The event that brought it there.
    """

    day: Date | None
    stage: Stage
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The day and the stage."""
        return line(str(self.day or "from the beginning"), spoken(self.stage))


@attrs.frozen(kw_only=True)
class Moment:
    """One line of a timeline.

    Attributes:
        when: The date of the act, as recorded.
        effective: The date from which it counts, where that differs.
        event: The id of the event.
        type: The type of the event.
        about: The id of what it is about.
        text: What happened, in words.
        sources: Where it comes from, sources added later among them.
    """

    when: EdtfDate | None
    effective: EdtfDate | None
    event: str
    type: str
    about: str
    text: str
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        """The date, the act, what it is about, in which words, on one line."""
        act = f"{self.type} {self.about} ({self.event})"
        return line(
            str(self.when or "undated"), act, said("counts from ", self.effective), self.text
        )
