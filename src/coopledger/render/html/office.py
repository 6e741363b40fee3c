"""Office whose pages are made: what its view answers, gathered once, in the words of a language."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, TypeVar

from coopledger._display.catalogue import Words, words
from coopledger._display.countries import country_name
from coopledger._display.day_words import DayWords, day_words
from coopledger.answers import (
    Commitment,
    Instrument,
    Meeting,
    Obstacle,
    Partnership,
    Party,
    Proposal,
)
from coopledger.answers._clauses import Writing, for_people
from coopledger.answers._wording import label
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import FieldError, UnknownIdError
from coopledger.events import Event
from coopledger.render.html.asking import Asking
from coopledger.render.series import SeriesOf, all_series
from coopledger.render.urgency import urgency
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    Footing,
    InstrumentKind,
    InstrumentState,
    MeetingStatus,
    ProposalFirmness,
    ProposalStatus,
    Stage,
)

Thing = TypeVar("Thing", Commitment, Meeting, Obstacle, Proposal)


class Side(StrEnum):
    """Sides that owe a promise, seen from the reader's organisation."""

    WE = "we_owe"
    THEY = "they_owe"
    BOTH = "both_owe"
    OTHERS = "owes"


class Said(NamedTuple):
    """Date in words, and in EDTF where it is one."""

    text: str
    edtf: str = ""


