"""Ask a server for a ledger; where none answers, the refusal says so."""

from coopledger import Ledger
from coopledger.errors import StoreError

refusals: list[StoreError] = []
try:
    Ledger.open("postgresql://nobody@127.0.0.1:1/nothing", name="extras")
except StoreError as error:
    refusals.append(error)
assert ["127.0.0.1" in str(error) for error in refusals] == [True]
