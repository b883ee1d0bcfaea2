"""Sealing of what a server that is not believed keeps for us: encrypted, and bound to the one place where it belongs."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.config import Secrets

NONCE: Final = 12
OVERHEAD: Final = NONCE + 16  # and the tag
NAME: Final = 32


class Seal:
    """AES-256-GCM-SIV (RFC 8452): random nonces need no counting, and a repeated one betrays equality at most."""

    def __init__(self, secret: str, purpose: str) -> None:
        """Keys of its own are derived from the secret for each purpose (HKDF, RFC 5869)."""
        self._cipher = AESGCMSIV(_derive(secret, f"{purpose}/seal"))
        self._names = _derive(secret, f"{purpose}/names")

    def close(self, value: bytes, place: bytes) -> bytes:
        """The value, readable with this seal and at this place only."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, value, place)

    def open(self, sealed: bytes, place: bytes) -> bytes | None:
        """What was sealed for this place; None for anything else."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place)
        except (InvalidTag, ValueError):  # ValueError: too short for a nonce
            return None

    def name(self, text: str) -> str:
        """A name that tells nothing of the text."""
        return hmac.digest(self._names, text.encode(), "sha256").hex()[:NAME]


@dataclass(frozen=True, slots=True)
class Sealed:
    """Secrets that lie in the database, under `secrets.encryption_key`, which can be changed.

    The first key closes, all open.
    """

    seals: Sequence[Seal]

    @classmethod
    def of(cls, settings: Secrets, purpose: str) -> Self:
        """From the settings: the present key, then the ones before it; keys of its own for each purpose."""
        keys = (settings.encryption_key, *settings.previous_encryption_keys)
        return cls([Seal(key.get_secret_value(), purpose) for key in keys])

    def close(self, secret: bytes, place: bytes) -> bytes:
        """The secret as it is stored: it opens at this place only."""
        return self.seals[0].close(secret, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """The secret.

        Raises:
            ValueError: no key of the settings opens it.
        """
        for seal in self.seals:
            opened = seal.open(sealed, place)
            if opened is not None:
                return opened
        raise ValueError("a secret was encrypted with a key that the settings no longer name")


def _derive(secret: str, info: str) -> bytes:
    return HKDF(SHA256(), 32, None, info.encode()).derive(secret.encode())
