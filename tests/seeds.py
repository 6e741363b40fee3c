"""Seed of the searches that are fresh at every run; ``COOPLEDGER_SEED`` names it."""

import os
import secrets

__all__ = ["SEED"]

# The processes of pytest-xdist inherit it from the one that starts them.
SEED = int(os.environ.setdefault("COOPLEDGER_SEED", str(secrets.randbelow(2**32))))
