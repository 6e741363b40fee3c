"""Every commitment is posted to a webhook at least once, and acted on once, after any crash.

The sender follows the ledger and saves its place after the webhook has answered: killed in between,
it posts the same events again, each with its id as the idempotency key. The receiver keeps the ids
that it has seen in one transaction with what it does about them: killed in between, it has done
neither. tests/outbox kills both, again and again.

    python examples/outbox_webhook.py [FILE]
"""

import json
import sqlite3
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import cast
from urllib.request import Request, urlopen

from coopledger import Ledger, Recorded, events
from coopledger.plain import as_dict
from coopledger.subscriptions import Batch, Retry, Subscription

# --- the sender: its outbox is the ledger


def post(url: str, recorded: Recorded) -> None:
    """Return when the webhook has acted; raise otherwise."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": recorded.id}
    request = Request(url, json.dumps(as_dict(recorded)).encode(), headers)  # noqa: S310 - our own address
    with urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
        answer.read()


def follow(ledger: Ledger) -> Subscription:
    """Return the subscription to the events that are to be posted."""
    return ledger.subscribe("webhook", types=events.CommitmentMade, batch_size=10)


def send(ledger: Ledger, url: str, *, wait_seconds: float = 0) -> None:
    """Post each event that has not been posted yet, or perhaps not."""

    def handle(batch: Batch) -> None:
        if not batch.replayed:
            for recorded in batch.events:
                post(url, recorded)

    retry = Retry(attempts=10_000, first_pause_seconds=0.01, longest_pause_seconds=0.1)
    follow(ledger).run(handle, retry=retry, wait_seconds=wait_seconds)


# --- the receiver: it knows nothing of coopledger

TABLES = """
CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS letter (key TEXT NOT NULL, text TEXT NOT NULL);
"""
SEE = """
INSERT INTO seen VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1 RETURNING times
"""


class Webhook(HTTPServer):
    """Writes one letter for each event, however often it is posted."""

    def __init__(self, port: int, database: Path) -> None:
        """Listen on this machine alone; port 0 takes one that is free."""
        super().__init__(("127.0.0.1", port), Answer)
        self.database = database
        with closing(sqlite3.connect(database)) as connection:
            connection.executescript(TABLES)

    def act(self, key: str, message: str) -> None:
        """Remember the key, and write the letter if the key is new, in one transaction."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            ((times,),) = connection.execute(SEE, (key,)).fetchall()
            if times == 1:
                text = f"Please remember: {json.loads(message)['event']['what']}"
                connection.execute("INSERT INTO letter VALUES (?, ?)", (key, text))


class Answer(BaseHTTPRequestHandler):
    """Answers one request, after it has been acted on."""

    def do_POST(self) -> None:
        """Act, commit, and only then answer."""
        message = self.rfile.read(int(self.headers["Content-Length"])).decode()
        cast(Webhook, self.server).act(self.headers["Idempotency-Key"], message)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Print nothing."""


@contextmanager
def listening(database: Path) -> Generator[str, None, None]:
    """Yield the address of a webhook that listens during the block."""
    with Webhook(0, database) as webhook:
        thread = Thread(target=webhook.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{webhook.server_port}"
        finally:
            webhook.shutdown()
            thread.join()


# --- both

OFFICE = (
    events.PartyRegistered(id="e1", party="SEA", name="Sea Institute", kind="centre"),
    events.PartyRegistered(id="e2", party="NORD", name="Nordhavn University", kind="university"),
    events.PartnershipOpened(id="e3", partnership="nord", parties=["SEA", "NORD"]),
)


def promised(number: int, what: str) -> events.CommitmentMade:
    """Return a promise of the university to the institute."""
    return events.CommitmentMade(
        id=f"promise-{number}",
        commitment=f"c{number}",
        partnership="nord",
        debtors=["NORD"],
        creditors=["SEA"],
        what=what,
        when="2024-02-20",
    )


def show(file: Path) -> None:
    """Record promises, post them, and post again after a sender that had died in between."""
    database = file.with_name(f"{file.name}.webhook")
    with Ledger.open(file) as ledger, listening(database) as url:
        ledger.record(
            *OFFICE,
            promised(1, "lend ten buoys"),
            events.NoteAdded(id="n1", subject="c1", text="asked for by letter"),
            promised(2, "send a diver"),
        )
        for batch in follow(ledger).batches():
            for recorded in batch.events:
                post(url, recorded)  # And here the sender is killed, before it saves.

        send(ledger, url)
        print(*ledger.subscriptions(), sep="\n", end="\n\n")

    with closing(sqlite3.connect(database)) as connection:
        for key, times, text in connection.execute("SELECT * FROM seen JOIN letter USING (key)"):
            print(f"{key}: posted {times} times, one letter: {text}")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        show(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder, "office.db"))
