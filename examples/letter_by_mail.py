"""Letter to an office by mail: what is late, what falls due this week, and what is new.

    python examples/letter_by_mail.py [FILE]

It goes to a server that listens on this machine alone and shows what comes; `send` sends it to your
own in the same way. FILE holds the ledger; without FILE, it is gone afterwards. Needs aiosmtpd and
jinja2, which comes with "coopledger[letter]".
"""

import asyncio
import smtplib
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, make_msgid
from functools import partial
from tempfile import TemporaryDirectory
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from coopledger import Ledger, events
from coopledger.dates import instant, read_instant
from coopledger.letter import letter

HERE = "127.0.0.1"
TODAY, LAST_LETTER = "2024-10-14", "2024-09-30"


def send(message: EmailMessage, host: str, port: int) -> None:
    """Send a letter; the date and the id of a message are those of whoever sends it."""
    message["Date"] = format_datetime(instant(read_instant(f"{TODAY}T06:00:00Z")))
    message["Message-ID"] = make_msgid(domain="example.org")
    with smtplib.SMTP(host, port) as server:  # and server.starttls(), server.login(name, secret)
        server.send_message(message)


class Letterbox:
    """Server that shows every message that comes."""

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Show a message, and accept it."""
        message = message_from_bytes(envelope.original_content or b"", policy=default)
        print(f"From: {message['From']}\nTo: {message['To']}\nSubject: {message['Subject']}\n")
        text = cast(EmailMessage, message.get_body(("plain",)))
        print(text.get_content().rstrip())
        return "250 OK"


@asynccontextmanager
async def letterbox() -> AsyncGenerator[int, None]:
    """Listen on this machine; give the port."""
    loop = asyncio.get_running_loop()
    make = partial(SMTP, Letterbox(), hostname="localhost", loop=loop)
    async with await loop.create_server(make, HERE, 0) as server:
        yield server.sockets[0].getsockname()[1]


def fill(ledger: Ledger) -> None:
    """Record what the letter is about."""
    ledger.record(
        events.PartyRegistered(party="institute", name="Our Institute", kind="centre"),
        events.PartyRegistered(party="university", name="A University", kind="university"),
        events.PartnershipOpened(partnership="ocean", parties=["institute", "university"]),
        events.InstrumentRegistered(
            instrument="mou", partnership="ocean", kind="mou", title="Memorandum on the ocean"
        ),
        events.InstrumentSigned(instrument="mou", when="2022-01-10", until="2024-12-31"),
        events.CommitmentMade(
            commitment="survey",
            partnership="ocean",
            debtors="institute",
            creditors="university",
            what="send the survey of 2023",
            when="2024-01-15",
            due="2024-06",
        ),
        events.CommitmentMade(
            commitment="visit",
            partnership="ocean",
            debtors="institute",
            creditors="university",
            what="name the guests of the visit",
            when="2024-01-15",
            due="2024-10-18",
        ),
        events.CommitmentMade(
            commitment="buoys",
            partnership="ocean",
            debtors="university",
            creditors="institute",
            what="send the buoy data",
            when="2024-05-20",
            due="2024-09",
        ),
    )


async def main(file: str) -> None:
    """Write the letter of the day, and send it."""
    with Ledger.open(file) as ledger:
        if ledger.position == 0:  # a second run finds everything recorded
            fill(ledger)
        message = letter(
            ledger.view(on=TODAY),
            since=LAST_LETTER,
            us="institute",
            to="Our office <office@example.org>",
            sender="ledger@example.org",
            link="https://office.example.org/pending",
        )
    if message is None:
        print("There is nothing to say.")
        return
    async with letterbox() as port:
        await asyncio.to_thread(send, message, HERE, port)


with TemporaryDirectory() as folder:
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else f"{folder}/office.db"))
