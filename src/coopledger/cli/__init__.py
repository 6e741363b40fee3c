"""Command line: `coopledger board office.db`, or `python -m coopledger board office.db`.

It needs ``pip install "coopledger[cli]"``. Exit codes: 0 all is well; 1 `check` or `verify` has
found something, `record --rejects` has rejected lines, or `import --rest` has left rows; 2 what was
asked cannot be done; 128 and more the number of the signal that ended it, such as 130 after Ctrl-C.
"""

import sys
from typing import NoReturn

from coopledger.errors import MissingExtraError

_CANNOT = 2


def main() -> NoReturn:
    """Run the command that the command line names, and end with its exit code."""
    try:
        from coopledger.cli.commands import run  # noqa: PLC0415 - click may be missing
    except ModuleNotFoundError as missing:
        if missing.name != "click":
            raise
        sys.stderr.write(f"{MissingExtraError('cli', 'click')}\n")
        sys.exit(_CANNOT)
    sys.exit(run())
