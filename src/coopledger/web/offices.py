"""Offices that requests share: one for each moment, new when the ledger grew."""

from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from coopledger._frozen import frozen
from coopledger.errors import UnknownIdError
from coopledger.ledger import Ledger
from coopledger.render.html.office import Office
from coopledger.view import View
from coopledger.web.asked import Asked

MOST_KEPT: Final = 8  # moments of one ledger: today in a few languages, and some days that were


@frozen(kw_only=True)
class Seen:
    """View of a ledger for one reader, not asked anything yet.

    Attributes:
        ledger: The ledger.
        view: The view of the moment asked about.
        today: The view of today, with all that is known.
        us: The id of the reader's own party; empty for none.
        language: The language of the pages.
    """

    ledger: Ledger
    view: View
    today: View
    us: str
    language: str

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells its answers from those of others."""
        view = self.view
        moment = (view.on, view.position, view.known_at, view.hindsight)
        return (*moment, self.today.on, self.today.position, self.us, self.language)

    @property
    def is_today(self) -> bool:
        """Return whether it is asked about today, and all that is known counts."""
        return (self.view.on, self.view.position) == (self.today.on, self.today.position)


def seen(ledger: Ledger, asked: Asked, *, us: str, language: str) -> Seen:
    """Return the view of a ledger that is asked for, as new as the ledger is.

    Args:
        ledger: The ledger.
        asked: The moment that the address tells.
        us: The id of the reader's own party, where the address names none.
        language: The language, where the address names none.

    Raises:
        ArgumentError: The day or the time cannot be read.
        StoreError: The store cannot be read.
    """
    view = ledger.view(
        asked.on or None, known_at=asked.known_at or None, hindsight=asked.has_hindsight
    )
    is_now = not (asked.on or asked.known_at) and asked.has_hindsight
    return Seen(
        ledger=ledger,
        view=view,
        today=view if is_now else ledger.view(),
        us=asked.us or _known_party(view, us),
        language=asked.lang or language,
    )


def _known_party(view: View, us: str) -> str:
    """Return the id of the host's party; empty in a ledger that does not hold it, or not yet."""
    try:
        return view.party(us).id if us else ""
    except UnknownIdError:
        return ""


class Offices:
    """Offices of the last moments that were asked about, which requests take in turn.

    An office asks each question once and keeps the answer. One request at a time draws on an
    office: several would only ask the same question several times.
    """

    def __init__(self) -> None:
        """Keep none yet."""
        self._kept: OrderedDict[tuple[object, ...], tuple[Office, Lock]] = OrderedDict()
        self._choosing = Lock()

    @contextmanager
    def taken(self, seen: Seen) -> Generator[Office, None, None]:
        """Give the office of a moment for as long as a page is made of it.

        Raises:
            UnknownIdError: The ledger holds no such party.
            ArgumentError: There are no words of this language.
            MissingExtraError: The language is not English, and Babel is not installed.
        """
        office, turn = self._office(seen)
        with turn:
            yield office

    def _office(self, seen: Seen) -> tuple[Office, Lock]:
        """Return the office of a moment, kept or new, with the lock of its turns."""
        with self._choosing:
            key = (seen.ledger.name, *seen.key)
            if key not in self._kept:
                office = Office(
                    seen.view,
                    us=seen.us or None,
                    language=seen.language,
                    timezone=seen.ledger.timezone,
                )
                self._kept[key] = office, Lock()
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]
