"""Ledger of one office: records events, and gives views and checks of them."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Self, Unpack

import attrs

from coopledger._checking import survey
from coopledger._facts.visible import Visible
from coopledger._fields.bounds import bounded_text
from coopledger._fields.reading import (
    argument,
    boolean,
    name_as_given,
    non_negative,
    optional_argument,
    positive,
    require,
    short_repr,
)
from coopledger._interchange.copying import LogCopy, back_up, restore_copy
from coopledger._interchange.exporting import export_log, restore_log
from coopledger._interchange.files import FromFile, ToFile
from coopledger._interchange.importing import ImportReceipt, ImportRequest, import_file
from coopledger._kept.room import KeptRoom
from coopledger._log.chain import Recorded, Verification, beginning
from coopledger._log.checkpoints import Checkpoint, PrivateKey, PublicKey, checkpoint_at
from coopledger._options import LedgerOptions, checked_options, read_options
from coopledger._progress import Progress, counted, progress_call
from coopledger._recording.admission import to_record
from coopledger._recording.knowledge import Knowledge
from coopledger._recording.receipts import Receipt
from coopledger._recording.recorder import Recorder
from coopledger._recording.transaction import CommittedFacts, Transaction, TransactionContext
from coopledger._recording.turns import Turns
from coopledger._recording.zone import LedgerZone
from coopledger._snapshot import Snapshot
from coopledger.dates import EdtfDate, day_of, instant_us, known_by, system_clock, system_us, to_day
from coopledger.errors import ArgumentError, Finding
from coopledger.events import Event
from coopledger.stores import MemoryStore, Store
from coopledger.stores.opening import open_store, refuse_address
from coopledger.stores.protocol import Durability
from coopledger.stores.verification import checkpoint_of, index_fault, verify_since
from coopledger.stores.waiting import PATIENCE_SECONDS
from coopledger.subscriptions import Subscription, SubscriptionStatus
from coopledger.subscriptions.subscription import (
    LogReader,
    status_of,
    subscribed_types,
    take_subscription,
)
from coopledger.view import View

__all__ = ["Ledger", "LedgerOptions"]

_NO_LEDGER = "is no ledger: open one of the same name in the other store"


class Ledger:
    """Append-only log of one office's cooperation, and the answers drawn from it.

    Open one with `Ledger.open` or `Ledger.in_memory`; close it, or use it in a ``with`` block.
    One ledger object may be used from many threads.
    """

    def __init__(
        self, store: Store, *, name: str = "ledger", **options: Unpack[LedgerOptions]
    ) -> None:
        """Open a ledger on a store; `open` and `in_memory` choose one for you.

        Args:
            store: Where the log is kept.
            name: The name of the ledger; one store may hold many.
            **options: See `LedgerOptions`.

        Raises:
            ArgumentError: The store is a path, or another argument is not valid.
        """
        refuse_address(store)
        self.name: str = argument("name", name_as_given, name)
        setup = read_options("Ledger", **options)
        self._zone = LedgerZone(store, self.name, asked=setup.zone)
        settings = attrs.evolve(setup.settings, zone=self._zone.name)
        self._clock: Callable[[], object] = setup.clock
        self._questions = setup.questions
        self._store = store
        indexed = None if setup.readonly else store
        self._recorder = Recorder(store, ledger=self.name, settings=settings, indexed=indexed)
        self._committed = CommittedFacts(settings.no_facts)
        self._kept = KeptRoom(store, self.name, settings.vocabulary)
        self._turns = Turns(ledger=self.name, zone=self._zone, readonly=setup.readonly)
        self._knowledge = Knowledge(store, self._recorder, self._turns, ledger=self.name)
        self._latest: tuple[tuple[object, ...], View] | None = None

    @classmethod
    def open(
        cls,
        address: str | os.PathLike[str],
        *,
        name: str = "ledger",
        durability: Durability = "durable",
        lock_timeout_seconds: float = PATIENCE_SECONDS,
        pool_size: int | None = None,
        **options: Unpack[LedgerOptions],
    ) -> Self:
        """Open the ledger of that name in an SQLite file or a PostgreSQL database.

        A missing file is made, and so are missing tables in a database; not with ``readonly``.

        Args:
            address: The path of the file, ``~`` being the home folder; or the address of a
                database, such as ``postgresql://user:password@host/database``, which needs
                ``pip install "coopledger[postgres]"``.
            name: The name of the ledger; one file or database may hold many.
            durability: ``durable``: what `record` returned survives a power cut; ``fast``: a
                power cut may lose the last events, and never damages the log.
            lock_timeout_seconds: How long to wait for the locks of others, for a connection, and
                for a position that `view` is to have reached.
            pool_size: How many connections to a database this program has at most, 8 if nothing
                is said, half of them to write; a file has none.
            **options: See `LedgerOptions`.

        Raises:
            StoreError: The file or database cannot be opened, or is none of ours, and left as it
                was. No error repeats a password.
            ArgumentError: An argument cannot be used.
        """
        name = argument("name", name_as_given, name)
        # Read first: a refusal leaves no file behind.
        options = checked_options("Ledger", **options)
        store = open_store(
            address,
            durability,
            lock_timeout_seconds=lock_timeout_seconds,
            pool_size=pool_size,
            readonly=options.get("readonly", False),
        )
        return cls(store, name=name, **options)

    @classmethod
    def in_memory(cls, *, name: str = "ledger", **options: Unpack[LedgerOptions]) -> Self:
        """Open a ledger that ends with the program; see `open` for the arguments."""
        return cls(MemoryStore(), name=name, **options)

    def __repr__(self) -> str:
        """Return the name and the zone."""
        return f"Ledger(name={self.name!r}, timezone={self.timezone!r})"

    def __enter__(self) -> Self:
        """Return the ledger itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the ledger."""
        self.close()

    def close(self) -> None:
        """Let go of the store; views made before answer only what they have read."""
        self._store.close()

    @property
    def timezone(self) -> str:
        """Return the zone that says which day an instant belongs to; that of the log."""
        return self._zone.name

    @property
    def position(self) -> int:
        """Return the position of the last event; 0 for an empty ledger."""
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
            events: What happened, in the order in which it is to be stored.
            by: Who records, for events that do not say it themselves.
            dry_run: Give the receipt, and store nothing.
            expect: Refuse if the ledger is not at this position.

        Raises:
            RefusedError: With every finding on the first event that breaks a rule, or brings a
                warning with which the ledger is strict.
            ArgumentError: An argument cannot be used, such as a list of events.
            PositionMovedError: Others have recorded since the position expected.
            StoreError: The store cannot be written.
                Nothing is written in any of these cases.
        """
        by = optional_argument("by", bounded_text, by)
        expect = optional_argument("expect", non_negative, expect)
        dry_run = argument("dry_run", boolean, dry_run)
        with self._turns.taken(is_trial=dry_run):
            return self._recorder.record(
                to_record(events, by=by, vocabulary=self._recorder.settings.vocabulary),
                clock_us=self._now(),
                expect=expect,
                dry_run=dry_run,
            )

    def transaction(self, *, connection: object, expect: int | None = None) -> Transaction:
        """Record in a transaction of the application's own, on its connection: both or neither.

        To be used in a ``with`` block. At its end the head is locked, last and once; the events
        are tried again after those that others recorded meanwhile, and stored. Nothing is
        committed: the host does that, soon, as nobody else can record before; or it rolls back,
        and nothing ever happened. An exception in the block, or a refusal at its end, stores
        nothing of ours, and leaves what the host wrote.

        Args:
            connection: A `sqlite3.Connection` to the file of this ledger, or a
                `psycopg.Connection` to its database, with a transaction that is open, or that
                its next statement begins.
            expect: Refuse if the ledger is not at this position before the first new event.

        Raises:
            ArgumentError: The connection is of another kind, has no transaction, or leads
                elsewhere; or the ledger is in memory.
            RefusedError: At the end: an event breaks a rule after what others recorded.
            PositionMovedError: At the end: others have recorded since the position expected.
            StoreBusyError: At the end: others were in the way. Roll back and do the whole
                transaction again.
            StoreError: The store cannot be read, or at the end not be written.
        """
        expect = optional_argument("expect", non_negative, expect)
        self._turns.refuse_readonly()
        log = self._store.joined(connection)
        # What another thread records is read on the connection.
        self._knowledge.catch_up(wait=False)
        return Transaction(
            TransactionContext(
                ledger=self.name,
                log=log,
                recorder=self._recorder,
                committed=self._committed,
                now=self._now,
                expect=expect,
                zone=self._zone,
            )
        )

    def view(
        self,
        on: str | date | EdtfDate | None = None,
        *,
        known_at: str | date | EdtfDate | None = None,
        hindsight: bool = True,
        at_least: int = 0,
    ) -> View:
        """Return a view of the ledger on a day, as known at a time.

        It is at least as new as every receipt that this program holds, in any of its threads.

        Args:
            on: The day, such as ``2022-12-31``; by default today by the ledger's clock, in its
                zone.
            known_at: Only events recorded by then count: an instant, or a day meaning to its end
                in the ledger's zone; by default all do.
            hindsight: Whether acts after the day count when their effect reaches back to it.
            at_least: A position of which another program has told, such as that of its receipt:
                waited for up to ``lock_timeout_seconds``, where this store does not show it yet.

        Raises:
            ArgumentError: An argument cannot be read, or the log has another zone by now.
            StoreBusyError: The log did not reach the position in time.
            StoreError: The store cannot be read.
        """
        hindsight = argument("hindsight", boolean, hindsight)
        at_least = argument("at_least", non_negative, at_least)
        facts, head = self._knowledge.up_to_date(at_least=at_least)
        self._zone.compare()
        day, position = self._day(on), head
        known = optional_argument("known_at", partial(known_by, zone=self.timezone), known_at)
        if known is not None:
            position = min(self._store.position_at(self.name, known.us), head)
        is_today = on is None  # The clock is not read for a day that is named.
        key, latest = (day, position, known, hindsight, head, is_today), self._latest
        if latest is None or latest[0] != key:  # One view serves as long as the same is asked.
            boards = self._kept.today if is_today else self._kept.other_day
            kept = boards if hindsight and position == head else None
            snapshot = Snapshot(Visible(facts, position), day=day, hindsight=hindsight, kept=kept)
            now, questions, zone = Visible(facts, head), self._questions, self.timezone
            view = View(
                snapshot, now=now, hindsight=hindsight, known=known, questions=questions, zone=zone
            )
            latest = self._latest = key, view
        return latest[1]

    def events(self, *, after: int = 0) -> Iterator[Recorded]:
        """Return the events as recorded, in the order of their positions, after the given one.

        Raises:
            ArgumentError: The position is no whole number from 0.
        """
        after = argument("after", non_negative, after)
        _, head = self._knowledge.up_to_date()
        return self._recorder.events(after=after, up_to=head)

    def verify(
        self,
        since: str | Checkpoint | None = None,
        *,
        signed_by: bytes | PublicKey | None = None,
        progress: Progress | None = None,
    ) -> Verification:
        """Check every digest and every link of the chain; return the first fault, if any.

        A log that was cut off at its end, or rewritten with all its hashes, is sound in itself:
        only a checkpoint that was kept elsewhere shows the change. Its index of names is counted.

        Args:
            since: A checkpoint of this ledger, or its text: only what was recorded since is read.
            signed_by: The Ed25519 public key that must have signed the checkpoint: the bytes of
                its PEM file, or as cryptography loaded it. Without it no signature is checked.
            progress: Called now and then with the number of events checked, and of how many.

        Raises:
            StoreError: The store cannot be read.
            ArgumentError: The checkpoint cannot be read, is of another ledger, or not signed by
                the key.
            MissingExtraError: A key is given, and cryptography is not installed.
        """
        lister, count = self._recorder.lister(), counted(progress)
        return verify_since(
            self._store, self.name, since, signed_by=signed_by, listing=lister, count=count
        )

    def checkpoint(self, *, sign_with: bytes | PrivateKey | None = None) -> Checkpoint:
        """Return the end of the log; its text is one line, to keep where no writer reaches.

        Later, `verify` shows against it whether the log up to here is still the same. A checkpoint
        costs the same however long the log is, and does not check whether the log is sound now.

        Args:
            sign_with: An Ed25519 private key, to sign it: the bytes of its PEM file, or as
                cryptography loaded it.

        Raises:
            DamagedLogError: The head does not match the last event; names the first bad position.
            StoreError: The store cannot be read.
            ArgumentError: The key is no Ed25519 private key.
            MissingExtraError: A key is given, and cryptography is not installed.
        """
        return checkpoint_of(self._store, self.name, sign_with=sign_with)

    def check(
        self, on: str | date | EdtfDate | None = None, *, progress: Progress | None = None
    ) -> tuple[Finding, ...]:
        """Return findings on the whole log, by everything that is known now; nothing is recorded.

        Every event is tried again after all others, and would be refused or warned of today.
        Then come likely duplicates, numbers missing in a series, meetings without a record, and
        declared states that are not the derived ones. The weightiest comes first, then the
        earliest in the log; none when all is well.

        Args:
            on: The day on which a planned meeting may be without a record, and up to which
                declared states are compared; by default today by the ledger's clock.
            progress: Called now and then with the number of events tried, and of how many.

        Raises:
            ArgumentError: The day cannot be read, or the log has another zone by now.
        """
        now = self._now()
        day = day_of(now, self.timezone) if on is None else self._day(on)
        facts, head = self._knowledge.up_to_date()
        self._zone.compare()
        # Nothing can have happened after the last recording, by a clock that was not ahead.
        last = min(facts.recorded_us(head), now) if head else now
        lister = self._recorder.lister() if self._recorder.reads_index() else None
        return survey(
            Visible(facts, head),
            index=index_fault(self._store, self.name, lister) if lister else None,
            day=day,
            today=day_of(last, self.timezone),
            now_us=now,
            own=self._recorder.settings.checks,
            count=counted(progress),
        )

    def subscribe(
        self,
        name: str,
        *,
        types: type[Event] | Iterable[type[Event]] | None = None,
        after: int = 0,
        batch_size: int = 100,
    ) -> Subscription:
        """Return the one reader of that name, which goes on where it was, in any program.

        The last subscriber under a name is the reader: an earlier one can save no more.

        Args:
            name: The name under which the position in the log is kept.
            types: The types of the events that it is about; by default all.
            after: Where a new subscription begins, such as `position` for events recorded from
                now on. One that exists already stays where it is.
            batch_size: How many events a batch may hold.

        Raises:
            ArgumentError: An argument cannot be used.
            StoreError: The store cannot be written.
        """
        name = argument("name", name_as_given, name)
        read_types = partial(subscribed_types, self._recorder.settings.vocabulary)
        tags = optional_argument("types", read_types, types)
        after = argument("after", non_negative, after)
        most = argument("batch_size", positive, batch_size)
        self._turns.refuse_readonly()
        log = LogReader(
            store=self._store, ledger=self.name, recorder=self._recorder, tags=tags, most=most
        )
        return take_subscription(log, name, after=after)

    def subscriptions(self) -> tuple[SubscriptionStatus, ...]:
        """Return the status of every subscription of the ledger, by name.

        Raises:
            StoreError: The store cannot be read.
        """
        cursors = self._store.cursors(self.name)
        head = self._store.head(self.name)
        return tuple(status_of(cursor, head) for cursor in cursors)

    def export_jsonl(
        self, file: ToFile, *, plain: bool = False, progress: Progress | None = None
    ) -> int:
        """Write every event as one line of JSON in UTF-8; return the number of lines.

        `restore_jsonl` gives back the same ledger from them: ids, positions, record times,
        hashes and answers. The log is checked on the way. A file is replaced as a whole, or
        left as it was.

        Args:
            file: Where to: a path, or a stream that is open in binary mode and is left open.
            plain: Leave out ledger, position, record time and hashes, for `import_jsonl` into
                another ledger.
            progress: Called now and then with the number of events written, and of how many.

        Raises:
            DamagedLogError: The log is not what was recorded.
            StoreError: The store cannot be read, or the file not be written.
            ArgumentError: An argument cannot be used.
        """
        plain = argument("plain", boolean, plain)
        progress = progress_call(progress)
        return export_log(self._store, self.name, file, plain=plain, progress=progress)

    def restore_jsonl(self, file: FromFile, *, progress: Progress | None = None) -> int:
        """Restore an export into this ledger, which is empty; return the number of events.

        Everything is as it was in the ledger of the same name, record times too: the clock is
        not read, and no rule is applied again. All the same every line is checked against its
        hashes before anything is stored.

        Args:
            file: What `export_jsonl` wrote: a path, or a stream that is open in binary mode.
            progress: Called now and then with the number of bytes read, and of how many (None
                for a stream).

        Raises:
            RefusedError: With every line that is not as it was exported.
            StoreConflictError: The ledger holds events.
            NewerLogError: A newer version of coopledger recorded some event.
            MissingPackError: Some event is of a pack that the ledger was not given.
            StoreError: The file cannot be read, or the store not be written.
            ArgumentError: An argument cannot be used.
                Nothing is written in any of these cases.
        """
        progress = progress_call(progress)
        with self._turns.taken():
            return restore_log(
                self._store, self._recorder, ledger=self.name, file=file, progress=progress
            )

    def import_jsonl(
        self,
        file: FromFile,
        *,
        by: str | None = None,
        dry_run: bool = False,
        rejects: ToFile | None = None,
        progress: Progress | None = None,
    ) -> ImportReceipt:
        """Record the events of a file, all or none, at the present time, as `record` does.

        Lines that were recorded before, with the same content, are not recorded again; a line
        without an id is recognized by its content. A line that only follows from a bad one is
        not reported.

        Args:
            file: One JSON object for each event on a line of its own, in UTF-8: a path, or a
                stream that is open in binary mode.
            by: Who records, for lines that do not say it themselves.
            dry_run: Give the receipt, or the refusal, and write nothing.
            rejects: Record the good lines all the same, and write the bad ones here as they
                are, to be corrected and imported again: another path, or a stream open in
                binary mode.
            progress: Called now and then with the number of bytes read, and of how many (None
                for a stream); it may not record.

        Raises:
            RefusedError: With every finding on every bad line, unless they have a place to go.
            ArgumentError: An argument cannot be used.
            StoreError: The file cannot be read, or the store not be written.
                Nothing is written in any of these cases.
        """
        request = ImportRequest(
            ledger=self.name,
            by=optional_argument("by", bounded_text, by),
            dry_run=argument("dry_run", boolean, dry_run),
            rejects=rejects,
            progress=progress_call(progress),
        )
        with self._turns.taken(is_trial=request.dry_run):
            return import_file(self._store, self._recorder, file, request, now=self._now)

    def backup(
        self, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> Checkpoint:
        """Copy the whole file of the ledger, while others record; return a checkpoint of the copy.

        The copy holds all the ledgers of the file, each as of the same moment. It is opened, and
        every event in it checked, before it is put at the path, where it replaces a file as a
        whole or leaves it as it was. `Ledger.open` opens it like any other.

        Args:
            path: Where to; ``~`` is the home folder.
            progress: Called now and then with the number of bytes copied, and of how many; it may
                record, but not close the ledger.

        Raises:
            DamagedLogError: A log in the file is not what was recorded.
            StoreError: The ledger has no file of its own, or the copy cannot be written, or the
                file at the path is no coopledger log, or some program has it open.
            NewerLogError: A newer version of coopledger made the file at the path.
            ArgumentError: An argument cannot be used.
                The file at the path is left as it was in any of these cases.
        """
        heads = back_up(self._store, path, progress=progress)
        return checkpoint_at(self.name, heads.get(self.name) or beginning(self.name))

    def copy_to(self, other: "Ledger", *, progress: Progress | None = None) -> Checkpoint:
        """Copy every event into an empty ledger of the same name; return its checkpoint.

        The other store may be of any kind. Positions, record times, hashes and answers are the
        same there: the clock is not read, and no rule is applied again. Every event is checked
        on the way, and once more when it is stored. Events of packs are copied as they are, with
        or without their pack. Then every subscription is put where it is here, so that its reader
        goes on there.

        Args:
            other: The other ledger, which is empty.
            progress: Called now and then with the number of events copied, and of how many.

        Raises:
            StoreConflictError: The other ledger holds events.
            DamagedLogError: The log is not what was recorded.
            StoreError: The one store cannot be read, or the other not be written.
            ArgumentError: An argument cannot be used.
                Nothing is written in any of these cases, unless the error came after the events
                were stored: from reading them there, or from the positions of subscriptions.
        """
        call, zone = progress_call(progress), self._zone.compare()
        argument("other", partial(require, kind=Ledger, remedy=_NO_LEDGER), other)
        copy = LogCopy(ledger=self.name, store=self._store, zone=zone, progress=call)
        return other._restore_copy(copy)  # noqa: SLF001 - of the same class

    def _restore_copy(self, copy: LogCopy) -> Checkpoint:
        """Store the log that `copy_to` of another ledger hands over; it names what is raised."""
        with self._turns.taken():
            self._zone.refuse_other(copy.zone)
            checkpoint = restore_copy(copy, self._store, self._recorder, ledger=self.name)
            self._zone.name = copy.zone
            self._recorder.settings = attrs.evolve(self._recorder.settings, zone=copy.zone)
            return checkpoint

    def _now(self) -> int:
        """Return the time by the clock of the ledger, in microseconds; only here is it read."""
        if self._clock is system_clock:
            return system_us()  # The same, without the way through a calendar.
        now = self._clock()
        if not isinstance(now, datetime):
            raise ArgumentError("clock", short_repr(now), "is no instant: give an aware datetime")
        return argument("clock", instant_us, now)

    def _day(self, on: str | date | EdtfDate | None) -> int:
        """Return the day of a question; today by the ledger's clock where it names none."""
        return day_of(self._now(), self.timezone) if on is None else argument("on", to_day, on)
