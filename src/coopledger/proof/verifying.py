"""Checks that nothing in the log of a ledger was changed."""

from coopledger.errors import ArgumentError, DamagedLogError
from coopledger.fields import asked, asked_if_given, shown
from coopledger.proof.checkpoints import Checkpoint, checkpoint_at, read_checkpoint
from coopledger.proof.signatures import (
    PrivateKey,
    PublicKey,
    is_signed_by,
    private_key,
    public_key,
    signed,
)
from coopledger.stores import Store, Verification, verify_log

__all__ = ["checkpoint_of", "verify_since"]


def verify_since(
    store: Store,
    ledger: str,
    since: str | Checkpoint | None,
    *,
    signed_by: bytes | PublicKey | None,
) -> Verification:
    """Check every digest and every link of the chain after the checkpoint.

    Raises:
        StoreError: The store cannot be read.
        ArgumentError: The checkpoint cannot be read, is of another ledger, or not signed by the
            key.
        MissingExtraError: A key is given, and cryptography is not installed.
    """
    kept = asked_if_given("since", read_checkpoint, since)
    if kept is not None and kept.ledger != ledger:
        remedy = f"is a checkpoint of ledger {kept.ledger!r}: give one of {ledger!r}"
        raise ArgumentError("since", shown(str(kept)), remedy)
    if signed_by is not None:
        _refuse_unsigned(kept, asked("signed_by", public_key, signed_by))
    return verify_log(store, ledger, since=kept.head if kept else None)


def checkpoint_of(store: Store, ledger: str, *, sign_with: bytes | PrivateKey | None) -> Checkpoint:
    """Return where the ledger ends now, signed if a key is given.

    Raises:
        DamagedLogError: The head does not match the last event; names the first bad position.
        StoreError: The store cannot be read.
        ArgumentError: The key is no Ed25519 private key.
        MissingExtraError: A key is given, and cryptography is not installed.
    """
    key = asked_if_given("sign_with", private_key, sign_with)
    head = store.head(ledger)
    fault = verify_log(store, ledger, since=head).fault
    if fault is not None:
        # Whatever is wrong at the end, the whole log says best where it begins.
        fault = verify_log(store, ledger).fault or fault
        raise DamagedLogError(ledger, fault.position, fault.reason)
    checkpoint = checkpoint_at(ledger, head)
    return checkpoint if key is None else signed(checkpoint, key)


def _refuse_unsigned(kept: Checkpoint | None, key: PublicKey) -> None:
    """Refuse a checkpoint that the key did not sign, and a key without a checkpoint."""
    if kept is None:
        raise ArgumentError(
            "since", "None", "is no checkpoint, and signed_by asks for a signed one"
        )
    if not is_signed_by(kept, key):
        fault = "is signed by another key, or was changed" if kept.signature else "is not signed"
        raise ArgumentError("since", shown(str(kept)), f"{fault}: give one that the key signed")
