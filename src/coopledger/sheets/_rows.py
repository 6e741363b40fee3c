"""Cells of one row, read field by field; every fault is kept, and none is raised."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

import attrs

from coopledger._dates.readings import readings
from coopledger._fields.reading import short_repr
from coopledger._folding import pieces
from coopledger._suggest import did_you_mean
from coopledger.dates import EdtfDate, edtf
from coopledger.dates import read as read_date
from coopledger.errors import FieldError, RefusedError
from coopledger.events import Event
from coopledger.sheets._cells import BLANK, Cell, Row, Table, letters
from coopledger.sheets._number_formats import is_serial, is_year, serial_day
from coopledger.sheets._partners import Partner, Partners
from coopledger.sheets._problems import INVALID, Problem
from coopledger.sheets._values import (
    country_code,
    is_unknown,
    knows_languages,
    listed,
    phrase,
    sign_or_phrase,
)
from coopledger.sheets.mapping import SheetMapping, Tab

_BETWEEN = re.compile(r"\s*[;\n]\s*")  # several partners in one cell
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LENGTH = re.compile(r"([0-9]{1,3}) ?(years?|yrs?|y|ans?|nam|months?|mois|thang)?")
_MONTHS = ("month", "mois", "thang")
_OPEN_ENDED = frozenset(
    "indefinite|open ended|no end|unlimited|permanent|indeterminee|illimite|sans limite"
    "|vo thoi han|khong thoi han|khong xac dinh thoi han".split("|")
)
_LONGEST_ID = 80
# The fields of the sheet behind fields of every event.
_BEHIND = {
    **dict.fromkeys(("id", "instrument", "commitment", "meeting", "subject"), "key"),
    "partnership": "partner",
}


@attrs.define
class TextOfSheet:
    """Text that promises may be made under.

    Attributes:
        id: Its id.
        partnership: The partnership.
        partners: The ids of the partners.
        signed: When it was signed.
        is_good: Whether it can be recorded.
    """

    id: str
    partnership: str
    partners: tuple[str, ...]
    signed: EdtfDate | None = None
    is_good: bool = True


@attrs.define
class Office:
    """What the rows of a sheet have in common.

    Attributes:
        mapping: What the columns, names and words are.
        partners: The partners by their spellings.
        partnerships: The ids of partnerships by their parties.
        texts: The texts by the words of their keys and titles.
        ids: The rows that have given an id to a thing.
    """

    mapping: SheetMapping
    partners: Partners
    partnerships: dict[frozenset[str], str] = attrs.field(factory=dict[frozenset[str], str])
    texts: dict[str, TextOfSheet] = attrs.field(factory=dict[str, TextOfSheet])
    ids: dict[str, Problem] = attrs.field(factory=dict[str, Problem])

    @property
    def by_then(self) -> str | None:
        """Return the date of what had happened by the day on which the sheet was right."""
        as_of = self.mapping.as_of
        return f"../{as_of.latest}" if as_of and as_of.latest else None

    def partnership_of(self, partners: Iterable[Partner]) -> str:
        """Return the id of the partnership between us and the partners."""
        ids = [partner.id for partner in partners]
        us = self.mapping.our_id
        return self.partnerships.setdefault(frozenset((us, *ids)), "-".join((us, *ids)))


@attrs.define
class RowReader:
    """Reader of one row.

    Attributes:
        office: What all rows have in common.
        tab: The tab.
        table: Its table.
        row: The row.
        columns: The numbers of the columns, from 0, by field.
        problems: What is wrong with the row.
        events: What the row says.
        fields: For each event, by its id, the field of the sheet behind each of its fields.
        waits_for: What the row needs and another row does not give.
        waits_at: The field that needs it.
        debtor: The partner that the row says owes its promise.
        under: The id of the text under which the row says that its promise was made.
    """

    office: Office
    tab: Tab
    table: Table
    row: Row
    columns: Mapping[str, int]
    problems: list[Problem] = attrs.field(factory=list[Problem])
    events: list[Event] = attrs.field(factory=list[Event])
    fields: dict[str, Mapping[str, str]] = attrs.field(factory=dict[str, Mapping[str, str]])
    partners: tuple[Partner, ...] = ()
    waits_for: str = ""
    waits_at: str = ""
    debtor: Partner | None = None
    under: str | None = None

    @property
    def is_good(self) -> bool:
        """Return whether the row can be recorded."""
        return not self.problems and not self.waits_for

    # --- cells

    def cell(self, field: str) -> Cell:
        """Return the cell of a field; a blank one where no column has it."""
        column = self.columns.get(field)
        return BLANK if column is None else self.row.cell(column)

    def text(self, field: str) -> str | None:
        """Return the text of a cell; None for a blank one."""
        cell = self.cell(field)
        if cell.fault is not None:
            self.wrong(field, cell.fault)
        elif _CONTROL.search(cell.text):
            meant = _CONTROL.sub("", cell.text)
            self.wrong(field, f"holds control characters; did you mean {short_repr(meant)}?")
        return cell.text or None

    def needed(self, field: str) -> str:
        """Return the text of a cell, which may not be blank."""
        text = self.text(field)
        if text is None and self.cell(field).fault is None:
            self.wrong(field, "is blank: say it")
        return text or ""

    def word(self, field: str, words: Mapping[str, str]) -> str | None:
        """Return the word of ours that a cell means; None where it is blank or unknown."""
        text = self.text(field)
        is_word = sign_or_phrase(text or "") in words or self.own_word(field)
        if text is None or (is_unknown(text) and not is_word):
            return None
        return self._word(field, text, words)

    def own_word(self, field: str) -> str | None:
        """Return the word that the mapping says a cell means; None where it says nothing."""
        own = {sign_or_phrase(said): word for said, word in self.office.mapping.words.items()}
        return own.get(sign_or_phrase(self.cell(field).text))

    def _word(self, field: str, text: str, words: Mapping[str, str]) -> str | None:
        meant = self.own_word(field) or words.get(sign_or_phrase(text))
        if meant is None or meant not in words.values():
            near = did_you_mean(phrase(text), words)
            known = listed(words.values())
            self.wrong(field, f"is no word that is known: write one of {known}{near}")
        return meant

    def date(self, field: str, *, is_end: bool = False) -> EdtfDate | None:
        """Return the date of a cell; None where it is blank or unknown.

        Of an end only the last day matters: ``end of 2022`` is one although it may be a month.
        """
        text = self.text(field)
        if text is None or is_unknown(text):
            return None
        shown = _shown(self.cell(field), starts_1904=self.table.starts_1904)
        if shown is not None:
            return shown
        try:
            return read_date(text, day_first=self.office.mapping.day_first)
        except FieldError as error:
            end = _one_end(text, self.office.mapping.day_first) if is_end else None
            if end is None:
                self.wrong(field, error.remedy, code=error.code)
            return end

    def length(self, field: str) -> dict[str, object]:
        """Return the length of a term as fields of an event: years, months or without an end."""
        text = self.text(field)
        if text is None or is_unknown(text):
            return {}
        words = phrase(text)
        if words in _OPEN_ENDED:
            return {"open_ended": True}
        match = _LENGTH.fullmatch(words)
        if match is None:
            self.wrong(field, "is no length: write it as 5 years, 18 months or indefinite")
            return {}
        unit = "months" if (match[2] or "").startswith(_MONTHS) else "years"
        return {unit: int(match[1])}

    def end(self, field: str, length: str) -> dict[str, object]:
        """Return the end of a term as fields of an event, from its last day or its length."""
        if phrase(self.cell(field).text) in _OPEN_ENDED:
            return {"open_ended": True}
        until = self.date(field, is_end=True)
        return {"until": until} if until else self.length(length)

    # --- who, and ids

    def with_whom(self) -> str | None:
        """Return the partnership of the row; None where the cell does not say it."""
        text = self.text("partner")
        self._take_country(text)
        if text is None:
            return None
        found = [self.office.partners.of(name) for name in names_in(text)]
        partners = [partner for partner in found if partner is not None]
        if len(partners) < len(found):
            self.wait("partner", "a name in doubt")
            return None
        if any(partner.id == self.office.mapping.our_id for partner in partners):
            self.wrong("partner", "is our own party: say with whom")
            return None
        self.partners = tuple({partner.id: partner for partner in partners}.values())
        return self.office.partnership_of(self.partners)

    def _take_country(self, names: str | None) -> None:
        """Take the country of the partner, which no other row may contradict."""
        text = self.text("country")
        if text is None or is_unknown(text):
            return
        code = country_code(text)
        if code is None:
            more = "" if knows_languages() else "; French and Vietnamese need coopledger[languages]"
            self.wrong("country", f"is no name or code of a country{more}", code="E203")
            return
        partner = self.office.partners.of(names) if names else None
        if partner is None or partner.is_known:
            return
        if partner.country is None:
            partner.country, partner.told_at = code, self.place("country")
        elif partner.country != code:
            told = f"{partner.told_at} says {partner.country}"
            self.wrong("country", f"is not the country of this partner elsewhere: {told}")

    def thing_id(self, noun: str, *parts: object) -> str:
        """Return the id of what the row tells: its key, or else words of the row."""
        field = "key"
        if field in self.columns:
            key = self.needed(field)
            id = key if any(sign.isalpha() for sign in key) else f"{noun}-{key}"
        else:
            field = next(iter(self.columns))
            id = "-".join(pieces(" ".join(str(part) for part in parts if part)))[:_LONGEST_ID]
        first = self.office.ids.setdefault(id, self.problem(field, ""))
        if (first.tab, first.row) != (self.tab.name, self.row.number):
            more = "" if field == "key" else ", with the same words: add a column of keys"
            self.wrong(field, f"stands at {first.place} too{more}: give each row its own")
        return id

    # --- events

    def event(self, cls: type[Event], id: str, of: Mapping[str, str], **fields: object) -> None:
        """Add an event; what its class refuses is a problem of the cell behind the field.

        Args:
            cls: Its type.
            id: Its id, always the same for the same row.
            of: The fields of the sheet behind fields of the event, where the names differ.
            **fields: Its fields; those that are None or empty are not said.
        """
        said = {name: value for name, value in fields.items() if value not in (None, "", ())}
        of = {**_BEHIND, **of}
        self.fields[id] = of
        try:
            make = cast(Callable[..., Any], cls)
            self.events.append(make(id=id, source=self._source(), **said))
        except RefusedError as error:
            for finding in error.findings:
                field = (finding.field or "").partition("[")[0].partition(".")[0]
                self.wrong(of.get(field, field), finding.message, code=finding.code, found="")

    def _source(self) -> dict[str, str]:
        """Return the sheet as a source: the row by its key, which stays where rows move."""
        key = self.cell("key").text
        where = ", ".join(filter(None, (self.tab.name, key)))
        title = {"title": self.office.mapping.source}
        return title | {"locator": where} if key else title

    # --- problems

    def wait(self, field: str, what: str) -> None:
        """Note what the row needs, at the field that needs it, and another row does not give."""
        self.waits_for, self.waits_at = what, field

    def place(self, field: str) -> str:
        """Return the cell of a field, such as ``Texts!F12``."""
        return self.problem(field, "").place

    def problem(self, field: str, remedy: str, *, code: str = INVALID) -> Problem:
        """Return a problem of the cell of a field, or of the row where no column has it."""
        column = self.columns.get(field)
        text = self.cell(field).text
        return Problem(
            tab=self.tab.name,
            row=self.row.number,
            column="" if column is None else letters(column),
            header=field if column is None else self.tab.columns[field],
            found=short_repr(text) if text else "",
            remedy=remedy,
            code=code,
        )

    def wrong(
        self, field: str, remedy: str, *, code: str = INVALID, found: str | None = None
    ) -> None:
        """Keep a problem, once for each cell."""
        problem = self.problem(field, remedy, code=code)
        if found is not None:
            problem = attrs.evolve(problem, found=found)
        if all(problem.place != each.place for each in self.problems):
            self.problems.append(problem)


def names_in(text: str) -> Iterator[str]:
    """Yield the names of partners in a cell: one on each line, or with semicolons between."""
    return (name for name in _BETWEEN.split(text) if name)


def _shown(cell: Cell, *, starts_1904: bool) -> EdtfDate | None:
    """Return the date of a cell that is one, or is a number that stands for one; or None."""
    if cell.date is not None:
        return edtf(cell.date)
    if cell.number is not None and is_year(cell.number):
        return edtf(f"{int(cell.number)}")
    if cell.number is not None and is_serial(cell.number):
        return edtf(serial_day(cell.number, starts_1904=starts_1904))
    return None


def _one_end(text: str, day_first: bool | None) -> EdtfDate | None:  # noqa: FBT001 - of three
    """Return the date of an end whose readings all end on one day; None if they do not."""
    dates = [edtf(each) for each in readings(text, day_first=day_first)]
    return dates[0] if dates and len({date.last for date in dates}) == 1 else None
