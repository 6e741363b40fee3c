"""Checkpoints and their signatures: the end of a ledger in one line of ASCII.

The only door to cryptography, which is imported when a key is given. The line is a promise to
readers in any language: see docs/reference/log-format.md.
"""

import hashlib
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

import attrs

from coopledger._dates.lazy_types import DateTime
from coopledger._fields.reading import invalid, name_as_given, require
from coopledger._frozen import frozen
from coopledger._log.chain import Head, genesis
from coopledger.dates import instant, instant_text, read_instant
from coopledger.errors import FieldError, MissingExtraError

_KIND = "coopledger-checkpoint/"
_TAG = f"{_KIND}1"
_SIGNED = "ed25519:"
_NO_TIME = "-"
_CHECK_DIGITS = 8

_ESCAPED = re.compile(rb"%([0-9A-F]{2})")
_LINE = re.compile(
    rf"{_TAG} (?P<ledger>[!-~]+) (?P<position>0|[1-9][0-9]{{0,17}}) (?P<chain>[0-9a-f]{{64}}) "
    rf"(?P<time>[!-~]+)(?: {_SIGNED}(?P<signature>[0-9a-f]{{128}}))? [0-9a-f]{{{_CHECK_DIGITS}}}"
)

_NONE = "is no checkpoint: give what ledger.checkpoint() gave, or its line of text"
_CUT = (
    f"is cut off or mistyped: give the whole line, from {_TAG} to the {_CHECK_DIGITS} digits "
    "that check it"
)
_NEWER = f"is of another format than this program knows, {_TAG}: upgrade coopledger"
_FOREIGN = "was not written by coopledger: give the line as ledger.checkpoint() wrote it"
_GIVE = "give the bytes of its PEM file{limit}, or the key as cryptography loaded it"
_PRIVATE = "is no Ed25519 private key: " + _GIVE.format(limit=" without a password")
_PUBLIC = "is no Ed25519 public key: " + _GIVE.format(limit="")


class PrivateKey(Protocol):
    """Key that signs: an ``Ed25519PrivateKey`` of cryptography."""

    def sign(self, data: bytes, /) -> bytes:
        """Return the signature of the bytes."""
        ...


class PublicKey(Protocol):
    """Key that checks a signature: an ``Ed25519PublicKey`` of cryptography."""

    def verify(self, signature: bytes, data: bytes, /) -> None:
        """Raise unless the signature is that of the bytes."""
        ...


@frozen(kw_only=True, str=False)
class Checkpoint:
    """End of a ledger at some moment; its text is one line of printable ASCII.

    Attributes:
        ledger: The name of the ledger.
        position: The position of its last event; 0 for a ledger without events.
        chain: The chain hash of its last event, over all before it (32 bytes).
        recorded_us: When its last event was recorded, in microseconds since 1970 UTC; none for
            a ledger without events.
        signature: The Ed25519 signature over the rest (64 bytes), if it was signed.
    """

    ledger: str
    position: int
    chain: bytes = attrs.field(repr=bytes.hex)
    recorded_us: int | None
    signature: bytes | None = attrs.field(default=None, repr=False)

    @property
    def recorded_at(self) -> DateTime | None:
        """Return when the ledger's last event was recorded, as an instant in UTC."""
        return None if self.recorded_us is None else instant(self.recorded_us)

    @property
    def head(self) -> Head:
        """Return the head of the ledger as it was."""
        return Head(position=self.position, chain=self.chain, recorded_us=self.recorded_us)

    def __str__(self) -> str:
        """Return the line to keep; `Checkpoint.read` reads it back."""
        signature = "" if self.signature is None else f" {_SIGNED}{self.signature.hex()}"
        line = statement(self) + signature
        return f"{line} {_check(line)}"

    @classmethod
    def read(cls, text: "str | Checkpoint") -> "Checkpoint":
        """Return the checkpoint in a line of text; a checkpoint is given back as it is.

        Line breaks and blanks count as one blank, as mail and paper break a long line; nothing
        else may differ from the line as written. No signature is checked: see `is_signed_by`.

        Raises:
            FieldError: E106, if it is none, cut off, mistyped or of a newer format.

        >>> line = (
        ...     "coopledger-checkpoint/1 vistip 0 "
        ...     "a1bfe613cdf7c2e9d39af11c2a2e6f1e21faa907f6349eb05a9dfa067a3d6cff - 5b3329ad"
        ... )
        >>> Checkpoint.read(line).position
        0
        """
        if isinstance(text, Checkpoint):
            return text
        require(text, str, _NONE)
        line = " ".join(text.split())
        if not line.startswith(_KIND):
            raise invalid(text, _NONE)
        if line.partition(" ")[0] != _TAG:
            raise invalid(text, _NEWER)
        if _is_cut(line):
            raise invalid(text, _CUT)
        try:
            checkpoint = _parsed(line)
        except (FieldError, UnicodeDecodeError):
            raise invalid(text, _FOREIGN) from None
        if checkpoint is None or str(checkpoint) != line or not _is_possible(checkpoint):
            raise invalid(text, _FOREIGN)
        return checkpoint

    def is_signed_by(self, key: bytes | PublicKey) -> bool:
        """Return whether the checkpoint was signed with the private half of the key.

        Args:
            key: An Ed25519 public key: the bytes of its PEM file, or as cryptography loaded it.

        Raises:
            FieldError: E106, if it is no such key.
            MissingExtraError: cryptography is not installed.
        """
        verifier = public_key(key)
        from cryptography.exceptions import InvalidSignature

        if self.signature is None:
            return False
        try:
            verifier.verify(self.signature, statement(self).encode())
        except InvalidSignature:
            return False
        return True


