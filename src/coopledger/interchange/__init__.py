"""Events out to files and in from them, as JSON Lines."""

from coopledger.interchange.exporting import export_log
from coopledger.interchange.importing import ImportRequest, import_file
from coopledger.interchange.receipts import ImportReceipt
from coopledger.interchange.restoring import restore_log

__all__ = ["ImportReceipt", "ImportRequest", "export_log", "import_file", "restore_log"]
