"""Ask a page of a ledger for its board, without a server."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from coopledger.testing import WORLD, given
from coopledger.web import app

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "GET",
    "path": "/",
    "query_string": b"",
    "headers": [],
}
sent: list[MutableMapping[str, Any]] = []


async def receive() -> MutableMapping[str, Any]:
    """Return an empty body."""
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message: MutableMapping[str, Any]) -> None:
    """Keep what is answered."""
    sent.append(message)


asyncio.run(app(given(*WORLD).ledger)(SCOPE, receive, send))
assert sent[0]["status"] == 200
assert b"<h1" in sent[1]["body"]