def checkpoint_at(ledger: str, head: Head) -> Checkpoint:
    """Return the checkpoint of a ledger with this head."""
    return Checkpoint(
        ledger=ledger, position=head.position, chain=head.chain, recorded_us=head.recorded_us
    )


def statement(checkpoint: Checkpoint) -> str:
    """Return the part of a checkpoint's line that is signed: no signature, no check digits."""
    us = checkpoint.recorded_us
    time = _NO_TIME if us is None else instant_text(us)
    name = _escaped(checkpoint.ledger)
    return f"{_TAG} {name} {checkpoint.position} {checkpoint.chain.hex()} {time}"


def private_key(key: bytes | PrivateKey) -> PrivateKey:
    """Return the key that signs, from PEM or as it is.

    Raises:
        FieldError: E106, if it is no Ed25519 key, or locked by a password.
        MissingExtraError: cryptography is not installed.
    """
    with _extra():
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    try:
        loaded = load_pem_private_key(key, password=None) if isinstance(key, bytes) else key
    except (TypeError, ValueError, UnsupportedAlgorithm):  # TypeError: it needs a password
        raise _unusable(key, _PRIVATE) from None
    if isinstance(loaded, Ed25519PrivateKey):
        return loaded
    raise _unusable(key, _PRIVATE)


def public_key(key: bytes | PublicKey) -> PublicKey:
    """Return the key that checks signatures, from PEM or as it is.

    Raises:
        FieldError: E106, if it is no Ed25519 key.
        MissingExtraError: cryptography is not installed.
    """
    with _extra():
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    try:
        loaded = load_pem_public_key(key) if isinstance(key, bytes) else key
    except (ValueError, UnsupportedAlgorithm):
        raise _unusable(key, _PUBLIC) from None
    if isinstance(loaded, Ed25519PublicKey):
        return loaded
    raise _unusable(key, _PUBLIC)


def signed(checkpoint: Checkpoint, key: PrivateKey) -> Checkpoint:
    """Return the checkpoint with a signature of its statement."""
    return attrs.evolve(checkpoint, signature=key.sign(statement(checkpoint).encode()))


@contextmanager
def _extra() -> Generator[None, None, None]:
    """Raise the error that says what to install where cryptography is missing."""
    try:
        yield
    except ImportError:
        raise MissingExtraError("sign", "cryptography") from None


def _unusable(key: object, remedy: str) -> FieldError:
    """Return the refusal of a key, which names its type and never shows it."""
    return FieldError("E106", f"<{type(key).__name__}>", remedy)


def _parsed(line: str) -> Checkpoint | None:
    """Return the checkpoint with the fields of a line, or None; its own line may differ."""
    fields = _LINE.fullmatch(line)
    if fields is None:
        return None
    time, signature = fields["time"], fields["signature"]
    return Checkpoint(
        ledger=name_as_given(_unescaped(fields["ledger"])),
        position=int(fields["position"]),
        chain=bytes.fromhex(fields["chain"]),
        recorded_us=None if time == _NO_TIME else read_instant(time),
        signature=None if signature is None else bytes.fromhex(signature),
    )


def _is_possible(checkpoint: Checkpoint) -> bool:
    """Return whether a ledger can end so: only one without events has no record time."""
    if checkpoint.position:
        return checkpoint.recorded_us is not None
    return checkpoint.recorded_us is None and checkpoint.chain == genesis(checkpoint.ledger)


def _check(line: str) -> str:
    """Return the digits that tell a slip of the pen from a log that was changed."""
    return hashlib.sha256(line.encode()).hexdigest()[:_CHECK_DIGITS]


def _is_cut(line: str) -> bool:
    """Return whether the line does not end with its own check digits."""
    before, _, check = line.rpartition(" ")
    return not line.isascii() or check != _check(before)


def _escaped(name: str) -> str:
    """Return the name in printable ASCII: any other byte of its UTF-8, blank and % as %XX."""
    printable = range(0x21, 0x7F)
    return "".join(
        chr(byte) if byte in printable and byte != ord("%") else f"%{byte:02X}"
        for byte in name.encode()
    )


def _unescaped(name: str) -> str:
    """Return the name with the bytes that were escaped."""
    return _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), name.encode()).decode()
