"""Recorder of one ledger, the settings that it has, and the events of one call."""

from collections.abc import Callable, Collection, Container, Generator, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from typing import TypeAlias

import attrs

from coopledger._facts.facts import Facts
from coopledger._facts.in_turn import LatestVisible
from coopledger._facts.index import named_by
from coopledger._facts.listing import like_name, own_names
from coopledger._facts.visible import EVERYTHING, Visible
from coopledger._fields.reading import require, short_repr
from coopledger._folding import skeleton
from coopledger._frozen import frozen
from coopledger._gc import collector_paused
from coopledger._ids import NewId, time_ordered
from coopledger._log.chain import Draft, Head, Recorded, Row, unbroken
from coopledger._log.codec import from_row, lifted, recorded, to_draft
from coopledger._log.vocabulary import CORE, Vocabulary
from coopledger._recording.admission import control_signs
from coopledger._recording.call import Call
from coopledger._recording.handovers import passed_on
from coopledger._recording.indexing import Lister, LogIndex
from coopledger._recording.receipts import Receipt, given_twice, refusals, retractions
from coopledger._recording.zone import NEW
from coopledger._rules.lives import Lives
from coopledger._suggest import did_you_mean
from coopledger._validation.candidate import OwnChecks
from coopledger._validation.checks import validate
from coopledger._validation.general import slow_clock
from coopledger.dates import day_of
from coopledger.errors import (
    WARNINGS,
    CallOrderError,
    CoopledgerError,
    FieldError,
    Finding,
    PositionMovedError,
    RefusedError,
    StoreConflictError,
    StoreError,
)
from coopledger.events import Event
from coopledger.stores.protocol import Joined, Log, Offer, Store

Trial = Callable[[Event], list[Finding]]
# So many events are kept in memory before the index of the store is asked for them.
_LONGEST_TAIL = 2_000
Strict: TypeAlias = bool | Collection[str]  # Warnings that a ledger refuses: all, none or some.


@frozen(kw_only=True)
class Settings:
    """Settings of one ledger, chosen when it was opened.

    Attributes:
        zone: The zone that says which day an instant belongs to.
        new_id: Gives an id to each event that brings none; by default ordered by time.
        strict: The codes of the warnings that are refusals here.
        vocabulary: The event types that it can hold.
        checks: What events must satisfy beyond the rules of the library.
    """

    zone: str = NEW
    new_id: NewId | None = None
    strict: Container[object] = frozenset[str]()
    vocabulary: Vocabulary = CORE
    checks: OwnChecks = ()

    def no_facts(self) -> Facts:
        """Return facts without events, which accept events of older versions."""
        return Facts(lift=partial(lifted, vocabulary=self.vocabulary))


def _names_to_try(event: Event) -> Iterator[str]:
    """Yield names under which a trial of the event looks for facts."""
    yield from own_names(event)
    if event.__opens__ is not None:
        yield like_name(skeleton(getattr(event, event.__opens__)))
    yield from (name for _, name, _ in named_by(event))


class EveryWarning(Container[object]):
    """Codes of all warnings, those of packs included."""

    def __contains__(self, code: object) -> bool:
        """Return whether the code is one of a warning."""
        return isinstance(code, str) and code.startswith("W")


def refused_warnings(strict: Strict) -> Container[object]:
    """Return the codes of the warnings that are refusals: all for True, none for False.

    The code of a pack begins with ``W-``, and is taken as it is.

    Raises:
        FieldError: E106 for what is no code of a warning, with the nearest.
    """
    if isinstance(strict, bool):
        return EveryWarning() if strict else frozenset[str]()
    require(strict, Collection, "is neither True or False nor codes of warnings, such as {'W105'}")
    codes = (strict,) if isinstance(strict, str) else strict
    return frozenset(map(_warning_code, codes))


def _warning_code(value: object) -> str:
    """Return the value, if it is the code of a warning."""
    if isinstance(value, str) and (value in WARNINGS or value.startswith("W-")):
        return value
    hint = did_you_mean(value, WARNINGS) if isinstance(value, str) else ""
    raise FieldError("E106", short_repr(value), f"is no code of a warning{hint}")


