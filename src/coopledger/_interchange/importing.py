"""Import of a file of events: every line is tried, then all are recorded, or none.

A line is read strictly, and every fault of a bad line is reported. A line that gives its event no
id gets one that is made of its content, so that a file imported twice is recorded once.
"""

from array import array
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

import attrs

from coopledger._facts.visible import Visible
from coopledger._fields.bounds import MOST_VALUES, too_many
from coopledger._fields.reading import event_id, positive, short_repr, text
from coopledger._frozen import frozen
from coopledger._interchange.exporting import RECORD
from coopledger._interchange.files import (
    FileSource,
    FromFile,
    ToFile,
    opened,
    refuse_log_file,
    refuse_taken,
    written,
)
from coopledger._interchange.good_lines import ID_LETTERS, GoodLines, Numbers, locate
from coopledger._interchange.hints import LONGEST_ID, Consequences, legible_fields, with_form
from coopledger._interchange.lines import (
    Line,
    Reports,
    is_list,
    is_object,
    lines,
    located,
    read_object,
    refusal,
)
from coopledger._log.chain import Recorded
from coopledger._log.codec import canonical, differences, read_line, write_fields
from coopledger._log.vocabulary import Fields, Vocabulary
from coopledger._progress import Meter, Progress
from coopledger._recording.admission import as_read, beyond_bounds
from coopledger._recording.receipts import Receipt, differs, retractions
from coopledger._recording.recorder import Recorder, Trial
from coopledger._recording.spool import Spool, TouchedError, new_scratch
from coopledger._suggest import did_you_mean
from coopledger.errors import (
    FieldError,
    Finding,
    NewerLogError,
    RefusedError,
    StoreBusyError,
    StoreConflictError,
    StoreError,
)
from coopledger.events import Event
from coopledger.events.envelope import stamped
from coopledger.stores import Store

if TYPE_CHECKING:
    from coopledger.stores.sqlite.scratch import Scratch

Value = TypeVar("Value")

FIRST = 1  # The version of a line that names none: a newer one is not changed by lifting it.
_PAGE_LINES = 1_000  # So many are held in memory.
_ATTEMPTS = 3


@frozen(kw_only=True, repr=False)
class ImportReceipt(Receipt):
    """Receipt of the good lines of an imported file, and the findings on the others.

    Attributes:
        events: The events of the good lines as they lie in the log, in the order of the lines;
            those that were recorded before among them.
        already: How many of them had been recorded before, with the same content.
        rejected: The findings on the bad lines, in their order; one line may have several.
        rejected_lines: How many lines were not recorded, those included that only follow from
            other bad lines, on which there is no finding.
    """

    already: int
    rejected: tuple[Finding, ...] = ()
    rejected_lines: int = 0

    def __str__(self) -> str:
        """Return the events, the warnings and the findings on bad lines, one line each."""
        return "\n".join(filter(None, (super().__str__(), *map(str, self.rejected))))

    def _parts(self) -> list[str]:
        """Return the parts of a receipt, and how many lines were known or bad."""
        more = (self.already, "recorded before"), (self.rejected_lines, "lines rejected")
        return [*super()._parts(), *(f"{number} {words}" for number, words in more if number)]


@frozen(kw_only=True)
class ImportRequest:
    """Arguments of `Ledger.import_jsonl`, apart from the file.

    Attributes:
        ledger: The name of the ledger.
        by: Who records, for lines that do not say it themselves.
        dry_run: Whether nothing is to be written.
        rejects: The file for the bad lines; without it they refuse the whole file.
        progress: Called now and then with the number of bytes read, and of how many.
    """

    ledger: str
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
        RefusedError: With every finding on every bad line, unless there is a file for these.
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
            meter = Meter(request.progress, source.size)
            with closing(Intake(store, recorder, request, reject, now())) as intake:
                tried = intake.read(source, meter)
                return intake.spooled() or intake.receipt(tried or intake.record())


def _drop(_: bytes) -> None:
    """Keep nothing of a bad line: no file was given for them, or nothing is to be written."""


