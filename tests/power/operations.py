"""Operations of the library that touch files, and what has to be there after each cut.

An operation tells the ids of the events that were acknowledged, and the names of the files that
were written. An id names the batch, the number in it and its size, so that a torn one shows.
"""

import io
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs

from coopledger import Ledger, events, report, sheets
from coopledger.cli.new_files import new_file
from coopledger.errors import StoreError
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from coopledger.subscriptions import Batch
from tests.crash.old_logs import write_format_1_file
from tests.crash.recorders import LEDGER, ids_of_batch, noon, store_recorder
from tests.power.shim import mend
from tests.whole import whole

__all__ = [
    "OPERATIONS",
    "LostError",
    "Operation",
    "Say",
    "check_log",
    "opened",
    "record",
    "recording",
]

LOG, OTHER, LINES = "office.db", "other.db", "lines.jsonl"
BEFORE = 12  # events that were recorded before the operation begins
DAY = "2020-01-01"

# Tells what was acknowledged: the id of an event, or the name of a file.
Say = Callable[[str], None]
Run = Callable[[Path, Say], None]
Check = Callable[[Path, Sequence[str]], None]


class LostError(AssertionError):
    """Something that was acknowledged and is not there any more."""


def refuse_lost(what: str, *, is_lost: bool) -> None:
    """Raise `LostError` about it, if it is lost."""
    if is_lost:
        raise LostError(what)


def opened(folder: Path, name: str = LOG, **options: Any) -> Ledger:  # noqa: ANN401 - of a ledger
    """Return the ledger in a file of the folder."""
    return Ledger.open(folder / name, name=LEDGER, clock=noon, **options)


def promises(batch: str, size: int, *, words: str = "lend a buoy") -> list[events.Event]:
    """Return a batch of promises."""
    return [
        events.CommitmentMade(
            id=f"{batch}/{number}/{size}",
            commitment=f"{batch}-{number}",
            partnership="p",
            debtors=["a"],
            creditors=["b"],
            what=words,
            when=DAY,
            due="2021",
        )
        for number in range(1, size + 1)
    ]


def record(ledger: Ledger, say: Say, *batch: events.Event) -> None:
    """Record and tell it; once more, with a sound disk, if the disk fails."""
    try:
        receipt = ledger.record(*batch)
    except StoreError:
        mend()
        receipt = ledger.record(*batch)
    for stored in receipt.events:
        say(str(stored.event.id))


def lay_log(folder: Path) -> None:
    """Write a log, and older files that the operation will replace."""
    with opened(folder) as ledger:
        ledger.record(
            *(
                events.PartyRegistered(id=f"a/{number}/2", party=name, name=name, kind="state")
                for number, name in enumerate("ab", 1)
            )
        )
        ledger.record(events.PartnershipOpened(id="p/1/1", partnership="p", parties=["a", "b"]))
        for number in range(BEFORE - 3):
            ledger.record(*promises(f"before-{number}", 1))
    for name in ("old.jsonl", "old.csv", "old.html"):
        (folder / name).write_bytes(b"as it was")
    with opened(folder, "old.db") as ledger:
        ledger.record(events.PartyRegistered(id="c/1/1", party="c", name="C", kind="state"))


def check_log(folder: Path, told: Sequence[str], *, name: str = LOG, least: int = BEFORE) -> None:
    """Check that the log is sound, holds all that was acknowledged, whole, and goes on.

    Raises:
        LostError: An acknowledged event is not there.
        AssertionError: The log is damaged, a batch torn, or nothing more can be recorded.
    """
    with opened(folder, name) as ledger:
        _check_sound(ledger)
        ids = [str(recorded.event.id) for recorded in ledger.events()]
        missing = {each for each in told if "/" in each} - set(ids)
        what = f"{len(missing)} of {len(told)} acknowledged: {sorted(missing)[:3]}"
        refuse_lost(what, is_lost=bool(missing) or len(ids) < least)
        _check_batches(ids)
        view = ledger.view(DAY)
        kept = [whole(view.commitments(open=None)), whole(view.partnerships())]
        assert kept == _answers_of(ledger), "kept answers are not those of the log"
        ledger.record(events.PartyRegistered(id="z/1/1", party="z", name="Z", kind="state"))
        _check_sound(ledger)


