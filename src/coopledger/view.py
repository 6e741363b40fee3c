"""View: the answers of a ledger about one day, as known at one time."""

from bisect import bisect_right
from datetime import date
from functools import cached_property, partial
from typing import Any, Self, TypeVar, Unpack

from coopledger._dates.lazy_types import Date
from coopledger._display.catalogue import ENGLISH
from coopledger._display.catalogue import words as words_of
from coopledger._facts.visible import Visible
from coopledger._fields.reading import (
    argument,
    boolean,
    identifier,
    non_negative,
    optional_argument,
    require,
    short_repr,
    text,
)
from coopledger._fields.reading import text as words_said
from coopledger._fields.words import country as country_code
from coopledger._rules.commitment import DUE_SOON_DAYS
from coopledger._rules.duty import PackQuestions
from coopledger._rules.figure import words
from coopledger._rules.stage import EXPIRING_WITHIN_DAYS
from coopledger._snapshot import Snapshot
from coopledger.answers import (
    Answers,
    CalendarEntry,
    Commitment,
    Conflict,
    Dependent,
    Difference,
    Dossier,
    Durations,
    Duty,
    Explanation,
    Figure,
    Found,
    Instrument,
    Matter,
    Meeting,
    News,
    Obstacle,
    Outcome,
    Participation,
    Partnership,
    Party,
    Person,
    Proposal,
    Series,
    Signature,
    Sourcing,
    StageChange,
    Sum,
    TextTree,
    TimelineEntry,
    Yield,
)
from coopledger.answers import agendas as _agendas
from coopledger.answers import calendars as _calendars
from coopledger.answers import chains as _chains
from coopledger.answers import commitments as _commitments
from coopledger.answers import conflicts as _conflicts
from coopledger.answers import dependents as _dependents
from coopledger.answers import differences as _differences
from coopledger.answers import dossiers as _dossiers
from coopledger.answers import durations as _durations
from coopledger.answers import duties as _duties
from coopledger.answers import explanations as _explanations
from coopledger.answers import figures as _figures
from coopledger.answers import finding as _finding
from coopledger.answers import instruments as _instruments
from coopledger.answers import matters as _matters
from coopledger.answers import meetings as _meetings
from coopledger.answers import news as _news
from coopledger.answers import obstacles as _obstacles
from coopledger.answers import outcomes as _outcomes
from coopledger.answers import participations as _participations
from coopledger.answers import parties as _parties
from coopledger.answers import partnerships as _partnerships
from coopledger.answers import people as _people
from coopledger.answers import proposals as _proposals
from coopledger.answers import sourcing as _sourcing
from coopledger.answers import stages as _stages
from coopledger.answers import sums as _sums
from coopledger.answers import timelines as _timelines
from coopledger.answers import yields as _yields
from coopledger.answers._answers import as_answers
from coopledger.answers._arguments import Ids, event_class, word
from coopledger.answers._filters import Item, Things, one
from coopledger.answers._scope import Filters
from coopledger.answers._subjects import parties_in
from coopledger.answers.titles import title
from coopledger.dates import EdtfDate, Known, day_of, edtf, end_of_day_us, to_date, to_day
from coopledger.errors import ArgumentError, UnknownIdError
from coopledger.events import Event
from coopledger.events.cooperation import OBSTRUCTED
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    Conduct,
    ConflictKind,
    DutyStatus,
    EntryKind,
    EntryState,
    Flag,
    Footing,
    InstrumentKind,
    InstrumentState,
    MeetingStatus,
    Noun,
    PartyKind,
    ProposalFirmness,
    ProposalStatus,
    Stage,
    SumsBy,
    YieldKind,
    YieldsBy,
)

__all__ = ["Filters", "View"]

UTC = "UTC"
NO_VIEW = "is no view: ask Ledger.view for one"

E = TypeVar("E", bound=Event)