@contextmanager
def _rejecting(request: ImportRequest) -> Generator[Callable[[bytes], object], None, None]:
    """Give a function that takes the bytes of bad lines, into the file for them if there is one."""
    if request.rejects is None or request.dry_run:
        yield _drop
        return
    with written("rejects", request.rejects) as target:
        yield target.write


@attrs.define
class Intake:
    """Lines of a file on their way into a ledger.

    Attributes:
        store: The store of the ledger.
        recorder: The recorder that tries the events, and records them.
        request: The arguments of the import.
        reject: Called with the bytes of bad lines.
        clock_us: The time at which they are recorded.
        reports: The findings on them.
        rejected: How many there are, with those that only follow from others.
    """

    store: Store
    recorder: Recorder
    request: ImportRequest
    reject: Callable[[bytes], object]
    clock_us: int
    reports: Reports = attrs.field(factory=Reports)
    rejected: int = 0
    _consequences: Consequences = attrs.field(factory=Consequences)
    _good: GoodLines = attrs.field(factory=GoodLines)
    # Of lines that are not spilled: the new events, and those that were recorded before.
    _events: list[Event] = attrs.field(factory=list[Event])
    _stored: list[Recorded] = attrs.field(factory=list[Recorded])
    # On events that are tried and not refused, with the number of each among them.
    _warnings: list[Finding] = attrs.field(factory=list[Finding])
    _tried: int = 0
    # Of each id on a line, the number of the first; of each id made of a line, its number.
    _first_lines: Numbers = attrs.field(factory=lambda: Numbers("first line"))
    _own_ids: Numbers = attrs.field(factory=lambda: Numbers("own id"))
    _contents: Numbers = attrs.field(factory=lambda: Numbers("content"))
    _lines: int = 0
    _spool: Spool | None = None
    _notes: "Scratch | None" = None
    _first: int | None = None  # Position of the first event that was spooled and stored.

    def read(self, file: FileSource, meter: Meter) -> Receipt | None:
        """Try every line, after the good ones before it, and store what was tried.

        Nothing is stored in a dry run, nor where others recorded meanwhile what stands against it:
        then there is no receipt, and all is to be tried again, after theirs. Nor is there one where
        lines were spooled, which are stored all the same.

        Raises:
            RefusedError: With every finding on every bad line, unless there is a file for these;
                or the file is UTF-16, or one JSON array.
            StoreError: It cannot be read, or the store not be written.
        """
        # Progress is reported on trial, so that the function that is called cannot record first.
        with self.recorder.trial(clock_us=self.clock_us) as offer:
            for line in lines(file, meter, drop=self.reject):
                self._read(line, self._spool.offer if self._spool else offer)
                self._lines += 1
                if not self._lines % _PAGE_LINES:
                    self._spill()
            if self.request.rejects is None:
                self.reports.refuse()
            if self._spool is not None:
                self._spill()
            if self.request.dry_run:
                return None
            if self._spool is None:
                return self._stored_now()
            self._store_spool()
        return None

    def _spill(self) -> None:
        """Write what was tried, and what is known of the lines, to temporary files."""
        if self._spool is None or self._notes is None:
            self._notes = new_scratch()
            self._spool = self._new_spool(asked=self.recorder.asked)
        for numbers in (self._first_lines, self._own_ids, self._contents):
            numbers.spill(self._notes)
        self._spool.spill()
        self._events.clear()
        self._stored.clear()

    def _new_spool(self, *, asked: Iterable[str] = ()) -> Spool:
        """Return a spool that goes on where the recorder has come to."""
        ledger, clock_us = self.request.ledger, self.clock_us
        return Spool(self.store, self.recorder, ledger=ledger, clock_us=clock_us, asked=asked)

    def _stored_now(self) -> Receipt | None:
        """Store the tried events; None where others recorded what stands against one of them."""
        try:
            return self.recorder.store_tried(self._events, self._warnings, clock_us=self.clock_us)
        except (RefusedError, StoreConflictError):
            return None

    def _store_spool(self) -> None:
        """Store what is spooled; try it again where others recorded what stands against it.

        The lock is held only while it is stored, not while it is tried. Where others recorded
        one of the very events, all are taken back into memory, to be replayed or refused.

        Raises:
            RefusedError: An event is refused after what others recorded meanwhile.
            StoreBusyError: Others were in the way every time.
        """
        for attempt in range(_ATTEMPTS):
            if attempt and self._spool is not None:
                self._try_again(self._spool)
            if self._spool is None:
                return
            with suppress(TouchedError, StoreConflictError):
                self._first = self._spool.store()
                return
        where = f"ledger {self.request.ledger!r}"
        reason = "others recorded meanwhile what the lines rest on, every time: import once more"
        raise StoreBusyError(where, reason)

    def _try_again(self, spool: Spool) -> None:
        """Try all that is spooled once more, after what others recorded."""
        with closing(spool.scratch):
            self._spool = None
            if spool.overlaps():
                facts = self.recorder.facts
                self._events = list(spool.tried_events())
                self._stored = [facts.recorded(place) for place in self._good.places if place]
            else:
                self._spool = self._new_spool()
                self._try_on(self._spool, spool.tried_events())

    def _try_on(self, spool: Spool, events: Iterator[Event]) -> None:
        """Try events that were tried before, and keep the warnings."""
        self._warnings.clear()
        for index, event in enumerate(events, 1):
            findings = spool.offer(event, index=index)
            refusals = list(filter(self.recorder.refuses, findings))
            if refusals:
                raise RefusedError(self._located(refusals, self._good.new()))
            self._warnings += findings
            if not index % _PAGE_LINES:
                spool.spill()
        spool.spill()

    def record(self) -> Receipt:
        """Try the events of the good lines once more, and record them unless in a dry run.

        Raises:
            RefusedError: An event is refused after what others recorded meanwhile; nothing is
                written.
        """
        dry_run = self.request.dry_run
        try:
            return self.recorder.record(self._events, clock_us=self.clock_us, dry_run=dry_run)
        except RefusedError as error:
            raise RefusedError(self._located(error.findings, self._good.new())) from None

    def receipt(self, receipt: Receipt) -> ImportReceipt:
        """Return the receipt of the file, given that of the lines not recorded before."""
        added, known = iter(receipt.events), iter(self._stored)
        return self._receipt(
            tuple([next(known if place else added) for place in self._good.places]),
            receipt.warnings,
            already=len(self._stored) + (len(self._events) if receipt.replayed else 0),
            known=self._stored,
        )

    def spooled(self) -> ImportReceipt | None:
        """Return the receipt of a file of which lines were spooled; None if none were."""
        spool, self._spool = self._spool, None
        if spool is None:
            return None
        places = self._good.places
        events = spool.recorded(places, first=self._first)
        if self._first is not None:
            spool.scratch.close()
            with suppress(StoreError):  # What is stored is stored.
                self.recorder.catch_up()
        old = self._good.old()
        known = spool.recorded(array("q", (places[each] for each in old)), first=0)
        return self._receipt(events, self._warnings, already=len(old), known=known)

    def _receipt(
        self,
        events: Sequence[Recorded],
        warnings: Iterable[Finding],
        *,
        already: int,
        known: Iterable[Recorded],
    ) -> ImportReceipt:
        """Return the receipt of the file, with the events that were known before it."""
        visible = Visible(self.recorder.facts, self.recorder.position)
        return ImportReceipt(
            events=events,
            warnings=(
                *self._located(warnings, self._good.new()),
                *self._located(retractions(known, visible), self._good.old()),
            ),
            replayed=0 < already == len(self._good),
            already=already,
            rejected=self.reports.findings,
            rejected_lines=self.rejected,
        )

    def close(self) -> None:
        """Remove the temporary files, save one whose events a receipt still shows."""
        if self._notes is not None:
            self._notes.close()
        if self._spool is not None:
            self._spool.scratch.close()

    def _read(self, line: Line, offer: Trial) -> None:
        """Read one line, and try its event or reject it."""
        vocabulary = self.recorder.settings.vocabulary
        try:
            fields = read_object(line)
        except FieldError as error:
            fields = legible_fields(line)
            cls = vocabulary.class_of(fields.get("type"))
            self._reject(line, refusal(line, [error]).findings, cls, fields)
            return
        self._first_line(line, fields.get("id"))  # Also of a bad line.
        try:
            event = read_event(line, fields, vocabulary=vocabulary)
        except RefusedError as error:
            cls = vocabulary.class_of(fields.get("type"))
            self._reject(line, error.findings, cls, fields)
            return
        self._try(line, event, fields, offer)

    def _first_line(self, line: Line, name: object) -> int:
        """Return the number of the first line with the id, which is this one if there is none."""
        if not isinstance(name, str) or len(name) > LONGEST_ID:
            return line.number
        first = self._first_lines.get(name)
        if first is None:
            self._first_lines.keep(name, line.number)
        return first or line.number

    def _try(self, line: Line, event: Event, fields: Fields, offer: Trial) -> None:
        """Try the event of a line; its id may be on another line first."""
        is_named, first = event.id is not None, self._first_line(line, event.id)
        if not is_named:
            vocabulary = self.recorder.settings.vocabulary
            event = with_own_id(event, fields, self._contents, vocabulary=vocabulary)
        event = as_read(event)
        stored, by = self.recorder.stored(event.id or ""), self.request.by
        if stored is None and by is not None and event.recorded_by is None:
            event = stamped(event, recorded_by=by)
        if first != line.number:
            message = f"stands on line {first} already: give each event its own"
            refusals = [_e107(event, message)]
        else:
            refusals = self._refusals(event, stored, offer)
        if refusals:
            causes = [each for each in refusals if not self._consequences.explain(event, each)]
            findings = (
                locate(each, line, is_named=is_named, own_ids=self._own_ids) for each in causes
            )
            self._reject(line, tuple(findings), type(event), attrs.asdict(event, recurse=False))
            return
        self._keep(line, event, stored, is_named=is_named)

    def _keep(self, line: Line, event: Event, stored: Recorded | None, *, is_named: bool) -> None:
        """Keep a good line, and its event."""
        self._good.add(line, is_named=is_named, place=stored.position if stored else 0)
        if stored is not None:
            self._stored.append(stored)
            return
        self._events.append(event)
        if not is_named:
            self._own_ids.keep(event.id or "", line.number)

    def _refusals(self, event: Event, stored: Recorded | None, offer: Trial) -> list[Finding]:
        """Return why the event of a line cannot be recorded; empty if it can, or was before."""
        if stored is None:
            return self._tried_refusals(offer(event))
        by = stored.event.recorded_by
        same = event if event.recorded_by or by is None else stamped(event, recorded_by=by)
        names = differences(same, stored.event)
        return [_e107(event, differs(stored, names))] if names else []

    def _tried_refusals(self, findings: list[Finding]) -> list[Finding]:
        """Return the refusals on an event that was tried; without any, its warnings are kept."""
        refusals = list(filter(self.recorder.refuses, findings))
        if not refusals:
            self._tried += 1
            self._warnings += (attrs.evolve(each, index=self._tried) for each in findings)
        return refusals

    def _reject(
        self,
        line: Line,
        findings: tuple[Finding, ...],
        cls: type[Event] | None,
        fields: Mapping[str, object],
    ) -> None:
        """Count a bad line and pass on its bytes; without findings, it follows from others."""
        self.rejected += 1
        self.reject(line.data + (b"\n" if line.is_ended else b""))
        self._consequences.add(cls, fields)
        if findings:
            self.reports.add(findings)

    def _located(self, findings: Iterable[Finding], among: Sequence[int]) -> tuple[Finding, ...]:
        """Return findings on events, whose index says which, with the lines of the events."""
        return self._good.locate(findings, among, self._own_ids)


