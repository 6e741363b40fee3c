"""The same as a user records: through a ledger, validated, chained and durable."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pendulum

from coopledger import Ledger, events
from tests.crash.recording import LEDGER, Recorder

__all__ = ["ledger_recorder", "noon", "parties"]


@contextmanager
def ledger_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Registers parties."""
    with Ledger.open(path, name=LEDGER, clock=noon) as ledger:

        def record(event_ids: Sequence[str]) -> Sequence[int]:
            return [stored.position for stored in ledger.record(*parties(event_ids)).events]

        yield record


def parties(event_ids: Sequence[str]) -> list[events.PartyRegistered]:
    """One for each id: parties need nothing else to be known first."""
    return [
        events.PartyRegistered(id=name, party=name, name=f"Party {name}", kind="other")
        for name in event_ids
    ]


def noon() -> pendulum.DateTime:
    """The same moment at every call."""
    return pendulum.datetime(2020, 1, 1, 12)
