"""Minutes of a meeting in a file of TOML, read into events."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import cast

import attrs

from coopledger import Ledger, events
from coopledger.errors import Finding, RefusedError
from coopledger.events import Event

SUFFIX = ".toml"
# A month or a year, which TOML does not know, as it knows a day.
_PART_OF_DATE = re.compile(r"^[^=#]*= *\d{4}[^\s\d\"']")
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


def read_minutes(file: str, ledger: Ledger) -> tuple[Event, ...]:
    """Return the events of the minutes; what was agreed binds the parties of the partnership.

    Raises:
        RefusedError: The file is no TOML, or with the faults of the minutes.
        UnknownIdError: There is no such partnership.
        OSError: The file cannot be read.
    """
    minutes = _written(file)
    meeting = cast(Callable[..., tuple[Event, ...]], events.meeting)
    try:
        return meeting(**_with_parties(minutes, ledger))
    except RefusedError as error:
        found = (attrs.evolve(finding, file=file) for finding in error.findings)
        raise RefusedError(tuple(found)) from None


def _written(file: str) -> dict[str, object]:
    """Return what the file says.

    Raises:
        RefusedError: It is no TOML.
        OSError: It cannot be read.
    """
    text = ""
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        byte = f"byte {error.start + 1}, 0x{error.object[error.start]:02X}"
        raise _no_toml(file, f"{byte}, is no UTF-8: save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), f" at column {place[2]}") if place else (None, "")
        reason = str(error).removesuffix(place[0]) if place else str(error)
        words = f"the file is no TOML{column}: {reason[0].lower()}{reason[1:]}"
        if line is not None and _PART_OF_DATE.match(text.split("\n")[line - 1]):
            words = f'{words}; all but a whole day stands in quotation marks, such as "2022-08"'
        raise _no_toml(file, words, line) from None


def _no_toml(file: str, message: str, line: int | None = None) -> RefusedError:
    """Return the refusal of a file that is no TOML."""
    return RefusedError((Finding("E106", message, file=file, line=line),))


def _with_parties(minutes: dict[str, object], ledger: Ledger) -> dict[str, object]:
    """Return the minutes with the parties of the partnership, if they are bound and not named.

    Raises:
        UnknownIdError: There is no such partnership.
    """
    partnership = minutes.get("partnership")
    is_named = minutes.keys() & {"parties", "participants"}
    if not isinstance(partnership, str) or "agreed" not in minutes or is_named:
        return minutes
    return minutes | {"parties": ledger.view().partnership(partnership).parties}
