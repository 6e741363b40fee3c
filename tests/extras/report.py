"""Write a report to a file."""

from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger.report import report
from coopledger.testing import WORLD, given

with TemporaryDirectory() as folder:
    path = Path(folder, "report.html")
    report(given(*WORLD).ledger.view(), path=path)
    assert "<h1" in path.read_text(encoding="utf-8")
