"""Answers for programs: each question of a view as JSON, its lists as CSV, and a calendar feed."""

from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from inspect import Parameter, signature
from typing import Any, Final, TypeAlias, get_args, get_type_hints

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from coopledger._suggest import did_you_mean
from coopledger.answers import Answers
from coopledger.calendar import calendar
from coopledger.errors import ArgumentError, CoopledgerError
from coopledger.ledger import Ledger
from coopledger.plain import as_dict, as_rows, columns
from coopledger.sheets._csv_writing import csv_bytes
from coopledger.view import Filters, View
from coopledger.web.answering import STATUS, readable_ledger
from coopledger.web.asked import NAMES, asked
from coopledger.web.headers import REVALIDATED, mark
from coopledger.web.hosting import Host
from coopledger.web.offices import Seen, seen

Writer: TypeAlias = Callable[[Any, Seen], Response]

PROBLEM: Final = "application/problem+json"
# The questions of a view that an address can put: those that give a list, and those about an id.
LISTS: Final = (
    *("partnerships", "instruments", "expiring", "signatures", "commitments", "proposals"),
    *("meetings", "parties", "people", "unassigned", "calendar"),
)
ABOUT: Final = (
    *("partnership", "instrument", "commitment", "proposal", "meeting", "series", "party"),
    "person",
)
BOOLEANS: Final = {"true": True, "false": False}


def api_routes(host: Host) -> list[Route]:
    """Return the addresses of the answers for programs, below the address of a ledger."""
    return [
        *(_route(f"/api/{name}", name, host, _json_list) for name in LISTS),
        *(_route(f"/api/{name}.csv", name, host, _csv) for name in LISTS),
        *(_route(f"/api/{name}/{{id:path}}", name, host, _json) for name in ABOUT),
        _route("/api/timeline/{id:path}", "timeline", host, _json_list),
        _route("/api/calendar.ics", "calendar", host, _ics),
    ]


def _route(path: str, name: str, host: Host, write: Writer) -> Route:
    """Return the address of a question, answered in one form."""

    async def endpoint(request: Request) -> Response:
        try:
            ledger = await readable_ledger(request, host)
        except HTTPException as error:
            return _problem(HTTPStatus(error.status_code))
        return await run_in_threadpool(
            _answer, request, name=name, ledger=ledger, host=host, write=write
        )

    return Route(path, endpoint)


def _answer(request: Request, *, name: str, ledger: Ledger, host: Host, write: Writer) -> Response:
    """Return the answer, the word that the program has it already, or the refusal."""
    try:
        view = seen(ledger, asked(request.query_params), us=host.us, language=host.language)
        tag = mark(request.url, ledger.name, view.key, host.look)
        headers = {"ETag": tag, "Cache-Control": REVALIDATED}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        given = filters(name, request.query_params)
        ids = [request.path_params["id"]] if "id" in request.path_params else []
        answer = getattr(view.view, name)(*ids, **given)
        response = write(answer, view)
    except CoopledgerError as error:
        return refused(error)
    response.headers.update(headers)
    return response


@cache
def kinds(name: str) -> dict[str, Any]:
    """Return the filters of a question with their types, as the method of the view takes them."""
    method = getattr(View, name)
    hints = get_type_hints(method)
    parameters = signature(method).parameters.values()
    own = {
        each.name: hints[each.name] for each in parameters if each.kind is Parameter.KEYWORD_ONLY
    }
    has_all = any(each.kind is Parameter.VAR_KEYWORD for each in parameters)
    return own | (get_type_hints(Filters) if has_all else {})


def filters(name: str, query: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters that a query gives to a question.

    Raises:
        ArgumentError: The question has no such filter, or its value cannot be read.
    """
    known = kinds(name)
    given = {each: text for each, text in query.items() if each not in NAMES}
    for each in given:
        if each not in known:
            names = f"{', '.join(known)}{did_you_mean(each, known)}"
            raise ArgumentError("filter", repr(each), f"is no filter of {name}: {names}")
    return {each: _value(each, text, known[each]) for each, text in given.items()}


def _value(name: str, text: str, kind: Any) -> object:  # noqa: ANN401 - a type as written
    """Return a value of a filter: true or false, a number, or its text, which the view reads."""
    types = {kind, *get_args(kind)}
    if bool in types:
        if text not in BOOLEANS:
            raise ArgumentError(name, repr(text), "is neither true nor false: give one of them")
        return BOOLEANS[text]
    if int not in types or str in types:
        return text
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - digits
        raise ArgumentError(name, repr(text), "is no whole number: give one such as 30")
    return int(text)


def _json(answer: attrs.AttrsInstance, _seen: Seen) -> Response:
    """Return an answer as JSON."""
    return JSONResponse(as_dict(answer))


def _json_list(answer: Answers[Any], _seen: Seen) -> Response:
    """Return a list as JSON."""
    return JSONResponse([as_dict(each) for each in answer])


def _csv(answer: Answers[Any], _seen: Seen) -> Response:
    """Return a list as CSV, where no text is run as a formula."""
    heads = columns(answer.kind)
    rows = [[row[head] for head in heads] for row in as_rows(answer)]
    return Response(csv_bytes([heads, *rows]), media_type="text/csv; charset=utf-8")


def _ics(answer: Answers[Any], seen: Seen) -> Response:
    """Return the days of what is pending as a file of iCalendar."""
    file = calendar(seen.view, us=seen.us or None, entries=answer, language=seen.language)
    return Response(file, media_type="text/calendar; charset=utf-8")


def refused(error: CoopledgerError) -> Response:
    """Return what could not be answered as a problem: the place, the value and the remedy.

    Raises:
        CoopledgerError: It is no fault of the program: the server tells it to its log.
    """
    status = next((status for kind, status in STATUS if isinstance(error, kind)), None)
    if status is None:
        raise error
    told = {"detail": str(error)}
    if isinstance(error, ArgumentError):
        told |= {"place": error.argument, "value": error.found, "remedy": error.remedy}
    return _problem(status, told)


def _problem(status: HTTPStatus, told: Mapping[str, str] | None = None) -> Response:
    """Return a problem as RFC 9457 writes it."""
    body = {"title": status.phrase, "status": status.value, **(told or {})}
    return JSONResponse(body, status, media_type=PROBLEM)