def _check_sound(ledger: Ledger) -> None:
    verification = ledger.verify()
    assert verification.fault is None, verification
    damage = [str(each) for each in ledger.check() if each.is_refusal]
    assert not damage, damage


def _check_batches(ids: Iterable[str]) -> None:
    """Check that each batch is there as a whole."""
    found = Counter((batch, int(size)) for batch, _, size in (each.split("/") for each in ids))
    torn = {batch: count for (batch, size), count in found.items() if count != size}
    assert not torn, f"torn: {torn}"


def _answers_of(ledger: Ledger) -> list[str]:
    """Return the answers of the log alone, of which nothing is kept."""
    lines = _exported(ledger)
    with Ledger.in_memory(name=LEDGER, clock=noon) as fresh:
        fresh.restore_jsonl(io.BytesIO(lines))
        view = fresh.view(DAY)
        return [whole(view.commitments(open=None)), whole(view.partnerships())]


def _exported(ledger: Ledger) -> bytes:
    target = io.BytesIO()
    ledger.export_jsonl(target)
    return target.getvalue()


@attrs.frozen(kw_only=True)
class Operation:
    """Operation that a cut comes into.

    Attributes:
        run: Does it in a folder, and tells what was acknowledged.
        check: Checks the folder after the cut.
        lay: Makes the files that are there before.
    """

    run: Run
    check: Check = check_log
    lay: Callable[[Path], None] = lay_log


# ---- recording ---------------------------------------------------------------------------------


def _nothing(_: Path) -> None:
    """Lay nothing: the operation begins the log."""


def _begin(folder: Path, say: Say) -> None:
    """Open a new log, and begin it."""
    with opened(folder, timezone="Asia/Ho_Chi_Minh") as ledger:
        record(ledger, say, events.PartyRegistered(id="a/1/1", party="a", name="A", kind="state"))


def _begin_whole(folder: Path, say: Say) -> None:
    """Make a new log as the command line does: there once it is whole, or not at all."""
    if not (folder / LOG).exists():
        with new_file(folder / LOG) as part, opened(folder, part.name) as ledger:
            ledger.record(*_first_events())
    say(LOG)


def _first_events() -> list[events.Event]:
    """Return the first events of a log."""
    party = events.PartyRegistered
    return [party(id=f"n/{n}/9", party=f"n{n}", name=f"N{n}", kind="state") for n in range(1, 10)]


def _check_begun(folder: Path, told: Sequence[str]) -> None:
    refuse_lost("the log", is_lost=bool(told) and not (folder / LOG).exists())
    check_log(folder, told, least=0)


def _check_begun_whole(folder: Path, told: Sequence[str]) -> None:
    _check_begun(folder, told)
    with opened(folder) as ledger:
        assert ledger.position in (1, 10), "a new log is there before it is whole"


def recording(folder: Path, say: Say) -> None:
    """Record events one by one."""
    with opened(folder) as ledger:
        for number in range(3):
            record(ledger, say, *promises(f"one-{number}", 1))


def _batch(folder: Path, say: Say) -> None:
    """Record many events at once, more than one page of the file holds."""
    with opened(folder) as ledger:
        record(ledger, say, *promises("batch", 40))


def _checkpoints(folder: Path, say: Say) -> None:
    """Record so much that the WAL is moved into the file meanwhile."""
    with opened(folder) as ledger:
        for number in range(9):
            record(ledger, say, *promises(f"long-{number}", 6, words="x" * 90_000))


def _quickly(folder: Path, say: Say) -> None:
    """Record without waiting for the disk: nothing is acknowledged for ever."""
    with opened(folder, durability="fast") as ledger:
        record(ledger, lambda _: None, *promises("fast", 5))
        record(ledger, lambda _: None, *promises("fast-2", 1))
    say("recorded")


