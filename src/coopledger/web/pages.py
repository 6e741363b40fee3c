"""Pages of a ledger: a table of what each asks, and the template that writes it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from coopledger._frozen import frozen
from coopledger.ledger import Ledger
from coopledger.render.html.agenda import agenda
from coopledger.render.html.board import board
from coopledger.render.html.meetings import meeting_row, meetings_page
from coopledger.render.html.office import Office
from coopledger.render.html.partnership import partnership_page
from coopledger.render.html.promises import pending
from coopledger.render.urgency import URGENCY
from coopledger.terms import InstrumentState
from coopledger.web.addresses import Addresses


@frozen(kw_only=True)
class Question:
    """Question that a request puts to an office.

    Attributes:
        office: The office of the moment.
        ledger: The ledger.
        id: The id in the address; empty where the page has none.
        filters: The query of the address.
        addresses: The addresses of the other pages.
    """

    office: Office
    ledger: Ledger
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
    return {"title": office.text("board"), "board": board(office), "legend": legend}


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
    return {"title": office.text("pending"), "pending": pending(office)}


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


PAGES: Final = (
    Page("board", _board),
    Page("partnership", _partnership),
    Page("pending", _pending),
    Page("agenda", _agenda),
    Page("meetings", _meetings),
    Page("meeting", _meeting),
)
