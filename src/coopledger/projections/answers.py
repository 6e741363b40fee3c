"""Answers: frozen values that a view gives, each with the events that decided it.

Common to all: ``since`` is the first day of the state or status (None: since the beginning, or
nothing is known); ``certain`` is False when an event behind the answer has a fuzzy date;
``decided_by`` holds event ids in log order.
"""

import attrs

from coopledger.dates import EdtfDate
from coopledger.dates.lazy_types import Date
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    Flag,
    InstrumentKind,
    InstrumentState,
    MeetingStatus,
    ProposalFirmness,
    ProposalStatus,
    Stage,
)
from coopledger.values import Amount, Participant, Place

__all__ = [
    "Commitment",
    "Explanation",
    "Instrument",
    "Meeting",
    "Moment",
    "Partnership",
    "Proposal",
    "Series",
    "Signature",
    "StageChange",
]


@attrs.frozen(kw_only=True)
class Instrument:
    """Where an instrument stands.

    Attributes:
        id: Its id.
        partnership: The partnership to which it belongs; None if not known then.
        kind: Its kind; None if not known then.
        title: Its title.
        parties: Its parties.
        state: Its state.
        since: The first day of the state.
        flags: Its flags, sorted.
        term_end: The last day of its current term, as recorded or as rolled on; None if
            unknown, endless, or over for another reason.
        notice_deadline: The last day on which notice stops the next tacit renewal.
        ends: The first day out of effect that a pending notice names.
        missing_signers: The parties that have still to sign, once signing has begun.
        not_ratified: The parties that have still to ratify, where that is awaited.
        supersedes: The texts that it ends once it takes effect.
        superseded_by: The instrument that took effect in its place.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    kind: InstrumentKind | None
    title: str | None
    parties: tuple[str, ...]
    state: InstrumentState
    since: Date | None
    flags: tuple[Flag, ...]
    term_end: EdtfDate | None
    notice_deadline: Date | None
    ends: Date | None
    missing_signers: tuple[str, ...]
    not_ratified: tuple[str, ...]
    supersedes: tuple[str, ...]
    superseded_by: str | None
    certain: bool
    decided_by: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Commitment:
    """Where a commitment stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        what: What is owed.
        firmness: How firmly.
        debtors: Who owes it.
        creditors: To whom.
        status: Its status; ``none`` before it was made.
        since: The first day of the status.
        flags: Its flags, sorted.
        due: The due date now.
        due_text: The due date in words that give none.
        due_meeting: The meeting on whose occasion it is due.
        days_overdue: Days past the last day of the due date, while overdue.
        late_by: Days between the first due date and its fulfilment, 0 if in time.
        late_by_rescheduled: The same for the due date as set last.
        conditions_open: The ids of conditions not met yet.
        depends_on: What it waits for that is still open.
        percent: How much is reported done, from 0 to 100.
        amount: The sum promised.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    what: str | None
    firmness: CommitmentFirmness | None
    debtors: tuple[str, ...]
    creditors: tuple[str, ...]
    status: CommitmentStatus
    since: Date | None
    flags: tuple[Flag, ...]
    due: EdtfDate | None
    due_text: str | None
    due_meeting: str | None
    days_overdue: int | None
    late_by: int | None
    late_by_rescheduled: int | None
    conditions_open: tuple[str, ...]
    depends_on: tuple[str, ...]
    percent: int | None
    amount: Amount | None
    certain: bool
    decided_by: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Proposal:
    """Where a proposal stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        instrument: The text that it is about.
        by: Who put it.
        to: To whom; the other parties of the partnership unless said.
        text: What it says.
        firmness: How firmly it is put; None while only answers to it are known.
        status: Its status; ``none`` before it was put.
        since: The first day of the status.
        due: By when an answer or a result is asked for.
        unanswered_for: Days since it was put without any answer; None once answered.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    instrument: str | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    text: str | None
    firmness: ProposalFirmness | None
    status: ProposalStatus
    since: Date | None
    due: EdtfDate | None
    unanswered_for: int | None
    certain: bool
    decided_by: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Meeting:
    """Where a meeting stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        kind: What sort of encounter, in free text.
        status: Its status; ``none`` before it was announced or held.
        since: The first day of the status.
        planned: The planned date, while one is set.
        held: The date on which it was held.
        place: Where.
        host: The party that hosts it.
        series: The series of which it is one.
        number: Its number in the series.
        within: The meeting of which it is a part.
        participants: Who was there.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    kind: str | None
    status: MeetingStatus
    since: Date | None
    planned: EdtfDate | None
    held: EdtfDate | None
    place: Place | None
    host: str | None
    series: str | None
    number: int | None
    within: str | None
    participants: tuple[Participant, ...]
    certain: bool
    decided_by: tuple[str, ...]


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
        decided_by: The events that decided the stage and the flags.
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


@attrs.frozen(kw_only=True)
class Series:
    """A series of numbered meetings.

    Attributes:
        id: Its id.
        last: The highest number held; None if none was.
        missing: Numbers not held between the lowest and the highest held.
        next: The number expected next.
        next_meeting: The meeting announced under that number, if any.
        next_host: Whose turn it is to host; None if it cannot be told.
        decided_by: The events behind the numbers held and announced.
    """

    id: str
    last: int | None
    missing: tuple[int, ...]
    next: int | None
    next_meeting: str | None
    next_host: str | None
    decided_by: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Signature:
    """A text that came to be signed by all who must.

    Attributes:
        instrument: The instrument.
        partnership: The partnership.
        kind: The kind of instrument.
        when: The date of the signature that made it complete.
        countries: The countries of its parties, ISO 3166-1 alpha-2, sorted.
        event: The id of the event.
    """

    instrument: str
    partnership: str
    kind: InstrumentKind
    when: EdtfDate
    countries: tuple[str, ...]
    event: str


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
    """

    when: EdtfDate | None
    effective: EdtfDate | None
    event: str
    type: str
    about: str
    text: str


@attrs.frozen(kw_only=True)
class Explanation:
    """Why an answer is what it is; `str` gives the sentence and the events below it.

    Attributes:
        id: What was asked about.
        sentence: The reason, as a person would say it.
        rule: The rule that matched, in the words of the reference.
        events: The events behind it, in log order, one line each.
        decided_by: Their ids.
    """

    id: str
    sentence: str
    rule: str
    events: tuple[str, ...]
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The sentence, the rule and the events, one line each."""
        return "\n".join(
            (self.sentence, f"  rule: {self.rule}", *(f"  {line}" for line in self.events))
        )
