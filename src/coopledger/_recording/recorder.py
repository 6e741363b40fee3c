"""How one ledger records: what its owner decided when it was opened."""

from collections.abc import Callable, Collection, Container, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeAlias

import attrs

from coopledger._facts.index import Facts
from coopledger._facts.visible import Visible
from coopledger._fields.reading import require, short_repr
from coopledger._gc import collector_paused
from coopledger._ids import NewId, time_ordered
from coopledger._log.chain import Recorded, Row, unbroken
from coopledger._log.codec import from_row, lifted, recorded, to_draft
from coopledger._log.vocabulary import CORE, Vocabulary
from coopledger._recording.receipts import Batch, Receipt, refusals, retractions
from coopledger._suggest import did_you_mean
from coopledger._validation.candidate import OwnChecks
from coopledger._validation.checks import validate
from coopledger.dates import day_of
from coopledger.errors import (
    WARNINGS,
    CallOrderError,
    CoopledgerError,
    FieldError,
    Finding,
    PositionMovedError,
    RefusedError,
)
from coopledger.events import Event
from coopledger.stores.protocol import Log


@attrs.frozen(kw_only=True)
class Settings:
    """How one ledger records.

    Attributes:
        zone: The zone that says which day an instant belongs to.
        new_id: Gives an id to each event that brings none; by default ordered by time.
        strict: The codes of the warnings that are refusals here.
        vocabulary: The event types that it can hold.
        checks: What events must satisfy beyond the rules of the library.
    """

    zone: str
    new_id: NewId | None = None
    strict: Container[object] = frozenset[str]()
    vocabulary: Vocabulary = CORE
    checks: OwnChecks = ()

    def nothing_known(self) -> Facts:
        """The memory of a ledger without events, which reads what any version recorded."""
        return Facts(lift=partial(lifted, vocabulary=self.vocabulary))


# Which warnings a ledger turns into refusals.

Strict: TypeAlias = bool | Collection[str]


class EveryWarning(Container[object]):
    """The codes of all warnings, those of packs included."""

    def __contains__(self, code: object) -> bool:
        """Whether the code is one of a warning."""
        return isinstance(code, str) and code.startswith("W")


def refused_warnings(strict: Strict) -> Container[object]:
    """The codes of the warnings that are refusals: all for True, or those named; none for False.

    The code of a pack begins with ``W-``, and is taken as it is.

    Raises:
        FieldError: E106 for what is no code of a warning, with the nearest.
    """
    if isinstance(strict, bool):
        return EveryWarning() if strict else frozenset[str]()
    require(strict, Collection, "is neither True or False nor codes of warnings, such as {'W105'}")
    codes = (strict,) if isinstance(strict, str) else strict
    return frozenset(map(_code, codes))


def _code(value: object) -> str:
    """A code of a warning."""
    if isinstance(value, str) and (value in WARNINGS or value.startswith("W-")):
        return value
    hint = did_you_mean(value, WARNINGS) if isinstance(value, str) else ""
    raise FieldError("E106", short_repr(value), f"is no code of a warning{hint}")


# Events are tried, encoded and stored together, or not at all.

Offer = Callable[[Event], list[Finding]]


class _RecordedMeanwhileError(CoopledgerError):
    """Another writer recorded one of our ids while we waited for the lock."""


