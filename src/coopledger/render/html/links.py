"""Addresses to which the pages of HTML link: places of one file, or pages of a server."""

from typing import Protocol

from coopledger._frozen import frozen
from coopledger.render.html.office import Office


class Links(Protocol):
    """Addresses of pages; each is empty where there is no such page."""

    def partnership(self, id: str, /) -> str:
        """Return the address of the page of a partnership."""
        ...

    def meeting(self, id: str, /) -> str:
        """Return the address of the place of a meeting."""
        ...

    def board(self, **filters: str) -> str:
        """Return the address of the board with other filters: of a stage, in an order."""
        ...


@frozen
class Anchors:
    """Addresses within one file that holds every page.

    Attributes:
        partnerships: The anchors of the partnerships, by id.
        meetings: The anchors of the meetings, by id.
    """

    partnerships: dict[str, str]
    meetings: dict[str, str]

    def partnership(self, id: str, /) -> str:
        """Return the address of the page of a partnership."""
        return _place(self.partnerships.get(id))

    def meeting(self, id: str, /) -> str:
        """Return the address of the place of a meeting."""
        return _place(self.meetings.get(id))

    def board(self, **_: str) -> str:
        """Return nothing: one file shows one board."""
        return ""


def anchors(office: Office) -> Anchors:
    """Return the addresses within one file of all partnerships and meetings of an office."""
    partnerships = {name: f"p{number}" for number, name in enumerate(office.partnerships, 1)}
    return Anchors(partnerships, office.meeting_anchors)


def _place(anchor: str | None) -> str:
    """Return the address of an anchor; nothing where there is none."""
    return f"#{anchor}" if anchor else ""
