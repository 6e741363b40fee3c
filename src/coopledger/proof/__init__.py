"""Proof that a log is what was recorded: checks, and checkpoints that are kept elsewhere."""

from coopledger.proof.checkpoints import Checkpoint, read_checkpoint
from coopledger.proof.signatures import PrivateKey, PublicKey, is_signed_by

__all__ = [
    "Checkpoint",
    "PrivateKey",
    "PublicKey",
    "is_signed_by",
    "read_checkpoint",
]
