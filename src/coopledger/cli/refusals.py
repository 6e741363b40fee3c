"""Errors as a person at a terminal reads them: the place, the value, and what would do."""

import errno
import sys
from collections.abc import Iterator
from contextlib import suppress

import click

from coopledger._display.tables import GAP, flat, room
from coopledger._escape import printable
from coopledger.cli.output import CROSS, encodes, is_coloured
from coopledger.cli.usage import told
from coopledger.errors import (
    ArgumentError,
    CoopledgerError,
    Finding,
    RefusedError,
    StoreError,
    UnknownIdError,
    UnknownLedgerError,
)

# Options under the names that the calls of the library have for them.
OPTIONS = {
    "as_of": "--as-of",
    "by": "--by",
    "draft": "--draft",
    "mapping": "--mapping",
    "rest": "--rest",
    "file": "the file",
    "known_at": "--known-at",
    "link": "--link",
    "lies_with": "--lies-with",
    "name": "--name",
    "on": "--on",
    "path": "--out",
    "period": "--period",
    "rejects": "--rejects",
    "sender": "--from",
    "signed_by": "--signed-by",
    "since": "--since",
    "timezone": "--zone",
    "to": "--to",
    "partners": "--partner",
    "us": "--us",
    "us.country": "--us-country",
    "us.name": "--us-name",
    "within_days": "--within",
}
STREAMS = {"<stdin>": "the standard input", "<stdout>": "the standard output"}
REMEDIES = {errno.ENOSPC: "make room on the disk, or write elsewhere"}


def tell(error: CoopledgerError | click.ClickException | OSError) -> None:
    """Write the error to the standard error, its first line marked."""
    first, *others = lines(error)
    with suppress(OSError):  # Who can be told nothing is told by the exit code.
        sys.stderr.write(f"{_marked(first)}\n")
        sys.stderr.writelines(f"  {line}\n" for line in others)


def tell_interrupted() -> None:
    """Write that Ctrl-C ended the command; on a terminal below the ``^C`` that it shows."""
    below = "\n" if sys.stderr.isatty() else ""
    sys.stderr.write(f"{below}{_marked('Interrupted')}\n")


def _marked(text: str) -> str:
    """Return the text after the sign of a failure, in red where there are colours."""
    sign = CROSS[0] if encodes(sys.stderr, CROSS[0]) else CROSS[1]
    head = f"{sign} {text}"
    return click.style(head, fg="red", bold=True) if is_coloured(sys.stderr) else head


def lines(error: CoopledgerError | click.ClickException | OSError) -> list[str]:
    """Return the error in words, one line for the whole and one for each part."""
    if isinstance(error, RefusedError):
        return list(_refused(error.findings))
    if isinstance(error, UnknownIdError):
        return [flat(f"{str(error).removeprefix('E102 ')}{_way_out(error)}")]
    if isinstance(error, ArgumentError):
        name = OPTIONS.get(error.argument, error.argument)
        return [flat(f"{name} {error.found} {error.remedy}")]
    if isinstance(error, click.UsageError):
        see = [f"see: {error.ctx.command_path} --help"] if error.ctx else []
        return [printable(told(error)), *see]
    if isinstance(error, click.ClickException):
        return [printable(error.format_message())]
    return [flat(_of_a_file(error) or str(error))]


def _way_out(error: UnknownIdError) -> str:
    """Return what would do where the error names nothing near."""
    if error.nearest or error.lost or isinstance(error, UnknownLedgerError):
        return ""
    if error.instead == "a party":
        return f": see `coopledger show {error.id}`"
    return "" if error.instead else ": `coopledger board` shows the ids of partnerships"


def _of_a_file(error: CoopledgerError | OSError) -> str:
    """Return the file or stream, what the system says of it, and what would do; or nothing."""
    if isinstance(error, StoreError) and isinstance(error.__cause__, OSError):
        name, cause, remedy = error.store, error.__cause__, "check the path and the disk"
    elif isinstance(error, OSError):
        name, cause, remedy = error.filename or "<stdout>", error, "check the path and the disk"
    else:
        return ""
    name, remedy = STREAMS.get(str(name), name), REMEDIES.get(cause.errno or 0, remedy)
    return f"{name}: {cause.strerror or cause}: {remedy}"


def _refused(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Yield how much was refused, then each finding with its place."""
    places = {(item.file, item.line, item.index, item.event_id) for item in findings}
    of_lines = any(item.line for item in findings)
    of_cells = any(item.line and item.where for item in findings)
    noun = "row" if of_cells else "line" if of_lines else "event"
    number = f"1 {noun}" if len(places) == 1 else f"{len(places)} {noun}s"
    yield f"Nothing was recorded: {number} cannot be recorded"
    cells = [(place(item), item.field or "", message(item)) for item in findings]
    widths = [max(room(row[column]) for row in cells) for column in range(2)]
    for first, second, text in cells:
        padded = (_padded(first, widths[0]), _padded(second, widths[1]), text)
        yield GAP.join(part for part in padded if part)
    if of_lines:
        yield "exit code 2; mend the file and run it again"


def place(finding: Finding) -> str:
    """Return the line, the cell of a sheet, the id or the number of the event."""
    if finding.line and not finding.where:
        return f"line {finding.line}"
    is_cell = finding.line is not None and finding.where is not None
    first = finding.where if is_cell else finding.event_id
    return flat(first or finding.where or finding.event_type)


def message(finding: Finding) -> str:
    """Return the value and the remedy without the field, which has a column; then the code."""
    text = finding.message.removeprefix(f"{finding.field}: ")
    return flat(f"{text} ({finding.code})")


def _padded(text: str, width: int) -> str:
    """Return the text with blanks up to the width."""
    return text + " " * (width - room(text))
