"""Search: the things about which words were said, by what they are, and where each leads."""

from collections.abc import Iterator
from typing import NamedTuple

from coopledger.answers import Found
from coopledger.render.html.office import Office
from coopledger.terms import Noun
from coopledger.view import View
from coopledger.web.addresses import Addresses


class Hit(NamedTuple):
    """Thing that was found, with the address of its page, if it has one."""

    title: str
    href: str
    id: str
    where: str
    text: str


class Hits(NamedTuple):
    """Things of one kind that were found."""

    name: str
    rows: list[Hit]


def hits(office: Office, view: View, text: str, addresses: Addresses) -> list[Hits]:
    """Return what was found for the words, by kind in the order of the kinds; no kind is empty.

    Raises:
        ArgumentError: The text has no letter or digit.
    """
    found = view.find(text)
    places = dict(_places(office, addresses))
    by_noun = {noun: [each for each in found if each.noun is noun] for noun in Noun}
    return [
        Hits(office.words.heading(office.term(noun)), [_hit(office, each, places) for each in rows])
        for noun, rows in by_noun.items()
        if rows
    ]


def _hit(office: Office, found: Found, places: dict[str, str]) -> Hit:
    """Return a thing that was found."""
    fields = dict.fromkeys(each.field for each in found.passages)
    where = ", ".join(office.field(field.split(".")[0]) for field in fields)
    text = "" if found.text == found.title else found.text
    return Hit(office.title(found.id), places.get(found.id, ""), found.id, where, text)


def _places(office: Office, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """Yield the page of each thing, by its id: that of its partnership where it has no own one."""
    for thing, name in office.partnership_of.items():
        yield thing, addresses.partnership(name)
    for partnership in office.partnerships.values():
        address = addresses.partnership(partnership.id)
        yield from ((party, address) for party in partnership.parties if party != office.us)
        yield partnership.id, address
    yield from ((meeting, addresses.meeting(meeting)) for meeting in office.meeting_anchors)
