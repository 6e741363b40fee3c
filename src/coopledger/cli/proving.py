"""Commands that look for faults: in what was recorded, and in the log itself."""

import sys
from pathlib import Path
from time import perf_counter

import click

from coopledger import render
from coopledger._log.chain import Verification
from coopledger.cli.asking import Asked
from coopledger.cli.exits import Exit
from coopledger.cli.output import (
    CHECK,
    CROSS,
    encodes,
    is_coloured,
    write_csv,
    write_json,
    write_page,
)
from coopledger.cli.progress import progress
from coopledger.errors import ArgumentError, Finding
from coopledger.plain import as_dict


def check(asked: Asked) -> Exit:
    """Look through the whole log for what is impossible, doubtful or incomplete."""
    with asked.opened() as ledger, progress("Checked") as tell:
        found = ledger.check(asked.options["on"], progress=tell)
    if asked.options["json"]:
        write_json([as_dict(each) for each in found])
    elif asked.options["csv"]:
        write_csv(Finding, found)
    else:
        write_page(render.findings(found))
    return Exit.FOUND if found else Exit.FINE


def verify(asked: Asked) -> Exit:
    """Check every hash of the log, and that nothing was changed, moved or cut off."""
    file = asked.options["signed_by"]
    key = None if file is None else _key(file)
    with asked.opened() as ledger, progress("Verified") as tell:
        start = perf_counter()
        result = ledger.verify(asked.options["since"], signed_by=key, progress=tell)
        seconds = perf_counter() - start
        head = "" if result.fault is not None else ledger.checkpoint().chain.hex()
    if asked.options["json"]:
        write_json(as_dict(result))
    else:
        write_page(f"{_mark(is_sound=not result.fault)} {_verified(result, head, seconds)}")
    return Exit.FOUND if result.fault else Exit.FINE


def _key(file: str) -> bytes:
    """Return the bytes of a file with a key."""
    try:
        return Path(file).read_bytes()
    except OSError as error:
        remedy = f"cannot be read ({error.strerror}): give the file of a public key in PEM"
        raise ArgumentError("signed_by", repr(file), remedy) from error


def _mark(*, is_sound: bool) -> str:
    """Return a check or a cross, as the standard output can hold and colour it."""
    sign, simple = CHECK if is_sound else CROSS
    mark = sign if encodes(sys.stdout, sign) else simple
    if not is_coloured(sys.stdout):
        return mark
    return click.style(mark, fg="cyan") if is_sound else click.style(mark, fg="red", bold=True)


def _verified(result: Verification, head: str, seconds: float) -> str:
    """Return the result in words."""
    if result.fault is not None:
        fault = result.fault
        return f"the log is not what was recorded: position {fault.position}: {fault.reason}"
    number = "1 event" if result.position == 1 else f"{result.position} events"
    end = f", head {head[:4]}…{head[-4:]}" if result.position else ""
    return f"{number}, chain unbroken{end}  {seconds:.2f} s"
