"""Somebody's file into a ledger: every line is tried, then all are recorded, or none."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import attrs

from coopledger.errors import FieldError, Finding, RefusedError
from coopledger.events import Event
from coopledger.events.envelope import stamped
from coopledger.facts import Visible
from coopledger.interchange.doubts import LONGEST_ID, Doubts, scraps
from coopledger.interchange.files import (
    FromFile,
    Source,
    ToFile,
    opened,
    refuse_log_file,
    refuse_taken,
    written,
)
from coopledger.interchange.lines import Line, lines, located, refusal
from coopledger.interchange.progress import Meter, Progress
from coopledger.interchange.reading import citing_lines, read_event, with_own_id
from coopledger.interchange.receipts import ImportReceipt
from coopledger.interchange.reports import Reports
from coopledger.interchange.strict_json import read_object
from coopledger.record import Recorded
from coopledger.recording import Offer, Recorder, differs, retractions
from coopledger.stores import Store
from coopledger.tags import Vocabulary
from coopledger.transcript import differences
from coopledger.upcast import Fields

__all__ = ["ImportRequest", "Intake", "import_file"]


@attrs.frozen(kw_only=True)
class ImportRequest:
    """Arguments of `Ledger.import_jsonl` beside the file.

    Attributes:
        by: Who records, for lines that do not say it themselves.
        dry_run: Whether nothing is to be written.
        rejects: Where the bad lines go; without it they refuse the whole file.
        progress: Called now and then with the number of bytes read, and of how many.
    """

    by: str | None
    dry_run: bool
    rejects: ToFile | None
    progress: Progress | None


def import_file(
    store: Store,
    recorder: Recorder,
    file: FromFile,
    request: ImportRequest,
    *,
    now: Callable[[], int],
) -> ImportReceipt:
    """Record the events of the file at the instant that the clock gives, all or none.

    Raises:
        RefusedError: With every finding on every bad line, unless they have a place to go.
        ArgumentError: A file is neither a path nor a stream, or serves something else.
        StoreError: The file cannot be read, or the store not be written.
            Nothing is written in any of these cases.
    """
    rejects = request.rejects
    refuse_log_file("file", file, store)
    with opened("file", file) as source:
        if rejects is not None:
            refuse_log_file("rejects", rejects, store)
            refuse_taken("rejects", rejects, [source.name], by="the file that is read")
        with _rejecting(request) as reject:
            clock_us = now()
            intake = Intake(recorder, request.by, reject)
            intake.read(source, clock_us=clock_us, meter=Meter(request.progress, source.size))
            if rejects is None:
                intake.reports.refuse()
            return intake.record(clock_us=clock_us, dry_run=request.dry_run)


@contextmanager
def _rejecting(request: ImportRequest) -> Generator[Callable[[bytes], object], None, None]:
    """Give what takes the bytes of bad lines: the file, in place at the end, or nothing."""
    if request.rejects is None or request.dry_run:
        yield len
        return
    with written("rejects", request.rejects) as target:
        yield target.write


@attrs.frozen
class Taken:
    """A good line.

    Attributes:
        line: Where it stands; its bytes are not kept.
        event: Its event.
        is_named: Whether the line itself gives the event's id.
        stored: The event as it was recorded before, if it was.
    """

    line: Line
    event: Event
    is_named: bool
    stored: Recorded | None

    def told(self, finding: Finding, made: Mapping[str, int]) -> Finding:
        """The finding with its place; without ids that no line ever gave."""
        event_id = finding.event_id if self.is_named else None
        message = citing_lines(finding.message, made)
        told = attrs.evolve(finding, event_id=event_id, index=None, message=message)
        return located(told, self.line)


@attrs.define
class Intake:
    """The lines of a file on their way into a ledger.

    Attributes:
        recorder: Tries the events, and records them.
        by: Who imports, for lines that do not say who recorded them.
        reject: What takes the bytes of bad lines.
        reports: What is wrong with them.
        rejected: How many there are, with those that only follow from others.
    """

    recorder: Recorder
    by: str | None
    reject: Callable[[bytes], object]
    reports: Reports = attrs.field(factory=Reports)
    rejected: int = 0
    _doubts: Doubts = attrs.field(factory=Doubts)
    _taken: list[Taken] = attrs.field(factory=list[Taken])
    _lines: dict[str, int] = attrs.field(factory=dict[str, int])
    _contents: dict[bytes, int] = attrs.field(factory=dict[bytes, int])
    _made: dict[str, int] = attrs.field(factory=dict[str, int])

    @property
    def vocabulary(self) -> Vocabulary:
        """The event types that the ledger can hold."""
        return self.recorder.settings.vocabulary

    def read(self, file: Source, *, clock_us: int, meter: Meter) -> None:
        """Try every line, after the good ones before it; nothing is stored.

        Raises:
            RefusedError: The file is UTF-16, or one JSON array.
            StoreError: It cannot be read.
        """

        def drop(piece: bytes) -> None:
            meter.step(len(piece))
            self.reject(piece)

        with self.recorder.trial(clock_us=clock_us) as offer:
            for line in lines(file, drop=drop):
                meter.step(len(line.data) + line.is_ended)
                if not line.is_blank:
                    self._read(line, offer)
            meter.end()  # Still on trial: whoever is told must not record before the file.

    def record(self, *, clock_us: int, dry_run: bool) -> ImportReceipt:
        """Record the events of the good lines, those apart that were recorded before.

        Raises:
            RefusedError: What others recorded meanwhile stands against it; nothing is written.
        """
        new = [each for each in self._taken if each.stored is None]
        events = [each.event for each in new]
        try:
            receipt = self.recorder.record(events, clock_us=clock_us, dry_run=dry_run)
        except RefusedError as error:
            raise RefusedError(self._told(error.findings, new)) from None
        added = iter(receipt.events)
        old = [each for each in self._taken if each.stored is not None]
        already = len(old) + (len(new) if receipt.replayed else 0)
        return ImportReceipt(
            events=tuple(each.stored or next(added) for each in self._taken),
            warnings=(
                *self._told(receipt.warnings, new),
                *self._told(self._retractions(old), old),
            ),
            replayed=0 < already == len(self._taken),
            already=already,
            rejected=self.reports.findings,
            rejected_lines=self.rejected,
        )

    def _read(self, line: Line, offer: Offer) -> None:
        """One line: an event that is tried, or what is wrong with it."""
        try:
            fields = read_object(line)
        except FieldError as error:
            found = scraps(line)
            cls = self.vocabulary.class_of(found.get("type"))
            self._turn_down(line, refusal(line, [error]).findings, cls, found)
            return
        self._first(line, fields.get("id"))  # Also of a bad line.
        try:
            event = read_event(line, fields, vocabulary=self.vocabulary)
        except RefusedError as error:
            cls = self.vocabulary.class_of(fields.get("type"))
            self._turn_down(line, error.findings, cls, fields)
            return
        self._try(line, event, fields, offer)

    def _first(self, line: Line, name: object) -> int:
        """The number of the line on which the id stands first."""
        if not isinstance(name, str) or len(name) > LONGEST_ID:
            return line.number
        return self._lines.setdefault(name, line.number)

    def _try(self, line: Line, event: Event, fields: Fields, offer: Offer) -> None:
        """Try the event of a line; its id may stand on another line first."""
        is_named, first = event.id is not None, self._first(line, event.id)
        if not is_named:
            event = with_own_id(event, fields, self._contents, vocabulary=self.vocabulary)
        stored = self.recorder.stored(event.id or "")
        if stored is None and self.by is not None and event.recorded_by is None:
            event = stamped(event, recorded_by=self.by)
        taken = Taken(attrs.evolve(line, data=b""), event, is_named, stored)
        refused = self._refusals(taken, offer, first=first)
        if not refused:
            self._take(taken)
            return
        own = [each for each in refused if not self._doubts.explain(event, each)]
        told = tuple(taken.told(each, self._made) for each in own)
        self._turn_down(line, told, type(event), attrs.asdict(event, recurse=False))

    def _take(self, taken: Taken) -> None:
        """A good line; an id that was made for it is known by its number."""
        self._taken.append(taken)
        if not taken.is_named and taken.stored is None:
            self._made[taken.event.id or ""] = taken.line.number

    def _refusals(self, taken: Taken, offer: Offer, *, first: int) -> list[Finding]:
        """Why the event of a line cannot be recorded; empty if it can, or if it was before."""
        event, stored = taken.event, taken.stored
        if first != taken.line.number:
            return [_e107(event, f"stands on line {first} already: give each event its own")]
        if stored is None:
            return list(filter(self.recorder.refuses, offer(event)))
        return list(_otherwise(event, stored))

    def _turn_down(
        self,
        line: Line,
        findings: tuple[Finding, ...],
        cls: type[Event] | None,
        fields: Mapping[str, object],
    ) -> None:
        """A bad line; without findings, it only follows from others."""
        self.rejected += 1
        self.reject(line.data + (b"\n" if line.is_ended else b""))
        self._doubts.add(cls, fields)
        if findings:
            self.reports.add(findings)

    def _told(self, findings: Iterable[Finding], of: Sequence[Taken]) -> tuple[Finding, ...]:
        """Findings on events, whose index says which, with the lines of the events."""
        return tuple(of[(each.index or 1) - 1].told(each, self._made) for each in findings)

    def _retractions(self, old: Sequence[Taken]) -> Iterator[Finding]:
        """W107 for what was recorded before, and retracted since."""
        stored = [each.stored for each in old if each.stored is not None]
        return retractions(stored, Visible(self.recorder.facts, self.recorder.position))


def _otherwise(event: Event, stored: Recorded) -> Iterator[Finding]:
    """E107 if the event is not the one that is recorded under its id."""
    by = stored.event.recorded_by
    same = event if event.recorded_by or by is None else stamped(event, recorded_by=by)
    names = differences(same, stored.event)
    if names:
        yield _e107(event, differs(stored, names))


def _e107(event: Event, message: str) -> Finding:
    """The refusal of an id."""
    return Finding(
        "E107", f"id: {message}", "id", event_type=type(event).__name__, event_id=event.id
    )
