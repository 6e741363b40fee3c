"""Addresses of the pages of one ledger, with the moment that is asked about."""

from collections.abc import Container, Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from coopledger._frozen import frozen
from coopledger.web.asked import Asked

NONE: Final[Mapping[str, str]] = MappingProxyType({})
# Places of the pages below the address of the ledger, by their names.
PLACES: Final[dict[str, str]] = {
    "board": "/",
    "partnership": "/partnerships/",
    "pending": "/pending",
    "agenda": "/agenda",
    "meetings": "/meetings",
    "meeting": "/meetings/",
    "report": "/report",
    "then": "/then",
    "news": "/news",
    "search": "/search",
    "static": "/static/",
}
_FEED: Final = ("/api/calendar.ics",) if find_spec("icalendar") else ()
# What programs can ask for beside a page, all of it on the same day, by the name of the page.
BESIDE: Final[dict[str, tuple[str, ...]]] = {
    "board": ("/api/partnerships", "/api/partnerships.csv"),
    "pending": ("/api/commitments", "/api/commitments.csv", *_FEED),
    "agenda": ("/api/calendar", "/api/calendar.csv", *_FEED),
    "meetings": ("/api/meetings", "/api/meetings.csv"),
}


@frozen(kw_only=True)
class Addresses:
    """Addresses of the pages of one ledger, as a page links to them.

    Attributes:
        base: Where the ledger is mounted, as it stands in an address.
        asked: The moment that every page is asked about.
        partnerships: The ids of those that have a page.
        meetings: Likewise of meetings.
        filters: The filters of the page that links, by name.
    """

    base: str
    asked: Asked
    partnerships: Container[str] = ()
    meetings: Container[str] = ()
    filters: Mapping[str, str] = NONE

    def page(self, name: str, id: str = "", /, **others: str) -> str:
        """Return the address of a page, or of that about a thing; others change its query."""
        return f"{self.place(name, id)}{self.asked.query(**others)}"

    def place(self, name: str, id: str = "", /) -> str:
        """Return the address of a page without its query."""
        return f"{self.base}{PLACES[name]}{quote(id, safe='')}"

    def beside(self, name: str, /) -> list[tuple[str, str]]:
        """Return the lists for programs beside a page: the name of each and its address."""
        paths = BESIDE.get(name, ())
        return [
            (path.removeprefix("/api/"), f"{self.base}{path}{self.asked.query()}") for path in paths
        ]

    def partnership(self, id: str, /) -> str:
        """Return the address of the page of a partnership."""
        return self.page("partnership", id) if id in self.partnerships else ""

    def meeting(self, id: str, /) -> str:
        """Return the address of the page of a meeting."""
        return self.page("meeting", id) if id in self.meetings else ""

    def board(self, **filters: str) -> str:
        """Return the address of the board with other filters: of a stage, in an order."""
        return self.filtered("board", **filters)

    def filtered(self, name: str, /, **filters: str) -> str:
        """Return the address of the same page with other filters."""
        return self.page(name, **{**self.filters, **filters})
