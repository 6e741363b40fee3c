"""Checks that nothing in the log of a ledger was changed, and the checkpoints to keep of it."""

from coopledger._fields.reading import argument, optional_argument, short_repr
from coopledger._log.chain import Fault, Head, Verification, beyond_fault, kept_fault, sound, verify
from coopledger._log.checkpoints import (
    Checkpoint,
    PrivateKey,
    PublicKey,
    checkpoint_at,
    private_key,
    public_key,
    signed,
)
from coopledger.errors import ArgumentError, DamagedLogError
from coopledger.stores.protocol import Store


def refuse_unsound(store: Store, ledger: str, head: Head) -> None:
    """Read every row up to the head back, and refuse one that is not what was recorded.

    Raises:
        DamagedLogError: At the first bad position.
        StoreError: The store cannot be read.
    """
    for _ in sound(ledger, store.read(ledger, up_to=head.position), head=head):
        pass


def verify_log(store: Store, ledger: str, *, since: Head | None = None) -> Verification:
    """Check a ledger in its store, also while others append to it.

    What is appended after the check began is not looked at. Without ``since`` from
    position 1, else from its position: the row there must be the one that it was taken from.
    """
    try:
        return _verified(store, ledger, since=since)
    except DamagedLogError as damaged:  # A row that the store cannot even read.
        return Verification(damaged.position - 1, Fault(damaged.position, damaged.reason))


def _verified(store: Store, ledger: str, *, since: Head | None) -> Verification:
    """Return the verification of a log whose rows can all be read."""
    head = store.head(ledger)
    # A file may say anything of its head: only one at an event can be taken for granted.
    since = since if since and since.position > 0 else None
    after = since.position if since else 0
    if since is not None and after <= head.position:
        row = next(store.read(ledger, after=after - 1, up_to=after), None)
        reason = kept_fault(ledger, row, kept=since)
        if reason is not None:
            return Verification(after - 1, Fault(after, reason))
    verification = verify(
        ledger,
        store.read(ledger, after=after, up_to=head.position),
        head=head,
        since=since,
    )
    if verification.fault is not None:
        return verification
    # The row first, then the head: they are committed together, so a row beyond the
    # head that is read here was appended meanwhile only if the head has moved since.
    row = next(store.read(ledger, after=head.position), None)
    if row is None or store.head(ledger).position > head.position:
        return verification
    return Verification(head.position, Fault(head.position + 1, beyond_fault(row, head)))


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
    checkpoint = optional_argument("since", Checkpoint.read, since)
    if checkpoint is not None and checkpoint.ledger != ledger:
        remedy = f"is a checkpoint of ledger {checkpoint.ledger!r}: give one of {ledger!r}"
        raise ArgumentError("since", short_repr(str(checkpoint)), remedy)
    if signed_by is not None:
        _refuse_unsigned(checkpoint, argument("signed_by", public_key, signed_by))
    return verify_log(store, ledger, since=checkpoint.head if checkpoint else None)


def checkpoint_of(store: Store, ledger: str, *, sign_with: bytes | PrivateKey | None) -> Checkpoint:
    """Return where the ledger ends now, signed if a key is given.

    Raises:
        DamagedLogError: The head does not match the last event; names the first bad position.
        StoreError: The store cannot be read.
        ArgumentError: The key is no Ed25519 private key.
        MissingExtraError: A key is given, and cryptography is not installed.
    """
    key = optional_argument("sign_with", private_key, sign_with)
    head = store.head(ledger)
    fault = verify_log(store, ledger, since=head).fault
    if fault is not None:
        # Where a fault shows at the end, the check of the whole log names its first position.
        fault = verify_log(store, ledger).fault or fault
        raise DamagedLogError(ledger, fault.position, fault.reason)
    checkpoint = checkpoint_at(ledger, head)
    return checkpoint if key is None else signed(checkpoint, key)


def _refuse_unsigned(checkpoint: Checkpoint | None, key: PublicKey) -> None:
    """Refuse a checkpoint that the key did not sign, and a key without a checkpoint."""
    if checkpoint is None:
        raise ArgumentError(
            "since", "None", "is no checkpoint, and signed_by asks for a signed one"
        )
    if not checkpoint.is_signed_by(key):
        fault = (
            "is signed by another key, or was changed" if checkpoint.signature else "is not signed"
        )
        raise ArgumentError(
            "since", short_repr(str(checkpoint)), f"{fault}: give one that the key signed"
        )
