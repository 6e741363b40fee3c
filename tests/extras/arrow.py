"""Make a table of Arrow of a list of answers."""

import pyarrow

from coopledger.plain import as_table
from coopledger.testing import WORLD, given

view = given(*WORLD).ledger.view()
assert as_table(view.parties()).num_rows == len(view.parties())
assert pyarrow.RecordBatchReader.from_stream(view.commitments()).read_all().num_rows == 0
