"""Exports: every row of a log as one line of JSON, and back into an empty ledger.

A line holds the columns of the row and the fields of its event. Each row is checked before it
is written, and each line before its row is stored.
"""

import json
from collections.abc import Iterator

import attrs

from coopledger._fields.classes import build, faults
from coopledger._fields.reading import invalid, name_as_given, positive, short_repr, text
from coopledger._frozen import frozen
from coopledger._interchange.files import (
    FileSource,
    FromFile,
    ToFile,
    opened,
    refuse_log_file,
    written,
)
from coopledger._interchange.lines import (
    LONGEST_EXPORTED,
    Line,
    Reports,
    is_object,
    lines,
    located,
    read_object,
    refusal,
)
from coopledger._interchange.usual_lines import usual_row
from coopledger._log.chain import (
    End,
    Followed,
    Row,
    beginning,
    content_fault,
    row_fault,
    sound,
)
from coopledger._log.codec import canonical, decode, from_row
from coopledger._log.vocabulary import Fields, Vocabulary
from coopledger._progress import Meter, Progress
from coopledger._recording.indexing import LogIndex
from coopledger._recording.recorder import Recorder
from coopledger.dates import instant_text, read_instant
from coopledger.errors import DamagedLogError, FieldError, Finding, RefusedError, StoreError
from coopledger.events import Event
from coopledger.stores import Store

_HASH_BYTES = 32
_MOST_EVENTS = 2_000  # More than a page of any store.


def export_log(
    store: Store, ledger: str, file: ToFile, *, plain: bool, progress: Progress | None
) -> int:
    """Write the events that the ledger holds now; return how many there are.

    Raises:
        DamagedLogError: The log is not as it was recorded.
        StoreError: The store cannot be read, or the file not be written.
        ArgumentError: The file is neither a path nor a stream, or holds the ledger itself.
    """
    refuse_log_file("file", file, store)
    with written("file", file) as target:
        head = store.head(ledger)
        meter = Meter(progress, head.position)
        rows = sound(ledger, store.read(ledger, up_to=head.position), head=head)
        for row in meter.count(rows):
            target.write(write_line(ledger, row, plain=plain))
        return head.position


def restore_log(
    store: Store,
    recorder: Recorder,
    *,
    ledger: str,
    file: FromFile,
    progress: Progress | None,
) -> int:
    """Put an export back into an empty ledger; return how many events there are.

    Raises:
        RefusedError: With every line that is not as it was written.
        NewerLogError: A newer version of coopledger recorded some event.
        MissingPackError: Some event is of a pack that is missing.
        StoreConflictError: The ledger holds events.
        StoreError: The file cannot be read, or the store not be written.
        ArgumentError: The file is neither a path nor a stream, or holds the ledger itself.
            Nothing is written in any of these cases.
    """
    refuse_log_file("file", file, store)
    with recorder.busy(incoming="a file"), opened("file", file) as source:
        meter = Meter(progress, source.size)
        index = LogIndex(ledger, recorder.settings.vocabulary)
        restoration = _Restoration(ledger, index.vocabulary)
        rows = Followed(ledger, restoration.rows(source, meter))
        listing = index.lister(store, decode=restoration.event)
        head = store.restore(ledger, rows, listing=listing)
        index.end_restoration(store, listing.newest)
        return head.position


@frozen
class _Restoration:
    """Lines of an export on their way back into a ledger.

    Attributes:
        ledger: The name of the ledger.
        vocabulary: The event types that it can hold.
    """

    ledger: str
    vocabulary: Vocabulary
    # Of rows that the store has not listed, by position.
    _events: dict[int, Event] = attrs.field(factory=dict[int, Event])

    def event(self, row: Row) -> Event:
        """Return the event of a row, which need not be decoded once more if it just was."""
        event = self._events.pop(row.position, None)
        return event or from_row(self.ledger, row, vocabulary=self.vocabulary)

    def rows(self, file: FileSource, meter: Meter) -> Iterator[Row]:
        """Yield the rows before the first bad line; read the lines after it, then refuse all."""
        reports = Reports()
        last: End | None = beginning(self.ledger)
        for line in lines(file, meter, most=LONGEST_EXPORTED):
            row, findings = self._row(line, last=last)
            if findings:
                reports.add(findings)
            elif row is not None and not reports.lines:
                yield row
            last = row
        reports.refuse()

    def _row(self, line: Line, *, last: End | None) -> tuple[Row | None, tuple[Finding, ...]]:
        """Return the row of a line, if it can be read, and the findings on it.

        Without ``last``, the line before could not be read: only the content can be compared.

        Raises:
            RefusedError: The line is of another ledger, and so are probably all.
        """
        if last is not None:
            usual = usual_row(line, ledger=self.ledger, last=last, vocabulary=self.vocabulary)
            if usual is not None:
                row, event = usual
                if len(self._events) == _MOST_EVENTS:
                    self._events.clear()  # The store does not list them, or not yet.
                self._events[row.position] = event
                return row, ()
        try:
            name, row = read_line(line)
        except RefusedError as error:
            return None, error.findings
        if name != self.ledger:
            other = f"is the name of another ledger than {self.ledger!r}"
            remedy = f"{other}: restore into one of that name"
            raise refusal(line, [FieldError("E106", short_repr(name), remedy, "ledger")])
        if last is None:
            position, reason = row.position, content_fault(self.ledger, row)
        else:
            position, reason = last.position + 1, row_fault(self.ledger, row, last=last)
        if reason is None:
            return row, self._unreadable(line, row)
        cls = self.vocabulary.class_of(row.type) or Event
        message = f"the line is not as it was exported, at position {position}: {reason}"
        finding = Finding("E106", message, event_type=cls.__name__, event_id=row.event_id)
        return row, (located(finding, line),)

    def _unreadable(self, line: Line, row: Row) -> tuple[Finding, ...]:
        """Return why the row holds no event, though it is as it was written."""
        try:
            decode(row.type, row.v, row.payload, row.event_id, vocabulary=self.vocabulary)
        except RefusedError as error:
            return tuple(located(finding, line) for finding in error.findings)
        return ()


