"""Recording of what a sheet tells: only what is new, and every refusal with its cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

import attrs

from coopledger._interchange.importing import ImportReceipt
from coopledger._log.codec import canonical, differences, write_fields
from coopledger.errors import Finding, RefusedError
from coopledger.events import Event, PartnershipOpened
from coopledger.ledger import Ledger
from coopledger.sheets._partners import Proposal
from coopledger.sheets._problems import Problem, at
from coopledger.sheets._rows import RowReader

WHOLE_ROW = -1  # In the place of a column, from 0.
Place = tuple[str, int, int]  # tab, row, column


class Recording:
    """Events of a sheet on their way into a ledger.

    Attributes:
        notes: What is wrong, by cell.
        left: The tabs and numbers of the rows that are not recorded.
    """

    def __init__(
        self,
        file: str,
        events: Sequence[Event],
        readers: Sequence[RowReader],
        proposals: Sequence[Proposal],
    ) -> None:
        """Begin with the bad cells and the names in doubt, whose rows are left."""
        self._file, self._events, self._readers = file, events, readers
        self.notes: dict[Place, str] = {}
        self.left: set[tuple[str, int]] = set()
        self._own: list[Finding] = []
        self._refused: list[Finding] = []
        self._new: list[Event] = []
        self._behind: dict[str, RowReader] = {}
        self._changed: dict[str, str] = {}  # For events recorded otherwise, the first other field.
        self._recorded: set[str | None] = set()
        in_doubt = {place: each for each in proposals for place in each.places}
        for reader in readers:
            if not reader.is_good:
                self.left.add((reader.tab.name, reader.row.number))
            for problem in reader.problems:
                self._note(reader, problem)
            if (doubt := in_doubt.get(reader.place("partner"))) is not None:
                self._note_doubt(reader, doubt)
            elif reader.waits_for:
                self.notes[self._place(reader, reader.waits_at)] = f"waits for {reader.waits_for}"
            self._behind.update({event.id or "": reader for event in reader.events})

    def _note_doubt(self, reader: RowReader, doubt: Proposal) -> None:
        """Note a name in doubt, which is told once and marked wherever it stands."""
        said = f"{doubt.spelling!r} may be {doubt.meant!r}: {doubt.why}"
        problem = reader.problem("partner", f"{said}: accept it, or keep it apart")
        problem = attrs.evolve(problem, found="")
        self.notes[self._place(reader, "partner")] = problem.message
        if problem.place == doubt.places[0]:
            self._own.append(problem.finding(self._file))

    def settle(self, ledger: Ledger, *, by: str | None, keeps: bool) -> None:
        """Find out which events can be recorded, if the rows of the others have a place to go.

        A row is recorded whole or not at all: the events are tried without those of rows that are
        left, until none is refused. Nothing is recorded yet.

        Raises:
            RefusedError: With every finding, if bad rows have no place to go.
        """
        self._new = list(self._as_recorded(ledger))
        while keeps or self._own:
            tried = ledger.import_jsonl(_lines(self._new), by=by, dry_run=True, rejects=BytesIO())
            self._refused += self._placed(tried.rejected)
            if not (keeps and tried.rejected):
                break
            numbers = {(each.line or each.index or 1) - 1 for each in tried.rejected}
            self._new = self._without({self._new[number].id for number in numbers})
        if self._own and not keeps:
            raise RefusedError((*self._own, *self._refused))

    def record(self, ledger: Ledger, *, by: str | None, dry_run: bool) -> ImportReceipt:
        """Record what is settled.

        Raises:
            RefusedError: The ledger refuses some of it; nothing is recorded.
        """
        try:
            receipt = ledger.import_jsonl(_lines(self._new), by=by, dry_run=dry_run)
        except RefusedError as error:
            raise RefusedError(self._placed(error.findings)) from None
        return attrs.evolve(
            receipt,
            warnings=self._placed(receipt.warnings),
            rejected=(*self._own, *self._refused),
            rejected_lines=len(self.left),
        )

    def _as_recorded(self, ledger: Ledger) -> Iterator[Event]:
        """Yield the events that are new, and those that were recorded before in the words of then.

        What was inferred may be inferred otherwise by now, from another day on which the sheet was
        right, and the sheet may have another name: neither is a change of what it tells. Parties
        and partnerships that the ledger has are not registered again.
        """
        ids = {event.id for event in self._events}
        recorded = {each.id: each.event for each in ledger.events() if each.id in ids}
        self._recorded = set(recorded)
        view = ledger.view()
        known = {party.id for party in view.parties()}
        known |= {partnership.id for partnership in view.partnerships()}
        for event in self._events:
            if subject_of(event) in known:
                continue
            old = recorded.get(event.id or "")
            if old is None or type(old) is not type(event):
                yield event
                continue
            names = {"source", *event.inferred} & attrs.fields_dict(type(event)).keys()
            same = attrs.evolve(event, **{name: getattr(old, name) for name in names})
            changes = differences(same, attrs.evolve(old, recorded_by=None))
            if changes and event.id:
                self._changed[event.id] = changes[0]
            yield same

    def _without(self, refused: set[str | None]) -> list[Event]:
        """Return the events without refused ones, and leave their rows and what hangs on these."""
        events = self._new
        nobody = {subject_of(event) for event in events if event.id in refused} - {None}
        for reader in self._readers:
            ids = {event.id for event in reader.events}
            named = {getattr(event, "partnership", None) for event in reader.events}
            named |= {partner.id for partner in reader.partners}
            if ids & refused or named & nobody:
                self.left.add((reader.tab.name, reader.row.number))
        gone = {
            event.id for event in events if self._is_left(event) and event.id not in self._recorded
        }
        for reader in self._readers:
            if reader.under is not None and f"{reader.under}/registered" in gone:
                self.left.add((reader.tab.name, reader.row.number))
        kept = [each for each in events if each.id not in refused and not self._is_left(each)]
        return list(_needed(kept, self._behind))

    def _is_left(self, event: Event) -> bool:
        """Return whether an event is of a row that is left."""
        reader = self._behind.get(event.id or "")
        return reader is not None and (reader.tab.name, reader.row.number) in self.left

    def _placed(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return findings of the ledger with the cells that they are about."""
        return tuple(map(self._at, findings))

    def _at(self, finding: Finding) -> Finding:
        """Return the finding with its cell, which is noted if it is a refusal."""
        event = self._new[(finding.line or finding.index or 1) - 1]
        reader = self._behind.get(event.id or "")
        if reader is None:
            return attrs.evolve(finding, file=self._file, line=None, index=None)
        name = self._changed.get(event.id or "", finding.field or "")
        name = name.partition("[")[0].partition(".")[0]
        field = reader.fields[event.id or ""].get(name, name)
        if finding.is_refusal:
            self.notes[self._place(reader, field)] = finding.message
        return at(finding, reader.problem(field, ""), self._file)

    def _note(self, reader: RowReader, problem: Problem) -> None:
        """Note a bad cell."""
        field = next(
            (name for name, header in reader.tab.columns.items() if header == problem.header), ""
        )
        self.notes[self._place(reader, field)] = problem.message
        self._own.append(problem.finding(self._file))

    def _place(self, reader: RowReader, field: str) -> Place:
        """Return the cell of a field; the row where no column has it."""
        return reader.tab.name, reader.row.number, reader.columns.get(field, WHOLE_ROW)


