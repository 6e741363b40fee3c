"""Commands that write: a new ledger, events into one, and what goes out and comes back."""

import sys
from pathlib import Path
from shlex import quote
from typing import BinaryIO

import click

from coopledger import events
from coopledger.cli.asking import LEDGER_VARIABLE, Asked
from coopledger.cli.output import write_json, write_page
from coopledger.cli.progress import progress
from coopledger.plain import as_dict

STREAM = "-"


def new(asked: Asked) -> None:
    """Begin a ledger with its zone and its first parties."""
    us, parties = asked.options["us"], asked.options["parties"]
    if not parties:
        raise click.UsageError("a log keeps its zone from its first events on: give a --party")
    if us is not None and us not in {id for id, _, _ in parties}:
        raise click.UsageError(f"--us {us!r} is none of the parties: give it as a --party too")
    first = [_registered(*party) for party in parties]
    with asked.opened(readonly=False, begins=True) as ledger:
        if ledger.position:
            raise click.UsageError(
                f"{asked.ledger} holds {ledger.position} events already: record into it, or name "
                "another file"
            )
        ledger.record(*first, expect=0)
        write_page(f"{asked.ledger}: a new ledger in {ledger.timezone}, {_counted(len(first))}")
    settings = {LEDGER_VARIABLE: asked.ledger, "COOPLEDGER_US": us}
    lines = [f"export {key}={quote(value)}" for key, value in settings.items() if value]
    write_page("\n".join(("Shorter commands, in this shell:", *(f"  {line}" for line in lines))))


def _registered(id: str, name: str, kind: str) -> events.PartyRegistered:
    """Return the registration of a party; its kind may be followed by a country."""
    kind, _, country = kind.partition(":")
    return events.PartyRegistered(party=id, name=name, kind=kind, country=country or None)


def record(asked: Asked) -> None:
    """Record the events of a file of JSON Lines, all or none; `-` reads the standard input."""
    options = asked.options
    _refuse_missing(asked.ledger)
    if options["rejects"]:
        asked.refuse_ledger(options["rejects"])
    with asked.opened(readonly=False) as ledger, progress("Read") as tell:
        receipt = ledger.import_jsonl(
            _source(*asked.words),
            by=options["by"],
            dry_run=options["dry_run"],
            rejects=options["rejects"],
            progress=tell,
        )
    if options["json"]:
        write_json(as_dict(receipt))
        return
    verb = "would be recorded" if options["dry_run"] else "recorded"
    counts = [f"{_counted(len(receipt.events) - receipt.already)} {verb}"]
    if receipt.already:
        counts.append(f"{receipt.already} recorded before")
    if receipt.rejected_lines:
        counts.append(f"{receipt.rejected_lines} lines rejected")
    write_page(
        "\n".join((", ".join(counts), *map(str, receipt.warnings), *map(str, receipt.rejected)))
    )


def _refuse_missing(ledger: str) -> None:
    """Refuse a file that is not there: a slip in its name would begin another ledger."""
    if "://" not in ledger and not Path(ledger).exists():
        raise click.UsageError(
            f"there is no ledger {ledger}: begin one with `coopledger new`, or mend the name"
        )


def export(asked: Asked) -> None:
    """Write every event as one line of JSON to a file; `-` writes to the standard output."""
    (file,) = asked.words
    asked.refuse_ledger(file)
    with asked.opened() as ledger, progress("Written") as tell:
        target = sys.stdout.buffer if file == STREAM else file
        count = ledger.export_jsonl(target, plain=asked.options["plain"], progress=tell)
    if file != STREAM:
        write_page(f"{file}: {_counted(count)}")


def restore(asked: Asked) -> None:
    """Restore an export into a new ledger, with its positions, record times and hashes."""
    with asked.opened(readonly=False, begins=True) as ledger, progress("Read") as tell:
        count = ledger.restore_jsonl(_source(*asked.words), progress=tell)
    write_page(f"{asked.ledger}: {_counted(count)}")


def _source(file: str) -> str | BinaryIO:
    """Return the file, or the standard input for a dash."""
    return sys.stdin.buffer if file == STREAM else file


def _counted(number: int) -> str:
    """Return how many events there are."""
    return "1 event" if number == 1 else f"{number} events"
