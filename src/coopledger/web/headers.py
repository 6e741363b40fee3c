"""Headers that every answer carries, and the marks by which a browser asks whether it is new."""

from hashlib import sha256
from importlib.metadata import version
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VERSION: Final = version("coopledger")
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        *("script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"),
        *("form-action 'self'", "base-uri 'none'", "frame-ancestors 'self'"),
    )
)
SECURITY: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# A page is the reader's own, and asked for each time: the mark saves making it, not asking.
REVALIDATED: Final = "private, no-cache"
FOREVER: Final = "public, max-age=31536000, immutable"


class SecureHeaders:
    """Application around another one, whose answers get the headers of security."""

    def __init__(self, inner: ASGIApp) -> None:
        """Stand around an application."""
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the inner application does, with the headers that it has not set itself."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._inner(scope, receive, send_secured)


def mark(*parts: object) -> str:
    """Return the ETag of an answer that depends on these, and on the version of the library."""
    told = "\n".join(map(str, (VERSION, *parts)))
    return f'"{sha256(told.encode()).hexdigest()[:32]}"'