def _hash(value: str) -> bytes:
    """Return a hash from its hexadecimal letters."""
    try:
        number = bytes.fromhex(text(value))
    except ValueError:
        number = b""
    if len(number) != _HASH_BYTES or number.hex() != value:
        raise invalid(value, "is no hash: 64 letters of 0-9 and a-f are needed")
    return number


@frozen(kw_only=True)
class ExportedLine:
    """Columns that a line of an export holds in addition to the fields of its event.

    Attributes:
        id: The id of the event.
        type: The wire tag of its type.
        v: The version of the type.
        ledger: The name of the ledger.
        position: The position in it.
        recorded_at: The record time, in microseconds since 1970 UTC.
        digest: The hash over the content.
        chain: The hash over the chain hash before, position, time and digest.
    """

    id: str = attrs.field(converter=name_as_given)
    type: str = attrs.field(converter=text)
    v: int = attrs.field(converter=positive)
    ledger: str = attrs.field(converter=name_as_given)
    position: int = attrs.field(converter=positive)
    recorded_at: int = attrs.field(converter=read_instant)
    digest: bytes = attrs.field(converter=_hash)
    chain: bytes = attrs.field(converter=_hash)


COLUMNS = tuple(attrs.fields_dict(ExportedLine))
# Columns about the recording of an event: only an export holds them.
RECORD = COLUMNS[3:]


def write_line(ledger: str, row: Row, *, plain: bool) -> bytes:
    """Return the line of a row, with its line feed; a plain one says nothing of the recording.

    Raises:
        DamagedLogError: The line would not be read as the same row.
        StoreError: The line is longer than any that is read.
    """
    fields = _fields(ledger, row)
    kind: Fields = {"id": row.event_id, "type": row.type, "v": row.v}
    record: Fields = {
        "ledger": ledger,
        "position": row.position,
        "recorded_at": instant_text(row.recorded_us),
        "digest": row.digest.hex(),
        "chain": row.chain.hex(),
    }
    line = _canonical(fields | kind | record)
    if not _gives_back(line, ledger, row):
        raise DamagedLogError(ledger, row.position, "its payload is not in its canonical form")
    if len(line) > LONGEST_EXPORTED:
        where = f"ledger {ledger!r}, position {row.position}"
        reason = f"its line is longer than the {LONGEST_EXPORTED} bytes that are read again"
        raise StoreError(where, f"{reason}: use copy_to or backup")
    return (_canonical(fields | kind) if plain else line) + b"\n"


def read_line(line: Line) -> tuple[str, Row]:
    """Return the name of the ledger and the row in the line of an export.

    Raises:
        RefusedError: With every fault of its columns.
    """
    try:
        fields = read_object(line)
    except FieldError as error:
        raise refusal(line, [error]) from None
    if not fields.keys() & set(RECORD):
        remedy = "are missing: take in what is no export with import_jsonl"
        raise refusal(line, [FieldError("E105", ", ".join(map(repr, RECORD)), remedy)])
    columns = {name: fields.pop(name) for name in COLUMNS if name in fields}
    try:
        exported = build(ExportedLine, columns)
    except FieldError:
        raise refusal(line, faults(ExportedLine, columns)) from None
    payload = _canonical(fields)
    if not payload:
        raise refusal(line, [FieldError("E106", "the line", "holds half a surrogate pair")])
    effective = fields.get("effective", fields.get("when"))
    row = Row(
        exported.position,
        exported.id,
        exported.type,
        exported.v,
        exported.recorded_at,
        effective if isinstance(effective, str) else None,
        payload,
        exported.digest,
        exported.chain,
    )
    return exported.ledger, row


def _canonical(fields: Fields) -> bytes:
    """Return the fields in their canonical form; no bytes if they have none."""
    try:
        return canonical(fields)
    except ValueError:  # Numbers that JSON has not; half a surrogate pair, which UTF-8 has not.
        return b""


def _fields(ledger: str, row: Row) -> Fields:
    """Return the fields of a row's event, as plain JSON values."""
    try:
        fields: object = json.loads(row.payload)
    except (ValueError, RecursionError):
        fields = None
    if not is_object(fields):
        raise DamagedLogError(ledger, row.position, "its payload is no JSON object")
    return fields


def _gives_back(line: bytes, ledger: str, row: Row) -> bool:
    """Return whether the line is read as the row, so that an export can always be restored."""
    whole_line = Line(file="", number=row.position, data=line, is_cut=False, is_ended=True)
    try:
        return read_line(whole_line) == (ledger, row)
    except RefusedError:
        return False
