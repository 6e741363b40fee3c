"""Ed25519 signatures of checkpoints: the only door to cryptography, which is imported when used.

A key is given with each call; none is made or kept here.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

import attrs

from coopledger.errors import FieldError, MissingExtraError
from coopledger.proof.checkpoints import Checkpoint, statement

__all__ = ["PrivateKey", "PublicKey", "is_signed_by", "private_key", "public_key", "signed"]

_GIVE = "give the bytes of its PEM file{limit}, or the key as cryptography loaded it"
_PRIVATE = "is no Ed25519 private key: " + _GIVE.format(limit=" without a password")
_PUBLIC = "is no Ed25519 public key: " + _GIVE.format(limit="")


class PrivateKey(Protocol):
    """What signs: an ``Ed25519PrivateKey`` of cryptography."""

    def sign(self, data: bytes, /) -> bytes:
        """The signature of the bytes."""
        ...


class PublicKey(Protocol):
    """What checks a signature: an ``Ed25519PublicKey`` of cryptography."""

    def verify(self, signature: bytes, data: bytes, /) -> None:
        """Returns if it is the signature of the bytes, else raises."""
        ...


def private_key(key: bytes | PrivateKey) -> PrivateKey:
    """The key that signs, from PEM or as it is.

    Raises:
        FieldError: E106, if it is no Ed25519 key, or locked by a password.
        MissingExtraError: cryptography is not installed.
    """
    with _extra():
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    try:
        found = load_pem_private_key(key, password=None) if isinstance(key, bytes) else key
    except (TypeError, ValueError, UnsupportedAlgorithm):  # TypeError: it needs a password
        raise _unusable(key, _PRIVATE) from None
    if isinstance(found, Ed25519PrivateKey):
        return found
    raise _unusable(key, _PRIVATE)


def public_key(key: bytes | PublicKey) -> PublicKey:
    """The key that checks signatures, from PEM or as it is.

    Raises:
        FieldError: E106, if it is no Ed25519 key.
        MissingExtraError: cryptography is not installed.
    """
    with _extra():
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    try:
        found = load_pem_public_key(key) if isinstance(key, bytes) else key
    except (ValueError, UnsupportedAlgorithm):
        raise _unusable(key, _PUBLIC) from None
    if isinstance(found, Ed25519PublicKey):
        return found
    raise _unusable(key, _PUBLIC)


def signed(checkpoint: Checkpoint, key: PrivateKey) -> Checkpoint:
    """The checkpoint with the signature of what it says."""
    return attrs.evolve(checkpoint, signature=key.sign(statement(checkpoint).encode()))


def is_signed_by(checkpoint: Checkpoint, key: bytes | PublicKey) -> bool:
    """Whether the checkpoint carries a signature, and it was made with that key's private half.

    Args:
        checkpoint: As `read_checkpoint` gives it.
        key: An Ed25519 public key: the bytes of its PEM file, or as cryptography loaded it.

    Raises:
        FieldError: E106, if it is no such key.
        MissingExtraError: cryptography is not installed.
    """
    checks = public_key(key)
    from cryptography.exceptions import InvalidSignature

    if checkpoint.signature is None:
        return False
    try:
        checks.verify(checkpoint.signature, statement(checkpoint).encode())
    except InvalidSignature:
        return False
    return True


@contextmanager
def _extra() -> Generator[None, None, None]:
    """Says what to install where cryptography is not."""
    try:
        yield
    except ImportError:
        raise MissingExtraError("sign", "cryptography") from None


def _unusable(key: object, remedy: str) -> FieldError:
    """The refusal of a key, which names its type and never shows it."""
    return FieldError("E106", f"<{type(key).__name__}>", remedy)
