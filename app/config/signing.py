"""Ed25519 keys as settings give them: PEM (PKCS 8 or SubjectPublicKeyInfo), or the 32 bytes of RFC 8032 in base64."""

import base64
import binascii

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

ARMOUR = "-----BEGIN"
RAW_BYTES = 32
SHORTEST_SECRET = 32


def private_key(text: str) -> Ed25519PrivateKey:
    """The key that signs.

    Raises:
        ValueError: it is none; the message says nothing of the text.
    """
    if not text.startswith(ARMOUR):
        return Ed25519PrivateKey.from_private_bytes(_raw(text))
    try:
        key = load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("secret is no PEM of a private key without a passphrase") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("secret is a key of another kind than Ed25519")  # noqa: TRY004 - a value, not a type of ours
    return key


def public_key(text: str) -> Ed25519PublicKey:
    """The key that verifies.

    Raises:
        ValueError: it is none.
    """
    if not text.startswith(ARMOUR):
        return Ed25519PublicKey.from_public_bytes(_raw(text))
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError("public is no PEM of a public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("public is a key of another kind than Ed25519")  # noqa: TRY004 - a value, not a type of ours
    return key


def check_key(alg: str, secret: str, public: str) -> None:
    """Whether a signing key can be used.

    Raises:
        ValueError: it cannot, and why.
    """
    if alg == "HS256":
        if public:
            raise ValueError("HS256 knows no public key")
        if len(secret) < SHORTEST_SECRET or secret.startswith(ARMOUR):
            raise ValueError(f"secret of HS256 is a text of at least {SHORTEST_SECRET} characters, and no PEM")
        return
    if not secret and not public:
        raise ValueError("EdDSA needs secret, or public alone to verify only")
    known = public_key(public) if public else None
    if secret and known is not None and private_key(secret).public_key() != known:
        raise ValueError("public does not belong to secret")
    if secret:
        private_key(secret)


def _raw(text: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip().rstrip("=").translate(URL_SAFE) + "=", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("a key of Ed25519 is PEM, or 32 bytes in base64") from error
    if len(raw) != RAW_BYTES:
        raise ValueError("a key of Ed25519 is PEM, or 32 bytes in base64")
    return raw


URL_SAFE = str.maketrans("-_", "+/")
