"""Frame of every page: the name of the ledger, the other pages, the moment, and the foot."""

from typing import Final, NamedTuple

import attrs

from coopledger._frozen import frozen
from coopledger.errors import ArgumentError, CoopledgerError
from coopledger.render.html.office import Office
from coopledger.render.moments import as_known
from coopledger.web.addresses import Addresses
from coopledger.web.asked import TODAY, Asked
from coopledger.web.hosting import Host
from coopledger.web.offices import Seen

# The pages that the frame leads to, in their order.
NAVIGATION: Final = ("board", "pending", "agenda", "meetings", "report", "then", "news")


class Tab(NamedTuple):
    """Link to another page."""

    name: str
    href: str
    number: str
    is_current: bool


@frozen(kw_only=True)
class MomentBar:
    """Moment in words, and the fields of the form that asks about another.

    Attributes:
        on: What stands in the field of the day.
        known_at: What stands in the field of the time of knowledge.
        has_hindsight: Whether later acts count.
        sentence: The moment in words.
        is_past: Whether it is another one than today with all that is known.
        today: The address of the same page today.
        kept: The other values of the address, which the form keeps.
        wrong: The name of the field that cannot be read; empty where all can.
        fault: What is wrong with it.
    """

    on: str
    known_at: str
    has_hindsight: bool
    sentence: str
    is_past: bool
    today: str
    kept: tuple[tuple[str, str], ...]
    wrong: str = ""
    fault: str = ""


@frozen(kw_only=True)
class Frame:
    """Frame of a page.

    Attributes:
        name: The name of the ledger, or of the party whose pages they are.
        home: The address of the board.
        tabs: The links to the other pages.
        own: The links of the host's own: text and address.
        bar: The moment.
        ledger: The name of the ledger.
        events: How many events the answers rest on.
        beside: The lists for programs beside the page: name and address.
        is_reviewed: Whether a native reader has read the words.
    """

    name: str
    home: str
    tabs: list[Tab]
    own: tuple[tuple[str, str], ...]
    bar: MomentBar
    ledger: str
    events: str
    beside: list[tuple[str, str]]
    is_reviewed: bool


def frame(office: Office, host: Host, *, seen: Seen, page: str, addresses: Addresses) -> Frame:
    """Return the frame of the page of a name."""
    promises = sum(map(len, office.promises.values()))
    counts = {"pending": str(promises)}
    tabs = [
        Tab(office.text(name), addresses.page(name), counts.get(name, ""), name == page)
        for name in NAVIGATION
    ]
    return Frame(
        name=office.our_name or seen.ledger.name,
        home=addresses.page("board"),
        tabs=tabs,
        own=tuple(host.navigation),
        bar=moment_bar(office, seen, addresses),
        ledger=seen.ledger.name,
        events=office.text("count_events", n=seen.view.position),
        beside=addresses.beside(page),
        is_reviewed=office.words.is_reviewed,
    )


def moment_bar(office: Office, seen: Seen, addresses: Addresses) -> MomentBar:
    """Return the moment in words, and what stands in the fields that ask about it."""
    asked = addresses.asked
    kept = {"us": asked.us, "lang": asked.lang, **addresses.filters}
    return MomentBar(
        on=asked.on or str(seen.view.on),
        known_at=asked.known_at or office.text(TODAY),
        has_hindsight=asked.has_hindsight,
        sentence=_sentence(office, seen),
        is_past=not seen.is_today,
        today=Asked(us=asked.us, lang=asked.lang).query(**addresses.filters) or "?",
        kept=tuple((name, value) for name, value in kept.items() if value),
    )


def typed(bar: MomentBar, asked: Asked, error: CoopledgerError) -> MomentBar:
    """Return the bar with what was typed, and what cannot be read beside its field."""
    is_of_bar = isinstance(error, ArgumentError) and error.argument in {"on", "known_at"}
    return attrs.evolve(
        bar,
        on=asked.on or bar.on,
        known_at=asked.known_at or bar.known_at,
        has_hindsight=asked.has_hindsight,
        wrong=error.argument if isinstance(error, ArgumentError) and is_of_bar else "",
        fault=told(error) if is_of_bar else "",
    )


def told(error: CoopledgerError) -> str:
    """Return an error in words, without its code and the name of its argument."""
    if isinstance(error, ArgumentError):
        return f"{error.found} {error.remedy}"
    return str(error).removeprefix("E102 ")


def _sentence(office: Office, seen: Seen) -> str:
    """Return the moment in words."""
    day, view = office.day(office.today), seen.view
    if seen.is_today:
        name = "moment_today" if view.hindsight else "moment_today_then"
        return office.text(name, date=day)
    names = {True: "look_at_past", False: "look_ahead"}
    name = names[view.on <= seen.today.on]
    known = as_known(view.known_at, office.words, office.days)
    hindsight = "" if view.hindsight else office.text("without_hindsight")
    return office.text(name, moment=", ".join(filter(None, (day, known, hindsight))))