class Office:
    """Answers of one view for one reader.

    Attributes:
        view: The view asked.
        us: The party of the reader, if any.
        words: The words of the language.
        days: The manner in which it writes dates.
        today: The day asked about, as an ordinal.
        timezone: The zone in which the days of recording are told.
    """

    def __init__(self, view: Asking, *, us: str | None, language: str, timezone: str) -> None:
        """Ask nothing yet, but who the reader is.

        Raises:
            UnknownIdError: The ledger holds no such party.
            ArgumentError: There are no words of this language.
            MissingExtraError: The language is not English, and Babel is not installed.
        """
        self.view = view
        self.us = us
        self.timezone = timezone
        self.words: Words = words(language)
        self.days: DayWords = day_words(language)
        self.today: int = view.on.toordinal()
        self._known_titles: dict[str, str] = {}
        self.our_name: str = "" if us is None else view.party(us).name or us

    # Words.

    def text(self, name: str, /, **values: str | int) -> str:
        """Return a text of the catalogue."""
        return self.words.text(name, **values)

    def term(self, word: StrEnum | None) -> str:
        """Return a word of a closed list; nothing where there is none."""
        return "" if word is None else self.words.term(word)

    def field(self, name: str) -> str:
        """Return what a field of an event is called."""
        return self.words.field(name)

    def said(self, said: str) -> str:
        """Return the value of a field in words: a date, a word of a list, or a text as it is."""
        word = self._known_words.get(said)
        if word is not None:
            return self.term(word)
        try:
            return self.date(edtf(said)).text
        except FieldError:
            return said

    @cached_property
    def _known_words(self) -> dict[str, StrEnum]:
        """Return the words of states and kinds, by what an answer calls them."""
        lists: tuple[type[StrEnum], ...] = (
            *(InstrumentState, CommitmentStatus, ProposalStatus, MeetingStatus, Stage),
            *(InstrumentKind, CommitmentFirmness, ProposalFirmness),
        )
        return {label(word): word for each in reversed(lists) for word in each}

    def day(self, day: date | int | None, *, certain: bool = True) -> str:
        """Return a calendar day in words, as about that day where it is not exact."""
        if day is None:
            return ""
        shown = self.days.day(date.fromordinal(day) if isinstance(day, int) else day)
        return shown if certain else self.text("about", date=shown)

    def since(self, day: date | None, *, certain: bool = True) -> str:
        """Return since which day something is so; nothing where that is not known."""
        return self.text("since_day", date=self.day(day, certain=certain)) if day else ""

    def date(self, when: EdtfDate | None) -> Said:
        """Return a date as it was said, in words."""
        return Said("") if when is None else Said(self.days.date(when.text), when.text)

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return country_name(code, self.words.language)

    # Answers, each asked once.

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Return the parties by id."""
        return {party.id: party for party in self.view.parties()}

    @cached_property
    def partnerships(self) -> dict[str, Partnership]:
        """Return the partnerships by id."""
        return {each.id: each for each in self.view.partnerships()}

    @cached_property
    def promises(self) -> dict[str | None, list[Commitment]]:
        """Return the open promises by partnership, the most urgent first."""
        return _by_partnership(sorted(self.view.commitments(), key=urgency))

    @cached_property
    def closed(self) -> dict[str | None, list[Commitment]]:
        """Return the promises that are open no more, by partnership."""
        return _by_partnership(self.view.commitments(open=False))

    @cached_property
    def proposals(self) -> dict[str | None, list[Proposal]]:
        """Return the proposals by partnership."""
        return _by_partnership(self.view.proposals())

    @cached_property
    def obstacles(self) -> dict[str | None, list[Obstacle]]:
        """Return what stands in the way, by partnership, the oldest first."""
        return _by_partnership(self.view.obstacles())

    @cached_property
    def meetings(self) -> dict[str | None, list[Meeting]]:
        """Return the meetings by partnership, by date."""
        return _by_partnership(self.view.meetings())

    @cached_property
    def series(self) -> dict[str, SeriesOf]:
        """Return the series of meetings by id."""
        return all_series(self.view, (each for group in self.meetings.values() for each in group))

    @cached_property
    def meeting_anchors(self) -> dict[str, str]:
        """Return the place of each meeting among all of them, by its id."""
        meetings = (each for group in self.meetings.values() for each in group)
        return {each.id: f"m{number}" for number, each in enumerate(meetings, 1)}

    @cached_property
    def partnership_of(self) -> dict[str, str]:
        """Return the partnership to which each thing belongs, by the id of the thing."""
        groups = (
            *(self.promises, self.closed, self.proposals, self.obstacles, self.meetings),
            {each.id: each.instruments for each in self.partnerships.values()},
        )
        return {
            thing.id: name
            for group in groups
            for name, things in group.items()
            if name is not None
            for thing in things
        }

    @cached_property
    def footings(self) -> dict[str, Footing]:
        """Return on what each promise rests, by its id."""
        rows = self.view.sourcing()
        return {row.about: row.bases[0] for row in rows if row.type == "CommitmentMade"}

    @cached_property
    def happened(self) -> dict[str, Event]:
        """Return the events that count, by id."""
        return {event.id or "": event for event in self.view.events(Event)}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Return the titles of the texts, by id: their own, or else their kind."""
        texts = (text for each in self.partnerships.values() for text in each.instruments)
        return {text.id: self._short_title(text) for text in texts}

    def _short_title(self, text: Instrument) -> str:
        """Return the title of a text, or else its kind in the words of the language."""
        has_none = text.kind is not None and text.short_title == words().term(text.kind)
        return self.term(text.kind) if has_none else text.short_title

    @cached_property
    def promise_words(self) -> dict[str, str]:
        """Return the words of the promises, by id."""
        groups = (*self.promises.values(), *self.closed.values())
        return {each.id: each.what or each.id for group in groups for each in group}

    # Names.

    @cached_property
    def writing(self) -> Writing:
        """Return the manner in which pages write clauses: titles stand without ids."""
        return for_people(
            self.days, thing=lambda thing: self.titles.get(thing.id) or self.title(thing.id)
        )

    def name(self, party: str) -> str:
        """Return the name of a party, or else its id."""
        known = self.parties.get(party)
        return party if known is None else known.name or party

    def names(self, parties: Iterable[str]) -> str:
        """Return the names of parties in one text."""
        return ", ".join(map(self.name, parties))

    def others(self, partnership: Partnership) -> tuple[str, ...]:
        """Return the parties other than the reader's."""
        return tuple(each for each in partnership.parties if each != self.us)

    def title(self, id: str | None) -> str:
        """Return what people call a thing: a partnership by the names of the other side."""
        if not id:
            return ""
        if id not in self._known_titles:
            try:
                self._known_titles[id] = self.view.title(
                    id, us=self.us, language=self.words.language
                )
            except UnknownIdError:  # Several ids, of a note about several things.
                self._known_titles[id] = id
        return self._known_titles[id]

    def side(self, promise: Commitment) -> Side:
        """Return which side owes a promise."""
        sides = (self.us in promise.owed_by, self.us in promise.creditors)
        return {(True, True): Side.BOTH, (True, False): Side.WE, (False, True): Side.THEY}.get(
            sides, Side.OTHERS
        )


def _by_partnership(answers: Iterable[Thing]) -> dict[str | None, list[Thing]]:
    """Return the answers by partnership, in their order."""
    grouped: dict[str | None, list[Thing]] = defaultdict(list)
    for each in answers:
        grouped[each.partnership].append(each)
    return grouped
