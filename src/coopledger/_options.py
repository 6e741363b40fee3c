"""Options that a ledger and the ledgers of a store have in common."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from coopledger._fields.reading import argument, boolean, optional_argument
from coopledger._frozen import frozen
from coopledger._ids import NewId
from coopledger._recording.recorder import Settings, Strict, refused_warnings
from coopledger._rules.duty import PackQuestions
from coopledger._suggest import did_you_mean
from coopledger.dates import system_clock, zone_name
from coopledger.packs import Pack
from coopledger.packs.pack import combined

Clock = Callable[[], datetime]


class LedgerOptions(TypedDict, total=False):
    """Options with which a ledger, or all ledgers of a store, are opened.

    Attributes:
        timezone: The zone that says which day an instant belongs to, such as
            ``Asia/Ho_Chi_Minh``; by default that of the log, and ``UTC`` for a new one. It belongs
            to the log from its first events on.
        clock: Gives the instant of recording: a pendulum or aware standard datetime.
        ids: Gives an id to each event that brings none; by default ordered by time.
        strict: The warnings that are refused like errors: True for all, or their codes.
        packs: Event types, checks, duties and projections beyond those of the library.
        readonly: Refuse every call that writes; where the ledger is opened at an address, make no
            file and no tables, lift no older log and hold no lock for which a writer waits.
    """

    timezone: str | None
    clock: Clock
    ids: NewId | None
    strict: Strict
    packs: Pack | Iterable[Pack]
    readonly: bool


@frozen(kw_only=True)
class LedgerSetup:
    """Options of a ledger after they were read.

    Attributes:
        settings: How the ledger records; in which zone, only the log can tell.
        zone: The zone that is asked for; None for that of the log.
        clock: Gives the instant of recording.
        questions: The duties and projections of the packs.
        packs: The packs themselves.
        readonly: Whether calls that write are refused.
    """

    settings: Settings
    zone: str | None
    clock: Clock
    questions: PackQuestions
    packs: tuple[Pack, ...]
    readonly: bool


def read_options(owner: str, /, **options: Unpack[LedgerOptions]) -> LedgerSetup:
    """Read the options of a ledger.

    Raises:
        TypeError: There is no such option; the message names the owner, the class that was called.
        ArgumentError: An option cannot be used.
    """
    known = LedgerOptions.__annotations__
    for name in options:
        if name not in known:
            hint = did_you_mean(name, known) or f": its options are {', '.join(known)}"
            message = f"{owner} got an unexpected keyword argument {name!r}{hint}"
            raise TypeError(message)
    return ledger_options(**options)


def ledger_options(  # noqa: PLR0913 - every option is named
    *,
    timezone: str | None = None,
    clock: Clock = system_clock,
    ids: NewId | None = None,
    strict: Strict = False,
    packs: Pack | Iterable[Pack] = (),
    readonly: bool = False,
) -> LedgerSetup:
    """Read the options of a ledger; this signature holds their defaults.

    Raises:
        ArgumentError: An option cannot be used.
    """
    zone = optional_argument("timezone", zone_name, timezone)
    codes = argument("strict", refused_warnings, strict)
    combination = combined(packs)
    settings = Settings(
        new_id=ids,
        strict=codes,
        vocabulary=combination.vocabulary,
        checks=combination.checks,
    )
    return LedgerSetup(
        settings=settings,
        zone=zone,
        clock=clock,
        questions=combination.questions,
        packs=combination.packs,
        readonly=argument("readonly", boolean, readonly),
    )


def checked_options(owner: str, /, **options: Unpack[LedgerOptions]) -> LedgerOptions:
    """Return the options, which can be used any number of times.

    Raises:
        TypeError: There is no such option.
        ArgumentError: An option cannot be used.
    """
    options["packs"] = read_options(owner, **options).packs  # An iterator gives its packs once.
    return options
