"""The part of a ledger that proves that nothing in it was changed."""

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

__all__ = ["Provable"]


class Provable:
    """A ledger whose log can be checked.

    Attributes:
        name: The name of the ledger.
    """

    name: str
    _store: Store

    def verify(
        self,
        since: str | Checkpoint | None = None,
        *,
        signed_by: bytes | PublicKey | None = None,
    ) -> Verification:
        """Whether every digest and every link of the chain matches; the first fault if not.

        A log that was cut off at its end, or written anew with all its hashes, is sound in
        itself: that shows only against a checkpoint that was kept elsewhere.

        Args:
            since: A checkpoint of this ledger, or its text. What lies before its position is
                not read, so that the check costs what was recorded since.
            signed_by: The Ed25519 public key that must have signed the checkpoint: the bytes of
                its PEM file, or as cryptography loaded it. Without it no signature is checked.

        Raises:
            StoreError: The store cannot be read.
            ArgumentError: The checkpoint cannot be read, is of another ledger, or not signed by
                the key.
            MissingExtraError: A key is given, and cryptography is not installed.
        """
        kept = asked_if_given("since", read_checkpoint, since)
        if kept is not None and kept.ledger != self.name:
            remedy = f"is a checkpoint of ledger {kept.ledger!r}: give one of {self.name!r}"
            raise ArgumentError("since", shown(str(kept)), remedy)
        if signed_by is not None:
            _refuse_unsigned(kept, asked("signed_by", public_key, signed_by))
        return verify_log(self._store, self.name, since=kept.head if kept else None)

    def checkpoint(self, *, sign_with: bytes | PrivateKey | None = None) -> Checkpoint:
        """Where the ledger stands now: its text is one line to keep where no writer reaches.

        Later, `verify` shows against it whether the log up to here is still the same. It costs
        the same however long the log is: whether the log is sound now is for `verify` to say.

        Args:
            sign_with: An Ed25519 private key, to sign it: the bytes of its PEM file, or as
                cryptography loaded it.

        Raises:
            DamagedLogError: The head does not match the last event; names the first bad position.
            StoreError: The store cannot be read.
            ArgumentError: The key is no Ed25519 private key.
            MissingExtraError: A key is given, and cryptography is not installed.
        """
        key = asked_if_given("sign_with", private_key, sign_with)
        head = self._store.head(self.name)
        fault = verify_log(self._store, self.name, since=head).fault
        if fault is not None:
            # Whatever is wrong at the end, the whole log says best where it begins.
            fault = verify_log(self._store, self.name).fault or fault
            raise DamagedLogError(self.name, fault.position, fault.reason)
        made = checkpoint_at(self.name, head)
        return made if key is None else signed(made, key)


def _refuse_unsigned(kept: Checkpoint | None, key: PublicKey) -> None:
    """Refuse a checkpoint that the key did not sign, and a key without a checkpoint."""
    if kept is None:
        raise ArgumentError(
            "since", "None", "is no checkpoint, and signed_by asks for a signed one"
        )
    if not is_signed_by(kept, key):
        fault = "is signed by another key, or was changed" if kept.signature else "is not signed"
        raise ArgumentError("since", shown(str(kept)), f"{fault}: give one that the key signed")
