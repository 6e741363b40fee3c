"""The part of a ledger that moves events out to files and in from them."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from threading import RLock

from coopledger.dates import instant_us
from coopledger.errors import ArgumentError
from coopledger.fields import asked, asked_if_given, flag, shown, text
from coopledger.interchange.exporting import export
from coopledger.interchange.files import FromFile, ToFile, opened, refuse_taken, written
from coopledger.interchange.importing import Intake
from coopledger.interchange.progress import Meter, Progress, progress_call
from coopledger.interchange.receipts import ImportReceipt
from coopledger.interchange.restoring import restore
from coopledger.recording import Recorder
from coopledger.stores import Store

__all__ = ["Portable"]


class Portable:
    """A ledger whose events can be moved.

    Attributes:
        name: The name of the ledger.
        timezone: The zone that says which day an instant belongs to.
    """

    name: str
    timezone: str
    _store: Store
    _recorder: Recorder
    _lock: RLock
    _clock: Callable[[], object]

    def export_jsonl(
        self, file: ToFile, *, plain: bool = False, progress: Progress | None = None
    ) -> int:
        """Write every event as one line of JSON in UTF-8; returns how many there are.

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
        plain = asked("plain", flag, plain)
        progress = progress_call(progress)
        self._refuse_own("file", file)
        with written("file", file) as target:
            return export(self._store, self.name, target, plain=plain, progress=progress)

    def restore_jsonl(self, file: FromFile, *, progress: Progress | None = None) -> int:
        """Put an export back into this ledger, which is empty; returns how many events it has.

        Everything is as it was in the ledger of the same name, record times too: the clock is
        not asked, and no rule is applied anew. All the same every line is checked against its
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
        self._refuse_own("file", file)
        with self._lock, self._recorder.busy(), opened("file", file) as source:
            vocabulary = self._recorder.settings.vocabulary
            return restore(self._store, self.name, source, vocabulary=vocabulary, progress=progress)

    def import_jsonl(
        self,
        file: FromFile,
        *,
        by: str | None = None,
        dry_run: bool = False,
        rejects: ToFile | None = None,
        progress: Progress | None = None,
    ) -> ImportReceipt:
        """Record the events of somebody's file, all or none, as `record` would: now.

        Lines that were recorded before, with the same content, are not recorded again; a line
        without an id is known again by its content. A line that only follows from a bad one is
        not reported.

        Args:
            file: One JSON object for each event on a line of its own, in UTF-8: a path, or a
                stream that is open in binary mode.
            by: Who records, for lines that do not say it themselves.
            dry_run: Give the receipt, or the refusal, and write nothing.
            rejects: Record the good lines all the same, and write the bad ones here as they
                are, to be mended and imported again: another path, or a stream open in binary
                mode.
            progress: Called now and then with the number of bytes read, and of how many (None
                for a stream); it may not record.

        Raises:
            RefusedError: With every finding on every bad line, unless they have a place to go.
            ArgumentError: An argument cannot be used.
            StoreError: The file cannot be read, or the store not be written.
                Nothing is written in any of these cases.
        """
        by = asked_if_given("by", text, by)
        dry_run = asked("dry_run", flag, dry_run)
        progress = progress_call(progress)
        self._refuse_own("file", file)
        with self._lock, opened("file", file) as source:
            if rejects is not None:
                self._refuse_own("rejects", rejects)
                refuse_taken("rejects", rejects, [source.name], by="the file that is read")
            with _rejected(rejects, dry_run) as reject:
                now = self._now()
                intake = Intake(self._recorder, by, reject)
                intake.read(source, clock_us=now, meter=Meter(progress, source.size))
                if rejects is None:
                    intake.reports.refuse()
                return intake.record(clock_us=now, dry_run=dry_run)

    def _refuse_own(self, argument: str, file: ToFile | FromFile) -> None:
        """Refuses the files that hold this ledger: even to read and close one frees its locks."""
        refuse_taken(argument, file, self._store.files(), by="where this ledger is kept")

    def _now(self) -> int:
        """The instant of the ledger's clock."""
        now = self._clock()
        if not isinstance(now, datetime):
            raise ArgumentError("clock", shown(now), "is no instant: give an aware datetime")
        return asked("clock", instant_us, now)


@contextmanager
def _rejected(
    rejects: ToFile | None,
    dry_run: bool,  # noqa: FBT001
) -> Generator[Callable[[bytes], object], None, None]:
    """What takes the bytes of bad lines: the file, once all is done, or nothing."""
    if rejects is None or dry_run:
        yield len
        return
    with written("rejects", rejects) as target:
        yield target.write