def _asking(folder: Path, say: Say) -> None:
    """Record and ask in turn, so that answers are kept in the file."""
    with opened(folder) as ledger:
        for number in range(3):
            view = ledger.view(DAY)
            view.commitments()
            view.partnerships()
            record(ledger, say, *promises(f"asked-{number}", 2))


def _lifting(folder: Path, say: Say) -> None:
    """Open a log of an older format, which is lifted, and record."""
    ids = ids_of_batch(0, 3)
    with closing(SqliteStore(folder / LOG)) as store:
        is_done = bool(store.find(LEDGER, ids))
    with store_recorder(folder / LOG) as put:
        if not is_done:
            put(ids)
    for each in ids:
        say(each)


def _lay_older(folder: Path) -> None:
    write_format_1_file(folder / LOG)


def _check_lifted(folder: Path, told: Sequence[str]) -> None:
    with closing(SqliteStore(folder / LOG)) as store:
        assert verify_log(store, LEDGER).fault is None
        ids = [row.event_id for row in store.read(LEDGER)]
    refuse_lost(f"all but {len(ids)}", is_lost=not set(told) <= set(ids) or len(ids) < 3)


# ---- copies ------------------------------------------------------------------------------------


def _back_up(folder: Path, say: Say) -> None:
    """Back up to a new file, and over an older backup."""
    with opened(folder) as ledger:
        for name in ("new.db", "old.db"):
            ledger.backup(folder / name)
            say(name)


def _check_backups(folder: Path, told: Sequence[str]) -> None:
    with opened(folder) as ledger:
        lines = _exported(ledger)
    for name, former in (("new.db", 0), ("old.db", 1)):
        if not (folder / name).exists():
            refuse_lost(name, is_lost=name in told or bool(former))
            continue
        with opened(folder, name) as copy:
            assert copy.verify().fault is None
            is_whole = _exported(copy) == lines
            assert is_whole or (former and copy.position == 1), f"{name} is no whole log"
        refuse_lost(name, is_lost=name in told and not is_whole)
    check_log(folder, told)


def _copy(folder: Path, say: Say) -> None:
    """Copy the log into another file."""
    with opened(folder) as ledger, opened(folder, OTHER) as other:
        if not other.position:
            ledger.copy_to(other)
    say(OTHER)


def _restore(folder: Path, say: Say) -> None:
    """Restore the log from lines into another file."""
    with opened(folder, OTHER) as other:
        if not other.position:
            other.restore_jsonl(folder / LINES)
    say(OTHER)


def _lay_lines(folder: Path) -> None:
    lay_log(folder)
    with opened(folder) as ledger:
        ledger.export_jsonl(folder / LINES)


def _check_copy(folder: Path, told: Sequence[str]) -> None:
    with opened(folder) as ledger, opened(folder, OTHER) as other:
        found = _exported(other)
        is_whole = other.position == ledger.position
        assert is_whole or not other.position, f"a part of the log: {other.position}"
        assert not is_whole or found == _exported(ledger)
        refuse_lost("the copy", is_lost=bool(told) and not is_whole)
    check_log(folder, told)


# ---- files beside the log ----------------------------------------------------------------------

# Writes a file of answers to a path.
Write = Callable[[Ledger, Path], object]


def _writing(ending: str, write: Write) -> Operation:
    """Return the operation of writing a new file, and one over an older file."""
    names = f"new.{ending}", f"old.{ending}"

    def run(folder: Path, say: Say) -> None:
        with opened(folder) as ledger:
            for name in names:
                write(ledger, folder / name)
                say(name)

    def check(folder: Path, told: Sequence[str]) -> None:
        with opened(folder) as ledger:
            write(ledger, folder / f"expected.{ending}")
        expected = (folder / f"expected.{ending}").read_bytes()
        for name, former in zip(names, (None, b"as it was"), strict=True):
            found = (folder / name).read_bytes() if (folder / name).exists() else None
            refuse_lost(name, is_lost=name in told and found != expected)
            assert found in (former, expected), f"{name} is neither the old nor the new file"
        check_log(folder, told)

    return Operation(run=run, check=check)


def _write_sheet(ledger: Ledger, path: Path) -> None:
    sheets.write(ledger.view(DAY).commitments(open=None), path)


