"""Out of a ledger: every row as a line, each checked before it is written."""

from collections.abc import Iterator

import attrs

from coopledger._fields.reading import short_repr
from coopledger._interchange.files import FromFile, Source, ToFile, opened, refuse_log_file, written
from coopledger._interchange.lines import (
    Line,
    Reports,
    lines,
    located,
    read_line,
    refusal,
    write_line,
)
from coopledger._interchange.progress import Meter, Progress
from coopledger._log.chain import Head, Row, beginning, content_fault, head_at, row_fault, sound
from coopledger._log.codec import decode
from coopledger._log.vocabulary import Vocabulary
from coopledger._recording.recorder import Recorder
from coopledger.errors import FieldError, Finding, RefusedError
from coopledger.events import Event
from coopledger.stores import Store


def export_log(
    store: Store, ledger: str, file: ToFile, *, plain: bool, progress: Progress | None
) -> int:
    """Write the events that the ledger holds now; return how many there are.

    Raises:
        DamagedLogError: The log is not what was recorded.
        StoreError: The store cannot be read, or the file not be written.
        ArgumentError: The file is neither a path nor a stream, or holds the ledger itself.
    """
    refuse_log_file("file", file, store)
    with written("file", file) as target:
        head = store.head(ledger)
        meter = Meter(progress, head.position)
        rows = sound(ledger, store.read(ledger, up_to=head.position), head=head)
        for row in meter.counted(rows):
            target.write(write_line(ledger, row, plain=plain))
        return head.position


# Back into an empty ledger: the lines of an export as the rows that they were.


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
    with recorder.busy(), opened("file", file) as source:
        meter = Meter(progress, source.size)
        reading = _Reading(ledger, recorder.settings.vocabulary)
        return store.restore(ledger, _rows(reading, source, meter)).position


@attrs.frozen
class _Reading:
    """What is put back where: the name of the ledger, and the event types that it can hold."""

    ledger: str
    vocabulary: Vocabulary


def _rows(reading: _Reading, file: Source, meter: Meter) -> Iterator[Row]:
    """The rows up to the first bad line; what follows is looked at, and then all is refused."""
    reports = Reports()
    last: Head | None = beginning(reading.ledger)
    for line in lines(file, drop=lambda piece: meter.step(len(piece))):
        meter.step(len(line.data) + line.is_ended)
        if line.is_blank:
            continue
        row, findings = _look(reading, line, last=last)
        if findings:
            reports.add(findings)
        elif row is not None and not reports.lines:
            yield row
        last = None if row is None else head_at(row)
    meter.end()
    reports.refuse()


def _look(
    reading: _Reading, line: Line, *, last: Head | None
) -> tuple[Row | None, tuple[Finding, ...]]:
    """The row of a line, if it can be read, and what is wrong with it.

    Without ``last``, the line before could not be read: only the content can be compared.

    Raises:
        RefusedError: The line is of another ledger, and so are probably all.
    """
    ledger = reading.ledger
    try:
        name, row = read_line(line)
    except RefusedError as error:
        return None, error.findings
    if name != ledger:
        remedy = f"is the name of another ledger than {ledger!r}: restore into one of that name"
        raise refusal(line, [FieldError("E106", short_repr(name), remedy, "ledger")])
    reason = content_fault(ledger, row) if last is None else row_fault(ledger, row, last=last)
    if reason is None:
        return row, _unreadable(reading, line, row)
    position = row.position if last is None else last.position + 1
    return row, (_changed(reading, line, row, f"position {position}: {reason}"),)


def _changed(reading: _Reading, line: Line, row: Row, reason: str) -> Finding:
    """The line is not as it was written."""
    cls = reading.vocabulary.class_of(row.type) or Event
    message = f"the line is not as it was exported, at {reason}"
    return located(Finding("E106", message, event_type=cls.__name__, event_id=row.event_id), line)


def _unreadable(reading: _Reading, line: Line, row: Row) -> tuple[Finding, ...]:
    """Why the row holds no event, though it is as it was written."""
    try:
        decode(row.type, row.v, row.payload, row.event_id, vocabulary=reading.vocabulary)
    except RefusedError as error:
        return tuple(located(finding, line) for finding in error.findings)
    return ()
