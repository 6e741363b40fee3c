"""The same as a user records: through a ledger, validated, chained and durable."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pendulum

from coopledger import Ledger, events
from tests.crash.recording import LEDGER, Recorder

__all__ = ["ledger_recorder"]


@contextmanager
def ledger_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Registers parties, which need nothing else to be known first."""
    with Ledger.open(path, name=LEDGER, clock=_noon) as ledger:

        def record(event_ids: Sequence[str]) -> Sequence[int]:
            parties = [
                events.PartyRegistered(id=name, party=name, name=f"Party {name}", kind="other")
                for name in event_ids
            ]
            return [stored.position for stored in ledger.record(*parties).events]

        yield record


def _noon() -> pendulum.DateTime:
    return pendulum.datetime(2020, 1, 1, 12)
