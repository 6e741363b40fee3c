"""Report of an office as one file of HTML: it asks for nothing else, and prints.

It holds the figures of a period, the board, what is pending, what comes, the meetings, and a page
for each partnership. Needs ``pip install "coopledger[report]"``.
"""

import os
from base64 import b64encode
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from typing import overload

from coopledger._fields.reading import optional_argument
from coopledger._interchange.files import written
from coopledger._progress import Meter, Progress, progress_call
from coopledger.dates import EdtfDate, edtf
from coopledger.render.html.agenda import agenda
from coopledger.render.html.asking import Asking
from coopledger.render.html.board import board
from coopledger.render.html.links import anchors
from coopledger.render.html.meetings import meetings_page
from coopledger.render.html.office import Office
from coopledger.render.html.pages import environment, sheet
from coopledger.render.html.partnership import partnership_page
from coopledger.render.html.promises import pending
from coopledger.render.html.summary import PATTERNS, THICKNESS, default_period, summary
from coopledger.render.moments import as_known
from coopledger.render.urgency import URGENCY
from coopledger.terms import InstrumentState

__all__ = ["report"]


@overload
def report(
    view: Asking,
    *,
    us: str | None = None,
    period: str | EdtfDate | None = None,
    path: None = None,
    language: str = "en",
    timezone: str = "UTC",
    progress: Progress | None = None,
) -> str: ...
@overload
def report(
    view: Asking,
    *,
    us: str | None = None,
    period: str | EdtfDate | None = None,
    path: str | os.PathLike[str],
    language: str = "en",
    timezone: str = "UTC",
    progress: Progress | None = None,
) -> str | os.PathLike[str]: ...
def report(  # noqa: PLR0913 - every setting is optional and named
    view: Asking,
    *,
    us: str | None = None,
    period: str | EdtfDate | None = None,
    path: str | os.PathLike[str] | None = None,
    language: str = "en",
    timezone: str = "UTC",
    progress: Progress | None = None,
) -> str | os.PathLike[str]:
    """Return the report as text, or write it to a file and return its path.

    A file that was there before is replaced as a whole, or stays as it was if anything fails.

    Args:
        view: The moment asked about.
        us: The party whose report it is: then it tells what we owe and what they owe.
        period: The time of which the figures are, such as ``2025`` or ``2025-01/2025-06``; by
            default the last year that is over on the day.
        path: Where to write it.
        language: ``en``, ``fr`` or ``vi``; other languages than English need
            ``pip install "coopledger[languages]"``.
        timezone: The zone in which the days of recording are told, such as `Ledger.timezone`.
        progress: Called with the number of pages of partnerships that are made, and of how many.

    Raises:
        UnknownIdError: The ledger holds no such party.
        ArgumentError: The period or the language cannot be read, or the path is that of a ledger.
        MissingExtraError: jinja2 is not installed, or Babel where a language needs it.
        StoreError: The file cannot be written.
    """
    office = Office(view, us=us, language=language, timezone=timezone)
    meter = Meter(progress_call(progress), len(office.partnerships), every=1)
    asked = optional_argument("period", edtf, period)
    pieces = _pieces(office, asked or default_period(office), meter)
    if path is None:
        return "".join(pieces)
    with written("path", path) as target:
        for piece in pieces:
            target.write(piece.encode())
    return path


def _pieces(office: Office, period: EdtfDate, meter: Meter) -> Iterator[str]:
    """Return the text of the report in pieces."""
    places = anchors(office)
    style = sheet()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    pages = (
        partnership_page(office, item, places.partnerships[name])
        for name, item in meter.count(office.partnerships.items())
    )
    template = environment().get_template("report.html")
    return template.generate(
        t=office.text,
        heading=office.words.heading,
        term=office.term,
        language=office.words.language,
        is_reviewed=office.words.is_reviewed,
        name=office.our_name or office.text("cooperation"),
        moment=_moment(office),
        style=style,
        policy=policy,
        links=places,
        summary=summary(office, period),
        board=board(office),
        pending=pending(office),
        agenda=agenda(office),
        meetings=meetings_page(office),
        pages=pages,
        legend=_legend(office),
        patterns=PATTERNS,
        thickness=THICKNESS,
    )


def _moment(office: Office) -> str:
    """Return the moment asked about, in words."""
    name = "moment" if office.view.hindsight else "moment_then"
    moment = office.text(name, date=office.day(office.today), n=office.view.position)
    known = as_known(office.view.known_at, office.words, office.days)
    return ", ".join(filter(None, (moment, known)))


def _legend(office: Office) -> list[tuple[str, StrEnum]]:
    """Return the signs of promises and texts with their words."""
    signs: tuple[StrEnum, ...] = (*URGENCY, InstrumentState.NEGOTIATING, InstrumentState.SIGNED)
    signs += (InstrumentState.IN_FORCE, InstrumentState.EXPIRED)
    return [(office.term(word), word) for word in signs]
