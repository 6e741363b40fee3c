"""Answers to requests: a page of a ledger, or the refusal in words."""

from collections.abc import Awaitable, Mapping
from http import HTTPStatus
from inspect import isawaitable
from typing import Any, Final, TypeVar, cast
from urllib.parse import quote, urlencode

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from coopledger._display.catalogue import words
from coopledger._frozen import frozen
from coopledger.errors import (
    CallerError,
    CoopledgerError,
    StoreBusyError,
    UnknownIdError,
)
from coopledger.ledger import Ledger
from coopledger.render.html.office import Office
from coopledger.render.html.pages import environment
from coopledger.web.addresses import PLACES, Addresses
from coopledger.web.asked import HANDLES, NAMES, Asked, asked, asked_by_handles
from coopledger.web.frame import frame, told, typed
from coopledger.web.headers import REVALIDATED, mark
from coopledger.web.hosting import Host
from coopledger.web.offices import Offices, Seen, seen
from coopledger.web.pages import Page, Question

T = TypeVar("T")

TEMPLATES: Final = "coopledger.web"
BUSY: Final = "The ledger is busy: try again in a moment.\n"
STATUS: Final[tuple[tuple[type[CoopledgerError], HTTPStatus], ...]] = (
    (UnknownIdError, HTTPStatus.NOT_FOUND),
    (CallerError, HTTPStatus.BAD_REQUEST),
    (StoreBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
)


@frozen(kw_only=True)
class Visit:
    """Request for a page of a ledger, which may be read.

    Attributes:
        host: The settings of the host.
        offices: The offices that requests share.
        ledger: The ledger.
        asked: The moment that the address tells.
        base: Where the ledger is mounted, as it stands in an address.
        path: The whole address, with the query.
        id: The id in the address; empty where the page has none.
        query: The query of the address.
        known_mark: The mark of the page that the browser has.
    """

    host: Host
    offices: Offices
    ledger: Ledger
    asked: Asked
    base: str
    path: str
    id: str
    query: Mapping[str, str]
    known_mark: str


async def answered(request: Request, page: Page, host: Host, offices: Offices) -> Response:
    """Return the answer to a request for a page."""
    ledger = await readable_ledger(request, host)
    base = quote(request.scope.get("root_path", ""))
    if not HANDLES.keys().isdisjoint(request.query_params):
        query = urlencode(asked_by_handles(request.query_params))
        return RedirectResponse(f"?{query}", HTTPStatus.SEE_OTHER)
    visit = Visit(
        host=host,
        offices=offices,
        ledger=ledger,
        asked=asked(request.query_params),
        base=base,
        path=f"{base}{request.url.path}?{request.url.query}",
        id=request.path_params.get("id", ""),
        query=request.query_params,
        known_mark=request.headers.get("if-none-match", ""),
    )
    # Everything behind may wait for a disk or a server, and folds: never on the loop of the host.
    return await run_in_threadpool(_answer, visit, page)


async def readable_ledger(request: Request, host: Host) -> Ledger:
    """Return the ledger of a request, opened where it must be.

    Raises:
        HTTPException: There is none, or the request may not read it: it is not told which.
    """
    ledgers = host.ledgers
    name = ledgers.name if isinstance(ledgers, Ledger) else request.path_params["ledger"]
    if host.may_read is not None and not await _awaited(host.may_read(request, name)):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if isinstance(ledgers, Ledger):
        return ledgers
    try:
        return await run_in_threadpool(ledgers.__getitem__, name)
    except KeyError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None


async def _awaited(given: T | Awaitable[T]) -> T:
    """Return what a function of the host gives, be it a coroutine function or not."""
    return cast("T", await given if isawaitable(given) else given)


def _answer(visit: Visit, page: Page) -> Response:
    """Return the page, the word that the browser has it already, or the refusal."""
    try:
        view = _seen(visit, visit.asked)
        tag = mark(visit.path, visit.ledger.name, view.key, visit.host.look)
        headers = {"ETag": tag, "Cache-Control": REVALIDATED}
        if tag in visit.known_mark:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        with visit.offices.taken(view) as office:
            return HTMLResponse(_page(visit, page, office, view), headers=headers)
    except CoopledgerError as error:
        return refusal(visit, page, error)


def _seen(visit: Visit, moment: Asked) -> Seen:
    """Return the view of a moment for the reader of a request."""
    return seen(visit.ledger, moment, us=visit.host.us, language=visit.host.language)


def _page(visit: Visit, page: Page, office: Office, view: Seen) -> str:
    """Return the text of a page."""
    addresses = _addresses(visit, office, visit.asked)
    question = Question(
        office=office,
        seen=view,
        id=visit.id,
        filters=visit.query,
        addresses=addresses,
    )
    shown = frame(office, visit.host, seen=view, page=page.name, addresses=addresses)
    return _written(
        page.template, visit, office, addresses, {"frame": shown} | page.answer(question)
    )


def _addresses(visit: Visit, office: Office, moment: Asked) -> Addresses:
    """Return the addresses to which the pages of an office link."""
    return Addresses(
        base=visit.base,
        asked=moment,
        partnerships=office.partnerships,
        meetings=office.meeting_anchors,
        filters={name: value for name, value in visit.query.items() if name not in NAMES},
    )


def _written(
    template: str, visit: Visit, office: Office, links: Addresses, values: dict[str, Any]
) -> str:
    """Return a page in the words of the reader's language."""
    files = {
        name: f"{links.place('static', name)}?v={file.digest}"
        for name, file in visit.host.files.items()
    }
    return (
        environment("web", TEMPLATES)
        .get_template(template)
        .render(
            t=office.text,
            heading=office.words.heading,
            term=office.term,
            language=office.words.language,
            links=links,
            files=files,
            **values,
        )
    )


def refusal(visit: Visit, page: Page, error: CoopledgerError) -> Response:
    """Return the page that says what could not be answered, and keeps what was typed.

    Raises:
        CoopledgerError: It is no fault of the reader: the server tells it to its log.
    """
    status = next((status for kind, status in STATUS if isinstance(error, kind)), None)
    if status is None:
        raise error
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        return Response(BUSY, status, {"Retry-After": "1"}, "text/plain")
    # Today in the host's own words can be shown, whatever else cannot.
    view = _seen(visit, Asked())
    with visit.offices.taken(view) as office:
        addresses = _addresses(visit, office, Asked())
        shown = frame(office, visit.host, seen=view, page=page.name, addresses=addresses)
        bar = typed(shown.bar, visit.asked, error)
        values = {
            "frame": attrs.evolve(shown, bar=bar),
            "title": office.text(f"refused_{status.value}"),
            "message": bar.fault or told(error),
        }
        return HTMLResponse(_written("refused_page.html", visit, office, addresses, values), status)


async def listed(request: Request, *, host: Host) -> Response:
    """Return the page that leads to each ledger that the request may read."""
    ledgers = host.ledgers
    names = () if isinstance(ledgers, Ledger) else await run_in_threadpool(tuple, ledgers)
    may_read = host.may_read
    allowed = [
        each for each in names if may_read is None or await _awaited(may_read(request, each))
    ]
    base = quote(request.scope.get("root_path", ""))
    said = words(host.language)
    text = (
        environment("web", TEMPLATES)
        .get_template("ledgers_page.html")
        .render(
            t=said.text,
            language=said.language,
            files={
                name: f"{base}{PLACES['static']}{name}?v={each.digest}"
                for name, each in host.files.items()
            },
            own=host.navigation,
            ledgers=[(each, f"{base}/ledgers/{quote(each, safe='')}/") for each in allowed],
        )
    )
    return HTMLResponse(text, headers={"Cache-Control": REVALIDATED})