class View:
    """Answers about one day, as known at one time; given by `Ledger.view`.

    A view never changes when the ledger grows. Lists come in the order in which things were
    first recorded, unless said otherwise; a filter that is not given keeps everything.

    An id that the ledger does not hold raises `UnknownIdError`, with the nearest id or with the
    kind of thing that has this id. An id that was not known at the time asked about, or not
    there yet on the day, has the status ``none``. A word, date or country (ISO 3166-1 alpha-2)
    that cannot be read raises `ArgumentError`.

    Attributes:
        on: The day asked about.
        hindsight: Whether acts after the day count when their effect reaches back to it.
        position: The last position that was known.
        known_at: The day or instant up to which that is, as asked; None where all counts.
    """

    def __init__(  # noqa: PLR0913 - all that a view needs to know of its ledger
        self,
        snapshot: Snapshot,
        *,
        now: Visible,
        hindsight: bool,
        questions: PackQuestions,
        zone: str = UTC,
        known: Known | None = None,
    ) -> None:
        """Make the view of a ledger; use `Ledger.view` instead."""
        self._snapshot = snapshot
        self._questions = questions
        self.hindsight: bool = hindsight
        self.position: int = snapshot.visible.up_to
        self.known_at: str | None = known.text if known else None
        self._known, self._zone = known, zone
        self._ids = Ids(then=snapshot.visible, now=now)

    def __repr__(self) -> str:
        """Show the day, the position and the hindsight, and the events left out, if any."""
        left_out = ", ".join(map(repr, self._snapshot.visible.left_out))
        without = f".without({left_out})" if left_out else ""
        return f"View(on={self.on}, position={self.position}, hindsight={self.hindsight}){without}"

    def __str__(self) -> str:
        """Return the board, as a page."""
        from coopledger.render import board

        return board(self)

    def _repr_html_(self) -> str:
        """Return the board, as a notebook shows it."""
        # A program without a notebook never loads it.
        from coopledger.render.notebook import board_html

        return board_html(self)

    @property
    def on(self) -> Date:
        """Return the day asked about."""
        return to_date(self._snapshot.ordinal)

    def title(self, id: str, *, us: str | None = None, language: str = ENGLISH) -> str:
        """Return the words by which people know a party or thing: a name, a title, its text.

        What has none, and what is not known then, has its id.

        Args:
            id: Its id.
            us: A party, whose own name is left out of those of a partnership.
            language: ``en``, ``fr`` or ``vi``, for what is no word of the record: of a text
                without a title its kind.
        """
        us = self._ids.if_given(Noun.PARTY, us, argument="us")
        _, name = self._ids.noun(id, tuple(Noun))
        return title(self._snapshot, name, us=us, said=words_of(language))

    # One thing, by its id.

    def partnership(self, id: str, *, with_children: bool = False) -> Partnership:
        """Return the stage, the flags and the instruments of a partnership.

        Args:
            id: Its id.
            with_children: Count what belongs to the partnerships below it as its own.
        """
        snapshot = self._with_children(wanted=with_children)
        return one(snapshot, _partnerships.PARTNERSHIPS, self._ids.known(Noun.PARTNERSHIP, id))

    def stage_history(
        self, partnership: str, *, with_children: bool = False
    ) -> Answers[StageChange]:
        """Return every change of the partnership's stage up to the day, in order of days.

        With children, what belongs to the partnerships below it counts as its own.
        """
        snapshot = self._with_children(wanted=with_children)
        name = self._ids.known(Noun.PARTNERSHIP, partnership, argument="partnership")
        return _stages.stage_history(snapshot, name).titled(self.title)

    def durations(self, partnership: str, *, with_children: bool = False) -> Durations:
        """Return how long a partnership took to its first signature, and was at each stage.

        Contact and signature are counted by the date of the act, stages by the day from which
        an act counts, as in `stage_history`. With children, what belongs to the partnerships
        below it counts as its own.
        """
        snapshot = self._with_children(wanted=with_children)
        name = self._ids.known(Noun.PARTNERSHIP, partnership, argument="partnership")
        return _durations.durations(snapshot, name)

    def timeline(self, partnership: str, *, with_children: bool = False) -> Answers[TimelineEntry]:
        """Return everything about a partnership that counts by the day, in order of effect.

        With children, what belongs to the partnerships below it counts as its own.
        """
        snapshot = self._with_children(wanted=with_children)
        name = self._ids.known(Noun.PARTNERSHIP, partnership, argument="partnership")
        return _timelines.timeline(snapshot, name).titled(self.title)

    def instrument(self, id: str) -> Instrument:
        """Return the state, the term and the signers of an instrument."""
        return self._one(_instruments.INSTRUMENTS, id)

    def participations(self, instrument: str) -> Answers[Participation]:
        """Return what each party of an instrument did under it, and since when it is bound.

        Those that left come too; of one that came back, its present spell.

        Raises:
            UnknownIdError: The id names no instrument known then.
        """
        name = self._ids.known(Noun.INSTRUMENT, instrument, argument="instrument")
        return _participations.participations(self._snapshot, name).titled(self.title)

    def texts_of(self, instrument: str) -> TextTree:
        """Return the texts that came after an instrument, as a tree that prints as a page.

        Below each text are those that change it by the day, and those that are registered to
        prolong it, carry it out, replace it or end with it; each text stands there once.
        """
        name = self._ids.known(Noun.INSTRUMENT, instrument, argument="instrument")
        return _chains.texts_of(self._snapshot, name)

    def commitment(self, id: str) -> Commitment:
        """Return the status and the due date of a commitment, and who owes it to whom."""
        return self._one(_commitments.COMMITMENTS, id)

    def proposal(self, id: str) -> Proposal:
        """Return the status of a proposal, and who put it to whom."""
        return self._one(_proposals.PROPOSALS, id)

    def meeting(self, id: str) -> Meeting:
        """Return the status of a meeting, with its date, place and participants."""
        return self._one(_meetings.MEETINGS, id)

    def series(self, id: str) -> Series:
        """Return the numbers held in a series of meetings, those missing, and the next one."""
        try:
            return _meetings.series(self._snapshot, argument("id", identifier, id))
        except UnknownIdError:
            raise self._ids.unknown_series(id) from None

    def party(self, id: str) -> Party:
        """Return who a party is, under the name that it has on the day."""
        return _parties.party(self._snapshot, self._ids.known(Noun.PARTY, id))

    # Lists.

    def partnerships(
        self,
        *,
        stage: Stage | str | None = None,
        flag: Flag | str | None = None,
        conduct: Conduct | str | None = None,
        unheard_days: int | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Partnership]:
        """Return the partnerships known then, by stage, flag, conduct, silence and more.

        Args:
            stage: At this stage.
            flag: With this flag.
            conduct: With this conduct of their liveliest text in effect.
            unheard_days: Not ended, and nobody was heard for at least so many days, or ever.
            **filters: The filters of every list: `Filters`.
        """
        return _partnerships.partnerships(
            self._snapshot,
            scope=self._ids.scope("partnerships", filters),
            stage=word(Stage, "stage", stage),
            flag=word(Flag, "flag", flag),
            conduct=word(Conduct, "conduct", conduct),
            unheard_days=optional_argument("unheard_days", non_negative, unheard_days),
        ).titled(self.title)

    def instruments(  # noqa: PLR0913 - every filter is optional and named
        self,
        *,
        state: InstrumentState | str | None = None,
        flag: Flag | str | None = None,
        kind: InstrumentKind | str | None = None,
        conduct: Conduct | str | None = None,
        incomplete: bool = False,
        without_document: bool = False,
        without_yield: bool = False,
        **filters: Unpack[Filters],
    ) -> Answers[Instrument]:
        """Return the instruments known then, by state, flag, kind and more.

        In force, and nothing was ever done under it: ``state="in_force", without_yield=True``.

        Args:
            state: In this state.
            flag: With this flag.
            kind: Of this kind.
            conduct: With this conduct: in force and ``given_up`` are the texts to end.
            incomplete: Only those that a party has still to sign, or to ratify where that is
                awaited.
            without_document: Only those of which no act gives a document.
            without_yield: Only those of which nobody reported by the day what was done under them.
            **filters: The filters of every list, such as ``partnership`` or ``party``: `Filters`.
        """
        incomplete = argument("incomplete", boolean, incomplete)
        return _instruments.instruments(
            self._snapshot,
            scope=self._ids.scope("instruments", filters),
            state=word(InstrumentState, "state", state),
            flag=word(Flag, "flag", flag),
            kind=word(InstrumentKind, "kind", kind),
            conduct=word(Conduct, "conduct", conduct),
            incomplete=incomplete,
            without_document=argument("without_document", boolean, without_document),
            without_yield=argument("without_yield", boolean, without_yield),
        ).titled(self.title)

    def expiring(  # noqa: PLR0913 - every filter is optional and named
        self,
        *,
        within_days: int = EXPIRING_WITHIN_DAYS,
        undecided: bool = False,
        state: InstrumentState | str | None = None,
        flag: Flag | str | None = None,
        kind: InstrumentKind | str | None = None,
        conduct: Conduct | str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Instrument]:
        """Return the instruments whose term or notice ends within the days, soonest first.

        Only instruments in effect are listed, also those that will renew themselves tacitly, and
        those that end with another text, with the flag ``following``.

        Args:
            within_days: How many days from the day asked about; both ends count.
            undecided: Only those whose end is their own, of which nobody decided what becomes of
                them then, and nobody gave notice.
            state: In this state.
            flag: With this flag.
            kind: Of this kind.
            conduct: With this conduct.
            **filters: The filters of every list: `Filters`.
        """
        every = _instruments.instruments(
            self._snapshot,
            scope=self._ids.scope("expiring", filters),
            state=word(InstrumentState, "state", state),
            flag=word(Flag, "flag", flag),
            kind=word(InstrumentKind, "kind", kind),
            conduct=word(Conduct, "conduct", conduct),
        )
        return _instruments.expiring(
            self._snapshot,
            every,
            within_days=argument("within_days", non_negative, within_days),
            undecided=argument("undecided", boolean, undecided),
        ).titled(self.title)

    def signatures(
        self,
        *,
        period: str | EdtfDate | None = None,
        kind: InstrumentKind | str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Signature]:
        """Return the texts that came to be signed by all who must sign, by date.

        Args:
            period: Of texts whose whole date is within it: one signed in ``2007`` is counted for
                2007, and not for its first half.
            kind: Of texts of this kind.
            **filters: The filters of every list, for the texts: `Filters`.
        """
        return _instruments.signatures(
            self._snapshot,
            scope=self._ids.scope("signatures", filters),
            period=optional_argument("period", edtf, period),
            kind=word(InstrumentKind, "kind", kind),
        ).titled(self.title)

    def commitments(  # noqa: PLR0913 - every filter is optional and named
        self,
        *,
        debtor: str | None = None,
        creditor: str | None = None,
        status: CommitmentStatus | str | None = None,
        flag: Flag | str | None = None,
        firmness: CommitmentFirmness | str | None = None,
        late: bool = False,
        conditions_met: bool = False,
        open: bool | None = True,  # noqa: A002 - the word of the domain
        **filters: Unpack[Filters],
    ) -> Answers[Commitment]:
        """Return the commitments made by then, the oldest first.

        What do we owe: ``debtor=us``. What are we waiting for: ``creditor=us``.

        Args:
            debtor: Owed by this party; of what is open, with its part still to do.
            creditor: Owed to this party.
            status: In this status, open or closed.
            flag: With this flag.
            firmness: Of this firmness.
            late: Fulfilled after the first due date; closed ones are looked at too.
            conditions_met: Still open, and made on conditions all of which are met.
            open: True for the open ones, False for the closed, None for all; not looked at
                where ``status`` or ``late`` is given.
            **filters: The filters of every list, a party being on either side: `Filters`.
        """
        debtor = self._ids.if_given(Noun.PARTY, debtor, argument="debtor")
        creditor = self._ids.if_given(Noun.PARTY, creditor, argument="creditor")
        return _commitments.commitments(
            self._snapshot,
            scope=self._ids.scope("commitments", filters),
            debtor=debtor,
            creditor=creditor,
            status=word(CommitmentStatus, "status", status),
            flag=word(Flag, "flag", flag),
            firmness=word(CommitmentFirmness, "firmness", firmness),
            late=argument("late", boolean, late),
            is_open=optional_argument("open", boolean, open),
            conditions_met=argument("conditions_met", boolean, conditions_met),
        ).titled(self.title)

    def sums(
        self,
        *,
        by: SumsBy | str | None = None,
        debtor: str | None = None,
        creditor: str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Sum]:
        """Return what was promised, paid and is outstanding, one row for each currency.

        Args:
            by: A row for each creditor, debtor or partnership besides; several that owe
                something together, or are owed it, are one row.
            debtor: Owed by this party.
            creditor: Owed to this party.
            **filters: The filters of every list, a party being on either side: `Filters`.
        """
        debtor = self._ids.if_given(Noun.PARTY, debtor, argument="debtor")
        creditor = self._ids.if_given(Noun.PARTY, creditor, argument="creditor")
        return _sums.sums(
            self._snapshot,
            by=word(SumsBy, "by", by),
            scope=self._ids.scope("sums", filters),
            debtor=debtor,
            creditor=creditor,
        ).titled(self.title)

    def agenda(
        self,
        *,
        within_days: int = DUE_SOON_DAYS,
        status: CommitmentStatus | str | None = None,
        flag: Flag | str | None = None,
        firmness: CommitmentFirmness | str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Commitment]:
        """Return the open commitments overdue or due within the days, most urgent first.

        From the day of its ``ask_again`` on a commitment is there too; `asking_again` lists all
        that is to be asked again.

        Args:
            within_days: How many days from the day asked about.
            status: In this status.
            flag: With this flag.
            firmness: Of this firmness.
            **filters: The filters of every list: `Filters`.
        """
        return _agendas.agenda(
            self._snapshot,
            within_days=argument("within_days", non_negative, within_days),
            scope=self._ids.scope("agenda", filters),
            status=word(CommitmentStatus, "status", status),
            flag=word(Flag, "flag", flag),
            firmness=word(CommitmentFirmness, "firmness", firmness),
        ).titled(self.title)

    def asking_again(
        self,
        *,
        within_days: int = 0,
        noun: Noun | str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Matter]:
        """Return what to ask about again: commitments, proposals, meetings and instruments.

        A thing is listed from the day of its ``ask_again`` on, until a reminder, an answer or its
        end; the longest awaited first.

        Args:
            within_days: Also what is to be asked about again within so many days.
            noun: Only things that are this, such as ``proposal``.
            **filters: The filters of every list: `Filters`.
        """
        return _matters.asking_again(
            self._snapshot,
            within_days=argument("within_days", non_negative, within_days),
            noun=word(Noun, "noun", noun),
            scope=self._ids.scope("asking_again", filters),
        ).titled(self.title)

    def calendar(
        self,
        *,
        past_days: int = _calendars.PAST_DAYS,
        kind: EntryKind | str | None = None,
        noun: Noun | str | None = None,
        state: EntryState | str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[CalendarEntry]:
        """Return the days of what is pending, the earliest first: what an office notes in advance.

        That are due dates, meetings, sessions of series, answers awaited, ends of terms, last days
        for notice, and when to ask again. What is open is there however late it is; what is done
        or cancelled, a meeting and a day for notice, while the day lies no further back than
        ``past_days``. A date without a last day has no entry.

        `coopledger.calendar` makes a file of them.

        Args:
            past_days: For how many days what is over stays.
            kind: Of this kind, such as ``term_ends``.
            noun: Of things that are this, such as ``meeting``.
            state: In this state, such as ``open``.
            **filters: The filters of every list: `Filters`.
        """
        return _calendars.calendar(
            self._snapshot,
            past_days=argument("past_days", non_negative, past_days),
            kind=word(EntryKind, "kind", kind),
            noun=word(Noun, "noun", noun),
            state=word(EntryState, "state", state),
            scope=self._ids.scope("calendar", filters),
        ).titled(self.title)

    def unassigned(
        self, *, noun: Noun | str | None = None, **filters: Unpack[Filters]
    ) -> Answers[Matter]:
        """Return what nobody of us sees to.

        That are open commitments, proposals that wait for an answer, and instruments of which
        somebody has to decide whether they go on.

        Args:
            noun: Only things that are this, such as ``instrument``.
            **filters: The filters of every list: `Filters`.
        """
        return _matters.unassigned(
            self._snapshot,
            noun=word(Noun, "noun", noun),
            scope=self._ids.scope("unassigned", filters),
        ).titled(self.title)

    def proposals(  # noqa: PLR0913 - every filter is optional and named
        self,
        *,
        status: ProposalStatus | str | None = None,
        firmness: ProposalFirmness | str | None = None,
        flag: Flag | str | None = None,
        by: str | None = None,
        to: str | None = None,
        waiting_days: int | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Proposal]:
        """Return the proposals put by then, by status, firmness, parties and waiting.

        Args:
            status: In this status.
            firmness: Of this firmness.
            flag: With this flag.
            by: Put by this party.
            to: Put to this party.
            waiting_days: Still open, and without an act on it for at least so many days; a wish
                waits for no answer.
            **filters: The filters of every list, a party being on either side: `Filters`.
        """
        by = self._ids.if_given(Noun.PARTY, by, argument="by")
        to = self._ids.if_given(Noun.PARTY, to, argument="to")
        return _proposals.proposals(
            self._snapshot,
            scope=self._ids.scope("proposals", filters),
            by=by,
            to=to,
            waiting_days=optional_argument("waiting_days", non_negative, waiting_days),
            status=word(ProposalStatus, "status", status),
            firmness=word(ProposalFirmness, "firmness", firmness),
            flag=word(Flag, "flag", flag),
        ).titled(self.title)

    def meetings(
        self,
        *,
        status: MeetingStatus | str | None = None,
        kind: str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Meeting]:
        """Return the meetings announced or held by then.

        They come by date, held or planned, the earliest first: before all, those held on a day
        that is not known; those without a date come last.

        Args:
            status: In this status.
            kind: Of this kind, in whatever case.
            **filters: The filters of every list; a party is one of the partnership, the host, or
                one for which somebody took part: `Filters`.
        """
        return _meetings.meetings(
            self._snapshot,
            scope=self._ids.scope("meetings", filters),
            status=word(MeetingStatus, "status", status),
            kind=optional_argument("kind", text, kind),
        ).titled(self.title)

    def obstacles(
        self,
        *,
        lies_with: str | None = None,
        subject: str | None = None,
        open: bool | None = True,  # noqa: A002 - the word of the domain
        **filters: Unpack[Filters],
    ) -> Answers[Obstacle]:
        """Return what stands in the way of things, the oldest first.

        Args:
            lies_with: Of which the next move is up to this party, or to whom these words name.
            subject: In the way of this instrument, commitment, proposal or partnership.
            open: True for those not removed, False for the others, None for all.
            **filters: The filters of every list, by what they stand in the way of: `Filters`.
        """
        name = self._ids.noun(subject, OBSTRUCTED)[1] if subject is not None else None
        return _obstacles.obstacles(
            self._snapshot,
            lies_with=optional_argument("lies_with", text, lies_with),
            subject=name,
            is_open=optional_argument("open", boolean, open),
            scope=self._ids.scope("obstacles", filters),
        ).titled(self.title)

    def parties(
        self, *, kind: PartyKind | str | None = None, **filters: Unpack[Filters]
    ) -> Answers[Party]:
        """Return the parties known then.

        Args:
            kind: Of this kind.
            **filters: The filters of every list; a party is itself, belongs to the partnerships
                to which it is a party, and is in the hands of who sees to one of them: `Filters`.
        """
        every = _parties.parties(self._snapshot, kind=word(PartyKind, "kind", kind))
        scope = self._ids.scope("parties", filters)
        return parties_in(self._snapshot, every, scope).titled(self.title)

    # People and words.

    def person(self, name: str) -> Person:
        """Return a person's meetings and posts by the day, signatures, and what they see to.

        Case and diacritics make no difference: ``zhao xinli`` is Zhao Xinli.

        Raises:
            UnknownIdError: Nobody of that name took part by then; with the nearest name.
        """
        return _people.person(self._snapshot, argument("name", text, name))

    def people(self, **filters: Unpack[Filters]) -> Answers[Person]:
        """Return the people who took part by the day, in the order in which they were first named.

        Args:
            **filters: The filters of every list; a party, or one of a country, is one for which
                they took part at some time; the others are of things in which they did so, or
                that they are responsible for: `Filters`.
        """
        scope = self._ids.scope("people", filters)
        return _people.people(self._snapshot, scope=scope).titled(self.title)

    def find(
        self,
        text: str,
        *,
        noun: Noun | str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Found]:
        """Return the things about which the words were said, in the order of the first time.

        Looked at are names, titles, texts, notes, topics, tags, places and people, as corrected,
        whatever their case and diacritics: ``hue`` finds ``Huế``. Each word is the beginning of
        a word, and one event says all of them.

        Args:
            text: The words.
            noun: Only things that are this, such as ``meeting``.
            **filters: The filters of every list; a party is what it is a party to, and itself:
                `Filters`.

        Raises:
            ArgumentError: The text has no letter or digit, or another argument cannot be used.
        """
        return _finding.find(
            self._snapshot,
            argument("text", words_said, text),
            noun=word(Noun, "noun", noun),
            scope=self._ids.scope("find", filters),
        ).titled(self.title)

    # Reports and reasons.

    def figures(
        self,
        *,
        period: str | EdtfDate | None = None,
        measure: str | None = None,
        kind: InstrumentKind | str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Figure]:
        """Return the figures reported by then, each with what is recorded of the same.

        A figure is never counted as facts. It is compared with what is wholly within its
        period; a figure about a partnership, with what belongs to it or to one below it, or is
        between one of its parties and a partner that the figure names.

        Args:
            period: For a time that is wholly within this period.
            measure: Words that the measure has, all of them, such as ``signed``.
            kind: That say that they count texts of this kind.
            **filters: The filters of every list: `Filters`.
        """
        return _figures.figures(
            self._snapshot,
            scope=self._ids.scope("figures", filters),
            period=optional_argument("period", edtf, period),
            words_of_measure=words(optional_argument("measure", text, measure) or ""),
            kind=word(InstrumentKind, "kind", kind),
        ).titled(self.title)

    def yields(
        self,
        *,
        instrument: str | None = None,
        period: str | EdtfDate | None = None,
        kind: YieldKind | str | None = None,
        by: YieldsBy | str = YieldsBy.KIND,
        **filters: Unpack[Filters],
    ) -> Answers[Yield]:
        """Return what was done by then, as reports of implementation say, summed up by kind.

        Every report is counted as it was said. What disagrees stands beside the sum: other
        sources, two reports of the same thing and period, and figures reported of a partnership
        where nothing but that is asked for.

        Args:
            instrument: Under this text.
            period: In what is wholly within this period: of a report without a period the date
                of the act counts.
            kind: Of this kind, such as ``visit``.
            by: ``kind``, ``direction``, ``instrument`` or ``partnership``.
            **filters: The filters of every list, by the text or the partnership that a report is
                about: `Filters`.
        """
        return _yields.yields(
            self._snapshot,
            scope=self._ids.scope("yields", filters),
            kind=word(YieldKind, "kind", kind),
            instrument=self._ids.if_given(Noun.INSTRUMENT, instrument, argument="instrument"),
            period=optional_argument("period", edtf, period),
            by=word(YieldsBy, "by", by) or YieldsBy.KIND,
        ).titled(self.title)

    def conflicts(
        self,
        event_id: str | None = None,
        *,
        kind: ConflictKind | str | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Conflict]:
        """Return where sources disagree by then, in the log order of the events in question.

        A conflict is a fact that another source disputes, a declared state or conduct that is not
        the one derived for its day, one that is declared in a word that the ledger does not use
        for such a thing, or a reported figure that does not agree with itself or with another of
        the same measure and period. Every alternative is listed, also one that a correction has
        adopted since.

        Args:
            event_id: Only those in which this event is in question, or says otherwise.
            kind: Of this kind, such as ``disputed``.
            **filters: The filters of every list, by what the event in question is about: `Filters`.
        """
        name = optional_argument("event_id", identifier, event_id)
        if name is not None:
            self._ids.event(name, argument="event_id")
        return _conflicts.conflicts(
            self._snapshot,
            name,
            kind=word(ConflictKind, "kind", kind),
            scope=self._ids.scope("conflicts", filters),
        ).titled(self.title)

    def sourcing(
        self,
        *,
        basis: Footing | str | None = None,
        sources: int | None = None,
        **filters: Unpack[Filters],
    ) -> Answers[Sourcing]:
        """Return on which sources each act rests that counts by then, in log order.

        Registrations and notes need no source, and are listed where they have one.

        Facts that rest on one press report: ``basis="press", sources=1``.

        Args:
            basis: Those that rest on it alone: ``unstated`` where no source says what it is,
                ``none`` where there is no source; with ``inferred``, also those of which the
                recorder inferred a field.
            sources: Those that so many different sources say.
            **filters: The filters of every list, by what an act is about: `Filters`.
        """
        return _sourcing.sourcing(
            self._snapshot,
            basis=word(Footing, "basis", basis),
            number=optional_argument("sources", non_negative, sources),
            scope=self._ids.scope("sourcing", filters),
        ).titled(self.title)

    def dossier(self, *, party: str | None = None, country: str | None = None) -> Dossier:
        """Return everything about a party and those below it, or about a country, with sources.

        Args:
            party: The party.
            country: ISO 3166-1 alpha-2: every party of the country, by itself or through the
                one above it.

        Raises:
            ArgumentError: Neither is given, or both are.
        """
        if party is not None and country is None:
            name = self._ids.known(Noun.PARTY, party, argument="party")
            return _dossiers.dossier_of_party(self._snapshot, name)
        if country is not None and party is None:
            letters = argument("country", country_code, country)
            return _dossiers.dossier_of_country(self._snapshot, letters)
        remedy = f"and country={short_repr(country)}: give exactly one of the two"
        raise ArgumentError("party", short_repr(party), remedy)

    def outcomes(self, meeting: str) -> Answers[Outcome]:
        """Return what came out of a meeting and those within it, in order of effect.

        Listed is every act that took place there by the day: what was signed, promised,
        proposed, answered and said, each with its state on the day.
        """
        name = self._ids.known(Noun.MEETING, meeting, argument="meeting")
        return _outcomes.outcomes(self._snapshot, name).titled(self.title)

    def dependents(self, id: str) -> Answers[Dependent]:
        """Return the things that depend on one, directly or through others, the nearest first.

        The id is of a meeting, commitment, proposal, instrument or partnership. Each dependent
        is listed once, by its shortest way, open or closed, with the status that it has and the
        one that it would have if the thing were cancelled. That is what the rules give, had the
        cancellation (of a proposal the withdrawal, of a text the termination or the end of its
        talks) been recorded on the day.
        """
        noun, name = self._ids.noun(id, _dependents.CANCELLATIONS)
        return _dependents.dependents(self._snapshot, noun, name).titled(self.title)

    def explain(self, id: str) -> Explanation:
        """Return the events and the rule behind a stage, state or status.

        The id is of a partnership, instrument, commitment, proposal or meeting.
        """
        noun, name = self._ids.noun(id, _explanations.REASONS)
        return _explanations.explain(self._snapshot, noun, name)

    # Another view.

    def compare(
        self, other: Self, *, noun: Noun | str | None = None, **filters: Unpack[Filters]
    ) -> Answers[Difference]:
        """Return what changed from this view to the other, and because of which events.

        The views may differ in the day, in what was known, in hindsight and in events left out.
        Partnerships come first, then instruments, commitments, proposals, meetings and parties:
        of each, in the order of the lists, the things that this view knows, and then those that
        appeared. A thing that only one of the views knows is one difference; otherwise each
        field that differs is one. Days that merely went by, such as ``days_overdue``, are
        passed over.

        Args:
            other: The other view.
            noun: Only of things that are this, such as ``instrument``.
            **filters: The filters of every list, for what is so in one of the views: `Filters`.

        Raises:
            ArgumentError: The other is no view, or one of another ledger.
        """
        argument("other", partial(require, kind=View, remedy=NO_VIEW), other)
        if not self._snapshot.visible.is_of_same_log(other._snapshot.visible):
            raise ArgumentError("other", short_repr(other), "is a view of another ledger")
        return _differences.compare(
            self._snapshot,
            other._snapshot,
            noun=word(Noun, "noun", noun),
            scope=self._ids.scope("compare", filters),
        ).titled(self.title)

    def news(self, since: str | date | EdtfDate | int, **filters: Unpack[Filters]) -> News:
        """Return what is new since a day or a position, in one call: a nightly reminder.

        It compares the view with that of the earlier day, as known at its end: what became due,
        overdue, expired, renewed and dormant, what was recorded, and every difference. Of a usual
        view it costs what changed: only that is looked at, once the answers of today are kept.

        Args:
            since: A day, of which the end counts, in the ledger's zone; or a position, which stands
                for the day on which that event was recorded.
            **filters: The filters of every list, for what is so now or was so then: `Filters`.

        Raises:
            ArgumentError: It is neither, or comes after this view.
        """
        day, position = self._earlier(since)
        visible = self._snapshot.visible.at(position)
        old = Snapshot(visible, day=day, hindsight=self.hindsight)
        scope = self._ids.scope("news", filters)
        return _news.news(old, self._snapshot, title=self.title, scope=scope)

    def without(self, *event_ids: str) -> Self:
        """Return the same view, had those events not been recorded.

        What was recorded about them goes with them: corrections, retractions, sources and
        disputes. Leaving out a retraction or a correction brings back what it took away. What
        only a left-out event brought into the ledger has the status ``none``.
        """
        positions = [self._ids.event(name, argument="event_ids") for name in event_ids]
        visible = self._snapshot.visible.without_trace(*positions)
        snapshot = Snapshot(visible, day=self._snapshot.ordinal, hindsight=self.hindsight)
        return type(self)(
            snapshot,
            now=self._ids.now,
            hindsight=self.hindsight,
            questions=self._questions,
            zone=self._zone,
            known=self._known,
        )

    # Questions of your own.

    def events(self, kind: type[E], **filters: Unpack[Filters]) -> Answers[E]:
        """Return the events of a class that count by the day, as corrected, in order of effect.

        Args:
            kind: The class: ``events.Event`` asks for all of them.
            **filters: The filters of every list, by what an event is about: `Filters`.

        Raises:
            ArgumentError: The kind is no class of events.
        """
        scope = self._ids.scope("events", filters)
        return _timelines.events_of(self._snapshot, event_class(kind), scope=scope)

    def duties(
        self,
        *,
        status: DutyStatus | str | None = None,
        flag: Flag | str | None = None,
        within_days: int = DUE_SOON_DAYS,
        **filters: Unpack[Filters],
    ) -> Answers[Duty]:
        """Return what the rules of the ledger's packs require of parties, soonest due first.

        Without a pack there are none.

        Args:
            status: In this status.
            flag: With this flag.
            within_days: Due dates within the days are soon.
            **filters: The filters of every list; a party is one that must do it, or one of what
                it is about: `Filters`.

        Raises:
            UnknownIdError: A rule names an id that the ledger does not hold.
        """
        obligations = (
            self._ids.obligation(each) for rule in self._questions.duties for each in rule(self)
        )
        return _duties.duties(
            self._snapshot,
            obligations,
            horizon=argument("within_days", non_negative, within_days),
            status=word(DutyStatus, "status", status),
            flag=word(Flag, "flag", flag),
            scope=self._ids.scope("duties", filters),
        ).titled(self.title)

    def query(self, name: str, /, **arguments: Any) -> Any:  # noqa: ANN401 - the pack types it
        """Return what a projection of a pack answers, asked by its name.

        Raises:
            ArgumentError: No pack of the ledger has such a projection; with the nearest name.
        """
        projection = self._questions.projection(argument("name", identifier, name))
        return as_answers(projection(self, **arguments))

    def _earlier(self, since: str | date | EdtfDate | int) -> tuple[int, int]:
        """Return the day and the position that are meant by one of the two."""
        visible, today = self._snapshot.visible, self._snapshot.ordinal
        if isinstance(since, int):
            position = argument("since", non_negative, since)
            is_after = position > self.position
            is_first = is_after or not position
            day = today if is_first else day_of(visible.recorded_us(position), self._zone)
        else:
            day = argument("since", to_day, since)
            end = end_of_day_us(day, self._zone)
            position = bisect_right(range(1, self.position + 1), end, key=visible.recorded_us)
            is_after = day > today
        if is_after:
            remedy = f"comes after this view, of {self.on} and position {self.position}"
            raise ArgumentError("since", short_repr(since), remedy)
        return min(day, today), position

    def _one(self, things: Things[Item], name: str) -> Item:
        """Return the answer about the thing with the id, if the ledger holds it."""
        return one(self._snapshot, things, self._ids.known(things.noun, name))

    def _with_children(self, *, wanted: bool) -> Snapshot:
        """Return the snapshot, in which the contents of children count for parents if wanted."""
        return self._families if argument("with_children", boolean, wanted) else self._snapshot

    @cached_property
    def _families(self) -> Snapshot:
        """Return the snapshot in which the contents of children count for parents too."""
        return self._snapshot.with_children()
