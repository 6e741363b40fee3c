"""Exit codes of the command line."""

from enum import IntEnum
from signal import SIGINT

_SIGNALLED = 128  # Shells add the number of the signal that ended a program to this.


class Exit(IntEnum):
    """Exit codes, which scripts rely on."""

    FINE = 0
    FOUND = 1  # by `check`, `verify`, `record --rejects` or `import --rest`
    CANNOT = 2
    INTERRUPTED = _SIGNALLED + SIGINT
    CLOSED_PIPE = _SIGNALLED + 13  # SIGPIPE, which Windows does not have


MEANINGS = {
    Exit.FINE: "all is well",
    Exit.FOUND: (
        "`check` or `verify` has found something, `record --rejects` has rejected lines, or "
        "`import --rest` has left rows"
    ),
    Exit.CANNOT: "what was asked cannot be done, or the answer cannot be written",
    Exit.INTERRUPTED: "ended by Ctrl-C",
    Exit.CLOSED_PIPE: "ended as nobody reads the output any more, as after `| head`",
}
