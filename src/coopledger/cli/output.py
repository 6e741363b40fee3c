"""Output: pages in the words that the stream can hold, JSON and CSV in UTF-8."""

import codecs
import csv
import io
import json
import os
import sys
from collections.abc import Iterable
from typing import TextIO

import attrs

from coopledger._escape import printable, printable_json
from coopledger.plain import Plain, as_rows, columns

CHECK, CROSS = ("✓", "v"), ("✗", "x")  # each with what stands for it in ASCII
WITHOUT = "coopledger-plain"
# How what our own pages write looks in a stream that cannot hold it.
SIMPLER = dict(zip("–—−…’“”·→", ("-", "-", "-", "...", "'", '"', '"', "-", "->"), strict=True))  # noqa: RUF001 - these very signs


def _simpler(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for the signs that a stream cannot hold; an escape for most."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    escapes = (sign.encode("ascii", "backslashreplace").decode("ascii") for sign in signs)
    simple = (SIMPLER.get(sign, escape) for sign, escape in zip(signs, escapes, strict=True))
    return "".join(simple), error.end


def prepare_streams() -> None:
    """Let the standard streams take every text, whatever their encoding."""
    codecs.register_error(WITHOUT, _simpler)
    # A program may be begun without them, as by `>&-`.
    if sys.stdout is None or sys.stderr is None:
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - to the end
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=WITHOUT)


def encodes(stream: TextIO, text: str) -> bool:
    """Return whether the stream can hold the text."""
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def is_coloured(stream: TextIO) -> bool:
    """Return whether the stream is a terminal whose reader wants colours."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_page(text: str) -> None:
    """Write a page of plain text."""
    sys.stdout.write(f"{text}\n")


def write_json(value: Plain) -> None:
    """Write a value as JSON."""
    _write(printable_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def write_csv(kind: type[attrs.AttrsInstance], answers: Iterable[attrs.AttrsInstance]) -> None:
    """Write answers of one kind as CSV, one row for each, below the names of the fields.

    CSV has no escapes of its own: control signs in a text are written as on a page.
    """
    page = io.StringIO(newline="")
    table = csv.DictWriter(page, fieldnames=columns(kind), lineterminator="\n")
    table.writeheader()
    table.writerows(
        {name: printable(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        for row in as_rows(answers)
    )
    _write(page.getvalue())


def _write(text: str) -> None:
    """Write what programs read, in UTF-8 whatever the encoding of the stream."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