def _e107(event: Event, message: str) -> Finding:
    """Return the refusal of an id."""
    return Finding(
        "E107", f"id: {message}", "id", event_type=type(event).__name__, event_id=event.id
    )


def read_event(line: Line, fields: Fields, *, vocabulary: Vocabulary) -> Event:
    """Return the event in the fields of a line; without an id, if the line gives none.

    Raises:
        RefusedError: With every fault of the line.
    """
    unfit = [*_exported(fields), *_too_long(fields)]
    if unfit:
        raise refusal(line, unfit)
    rest, faults = dict(fields), list[FieldError]()
    name = _take_out(rest, "id", event_id, faults)
    version = _take_out(rest, "v", positive, faults)
    tag = _take_out(rest, "type", partial(_tag, vocabulary), faults)
    if tag is None:
        raise refusal(line, faults)
    _, cls = vocabulary.types[tag]
    findings = [fault.finding(cls.__name__, name) for fault in faults]
    try:
        event = read_line(tag, version or FIRST, rest, event_id=name, vocabulary=vocabulary)
    except RefusedError as error:
        findings += (with_form(each, cls, fields) for each in error.findings)
    except NewerLogError as error:
        newer = Finding("E106", f"v: {error}", "v", event_type=cls.__name__, event_id=name)
        findings.append(newer)
    else:
        findings += beyond_bounds(event)
        if not findings:
            return event
    raise RefusedError(tuple(located(finding, line) for finding in findings))