class Recorder:
    """Writer of one ledger, which keeps its facts in step with the store.

    Not safe for several threads. Events are tried on the facts: they are added as they would be
    stored, and forgotten again, unless they are stored.

    Attributes:
        settings: The settings of the ledger.
        facts: The facts of the ledger; beyond the position, only while events are tried.
        position: The position up to which the facts are stored.
        caught_up: Whether the log was read once.
    """

    def __init__(
        self, store: Log, *, ledger: str, settings: Settings, indexed: Store | None = None
    ) -> None:
        """Begin without facts; the log is looked at when the recorder catches up.

        ``indexed`` is the store again, where its index of names may be written.
        """
        self.settings = settings
        self.facts: Facts = settings.no_facts()
        self.position: int = 0
        self.caught_up: bool = False
        self._store = store
        self._indexed = indexed
        self._ledger = ledger
        self._index = LogIndex(ledger, settings.vocabulary)
        self._incoming: str | None = None
        self._lives = Lives()
        self._latest = LatestVisible()
        self._asked: set[str] = set()
        self._longest_tail = _LONGEST_TAIL
        self._ruled: frozenset[str] = frozenset()
        self._tags: set[str] = set()

    def catch_up(self) -> None:
        """Take in the events that others have recorded since."""
        if self._incoming is not None:
            return
        with self._reset_if_interrupted():
            head = self._store.head(self._ledger)
            if not self.caught_up:
                self._begin(head)
            if head.position > self.position:
                self._catch_up_with(head)
            self.caught_up = True

    def _begin(self, head: Head) -> None:
        """Take the facts from the index of the store."""
        base = self._reach(head)
        self.facts, self.position = self._index.facts(self._store, base=base), base

    def _reach(self, head: Head) -> int:
        """Return how far the index of the store can be used, which is written where it is missing.

        What it lacks of the end is read into memory, unless that is much: who reads does not
        wait for the lock of a writer then, such as a host in the midst of its transaction.
        """
        base = self._index.reach(self._store, head) if head.position else 0
        if self._indexed is None or head.position - base <= _LONGEST_TAIL:
            return base
        return self._index.write(self._indexed, head)

    def lister(self) -> Lister:
        """Return the function that gives the names of each row, called in the order of the log."""
        return self._index.lister(self._store)

    def reads_index(self) -> bool:
        """Return whether the index is read; one by other rules is not, and may differ."""
        return self._index.is_usable(self._store)

    def facts_in(self, log: Joined) -> Facts:
        """Return facts that are read in the transaction of a host, as far as the index has them."""
        return self._index.facts(log, base=self._index.reach(log, log.head(self._ledger)))

    def _catch_up_with(self, head: Head) -> None:
        """Take in the rows up to the head; where they are many, by the index of the store."""
        self.facts.forget(after=self.position)
        if head.position - self.facts.base > self._longest_tail:
            base = self._reach(head)
            if base > self.facts.base:
                self.facts.rebase(base, warm=True)
                self.position = max(self.position, base)
            self._longest_tail = _LONGEST_TAIL + 2 * (head.position - self.facts.base)
        if head.position > self.position:
            self._take_in(self._store.read(self._ledger, after=self.position))

    def record(
        self,
        events: Sequence[Event],
        *,
        clock_us: int,
        expect: int | None = None,
        dry_run: bool = False,
    ) -> Receipt:
        """Store all the events, or none.

        They are tried against what is known already. Only when they are refused does the ledger
        look whether others recorded something since: the store itself tells when it stores them.

        Raises:
            RefusedError: An event breaks a rule, or an id is recorded with other content.
            PositionMovedError: The ledger is not at the position expected.
        """
        self._refuse_busy()
        call = self.call(events, clock_us=clock_us)
        if dry_run or not self.caught_up:
            self.catch_up()
        record = partial(self._record, call, clock_us=clock_us, expect=expect, dry_run=dry_run)
        try:
            if len(events) == 1:
                return self._with_latest(record)
            with collector_paused():  # Most of what many events bring is kept.
                return self._with_latest(record)
        except RefusedError as error:
            raise call.without_generated_ids(error) from None
        except CoopledgerError:
            raise
        except BaseException:
            self.begin_again()
            raise

    def call(self, events: Sequence[Event], *, clock_us: int) -> Call:
        """Return the events of one call, each with an id."""
        new_id = self.settings.new_id

        def id_of(index: int) -> str:
            return time_ordered(clock_us + index) if new_id is None else new_id()

        return Call.of(events, id_of)

    @contextmanager
    def trial(self, *, clock_us: int) -> Generator[Trial, None, None]:
        """Try events one by one in the block, each after those that were not refused before.

        An offer gives every finding on the event, which has an id. Nothing is stored, and at
        the end nothing is kept. A caller that catches up meanwhile sees what was known before.
        """
        self._refuse_busy()
        self.catch_up()
        self._asked = set()
        with self._reset_if_interrupted(), self.busy(incoming="a file"):
            try:
                yield partial(self._offer, clock_us=clock_us)
            finally:
                self.facts.forget(after=self.position)

    def store_tried(
        self, events: Sequence[Event], warnings: Sequence[Finding], *, clock_us: int
    ) -> Receipt:
        """Store the events that the trial under way did not refuse, all of them, in that order.

        Raises:
            RefusedError: One of them is refused after what others recorded meanwhile.
            StoreConflictError: Others recorded one of them meanwhile.
                Nothing is written in either case.
        """
        return self._append(events, tuple(warnings), clock_us=clock_us, expect=None)

    @property
    def asked(self) -> AbstractSet[str]:
        """Return the names that the trial under way has asked for."""
        return self._asked

    def names_of(self, rows: Iterable[Row]) -> set[str]:
        """Add rows that others stored to the facts; return the names under which they are found."""
        known = self.position
        self._take_in(rows)
        positions = range(known + 1, self.position + 1)
        return {name for each in positions for name in self.facts.listing(each).names}

    def refuses(self, finding: Finding) -> bool:
        """Return whether an event with this finding is not recorded."""
        return finding.is_refusal or finding.code in self.settings.strict

    @contextmanager
    def busy(self, *, incoming: str) -> Generator[None, None, None]:
        """Refuse to record in the block, as a callback for progress might, and do not catch up.

        ``incoming`` says in the refusal what is on its way: ``a file`` or ``a copy``.
        """
        self._refuse_busy()
        self._incoming = incoming
        try:
            yield
        finally:
            self._incoming = None

    def _refuse_busy(self) -> None:
        """Refuse to record while the events of a file or a copy come in.

        Raises:
            CallOrderError: Says what is on its way into the ledger.
        """
        if self._incoming is not None:
            state = f"{self._incoming} is on its way into the ledger"
            raise CallOrderError(state, "record when it is done")

    def stored(self, event_id: str) -> Recorded | None:
        """Return the event of that id, if it is known to be recorded."""
        item = self.facts.recorded_with([event_id]).get(event_id)
        return item if item is not None and item.position <= self.position else None

    def events(self, *, after: int, up_to: int) -> Iterator[Recorded]:
        """Yield the events between two positions, which are read one by one."""
        vocabulary = self.settings.vocabulary
        rows = self._store.read(self._ledger, after=after, up_to=up_to)
        for row in unbroken(self._ledger, rows, after=after):
            yield recorded(row, from_row(self._ledger, row, vocabulary=vocabulary))

    def _with_latest(self, record: Callable[[], Receipt]) -> Receipt:
        """Return the receipt; if it is refused, try again once others' events are taken in.

        They may be taken in under the lock too, and one of them may be what was to be recorded:
        then the next attempt replays it.
        """
        while True:
            seen = self.position
            try:
                return record()
            except (RefusedError, PositionMovedError, StoreConflictError):
                self.catch_up()
                if self.position == seen:
                    raise

    def _record(self, call: Call, *, clock_us: int, expect: int | None, dry_run: bool) -> Receipt:
        """Store the events, tried on the facts as they are now; return the receipt."""
        receipt = self._replay(call)
        if receipt is not None:
            return receipt
        try:
            warnings = self._try(call.events, clock_us=clock_us, expect=expect)
            first = self.facts.position - len(call.events) + 1
            passing = passed_on(self.facts, enumerate(call.events, first))
            if not dry_run:
                receipt = self._append(call.events, warnings, clock_us=clock_us, expect=expect)
                return attrs.evolve(receipt, passed_on=passing) if passing is not None else receipt
        except CoopledgerError:
            self.facts.forget(after=self.position)
            raise
        tried = tuple(self.facts.recorded_after(self.position))
        self.facts.forget(after=self.position)
        return Receipt(events=tried, warnings=warnings, replayed=False, passed_on=passing)

    @contextmanager
    def _reset_if_interrupted(self) -> Generator[None, None, None]:
        """Begin again after an interruption at any point of the block."""
        try:
            yield
        except CoopledgerError:
            raise
        except BaseException:
            self.begin_again()
            raise

    def begin_again(self) -> None:
        """Begin again without facts, to read the log again.

        Views made before keep what they were made of.
        """
        self._incoming = None
        self.facts, self.position, self.caught_up = self.settings.no_facts(), 0, False

    def _append(
        self,
        events: Sequence[Event],
        warnings: tuple[Finding, ...],
        *,
        clock_us: int,
        expect: int | None,
    ) -> Receipt:
        """Store tried events; try them again under the lock if others came first."""

        def revise(rows: Iterator[Row]) -> Offer:
            nonlocal warnings
            self._take_in(rows)
            warnings = self._try(events, clock_us=clock_us, expect=expect)
            return self._offered(events, expect=expect)

        offer = self._offered(events, expect=expect)
        tags = self._tags.union(draft.type for draft in offer.drafts)
        self._prepare_index(tags)
        appended = self._store.append(
            self._ledger,
            offer.drafts,
            seen=self.position,
            clock_us=clock_us,
            revise=revise,
            rests_on=offer.rests_on,
        )
        stored = tuple(map(recorded, appended.rows, events))
        if stored:
            self._confirm(stored, appended.others)
            if not self._ruled:  # They were the first.
                with suppress(StoreError):  # What is stored is stored; the next one tries again.
                    self._write_rules(tags)
        return Receipt(events=stored, warnings=warnings, replayed=False)

    def _prepare_index(self, tags: AbstractSet[str]) -> None:
        """Write what is missing of the index and of its rules, so that the append can go on there.

        Types of events that others recorded in transactions of their own get their rules too.
        """
        if self._indexed is not None and not tags <= self._ruled:
            if not self._ruled:
                self._index.write(self._indexed, self._indexed.head(self._ledger))
            self._write_rules(tags)

    def _write_rules(self, tags: AbstractSet[str]) -> None:
        """Write how events of the types are listed; nothing yet in an index without events."""
        if self._indexed is not None:
            self._ruled |= self._index.write_rules(self._indexed, tags - self._ruled)

    def _offered(self, events: Sequence[Event], *, expect: int | None) -> Offer:
        """Return tried events as they are to be stored, and the names on which the trial rested."""
        drafts = [
            self._draft(event, position)
            for position, event in enumerate(events, self.facts.position - len(events) + 1)
        ]
        if expect is not None or EVERYTHING in self._asked:
            return Offer(drafts=drafts)
        names = self._asked.union(*(draft.listing.names for draft in drafts))
        return Offer(drafts=drafts, rests_on=names)

    def _draft(self, event: Event, position: int) -> Draft:
        """Return the event as it is to be stored."""
        listing = self.facts.listing(position)
        vocabulary = self.settings.vocabulary
        return to_draft(self._ledger, event, vocabulary=vocabulary, listing=listing)

    def _confirm(self, stored: Sequence[Recorded], others: Sequence[Row]) -> None:
        """Keep tried events in the facts as they were stored, after those of others."""
        first, last = stored[0].position, stored[-1].position
        if first > self.position + 1:
            # What others recorded meanwhile is found under none of the names asked for.
            known, last_other = self.position, first - 1
            self._take_in(others or self._store.read(self._ledger, after=known, up_to=last_other))
            for item in stored:
                self.facts.add(item)
        else:
            self.facts.confirm(stored)
        self.position = last
        if last - self.facts.base > self._longest_tail:
            self._catch_up_with(Head(position=last, chain=stored[-1].chain, recorded_us=None))

    def _take_in(self, rows: Iterable[Row]) -> None:
        """Add stored rows to the facts."""
        self.facts.forget(after=self.position)
        vocabulary = self.settings.vocabulary
        known = self.position
        new = (row for row in rows if row.position > known)
        with collector_paused():
            for row in unbroken(self._ledger, new, after=known):
                event = from_row(self._ledger, row, vocabulary=vocabulary)
                self.facts.add(recorded(row, event))
                self.position = row.position
                self._tags.add(row.type)

    def _try(
        self, events: Sequence[Event], *, clock_us: int, expect: int | None
    ) -> tuple[Finding, ...]:
        """Return the warnings on events that may be recorded; they stay in the facts.

        Raises:
            RefusedError: The findings on the first event that is refused.
            PositionMovedError: The ledger is not at the position expected.
        """
        if expect is not None and expect != self.position:
            raise PositionMovedError(self._ledger, expect, self.position)
        self._asked = set()
        self.facts.prefetch(chain.from_iterable(map(_names_to_try, events)))
        warnings: list[Finding] = []
        for index, event in enumerate(events, 1):
            findings = self._offer(event, clock_us, index=index)
            if findings:
                self._raise_refusals(findings)
                warnings += findings
        return tuple(warnings)

    def _offer(self, event: Event, clock_us: int, *, index: int | None = None) -> list[Finding]:
        """Return every finding on the event, which stays in the facts unless it is refused.

        The caller forgets it again. ``index`` is its place in a call, from 1.
        """
        last, next_us = self.facts.position, self._next_us(clock_us)
        findings = self._findings(event, up_to=last, now_us=clock_us, index=index)
        if next_us > clock_us and last == self.position:
            findings += self._slow_clock(event, clock_us, last_us=next_us - 1, index=index)
        if not findings or not any(map(self.refuses, findings)):
            self._add_for_trial(event, next_us)
        return findings

    def _next_us(self, clock_us: int) -> int:
        """Return the time at which the next event would be recorded, in microseconds."""
        last = self.facts.position
        return max(self.facts.recorded_us(last) + 1, clock_us) if last else clock_us

    def _add_for_trial(self, event: Event, recorded_us: int) -> None:
        """Add an event to the facts as it would be stored; the caller forgets it again."""
        position = self.facts.position + 1
        self.facts.add(
            Recorded(position=position, recorded_us=recorded_us, event=event, digest=b"", chain=b"")
        )

    def _slow_clock(
        self, event: Event, clock_us: int, *, last_us: int, index: int | None
    ) -> Iterator[Finding]:
        """Warn, at the first event of a call, of a clock behind the last record time (W109)."""
        message = slow_clock(last_us, clock_us)
        if message:
            kind = type(event).__name__
            yield Finding("W109", message, event_type=kind, event_id=event.id, index=index)

    def _raise_refusals(self, findings: Iterable[Finding]) -> None:
        """Raise the refusals among the findings, and the warnings that are refusals here."""
        refused = tuple(filter(self.refuses, findings))
        if refused:
            raise RefusedError(refused)

    def _findings(
        self, event: Event, *, up_to: int, now_us: int, index: int | None = None
    ) -> list[Finding]:
        """Return every refusal and warning of an event recorded after the position.

        The day of recording is that of the clock: a record time may be later, where the clock
        was once ahead.
        """
        if self.facts.tail_position_of(event.id or "") not in {None, up_to + 1}:
            return [given_twice(event, index=index)]
        return control_signs(event, index=index) + validate(
            event,
            self._latest.at(self.facts, up_to, asked=self._asked),
            position=up_to + 1,
            today=day_of(now_us, self.settings.zone),
            index=index,
            own=self.settings.checks,
            lives=self._lives,
        )

    def _replay(self, call: Call) -> Receipt | None:
        """Return the first receipt, if all the events were recorded before; None if none was.

        Raises:
            RefusedError: E107, if only some were, or with other content. What was recorded with
                a warning stays so, however strict the ledger has become; only W107 speaks of now.
        """
        if self.settings.new_id is None and len(call.generated_ids) == len(call.events):
            return None
        ids = [event.id or "" for event in call.events]
        if self.settings.new_id is None:  # Those that were made of time and chance are new.
            ids = [each for each in ids if each not in call.generated_ids]
        recorded_before = self.facts.recorded_with(ids) if ids else {}
        stored = [recorded_before[each] for each in ids if each in recorded_before]
        if not stored:
            return None
        by_id: dict[str | None, Recorded] = {item.event.id: item for item in stored}
        self._raise_refusals(refusals(call.events, by_id, generated_ids=call.generated_ids))
        warnings = [
            finding
            for index, item in enumerate(stored, 1)
            for finding in self._findings(
                item.event, up_to=item.position - 1, now_us=item.recorded_us, index=index
            )
            if finding.code.startswith("W")
        ]
        retracted = list(retractions(stored, Visible(self.facts, self.position)))
        self._raise_refusals(retracted)
        warnings += retracted
        return Receipt(
            events=tuple(stored),
            warnings=tuple(warnings),
            replayed=True,
            passed_on=passed_on(self.facts, ((each.position, each.event) for each in stored)),
        )