def _write_report(ledger: Ledger, path: Path) -> None:
    report.report(ledger.view(DAY), path=path)


def _take_in(folder: Path, say: Say) -> None:
    """Import lines, of which one is bad and goes into a file of its own."""
    with opened(folder) as ledger:
        receipt = ledger.import_jsonl(folder / LINES, rejects=folder / "rejects.jsonl")
    for stored in receipt.events:
        say(str(stored.event.id))


BAD = b'{"type": "commitment-fulfilled", "commitment": "x", "when": "2020"}\n'
GOOD = """{{"type": "party-registered", "id": "taken/{0}/30", "party": "t{0}", "name": "T{0}",
"kind": "state"}}""".replace("\n", " ")


def _lay_import(folder: Path) -> None:
    lay_log(folder)
    lines = [f"{GOOD.format(number)}\n".encode() for number in range(1, 31)]
    (folder / LINES).write_bytes(b"".join(lines) + BAD)


def _check_taken(folder: Path, told: Sequence[str]) -> None:
    rejects = folder / "rejects.jsonl"
    assert not rejects.exists() or rejects.read_bytes() == BAD, "the rejects are torn"
    check_log(folder, told)


# ---- a table of the host in the file of the log ------------------------------------------------

INSERT = "INSERT INTO own VALUES (?, ?)"


def _lay_table(folder: Path) -> None:
    lay_log(folder)
    with closing(sqlite3.connect(folder / LOG)) as connection:
        connection.execute("CREATE TABLE own (position INTEGER, event_id TEXT)")


def _follow(folder: Path, say: Say) -> None:
    """Write each event to a table of the host, in one transaction with the place in the log."""
    with opened(folder) as ledger, closing(sqlite3.connect(folder / LOG)) as connection:
        record(ledger, say, *promises("followed", 5))
        for batch in ledger.subscribe("table", batch_size=6).batches():
            _save(connection, batch)
            say(f"position {batch.events[-1].position}")


def _save(connection: sqlite3.Connection, batch: Batch) -> None:
    try:
        connection.executemany(INSERT, [(each.position, each.event.id) for each in batch.events])
        batch.save(connection=connection)
        connection.commit()
    except sqlite3.OperationalError as error:  # the host's own, of its own statements
        raise StoreError(LOG, "the host cannot write") from error


def _check_table(folder: Path, told: Sequence[str]) -> None:
    with opened(folder) as ledger, closing(sqlite3.connect(folder / LOG)) as connection:
        found = connection.execute("SELECT position, event_id FROM own ORDER BY 1").fetchall()
        saved = next((each.position for each in ledger.subscriptions()), 0)
        expected = [(each.position, each.event.id) for each in ledger.events()][:saved]
    assert found == expected, f"{len(found)} in the table, which goes up to position {saved}"
    last = max((int(each.split()[1]) for each in told if " " in each), default=0)
    refuse_lost(f"the place in the log: {saved}, not {last}", is_lost=last > saved)
    check_log(folder, told)


OPERATIONS: dict[str, Operation] = {
    "begin": Operation(run=_begin, lay=_nothing, check=_check_begun),
    "begin whole": Operation(run=_begin_whole, lay=_nothing, check=_check_begun_whole),
    "lift": Operation(run=_lifting, lay=_lay_older, check=_check_lifted),
    "record": Operation(run=recording),
    "batch": Operation(run=_batch),
    "checkpoint": Operation(run=_checkpoints),
    "fast": Operation(run=_quickly),
    "kept answers": Operation(run=_asking),
    "backup": Operation(run=_back_up, check=_check_backups),
    "copy": Operation(run=_copy, check=_check_copy),
    "restore": Operation(run=_restore, check=_check_copy, lay=_lay_lines),
    "import": Operation(run=_take_in, lay=_lay_import, check=_check_taken),
    "outbox": Operation(run=_follow, lay=_lay_table, check=_check_table),
    "export": _writing("jsonl", Ledger.export_jsonl),
    "sheet": _writing("csv", _write_sheet),
    "report": _writing("html", _write_report),
}
