"""Pages of a ledger: a table of what each asks, and the template that writes it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from coopledger._fields.reading import argument, invalid, optional_argument
from coopledger._frozen import frozen
from coopledger.answers._arguments import word
from coopledger.dates import edtf
from coopledger.render.html.agenda import agenda
from coopledger.render.html.board import ORDERS, board
from coopledger.render.html.meetings import meeting_row, meetings_page
from coopledger.render.html.office import Office
from coopledger.render.html.partnership import partnership_page
from coopledger.render.html.promises import pending
from coopledger.render.html.summary import PATTERNS, THICKNESS, default_period, summary
from coopledger.render.urgency import URGENCY
from coopledger.terms import InstrumentState, Stage
from coopledger.web.addresses import Addresses
from coopledger.web.filters import Chosen
from coopledger.web.news import news_page
from coopledger.web.offices import Seen
from coopledger.web.search import hits
from coopledger.web.then import then_and_now


@frozen(kw_only=True)
class Question:
    """Question that a request puts to an office.

    Attributes:
        office: The office of the moment.
        seen: The moment, with the ledger and the view that the office asks.
        id: The id in the address; empty where the page has none.
        filters: The query of the address.
        addresses: The addresses of the other pages.
    """

    office: Office
    seen: Seen
    id: str
    filters: Mapping[str, str]
    addresses: Addresses


@frozen
class Page:
    """Page of a ledger.

    Attributes:
        name: Its name, by which others link to it.
        answer: Returns what its template needs, beside the frame.
    """

    name: str
    answer: Callable[[Question], dict[str, Any]]

    @property
    def template(self) -> str:
        """Return the name of its template."""
        return f"{self.name}_page.html"


def _board(question: Question) -> dict[str, Any]:
    """Return the board of the day, or of one stage."""
    office = question.office
    signs = (*URGENCY, *map(InstrumentState, ("negotiating", "signed", "in_force", "expired")))
    legend = [(office.term(word), word) for word in signs]
    stage = word(Stage, "stage", question.filters.get("stage") or None)
    order = argument("sort", _order, question.filters.get("sort", ""))
    answer = board(office, stage=stage, order=order)
    return {"title": office.text("board"), "board": answer, "legend": legend}


def _order(value: str) -> str:
    """Return the name of an order of the board.

    Raises:
        FieldError: E104 for any other.
    """
    if value not in ORDERS:
        known = ", ".join(filter(None, ORDERS))
        raise invalid(value, f"is no column by which the board is sorted: {known}")
    return value


def _partnership(question: Question) -> dict[str, Any]:
    """Return the page of a partnership.

    Raises:
        UnknownIdError: The ledger holds no such partnership.
    """
    office = question.office
    # The view knows merged and other forms of an id, and what would do where there is none.
    item = office.view.partnership(question.id)
    return {"title": office.title(item.id), "page": partnership_page(office, item, "p")}


def _pending(question: Question) -> dict[str, Any]:
    """Return what is pending."""
    office = question.office
    chosen = Chosen(office, question.filters)
    return {
        "title": office.text("pending"),
        "pending": pending(office, chosen.keeps),
        "segments": chosen.segments(question.addresses),
        "selects": chosen.selects(),
        "side": question.filters.get("side", ""),
    }


def _agenda(question: Question) -> dict[str, Any]:
    """Return what comes due, meets or ends."""
    office = question.office
    return {"title": office.text("agenda"), "agenda": agenda(office)}


def _meetings(question: Question) -> dict[str, Any]:
    """Return the series and the meetings."""
    office = question.office
    return {"title": office.text("meetings"), "page": meetings_page(office)}


def _meeting(question: Question) -> dict[str, Any]:
    """Return a meeting and what came out of it.

    Raises:
        UnknownIdError: The ledger holds no such meeting.
    """
    office = question.office
    item = office.view.meeting(question.id)
    row = meeting_row(office, item)
    return {"title": row.title, "row": row, "item": item, "partner": office.title(item.partnership)}


def _report(question: Question) -> dict[str, Any]:
    """Return the figures of a period, by default of the last year that is over.

    Raises:
        ArgumentError: The period cannot be read.
    """
    office, typed = question.office, question.filters.get("period", "").strip()
    period = optional_argument("period", edtf, typed or None) or default_period(office)
    made = office.text("moment", date=office.day(office.today), n=office.view.position)
    answer = summary(office, period)._replace(made=made)  # It is no single file here.
    return {
        "title": answer.title,
        "summary": answer,
        "period": period.text,
        "patterns": PATTERNS,
        "thickness": THICKNESS,
    }


def _search(question: Question) -> dict[str, Any]:
    """Return the things about which words were said."""
    office, text = question.office, question.filters.get("q", "").strip()
    found = hits(office, question.seen.view, text, question.addresses) if text else []
    return {"title": office.text("search"), "text": text, "groups": found}


def _then(question: Question) -> dict[str, Any]:
    """Return a day as it was known then, and as it is known now.

    Raises:
        UnknownIdError: The ledger holds no partnership of the id that is asked for.
    """
    about = question.filters.get("partnership", "")
    answer = then_and_now(question.office, question.seen, about)
    return {"title": answer.title, "page": answer}


def _news(question: Question) -> dict[str, Any]:
    """Return what is new since a day.

    Raises:
        ArgumentError: The day cannot be read, or comes after the moment.
    """
    since = question.filters.get("since", "").strip()
    answer = news_page(question.office, question.seen, since)
    return {"title": answer.title, "page": answer}


PAGES: Final = (
    Page("board", _board),
    Page("partnership", _partnership),
    Page("pending", _pending),
    Page("agenda", _agenda),
    Page("meetings", _meetings),
    Page("meeting", _meeting),
    Page("report", _report),
    Page("then", _then),
    Page("news", _news),
    Page("search", _search),
)
