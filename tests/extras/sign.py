"""Sign a checkpoint, and check it."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coopledger.testing import WORLD, given

key = Ed25519PrivateKey.generate()
ledger = given(*WORLD).ledger
assert str(ledger.verify(since=ledger.checkpoint(sign_with=key), signed_by=key.public_key()))
