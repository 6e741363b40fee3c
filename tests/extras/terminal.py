"""Print a board with signs."""

import io

from rich.console import Console

from coopledger.render.terminal import Screen
from coopledger.testing import WORLD, given

console = Console(file=io.StringIO(), width=100, force_terminal=True)
console.print(Screen(given(*WORLD).ledger.view()).board())
assert isinstance(console.file, io.StringIO)
assert "PARTNER" in console.file.getvalue()