class Recorder:
    """Keeps what one ledger knows in step with its store. Not safe for several threads."""

    def __init__(self, store: Log, *, ledger: str, settings: Settings) -> None:
        """Knows nothing until it catches up."""
        self.settings = settings
        self.facts: Facts = self.settings.nothing_known()
        self.position: int = 0
        self.caught_up: bool = False
        self._store = store
        self._ledger = ledger
        self._busy = False

    def catch_up(self) -> None:
        """Take in what others have recorded since."""
        if self._busy:
            return
        with self._whole():
            self._take_in(self._store.read(self._ledger, after=self.position))
            self.caught_up = True

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
        batch = Batch.of(events, lambda index: self._id(clock_us + index))
        if dry_run or not self.caught_up:
            self.catch_up()
        record = partial(self._record, batch, clock_us=clock_us, expect=expect, dry_run=dry_run)
        try:
            with self._whole():
                return self._looking_again(record)
        except RefusedError as error:
            raise batch.as_asked(error) from None

    @contextmanager
    def trial(self, *, clock_us: int) -> Generator[Offer, None, None]:
        """Lets events be offered one by one, after those that were not refused before.

        An offer gives every finding on the event, which has an id. Nothing is stored, and at
        the end nothing is kept. Whoever catches up meanwhile sees what was known before.
        """
        self._refuse_busy()
        self.catch_up()
        with self._whole(), self.busy():
            try:
                yield partial(self._offer, clock_us=clock_us)
            finally:
                self.facts.forget(after=self.position)

    def refuses(self, finding: Finding) -> bool:
        """Whether an event with this finding is not recorded."""
        return finding.is_refusal or finding.code in self.settings.strict

    @contextmanager
    def busy(self) -> Generator[None, None, None]:
        """Lets nobody record meanwhile, such as who is told of progress, nor catch up."""
        self._refuse_busy()
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def _refuse_busy(self) -> None:
        """Refuses what would record, or take in what others did, between two lines of a file.

        Raises:
            CallOrderError: A file is on its way into the ledger.
        """
        if self._busy:
            state = "a file is on its way into the ledger"
            raise CallOrderError(state, "record when it is done")

    def stored(self, event_id: str) -> Recorded | None:
        """The event of that id, if it is known to be recorded."""
        position = self.facts.position_of(event_id)
        if position is None or position > self.position:
            return None
        return self.facts.recorded[position - 1]

    def _looking_again(self, record: Callable[[], Receipt]) -> Receipt:
        """What recording gives; if it is refused, what it gives after taking in the latest."""
        seen = self.position
        try:
            return record()
        except (RefusedError, PositionMovedError):
            self.catch_up()
            if self.position == seen:
                raise
        return record()

    def _record(self, batch: Batch, *, clock_us: int, expect: int | None, dry_run: bool) -> Receipt:
        """Store the events, as seen from what is known of the ledger now."""
        replayed = self._replay(batch)
        if replayed is not None:
            return replayed
        try:
            warnings = self._try(batch.events, clock_us=clock_us, expect=expect)
            if not dry_run:
                return self._append(batch.events, warnings, clock_us=clock_us, expect=expect)
        except CoopledgerError as error:
            self.facts.forget(after=self.position)
            if isinstance(error, _RecordedMeanwhileError):
                return self._record(batch, clock_us=clock_us, expect=expect, dry_run=dry_run)
            raise
        tried = tuple(self.facts.recorded[self.position :])
        self.facts.forget(after=self.position)
        return Receipt(events=tried, warnings=warnings, replayed=False)

    @contextmanager
    def _whole(self) -> Generator[None, None, None]:
        """Leave what is known whole: after an interruption at any point, all is read anew.

        Views made before keep what they were made of.
        """
        try:
            yield
        except CoopledgerError:
            raise
        except BaseException:
            self.facts, self.position, self.caught_up = self.settings.nothing_known(), 0, False
            raise

    def _append(
        self,
        events: Sequence[Event],
        warnings: tuple[Finding, ...],
        *,
        clock_us: int,
        expect: int | None,
    ) -> Receipt:
        """Store what passed its trial; try again under the lock if others came first."""

        def revise(rows: Iterator[Row]) -> None:
            nonlocal warnings
            self._take_in(rows)
            if any(self.facts.position_of(event.id or "") for event in events):
                raise _RecordedMeanwhileError
            warnings = self._try(events, clock_us=clock_us, expect=expect)

        rows = self._store.append(
            self._ledger,
            [
                to_draft(self._ledger, event, vocabulary=self.settings.vocabulary)
                for event in events
            ],
            seen=self.position,
            clock_us=clock_us,
            revise=revise,
        )
        stored = tuple(map(recorded, rows, events))
        self.facts.confirm(stored)
        self.position += len(stored)
        return Receipt(events=stored, warnings=warnings, replayed=False)

    def _take_in(self, rows: Iterable[Row]) -> None:
        """Add what is stored to what is known."""
        self.facts.forget(after=self.position)
        vocabulary = self.settings.vocabulary
        with collector_paused():
            for row in unbroken(self._ledger, rows, after=self.position):
                event = from_row(self._ledger, row, vocabulary=vocabulary)
                self.facts.add(recorded(row, event))
                self.position = row.position

    def _id(self, us: int) -> str:
        """A new id for an event of that time."""
        new_id = self.settings.new_id
        return time_ordered(us) if new_id is None else new_id()

    def _try(
        self, events: Sequence[Event], *, clock_us: int, expect: int | None
    ) -> tuple[Finding, ...]:
        """The warnings on events that may be recorded; they stay in the facts for the trial.

        Raises:
            RefusedError: The findings on the first event that is refused.
            PositionMovedError: The ledger is not at the position expected.
        """
        if expect is not None and expect != self.position:
            raise PositionMovedError(self._ledger, expect, self.position)
        warnings: list[Finding] = []
        for index, event in enumerate(events, 1):
            found = [attrs.evolve(item, index=index) for item in self._offer(event, clock_us)]
            self._refuse(found)
            warnings += found
        return tuple(warnings)

    def _offer(self, event: Event, clock_us: int) -> list[Finding]:
        """What is to be said of the event; if it is not refused, it stays for the trial."""
        recorded_us = self._next_us(clock_us)
        found = self._findings(event, up_to=self.facts.position, recorded_us=recorded_us)
        if not any(map(self.refuses, found)):
            self._suppose(event, recorded_us)
        return found

    def _next_us(self, clock_us: int) -> int:
        """When the next event would be recorded."""
        recorded = self.facts.recorded
        return max(recorded[-1].recorded_us + 1, clock_us) if recorded else clock_us

    def _suppose(self, event: Event, recorded_us: int) -> None:
        """Add an event as it would lie in the log; whoever supposes it forgets it again."""
        position = self.facts.position + 1
        self.facts.add(
            Recorded(position=position, recorded_us=recorded_us, event=event, digest=b"", chain=b"")
        )

    def _refuse(self, findings: Iterable[Finding]) -> None:
        """Raise the refusals among the findings, and the warnings that are refusals here."""
        refused = tuple(filter(self.refuses, findings))
        if refused:
            raise RefusedError(refused)

    def _findings(self, event: Event, *, up_to: int, recorded_us: int) -> list[Finding]:
        """Every refusal and warning of an event recorded after the position."""
        if self.facts.position_of(event.id or "") not in {None, up_to + 1}:
            kind = type(event).__name__
            return [
                Finding(
                    "E107",
                    "id: is given twice: give each event its own",
                    "id",
                    event_type=kind,
                    event_id=event.id,
                )
            ]
        return validate(
            event,
            Visible(self.facts, up_to),
            position=up_to + 1,
            today=day_of(recorded_us, self.settings.zone),
            own=self.settings.checks,
        )

    def _replay(self, batch: Batch) -> Receipt | None:
        """The first receipt, if all the events were recorded before; None if none was.

        Raises:
            RefusedError: E107, if only some were, or with other content. What was recorded with
                a warning stays so, however strict the ledger has become; only W107 speaks of now.
        """
        positions = [self.facts.position_of(event.id or "") for event in batch.events]
        stored = [self.facts.recorded[place - 1] for place in positions if place is not None]
        if not stored:
            return None
        self._refuse(refusals(batch, {item.event.id: item for item in stored}))
        warnings = [
            attrs.evolve(finding, index=index)
            for index, item in enumerate(stored, 1)
            for finding in self._findings(
                item.event, up_to=item.position - 1, recorded_us=item.recorded_us
            )
            if finding.code.startswith("W")
        ]
        retracted = list(retractions(stored, Visible(self.facts, self.position)))
        self._refuse(retracted)
        warnings += retracted
        return Receipt(events=tuple(stored), warnings=tuple(warnings), replayed=True)
