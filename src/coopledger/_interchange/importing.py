"""A line of somebody's file as an event: strict, and every fault of the line is told."""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import TypeVar

import attrs

from coopledger._facts.visible import Visible
from coopledger._fields.reading import event_id, positive, short_repr, text
from coopledger._interchange.consequences import LONGEST_ID, Consequences, scraps
from coopledger._interchange.files import (
    FromFile,
    Source,
    ToFile,
    opened,
    refuse_log_file,
    refuse_taken,
    written,
)
from coopledger._interchange.lines import (
    RECORD,
    Line,
    Reports,
    is_list,
    is_object,
    lines,
    located,
    read_object,
    refusal,
)
from coopledger._interchange.progress import Meter, Progress
from coopledger._interchange.rewrites import with_form
from coopledger._log.chain import Recorded
from coopledger._log.codec import canonical, differences, read, write_fields
from coopledger._log.vocabulary import Fields, Vocabulary
from coopledger._recording.receipts import Receipt, differs, retractions
from coopledger._recording.recorder import Offer, Recorder
from coopledger._suggest import did_you_mean
from coopledger.errors import FieldError, Finding, NewerLogError, RefusedError
from coopledger.events import Event
from coopledger.events.envelope import stamped
from coopledger.stores import Store

Read = TypeVar("Read")

MOST_NAMED = 1000
FIRST = 1  # The version of a line that names none: what is newer is not changed by lifting it.
_ID_LETTERS = 32
_MADE = re.compile(rf"(event )?\b([0-9a-f]{{{_ID_LETTERS}}})\b")


def read_event(line: Line, fields: Fields, *, vocabulary: Vocabulary) -> Event:
    """The event that the fields of a line tell; without an id, if the line gives none.

    Raises:
        RefusedError: With every fault of the line.
    """
    unfit = [*_exported(fields), *_too_long(fields)]
    if unfit:
        raise refusal(line, unfit)
    rest, faults = dict(fields), list[FieldError]()
    name = _taken(rest, "id", event_id, faults)
    version = _taken(rest, "v", positive, faults)
    tag = _taken(rest, "type", partial(_tag, vocabulary), faults)
    if tag is None:
        raise refusal(line, faults)
    _, cls = vocabulary.types[tag]
    found = [fault.finding(cls.__name__, name) for fault in faults]
    try:
        event = read(tag, version or FIRST, rest, event_id=name, vocabulary=vocabulary)
    except RefusedError as error:
        found += (with_form(each, cls, fields) for each in error.findings)
    except NewerLogError as error:
        found.append(Finding("E106", f"v: {error}", "v", event_type=cls.__name__, event_id=name))
    else:
        if not found:
            return event
    raise RefusedError(tuple(located(finding, line) for finding in found))


def with_own_id(
    event: Event, fields: Fields, seen: dict[bytes, int], *, vocabulary: Vocabulary
) -> Event:
    """The event with an id made of its line, so that the same line is recorded only once.

    Of the fields as they stand on the line, so that it is the same when a newer version lifts
    them. ``seen`` counts how often the same content came before: a repeated line is an event too.
    """
    tag, _ = vocabulary.tag_of(type(event))
    start = f"{tag} {fields.get('v', FIRST)}\n".encode()
    content = sha256(start + canonical(_as_on_line(event, fields, vocabulary))).digest()
    seen[content] = seen.get(content, 0) + 1
    made = sha256(content + f"{seen[content]}".encode()).hexdigest()
    return stamped(event, id=made[:_ID_LETTERS])


def _as_on_line(event: Event, fields: Fields, vocabulary: Vocabulary) -> Fields:
    """The fields of the event, those that were lifted as the line has them."""
    told = {name: value for name, value in fields.items() if name not in {"id", "type", "v"}}
    tag, version = vocabulary.tag_of(type(event))[0], fields.get("v", FIRST)
    lifted = vocabulary.lift(
        tag, dict(told), version=version if isinstance(version, int) else FIRST
    )
    same = {name for name, value in lifted.items() if name in told and told[name] == value}
    kept = {name: value for name, value in write_fields(event).items() if name in same}
    return kept | {name: value for name, value in told.items() if name not in same}


def citing_lines(message: str, made: Mapping[str, int]) -> str:
    """The message with the numbers of lines in place of ids that were made for them.

    ``made`` gives the line of each such id, which stands neither in the file nor in the ledger.
    """

    def cited(found: re.Match[str]) -> str:
        line = made.get(found[2])
        if line is None:
            return found[0]
        return f"line {line}" if found[1] else f"on line {line}"

    return _MADE.sub(cited, message)


def _exported(fields: Fields) -> Iterator[FieldError]:
    """That the line says when it was recorded, which here only the clock says."""
    told = next((name for name in RECORD if name in fields), None)
    if told is not None:
        remedy = "tells of a recording: restore_jsonl puts it back; a plain export has none"
        yield FieldError("E106", repr(told), remedy)


def _too_long(fields: Fields) -> Iterator[FieldError]:
    """That a list names more than any event does; each would be looked for among all ids."""
    changes = fields.get("changes")
    inner = changes if is_object(changes) else {}
    for name, value in (*fields.items(), *inner.items()):
        if is_list(value) and len(value) > MOST_NAMED:
            found = f"a list of {len(value)} values"
            yield FieldError("E106", found, f"is longer than {MOST_NAMED}", name)


def _taken(
    fields: Fields, name: str, read: Callable[..., Read], faults: list[FieldError]
) -> Read | None:
    """The field taken out and read, if it is there; a fault is added to the others."""
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
    """The wire tag of an event type."""
    tag, types = text(value), vocabulary.types
    if tag in types:
        return tag
    meant = next((known for known, (_, cls) in types.items() if cls.__name__ == tag), None)
    near = did_you_mean(tag, types)
    if "." in tag and not near:
        raise FieldError(
            "E106", short_repr(tag), "is defined by a pack: open the ledger with packs=[it]"
        )
    hint = f"; did you mean {meant!r}?" if meant else near
    raise FieldError("E106", short_repr(tag), f"is no type of event{hint}")


# What importing gives back.


@attrs.frozen(kw_only=True, repr=False)
class ImportReceipt(Receipt):
    """What importing a file gave: the receipt of its good lines, and what was wrong with others.

    Attributes:
        events: The events of the good lines as they lie in the log, in the order of the lines;
            those that were recorded before among them.
        already: How many of them had been recorded before, with the same content.
        rejected: What was wrong with the bad lines, in their order; one line may have several
            findings.
        rejected_lines: How many lines were not recorded, those included that only follow from
            other bad lines, of which nothing is said.
    """

    already: int
    rejected: tuple[Finding, ...] = ()
    rejected_lines: int = 0

    def __str__(self) -> str:
        """The events, the warnings and what was rejected, one line each."""
        return "\n".join(filter(None, (super().__str__(), *map(str, self.rejected))))

    def _parts(self) -> list[str]:
        """What the receipt of a recording says, and how many lines were known or bad."""
        more = (self.already, "recorded before"), (self.rejected_lines, "lines rejected")
        return [*super()._parts(), *(f"{number} {what}" for number, what in more if number)]


# Somebody's file into a ledger: every line is tried, then all are recorded, or none.


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
    _doubts: Consequences = attrs.field(factory=Consequences)
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
