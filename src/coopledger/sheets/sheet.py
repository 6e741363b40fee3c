"""Sheet as it was read: the events that it tells, every bad cell, and names in doubt."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from coopledger import events
from coopledger._display.tables import flat
from coopledger._fields.reading import argument, optional_argument, short_repr
from coopledger._fields.reading import path as path_of
from coopledger._frozen import frozen
from coopledger._interchange.files import prepared
from coopledger._interchange.importing import ImportReceipt
from coopledger._suggest import did_you_mean
from coopledger.dates import edtf
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.ledger import Ledger
from coopledger.sheets._cells import Row, Table
from coopledger.sheets._copies import Copy, copy_bytes, refuse_path
from coopledger.sheets._files import guessed_encoding, tables
from coopledger.sheets._headers import fields_of, guessed_tab
from coopledger.sheets._known_names import country_of, party_kind
from coopledger.sheets._partners import Partner, Partners, Proposal
from coopledger.sheets._problems import Problem
from coopledger.sheets._recording import Recording
from coopledger.sheets._rows import Office, RowReader, TextOfSheet, names_in
from coopledger.sheets._things import EVENTS
from coopledger.sheets._values import phrase
from coopledger.sheets.mapping import Rows, SheetMapping, Tab, our_party
from coopledger.view import View

_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ][0-9]{4}")
_MONTHS = 12


@frozen(repr=False)
class Sheet:
    """Sheet of an office, read by a mapping; nothing of it is recorded yet.

    Attributes:
        file: The path of the file.
        mapping: What its columns, names and words are.
        events: What its good rows tell, in the order in which it can be recorded.
        problems: Every bad cell, in the order of the rows.
        proposals: The spellings of partners that may mean somebody else; rows with them wait.
        left_out: The tabs of the file that are not taken in, each with the reason.
    """

    file: str
    mapping: SheetMapping
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    proposals: tuple[Proposal, ...]
    left_out: Mapping[str, str]
    _tables: Mapping[str, Table]
    _readers: tuple[RowReader, ...]

    def __repr__(self) -> str:
        """Return how many rows are good, and how much is wrong or in doubt."""
        good = sum(reader.is_good for reader in self._readers)
        bad, doubts = len(self.problems), len(self.proposals)
        problems = f"{bad} {'problem' if bad == 1 else 'problems'}"
        names = f"{doubts} {'name' if doubts == 1 else 'names'} in doubt"
        return f"Sheet({good} of {len(self._readers)} rows are good, {problems}, {names})"

    def __str__(self) -> str:
        """Return the number of good rows of each tab, every problem and every name in doubt."""
        lines = [f"{self.file}: {', '.join(self._counts())}, {len(self.events)} events"]
        lines += (f"tab {name!r} is not taken in: {why}" for name, why in self.left_out.items())
        return "\n".join((*map(flat, lines), *map(str, self.problems), *map(str, self.proposals)))

    def _counts(self) -> Iterator[str]:
        for tab in self.mapping.tabs:
            readers = [reader for reader in self._readers if reader.tab == tab]
            good = sum(reader.is_good for reader in readers)
            yield f"{good} of {len(readers)} {tab.rows} are good"

    def record(
        self,
        ledger: Ledger,
        *,
        by: str | None = None,
        dry_run: bool = False,
        rest: str | os.PathLike[str] | None = None,
    ) -> ImportReceipt:
        """Record what the sheet tells and the ledger does not have yet, all or nothing.

        What was recorded from the sheet before, and still stands there, is not recorded again. What
        stands there otherwise is refused: record the change itself, such as a new due date.

        Args:
            ledger: The ledger.
            by: Who records.
            dry_run: Give the receipt, or the refusal, and write nothing.
            rest: Record the good rows all the same, and write a copy of the others here, with the
                bad cells marked, to be mended and read by the same mapping.

        Raises:
            RefusedError: With every bad cell and every name in doubt, and with what the ledger
                refuses, unless these rows have a place to go.
            ArgumentError: An argument cannot be used.
            StoreError: The ledger or the file cannot be written.
                Nothing is recorded in any of these cases: the copy is on the disk before, and takes
                its name afterwards. If it cannot take it, the error says so; the same call with
                another path writes it, and records nothing twice.
        """
        if rest is not None:
            rest = argument("rest", path_of, rest)
            refuse_path("rest", rest, tabs=len(self.mapping.tabs))
        recording = Recording(self.file, self.events, self._readers, self.proposals)
        recording.settle(ledger, by=by, keeps=rest is not None)
        if rest is None or not recording.left or dry_run:
            return recording.record(ledger, by=by, dry_run=dry_run)
        left = [
            reader
            for reader in self._readers
            if (reader.tab.name, reader.row.number) in recording.left
        ]
        copies = self._copies(left, recording.notes)
        with prepared("rest", rest, copy_bytes("rest", rest, copies)):
            return recording.record(ledger, by=by, dry_run=False)

    def marked(self, path: str | os.PathLike[str]) -> None:
        """Write a copy of the sheet with every bad cell marked, to be mended and read again.

        It has the texts, numbers and dates of the tabs that the mapping names, and not their
        colours and formulas. In CSV the problems stand in a last column.

        Raises:
            ArgumentError: The path ends neither in .xlsx nor in .csv, or is that of a ledger.
            StoreError: The file cannot be written.
        """
        recording = Recording(self.file, self.events, self._readers, self.proposals)
        path = argument("path", path_of, path)
        data = copy_bytes("path", path, self._copies(None, recording.notes))
        with prepared("path", path, data):
            pass

    def _copies(
        self, readers: Iterable[RowReader] | None, notes: Mapping[tuple[str, int, int], str]
    ) -> list[Copy]:
        """Return the copies of the tabs: with the rows of the readers alone, or with all rows."""
        return [
            Copy(
                tab=tab,
                table=self._tables[tab.name],
                rows=None if readers is None else rows_of(tab, readers),
                notes={place[1:]: text for place, text in notes.items() if place[0] == tab.name},
                delimiter=self.mapping.delimiter or ",",
            )
            for tab in self.mapping.tabs
        ]


def rows_of(tab: Tab, readers: Iterable[RowReader]) -> tuple[Row, ...]:
    """Return the rows of the readers of a tab."""
    return tuple(reader.row for reader in readers if reader.tab == tab)


def guess(
    file: str | os.PathLike[str],
    *,
    us: str | Mapping[str, object],
    day_first: bool | None = None,
    as_of: str | None = None,
    encoding: str | None = None,
) -> SheetMapping:
    """Return a first draft of the mapping of a sheet, drawn from its headers; look at it.

    Args:
        file: The path of a workbook (XLSX) or a file of CSV.
        us: Our own id, or the fields of our registration: ``party``, ``name``, ``kind``.
        day_first: Whether ``08/09/2022`` is 8 September; if left out, as dates of the sheet tell
            that can be read in one way only.
        as_of: The day on which the sheet was right.
        encoding: The encoding of CSV; if left out it is found, or is taken for cp1252.

    Raises:
        ArgumentError: The file is none of these, it is larger than is read, or no row of it looks
            like headers.
        StoreError: It cannot be opened.
        MissingExtraError: It is a workbook, and openpyxl or defusedxml is not installed.
    """
    encoding = encoding or guessed_encoding(file)
    found = tables(file, encoding=encoding)
    guesses = [guessed_tab(table) for table in found]
    tabs = [tab for tab in guesses if not tab.why]
    if not tabs:
        words = "has no row that looks like headers, with a partner among them: write the mapping"
        raise ArgumentError("file", short_repr(str(file)), words)
    return SheetMapping(
        us=argument("us", our_party, us),
        tabs=tabs,
        source=path_of(file).name,
        day_first=_order(found) if day_first is None else day_first,
        as_of=optional_argument("as_of", edtf, as_of),
        encoding=encoding,
        left_out=[tab for tab in guesses if tab.why],
    )


def _left_out(mapping: SheetMapping, found: Iterable[Table]) -> dict[str, str]:
    """Return the tabs of a file that a mapping does not name, each with the reason."""
    named = {tab.name for tab in mapping.tabs}
    return {
        table.name: guessed_tab(table).why or "the mapping does not name it"
        for table in found
        if table.name not in named
    }


def _order(found: Iterable[Table]) -> bool | None:
    """Return the order of day and month in dates that can be read in one way only."""
    numbers = [
        (int(match[1]) > _MONTHS, int(match[2]) > _MONTHS)
        for table in found
        for row in table.rows
        for cell in row.cells
        if (match := _NUMBERS.fullmatch(cell.text))
    ]
    orders = {is_first for is_first, is_second in numbers if is_first != is_second}
    return orders.pop() if len(orders) == 1 else None


def read(file: str | os.PathLike[str], mapping: SheetMapping, *, view: View | None = None) -> Sheet:
    """Return what a sheet tells by a mapping; bad cells are told all at once, and none is raised.

    Args:
        file: The path of a workbook (XLSX) or a file of CSV.
        mapping: What the columns, names and words are; see `guess`.
        view: What the ledger knows already: its parties, partnerships and texts are then known
            by all their names.

    Raises:
        ArgumentError: The file is none of these, it is larger than is read, or it has not the
            tabs and headers of the mapping.
        StoreError: It cannot be opened.
        MissingExtraError: It is a workbook, and openpyxl or defusedxml is not installed.
    """
    found = tables(file, encoding=mapping.encoding, delimiter=mapping.delimiter)
    by_name = {table.name: table for table in found}
    office = _office(mapping, view)
    readers = [
        reader
        for tab in sorted(mapping.tabs, key=lambda tab: list(Rows).index(tab.rows))
        for reader in _readers(office, tab, _table(tab, by_name))
    ]
    for reader in readers:
        for name in names_in(reader.cell("partner").text):
            office.partners.note(name, reader.place("partner"))
    proposals = office.partners.settle()
    known = set(office.partnerships.values())
    for reader in readers:
        EVENTS[reader.tab.rows](reader)
        reader.problems.sort(key=lambda problem: (len(problem.column), problem.column))
    _wait_for_debtors(readers)
    return Sheet(
        str(file),
        mapping,
        tuple(_events(office, readers, known, view)),
        tuple(problem for reader in readers for problem in reader.problems),
        proposals,
        _left_out(mapping, found),
        by_name,
        tuple(readers),
    )


def _office(mapping: SheetMapping, view: View | None) -> Office:
    """Return what the rows have in common before any is read."""
    if view is None:
        return Office(mapping=mapping, partners=Partners(mapping.partners, us=mapping.us))
    office = Office(
        mapping=mapping, partners=Partners(mapping.partners, us=mapping.us, known=view.parties())
    )
    for partnership in view.partnerships():
        office.partnerships.setdefault(frozenset(partnership.parties), partnership.id)
    for text in view.instruments():
        partners = tuple(party for party in text.parties if party != mapping.our_id)
        known = TextOfSheet(text.id, text.partnership or "", partners, text.signed_on)
        for name in filter(None, (text.id, text.id.removeprefix("text-"), text.title)):
            office.texts.setdefault(phrase(name), known)
    return office


def _table(tab: Tab, tables: Mapping[str, Table]) -> Table:
    """Return the table of a tab."""
    table = tables.get(tab.name)
    if table is None:
        words = f"is no tab of the file{did_you_mean(tab.name, tables)}"
        raise ArgumentError("mapping.tabs", repr(tab.name), words)
    return table


def _readers(office: Office, tab: Tab, table: Table) -> Iterator[RowReader]:
    """Yield a reader of each row that tells something, below the headers."""
    columns = _columns(tab, table)
    for row in table.after(tab.header):
        if not row.is_heading and any(not row.cell(at).is_blank for at in columns.values()):
            yield RowReader(office=office, tab=tab, table=table, row=row, columns=columns)


def _columns(tab: Tab, table: Table) -> dict[str, int]:
    """Return the numbers of the columns by field.

    Raises:
        ArgumentError: A field is unknown, or the row of headers has no such header.
    """
    row = next((row for row in table.rows if row.number == tab.header), None)
    headers = [cell.text for cell in row.cells] if row else []
    places = {phrase(header): place for place, header in reversed(list(enumerate(headers)))}
    places |= {header: place for place, header in reversed(list(enumerate(headers)))}
    where = f"mapping.tabs.{tab.name or tab.rows}"
    known, columns = fields_of(tab.rows), dict[str, int]()
    for field, header in tab.columns.items():
        if field not in known:
            hint = did_you_mean(field, known) or f": they are {', '.join(known)}"
            raise ArgumentError(where, repr(field), f"is no field of {tab.rows}{hint}")
        place = places.get(header, places.get(phrase(header)))
        if place is None:
            hint = did_you_mean(header, filter(None, headers))
            raise ArgumentError(where, repr(header), f"is no header of row {tab.header}{hint}")
        columns[field] = place
    return columns


def _wait_for_debtors(readers: Iterable[RowReader]) -> None:
    """Let rows wait whose debtor is a partner of the sheet, and no good row is with that partner.

    A row that waits may have been the only one with another partner.
    """
    readers = tuple(readers)
    while True:
        told = {partner.id for reader in readers if reader.is_good for partner in reader.partners}
        waiting = [each for each in readers if each.is_good and _is_untold(each.debtor, told)]
        if not waiting:
            return
        for reader in waiting:
            reader.wait("owed_by", "a row with this partner that can be recorded")


def _is_untold(debtor: Partner | None, told: set[str]) -> bool:
    """Return whether a row names a debtor whom neither the ledger nor a good row tells."""
    return debtor is not None and not debtor.is_known and debtor.id not in told


def _events(
    office: Office, readers: Sequence[RowReader], known: set[str], view: View | None
) -> Iterator[Event]:
    """Yield the events of the good rows, those first that register whoever they name."""
    good = [reader for reader in readers if reader.is_good]
    source = {"title": office.mapping.source}
    us = office.mapping.us
    if view is None or office.mapping.our_id not in {party.id for party in view.parties()}:
        fields: dict[str, Any] = {"name": office.mapping.our_id, "kind": "other", **us}
        id = f"{office.mapping.our_id}/registered"
        yield events.PartyRegistered(id=id, source=source, **fields)
    partners = {partner.id: partner for reader in good for partner in reader.partners}
    for partner in partners.values():
        if not partner.is_known:
            yield _registered(partner, source)
    with_whom = {
        office.partnership_of(each.partners): each.partners for each in good if each.partners
    }
    for id, members in with_whom.items():
        if id not in known:
            yield events.PartnershipOpened(
                id=f"{id}/opened",
                partnership=id,
                parties=[office.mapping.our_id, *(member.id for member in members)],
                source=source,
            )
    for reader in good:
        yield from reader.events


def _registered(partner: Partner, source: Mapping[str, str]) -> Event:
    """Return the registration of a partner, with all its spellings."""
    others = (name for name in partner.spellings if name not in {partner.name, *partner.acronyms})
    named = None if partner.country else country_of(partner.name)
    return events.PartyRegistered(
        id=f"{partner.id}/registered",
        party=partner.id,
        name=partner.name,
        kind=party_kind(partner.name),
        acronyms=partner.acronyms,
        other_names=tuple(dict.fromkeys(others)),
        country=partner.country or named,
        inferred=("kind", "country") if named else ("kind",),
        source=source,
    )
