"""Trial of more events than fit into memory: only the newest are held there."""

from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING
from weakref import finalize

from coopledger._facts.visible import EVERYTHING
from coopledger._log.chain import Listing, Recorded, Row
from coopledger._log.codec import from_row, to_draft
from coopledger._recording.indexing import LogIndex
from coopledger._recording.receipts import given_twice
from coopledger._recording.recorded_events import RecordedEvents
from coopledger._recording.recorder import Recorder
from coopledger._recording.spooled_log import SpooledLog
from coopledger.errors import CoopledgerError, Finding, StoreError
from coopledger.events import Event
from coopledger.stores.protocol import Store

if TYPE_CHECKING:
    from coopledger.stores.sqlite.scratch import Scratch

_PAGE_IDS = 500


def new_scratch() -> "Scratch":
    """Return an empty scratch; the module that it needs is imported only now."""
    from coopledger.stores.sqlite.scratch import Scratch  # noqa: PLC0415

    return Scratch()


class TouchedError(CoopledgerError):
    """Refusal to store a trial that rests on what others have changed meanwhile."""


class Spool(Recorder):
    """Recorder that tries events one after the other, and stores all of them at the end.

    It goes on where another recorder has come to, whose trial it takes over. What was tried is
    written to a scratch whenever the caller says so, and forgotten.
    """

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        *,
        ledger: str,
        clock_us: int,
        asked: Iterable[str] = (),
    ) -> None:
        """Take over what the recorder has on trial, which forgets it.

        ``asked`` are the names on which that trial rests.
        """
        super().__init__(store, ledger=ledger, settings=recorder.settings, indexed=store)
        self.scratch: Scratch = new_scratch()
        self._stored_log = store
        self._clock_us = clock_us
        self._known = recorder
        self._index = LogIndex(ledger, recorder.settings.vocabulary)
        self._log = SpooledLog(store, recorder.facts.base, self.scratch)
        self.position: int = recorder.position
        self.facts = self._index.spooled(self._log)
        self.caught_up: bool = True
        self._asked = set(asked)
        self._written = self._log.base
        for item in recorder.facts.recorded_after(self._log.base):
            self.facts.add(item)
        recorder.facts.forget(after=recorder.position)

    @property
    def tried(self) -> int:
        """Return how many events are on trial."""
        return self.facts.position - self.position

    def offer(self, event: Event, *, index: int | None = None) -> list[Finding]:
        """Return every finding on the event, which stays on trial unless it is refused."""
        if self.scratch.find([event.id or ""]):
            return [given_twice(event, index=index)]
        before, self._asked = self._asked, set()
        last = self.facts.position
        findings = self._offer(event, self._clock_us, index=index)
        # On what a refused event asked for, nothing that is stored rests.
        if self.facts.position > last:
            before |= self._asked
        self._asked = before
        return findings

    def spill(self) -> None:
        """Write what was tried to the scratch, and forget it."""
        from coopledger.stores.sqlite.scratch import Spooled  # noqa: PLC0415

        tried = self.facts.recorded_after(self._written)
        page = [Spooled(*self._row_of(item)) for item in tried]
        self.scratch.add(page, asked=self._asked)
        self._tags.update(each.row.type for each in page)
        self._asked = set()
        self._written = self.facts.position
        self.facts.rebase(self._written, warm=True)

    def _row_of(self, item: Recorded) -> tuple[Row, Listing]:
        """Return an event on trial as a row, and its names."""
        listing = self.facts.listing(item.position)
        draft = to_draft(
            self._ledger, item.event, vocabulary=self.settings.vocabulary, listing=listing
        )
        row = Row(
            item.position,
            draft.event_id,
            draft.type,
            draft.v,
            item.recorded_us,
            draft.effective,
            draft.payload,
            draft.digest,
            item.chain,
        )
        return row, listing

    def store(self) -> int:
        """Store all that was tried and written to the scratch; return the position of the first.

        Raises:
            TouchedError: Others have changed what the trial rests on, which the recorder that was
                taken over knows now.
            StoreConflictError: Others recorded one of the events.
            StoreError: The store cannot be written.
                Nothing is written in any of these cases.
        """
        count = self.tried
        if not count:
            return self.position + 1
        self._prepare_index(self._tags)
        head = self._stored_log.append_pages(
            self._ledger,
            self.scratch.pages(after=self.position),
            seen=self.position,
            clock_us=self._clock_us,
            admit=self._admit,
        )
        if not self._ruled:
            with suppress(StoreError):  # What is stored is stored; the next one tries again.
                self._write_rules(self._tags)
        return head.position - count + 1

    def _admit(self, rows: Iterator[Row]) -> None:
        """Refuse to go on where others have changed what the trial rests on."""
        names = self._known.names_of(rows)
        if names and self.scratch.rests_on([EVERYTHING, *names], after=self.position):
            raise TouchedError

    def overlaps(self) -> bool:
        """Return whether one of the events that were tried is stored, as was just learned."""
        ids = (row.event_id for row in self._read())
        while page := list(islice(ids, _PAGE_IDS)):
            if self._known.facts.recorded_with(page):
                return True
        return False

    def _read(self) -> Iterator[Row]:
        """Yield the rows on trial that were written to the scratch."""
        return self.scratch.read(after=self.position, up_to=self._written)

    def tried_events(self) -> Iterator[Event]:
        """Yield the events that are on trial and were written to the scratch."""
        vocabulary = self.settings.vocabulary
        for row in self._read():
            yield from_row(self._ledger, row, vocabulary=vocabulary)

    def recorded(self, places: "array[int]", *, first: int | None) -> "RecordedEvents":
        """Return the events at the places, where 0 means the next one that was tried.

        ``first`` is the position of the first of these in the log; None in a dry run, whose events
        are read from the scratch as long as somebody has them.
        """
        following = self.position + 1 if first is None else first
        positions = array("q")
        for place in places:
            positions.append(place or following)
            following += not place
        log = self._stored_log if first is not None else self._log
        source = LogIndex(self._ledger, self.settings.vocabulary).source(log)
        expected_after = None if first is not None else self.position
        events = RecordedEvents(positions, source, expected_after=expected_after)
        if first is None:
            finalize(events, self.scratch.close)
        return events
