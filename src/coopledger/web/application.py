"""Application to mount: the addresses of the pages, and what a host decides."""

from collections.abc import Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from coopledger._display.catalogue import ENGLISH, words
from coopledger.ledger import Ledger
from coopledger.web.addresses import PLACES
from coopledger.web.answering import answered, listed
from coopledger.web.api import api_routes
from coopledger.web.files import served_files
from coopledger.web.headers import FOREVER, SECURITY, SecureHeaders
from coopledger.web.hosting import Host, MayRead, MayRecord
from coopledger.web.offices import Offices
from coopledger.web.pages import PAGES, Page

MANY: Final = "/ledgers/{ledger}"
FAULT: Final = "This cannot be shown: the log of the server says why.\n"


def app(  # noqa: PLR0913 - every setting of a host is optional and named
    ledgers: Ledger | Mapping[str, Ledger],
    *,
    us: str | None = None,
    language: str = ENGLISH,
    may_read: MayRead | None = None,
    may_record: MayRecord | None = None,
    navigation: Sequence[tuple[str, str]] = (),
    tokens: Mapping[str, str] | None = None,
) -> Starlette:
    """Return the pages of a ledger, or of several, as an ASGI application to serve or to mount.

    Nothing can be changed through them. Whoever can ask the application can read it, unless
    ``may_read`` says otherwise.

    Args:
        ledgers: The ledger; or the ledgers by name, such as `Ledgers`: each below
            ``/ledgers/`` and its name. To open and to close them is up to the host.
        us: The party whose pages they are: then they tell what we owe and what they owe. An
            address may name another one, and a ledger that does not hold it has none.
        language: ``en``, ``fr`` or ``vi``, where the address names none; other languages than
            English need ``pip install "coopledger[languages]"``.
        may_read: Given the request and the name of a ledger, whether it may be read; it may be a
            coroutine function. Where it may not, the answer is as if there were no such ledger.
        may_record: Given the same, who records by the request, or None where nothing may be
            recorded.
        navigation: Further links above each page: the text and the address of each.
        tokens: Colours and faces in the place of ours, such as ``{"accent": "#0b5f6e"}``; one
            that differs in the dark is written as ``light-dark(#0b5f6e, #74c5d2)``.

    Raises:
        ArgumentError: The language has no words, or a token cannot be used.
    """
    host = Host(
        ledgers=ledgers,
        us=us or "",
        language=words(language).language,
        may_read=may_read,
        may_record=may_record,
        navigation=tuple(navigation),
        files=served_files(tokens or {}),
    )
    routes = list(_routes(host))
    if not isinstance(ledgers, Ledger):
        files = Route(f"{PLACES['static']}{{name}}", partial(_file, host))
        routes = [Route("/", partial(listed, host=host)), files, Mount(MANY, routes=routes)]
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecureHeaders)],
        exception_handlers={Exception: _failed},
    )


def _routes(host: Host) -> list[BaseRoute]:
    """Return the addresses of one ledger."""
    offices = Offices()
    pages: list[BaseRoute] = [_route(page, host, offices) for page in PAGES]
    return [*api_routes(host), *pages, Route(f"{PLACES['static']}{{name}}", partial(_file, host))]


def _route(page: Page, host: Host, offices: Offices) -> Route:
    """Return the address of a page; one that ends with a slash takes an id, but for the board."""
    place = PLACES[page.name]
    path = f"{place}{{id:path}}" if place.endswith("/") and place != "/" else place

    async def endpoint(request: Request) -> Response:
        return await answered(request, page, host, offices)

    return Route(path, endpoint, name=page.name)


async def _failed(_request: Request, _error: Exception) -> Response:
    """Return what a browser is told of a fault, which Starlette then raises for the server's log.

    It stands outside the other answers, so it sets the headers of security itself.
    """
    return Response(FAULT, HTTPStatus.INTERNAL_SERVER_ERROR, SECURITY, "text/plain")


async def _file(host: Host, request: Request) -> Response:
    """Return a file beside the pages, which a browser keeps: its address holds its digest."""
    file = host.files.get(request.path_params["name"])
    if file is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    headers = {"Cache-Control": FOREVER, "ETag": f'"{file.digest}"'}
    return Response(file.content, media_type=file.media_type, headers=headers)
