"""Prints the modules that three calls enter: ``PYTHONPATH=src python tests/shape/walks.py``.

A module counts once, when a function of its file runs, in this thread; the code that attrs writes
has no file. Each walk is taken twice, each time on a new ledger, and the second time counts: late
imports, and work that a process does once, are done by then.

Only names that older checkouts have too are used here.
"""

import inspect
import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import coopledger
from coopledger import Ledger, events

PACKAGE = Path(coopledger.__file__).parent


@contextmanager
def entered(names: set[str]) -> Generator[None]:
    """Add the name of each module that is entered within the block."""

    def note(frame: FrameType, event: str, _: object) -> None:
        # Bodies of modules and classes are code too, but not optimized.
        if event == "call" and frame.f_code.co_flags & inspect.CO_OPTIMIZED:
            file = Path(frame.f_code.co_filename)
            if file.is_relative_to(PACKAGE):
                names.add(str(frame.f_globals["__name__"]))

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


def record(file: Path, names: set[str]) -> None:
    """Call `Ledger.record` with one event, made before, on an open ledger of a few."""
    with Ledger.open(file) as ledger:
        lay_world(ledger)
        meeting = events.MeetingHeld(meeting="m", partnership="p", kind="visit", when="2022-08-16")
        with entered(names):
            ledger.record(meeting)


def read_row(file: Path, names: set[str]) -> None:
    """Open a ledger with one event again, and read the event."""
    with Ledger.open(file) as ledger:
        ledger.record(events.PartyRegistered(party="a", name="A", kind="centre"))
    with entered(names):
        ledger = Ledger.open(file)
        list(ledger.events())
    ledger.close()


def partnership(file: Path, names: set[str]) -> None:
    """Ask a new view for a partnership with an instrument and a commitment."""
    with Ledger.open(file) as ledger:
        lay_world(ledger)
        view = ledger.view(on="2024-01-01")
        with entered(names):
            view.partnership("p")


def lay_world(ledger: Ledger) -> None:
    """Record two parties, their partnership, a signed instrument and a commitment."""
    ledger.record(
        events.PartyRegistered(party="a", name="A", kind="centre"),
        events.PartyRegistered(party="b", name="B", kind="university"),
        events.PartnershipOpened(partnership="p", parties=["a", "b"]),
        events.InstrumentRegistered(instrument="i", partnership="p", kind="mou"),
        events.InstrumentSigned(instrument="i", when="2022-05-20"),
        events.CommitmentMade(
            commitment="c",
            partnership="p",
            when="2022-05-20",
            debtors=["a"],
            creditors=["b"],
            what="send data",
        ),
    )


WALKS: dict[str, Callable[[Path, set[str]], None]] = {
    "record": record,
    "row": read_row,
    "partnership": partnership,
}


def walk(name: str) -> list[str]:
    """Return the modules that the walk enters the second time."""
    names: set[str] = set()
    for _ in range(2):
        names.clear()
        with TemporaryDirectory() as folder:
            WALKS[name](Path(folder) / "walk.db", names)
    return sorted(names)


if __name__ == "__main__":
    print(json.dumps({name: walk(name) for name in WALKS}))
