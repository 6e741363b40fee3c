"""Settings of a host: which ledgers it shows, to whom, and how."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from starlette.requests import Request

from coopledger._frozen import frozen
from coopledger.ledger import Ledger
from coopledger.web.files import File

# Each is given the request and the name of the ledger; it may be a coroutine function.
MayRead: TypeAlias = Callable[[Request, str], bool | Awaitable[bool]]
MayRecord: TypeAlias = Callable[[Request, str], str | Awaitable[str | None] | None]


@frozen(kw_only=True)
class Host:
    """Settings of a host.

    Attributes:
        ledgers: The ledger, or the ledgers by name.
        us: The id of the party whose pages they are, where the address names none.
        language: The language, where the address names none.
        may_read: Whether a request may read a ledger; None for all.
        may_record: Who records by a request, or None where it may not; None for nobody.
        navigation: Further links of the host's own: the text and the address of each.
        files: The files beside the pages, by name.
    """

    ledgers: Ledger | Mapping[str, Ledger]
    us: str
    language: str
    may_read: MayRead | None
    may_record: MayRecord | None
    navigation: Sequence[tuple[str, str]]
    files: Mapping[str, File]

    @property
    def look(self) -> str:
        """Return what the settings change in every page, for the mark of a page."""
        digests = sorted(file.digest for file in self.files.values())
        return repr((self.us, self.language, tuple(self.navigation), digests))