def _exported(fields: Fields) -> Iterator[FieldError]:
    """Refuse a line that says when it was recorded, which here only the clock says."""
    column = next((name for name in RECORD if name in fields), None)
    if column is not None:
        remedy = "tells of a recording: restore_jsonl puts it back; a plain export has none"
        yield FieldError("E106", repr(column), remedy)


def _too_long(fields: Fields) -> Iterator[FieldError]:
    """Refuse lists longer than in any event; each item would be looked for among all ids."""
    changes = fields.get("changes")
    inner = changes if is_object(changes) else {}
    for name, value in (*fields.items(), *inner.items()):
        if is_list(value) and len(value) > MOST_VALUES:
            yield too_many(value).within(name)


def _take_out(
    fields: Fields, name: str, read: Callable[..., Value], faults: list[FieldError]
) -> Value | None:
    """Take the field out and read it, if it is there; a fault is added to the others."""
    if name not in fields and name == "type":
        remedy = "is missing: name the type of the event, such as 'meeting-held'"
        faults.append(FieldError("E105", "'type'", remedy))
    if name not in fields:
        return None
    try:
        return read(fields.pop(name))
    except FieldError as error:
        faults.append(error.within(name))
    return None


def _tag(vocabulary: Vocabulary, value: str) -> str:
    """Return the wire tag of an event type, also for the name of its class."""
    tag, types = text(value), vocabulary.types
    if known := vocabulary.tag_named(tag):
        return known
    near = did_you_mean(tag, (*types, *(cls.__name__ for _, cls in types.values())))
    if "." in tag and not near:
        remedy = "is defined by a pack: open the ledger with packs=[it]"
        raise FieldError("E106", short_repr(tag), remedy)
    raise FieldError("E106", short_repr(tag), f"is no type of event{near}")


