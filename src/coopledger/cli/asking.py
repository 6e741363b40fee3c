"""Request that a command line puts: the ledger, the other words, and the options."""

import os
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click

from coopledger._frozen import frozen
from coopledger._suggest import nearest
from coopledger.errors import UnknownLedgerError
from coopledger.ledger import Ledger
from coopledger.ledgers import Ledgers
from coopledger.view import View

LEDGER_VARIABLE = "COOPLEDGER_LEDGER"
NAME = "ledger"  # of a ledger that is given none
_SQLITE = b"SQLite format 3\0"  # begins every ledger in a file


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
        self, *, readonly: bool = True, begins: bool = False
    ) -> Generator[Ledger, None, None]:
        """Open the ledger, and close it at the end.

        Where no name is given, the only ledger of a file is meant, whatever its name.

        Args:
            readonly: Whether nothing is to be written.
            begins: Whether the ledger is to be empty.
        """
        name, zone = self.options.get("name"), self.options.get("zone")
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
    def viewed(self) -> Generator[View, None, None]:
        """Open the ledger to read, and view it on the day asked about."""
        with self.opened() as ledger:
            yield self.view(ledger)

    def refuse_ledger(self, file: str) -> None:
        """Refuse to write over a ledger: this one, or another database of SQLite.

        This one is not read: to close its file would free the locks that the program has on it.
        """
        path = Path(file)
        if not path.is_file():
            return
        is_own = Path(self.ledger).exists() and path.samefile(self.ledger)
        if is_own or _begins(path) == _SQLITE:
            raise click.UsageError(f"{file} holds a ledger: name another file to write")

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
        raise click.UsageError(f"one word too many: {words[len(names) + 1]!r}")
    if len(words) < len(names):
        raise click.UsageError(f"{names[len(words)]} is missing")
    if not ledger:
        raise click.UsageError(f"no ledger is named: give its file first, or set {LEDGER_VARIABLE}")
    return Asked(ledger=ledger, words=words, options=options)


def _begins(path: Path) -> bytes:
    """Return the first bytes of a file."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE))
