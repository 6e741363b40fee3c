"""The front door: a ledger records events and gives views of them."""

import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from threading import RLock
from typing import Self

from coopledger.checking import Concern, concerns
from coopledger.copies import Copyable
from coopledger.dates import (
    EdtfDate,
    day_of,
    known_us,
    system_clock,
    to_day,
    zone_name,
)
from coopledger.errors import ArgumentError
from coopledger.event_ids import NewId
from coopledger.events import Event
from coopledger.facts import Facts, Visible
from coopledger.fields import asked, asked_if_given, flag, identifier, shown, text, whole
from coopledger.interchange import Portable
from coopledger.packs.pack import Pack, combined
from coopledger.proof import Provable
from coopledger.record import Recorded
from coopledger.recording import Receipt, Recorder, Settings, Strict, refused_warnings, to_record
from coopledger.stores import MemoryStore, Store
from coopledger.stores.durability import Durability
from coopledger.stores.opening import open_store
from coopledger.subscriptions import Subscribable
from coopledger.transactions import Transactional
from coopledger.view import View

__all__ = ["Clock", "Ledger"]

Clock = Callable[[], datetime]


class Ledger(Copyable, Portable, Provable, Subscribable, Transactional):
    """An append-only log of one office's cooperation, and the answers drawn from it.

    Open one with `Ledger.open` or `Ledger.in_memory`; close it, or use it in a ``with`` block.
    One ledger object may be used from many threads.
    """

    def __init__(  # noqa: PLR0913 - all but the store are optional and named
        self,
        store: Store,
        *,
        name: str = "ledger",
        timezone: str = "UTC",
        clock: Clock = system_clock,
        ids: NewId | None = None,
        strict: Strict = False,
        packs: Iterable[Pack] = (),
    ) -> None:
        """A ledger on a store of your own; `open` and `in_memory` choose one for you.

        Args:
            store: Where the log lies.
            name: The name of the ledger; one store may hold many.
            timezone: The zone that says which day an instant belongs to, such as
                ``Asia/Ho_Chi_Minh``.
            clock: Gives the instant of recording: a pendulum or aware standard datetime.
            ids: Gives an id to each event that brings none; by default ordered by time.
            strict: The warnings that are refused like errors: True for all, or their codes.
            packs: Event types, checks, duties and projections beyond those of the library.

        Raises:
            ArgumentError: The store is a path, or another argument is not valid.
        """
        if isinstance(store, str | os.PathLike):
            found = "..." if "://" in str(store) else shown(store)  # a password may be in it
            raise ArgumentError("store", found, "is a path: use Ledger.open(path)")
        self.name: str = asked("name", identifier, name)
        self.timezone: str = asked("timezone", zone_name, timezone)
        self._clock = clock
        self._store = store
        brought = combined(packs)
        self._own = brought.own
        settings = Settings(
            zone=self.timezone,
            new_id=ids,
            strict=asked("strict", refused_warnings, strict),
            vocabulary=brought.vocabulary,
            checks=brought.checks,
        )
        self._recorder = Recorder(store, ledger=self.name, settings=settings)
        self._lock = RLock()
        # A view never changes, so that asking the same again gives the same, folded already.
        self._latest: tuple[tuple[int, int, bool, int], View] | None = None

    @classmethod
    def open(  # noqa: PLR0913 - as above, and how durable
        cls,
        address: str | os.PathLike[str],
        *,
        name: str = "ledger",
        timezone: str = "UTC",
        clock: Clock = system_clock,
        ids: NewId | None = None,
        strict: Strict = False,
        packs: Iterable[Pack] = (),
        durability: Durability = "durable",
    ) -> Self:
        """The ledger of that name in an SQLite file or a PostgreSQL database.

        A file is made if it is missing, and so are the tables in a database.

        Args:
            address: The path of the file, ``~`` being the home folder; or the address of a
                database, such as ``postgresql://user:password@host/database``, which needs
                ``pip install "coopledger[postgres]"``.
            name: The name of the ledger; one file or database may hold many.
            timezone: The zone that says which day an instant belongs to.
            clock: Gives the instant of recording: a pendulum or aware standard datetime.
            ids: Gives an id to each event that brings none; by default ordered by time.
            strict: The warnings that are refused like errors: True for all, or their codes.
            packs: Event types, checks, duties and projections beyond those of the library.
            durability: ``durable``: what `record` returned survives a power cut; ``fast``: a
                power cut may lose the last events, and never damages the log.

        Raises:
            StoreError: The file or database cannot be opened, or is none of ours; it is left
                as it was. No error repeats a password.
            ArgumentError: An argument cannot be used.
        """
        asked("name", identifier, name)
        asked("timezone", zone_name, timezone)
        asked("strict", refused_warnings, strict)
        combined(packs := tuple(packs))  # Read first: a refusal leaves no file behind.
        store = open_store(address, durability)
        return cls(
            store, name=name, timezone=timezone, clock=clock, ids=ids, strict=strict, packs=packs
        )

    @classmethod
    def in_memory(  # noqa: PLR0913 - as above
        cls,
        *,
        name: str = "ledger",
        timezone: str = "UTC",
        clock: Clock = system_clock,
        ids: NewId | None = None,
        strict: Strict = False,
        packs: Iterable[Pack] = (),
    ) -> Self:
        """A ledger that is gone with the program; see `open` for the arguments."""
        made = MemoryStore()
        return cls(
            made, name=name, timezone=timezone, clock=clock, ids=ids, strict=strict, packs=packs
        )

    def __repr__(self) -> str:
        """The name and the zone."""
        return f"Ledger(name={self.name!r}, timezone={self.timezone!r})"

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the ledger."""
        self.close()

    def close(self) -> None:
        """Let go of the store; views made before go on answering."""
        self._store.close()

    @property
    def position(self) -> int:
        """The position of the last event; 0 for an empty ledger."""
        return self._store.head(self.name).position

    def record(
        self,
        *events: Event,
        by: str | None = None,
        dry_run: bool = False,
        expect: int | None = None,
    ) -> Receipt:
        """Record the events, all or none; durable when this returns.

        The same events under the same ids may be recorded again: the first receipt comes back
        with ``replayed``, and nothing is stored twice.

        Args:
            events: What happened, in the order in which it is to lie in the log.
            by: Who records, for events that do not say it themselves.
            dry_run: Give the receipt, and store nothing.
            expect: Refuse if the ledger is not at this position.

        Raises:
            RefusedError: With every finding on the first event that breaks a rule, or brings a
                warning with which the ledger is strict.
            ArgumentError: An argument is none that can be used, such as a list of events.
            PositionMovedError: Others have recorded since the position expected.
            StoreError: The store cannot be written.
                Nothing is written in any of these cases.
        """
        by = asked_if_given("by", text, by)
        expect = asked_if_given("expect", whole, expect)
        dry_run = asked("dry_run", flag, dry_run)
        with self._lock:
            return self._recorder.record(
                to_record(events, by=by, vocabulary=self._recorder.settings.vocabulary),
                clock_us=self._now(),
                expect=expect,
                dry_run=dry_run,
            )

    def view(
        self,
        on: str | date | EdtfDate | None = None,
        *,
        known_at: str | date | EdtfDate | None = None,
        hindsight: bool = True,
    ) -> View:
        """Where everything stands on a day, as known at a time.

        Args:
            on: The day, such as ``2022-12-31``; by default today by the ledger's clock, in its
                zone.
            known_at: What was recorded by then: an instant, or a day meaning to its end in the
                ledger's zone; by default everything.
            hindsight: Whether acts after the day count when their effect reaches back to it.

        Raises:
            ArgumentError: An argument cannot be read.
        """
        hindsight = asked("hindsight", flag, hindsight)
        facts, head = self._known()
        day, position = self._day(on), head
        if known_at is not None:
            known = asked("known_at", partial(known_us, zone=self.timezone), known_at)
            position = bisect_right(
                facts.recorded, known, hi=head, key=lambda item: item.recorded_us
            )
        question = (day, position, hindsight, head)
        latest = self._latest
        if latest is None or latest[0] != question:
            then, made = Visible(facts, position), Visible(facts, head)
            view = View(then, made=made, day=day, hindsight=hindsight, own=self._own)
            latest = self._latest = question, view
        return latest[1]

    def events(self, *, after: int = 0) -> Iterator[Recorded]:
        """The events as recorded, in the order of their positions, after the given one.

        Raises:
            ArgumentError: The position is no whole number from 0.
        """
        after = asked("after", whole, after)
        facts, head = self._known()
        return (facts.recorded[index] for index in range(after, head))

    def check(self, on: str | date | EdtfDate | None = None) -> tuple[Concern, ...]:
        """What deserves a look in the whole log, by what is known of it now; nothing is recorded.

        Every event is tried again beside all others: what would be refused or warned of today.
        Then likely duplicates, numbers missing in a series, meetings without a record, and
        declared states that are not the derived ones. The weightiest comes first, then the
        earliest in the log; none when all is well.

        Args:
            on: The day on which a planned meeting may be without a record, and up to which
                declared states are compared; by default today by the ledger's clock.

        Raises:
            ArgumentError: The day cannot be read.
        """
        day = self._day(on)
        facts, head = self._known()
        today = day_of(facts.recorded[head - 1].recorded_us, self.timezone) if head else day
        own = self._recorder.settings.checks
        return concerns(Visible(facts, head), day=day, today=today, own=own)

    def _day(self, on: str | date | EdtfDate | None) -> int:
        """The day asked about; today by the ledger's clock where none is given."""
        return day_of(self._now(), self.timezone) if on is None else asked("on", to_day, on)

    def _known(self) -> tuple[Facts, int]:
        """The facts and the position up to which they are stored, with the latest of others.

        A reader does not wait for a writer: while another thread records, what is known already
        is what there is.
        """
        if self._lock.acquire(blocking=not self._recorder.caught_up):
            try:
                self._recorder.catch_up()
            finally:
                self._lock.release()
        return self._recorder.facts, self._recorder.position