def with_own_id(
    event: Event, fields: Fields, contents: Numbers, *, vocabulary: Vocabulary
) -> Event:
    """Return the event with an id made of its line, so that the line is recorded only once.

    The id is made of the fields as the line has them, so that it stays the same when a newer
    version lifts them. ``contents`` counts how often the same content came before: a repeated line
    is an event too.
    """
    tag, _ = vocabulary.tag_of(type(event))
    start = f"{tag} {fields.get('v', FIRST)}\n".encode()
    content = sha256(start + canonical(_as_on_line(event, fields, vocabulary))).digest()
    count = (contents.get(content.hex()) or 0) + 1
    contents.keep(content.hex(), count)
    own_id = sha256(content + f"{count}".encode()).hexdigest()
    return stamped(event, id=own_id[:ID_LETTERS])


def _as_on_line(event: Event, fields: Fields, vocabulary: Vocabulary) -> Fields:
    """Return the fields of the event, those that were lifted as the line has them."""
    own = {name: value for name, value in fields.items() if name not in {"id", "type", "v"}}
    (tag, _), version = vocabulary.tag_of(type(event)), fields.get("v", FIRST)
    version = version if isinstance(version, int) else FIRST
    newest = vocabulary.lift(tag, dict(own), version=version)
    same = {name for name, value in newest.items() if name in own and own[name] == value}
    unlifted = {name: value for name, value in write_fields(event).items() if name in same}
    return unlifted | {name: value for name, value in own.items() if name not in same}
