"""Parties of a text with more than two of them as rows: what each did, and who leaves."""

from collections.abc import Iterator
from typing import NamedTuple

from coopledger import events
from coopledger._rules.party_case import ENOUGH
from coopledger.answers import Instrument, Participation
from coopledger.render.html.office import Office, Said
from coopledger.terms import InstrumentState

MOST_OPEN = 12  # More rows are folded away until somebody asks for them.


class PartyRow(NamedTuple):
    """Party of a text."""

    name: str
    signed: Said
    consented: Said
    how: str
    since: str
    leaving: list[str]
    reservations: list[str]


class PartiesOf(NamedTuple):
    """Parties of one text."""

    title: str
    bound: str
    is_long: bool
    rows: list[PartyRow]


def parties_of(office: Office, text: Instrument) -> PartiesOf | None:
    """Return the parties of a text, those gone among them; None where there are but two."""
    found = office.view.participations(text.id)
    if len(found) <= ENOUGH:
        return None
    bound = ""
    if text.in_force_for:
        number = len(text.in_force_for)
        bound = office.text("in_force_for_some", n=number, number=len(text.parties))
    return PartiesOf(
        title=office.text("parties_of", what=office.titles[text.id]),
        bound=bound,
        is_long=len(found) > MOST_OPEN,
        rows=[_row(office, each) for each in found],
    )


def _row(office: Office, item: Participation) -> PartyRow:
    """Return a party as a row."""
    bound = office.term(InstrumentState.IN_FORCE) if item.in_force else ""
    return PartyRow(
        name=office.name(item.party),
        signed=office.date(item.signed_on),
        consented=office.date(item.consented_on),
        how=office.term(item.how),
        since=office.date(item.in_force_since).text or bound,
        leaving=list(_leaving(office, item)),
        reservations=list(_reservations(office, item)),
    )


def _leaving(office: Office, item: Participation) -> Iterator[str]:
    """Yield the notice of a party, when it leaves or left, and what binds it instead."""
    if item.notice_on is not None and item.ends is not None:
        yield office.text("notice_of", date=office.date(item.notice_on).text)
    if item.left_on is not None:
        yield office.text("left_on", date=office.date(item.left_on).text)
    elif item.ends is not None:
        yield office.text("leaves_on", date=office.date(item.ends).text)
    if item.superseded_by is not None:
        yield office.text("bound_instead", what=office.title(item.superseded_by))


def _reservations(office: Office, item: Participation) -> Iterator[str]:
    """Yield what a party said about how the text binds it."""
    for name in item.decided_by:
        event = office.happened.get(name)
        if isinstance(event, events.ReservationMade):
            said = "reserved" if event.article is None else "reserved_on"
            kind, article = office.term(event.kind), event.article or ""
            yield office.text(said, kind=kind, article=article, what=event.text)
