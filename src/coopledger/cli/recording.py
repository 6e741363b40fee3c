"""Commands that write: a new ledger, events into one, and what goes out and comes back."""

import sys
from contextlib import suppress
from shlex import quote
from typing import BinaryIO

import click

from coopledger import events
from coopledger._interchange.importing import ImportReceipt
from coopledger._recording.receipts import Receipt
from coopledger._suggest import did_you_mean
from coopledger.cli.asking import LEDGER_VARIABLE, US_VARIABLE, Asked
from coopledger.cli.exits import Exit
from coopledger.cli.minutes import SUFFIX, read_minutes
from coopledger.cli.output import write_json, write_page
from coopledger.cli.progress import progress
from coopledger.cli.taking_in import WORKBOOK, write_workbook
from coopledger.errors import ArgumentError, StoreError
from coopledger.plain import as_dict

STREAM = "-"


def new(asked: Asked) -> None:
    """Begin a ledger with its zone and its first parties."""
    us, parties = asked.options["us"], asked.options["parties"]
    if not parties:
        raise click.UsageError("--party is missing: a log keeps its zone from its first events on")
    names = [id for id, _, _ in parties]
    if us is not None and us not in names:
        near = did_you_mean(us, names) or ": give it as a --party too"
        raise ArgumentError(asked.place_of_us, repr(us), f"is none of the parties{near}")
    first = [_registered(*party) for party in parties]
    _refuse_begun(asked)
    with asked.begun() as ledger:
        ledger.record(*first, expect=0)
        zone = ledger.timezone
    write_page(f"{asked.ledger}: a new ledger in {zone}, {_counted(len(first))}")
    settings = {LEDGER_VARIABLE: asked.ledger, US_VARIABLE: us}
    lines = [f"export {key}={quote(value)}" for key, value in settings.items() if value]
    write_page("\n".join(("Shorter commands, in this shell:", *(f"  {line}" for line in lines))))


def _refuse_begun(asked: Asked) -> None:
    """Refuse a ledger that holds events, whatever its zone."""
    position = 0
    with suppress(StoreError), asked.opened(begins=True, in_zone=False) as ledger:
        position = ledger.position
    if position:
        place = asked.ledger if asked.path else "there"  # An address may hold a password.
        raise click.UsageError(
            f"{place} is a ledger with {_counted(position)} already: add to it with "
            f"`coopledger record`, or name another file"
        )


def _registered(id: str, name: str, kind: str) -> events.PartyRegistered:
    """Return the registration of a party; its kind may be followed by a country."""
    kind, _, country = kind.partition(":")
    return events.PartyRegistered(party=id, name=name, kind=kind, country=country or None)


def record(asked: Asked) -> Exit:
    """Record the events of a file of JSON Lines, all or none; `-` reads the standard input.

    A file whose name ends in .toml holds the minutes of a meeting.
    """
    options = asked.options
    _refuse_missing(asked)
    if asked.words[0].endswith(SUFFIX):
        return _record_minutes(asked, *asked.words)
    with asked.opened(readonly=options["dry_run"]) as ledger, progress("Read") as tell:
        receipt = ledger.import_jsonl(
            _source(*asked.words),
            by=options["by"],
            dry_run=options["dry_run"],
            rejects=options["rejects"],
            progress=tell,
        )
    _write_receipt(asked, receipt)
    return Exit.FOUND if receipt.rejected_lines else Exit.FINE


def _record_minutes(asked: Asked, file: str) -> Exit:
    """Record the events of a meeting, all or none."""
    options = asked.options
    if options["rejects"]:
        raise click.UsageError("--rejects is for lines: minutes are recorded whole, leave it out")
    with asked.opened(readonly=options["dry_run"]) as ledger:
        minutes = read_minutes(file, ledger)
        receipt = ledger.record(*minutes, by=options["by"], dry_run=options["dry_run"])
    _write_receipt(asked, receipt)
    return Exit.FINE


def _write_receipt(asked: Asked, receipt: Receipt) -> None:
    """Write how much was recorded, and what is odd or was rejected."""
    if asked.options["json"]:
        write_json(as_dict(receipt))
        return
    verb = "would be recorded" if asked.options["dry_run"] else "recorded"
    if isinstance(receipt, ImportReceipt):
        write_page(_imported(receipt, verb))
    else:
        count = f"{_counted(0 if receipt.replayed else len(receipt.events))} {verb}"
        known = f", {len(receipt.events)} recorded before" if receipt.replayed else ""
        write_page("\n".join((f"{count}{known}", *map(str, receipt.warnings))))


def _imported(receipt: ImportReceipt, verb: str) -> str:
    """Return how many lines were recorded, known before or rejected, and what is odd."""
    counts = [f"{_counted(len(receipt.events) - receipt.already)} {verb}"]
    if receipt.already:
        counts.append(f"{receipt.already} recorded before")
    if receipt.rejected_lines:
        lines = "1 line" if receipt.rejected_lines == 1 else f"{receipt.rejected_lines} lines"
        counts.append(f"{lines} rejected")
    return "\n".join((", ".join(counts), *map(str, receipt.warnings), *map(str, receipt.rejected)))


def _refuse_missing(asked: Asked) -> None:
    """Refuse a file that is not there: a slip in its name would begin another ledger."""
    if asked.path is not None and not asked.path.exists():
        raise click.UsageError(
            f"there is no ledger {asked.ledger}: begin one with `coopledger new`, or mend the name"
        )


def export(asked: Asked) -> None:
    """Write every event as one line of JSON to a file; `-` writes to the standard output.

    To a file whose name ends in .xlsx the board is written instead, with all texts, promises,
    proposals, meetings and signatures: as they are today, or on the day that --on names. Its
    columns are those of the printed lists, or with --all-columns every one, with ids.
    """
    (file,) = asked.words
    if file.endswith(WORKBOOK):
        _export_workbook(asked, file)
        return
    options = asked.options
    us = options["us"] if asked.place_of_us == "--us" else None
    for option, value in (
        ("--on", options["on"]),
        ("--all-columns", options["columns"]),
        ("--us", us),
    ):
        if value is not None:
            raise click.UsageError(
                f"{option} is for a workbook (.xlsx): every event is written, leave it out"
            )
    with asked.opened() as ledger, progress("Written") as tell:
        target = sys.stdout.buffer if file == STREAM else file
        count = ledger.export_jsonl(target, plain=asked.options["plain"], progress=tell)
    if file != STREAM:
        write_page(f"{file}: {_counted(count)}")


def _export_workbook(asked: Asked, file: str) -> None:
    """Write where everything stands."""
    if asked.options["plain"]:
        raise click.UsageError("--plain is for JSON Lines: leave it out")
    with asked.viewed() as moment:
        write_workbook(moment.view, file, us=moment.us, columns=asked.options["columns"])
        write_page(f"{file}: where all stands on {moment.view.on}")


def restore(asked: Asked) -> None:
    """Restore an export into a new ledger, with its positions, record times and hashes."""
    with asked.begun() as ledger, progress("Read") as tell:
        count = ledger.restore_jsonl(_source(*asked.words), progress=tell)
    write_page(f"{asked.ledger}: {_counted(count)}")


def _source(file: str) -> str | BinaryIO:
    """Return the file, or the standard input for a dash."""
    return sys.stdin.buffer if file == STREAM else file


def _counted(number: int) -> str:
    """Return how many events there are."""
    return "1 event" if number == 1 else f"{number} events"