def subject_of(event: Event) -> str | None:
    """Return the party or the partnership that an event registers; None for any other event."""
    if event.__opens__ not in {"party", "partnership"}:
        return None
    return str(getattr(event, event.__opens__))


def _needed(events: Sequence[Event], behind: Mapping[str, RowReader]) -> Iterator[Event]:
    """Yield the events without partnerships, and partners, of which no row tells any more."""
    rows = [behind[event.id or ""] for event in events if event.id in behind]
    partnerships = {getattr(event, "partnership", None) for event in events if event.id in behind}
    us = {row.office.mapping.our_id for row in behind.values()}
    parties = us | {partner.id for row in rows for partner in row.partners}
    for event in events:
        if isinstance(event, PartnershipOpened) and event.partnership in partnerships:
            parties.update(event.parties)
        for name in ("debtors", "creditors"):
            parties.update(getattr(event, name, None) or ())
    for event in events:
        if event.id in behind or subject_of(event) in parties | partnerships:
            yield event


def _lines(events: Iterable[Event]) -> BytesIO:
    """Return the events as a file of lines."""
    return BytesIO(b"".join(map(_line, events)))


def _line(event: Event) -> bytes:
    """Return the event as a line of JSON."""
    tag, version = type(event).__wire__ or ("", 1)
    return canonical({"type": tag, "v": version, "id": event.id, **write_fields(event)}) + b"\n"
