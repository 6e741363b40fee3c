"""Pages of a ledger for a browser: an ASGI application to mount in one's own.

It shows the board, each partnership with its reasons, what is pending, the agenda and the meetings,
on any day, as known at any time. It works without scripts, keeps no cookie, and asks for nothing
elsewhere. Needs ``pip install "coopledger[web]"``.
"""

from coopledger.errors import MissingExtraError

try:
    from coopledger.web.application import app
except ModuleNotFoundError as _missing:
    if _missing.name is None or _missing.name.partition(".")[0] != "starlette":
        raise
    raise MissingExtraError("web", "starlette") from None

__all__ = ["app"]
