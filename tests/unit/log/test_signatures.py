"""A checkpoint may be signed with a key of the caller; only the public key tells whether."""

import sys

import attrs
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from coopledger import Checkpoint, Verification
from coopledger.errors import ArgumentError, FieldError, MissingExtraError
from tests.builders import office
from tests.unit.log.test_checkpoints import KEPT

# The first test vector of RFC 8032: never a secret.
KEY = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def pem(encryption: KeySerializationEncryption) -> bytes:
    return KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


PRIVATE_PEM = pem(NoEncryption())


@pytest.mark.parametrize("private", [KEY, PRIVATE_PEM], ids=["key", "pem"])
@pytest.mark.parametrize("public", [KEY.public_key(), PUBLIC_PEM], ids=["key", "pem"])
def test_what_was_signed_is_verified_with_the_public_key(
    private: bytes | Ed25519PrivateKey, public: bytes | Ed25519PublicKey
) -> None:
    ledger = office()
    checkpoint = Checkpoint.read(str(ledger.checkpoint(sign_with=private)))

    assert checkpoint.is_signed_by(public)
    assert ledger.verify(since=checkpoint, signed_by=public) == Verification(ledger.position, None)


def test_the_signature_is_over_the_line_without_it_and_without_the_digits_that_check_it() -> None:
    statement = str(KEPT).rpartition(" ")[0].encode()

    assert attrs.evolve(KEPT, signature=KEY.sign(statement)).is_signed_by(PUBLIC_PEM)


def test_whatever_the_checkpoint_says_is_under_the_signature() -> None:
    checkpoint = office().checkpoint(sign_with=KEY)
    changes = (
        attrs.evolve(checkpoint, ledger="other"),
        attrs.evolve(checkpoint, position=1),
        attrs.evolve(checkpoint, chain=bytes(32)),
        attrs.evolve(checkpoint, recorded_us=0),
        attrs.evolve(checkpoint, signature=bytes(64)),
        attrs.evolve(checkpoint, signature=b""),
        attrs.evolve(checkpoint, signature=None),
    )

    assert checkpoint.is_signed_by(PUBLIC_PEM)
    assert not any(each.is_signed_by(PUBLIC_PEM) for each in changes)


def test_a_signed_checkpoint_serves_without_the_key_too() -> None:
    ledger = office()

    assert ledger.verify(since=ledger.checkpoint(sign_with=KEY)).fault is None


def test_a_checkpoint_that_the_key_did_not_sign_is_refused() -> None:
    ledger = office()
    for checkpoint, remedy in (
        (ledger.checkpoint(), "is not signed: give one that the key signed"),
        (
            ledger.checkpoint(sign_with=OTHER),
            "is signed by another key, or was changed: give one that the key signed",
        ),
    ):
        with pytest.raises(ArgumentError) as refused:
            ledger.verify(since=checkpoint, signed_by=PUBLIC_PEM)
        assert (refused.value.argument, refused.value.remedy) == ("since", remedy)


def test_a_public_key_asks_for_a_checkpoint() -> None:
    with pytest.raises(ArgumentError, match="since=None is no checkpoint"):
        office().verify(signed_by=PUBLIC_PEM)


@pytest.mark.parametrize(
    "key",
    [
        b"",
        b"not PEM",
        PRIVATE_PEM[:-40],
        pem(BestAvailableEncryption(b"secret")),
        PUBLIC_PEM,
        PRIVATE_PEM.decode(),
        generate_private_key(SECP256R1()),
    ],
    # A locked key differs at each run, and so would its name, in each process that tests.
    ids=["nothing", "no PEM", "cut off", "locked", "public", "text", "of another kind"],
)
def test_what_is_no_private_key_is_refused_and_never_shown(key: object) -> None:
    with pytest.raises(ArgumentError) as refused:
        office().checkpoint(sign_with=key)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    assert refused.value.argument == "sign_with"
    assert refused.value.found == f"<{type(key).__name__}>"
    assert refused.value.remedy.startswith("is no Ed25519 private key")


@pytest.mark.parametrize(
    "key", [b"", b"not PEM", PRIVATE_PEM, PUBLIC_PEM.decode(), KEY, PUBLIC_PEM[:-40]]
)
def test_what_is_no_public_key_is_refused(key: object) -> None:
    with pytest.raises(FieldError, match="is no Ed25519 public key"):
        KEPT.is_signed_by(key)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_without_cryptography_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = office()
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)

    assert ledger.verify(since=ledger.checkpoint()).fault is None
    with pytest.raises(MissingExtraError) as missing:
        ledger.checkpoint(sign_with=PRIVATE_PEM)
    with pytest.raises(MissingExtraError):
        KEPT.is_signed_by(PUBLIC_PEM)
    assert str(missing.value) == ("cryptography is not installed: pip install 'coopledger[sign]'")
