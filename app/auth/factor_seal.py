"""How authenticators' secrets are stored: encrypted with `secrets.encryption_key`, which can be changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from app.config import Secrets
from app.extensions.sealing import Seal


@dataclass(frozen=True, slots=True)
class FactorSeal:
    """Encrypts authenticators' secrets, each for its person alone. The first key encrypts, all decrypt."""

    seals: Sequence[Seal]

    @classmethod
    def of(cls, settings: Secrets) -> Self:
        """From the settings: the present key, then the ones before it."""
        keys = (settings.encryption_key, *settings.previous_encryption_keys)
        return cls([Seal(key.get_secret_value(), "auth.totp") for key in keys])

    def close(self, secret: str, user_id: UUID) -> bytes:
        """The secret as it is stored."""
        return self.seals[0].close(secret.encode(), user_id.bytes)

    def open(self, sealed: bytes, user_id: UUID) -> str:
        """The secret of the person.

        Raises:
            ValueError: no key of the settings opens it.
        """
        for seal in self.seals:
            opened = seal.open(sealed, user_id.bytes)
            if opened is not None:
                return opened.decode()
        raise ValueError("an authenticator's secret was encrypted with a key that the settings no longer name")
