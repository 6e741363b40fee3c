"""Request that a command line puts: the ledger, the other words, and the options."""

import os
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import attrs
import click

from coopledger._frozen import frozen
from coopledger._suggest import nearest
from coopledger.cli.new_files import new_file
from coopledger.cli.scope import our_id, within
from coopledger.errors import StoreError, UnknownLedgerError
from coopledger.ledger import Ledger
from coopledger.ledgers import Ledgers
from coopledger.view import Filters, View

LEDGER_VARIABLE = "COOPLEDGER_LEDGER"
US_VARIABLE = "COOPLEDGER_US"
NAME = "ledger"  # of a ledger that is given none
ID = "ID"  # among the words of a command: a thing of the ledger
TEXT = "TEXT"  # likewise: words to look for
SINCE = "SINCE"  # likewise: a day or a position
FILTERS = ("responsible", "tag", "country")  # options that are filters of every list


@frozen(kw_only=True)
class Moment:
    """Moment asked about.

    Attributes:
        view: Its view, or the part of it that is with a partner and passes the filters.
        us: Our own id, as the ledger has it, if it was given.
        partner: The party or partnership that the lists are limited to, if there is one.
        filters: The filters that they pass besides.
        timezone: The zone of the ledger.
    """

    view: View
    us: str | None
    partner: str | None
    filters: Filters
    timezone: str


@frozen(kw_only=True)
class Asked:
    """Words and options of a command line.

    Attributes:
        ledger: The path or address of the ledger.
        words: The words after it, in the order in which the command names them.
        options: The options by name.
    """

    ledger: str
    words: tuple[str, ...]
    options: Mapping[str, Any]

    @contextmanager
    def opened(
        self, *, readonly: bool = True, begins: bool = False, in_zone: bool = True
    ) -> Generator[Ledger, None, None]:
        """Open the ledger, and close it at the end.

        Where no name is given, the only ledger of a file is meant, whatever its name.

        Args:
            readonly: Whether nothing is to be written.
            begins: Whether the ledger is to be empty.
            in_zone: Whether it has to be in the zone that is named.
        """
        name = self.options.get("name")
        zone = self.options.get("zone") if in_zone else None
        with ExitStack() as stack:
            ledger = stack.enter_context(
                Ledger.open(self.ledger, name=name or NAME, readonly=readonly, timezone=zone)
            )
            if not (begins or ledger.position) and (other := self._other(name)):
                stack.pop_all().close()
                ledger = stack.enter_context(
                    Ledger.open(self.ledger, name=other, readonly=readonly)
                )
            yield ledger

    @contextmanager
    def begun(self) -> Generator[Ledger, None, None]:
        """Open an empty ledger to fill it; a new file is there only once all is in it.

        Raises:
            StoreError: The file cannot be made.
            click.UsageError: The file holds others, and no name tells this one apart.
        """
        path = self.path
        if path is None or os.path.lexists(path):
            self._refuse_beside()
            with self.opened(readonly=False, begins=True) as ledger:
                yield ledger
            return
        with new_file(path) as part:
            try:
                there = attrs.evolve(self, ledger=str(part))
                with there.opened(readonly=False, begins=True) as ledger:
                    yield ledger
            except StoreError as error:
                if error.store != str(part):
                    raise
                raise type(error)(self.ledger, error.reason) from error

    def _refuse_beside(self) -> None:
        """Refuse a file with ledgers that the new one would hide, as no name tells it apart."""
        if self.path is None or self.options.get("name") is not None:
            return
        with suppress(StoreError), Ledgers.open(self.path, readonly=True) as ledgers:
            others = [name for name in ledgers if name != NAME]
            if others and NAME not in ledgers:
                held = ", ".join(map(repr, others[:3]))
                raise click.UsageError(
                    f"{self.ledger} holds the ledger {held} already: name another file, or give"
                    " the new one a --name"
                )

    def _other(self, name: str | None) -> str | None:
        """Return the name of the only ledger, if one of no name is asked for and is empty.

        Raises:
            UnknownLedgerError: There are ledgers, and none of the name, or several and no name.
        """
        with Ledgers.open(self.ledger, readonly=True) as ledgers:
            names = list(ledgers)
        if not names or (name is None and len(names) == 1):
            return names[0] if names else None
        raise UnknownLedgerError("ledger", name or NAME, nearest(name or NAME, names) or names[0])

    @contextmanager
    def viewed(self) -> Generator[Moment, None, None]:
        """Open the ledger to read, and view it on the day asked about, for those who ask.

        Raises:
            ArgumentError: We are no party here, or the partner is neither party nor partnership.
        """
        us, partner = self.options.get("us"), self.options.get("partner")
        given = {name: self.options.get(name) for name in FILTERS}
        filters = cast("Filters", {name: text for name, text in given.items() if text is not None})
        with self.opened() as ledger:
            view = self.view(ledger)
            yield Moment(
                view=within(view, partner, filters),
                us=None if us is None else our_id(us, view, ledger.view, place=self.place_of_us),
                partner=partner,
                filters=filters,
                timezone=ledger.timezone,
            )

    @property
    def path(self) -> Path | None:
        """Return the path of the ledger's file; None of one in a database."""
        return None if "://" in self.ledger else Path(self.ledger).expanduser()

    @property
    def place_of_us(self) -> str:
        """Return what has told who we are: the option, or the environment."""
        context = click.get_current_context(silent=True)
        source = context.get_parameter_source("us") if context else None
        return US_VARIABLE if source is click.core.ParameterSource.ENVIRONMENT else "--us"

    def view(self, ledger: Ledger) -> View:
        """Return the view of a ledger on the day asked about."""
        return ledger.view(self.options.get("on"), known_at=self.options.get("known_at"))


def asked(names: tuple[str, ...], words: tuple[str, ...], options: Mapping[str, Any]) -> Asked:
    """Return what was asked; the ledger is the first word, or else that of the environment.

    Args:
        names: What the words after the ledger are.
        words: All words.
        options: The options by name.
    """
    ledger = os.environ.get(LEDGER_VARIABLE, "")
    if len(words) == len(names) + 1:
        ledger, *others = words
        return Asked(ledger=ledger, words=tuple(others), options=options)
    if len(words) > len(names) + 1:
        excess = words[len(names) + 1]
        raise click.UsageError(f"{excess!r} is one word too many: leave it out, or quote blanks")
    if len(words) < len(names) or (
        not ledger and names in {(ID,), (TEXT,), (SINCE,)} and Path(words[0]).is_file()
    ):
        raise click.UsageError(f"{names[-1]} is missing: give it after the ledger")
    if not ledger:
        raise click.UsageError(f"no ledger is named: give its file first, or set {LEDGER_VARIABLE}")
    return Asked(ledger=ledger, words=words, options=options)
